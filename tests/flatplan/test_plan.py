"""Whole flatplans, and what holds of every one of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from press.flatplan.candidate import SectionPlan, SectionTask
from press.flatplan.fill import Rows
from press.flatplan.order import Order
from press.flatplan.plan import one_by_one, plan
from press.model.finding import Finding, Place
from press.model.flatplan import Flatplan
from press.model.furniture import Figure
from press.model.printer import PageCount
from tests.builders import LAYOUT, a_layout, a_printer
from tests.flatplan.builders import (
    Story,
    a_panel,
    a_photo,
    a_quote,
    a_story,
    an_order,
    inside,
    overlap,
    rectangles,
)
from tests.flatplan.test_ways import covers


def some_section(chance: random.Random, name: str, front: bool) -> list[Story]:
    """Make the articles of a section: a lead, some others, and a few that may wait."""
    out = []
    for number in range(chance.randint(4, 7)):
        figures: list[Figure] = [a_photo(chance.randint(5, 9))] * (
            chance.random() < 0.7
        )
        figures += [a_panel(1, chance.randint(5, 10))] * (chance.random() < 0.2)
        lead = number == 0
        out.append(
            a_story(
                f"{name}-{number}",
                chance.randint(70, 110) if lead else chance.randint(14, 60),
                *figures,
                quotes=(a_quote(),) * chance.randint(0, 1),
                section=name,
                priority=1 if lead else chance.randint(2, 5),
                order=number,
                splash=lead and front,
            )
        )
    return out


def an_edition(seed: int, names: Sequence[str] = ("News", "World", "Arts")) -> Order:
    chance = random.Random(seed)
    return an_order(
        {
            name: some_section(chance, name, front=number == 0)
            for number, name in enumerate(names)
        }
    )


def planned(order: Order) -> tuple[Flatplan, tuple[Finding, ...]]:
    found = plan(order)
    assert found.value is not None, found.findings
    return found.value, found.findings


SEEDS = range(12)


@pytest.fixture(scope="module")
def editions() -> list[tuple[Order, Flatplan]]:
    """Editions of three sections each, with their flatplans; one cannot be made."""
    found = [(order, plan(order).value) for order in map(an_edition, SEEDS)]
    made = [(order, flatplan) for order, flatplan in found if flatplan is not None]
    assert len(made) == len(SEEDS) - 1
    return made


Editions = list[tuple[Order, Flatplan]]


def test_the_page_count_is_a_multiple_of_the_signature(editions: Editions) -> None:
    for order, flatplan in editions:
        assert len(flatplan.pages) % order.layout.signature == 0
        numbers = [page.number for page in flatplan.pages]
        assert numbers == list(range(1, len(numbers) + 1))


def test_boxes_cover_every_page_up_to_the_gap_and_none_overlaps_another(
    editions: Editions,
) -> None:
    for _, flatplan in editions:
        for page in flatplan.pages:
            boxes = rectangles(page)
            assert not overlap(boxes)
            assert covers(boxes, 3, page.lines, 2), page.number


def test_pages_fill_the_type_area_with_what_stands_above_and_below_them(
    editions: Editions,
) -> None:
    for order, flatplan in editions:
        for page in flatplan.pages:
            imprint = order.imprint if page.imprint else 0
            assert page.top + page.lines + imprint == LAYOUT.lines


def test_nothing_in_a_box_overlaps_and_no_slack_is_negative(editions: Editions) -> None:
    for _, flatplan in editions:
        for page in flatplan.pages:
            for box in page.boxes:
                assert not overlap(inside(box))
                assert all(slack >= 0 for slack in box.setting.slack)


def test_every_row_of_every_galley_stands_once_and_in_order_over_all_parts(
    editions: Editions,
) -> None:
    for order, flatplan in editions:
        boxes = [box for page in flatplan.pages for box in page.boxes]
        for section in order.sections:
            for package in section.packages:
                rows = Rows(order.measured[package.id].galley).rows
                parts = sorted(
                    (b for b in boxes if b.package == package.id), key=lambda b: b.part
                )
                found = [
                    (one.block, line)
                    for box in parts
                    for frame in box.setting.frames
                    for one in frame.slices
                    for line in range(one.start, one.stop)
                ]
                if package.id in flatplan.held_over:
                    assert not parts
                else:
                    assert found == [(row.block, row.line) for row in rows]


def test_no_figure_or_quote_stands_twice_and_no_panel_is_left_out(
    editions: Editions,
) -> None:
    for order, flatplan in editions:
        shown: dict[str, list[int]] = {}
        for page in flatplan.pages:
            for box in page.boxes:
                here = [place.figure for place in box.setting.figures]
                shown.setdefault(box.package, []).extend(here)
        for name, numbers in shown.items():
            figures = order.measured[name].figures
            panels = {n for n, one in enumerate(figures) if one.picture is None}
            assert len(numbers) == len(set(numbers))
            assert panels <= set(numbers)


def test_jumps_agree_both_ways_and_go_forward(editions: Editions) -> None:
    jumps = 0
    for _, flatplan in editions:
        where = {(b.package, b.part): p.number for p in flatplan.pages for b in p.boxes}
        assert {(jump.package, jump.part) for jump in flatplan.jumps} == {
            key for key in where if key[1]
        }
        for jump in flatplan.jumps:
            assert where[jump.package, jump.part - 1] == jump.from_page
            assert where[jump.package, jump.part] == jump.to_page
            assert jump.from_page < jump.to_page
        jumps += len(flatplan.jumps)
    assert jumps


def test_every_section_runs_on_pages_of_its_own_in_order(editions: Editions) -> None:
    for order, flatplan in editions:
        names = [page.section for page in flatplan.pages]
        assert list(dict.fromkeys(names)) == [one.name for one in order.sections]
        assert names == sorted(names, key=["News", "World", "Arts"].index)


def test_front_and_last_page_have_what_belongs_there(editions: Editions) -> None:
    for order, flatplan in editions:
        first, last = flatplan.pages[0], flatplan.pages[-1]
        assert [page.contents is not None for page in flatplan.pages].count(True) == 1
        assert first.contents is not None
        assert flatplan.page_of(order.sections[0].packages[0].id) == 1
        assert last.imprint
        assert last.ads[-1].ad == "one"


def test_only_what_may_be_held_over_is_and_every_one_is_said(
    editions: Editions,
) -> None:
    for order, flatplan in editions:
        findings = plan(order).findings
        assert [one.code for one in findings] == (
            ["plan.held-over"] * len(flatplan.held_over)
        )
        packages = {p.id: p for s in order.sections for p in s.packages}
        assert not any(packages[name].must_run for name in flatplan.held_over)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_same_copy_has_the_same_flatplan_whatever_the_order_of_its_tables(
    seed: int,
) -> None:
    order = an_edition(seed)
    names = list(order.measured)
    random.Random(9).shuffle(names)
    shuffled = replace(
        order,
        measured={name: order.measured[name] for name in names},
        leaves={name: order.leaves[name] for name in reversed(names)},
    )

    assert plan(order) == plan(order) == plan(shuffled)


def test_sections_solved_in_another_order_make_the_same_flatplan() -> None:
    """A workshop solves sections on all cores; only the results' order counts."""

    def backwards(tasks: Sequence[SectionTask]) -> list[SectionPlan | None]:
        found = {id(task): next(iter(one_by_one([task]))) for task in reversed(tasks)}
        return [found[id(task)] for task in tasks]

    assert plan(an_edition(0), backwards) == plan(an_edition(0))


