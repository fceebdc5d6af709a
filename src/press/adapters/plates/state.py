"""What decides whether an operator prints on a plate: PDF's graphics state, in part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any

from press.adapters.plates.space import BLACK, CMYK, GREY, Inks, Space

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class How(Enum):
    """What an operator does to a plate."""

    PAINT = auto()  #: It prints, and takes away what lies below.
    MIX = auto()  #: It prints on some inks and leaves others as they are.
    LEAVE = auto()  #: It overprints and has no ink here: all stays as it is.


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour to fill or stroke with; `inks` is None for patterns."""

    space: Space = GREY
    inks: Inks | None = BLACK

    def how(self, *, overprint: bool, mode: int) -> tuple[How, How]:
        """Return what it does to the coloured plates and to the black one."""
        alone = self.space.one_ink or (mode == 1 and self.space is CMYK)
        if not overprint or not alone or self.inks is None:
            return How.PAINT, How.PAINT
        colours = [bool(ink) for ink in self.inks[:3]]
        colour = How.PAINT if all(colours) else How.MIX if any(colours) else How.LEAVE
        return colour, How.PAINT if self.inks[3] else How.LEAVE


@dataclass(frozen=True, slots=True)
class State:
    """The part of the graphics state that is kept by q and brought back by Q."""

    matrix: Matrix = IDENTITY
    fill: Paint = Paint()
    stroke: Paint = Paint()
    fill_over: bool = False
    stroke_over: bool = False
    mode: int = 0
    render: int = 0
    blended: bool = False
    overprints: bool = True

    @property
    def fills(self) -> tuple[How, How]:
        """What filling does to the coloured plates and to the black one."""
        over = self.fill_over and self.overprints
        return self.fill.how(overprint=over, mode=self.mode)

    @property
    def strokes(self) -> tuple[How, How]:
        """What stroking does to them."""
        over = self.stroke_over and self.overprints
        return self.stroke.how(overprint=over, mode=self.mode)

    def moved(self, matrix: Sequence[float]) -> State:
        """Return the state with a matrix before its own."""
        return replace(self, matrix=times(matrix, self.matrix))

    def with_extra(self, extra: Any) -> State:
        """Return the state after an ExtGState dictionary (8.4.5)."""
        stroke = bool(extra.get("/OP", self.stroke_over))
        fill = bool(extra.get("/op", extra.get("/OP", self.fill_over)))
        blended = self.blended
        if "/BM" in extra:
            blended = str(extra.BM) not in {"/Normal", "/Compatible"}
        return replace(
            self,
            stroke_over=stroke,
            fill_over=fill,
            mode=int(extra.get("/OPM", self.mode)),
            blended=blended,
        )


def times(one: Sequence[float], other: Sequence[float]) -> Matrix:
    """Return the matrix that does `one`, then `other`."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )
