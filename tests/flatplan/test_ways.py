from __future__ import annotations

from dataclasses import replace

import pytest

from press.flatplan.candidate import PageChoice, PageRoom, SectionTask
from press.flatplan.ways import AD, AD_LINE, FULL_PAGE_AD, LONELY, Way, Ways
from tests.flatplan.builders import (
    Rectangle,
    Story,
    a_candidate,
    a_photo,
    a_story,
    a_task,
    overlap,
    rooms,
)

FRONT = PageRoom(number=1, lines=34, front=True)
(INSIDE,) = rooms(2, 2)
ADS = ((6, 15),)


def stories(**pins: int) -> list[Story]:
    return [
        a_story("one", 60, a_photo(), priority=2, jump=0, page=pins.get("one")),
        a_story("two", 30, a_photo(), jump=0, page=pins.get("two")),
        a_story("three", 24, a_photo(), priority=4, jump=0, page=pins.get("three")),
    ]


def ways_of(page: PageRoom, task: SectionTask) -> list[Way]:
    return Ways(replace(task, pages=(page, *rooms(page.number + 1, 3)))).whole(page)


def standing(choice: PageChoice, task: SectionTask, page: PageRoom) -> list[Rectangle]:
    ad = [(0, page.lines - choice.ad, task.columns, choice.ad)] if choice.ad else []
    return [
        (one.column, one.line, one.columns, one.lines) for one in choice.placed
    ] + ad


def covers(rectangles: list[Rectangle], columns: int, lines: int, gap: int) -> bool:
    """Whether boxes fill every column from top to foot, with the gap between two."""
    for column in range(columns):
        here = sorted(
            (line, line + depth)
            for first, line, count, depth in rectangles
            if first <= column < first + count
        )
        starts = [0, *(stop + gap for _, stop in here)]
        if starts != [*(start for start, _ in here), lines + gap]:
            return False
    return True


@pytest.mark.parametrize("page", [FRONT, INSIDE])
def test_the_boxes_of_every_way_cover_the_page_up_to_the_gap(page: PageRoom) -> None:
    task = a_task(stories(), ads=ADS)
    found = Ways(replace(task, pages=(page, *rooms(page.number + 1, 3))))

    ways = found.whole(page)

    assert ways
    for way in ways:
        boxes = standing(found.draw(way), task, page)
        assert not overlap(boxes)
        assert covers(boxes, 3, page.lines, 2)


def test_the_front_page_has_the_sections_lead_and_the_contents_panel() -> None:
    task = a_task(stories())
    found = Ways(replace(task, pages=(FRONT, *rooms(2, 3))))

    ways = found.whole(FRONT)

    assert ways
    for way in ways:
        choice = found.draw(way)
        assert way.used & 1
        assert not way.ad
        (panel,) = (one for one in choice.placed if one.setting is None)
        assert panel.columns == 1
        assert 8 <= panel.lines <= 34


def test_a_front_page_of_one_article_has_its_price() -> None:
    task = a_task([a_story("one", 60, jump=0)])
    leaf = a_candidate(_story(task)).leaves[1]

    (alone,) = ways_of(FRONT, task)

    panel = (34 - 21) * 0.06  # thirteen lines deeper than it would like
    assert alone.cost == pytest.approx(LONELY + leaf[34] + panel)


def test_what_is_pinned_to_a_page_stands_on_it_and_what_is_pinned_elsewhere_does_not() -> (
    None
):
    free = {way.used for way in ways_of(INSIDE, a_task(stories(), ads=ADS))}
    pinned = a_task(stories(two=2, three=3), ads=ADS)

    here = {way.used for way in ways_of(INSIDE, pinned)}

    assert here == {used for used in free if used & 0b010 and not used & 0b100}
    assert here


