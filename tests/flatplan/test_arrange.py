from __future__ import annotations

from collections.abc import Sequence

import pytest

from press.flatplan.arrange import Arrangement, Edge, Tie, arrangements
from press.model.furniture import Figure
from press.model.layout import Head
from tests.builders import TEMPLATE, a_template
from tests.flatplan.builders import a_measured, a_panel, a_photo


def found(
    *figures: Figure, columns: int = 3, priority: int = 3, shown: Sequence[int] = ()
) -> list[Arrangement]:
    shown = shown or range(len(figures))
    return arrangements(a_measured(40, *figures), TEMPLATE, columns, priority, shown)


def leads(ways: list[Arrangement]) -> set[tuple[Head, int, int]]:
    """Return where the head stands, and column and columns of the lead figure."""
    return {(one.head, one.lead.column, one.lead.columns) for one in ways if one.lead}


def test_text_alone_has_its_head_across_all_columns() -> None:
    assert found() == [
        Arrangement(head=Head.OVER, head_columns=3, lead=None, others=(), price=0)
    ]


def test_a_picture_stands_at_the_right_in_the_middle_under_the_head_or_over_it() -> (
    None
):
    assert leads(found(a_photo())) == {
        (Head.OVER, 2, 1),
        (Head.OVER, 1, 2),
        (Head.OVER, 0, 2),  # at the left, where it leaves a column free
        (Head.OVER, 0, 3),
        (Head.UNDER, 0, 3),
        (Head.SIDE, 1, 2),  # beside its head, at least half as wide as the box
    }


def test_heads_stand_only_where_the_template_lets_them() -> None:
    template = a_template(heads=(Head.SIDE,))

    ways = arrangements(a_measured(40, a_photo()), template, 3, 3, [0])

    assert {one.head for one in ways if one.lead} == {Head.SIDE}


def test_a_head_at_the_side_spans_the_columns_that_the_picture_leaves() -> None:
    sides = [one for one in found(a_photo()) if one.head is Head.SIDE]

    assert [one.head_columns for one in sides] == [1]


def test_arrangements_come_cheapest_first_and_leaving_pictures_out_comes_late() -> None:
    ways = found(a_photo(), a_photo(number=1), priority=1)

    assert [one.price for one in ways] == sorted(one.price for one in ways)
    assert ways[0].lead is not None
    assert ways[-1].lead is None
    assert ways[-1].price == pytest.approx(18.0 + 2.2)  # of priority 1


def test_a_panel_holds_text_and_is_never_left_out() -> None:
    ways = found(a_photo(), a_panel())

    for one in ways:
        ties = [*([one.lead] if one.lead else []), *one.others]
        assert 1 in {tie.figure for tie in ties}


def test_further_pictures_stand_at_the_foot_two_at_most_beside_each_other() -> None:
    ways = found(a_photo(), a_photo(number=1), a_photo(number=2))

    assert max(len(one.others) for one in ways) == 2
    for one in ways:
        assert all(tie.edge is Edge.FOOT for tie in one.others)
        taken = [
            c for tie in one.others for c in range(tie.column, tie.column + tie.columns)
        ]
        assert len(taken) == len(set(taken))
        assert all(0 <= column < 3 for column in taken)


def test_no_figure_stands_twice() -> None:
    for one in found(a_photo(), a_photo(number=1), a_panel()):
        numbers = [tie.figure for tie in (one.lead, *one.others) if tie]
        assert len(numbers) == len(set(numbers))


def test_only_figures_that_may_stand_here_are_shown() -> None:
    ways = found(a_photo(), a_photo(number=1), shown=[1])

    assert {tie.figure for one in ways for tie in (one.lead, *one.others) if tie} == {1}


def test_a_narrow_lead_picture_costs_an_important_article_more() -> None:
    def narrow(priority: int) -> float:
        return next(
            one.price
            for one in found(a_photo(), priority=priority)
            if one.lead == Tie(figure=0, column=2, columns=1, edge=Edge.TOP)
        )

    assert narrow(1) > narrow(3) > narrow(5) == 0
