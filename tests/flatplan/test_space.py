"""Advertisements that were bought get pages where they may stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from press.flatplan.allocate import Demand, page_count
from press.flatplan.order import Order
from press.flatplan.plan import plan
from press.flatplan.space import (
    Bought,
    allowed,
    facing,
    placements,
    story_lines,
)
from tests.flatplan.test_plan import an_edition


def best(*bought: Bought, pages: int = 16, **sections: str) -> dict[int, int]:
    at = {int(page[1:]): name for page, name in sections.items()}
    sold = next(placements(bought, pages, at))
    return {page: one.number for page, one in sold.items()}


def test_right_hand_pages_come_first() -> None:
    many = tuple(Bought(number=n, lines=20) for n in range(5))

    pages = list(best(*many))

    assert len(pages) == 5
    assert all(page % 2 for page in pages)


def test_the_page_it_was_sold_for_is_kept() -> None:
    assert best(Bought(number=0, lines=20, page=4), Bought(number=1, lines=20))[4] == 0


def test_never_on_the_first_or_the_last_page() -> None:
    many = tuple(Bought(number=n, lines=20) for n in range(6))

    assert set(best(*many, pages=8)) == {2, 3, 4, 5, 6, 7}


def test_more_advertisements_than_pages_have_no_placement() -> None:
    many = tuple(Bought(number=n, lines=20) for n in range(7))

    assert list(placements(many, 8, {})) == []


@pytest.mark.parametrize("page", [6, 7])
def test_a_section_that_may_not_be_beside_it_keeps_its_spread(page: int) -> None:
    one = Bought(number=0, lines=20, not_beside=("Comment",))

    for sold in placements([one], 12, {page: "Comment"}):
        assert not set(sold) & {6, 7}


def test_a_section_gets_no_span_beside_what_may_not_be_there() -> None:
    sold = {5: Bought(number=0, lines=20, not_beside=("Comment",))}

    assert facing(5) == 4
    assert facing(4) == 5
    assert not allowed("Comment", (4, 4), sold)
    assert not allowed("Comment", (5, 6), sold)
    assert allowed("Comment", (6, 7), sold)
    assert allowed("News", (4, 6), sold)


def test_stories_get_what_is_left_or_nothing() -> None:
    assert story_lines(80, None, 2) == 80
    assert story_lines(80, Bought(number=0, lines=40), 2) == 38
    assert story_lines(80, Bought(number=0, lines=70), 2) == 0


def test_space_that_was_sold_needs_pages() -> None:
    demands = (Demand(name="News", pages=3.9),)

    assert page_count(demands, 4) == 4
    assert page_count(demands, 4, 0.5) == 8


@pytest.fixture(scope="module")
def order() -> Order:
    """An edition with a sheet more than its articles need."""
    free = plan(an_edition(1)).value
    assert free is not None
    return replace(an_edition(1), pages=len(free.pages) + 2)


def test_the_stories_stand_above_an_advertisement(order: Order) -> None:
    one = Bought(number=0, lines=20, page=3)
    order = replace(order, bought=(one,), pages=None)

    made = plan(order).value

    assert made is not None
    page = made.pages[2]
    assert page.space is not None
    assert (page.space.lines, page.space.alone) == (20, False)
    assert page.top + page.space.line + 20 == order.layout.lines
    assert page.boxes
    for box in page.boxes:
        assert box.line + box.lines + order.layout.gap <= page.space.line
    assert [other.space for other in made.pages if other.number != 3] == [None] * (
        len(made.pages) - 1
    )


def test_a_full_page_has_no_story(order: Order) -> None:
    one = Bought(number=0, lines=order.layout.lines - 4, page=3)

    made = plan(replace(order, bought=(one,), pages=None)).value

    assert made is not None
    page = made.pages[2]
    assert (page.boxes, page.ads) == ((), ())
    assert page.space is not None
    assert page.space.alone


def test_no_section_stands_with_what_may_not_be_beside_it(order: Order) -> None:
    one = Bought(number=0, lines=20, not_beside=("News",))

    made = plan(replace(order, bought=(one,), pages=None)).value

    assert made is not None
    (page,) = [page.number for page in made.pages if page.space]
    near = {made.pages[page - 1].section, made.pages[facing(page) - 1].section}
    assert "News" not in near
