"""A part of a page, seen closely: its inks, and the white beside its bars."""

from __future__ import annotations

import numpy as np

from press.adapters.plates.measure import FAINT, FULL, Inked, Mask
from press.model.finding import Area
from press.model.ink import Ink
from press.model.length import PT_PER_MM
from press.model.plates import SpotFacts

#: Pixels a millimetre: eight or more for the narrowest bar that tills read.
PER_MM = 32
#: Millimetres that are seen to the left and right of a part: more than any white that a
#: code needs.
AROUND = 6.0
#: How far bars may begin or end from where they were found, in millimetres.
NEAR = 0.3
#: White is looked for beside the middle of the bars, as shares of their height: the
#: first digit stands in the white below, and those of an add-on above.
BAND = (0.25, 0.65)
Box = tuple[float, float, float, float]


def box_around(area: Area, trim: Box) -> Box:
    """Return a part of a page with what lies to its sides, in points; paper only."""
    left, _, right, top = trim
    return (
        max(left, left + (area.left - AROUND) * PT_PER_MM),
        top - (area.top + area.height) * PT_PER_MM,
        min(right, left + (area.left + area.width + AROUND) * PT_PER_MM),
        top - area.top * PT_PER_MM,
    )


def measure_spot(inks: Inked, area: Area, box: Box, trim: Box) -> SpotFacts:
    """Return what is printed in a part of a page.

    Args:
        inks: The plates of the box.
        area: The part, in millimetres from the trim's corner.
        box: The part with what lies to its sides, in points.
        trim: The trim, in points.
    """
    high = round((box[3] - box[1]) / PT_PER_MM * PER_MM)
    wide = round((box[2] - box[0]) / PT_PER_MM * PER_MM)
    inks = inks[:, :high, :wide]
    start = round((area.left - (box[0] - trim[0]) / PT_PER_MM) * PER_MM)
    end = start + round(area.width * PER_MM)
    part = inks[:, :, max(start, 0) : end]
    peaks = part.reshape(4, -1).max(axis=1) if part.size else np.zeros(4)
    top, bottom = (round(share * high) for share in BAND)
    band = inks[:, top:bottom]
    near = round(NEAR * PER_MM)
    return SpotFacts(
        ink=Ink(*(round(int(peak) / FULL, 4) for peak in peaks)),
        white=_white(band, max(start - near, 0), end + near),
    )


def _white(band: Inked, first: int, last: int) -> tuple[float, float] | None:
    """Return the white to the left and right of the bars between two columns."""
    if not band.size:
        return None
    bars = np.flatnonzero((band[3] > FULL // 2).any(axis=0)[first:last]) + first
    if not len(bars):
        return None
    inked: Mask = (band.sum(axis=0, dtype=np.uint16) > FAINT).any(axis=0)
    left, right = int(bars[0]), int(bars[-1])
    # The column beside a bar may be its smooth edge.
    before = np.flatnonzero(inked[: max(left - 1, 0)])
    after = np.flatnonzero(inked[right + 2 :])
    white = (
        left - (int(before[-1]) + 1 if len(before) else 0),
        int(after[0]) + 1 if len(after) else len(inked) - right - 1,
    )
    return white[0] / PER_MM, white[1] / PER_MM
