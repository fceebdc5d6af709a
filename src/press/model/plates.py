"""What the plates of a page print: how much ink, and where.

Areas are millimetres from the upper left corner of the trim, as everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from press.model.finding import Area
from press.model.ink import Ink


class Edge(StrEnum):
    """An edge of the trim, as the page is seen."""

    TOP = "top"  #: The upper edge.
    RIGHT = "right"  #: The right edge.
    BOTTOM = "bottom"  #: The lower edge.
    LEFT = "left"  #: The left edge.


@dataclass(frozen=True, slots=True, kw_only=True)
class InkPeak:
    """The point of a page with the most ink.

    Attributes:
        ink: How much of each ink it has.
        area: Where it is.
        over: Share of the trimmed page with more ink than the printer bears, 0 to 1.
        patches: Where that is: the largest patches of it, at most a few.
        fine: Square millimetres of it, where all of it is to blame on black that
            overprints: without that, the printer bears the ink. None where there is
            none, or anything else is to blame.
    """

    ink: Ink
    area: Area
    over: float = 0.0
    patches: tuple[Area, ...] = ()
    fine: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InkWindow:
    """The square of a page with the most ink.

    Attributes:
        mean: Mean of its ink, in per cent of one ink.
        area: Where it is.
    """

    mean: float
    area: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class BleedFacts:
    """What bleeds off one edge.

    Attributes:
        edge: The edge.
        wanted: How far ink has to run over it, in millimetres; 0 where nothing bleeds.
        touching: Length of the edge that ink touches from within, in millimetres.
        gaps: Where ink touches the edge and the bleed beside it is empty.
    """

    edge: Edge
    wanted: float
    touching: float
    gaps: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap:
    """How much ink lies on each square of the trimmed page.

    Attributes:
        side: Side of a square, in millimetres.
        columns: Squares beside each other.
        values: Mean ink of each square in per cent of one ink, row after row from the
            upper left.
    """

    side: float
    columns: int
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlateFacts:
    """The four plates of one page.

    Attributes:
        page: Page number, from 1.
        width: Width of the trim, in millimetres.
        height: Its height.
        peak: The point with the most ink.
        window: The square with the most ink; None where the page is smaller than one.
        coverage: Mean of each ink over the trimmed page.
        inked: The smallest rectangle around all ink on paper and in the bleed; None of
            an empty page.
        strays: Ink outside the type area that does not bleed off the page.
        bleeds: What bleeds off each edge.
        beyond: Ink past the bleed that is no mark (marks have all four inks alike).
        heat: How much ink lies where.
        thumbnail: The page as it looks in print: a small PNG.
        heat_picture: The heat map: a PNG with a pixel for each square.
    """

    page: int
    width: float
    height: float
    peak: InkPeak
    window: InkWindow | None
    coverage: Ink
    inked: Area | None
    strays: tuple[Area, ...] = ()
    bleeds: tuple[BleedFacts, ...] = ()
    beyond: tuple[Area, ...] = ()
    heat: HeatMap
    thumbnail: bytes = field(default=b"", repr=False)
    heat_picture: bytes = field(default=b"", repr=False)

    @property
    def empty(self) -> bool:
        """Whether nothing at all is printed on the page."""
        return self.inked is None

    @property
    def in_colour(self) -> bool:
        """Whether the page needs more plates than black."""
        return any(self.coverage.parts[:3])


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotFacts:
    """What the plates print in a part of a page, such as a bar code.

    Attributes:
        ink: The most of each ink in it, wherever that is.
        white: White paper to the left and to the right of its bars, in millimetres; as
            much as a code could need is looked at. None where nothing in it is black.
    """

    ink: Ink
    white: tuple[float, float] | None = None
