"""Which pages stand side by side: found out by folding sheets."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from press.model.finding import Severity
from press.model.length import ZERO, Length
from press.model.press import SheetSide
from press.model.printer import Delivery
from press.prepress.impose import impose
from tests.prepress.printers import a_printer


def sides_of(pages: int, creep: Length = ZERO) -> Sequence[SheetSide]:
    made = impose(pages, a_printer(creep=creep))
    assert made.findings == ()
    assert made.value is not None
    return made.value


def folded(sides: Sequence[SheetSide]) -> list[int]:
    """Fold the sheets, put one into the other, and turn the leaves."""
    sheets = list(zip(sides[::2], sides[1::2], strict=True))
    to_middle = [n for outer, inner in sheets for n in (outer.right, inner.left)]
    onwards = [n for outer, inner in sheets[::-1] for n in (inner.right, outer.left)]
    return to_middle + onwards


@pytest.mark.parametrize("pages", [4, 8, 12, 16, 24, 48, 96])
def test_folded_sheets_have_their_pages_in_order(pages: int) -> None:
    assert folded(sides_of(pages)) == list(range(1, pages + 1))


def test_right_hand_pages_are_odd() -> None:
    for side in sides_of(24):
        assert side.right % 2 == 1
        assert side.left % 2 == 0


def test_the_deeper_a_sheet_lies_the_farther_its_pages_are_pushed() -> None:
    sides = sides_of(16, Length.of_mm(0.1))

    pushes = [round(Length(side.push).mm, 6) for side in sides]

    assert pushes == [0, 0, 0.1, 0.1, 0.2, 0.2, 0.3, 0.3]


def test_without_creep_no_page_is_pushed() -> None:
    assert {side.push for side in sides_of(48)} == {0.0}


@pytest.mark.parametrize("pages", [0, 1, 2, 6, 14, 47])
def test_pages_that_do_not_fold_are_refused_where_spreads_are_asked_for(
    pages: int,
) -> None:
    made = impose(pages, a_printer(delivery=Delivery.SPREADS))

    assert made.value is None
    (found,) = made.findings
    assert (found.code, found.severity) == ("press.sheets", Severity.ERROR)
    assert str(pages) in found.message


def test_the_nearest_page_counts_that_fold_are_named() -> None:
    (found,) = impose(14, a_printer(delivery=Delivery.SPREADS)).findings

    assert found.hint == "make 12 or 16 pages"


def test_where_single_pages_are_asked_for_there_are_no_spreads_and_that_is_all() -> (
    None
):
    made = impose(6, a_printer(delivery=Delivery.PAGES))

    assert (made.value, made.findings) == (None, ())
