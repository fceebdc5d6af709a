"""Checks of rendered plates: each has a file it must catch, and a clean twin."""

from __future__ import annotations

from dataclasses import replace

import pytest

from press.adapters.plates import PdfiumPlates
from press.model.finding import Finding, Severity
from press.model.ink import Ink
from press.model.plates import BleedFacts, Edge, InkPeak
from press.model.printer import InkLimit, Printer
from press.preflight.checks.raster import (
    PLATE_CHECKS,
    ink_at_a_point,
    judge_plates,
    type_area,
)
from tests.adapters.press_files import HEIGHT, WIDTH, a_file, box
from tests.adapters.press_files import a_printer as a_small_printer
from tests.preflight.plates import a_page, a_printer, an_area

PLAIN, BLEEDING = a_small_printer(), a_small_printer(bleed=3)
BODY = f"0 0 0 1 k {box(20, 20, 60, 80)} f"


def found(content: str, printer: Printer) -> list[Finding]:
    """Return all that is wrong with a page."""
    return list(judge_plates(PdfiumPlates().read(a_file(content), printer), printer))


@pytest.mark.parametrize(
    ("code", "printer", "faulty", "clean"),
    [
        (
            "preflight.bleed-empty",
            BLEEDING,
            f"0.5 0 0 0 k {box(0, -3, WIDTH + 3, 30)} f",
            f"0.5 0 0 0 k {box(-3, -3, WIDTH + 6, 30)} f",
        ),
        (
            "preflight.beyond-bleed",
            BLEEDING,
            f"0.5 0 0 0 k {box(-5, -5, WIDTH + 10, 30)} f",
            f"0.5 0 0 0 k {box(-3, -3, WIDTH + 6, 30)} f 1 1 1 1 k {box(-8, 0, 4, 0.3)} f",
        ),
        (
            "preflight.type-area",
            PLAIN,
            f"0 0 0 1 k {box(7, 20, 20, 20)} f",
            f"0 0 0 1 k {box(10, 20, 20, 20)} f",
        ),
        (
            "preflight.empty-page",
            PLAIN,
            f"0 0 0 0 k {box(20, 20, 60, 80)} f",
            BODY,
        ),
        (
            "preflight.ink-limit",
            PLAIN,
            f"{BODY} 0.6 0.6 0.4 0.65 k {box(50, 50, 1, 1)} f",
            f"{BODY} 0.6 0.6 0.2 0.7 k {box(50, 50, 1, 1)} f",
        ),
        (
            "preflight.ink-window",
            replace(PLAIN, ink=InkLimit(point=300, window=245)),
            f"0.8 0.8 0.8 0.1 k {box(30, 30, 15, 15)} f",
            f"0.8 0.8 0.8 0.1 k {box(30, 30, 12, 12)} f",
        ),
    ],
)
def test_a_faulty_file_is_caught_and_its_clean_twin_passes(
    code: str, printer: Printer, faulty: str, clean: str
) -> None:
    caught, passed = found(faulty, printer), found(clean, printer)

    assert {one.code for one in caught} == {code}
    assert all(one.severity is Severity.ERROR for one in caught)
    assert all(one.place.page == 1 for one in caught)
    assert [one.message for one in passed] == []


def test_every_check_has_its_number_in_the_list() -> None:
    assert [number for number, _ in PLATE_CHECKS] == [9, 10, 12, 19, 20]


def test_ink_over_the_limit_is_told_with_inks_share_and_place() -> None:
    peak = InkPeak(
        ink=Ink(0.7, 0.6, 0.5, 0.6),
        area=an_area(50, 60, 0.25, 0.25),
        over=0.031,
        patches=(an_area(40, 50, 30, 20),),
    )

    (one,) = ink_at_a_point([a_page(3, peak=peak)], a_printer())

    assert one.message == (
        "240 % of ink (C70 M60 Y50 K60) at a point; the printer bears 220 %."
        " 3.1 % of the page is over that"
    )
    assert one.place.area == an_area(40, 50, 30, 20)
    assert one.place.page == 3


@pytest.mark.parametrize(
    ("total", "severity"),
    [(217.9, None), (218.5, "warning"), (220.9, "warning"), (221.5, "error")],
)
def test_ink_just_below_the_limit_is_a_warning(
    total: float, severity: str | None
) -> None:
    peak = InkPeak(ink=Ink(black=1, cyan=(total - 100) / 100), area=an_area())

    told = [
        one.severity.value for one in ink_at_a_point([a_page(peak=peak)], a_printer())
    ]

    assert told == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("fine", "severity"), [(None, "error"), (0.4, "warning"), (4.5, "error")]
)
def test_a_little_fine_black_over_a_strong_colour_is_let_pass(
    fine: float | None, severity: str
) -> None:
    peak = InkPeak(
        ink=Ink(0, 1, 0.9, 1), area=an_area(50, 60, 1, 1), over=1e-5, fine=fine
    )

    (one,) = ink_at_a_point([a_page(peak=peak)], a_printer())

    assert one.severity.value == severity
    assert one.message.startswith("290 % of ink (C0 M100 Y90 K100)")
    assert ("0.4 mm² in all" in one.message) == (severity == "warning")


@pytest.mark.parametrize(
    ("page", "left", "top", "margin"),
    [
        (3, 2, 100, "inner margin"),
        (4, 2, 100, "outer margin"),
        (3, 280, 100, "outer margin"),
        (4, 280, 100, "inner margin"),
        (3, 100, 2, "upper margin"),
        (3, 100, 372, "lower margin"),
    ],
)
def test_margins_are_named_as_they_lie_on_left_and_right_pages(
    page: int, left: float, top: float, margin: str
) -> None:
    (one,) = type_area([a_page(page, strays=(an_area(left, top),))], a_printer())

    assert margin in one.message


def test_of_many_places_three_are_told_and_the_rest_counted() -> None:
    strays = tuple(an_area(2, 20 * step) for step in range(1, 8))

    told = list(type_area([a_page(strays=strays)], a_printer()))

    assert len(told) == 3
    assert told[-1].message.endswith("in 4 more places")
    assert "more" not in told[0].message


def test_a_gap_in_the_bleed_is_told_with_its_length_along_the_edge() -> None:
    gap = an_area(289, 100, 3, 45)
    bleed = BleedFacts(edge=Edge.RIGHT, wanted=3.0, touching=45, gaps=(gap,))

    (one,) = judge_plates([a_page(bleeds=(bleed,))], a_printer())

    assert "at the right edge without bleed, over 45 mm" in one.message
    assert one.hint == "let it run 3 mm over the edge, or keep it away"


def test_full_pages_without_margin_are_clean_where_ink_runs_over_all_edges() -> None:
    whole = f"0.2 0.1 0 0 k {box(-3, -3, WIDTH + 6, HEIGHT + 6)} f"

    assert found(whole, BLEEDING) == []
