"""Fine black: what is over the ink limit because black overprints, and nothing else."""

from __future__ import annotations

import numpy as np

from press.adapters.plates.measure import (
    PER_CENT,
    PER_MM,
    STEP,
    Exposure,
    Mask,
    bleed_of,
)
from press.model.printer import Printer


def fine_black(
    exposure: Exposure, knocked_out: Exposure, printer: Printer
) -> float | None:
    """Return the square millimetres over the limit at a point, if black is to blame.

    None where something is over the limit without any overprinting, or nothing is.

    Args:
        exposure: The page as it is printed.
        knocked_out: The same page as if no ink overprinted another.
        printer: Says the limit.
    """
    over = _over(exposure, printer)
    if not over.any() or (over & _over(knocked_out, printer)).any():
        return None
    return float(over.sum()) / PER_MM**2


def _over(exposure: Exposure, printer: Printer) -> Mask:
    total = bleed_of(exposure, printer).of(exposure.inks.sum(axis=0, dtype=np.uint16))
    over: Mask = total > (printer.ink.point + STEP) * PER_CENT
    return over
