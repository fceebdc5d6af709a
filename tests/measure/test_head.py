from __future__ import annotations

import pytest

from press.measure.head import measure_byline, measure_heads, measure_jump_heads
from press.model.article import Article
from press.model.furniture import HeadShape
from tests.builders import GRID, LAYOUT, a_composer, a_package, an_article

#: 11 letters: 220 pt in 20 pt type, 110 pt in 10 pt type.
HEADLINE = "Ink is dear"


def heads(article: Article, **package: int) -> tuple[HeadShape, ...]:
    return measure_heads(a_package(article, **package), LAYOUT, a_composer())


def shapes(found: tuple[HeadShape, ...]) -> list[tuple[int, float, int, int]]:
    return [(h.columns, h.size, len(h.headline), h.headline_depth) for h in found]


def test_a_headline_has_as_many_lines_as_its_width_makes() -> None:
    """Depth: 2.3 above, capitals 0.7, descenders 0.24 of the size, 3 below.

    In 20 pt: 24.1 pt are three lines, 44.1 pt five. In 10 pt: 14.7 pt are two.
    Over one column (190 pt) "Ink is dear" takes two lines of 20 pt: "Ink" / "is dear".
    """
    found = heads(an_article(title=HEADLINE))

    assert shapes(found) == [
        (1, 20, 2, 5),
        (1, 10, 1, 2),
        (2, 20, 1, 3),
        (2, 10, 1, 2),
        (3, 20, 1, 3),
        (3, 10, 1, 2),
    ]
    assert found[0].headline == ("Ink", "is dear")


def test_the_sizes_of_a_head_follow_its_priority_and_smaller_ones_cost_more() -> None:
    first = heads(an_article(title="Ink"), priority=1)
    last = heads(an_article(title="Ink"), priority=5)

    assert [h.size for h in first if h.columns == 1] == [40, 20]
    assert [h.size for h in last if h.columns == 1] == [10]
    large, small = (h for h in first if h.columns == 1)
    assert large.cost < small.cost


def test_a_headline_too_long_for_its_limits_of_lines_has_no_head_of_that_size() -> None:
    """Over three columns a headline may run over two lines: 29 letters of 20 pt each."""
    found = heads(an_article(title="the newspaper " * 5 + "again"))

    assert (20.0, 3) not in {(h.size, h.columns) for h in found}
    assert (10.0, 3) in {(h.size, h.columns) for h in found}


def test_the_short_headline_is_a_second_choice() -> None:
    found = heads(an_article(title=HEADLINE, short_headline="Ink"))

    long, short = (h for h in found if h.columns == 2 and h.size == 20)
    assert (long.headline, short.headline) == (("Ink is dear",), ("Ink",))
    assert short.cost > long.cost


def test_a_standfirst_stands_from_two_columns_and_leaving_it_out_costs() -> None:
    """39 letters fill two columns: 13 words of two letters; 20 words are two lines."""
    found = heads(an_article(title="Ink", standfirst=" ".join(["on"] * 20)))

    assert not any(h.standfirst for h in found if h.columns == 1)
    bare, full = (h for h in found if h.columns == 2 and h.size == 20)
    assert (bare.standfirst_depth, full.standfirst_depth) == (0, 3)  # 20 + 3 pt
    assert bare.cost > full.cost
    assert full.depth == 3 + 3


def test_a_kicker_takes_a_line_and_two_above_large_type() -> None:
    found = heads(an_article(title="Ink", kicker="Trade"), priority=1)

    assert {(h.size, h.kicker) for h in found} == {(40, 2), (20, 1)}
    assert found[0].depth == found[0].headline_depth + 2


def test_the_capitals_of_a_headline_stand_level_with_pictures() -> None:
    """The top of a line box of 20 pt is 2 pt above its capitals."""
    found = heads(an_article(title="Ink"))

    assert found[0].lift == pytest.approx(2.3 - 2)


def test_under_a_kicker_on_the_line_above_stands_more_white() -> None:
    plain, under = (
        heads(an_article(title="Ink")),
        heads(an_article(title="Ink", kicker="Trade")),
    )

    assert under[0].lift - plain[0].lift == pytest.approx(3)


def test_a_group_has_a_flag_at_every_width_it_may_have() -> None:
    brief = a_package(an_article(), template="brief")

    found = measure_heads(brief, LAYOUT, a_composer())

    assert [(h.columns, h.depth) for h in found] == [(1, 3), (2, 3)]


def test_a_continuation_has_a_smaller_head_with_a_kicker_and_no_standfirst() -> None:
    article = an_article(title="Ink is dear", short_headline="Ink", standfirst="Why.")

    found = measure_jump_heads(a_package(article, priority=1), LAYOUT, a_composer())

    assert {h.columns for h in found} == {1, 2, 3}
    assert {h.headline for h in found} == {("Ink",)}
    assert {h.size for h in found} == {20, 10}  # as of priority 3
    assert all(h.kicker == 1 and not h.standfirst for h in found)


def test_names_of_a_byline_are_joined_and_take_lines_of_one_column() -> None:
    article = an_article(byline=("Ada Marsh", "Ben Holt", "Cy Vane"))

    found = measure_byline(article, GRID, LAYOUT, a_composer())

    assert [line.html for line in found] == ["Ada Marsh, Ben Holt", "and Cy Vane"]
    assert measure_byline(an_article(), GRID, LAYOUT, a_composer()) == ()
