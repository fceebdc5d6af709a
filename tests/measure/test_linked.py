"""Where linked words stand on set lines; every letter here is 10 points wide."""

from __future__ import annotations

from press.measure.composer import Room
from press.measure.linked import linked_words
from press.model.copy import Mark, Run
from press.model.galley import GalleyLine, LinkedWords
from press.model.line import Line
from tests.builders import COLUMN, LAYOUT, a_composer

TAX, MILL = "https://lamp.example/tax", "https://lamp.example/mill"


def lines(*runs: Run, width: float = COLUMN, style: str = "body") -> list[GalleyLine]:
    room = Room(width=width)
    return list(a_composer().lines(runs, LAYOUT.style(style), room, "en"))


def plain(text: str) -> Run:
    return Run(text=text)


def test_words_are_counted_from_the_start_of_their_line() -> None:
    (line,) = lines(plain("salt "), Run(text="was taxed", link=TAX), plain(" so"))

    assert line.links == (LinkedWords(url=TAX, left=50, width=90),)


def test_words_of_a_filled_line_stand_where_its_spaces_put_them() -> None:
    """Eighteen letters fill nineteen: what is left goes to letters and three spaces."""
    first, _ = lines(
        plain("salt salt "), Run(text="salt", link=TAX), plain(" sal" + " salt" * 3)
    )

    (link,) = first.links
    assert first.justified
    letters = first.tracking * 10
    spaces = (COLUMN - 180 - first.tracking * 18) / 3
    assert abs(link.left - (100 + letters + 2 * spaces)) < 0.02
    assert spaces > 0
    assert abs(link.width - (40 + 4 * first.tracking)) < 0.02


def test_a_link_over_a_line_end_stands_on_both_lines() -> None:
    first, second = lines(
        plain("salt salt salt "), Run(text="salt pans", link=TAX), plain(" were full")
    )

    assert [one.url for one in (*first.links, *second.links)] == [TAX, TAX]
    assert (second.links[0].left, second.links[0].width) == (0, 40)
    assert abs(first.links[0].left + first.links[0].width - COLUMN) < 0.02


def test_neighbours_of_one_address_are_one_and_of_two_are_two() -> None:
    strong = frozenset({Mark.STRONG})
    (line,) = lines(
        Run(text="the ", link=TAX),
        Run(text="salt", link=TAX, marks=strong),
        Run(text="mill", link=MILL),
    )

    assert line.links == (
        LinkedWords(url=TAX, left=0, width=80),
        LinkedWords(url=MILL, left=80, width=40),
    )


def test_joined_letters_lead_from_their_whole_line() -> None:
    (line,) = lines(plain("شاي "), Run(text="ملح", link=TAX))

    assert line.links == (LinkedWords(url=TAX, left=0, width=COLUMN),)


def test_a_divided_word_keeps_room_for_its_hyphen() -> None:
    """Of 100 points six letters and a hyphen take 70; the space takes what is left."""
    line = Line(
        start=0,
        end=6,
        hyphen=True,
        indent=0.0,
        measure=100.0,
        tracking=0.0,
        justified=True,
    )
    runs = (plain("of "), Run(text="salting", link=TAX))

    (link,) = linked_words(line, runs, [10.0] * 10, 10.0)

    assert link == LinkedWords(url=TAX, left=60, width=40)


def test_lines_without_links_have_none() -> None:
    (line,) = lines(plain("salt"))

    assert line.links == ()
