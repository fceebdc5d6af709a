"""The flat plan on a terminal: within its width, and in words as well as in colours."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from press.cli.columns import Tint, cut_name, drawn, fill, ink, wrap
from press.cli.flatplan import tell_plan
from press.cli.terminal import cells
from press.model.article import LegalRead, Slug
from press.model.edition import EditionId
from press.model.overview import (
    ArticleStand,
    CopyState,
    DueStand,
    Overview,
    PagePart,
    PageStand,
    Progress,
)
from press.model.schedule import Deadline

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
NAMES = ("salt-tax", "a-name-that-is-much-longer-than-a-page-on-a-terminal-is-wide")


def an_overview(pages: int) -> Overview:
    """Return an edition with two articles on every page but the last."""
    slugs = [Slug(f"{name}-{n}") for n in range(1, pages) for name in NAMES]
    articles = tuple(
        ArticleStand(
            slug=slug,
            section="News",
            priority=3,
            copy=list(CopyState)[number % 3],
            words=1200,
            errors=number % 3,
            warnings=1,
            pictures_missing=number % 2,
            legal=LegalRead.NEEDED if number % 2 else None,
        )
        for number, slug in enumerate(slugs)
    )
    made = tuple(
        PageStand(
            number=number,
            section="News from the countries of the world and of those beyond",
            parts=tuple(
                PagePart(articles=(slug,), pictures=2, ppi=99, coarse=True, under=3)
                for slug in slugs[2 * number - 2 : 2 * number]
            ),
            imprint=number == pages,
        )
        for number in range(1, pages + 1)
    )
    at = dt.datetime(2024, 8, 20, 11, tzinfo=dt.UTC)
    due = DueStand(
        deadline=Deadline.COPY,
        at=at,
        local=dt.datetime.fromisoformat("2024-08-20T12:00"),
        progress=Progress.OVERDUE,
        left=2,
    )
    return Overview(
        edition=EditionId("2024-09"),
        title="September 2024",
        on_sale=dt.date(2024, 8, 30),
        days_left=1,
        articles=articles,
        pages=made,
        sections=("News", "Comment"),
        schedule=(due,),
    )


def told(view: Overview, *, colour: bool = False) -> list[str]:
    return [drawn(line, colour=colour) for line in tell_plan(view)]


@pytest.mark.parametrize("pages", [0, 1, 2, 16, 24])
def test_no_line_is_wider_than_99_columns(pages: int) -> None:
    lines = told(an_overview(pages))

    assert max(map(cells, lines)) <= 99


@pytest.mark.parametrize("pages", [0, 1, 16])
def test_a_terminal_of_80_columns_has_the_pages_one_under_another(pages: int) -> None:
    lines = [drawn(line, colour=False) for line in tell_plan(an_overview(pages), 80)]

    heads = [line for line in lines if "News from" in line]

    assert max(map(cells, lines)) <= 80
    assert [re.findall(r"─ (\d+)  ", line) for line in heads] == [
        [str(number)] for number in range(1, pages + 1)
    ]


def test_long_names_are_told_apart_by_their_ends() -> None:
    ways = {
        cut_name(f"a-referendum-that-was-filtered-{lang}", 20) for lang in ("ca", "es")
    }

    assert ways == {"a-referendum-…red-ca", "a-referendum-…red-es"}
    assert cut_name("salt-tax", 20) == "salt-tax"


@pytest.mark.parametrize("pages", [0, 16])
def test_colours_say_nothing_that_words_do_not_say(pages: int) -> None:
    view = an_overview(pages)

    coloured = [COLOUR.sub("", line).rstrip() for line in told(view, colour=True)]

    assert coloured == told(view)
    assert Tint.BAD.value in "".join(told(view, colour=True))


def test_pages_stand_as_they_lie_open() -> None:
    text = told(an_overview(4))

    heads = [line for line in text if "News from" in line]

    assert [re.findall(r"─ (\d)  ", line) for line in heads] == [
        ["1"],
        ["2", "3"],
        ["4"],
    ]
    assert heads[0].startswith(" ")
    assert heads[2].startswith("┌")


def test_what_is_overdue_is_said_with_what_is_left() -> None:
    text = "\n".join(told(an_overview(4)))

    assert "copy       Tue 20 Aug 12:00   overdue: 2 articles have no copy" in text
    assert "on sale Friday 30 August 2024, in 1 day" in text
    assert "legal read needed" in text
    assert "2 pictures, only 99 ppi" in text


def test_a_section_without_articles_is_shown() -> None:
    lines = told(an_overview(4))

    assert [line for line in lines if line.startswith("Comment")] == [
        "Comment                 –                0        0   no articles yet"
    ]


def test_all_that_is_to_do_in_a_section_is_said() -> None:
    text = "\n".join(told(an_overview(16)))

    assert "10 empty · 10 with errors" in text
    assert "15 pictures missing · 15 legal reads" in text


def test_copy_cannot_act_on_the_terminal() -> None:
    piece = ink("a\x1b[31mb\u202e")

    assert piece.words == r"a\x1b[31mb\u202e"


def test_a_line_is_filled_to_its_width_whatever_it_holds() -> None:
    for left in ("", "short", "a very long one that is cut", "漢字漢字漢字漢字"):
        line = fill([ink(left)], 12, ink("9"))

        assert sum(cells(piece.words) for piece in line) == 12


def test_parts_are_wrapped_between_each_other() -> None:
    lines = wrap([ink("one"), ink("two"), ink("three")], 9, ", ")

    assert [drawn(line, colour=False) for line in lines] == ["one, two", "three"]
