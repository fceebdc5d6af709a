"""Headlines, captions and pull quotes are held against the copy too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from press.model.facts import PageFacts, TextLine
from press.preflight.proof import Area, Copyreading, Label
from press.preflight.proofread import proofread

AREA = Area(page=1, left=10, top=10, right=200, bottom=60)
HEAD = Label(article="salt", area=AREA, ways=("The tax on salt", "Salt"), size=30)
KICKER = TextLine(text="MONEY", left=10, baseline=12, size=8)


def codes(label: Label, *lines: TextLine) -> list[str]:
    page = PageFacts(number=1, width=300, height=400, lines=lines)
    reading = Copyreading(
        threads=(), labels=(label,), references=(), leading=11, sizes=()
    )
    return [found.code for found in proofread([page], reading)]


def a_line(text: str, *, line: int = 0, size: float = 30) -> TextLine:
    return TextLine(text=text, left=10, baseline=25 + 30 * line, size=size)


@pytest.mark.parametrize(
    "lines",
    [
        ("The tax on salt",),
        ("The tax", "on salt"),
        ("Salt",),
    ],
)
def test_a_headline_stands_in_one_of_its_ways(lines: tuple[str, ...]) -> None:
    set_lines = [a_line(text, line=number) for number, text in enumerate(lines)]

    assert codes(HEAD, KICKER, *set_lines) == []


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("The tax on",),
        ("The tax on salt", "again"),
        ("on salt", "The tax"),
        ("The tax on malt",),
    ],
)
def test_a_headline_that_lost_won_or_changed_words_is_an_error(
    lines: tuple[str, ...],
) -> None:
    set_lines = [a_line(text, line=number) for number, text in enumerate(lines)]

    assert codes(HEAD, KICKER, *set_lines) == ["proof.lost-text"]


def test_a_hyphen_of_the_composer_is_no_fault() -> None:
    caption = replace(HEAD, ways=("A panhouse by the sea",), size=0)

    assert codes(caption, a_line("A pan-"), a_line("house by the sea", line=1)) == []
