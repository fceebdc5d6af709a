"""The flatplan: which article stands where, and how it fills its box.

All places are counted in columns and grid lines: `column` from 0 at the left, `line` from
0 at the top; of a box within its page's story area, of everything else within its box.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from press.model.furniture import FigureShape, HeadShape
from press.model.galley import Slice
from press.model.house import AdId
from press.model.layout import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A column slot that text runs through.

    Attributes:
        column: Column of the box.
        line: First grid line.
        lines: Its depth.
        slices: What of the galley stands in it.
    """

    column: int
    line: int
    lines: int
    slices: tuple[Slice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePlace:
    """A picture or panel in a box.

    Attributes:
        figure: Its number among the package's figures.
        column: First column.
        line: First grid line.
        depth: Grid lines of the picture or panel itself.
        shape: Its shape at this width; its caption stands under it.
    """

    figure: int
    column: int
    line: int
    depth: int
    shape: FigureShape

    @property
    def lines(self) -> int:
        """Grid lines with the caption."""
        return self.depth + self.shape.caption_depth


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotePlace:
    """A pull quote in a box."""

    quote: int
    column: int
    line: int
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One reason why a place costs what it costs."""

    name: str
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One way a package fills its box.

    Attributes:
        head: The head as set; None on a continuation.
        arrangement: Where the head stands.
        head_column: First column of the head.
        head_line: First grid line of the head.
        byline: Whether the byline stands on top of the first frame.
        figures: Pictures and panels.
        quotes: Pull quotes.
        frames: Column slots in reading order: the thread.
        slack: Unused grid lines, frame by frame.
        start: First row of the galley set here.
        stop: Row after the last.
        terms: What it costs, and why.
    """

    head: HeadShape | None
    arrangement: Head
    frames: tuple[Frame, ...]
    slack: tuple[int, ...]
    start: int
    stop: int
    head_column: int = 0
    head_line: int = 0
    byline: bool = False
    figures: tuple[FigurePlace, ...] = ()
    quotes: tuple[QuotePlace, ...] = ()
    terms: tuple[Term, ...] = ()

    @property
    def cost(self) -> float:
        """What it costs in all."""
        return sum(term.cost for term in self.terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A package's rectangle on a page.

    Attributes:
        package: The package's id.
        part: 0 where it begins, 1 on its first continuation, and so on.
        column: First column of the page.
        line: First grid line of the story area.
        columns: Columns it spans.
        lines: Grid lines it spans.
        setting: How the package fills it.
    """

    package: str
    column: int
    line: int
    columns: int
    lines: int
    setting: Setting
    part: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AdBox:
    """A house ad's rectangle on a page."""

    ad: AdId
    column: int
    line: int
    columns: int
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceBox:
    """The space of an advertisement that was bought, across the page.

    Attributes:
        advertisement: Its number in the edition's list, from 0.
        line: First grid line of the story area.
        lines: Grid lines it is deep.
        alone: Whether no story stands on its page.
    """

    advertisement: int
    line: int
    lines: int
    alone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelBox:
    """A rectangle for what the paper says about itself: the contents panel."""

    column: int
    line: int
    columns: int
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlan:
    """One page.

    Attributes:
        number: Page number, from 1.
        section: Name of the section.
        grid: Name of the grid.
        opens: Whether it is the section's first page, with its flag.
        top: Grid line of the type area at which the story area begins.
        lines: Grid lines of the story area.
        boxes: Packages.
        ads: House ads.
        space: The advertisement that was bought; None for none.
        contents: The contents panel; None for none.
        imprint: Whether the imprint stands at its foot.
        cost: What the page costs in all, boxes included.
    """

    number: int
    section: str
    grid: str
    opens: bool
    top: int
    lines: int
    boxes: tuple[Box, ...]
    ads: tuple[AdBox, ...] = ()
    space: SpaceBox | None = None
    contents: PanelBox | None = None
    imprint: bool = False
    cost: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A continuation, with both its page references."""

    package: str
    part: int
    from_page: int
    to_page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flatplan:
    """The whole paper.

    Attributes:
        pages: In order.
        jumps: Continuations.
        held_over: Packages that found no room, by id.
    """

    pages: tuple[PagePlan, ...]
    jumps: tuple[Jump, ...] = ()
    held_over: tuple[str, ...] = field(default=())

    def page_of(self, package: str) -> int | None:
        """Return the page on which a package begins, None if it was held over."""
        for page in self.pages:
            for box in page.boxes:
                if box.package == package and box.part == 0:
                    return page.number
        return None