# ---------------------------------------------------------------- what editors ask for


def a_section(name: str, **pins: dict[str, object]) -> list[Story]:
    """Make five articles that fill about two pages; `pins` by "a" to "e"."""
    lines = {"a": (42, 1), "b": (21, 2), "c": (35, 2), "d": (22, 3), "e": (14, 4)}
    return [
        a_story(
            f"{name}-{key}",
            count,
            a_photo(6),
            section=name,
            **{"priority": priority, **pins.get(key, {})},
        )
        for key, (count, priority) in lines.items()
    ]


def box_of(flatplan: Flatplan, package: str, part: int = 0) -> tuple[int, int]:
    """Return the page and the columns of a box."""
    return next(
        (page.number, box.columns)
        for page in flatplan.pages
        for box in page.boxes
        if (box.package, box.part) == (package, part)
    )


@pytest.mark.parametrize("page", [3, 4])
def test_an_article_stands_on_the_page_it_is_pinned_to(page: int) -> None:
    sections = {
        "News": a_section("News"),
        "World": a_section("World", c={"page": page}),
    }

    flatplan, _ = planned(an_order(sections, pages=4))

    assert box_of(flatplan, "World-c")[0] == page


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_an_article_spans_the_columns_it_is_given(columns: int) -> None:
    pinned = a_section("World", d={"columns": columns})

    flatplan, _ = planned(an_order({"News": a_section("News"), "World": pinned}))

    assert box_of(flatplan, "World-d")[1] == columns


