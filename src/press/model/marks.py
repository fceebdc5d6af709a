"""Printer's marks: lines and circles outside the bleed, in every ink."""

from __future__ import annotations

from dataclasses import dataclass

from press.model.printer import Edges


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line, in points from the lower left corner of the trim.

    Attributes:
        x0: Where it begins, from the left edge.
        y0: Where it begins, from the lower edge.
        x1: Where it ends, from the left edge.
        y1: Where it ends, from the lower edge.
    """

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle, in points from the lower left corner of the trim."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """All marks of a page.

    Attributes:
        room: What the sheet needs around the trim, edge by edge.
        weight: Weight of the lines, in points.
        strokes: Crop marks, crosses of the register marks, letters of the slug.
        rings: Rings of the register marks.
    """

    room: Edges
    weight: float
    strokes: tuple[Stroke, ...]
    rings: tuple[Ring, ...]
