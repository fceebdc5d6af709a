"""MJML's own engine, asked about documents, and the documents it is asked about."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from press.model.template import Filled, Origin
from tests.browsers import JUDGES, ROOT, absent

#: Read here, for tests themselves see no PRESS_*.
FILES = Path(os.environ.get("PRESS_MJML_FILES", ROOT / ".press" / "judges" / "mjml"))
_ASK = Path(__file__).with_name("mjml5.cjs")
_DOCUMENT = re.compile(r"<mjml\b[^>]*>.*?</mjml>", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What the engine says of a tag; its line is the tag's first."""

    line: int
    tag: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the engine makes of a document: HTML and complaints, or nothing."""

    html: str
    complaints: tuple[Complaint, ...]
    thrown: str = ""

    @property
    def accepts(self) -> bool:
        return not self.thrown and not self.complaints


def ask(documents: Mapping[str, str]) -> dict[str, Answer]:
    """Ask the engine about documents; skip the test where it is not here."""
    brought = JUDGES.resolve().glob("node_modules/node-linux-*/bin/node")
    node = next(map(str, brought), shutil.which("node"))
    if node is None:
        absent("node is not here; it runs MJML's own engine")
        raise AssertionError
    if not (JUDGES / "node_modules" / "mjml").is_dir():
        absent("MJML's own engine is not here; tools/judges.sh brings it")
    done = subprocess.run(
        [node, _ASK, JUDGES.resolve()],
        input=json.dumps(documents),
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=120,
    )
    answers = json.loads(done.stdout)
    assert answers.keys() == documents.keys()
    return {name: _answer(said) for name, said in answers.items()}


def _answer(said: Mapping[str, object]) -> Answer:
    errors = said.get("errors", [])
    assert isinstance(errors, list)
    return Answer(
        html=str(said.get("html", "")),
        complaints=tuple(Complaint(**one) for one in errors),
        thrown=str(said.get("thrown", "")),
    )


def examples() -> dict[str, str]:
    """Return the documents in the engine's own pages, which come with it."""
    pages = sorted((JUDGES / "node_modules").glob("mjml*/README.md"))
    return {
        f"{page.parent.name}.{number}": document
        for page in pages
        for number, document in enumerate(
            _DOCUMENT.findall(page.read_text(encoding="utf-8")), 1
        )
    }


def public(kind: str = "*") -> dict[str, str]:
    """Return the public files; skip the test where they are not here.

    PRESS_MJML_FILES=none says that they cannot be had.
    """
    if str(FILES) == "none":
        pytest.skip("PRESS_MJML_FILES is none: judged without the public files")
    files = sorted(FILES.glob(f"{kind}/*.mjml"))
    if not files:
        absent(f"no MJML files in {FILES}; tools/mjml_files.py brings them")
    return {
        str(file.relative_to(FILES)): file.read_text(encoding="utf-8") for file in files
    }


def template(text: str) -> Filled:
    """Return a text as if it were a template without any values."""
    lines = text.splitlines(keepends=True)
    offset, origins = 0, []
    for number, line in enumerate(lines, 1):
        origins.append(Origin(offset=offset, file="it", line=number, column=1))
        offset += len(line)
    return Filled(text=text, origins=tuple(origins))