def jumping(page: int) -> Order:
    """Make an edition whose splash jumps to a page: four pages of two sections."""
    long = a_story("long", 80, a_photo(), splash=True, priority=1, jump=page)
    news = [long, *a_section("News")[1:]]
    return an_order({"News": news, "World": a_section("World")[2:]}, pages=4)


def test_an_article_jumps_to_the_page_it_is_given_even_in_another_section() -> None:
    flatplan, _ = planned(jumping(3))

    (jump,) = (one for one in flatplan.jumps if one.package == "long")
    assert (jump.from_page, jump.to_page) == (1, 3)
    assert flatplan.pages[2].section == "World"


@pytest.mark.parametrize("page", [4, 99])
def test_an_article_without_room_where_it_is_to_go_on_is_said_and_never_cut_off(
    page: int,
) -> None:
    """Page 4 has 78 lines; page 99 is not there."""
    (fault,) = faults(jumping(page))

    assert fault.code == "plan.jump-room"
    assert f"“long” cannot go on on page {page}: there is no room" in fault.message
    assert "column lines" in fault.message
    assert "take away jump: at “long”" in str(fault.hint)


def test_an_article_that_may_not_jump_stands_on_one_page() -> None:
    order = an_order(
        {
            "News": a_section("News", a={"jump": 0, "splash": True}),
            "World": a_section("World"),
        }
    )

    flatplan, _ = planned(order)

    assert not [one for one in flatplan.jumps if one.package == "News-a"]


def test_a_section_has_the_pages_it_claims() -> None:
    sections = {name: a_section(name) for name in ("News", "World", "Arts")}

    flatplan, _ = planned(an_order(sections, pages=6, claims={"World": (3, 4)}))

    assert [page.section for page in flatplan.pages] == [
        *("News", "News", "World", "World", "Arts", "Arts")
    ]


def test_pages_left_to_press_are_a_sheet_more_where_the_demand_does_not_fit() -> None:
    layout = a_layout(printer=a_printer(count=PageCount(signature=4)))
    sections = {name: a_section(name) for name in ("News", "World", "Arts")}

    flatplan, _ = planned(an_order(sections, layout=layout))

    assert len(flatplan.pages) == 8


def crowded(**changes: object) -> Order:
    """Make an edition of about two pages, and a short article that may wait."""
    late = a_story("late", 16, priority=4)
    return an_order({"News": [*a_section("News")[:3], late]}, **changes)


