"""What is said of fonts is true of the fonts, the layouts and the hints of findings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import uharfbuzz

from press.manifest.layout import read_layout
from press.manifest.layout_file import LayoutFile
from press.manifest.load import load
from press.manifest.schema import check
from press.measure.glyph import SCRIPTS
from press.model.type import Face

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "other-scripts.md").read_text(encoding="utf-8")
LAYOUTS = ("tabloid", "a4")
#: file → Debian package, as the table of packages has them.
PACKAGES = dict(
    re.findall(r"^\| [^|]+ \| `([^`]+)` \| `([^`]+)` \|", PAGE, re.MULTILINE)
)
RUSSIAN, GREEK, ANCIENT = "Жизнь", "λόγος", "ἀρχῆ"


def faces() -> list[Face]:
    layout = read_layout(ROOT, "tabloid").value
    assert layout is not None
    return [face for face in layout.faces if not face.script]


def characters(face: Face) -> set[int]:
    blob = uharfbuzz.Blob.from_file_path(face.file)
    return set(uharfbuzz.Face(blob).unicodes)


@pytest.mark.parametrize(
    ("family", "name"),
    [("Press Serif", "Source Serif Pro"), ("Press Sans", "Source Sans Pro")],
)
def test_the_shipped_faces_have_as_many_characters_as_is_said(
    family: str, name: str
) -> None:
    row = re.search(
        rf"^\| {name}.*\| ([\d,]+) \w+ \| ([\d,]+) \w+ \|$", PAGE, re.MULTILINE
    )
    assert row
    said = [int(number.replace(",", "")) for number in row.groups()]

    for italic in (False, True):
        cuts = [f for f in faces() if f.family == family and f.italic is italic]
        assert {len(characters(face)) for face in cuts} == {said[italic]}


@pytest.mark.parametrize(
    ("word", "uprights", "italics"),
    [
        (RUSSIAN, {"Press Serif", "Press Sans"}, set()),
        (GREEK, {"Press Serif", "Press Sans"}, set()),
        (ANCIENT, {"Press Sans"}, set()),
        ("Tiếng Việt", {"Press Serif", "Press Sans"}, {"Press Sans"}),
    ],
)
def test_the_shipped_faces_cover_what_is_said(
    word: str, uprights: set[str], italics: set[str]
) -> None:
    having = {
        (face.family, face.italic)
        for face in faces()
        if set(map(ord, word)) <= characters(face)
    }

    assert {family for family, italic in having if not italic} == uprights
    assert {family for family, italic in having if italic} == italics


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_faces_that_layouts_name_are_in_the_table(name: str) -> None:
    tree = load(ROOT, f"layouts/{name}/layout.yaml", missing="", hint="").value
    assert tree is not None
    layout = check(tree, LayoutFile).value
    assert layout is not None

    named = {script.file: script.package for script in layout.scripts}

    assert named
    assert named.items() <= PACKAGES.items()


def test_packages_that_findings_name_are_in_the_table() -> None:
    assert {package for _, _, package in SCRIPTS} == set(PACKAGES.values())
