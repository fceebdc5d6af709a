from __future__ import annotations

import random
from itertools import product
from math import inf

import pytest

from press.flatplan.candidate import PageRoom, SectionPlan, SectionTask
from press.flatplan.grower import item_of
from press.flatplan.section import (
    HELD_OVER,
    HELD_OVER_WORD,
    LEAD_LATE,
    NO_LEAD,
    OUT_OF_ORDER,
    solve,
    solve_all,
)
from press.flatplan.tree import Item, PageTree
from press.flatplan.ways import AD, AD_LINE, CONTENTS_OFF, LONELY
from press.model.furniture import Figure
from tests.builders import LAYOUT
from tests.flatplan.builders import (
    WORDS_A_LINE,
    Story,
    a_photo,
    a_quote,
    a_story,
    a_task,
    rooms,
)

ADS = ((6, 15),)


def some_stories(chance: random.Random, count: int, pages: list[int]) -> list[Story]:
    out = []
    for number in range(count):
        figures: list[Figure] = [a_photo(chance.randint(5, 10))] * (
            chance.random() < 0.8
        )
        out.append(
            a_story(
                f"story-{number}",
                chance.randint(14, 60),
                *figures,
                quotes=(a_quote(),) * chance.randint(0, 1),
                priority=chance.randint(1, 5),
                jump=0,
                page=chance.choice(pages) if chance.random() < 0.2 else None,
            )
        )
    return out


def by_hand(task: SectionTask) -> float:
    """Try every way to share articles out over pages: slow, and plainly right."""
    candidates, pages = task.candidates, task.pages
    items = [item_of(n, one, one.leaves) for n, one in enumerate(candidates)]
    contents = {h: abs(h - 21) * CONTENTS_OFF for h in range(8, 35)}
    items.append(Item(name="contents", rank=900, priority=9, leaves=(contents, {}, {})))
    tree = PageTree(tuple(items), 3, LAYOUT.lines, LAYOUT.gap)
    best = inf
    for choice in product(range(len(pages) + 1), repeat=len(candidates)):
        cost = 0.0
        for number, page in enumerate(pages):
            members = [n for n, where in enumerate(choice) if where == number]
            cost += cost_of_page(task, tree, page, members)
            if not number:
                leads = [candidates[n].priority for n in members]
                first = min(one.priority for one in candidates)
                cost += LEAD_LATE * (min(leads, default=5) - first)
            cost += sum(out_of_order(n, number, task) for n in members)
        for candidate, where in zip(candidates, choice, strict=True):
            package = candidate.package
            if where == len(pages):
                cost += inf if package.must_run else HELD_OVER[package.priority]
                words = candidate.measured.galley.lines * WORDS_A_LINE
                cost += HELD_OVER_WORD * words
            elif package.page not in {None, pages[where].number}:
                cost = inf
        best = min(best, cost)
    return best


def cost_of_page(
    task: SectionTask, tree: PageTree, page: PageRoom, members: list[int]
) -> float:
    if not members or (page.front and 0 not in members):
        return inf
    lead = min(task.candidates[n].priority for n in members)
    cost = NO_LEAD * max(0, lead - 2)
    mask = sum(1 << n for n in members)
    if page.front:
        alone = LONELY if members == [0] else 0.0
        return cost + alone + tree.cost(mask | 1 << len(task.candidates), page.lines)
    whole = tree.cost(mask, page.lines)
    if whole < inf or not task.ads:
        return cost + whole
    return cost + min(
        tree.cost(mask, page.lines - LAYOUT.gap - ad) + AD + AD_LINE * ad
        for ad in range(6, 16)
    )


def out_of_order(number: int, page: int, task: SectionTask) -> float:
    """Return the price of an article away from its share of the section's pages."""
    wanted = (number + 0.5) / len(task.candidates)
    first, last = (page / len(task.pages), (page + 1) / len(task.pages))
    return OUT_OF_ORDER * max(0.0, wanted - last, first - wanted)


