from __future__ import annotations

from press.flatplan.assemble import assemble
from press.flatplan.candidate import PageChoice, Placed, SectionPlan
from press.model.finding import Finding, Severity
from press.model.flatplan import AdBox, Flatplan, Jump, PanelBox, Setting
from press.model.house import AdId
from press.model.layout import Head
from tests.flatplan.builders import Story, a_story, an_order

SETTING = Setting(
    head=None, arrangement=Head.OVER, frames=(), slack=(), start=0, stop=0
)


def placed(package: str, part: int = 0, line: int = 0, lines: int = 20) -> Placed:
    return Placed(
        package=package,
        part=part,
        column=0,
        line=line,
        columns=3,
        lines=lines,
        setting=SETTING if package else None,
    )


def a_choice(*boxes: Placed, ad: int = 0) -> PageChoice:
    return PageChoice(placed=boxes, ad=ad, cost=1.2345)


def a_plan(*pages: PageChoice, left: tuple[str, ...] = ()) -> SectionPlan:
    return SectionPlan(pages=pages, left=left, carried=None, cost=0)


NEWS: list[Story] = [a_story("one", 60), a_story("two", 60, priority=4)]
WORLD: list[Story] = [a_story("three", 60)]


def assembled(
    news: SectionPlan, world: SectionPlan, **order: object
) -> tuple[Flatplan, tuple[Finding, ...]]:
    count = len(news.pages)
    spans = [(1, count), (count + 1, count + len(world.pages))]
    found = assemble(
        an_order({"News": NEWS, "World": WORLD}, **order),
        spans,
        [news, world],
        spans[1][1],
    )
    assert found.value is not None
    return found.value, found.findings


def plain(**order: object) -> Flatplan:
    news = a_plan(a_choice(placed("one")), a_choice(placed("one", 1)))
    world = a_plan(
        a_choice(placed("three"), ad=6),
        a_choice(placed("one", 2), ad=8),
        a_choice(placed("three", 1), ad=7),
        a_choice(placed("two"), ad=6),
    )
    return assembled(news, world, **order)[0]


def test_pages_are_numbered_through_and_keep_their_sections() -> None:
    pages = plain().pages

    assert [(page.number, page.section) for page in pages] == [
        *((1, "News"), (2, "News")),
        *((3, "World"), (4, "World"), (5, "World"), (6, "World")),
    ]
    assert [page.opens for page in pages] == [False, False, True, False, False, False]
    assert [page.top for page in pages] == [6, 2, 5, 2, 2, 2]
    assert {page.cost for page in pages} == {1.234}


def test_every_jump_names_the_pages_it_leaves_and_reaches() -> None:
    flatplan = plain()

    assert flatplan.jumps == (
        Jump(package="one", part=1, from_page=1, to_page=2),
        Jump(package="one", part=2, from_page=2, to_page=4),
        Jump(package="three", part=1, from_page=3, to_page=5),
    )
    where = {(b.package, b.part): p.number for p in flatplan.pages for b in p.boxes}
    for jump in flatplan.jumps:
        assert where[jump.package, jump.part - 1] == jump.from_page
        assert where[jump.package, jump.part] == jump.to_page
    assert flatplan.page_of("one") == 1
    assert flatplan.page_of("nobody") is None


def test_the_last_page_alone_has_the_imprint_and_the_first_ad_above_it() -> None:
    """Twenty-six lines of articles, a gap of two, six of ad; then four of imprint."""
    pages = plain().pages

    assert [page.imprint for page in pages] == [False] * 5 + [True]
    last = pages[-1]
    assert last.ads[-1] == AdBox(ad=AdId("one"), column=0, line=28, columns=3, lines=6)
    assert last.lines == 34


def test_the_other_ads_fill_space_in_turn_at_the_foot_of_their_pages() -> None:
    pages = plain().pages

    fillers = [page.ads[0] for page in pages[2:]]
    assert [ad.ad for ad in fillers] == ["two", "three", "two", "three"]
    assert [(ad.line, ad.lines) for ad in fillers] == [
        *((29, 6), (30, 8), (31, 7)),
        (20, 6),  # above the gap and the last ad
    ]


def test_a_single_ad_may_stand_on_every_page() -> None:
    pages = plain(ads=("one",)).pages

    assert {ad.ad for page in pages for ad in page.ads} == {"one"}


def test_without_ads_the_last_page_has_the_imprint_only() -> None:
    news = a_plan(a_choice(placed("one")))
    world = a_plan(a_choice(placed("three")))

    flatplan, _ = assembled(news, world, ads=())

    assert flatplan.pages[-1].ads == ()
    assert flatplan.pages[-1].lines == 40 - 2 - 3 - 4  # folio, flag, imprint


def test_the_contents_panel_is_a_box_of_its_own() -> None:
    news = a_plan(a_choice(placed("one"), placed("", line=22, lines=12)))

    flatplan, _ = assembled(news, a_plan(a_choice(placed("three"))))

    page = flatplan.pages[0]
    assert page.contents == PanelBox(column=0, line=22, columns=3, lines=12)
    assert [box.package for box in page.boxes] == ["one"]


def test_boxes_are_listed_downwards() -> None:
    news = a_plan(a_choice(placed("two", line=22), placed("one")))

    flatplan, _ = assembled(news, a_plan(a_choice(placed("three"))))

    assert [box.package for box in flatplan.pages[0].boxes] == ["one", "two"]


def test_what_is_held_over_is_said_once_with_what_would_make_it_run() -> None:
    news = a_plan(a_choice(placed("one")), left=("two",))

    flatplan, findings = assembled(news, a_plan(a_choice(placed("three"))))

    assert flatplan.held_over == ("two",)
    (finding,) = findings
    assert (finding.code, finding.severity) == ("plan.held-over", Severity.NOTE)
    assert "“two” is held over: priority 4" in finding.message
    assert finding.hint is not None
    assert "priority 3" in finding.hint
