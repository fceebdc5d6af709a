"""What wants room in a section, what room there is, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from press.model.flatplan import Setting
from press.model.furniture import Measured
from press.model.layout import Layout
from press.model.package import Package

#: Costs of boxes of 1, 2, … columns, by height in grid lines.
Leaves = tuple[dict[int, float], ...]
#: Figures on each further full page of an article too long for one.
FIGURES_OVERLEAF = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A package that wants room in a section.

    Attributes:
        package: The package.
        measured: What it measures.
        leaves: What it costs in boxes of 1, 2, … columns, by height.
        openings: The same for its beginning only, which goes on on another page.
        start: First row; above 0 when an earlier page began it.
        part: 0, or the number of the continuation.
    """

    package: Package
    measured: Measured
    leaves: Leaves
    openings: Leaves = ()
    start: int = 0
    part: int = 0

    @property
    def priority(self) -> int:
        """Its priority; a continuation's is one lower for each part."""
        return min(5, self.package.priority + self.part)

    def goes_on(self, setting: Setting) -> Candidate:
        """Return what is left after a part was set."""
        return replace(self, start=setting.stop, part=self.part + 1)

    def share(self, *, jumps: bool) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the figures and quotes that this part may show: none stands twice."""
        figures = tuple(range(len(self.measured.figures)))
        quotes = tuple(range(len(self.measured.quotes)))
        if self.part == 0:
            return (figures[:1], ()) if jumps else (figures, quotes)
        used = 1 + FIGURES_OVERLEAF * (self.part - 1)
        if jumps:
            few = figures[used : used + FIGURES_OVERLEAF]
            return few, quotes[self.part - 1 : self.part]
        return figures[used:], quotes[self.part - 1 :]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRoom:
    """A page as the section gets it.

    Attributes:
        number: Page number.
        lines: Grid lines of its story area.
        front: Whether it is page 1, with its contents panel.
    """

    number: int
    lines: int
    front: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionTask:
    """What is asked of a section.

    Attributes:
        name: Its name.
        candidates: Its packages in the editor's order, then what continues here.
        pages: Its pages.
        layout: The layout.
        grid: Name of its grid.
        ads: Least and most lines of house ads, for every design; empty for none.
    """

    name: str
    candidates: tuple[Candidate, ...]
    pages: tuple[PageRoom, ...]
    layout: Layout
    grid: str
    ads: tuple[tuple[int, int], ...]

    @property
    def height(self) -> int:
        """Grid lines of its tallest page."""
        return max(page.lines for page in self.pages)

    @property
    def columns(self) -> int:
        """Columns of its pages."""
        return self.layout.grid(self.grid).columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A package's box on a page; the contents panel has no package and no setting."""

    package: str
    part: int
    column: int
    line: int
    columns: int
    lines: int
    setting: Setting | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChoice:
    """A page made.

    Attributes:
        placed: Its boxes.
        ad: Grid lines of a house ad at its foot; 0 is none.
        cost: What it costs.
    """

    placed: tuple[Placed, ...]
    ad: int
    cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """An article that goes on in another section.

    Attributes:
        package: Its id.
        start: First row of what is left.
        part: Number of the continuation.
    """

    package: str
    start: int
    part: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPlan:
    """A section made.

    Attributes:
        pages: Its pages, in order.
        left: Packages that found no room, by id.
        carried: What goes on in another section, if anything.
        cost: What it costs in all.
    """

    pages: tuple[PageChoice, ...]
    left: tuple[str, ...]
    carried: Carried | None
    cost: float