@pytest.mark.parametrize("seed", range(40))
def test_no_way_to_share_articles_out_costs_less_than_the_plan(seed: int) -> None:
    chance = random.Random(seed)
    front = (PageRoom(number=1, lines=34, front=True), *rooms(2, 2))
    pages = rooms(2, 3) if seed % 2 else front
    stories = some_stories(chance, 5, [page.number for page in pages])
    task = a_task(stories, ads=ADS if seed % 4 < 3 else (), pages=pages)

    plan = solve(task)

    best = by_hand(task)
    if plan is None:
        assert best == inf
    else:
        assert plan.cost == pytest.approx(best)


def solved(stories: list[Story], **changes: object) -> SectionPlan:
    plan = solve(a_task(stories, **{"ads": ADS, **changes}))
    assert plan is not None
    return plan


def pages_of(plan: SectionPlan, first: int = 2) -> dict[tuple[str, int], int]:
    return {
        (one.package, one.part): number
        for number, page in enumerate(plan.pages, first)
        for one in page.placed
        if one.package
    }


def four(**changes: int) -> list[Story]:
    """Make four articles that fill two pages."""
    return [
        a_story("one", 60, a_photo(), priority=1, jump=0),
        a_story("two", 30, a_photo(), priority=2, jump=0),
        a_story("three", 60, a_photo(), priority=2, jump=0, **changes),
        a_story("four", 32, a_photo(), jump=0),
    ]


def test_articles_stand_in_the_editors_order() -> None:
    where = pages_of(solved(four()))

    assert where["one", 0] == 2
    assert where["one", 0] <= where["three", 0]


@pytest.mark.parametrize("page", [2, 3])
def test_a_pinned_article_stands_on_its_page(page: int) -> None:
    assert pages_of(solved(four(page=page)))["three", 0] == page


@pytest.mark.parametrize("columns", [2, 3])
def test_an_article_spans_the_columns_asked_for(columns: int) -> None:
    plan = solved(four(columns=columns))

    (box,) = (p for page in plan.pages for p in page.placed if p.package == "three")
    assert box.columns == columns


def test_pins_that_cannot_be_met_have_no_plan() -> None:
    assert solve(a_task([a_story("one", 60, page=7), *four()], ads=ADS)) is None


def test_only_articles_of_low_priority_are_held_over_when_space_is_short() -> None:
    extra = [a_story(f"low-{n}", 60, priority=4 + n % 2, jump=0) for n in range(3)]

    plan = solved([*four(), *extra])

    assert plan.left
    assert set(plan.left) <= {"low-0", "low-1", "low-2"}


def test_too_much_that_must_run_has_no_plan() -> None:
    extra = [a_story(f"more-{n}", 60, jump=0) for n in range(3)]

    assert solve(a_task([*four(), *extra], ads=ADS)) is None


# ---------------------------------------------------------------- jumps


def long(**changes: int) -> list[Story]:
    story = a_story("long", 130, a_photo(), a_photo(number=1), priority=1, **changes)
    return [story, *four()[1:2]]


def test_an_article_longer_than_a_page_goes_on_overleaf() -> None:
    where = pages_of(solved(long()))

    assert (where["long", 0], where["long", 1]) == (2, 3)


def test_the_page_on_which_an_article_goes_on_may_be_asked_for() -> None:
    plan = solved([*long(jump=4), *four()[2:]], pages=rooms(2, 4))

    where = pages_of(plan)
    assert where["long", 1] == 4
    assert where["long", 0] < 4


def test_an_article_that_may_not_jump_does_not() -> None:
    assert solve(a_task(long(jump=0), ads=ADS)) is None


def test_an_article_may_be_left_to_a_later_section() -> None:
    plan = solved([*long(jump=9), *four()[2:]])

    assert plan.carried is not None
    assert (plan.carried.package, plan.carried.part) == ("long", 1)
    begun = next(p for page in plan.pages for p in page.placed if p.package == "long")
    assert begun.setting is not None
    assert plan.carried.start == begun.setting.stop


def test_a_section_solved_on_many_spans_at_once_is_the_same_as_on_each() -> None:
    tasks = [a_task(four(), ads=ADS, pages=rooms(2, last)) for last in (2, 3, 4)]

    assert solve_all(tasks) == [solve(task) for task in tasks]
