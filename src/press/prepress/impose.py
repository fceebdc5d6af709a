"""Imposition: which pages stand side by side on which sheet."""

from __future__ import annotations

from collections.abc import Iterator

from press.model.finding import Checked, error
from press.model.length import Length
from press.model.press import SheetSide
from press.model.printer import Delivery, Printer

#: Pages a folded sheet has.
SHEET = 4


def impose(pages: int, printer: Printer) -> Checked[tuple[SheetSide, ...]]:
    """Return the printer's spreads of sheets that are folded once, one in the other.

    The outer side of the outermost sheet comes first, then its inner side, and so on to
    the sheet in the middle of the paper. Every sheet is wrapped around those within,
    which stick out at the edge that is cut: the deeper a sheet lies, the farther its
    pages are pushed towards the spine (creep).

    Args:
        pages: Page count.
        printer: Whose creep it is. A page count that does not fold has no spreads: an
            error only where spreads are what the printer takes.
    """
    if pages <= 0 or pages % SHEET:
        if printer.delivery is not Delivery.SPREADS:
            return Checked(value=None)
        near = max(SHEET, pages // SHEET * SHEET)
        finding = error(
            "press.sheets",
            f"{pages} pages do not fold into sheets of {SHEET}: there are no spreads",
            hint=f"make {near} or {near + SHEET} pages",
        )
        return Checked(value=None, findings=(finding,))
    return Checked(value=tuple(_sides(pages, printer.creep)))


def _sides(pages: int, creep: Length) -> Iterator[SheetSide]:
    for sheet in range(pages // SHEET):
        first, push = 2 * sheet + 1, creep.pt * sheet
        last = pages + 1 - first
        yield SheetSide(left=last, right=first, push=push)
        yield SheetSide(left=first + 1, right=last - 1, push=push)
