"""Planted faults, each found under its own name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from press.model.facts import PageFacts, TextLine
from press.model.finding import Finding, Severity
from press.preflight.proof import Area, Copyreading, Passage
from press.preflight.proofread import lines_in, proofread
from tests.preflight.pages import (
    BACK,
    FRAMES,
    JUMP,
    LEADING,
    PASSAGES,
    SIZE,
    TOP,
    Set,
    a_reading,
    a_thread,
)


def found(
    pages: Set | Sequence[PageFacts], reading: Copyreading | None = None
) -> list[Finding]:
    facts = pages.facts() if isinstance(pages, Set) else pages
    return list(proofread(facts, reading or a_reading()))


def codes(pages: Set, reading: Copyreading | None = None) -> list[str]:
    return [finding.code for finding in found(pages, reading)]


def changed(frame: int, line: int, text: str) -> Set:
    """Return the pages with one line changed."""
    frames = [list(lines) for lines in FRAMES]
    frames[frame][line] = text
    return Set(frames=frames)


def test_clean_pages_give_no_finding() -> None:
    assert found(Set()) == []


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("frame", "line", "text"),
    [
        pytest.param(0, 2, "dom and by the", id="a lost word"),
        pytest.param(0, 2, "dom and and paid by the", id="a doubled word"),
        pytest.param(0, 2, "dom paid and by the", id="two words in another order"),
        pytest.param(0, 2, "dom and paid by he", id="a lost letter"),
        pytest.param(0, 2, "dom and pa-id by the", id="a hyphen within a line"),
        pytest.param(0, 4, "", id="a lost crosshead"),
        pytest.param(1, 1, "to the coast", id="a lost full stop"),
        pytest.param(2, 0, "It ended in 1791.", id="another number"),
        pytest.param(2, 0, "It ended in", id="the last word lost"),
        pytest.param(2, 0, "", id="the last line lost: overset"),
    ],
)
def test_words_that_differ_from_the_copy_are_lost_text(
    frame: int, line: int, text: str
) -> None:
    assert codes(changed(frame, line, text)) == ["proof.lost-text"]


def test_lines_in_another_order_are_lost_text() -> None:
    lines = list(FRAMES[1])
    lines[0], lines[1] = lines[1], lines[0]

    assert codes(Set(frames=(FRAMES[0], lines, FRAMES[2]))) == ["proof.lost-text"]


def test_columns_in_another_order_are_lost_text() -> None:
    assert codes(Set(frames=(FRAMES[1], FRAMES[0], FRAMES[2]))) == ["proof.lost-text"]


def test_the_message_shows_where_copy_and_page_part() -> None:
    (finding,) = found(changed(0, 5, "They carried it"))

    assert finding.severity is Severity.ERROR
    assert finding.place.article == "salt"
    assert finding.place.page == 1
    assert "copy has “They carried it by night" in finding.message
    assert "page has “Theycarrieditnightoverthehills" in finding.message


def test_a_word_too_many_at_the_end_is_extra_text() -> None:
    assert codes(changed(2, 0, "It ended in 1790. 1790.")) == ["proof.extra-text"]


def test_a_hyphen_the_composer_added_is_no_fault_but_one_of_the_copy_must_stand() -> (
    None
):
    thread = a_thread((Passage(ways=("the co-operative",)),))
    reading = replace(a_reading(thread), references=())

    assert codes(Set(frames=(("the co-", "operative"), (), ())), reading) == []
    assert codes(Set(frames=(("the co-op-", "erative"), (), ())), reading) == []
    assert codes(Set(frames=(("the cooper-", "ative"), (), ())), reading) == [
        "proof.lost-text"
    ]


def test_spaces_and_soft_hyphens_do_not_count() -> None:
    thread = a_thread((Passage(ways=("ten\u00a0thousand news\u00adpapers",)),))
    reading = replace(a_reading(thread), references=())

    assert codes(Set(frames=(("ten thou-", "sand newspapers"), (), ())), reading) == []


def test_a_fact_box_may_stand_in_a_panel_or_in_the_text_but_somewhere() -> None:
    facts = Passage(ways=("In figures • one • two",), aside=True)
    panel = Area(page=3, left=200, top=TOP, right=328, bottom=TOP + 44)
    reading = a_reading(a_thread((*PASSAGES, facts), panels=(panel,)))
    pages = Set().facts()
    lines = tuple(
        TextLine(text=text, left=207, baseline=TOP + 12 + 10 * i, size=8)
        for i, text in enumerate(("In figures", "• one", "• two"))
    )
    shown = [pages[0], replace(pages[1], lines=pages[1].lines + lines)]
    cut = [pages[0], replace(pages[1], lines=pages[1].lines + lines[:2])]

    assert found(shown, reading) == []
    assert [one.code for one in found(cut, reading)] == ["proof.lost-text"]


def test_a_page_that_is_not_there_is_lost_text_and_a_lost_jump() -> None:
    reported = [finding.code for finding in found(Set().facts()[:1])]

    assert reported == ["proof.lost-text", "proof.jump"]


# ---------------------------------------------------------------- grid


@pytest.mark.parametrize("by", [0.5, -0.5, 5.5, 0.2])
def test_a_line_off_the_grid_is_found(by: float) -> None:
    (finding,) = found(Set(shift=(1, 3, by)))

    assert (finding.code, finding.severity) == ("proof.grid", Severity.ERROR)
    assert finding.place.page == 1
    assert finding.message.startswith("1 lines of body type on page 1")


def test_a_column_off_the_grid_of_its_neighbour_is_found() -> None:
    pages = Set().facts()
    lines = tuple(
        replace(line, baseline=line.baseline + 0.5) if line.left == 200 else line
        for line in pages[0].lines[:-1]
    )
    shifted = [replace(pages[0], lines=(*lines, JUMP)), pages[1]]

    assert [one.code for one in found(shifted)] == ["proof.grid"]


def test_roundings_and_other_sizes_are_not_off_the_grid() -> None:
    pages = Set(shift=(1, 3, 0.06)).facts()
    crosshead = [
        replace(line, size=9.6, baseline=line.baseline + 1)
        if line.text == "Smugglers"
        else line
        for line in pages[0].lines
    ]

    assert found([replace(pages[0], lines=tuple(crosshead)), pages[1]]) == []


def test_grid_lines_are_the_same_whatever_their_remainder() -> None:
    """A baseline of 10.99 points after a grid line and one of 0.01 are neighbours."""
    thread = a_thread((Passage(ways=("one two",)),))
    reading = replace(a_reading(thread), references=(), leading=LEADING)
    lines = tuple(
        TextLine(text=text, left=60, baseline=baseline, size=SIZE)
        for text, baseline in (
            ("one", 10 * LEADING - 0.02),
            ("two", 11 * LEADING + 0.02),
        )
    )
    page = PageFacts(number=1, width=400, height=500, lines=lines)

    assert found([page], reading) == []


# ---------------------------------------------------------------- columns


def test_a_column_that_begins_with_a_runt_is_found() -> None:
    frames = (
        FRAMES[0],
        ("night over the hills", "to the coast."),
        ("It ended in 1790.",),
    )
    passages = (
        *PASSAGES[:3],
        Passage(ways=("It ended in 1790.",)),
    )
    moved = (
        (*FRAMES[0], "night over the hills"),
        ("to the coast.",),
        ("It ended in 1790.",),
    )

    assert codes(Set(frames=frames), a_reading(a_thread(passages))) == []
    (finding,) = found(Set(frames=moved), a_reading(a_thread(passages)))
    assert (finding.code, finding.severity) == ("proof.runt", Severity.WARNING)
    assert (finding.place.article, finding.place.page) == ("salt", 1)
    assert "over the hills to the coast.”" in finding.message


def test_a_line_in_two_pieces_is_still_one_line() -> None:
    pages = Set(
        frames=((*FRAMES[0], "night over the hills"), ("to the",), FRAMES[2])
    ).facts()
    pieces = [
        TextLine(text="coast.", left=260, baseline=line.baseline + 0.01, size=SIZE)
        for line in pages[0].lines
        if line.text == "to the"
    ]
    pages[0] = replace(pages[0], lines=(*pages[0].lines, *pieces))
    reading = a_reading(a_thread((*PASSAGES[:3], PASSAGES[4])))

    assert [one.code for one in found(pages, reading)] == ["proof.runt"]


def test_a_paragraph_of_one_line_may_begin_a_column() -> None:
    assert codes(Set()) == []
    assert FRAMES[2] == ("It ended in 1790.",)


def test_a_column_that_ends_with_a_crosshead_is_found() -> None:
    frames = (FRAMES[0][:5], (FRAMES[0][5], *FRAMES[1][:5]), ("paid.", *FRAMES[2]))

    reported = found(Set(frames=frames))

    assert [one.code for one in reported] == ["proof.crosshead", "proof.runt"]
    assert "“Smugglers”" in reported[0].message
    assert reported[0].place.page == 1
    assert reported[1].place.page == 3


def test_a_crosshead_across_two_columns_is_found() -> None:
    passages = (Passage(ways=("Smugglers of salt",), head=True), PASSAGES[2])
    frames = (
        ("Smugglers",),
        ("of salt", "They carried it by", "night over the hills", "to the coast."),
        (),
    )

    assert "proof.crosshead" in codes(Set(frames=frames), a_reading(a_thread(passages)))


# ---------------------------------------------------------------- jumps


@pytest.mark.parametrize(
    "pages",
    [
        pytest.param(
            Set(jump=replace(JUMP, text="Continued on page 5")), id="another page"
        ),
        pytest.param(
            Set(jump=replace(JUMP, text="Continued on page 31")), id="a longer number"
        ),
        pytest.param(Set(jump=replace(JUMP, text="")), id="no jump line"),
        pytest.param(Set(back=replace(BACK, text="")), id="no page it comes from"),
        pytest.param(
            Set(back=replace(BACK, text="FROM PAGE 2")), id="from another page"
        ),
        pytest.param(
            Set(jump=replace(JUMP, text="From page 1"), back=replace(BACK, text="x")),
            id="on the wrong page",
        ),
    ],
)
def test_references_that_do_not_agree_are_found(pages: Set) -> None:
    (finding,) = found(pages)

    assert (finding.code, finding.severity) == ("proof.jump", Severity.ERROR)
    assert (finding.place.article, finding.place.page) == ("salt", 1)
    assert "from page 1 to page 3" in finding.message


def test_a_number_on_the_line_below_is_not_the_pages() -> None:
    pages = Set().facts()
    head = TextLine(text="1790 and after", left=60, baseline=TOP - 2, size=30)
    pages[1] = replace(pages[1], lines=(pages[1].lines[0], head, *pages[1].lines[1:]))
    thread = replace(a_thread(), frames=a_thread().frames)

    assert found(pages, a_reading(thread)) == []


# ---------------------------------------------------------------- lines of an area


def test_the_lines_of_an_area_come_downwards_and_a_drop_cap_first() -> None:
    area = Area(page=1, left=60, top=100, right=188, bottom=166)
    lines = (
        TextLine(text="third", left=60, baseline=130.2, size=9),
        TextLine(text="irst", left=90, baseline=108.2, size=9),
        TextLine(text="F", left=60, baseline=130.2, size=42),
        TextLine(text="second", left=90, baseline=119.2, size=9),
        TextLine(text="next column", left=200, baseline=108.2, size=9),
        TextLine(text="above", left=60, baseline=97, size=9),
        TextLine(text="below", left=60, baseline=174.2, size=9),
    )
    page = PageFacts(number=1, width=400, height=500, lines=lines)

    inside = lines_in({1: page}, area)

    assert [line.text for line in inside] == ["F", "irst", "second", "third"]
