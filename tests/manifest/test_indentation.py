"""A stretch that is indented too far is told once, with what it should stand level with."""

from __future__ import annotations

import pytest

from tests.manifest.builders import FOLDER, Paper

SECTION = """\
    - section: Comment
      pages: 10-11
      template: comment
      articles: [leader]
"""
FACTS = """\
  number: 67
  title: September 2024
  on_sale: 2024-08-30
"""


def moved(text: str, by: int) -> str:
    return "".join(" " * by + line for line in text.splitlines(keepends=True))


@pytest.mark.parametrize("by", [1, 2, 3])
def test_a_section_that_is_indented_too_far_is_told_once(paper: Paper, by: int) -> None:
    paper.change(f"{FOLDER}/edition.yaml", SECTION, moved(SECTION, by))

    (found,) = paper.findings()

    assert (found.code, found.place.line) == ("manifest.syntax", 19)
    assert found.hint == "line it up with “section” on line 13 (4 spaces)"


@pytest.mark.parametrize("by", [1, 2])
def test_a_dash_that_moved_alone_leaves_what_stands_below_it(
    paper: Paper, by: int
) -> None:
    first = SECTION.splitlines(keepends=True)[0]
    paper.change(f"{FOLDER}/edition.yaml", first, moved(first, by))

    (found,) = paper.findings()

    assert found.hint == "line it up with “section” on line 13 (4 spaces)"


def test_settings_that_are_indented_too_far_are_told_once(paper: Paper) -> None:
    paper.change(f"{FOLDER}/edition.yaml", FACTS, moved(FACTS, 2))

    (found,) = paper.findings()

    assert found.place.line == 4
    assert found.hint == "line it up with “id” on line 3 (2 spaces)"


def test_what_is_wrong_inside_such_a_stretch_is_told_at_its_place(
    paper: Paper,
) -> None:
    wrong = moved(SECTION, 2).replace("pages: 10-11", "pages: ten")
    paper.change(f"{FOLDER}/edition.yaml", SECTION, wrong)

    indent, pages = paper.findings()

    assert (indent.place.line, pages.place.line) == (19, 20)
    assert (pages.place.column, pages.place.width) == (16, 3)
