"""Matrices and rectangles on a page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from press.model.finding import Area
from press.model.length import Length
from press.model.press_facts import Box, Outline, Zone

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
ENDLESS: Box = (-1e9, -1e9, 1e9, 1e9)
#: Filled rectangles narrower than this print as lines (GWG 2022, I00004); in points.
THIN = 4.0
#: What overlaps by less does not, in points.
_SLACK = 0.05
_FAR = 1e6


def times(first: Matrix, then: Matrix) -> Matrix:
    """Return the matrix that does one and then the other."""
    a, b, c, d, e, f = first
    p, q, r, s, x, y = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + x,
        e * q + f * s + y,
    )


def placed(box: Box, matrix: Matrix) -> Box:
    """Return the rectangle around a box that a matrix moves."""
    a, b, c, d, e, f = matrix
    left, bottom, right, top = box
    corners = ((left, bottom), (right, bottom), (left, top), (right, top))
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def within(box: Box, clip: Box) -> Box | None:
    """Return the part of a box within another; None where there is none."""
    left, bottom = max(box[0], clip[0]), max(box[1], clip[1])
    right, top = min(box[2], clip[2]), min(box[3], clip[3])
    return (left, bottom, right, top) if left <= right and bottom <= top else None


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where the page, its trim and its bleed lie in the page's own points."""

    media: Box
    trim: Box
    bleed: Box

    def zone(self, box: Box) -> Zone:
        """Return how far out a rectangle stands."""
        if _meet(box, self.trim):
            return Zone.PAGE
        return Zone.BLEED if _meet(box, self.bleed) else Zone.SLUG

    def area(self, box: Box) -> Area:
        """Return a rectangle as it is measured on paper."""
        left, bottom, right, top = (max(-_FAR, min(_FAR, side)) for side in box)
        return Area(
            left=_mm(left - self.trim[0]),
            top=_mm(self.trim[3] - top),
            width=_mm(right - left),
            height=_mm(top - bottom),
        )


def _mm(points: float) -> float:
    return round(Length(points).mm, 2) + 0.0


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] - _SLACK
        and one[2] > other[0] + _SLACK
        and one[1] < other[3] - _SLACK
        and one[3] > other[1] + _SLACK
    )


@dataclass(slots=True)
class Path:
    """A path under construction."""

    xs: list[float] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    curved: bool = False

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        """Add a rectangle (re)."""
        self.xs += (x, x + width)
        self.ys += (y, y + height)
        left, right = sorted((x, x + width))
        bottom, top = sorted((y, y + height))
        self.boxes.append((left, bottom, right, top))

    @property
    def box(self) -> Box:
        """The rectangle around it."""
        if not self.xs:
            return 0.0, 0.0, 0.0, 0.0
        return min(self.xs), min(self.ys), max(self.xs), max(self.ys)

    def thin(self, matrix: Matrix, *, even_odd: bool) -> tuple[float, Outline] | None:
        """Return the weight of the line that a filled path is; None if it is none."""
        if self.curved or not self.xs:
            return None
        across = math.hypot(matrix[0], matrix[1])
        upwards = math.hypot(matrix[2], matrix[3])
        found = self._frame(across, upwards) if even_odd else None
        if found is None:
            left, bottom, right, top = self.box
            sides = sorted(((right - left) * across, (top - bottom) * upwards))
            if sides[1] < 2 * sides[0]:
                return None  # a dot, not a line
            found = sides[0], Outline.FILL
        return found if 0 < found[0] < THIN else None

    def _frame(self, across: float, upwards: float) -> tuple[float, Outline] | None:
        """Return how wide the strip between two rectangles is, one in the other.

        That is how a border is drawn: as a whole, or one side of it alone.
        """
        if len(self.boxes) != 2 or len(self.xs) != 4:  # noqa: PLR2004
            return None
        inner, outer = sorted(self.boxes, key=_size)
        gaps = (
            (inner[0] - outer[0]) * across,
            (outer[2] - inner[2]) * across,
            (inner[1] - outer[1]) * upwards,
            (outer[3] - inner[3]) * upwards,
        )
        if not _size(inner) or min(gaps) < -_SLACK:
            return None
        strips = [gap for gap in gaps if gap > _SLACK]
        if not strips:
            return None
        return min(strips), Outline.FILL if len(strips) == 1 else Outline.FRAME


def _size(box: Sequence[float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
