"""Boxes of three columns with a head of three lines, in whole lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from press.flatplan.arrange import Arrangement, Edge, Tie
from press.flatplan.room import (
    build_shell,
    cut_slots,
    place_figures,
    place_quotes,
    shape_of,
    usual_depth,
)
from press.model.flatplan import QuotePlace
from press.model.layout import Head
from tests.flatplan.builders import a_head, a_measured, a_panel, a_photo, a_quote

RIGHT = Tie(figure=0, column=1, columns=2, edge=Edge.TOP)
ACROSS = Tie(figure=0, column=0, columns=3, edge=Edge.TOP)
FOOT = Tie(figure=1, column=2, columns=1, edge=Edge.FOOT)
MEASURED = a_measured(40, a_photo(), a_panel())
HEAD = a_head(3)


def an_arrangement(
    head: Head = Head.OVER, lead: Tie | None = None, others: tuple[Tie, ...] = ()
) -> Arrangement:
    return Arrangement(head=head, head_columns=3, lead=lead, others=others, price=0)


def free(
    arrangement: Arrangement, height: int = 30, depth: int = 10, byline: int = 0
) -> list[tuple[int, int]]:
    shell = build_shell(MEASURED, arrangement, HEAD, 3, byline, 0)
    return shell.free(height, depth)


def test_text_stands_under_the_head_in_every_column() -> None:
    assert free(an_arrangement()) == [(3, 30)] * 3


def test_a_byline_stands_on_top_of_the_first_column() -> None:
    assert free(an_arrangement(), byline=2) == [(5, 30), (3, 30), (3, 30)]


def test_a_picture_under_the_head_lowers_its_columns_by_depth_and_caption() -> None:
    """3 lines of head, 10 of picture, 2 of caption."""
    assert free(an_arrangement(lead=RIGHT)) == [(3, 30), (15, 30), (15, 30)]


def test_a_picture_beside_the_head_stands_at_the_top_of_the_box() -> None:
    side = an_arrangement(Head.SIDE, RIGHT)

    assert free(side) == [(3, 30), (12, 30), (12, 30)]
    assert place_figures(MEASURED, side, HEAD, 30, 10)[0].line == 0


def test_a_head_under_its_picture_is_lowered_with_the_text() -> None:
    under = an_arrangement(Head.UNDER, ACROSS)

    assert free(under) == [(15, 30)] * 3
    assert place_figures(MEASURED, under, HEAD, 30, 10)[0].line == 0


def test_a_panel_stands_at_the_foot_with_a_line_above_it() -> None:
    """Eight lines of panel and one of white; the white under it is cut off."""
    foot = an_arrangement(others=(FOOT,))

    assert free(foot) == [(3, 30), (3, 30), (3, 21)]
    (panel,) = place_figures(MEASURED, foot, HEAD, 30, 0)
    assert (panel.line, panel.depth) == (22, 8)


def test_lines_taken_are_those_that_text_does_not_have() -> None:
    arrangement = an_arrangement(lead=RIGHT, others=(FOOT,))
    shell = build_shell(MEASURED, arrangement, HEAD, 3, 2, 0)

    text = sum(foot - top for top, foot in shell.free(30, 10))

    assert text == 3 * 30 - shell.taken - 10 * shell.wide


def test_a_figure_that_cannot_span_so_many_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot span 2"):
        shape_of(MEASURED, replace(FOOT, columns=2))


def test_a_figures_usual_depth_is_the_nearest_its_crop_allows() -> None:
    shape = a_photo(7.6).shapes[0]

    assert usual_depth(shape) == 8
    assert usual_depth(replace(shape, most=7)) == 7
    assert usual_depth(replace(shape, least=9, most=9)) == 9


# ---------------------------------------------------------------- quotes and slots

QUOTED = a_measured(80, quotes=(a_quote(6), a_quote(6)))


def test_a_quote_stands_in_the_longest_leg_not_in_the_first() -> None:
    """Of 24 lines beside it, 0.46 stand above: 11."""
    (quote,) = place_quotes(QUOTED, [(0, 30)] * 3, [0]) or ()

    assert quote == QuotePlace(quote=0, column=1, line=11, lines=6)


def test_two_quotes_stand_in_two_legs_at_different_heights() -> None:
    one, two = place_quotes(QUOTED, [(0, 30)] * 3, [0, 1]) or ()

    assert (one.column, two.column) == (1, 2)
    assert (one.line, two.line) == (11, 14)  # 0.46 and 0.6 of 24


def test_a_quote_with_less_than_eight_lines_beside_it_does_not_fit() -> None:
    assert place_quotes(QUOTED, [(0, 22)] * 3, [0]) is not None
    assert place_quotes(QUOTED, [(0, 21)] * 3, [0]) is None
    assert place_quotes(QUOTED, [(0, 40)], [0, 1]) is None


def test_a_quote_cuts_its_column_into_two_slots_in_reading_order() -> None:
    quote = QuotePlace(quote=0, column=0, line=11, lines=6)

    slots = cut_slots([(0, 30), (3, 30)], (quote,), rightmost_first=False)

    assert slots == [(0, 0, 11), (0, 17, 13), (1, 3, 27)]


def test_a_script_from_right_to_left_begins_in_the_last_column() -> None:
    assert cut_slots([(3, 30), (0, 30)], (), rightmost_first=True) == [
        (1, 0, 30),
        (0, 3, 27),
    ]


def test_no_slot_is_shorter_than_four_lines_but_a_full_column_is_none() -> None:
    assert cut_slots([(0, 30), (26, 30)], (), rightmost_first=False) is not None
    assert cut_slots([(0, 30), (27, 30)], (), rightmost_first=False) is None
    assert cut_slots([(0, 30), (29, 30)], (), rightmost_first=False) == [(0, 0, 30)]
    assert cut_slots([(0, 30), (31, 30)], (), rightmost_first=False) is None
