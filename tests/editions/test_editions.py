"""Two whole editions, read back: the sample edition, and one of real copy.

The real copy needs the corpus; `just real-copy DIR` builds the same newspaper to look at.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from benchmarks.realcopy import EDITION, SECTIONS, make_real_copy

from press.adapters.pdfium import PdfiumReader
from press.desk.reading import read_desk
from press.model.layout import Layout

ROOT = Path(__file__).parents[2]
SAMPLE = "2024-09"
#: Empty lines that an article may have in the median.
MOST_SLACK = 3
#: Empty lines that any article may have in all its columns, and in one.
WORST_SLACK, SHORTEST_COLUMN = 8, 4

pytestmark = pytest.mark.rendered


@dataclass(frozen=True)
class Edition:
    """An edition as it was built."""

    pdf: bytes
    replica: bytes
    flatplan: dict[str, Any]
    findings: list[dict[str, Any]]
    articles: set[str]
    layout: Layout

    @property
    def printed(self) -> list[dict[str, Any]]:
        return [one for page in self.flatplan["pages"] for one in page["articles"]]


def built(paper: Path, edition: str, out: Path) -> Edition:
    command = [sys.executable, "-m", "press", "build-edition", edition]
    done = subprocess.run(
        [*command, "--out", out], cwd=paper, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    desk = read_desk(paper, edition).value
    assert desk is not None
    return Edition(
        pdf=(out / "print.pdf").read_bytes(),
        replica=(out / "replica.pdf").read_bytes(),
        flatplan=json.loads((out / "flatplan.json").read_bytes()),
        findings=json.loads((out / "findings.json").read_bytes())["findings"],
        articles={article.slug for article in desk.edition.articles},
        layout=desk.layout,
    )


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    paper = tmp_path_factory.mktemp("sample")
    shutil.copy(ROOT / "press.yaml", paper)
    for folder in ("editions", "layouts"):
        shutil.copytree(ROOT / folder, paper / folder)
    return built(paper, SAMPLE, paper / "out")


@pytest.fixture(scope="module")
def real_copy(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    paper = make_real_copy(tmp_path_factory.mktemp("real") / "paper", corpus=corpus)
    return built(paper, EDITION, paper / "out")


@pytest.fixture(
    params=[
        pytest.param("sample", marks=pytest.mark.xdist_group("sample")),
        pytest.param(
            "real_copy", marks=[pytest.mark.long, pytest.mark.xdist_group("real")]
        ),
    ]
)
def edition(request: pytest.FixtureRequest) -> Edition:
    """Either edition."""
    found: Edition = request.getfixturevalue(request.param)
    return found


def test_the_proofreader_finds_nothing(edition: Edition) -> None:
    codes = Counter(one["code"] for one in edition.findings)
    severities = {one["severity"] for one in edition.findings}

    assert "error" not in severities
    assert [code for code in codes if code.startswith(("proof.", "page."))] == []


def test_no_article_is_left_out(edition: Edition) -> None:
    assert edition.flatplan["held over"] == []
    printed = {slug for one in edition.printed for slug in one["articles"]}
    assert printed == edition.articles
    assert len(printed) >= 22


def test_pages_are_full(edition: Edition) -> None:
    assert edition.flatplan["slack"]["median lines"] <= MOST_SLACK
    for page in edition.flatplan["pages"]:
        assert page["articles"]
    for one in edition.printed:
        assert sum(one["slack"]) <= WORST_SLACK, one["article"]
        assert max(one["slack"]) <= SHORTEST_COLUMN, one["article"]


def test_jumps_agree_both_ways_as_another_reader_reads_them(edition: Edition) -> None:
    document = pypdfium2.PdfDocument(edition.pdf)
    words = [page.get_textpage().get_text_range() for page in document]

    assert edition.flatplan["jumps"]
    for jump in edition.flatplan["jumps"]:
        there, back = jump["from"], jump["to"]
        assert f"Continued on page {back}" in words[there - 1]
        assert f"From page {there}" in words[back - 1]
    ahead = sum(text.count("Continued on page") for text in words)
    back = sum(
        len(re.findall(r"^From page \d+\r?$", text, re.MULTILINE)) for text in words
    )
    assert ahead == back == len(edition.flatplan["jumps"])


def test_an_article_jumps_once_only(edition: Edition) -> None:
    jumped = Counter(jump["article"] for jump in edition.flatplan["jumps"])

    assert set(jumped.values()) == {1}


def test_every_line_of_body_type_stands_on_one_grid(edition: Edition) -> None:
    leading = edition.layout.leading.pt
    body = {edition.layout.style(grid.body).size.pt for grid in edition.layout.grids}

    offsets: Counter[float] = Counter()
    for page in PdfiumReader().read(edition.pdf):
        for line in page.lines:
            if any(abs(line.size - size) < 0.01 for size in body):
                offsets[round(line.baseline % leading, 1)] += 1

    assert offsets.total() > 2000
    usual = {offset for offset, count in offsets.items() if count > 20}
    assert max(usual) - min(usual) < 0.5  # one grid, two sizes of type on it


def test_both_files_have_pages_of_the_trim_size(edition: Edition) -> None:
    width, height = edition.layout.width.pt, edition.layout.height.pt
    for file in (edition.pdf, edition.replica):
        with pikepdf.open(io.BytesIO(file)) as pdf:
            assert len(pdf.pages) == len(edition.flatplan["pages"])
            assert len(pdf.pages) % 4 == 0
            for page in pdf.pages:
                assert [float(edge) for edge in page.mediabox] == pytest.approx(
                    [0, 0, width, height], abs=0.01
                )


def test_readers_get_tags_and_a_language_and_the_press_does_not(
    edition: Edition,
) -> None:
    with pikepdf.open(io.BytesIO(edition.replica)) as replica:
        assert replica.Root.MarkInfo.Marked
        assert str(replica.Root.Lang) == "en-GB"
        assert "/StructTreeRoot" in replica.Root
    with pikepdf.open(io.BytesIO(edition.pdf)) as printed:
        assert "/StructTreeRoot" not in printed.Root


def test_no_heading_skips_a_level(edition: Edition) -> None:
    with pikepdf.open(io.BytesIO(edition.replica)) as replica:
        levels = [
            int(str(element.S)[2:])
            for element in walk(replica.Root.StructTreeRoot)
            if re.fullmatch("/H[1-6]", str(element.get("/S", "")))
        ]

    assert len(levels) > len(edition.articles)
    assert all(after <= before + 1 for before, after in pairwise(levels))


def walk(element: Any) -> Iterator[Any]:
    """Yield the elements of a tree of tags, in the order of reading."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield kid
            yield from walk(kid)


def test_the_sample_is_the_newspaper_it_says_it_is(sample: Edition) -> None:
    assert len(sample.flatplan["pages"]) == 16
    sections = list(dict.fromkeys(page["section"] for page in sample.flatplan["pages"]))
    assert sections == [
        "News",
        "Investigation",
        "World",
        "Comment",
        "Culture",
        "Letters",
    ]
    assert [jump for jump in sample.flatplan["jumps"] if jump["from"] == 1]
    assert sample.flatplan["pages"][-1]["house ads"]


@pytest.mark.long
@pytest.mark.xdist_group("real")
def test_real_copy_is_twenty_four_articles_on_as_many_pages(real_copy: Edition) -> None:
    assert len(real_copy.flatplan["pages"]) == 24
    assert len(real_copy.articles) == sum(map(len, SECTIONS.values())) >= 24
