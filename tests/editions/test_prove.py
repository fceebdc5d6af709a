"""The last proof: whole editions, in both kinds of PDF/X, before tools that are not ours.

Every tool must be there where PRESS_PROVE=all; elsewhere a missing one is told and skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from benchmarks.realcopy import EDITION, make_real_copy

from press.model.printer import Standard

ROOT = Path(__file__).parents[2]
SAMPLE = "2024-09"
#: Read here, for tests themselves see no PRESS_*.
SETTINGS = {
    name: value for name, value in os.environ.items() if name.startswith("PRESS_")
}
TOOLS = {"Ghostscript", "pdfcpu", "qpdf", "veraPDF", "zxing-cpp"}
#: Every file of a build, and what is asked of it.
SHEETS = {"PDF/X", "drawing", "strict reading", "structure"}
ASKED = {
    "print.pdf": SHEETS
    | {"barcode", "black type", "colour, fonts, transparency", "ink", "overprint"}
    | {"second opinion"},
    "spreads.pdf": SHEETS,
    "replica.pdf": {"PDF/UA-1", "drawing", "strict reading", "structure"},
}

pytestmark = [pytest.mark.rendered, pytest.mark.long]


@dataclass(frozen=True)
class Proven:
    """What `press prove` said of an edition."""

    code: int
    outcome: dict[str, Any]
    pages: set[str]

    def asked(self, file: str) -> set[str]:
        return {
            one["question"] for one in self.outcome["proofs"] if one["file"] == file
        }

    @property
    def missing(self) -> set[str]:
        return {
            one["tool"] for one in self.outcome["proofs"] if one["verdict"] == "not run"
        }


def press(paper: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "press", *arguments],
        cwd=paper,
        env=os.environ | SETTINGS,
        capture_output=True,
        text=True,
        check=False,
    )


def proven(paper: Path, edition: str, standard: Standard) -> Proven:
    """Build an edition for a kind of PDF/X and prove it."""
    printer = paper / "layouts" / "tabloid" / "printer.yaml"
    said = printer.read_text(encoding="utf-8")
    assert "\nstandard:" not in said
    printer.write_text(f"{said}\nstandard: {standard}\n", encoding="utf-8")
    built = press(paper, "build-edition", edition)
    assert built.returncode == 0, built.stderr[-4000:]
    done = press(paper, "prove", edition, "--json")
    pages = (paper / "build" / edition / "pages").glob("*.pdf")
    return Proven(
        code=done.returncode,
        outcome=json.loads(done.stdout),
        pages={page.name for page in pages},
    )


@pytest.fixture(scope="module", params=Standard)
def sample(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Proven:
    paper = tmp_path_factory.mktemp("sample")
    shutil.copy(ROOT / "press.yaml", paper)
    for folder in ("editions", "layouts"):
        shutil.copytree(ROOT / folder, paper / folder)
    return proven(paper, SAMPLE, request.param)


@pytest.fixture(scope="module", params=Standard)
def real_copy(
    request: pytest.FixtureRequest,
    corpus: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Proven:
    folder = tmp_path_factory.mktemp("real")
    paper = make_real_copy(folder / "paper", corpus=corpus)
    return proven(paper, EDITION, request.param)


def must_pass(edition: Proven) -> None:
    """Hold an edition to all that was asked of it."""
    faults = [
        (one["code"], one["message"], one["file"], one["page"])
        for one in edition.outcome["findings"]
        if one["severity"] == "error"
    ]
    assert faults == []
    assert edition.code == 0
    bad = [
        one
        for one in edition.outcome["proofs"]
        if one["verdict"] not in {"passed", "not run"}
    ]
    assert bad == []


def must_be_asked(edition: Proven) -> None:
    """Hold `press prove` to asking everything of every file."""
    files = {one["file"] for one in edition.outcome["proofs"]}
    assert files == set(ASKED) | edition.pages
    for page in edition.pages:
        assert edition.asked(page) == SHEETS
    for file in ("replica.pdf", "spreads.pdf"):
        assert edition.asked(file) == ASKED[file]
    assert edition.asked("print.pdf") >= ASKED["print.pdf"] - {"barcode"}


def must_not_be_empty(edition: Proven) -> None:
    """Hold tools to having looked at something: a proof of nothing proves nothing."""
    for one in edition.outcome["proofs"]:
        if one["verdict"] == "passed":
            assert one["tests"] > 0 or one["question"] == "overprint", one


def test_the_sample_passes_every_tool(sample: Proven) -> None:
    must_pass(sample)
    must_be_asked(sample)
    must_not_be_empty(sample)
    assert sample.asked("print.pdf") == ASKED["print.pdf"]  # the sample has an ISSN
    if sample.missing:
        told = f"not proven, for they are not here: {', '.join(sorted(sample.missing))}"
        if SETTINGS.get("PRESS_PROVE") == "all":
            pytest.fail(told)
        pytest.skip(told)
    assert {one["tool"] for one in sample.outcome["proofs"]} == TOOLS


def test_real_copy_passes_every_tool(real_copy: Proven) -> None:
    must_pass(real_copy)
    must_be_asked(real_copy)
    must_not_be_empty(real_copy)
    if real_copy.missing:
        told = f"not proven: {', '.join(sorted(real_copy.missing))}"
        if SETTINGS.get("PRESS_PROVE") == "all":
            pytest.fail(told)
        pytest.skip(told)