def test_pages_left_to_press_are_a_sheet_more_rather_than_articles_held_over() -> None:
    fixed, _ = planned(crowded(pages=2))
    free, _ = planned(
        crowded(layout=a_layout(printer=a_printer(count=PageCount(signature=2))))
    )

    assert fixed.held_over
    assert not free.held_over
    assert len(free.pages) == 4


def test_the_page_count_asked_for_is_kept() -> None:
    sections = {name: a_section(name) for name in ("News", "World")}

    assert len(planned(an_order(sections, pages=4))[0].pages) == 4


# ---------------------------------------------------------------- editions that cannot be


def faults(order: Order) -> list[Finding]:
    found = plan(order)
    assert found.value is None
    return list(found.findings)


def test_an_edition_too_long_for_its_pages_says_what_to_cut_in_lines_and_words() -> (
    None
):
    """Page 2 of two is 38 lines less imprint 4, ad 6, gap 2 and flag 3: 69 in all."""
    long = [a_story("long", 100, section="World", jump=0)]
    news = [a_story("news", 60, a_photo(), priority=1, jump=0)]

    (fault,) = (
        one
        for one in faults(an_order({"News": news, "World": long}, pages=2))
        if "World" in one.message
    )

    assert fault.code == "plan.overset"
    # 100 lines and a head of three, for 23 lines of three columns
    assert "World (page 2) is overset: cut about 34 column lines (136 words)" in (
        fault.message
    )
    assert "write cut: 264 at “long”" in str(fault.hint)


def test_every_section_that_cannot_be_made_is_named() -> None:
    sections = {
        name: [a_story(f"{name}-{n}", 90, section=name, jump=0) for n in range(3)]
        for name in ("News", "World")
    }

    found = faults(an_order(sections, pages=2))

    assert [one.message.split(" ")[0] for one in found] == ["News", "World"]


def test_claims_that_do_not_follow_one_another_are_said() -> None:
    sections = {name: a_section(name) for name in ("News", "World")}

    (fault,) = faults(an_order(sections, pages=4, claims={"World": (9, 10)}))

    assert fault.code == "plan.sections"
    assert "4 pages cannot be shared out: World claims pages: 9-10" in fault.message
    assert fault.hint == "take the claim away, or move it to pages: 3-4"


def test_a_pin_that_leaves_no_way_to_share_out_the_pages_is_named_with_its_place() -> (
    None
):
    sections = {
        "News": a_section("News", b={"page": 4, "place": Place(file="e.yaml", line=9)}),
        "World": a_section("World"),
    }

    (fault,) = faults(an_order(sections, pages=4))

    assert "4 pages cannot be shared out: “News-b” asks for page: 4" in fault.message
    assert (fault.place.line, fault.hint) == (9, "take it away, or name a page of 1-2")


def test_more_sections_than_pages_are_said_with_what_they_would_fill() -> None:
    sections = {name: a_section(name) for name in ("News", "World", "Arts")}

    (fault,) = faults(an_order(sections, pages=2))

    assert fault.code == "plan.sections"
    assert "2 pages cannot be shared out among 3 sections" in fault.message
    assert "they would fill: News 2.2, World 2.2, Arts 2.2" in fault.message
    # 3 × (120 lines and four heads of three) = 396, for 2 × 35 × 3 = 210
    assert "about 186 column lines (676 words) are too many" in fault.message


def test_sections_that_need_a_page_too_many_say_what_to_cut_to_save_one() -> None:
    runs = {"e": {"priority": 3, "place": Place(file="e.yaml", line=7)}}
    sections = {name: a_section(name, **runs) for name in ("News", "World")}

    (fault,) = faults(an_order(sections, pages=3))

    assert fault.code == "plan.pages"
    assert "the sections need at least 4 pages (News 2, World 2)" in fault.message
    # 134 lines and five heads of three, for a page of 35 lines of three columns
    assert "a page less with about 44 column lines (176 words) cut" in fault.message
    assert fault.hint == ("priority: 4 at “News-e” lets it be held over; or more pages")
