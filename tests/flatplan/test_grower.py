from __future__ import annotations

import random
from dataclasses import replace

import pytest

from press.flatplan.candidate import Candidate
from press.flatplan.grower import Grower, grow, item_of
from press.model.article import Direction
from tests.builders import LAYOUT
from tests.flatplan.builders import a_candidate, a_photo, a_quote, a_story
from tests.flatplan.test_leaf import some_story

HEIGHTS = range(1, LAYOUT.lines + 1)


@pytest.mark.parametrize("seed", range(15))
@pytest.mark.parametrize("jumps", [False, True])
def test_asked_for_one_height_a_leaf_costs_what_the_full_search_says(
    seed: int, jumps: bool
) -> None:
    candidate = a_candidate(some_story(random.Random(seed)))
    full = Grower(LAYOUT, 3).leaves(candidate, HEIGHTS, jumps=jumps)

    for columns, costs in enumerate(full, 1):
        for height, cost in costs.items():
            found = Grower(LAYOUT, 3).setting(candidate, columns, height, jumps=jumps)

            assert found is not None
            assert found[0] == pytest.approx(cost)
            assert found[1].cost == pytest.approx(cost, abs=0.01)


def test_a_box_that_cannot_be_filled_has_no_setting() -> None:
    candidate = a_candidate(a_story("taxes", 60))

    assert Grower(LAYOUT, 3).setting(candidate, 3, 10) is None


def test_the_columns_an_editor_asks_for_are_the_only_ones() -> None:
    package, measured = a_story("taxes", 30, a_photo(), columns=2)

    leaves, _ = grow(package, measured, LAYOUT)

    assert [bool(costs) for costs in leaves] == [False, True, False]


def test_only_long_articles_and_the_splash_may_begin_here_and_go_on_elsewhere() -> None:
    """A page has 120 lines; more than 0.55 of them, 66, are long."""
    assert not a_candidate(a_story("taxes", 66)).openings
    assert a_candidate(a_story("taxes", 67)).openings
    assert a_candidate(a_story("taxes", 64, splash=True)).openings
    assert not a_candidate(a_story("taxes", 90, splash=True, jump=0)).openings


def test_a_continuation_has_its_own_head_and_the_figures_not_yet_shown() -> None:
    package, measured = a_story("taxes", 90, a_photo(), a_photo(number=1))
    tall = tuple(replace(head, headline_depth=5) for head in measured.jump_heads)
    measured = replace(measured, jump_heads=tall)
    rest = Candidate(package=package, measured=measured, leaves=(), start=40, part=1)

    leaves = Grower(LAYOUT, 3).leaves(rest, HEIGHTS)
    height = min(leaves[2])
    found = Grower(LAYOUT, 3).setting(rest, 3, height)

    assert found is not None
    setting = found[1]
    assert setting.head is not None
    assert setting.head.depth == 5
    assert setting.start == 40
    assert {place.figure for place in setting.figures} <= {1}


def test_no_figure_or_quote_stands_in_two_parts_of_an_article() -> None:
    figures = [a_photo(number=number) for number in range(6)]
    story = a_story("taxes", 90, *figures, quotes=(a_quote(),) * 3)
    first = a_candidate(story)
    second, third = replace(first, part=1), replace(first, part=2)

    shares = [
        first.share(jumps=True),
        second.share(jumps=True),
        third.share(jumps=False),
    ]

    shown = [figure for share in shares for figure in share[0]]
    quotes = [quote for share in shares for quote in share[1]]
    assert shown == list(range(6))
    assert quotes == list(range(3))
    assert first.share(jumps=False) == (tuple(range(6)), tuple(range(3)))


def test_an_article_from_right_to_left_is_read_from_the_right() -> None:
    package, measured = a_story("taxes", 60)
    arabic = replace(package.articles[0], direction=Direction.RTL)
    candidate = a_candidate((replace(package, articles=(arabic,)), measured))

    found = Grower(LAYOUT, 3).setting(candidate, 3, min(candidate.leaves[2]))

    assert found is not None
    assert [frame.column for frame in found[1].frames] == [2, 1, 0]


def test_important_articles_rank_before_others_in_the_editors_order() -> None:
    first = a_candidate(a_story("one", 30, priority=1))
    later = a_candidate(a_story("two", 30, priority=4))

    ranks = [
        item_of(number, one, one.leaves).rank
        for number, one in enumerate((later, later, first))
    ]

    assert ranks[2] < ranks[0] < ranks[1]
