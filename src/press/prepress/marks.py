"""Crop marks, register marks and the slug, placed around a page.

All of them stand outside the bleed, so that they are cut off with it; they are drawn in
the colour All, so that they show on every plate. A printer's marks begin at the bleed's
largest edge on all sides, so that the sheet is the same all around.
"""

from __future__ import annotations

from collections.abc import Iterator

from press.model.length import Length
from press.model.marks import Marks, Ring, Stroke
from press.model.printer import Edges, Printer
from press.prepress.lettering import write

#: From the bleed to the marks.
GAP = Length.of_mm(1)
#: Length of crop marks, and of the arms of register marks.
LENGTH = Length.of_mm(5)
RADIUS = Length.of_mm(1.5)
#: From the marks to the edge of the sheet.
MARGIN = Length.of_mm(1)
WEIGHT = Length.of_pt(0.25)
#: Height of the slug's capitals, and how far it stands from the crop mark.
CAPITALS = Length.of_pt(5)
INDENT = Length.of_mm(3)


def place_marks(printer: Printer, slug: str) -> Marks:
    """Return the marks of a page; `slug` is what is written above it."""
    start = (printer.bleed.most + GAP).pt
    end = start + LENGTH.pt
    width, height = printer.width.pt, printer.height.pt
    centres = list(_centres(width, height, (start + end) / 2))
    left, middle = INDENT.pt, height + (start + end - CAPITALS.pt) / 2
    room = width / 2 - LENGTH.pt - left
    sheet = printer.bleed.most + GAP + LENGTH + MARGIN
    return Marks(
        room=Edges(top=sheet, right=sheet, bottom=sheet, left=sheet),
        weight=WEIGHT.pt,
        strokes=(
            *_crop_marks(width, height, start, end),
            *(arm for x, y in centres for arm in _cross(x, y)),
            *write(slug, left, middle, CAPITALS.pt, room),
        ),
        rings=tuple(Ring(x, y, RADIUS.pt) for x, y in centres),
    )


def _crop_marks(
    width: float, height: float, start: float, end: float
) -> Iterator[Stroke]:
    """Yield two lines a corner, which would meet at the trim's corner."""
    for x, right in ((0.0, -1), (width, 1)):
        for y, up in ((0.0, -1), (height, 1)):
            yield Stroke(x + right * start, y, x + right * end, y)
            yield Stroke(x, y + up * start, x, y + up * end)


def _centres(width: float, height: float, away: float) -> Iterator[tuple[float, float]]:
    """Yield where register marks stand: at the middle of every edge."""
    yield width / 2, -away
    yield width / 2, height + away
    yield -away, height / 2
    yield width + away, height / 2


def _cross(x: float, y: float) -> Iterator[Stroke]:
    arm = LENGTH.pt / 2
    yield Stroke(x - arm, y, x + arm, y)
    yield Stroke(x, y - arm, x, y + arm)