def test_a_house_ad_fills_the_foot_as_deep_as_it_is_cheapest() -> None:
    """A story of 50 lines fills at most some of 38 lines; the ad takes the rest."""
    task = a_task([a_story("one", 60, priority=2, jump=0)], ads=ADS)
    leaf = a_candidate(_story(task)).leaves[2]

    (way,) = (one for one in ways_of(INSIDE, task) if one.used)

    costs = {
        ad: leaf[38 - 2 - ad] + AD + AD_LINE * ad
        for ad in range(6, 16)
        if 38 - 2 - ad in leaf
    }
    assert way.ad == min(costs, key=costs.__getitem__)
    assert way.cost == pytest.approx(min(costs.values()))


def _story(task: SectionTask) -> Story:
    return task.candidates[0].package, task.candidates[0].measured


def test_without_house_ads_a_page_is_filled_by_articles_or_not_at_all() -> None:
    task = a_task([a_story("one", 60, priority=2, jump=0)])

    assert not ways_of(INSIDE, task)


def test_a_page_may_be_an_ad_only_where_a_design_is_so_deep() -> None:
    def full(ads: tuple[tuple[int, int], ...]) -> list[float]:
        ways = ways_of(INSIDE, a_task(stories(), ads=ads))
        return [way.cost for way in ways if way.ad == 38]

    assert full(ADS) == []
    assert full((*ADS, (16, 40))) == [FULL_PAGE_AD]


# ---------------------------------------------------------------- openings and tails

LONG = a_story("long", 150, a_photo(), a_photo(number=1), priority=1)


def test_an_article_begins_once_on_a_page_and_never_whole_beside_its_beginning() -> (
    None
):
    found = Ways(a_task([LONG, *stories()], ads=ADS))

    openings = [way for way in found.whole(INSIDE) if way.opening is not None]

    assert openings
    for way in openings:
        placed = found.draw(way).placed
        assert len({one.package for one in placed}) == len(placed)
        begun = next(one for one in placed if one.package == "long")
        assert begun.setting is not None
        assert begun.setting.stop < 150


def test_what_goes_on_begins_where_the_opening_stopped_and_fills_a_later_page() -> None:
    found = Ways(a_task([LONG, *stories()], ads=ADS))
    way = next(way for way in found.whole(INSIDE) if way.opening is not None)
    begun = next(one for one in found.draw(way).placed if one.package == "long")

    rest = found.goes_on(way)

    assert begun.setting is not None
    assert rest is not None
    assert (rest.start, rest.part) == (begun.setting.stop, 1)
    (later,) = rooms(3, 3)
    tails = [one for one in found.with_tail(later, rest) if not one.jumps]
    assert tails
    for tail in tails:
        ends = next(one for one in found.draw(tail).placed if one.package == "long")
        assert ends.setting is not None
        assert (ends.part, ends.setting.start) == (1, rest.start)
        assert ends.setting.stop == 150


def test_an_article_too_long_for_two_pages_fills_one_in_the_middle() -> None:
    novel = a_story("long", 300, a_photo(), priority=1)
    found = Ways(a_task([novel, *stories()], ads=ADS))
    way = next(way for way in found.whole(INSIDE) if way.opening is not None)
    rest = found.goes_on(way)
    assert rest is not None

    (middle,) = (one for one in found.with_tail(rooms(3, 3)[0], rest) if one.jumps)

    (whole,) = found.draw(middle).placed
    assert (whole.columns, whole.lines, whole.part) == (3, 38, 1)
    later = found.goes_on(middle)
    assert later is not None
    assert later.part == 2
    assert whole.setting is not None
    assert later.start == whole.setting.stop


def test_only_articles_that_no_page_holds_or_that_lead_may_begin_inside() -> None:
    """75 lines of 120 are more than 0.6, for a lead; another must fit no page."""

    def opens(priority: int, lines: int) -> bool:
        story = a_story("long", lines, a_photo(), priority=priority)
        ways = Ways(a_task([*stories()[1:], story], ads=ADS)).whole(INSIDE)
        return any(way.opening is not None for way in ways)

    assert opens(1, 75)
    assert not opens(2, 75)
    assert opens(2, 150)
