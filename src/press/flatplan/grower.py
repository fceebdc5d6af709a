"""Leaves of packages: what they cost in every box, and how they fill one."""

from __future__ import annotations

from dataclasses import dataclass, field

from press.flatplan.candidate import Candidate, Leaves
from press.flatplan.fill import Rows
from press.flatplan.leaf import Leaf, Task
from press.flatplan.tree import Item
from press.model.article import Direction
from press.model.flatplan import Setting
from press.model.furniture import Measured
from press.model.layout import Layout
from press.model.package import Package

#: Share of a page that the text of an article must have to begin on one page and go on
#: on another; the splash of the front page may whatever its length.
LONG_SHARE = 0.55
#: Grid lines of every column that a whole page of text may leave empty.
CANNOT_FILL = 1


def grow(package: Package, measured: Measured, layout: Layout) -> tuple[Leaves, Leaves]:
    """Return what a package costs in every box, whole and as a beginning that jumps."""
    candidate = Candidate(package=package, measured=measured, leaves=())
    columns = layout.grid(package.grid).columns
    grower = Grower(layout, columns)
    heights = range(1, layout.lines + 1)
    leaves = grower.leaves(candidate, heights)
    long = measured.galley.lines > LONG_SHARE * layout.lines * columns
    if package.jump == 0 or not (long or package.splash):
        return leaves, ()
    return leaves, grower.leaves(candidate, heights, jumps=True)


@dataclass(slots=True)
class Grower:
    """Grows leaves on pages of so many columns."""

    layout: Layout
    columns: int
    _rows: dict[str, Rows] = field(default_factory=dict)

    def rows(self, candidate: Candidate) -> Rows:
        """Return a candidate's galley as rows."""
        name = candidate.package.id
        if name not in self._rows:
            self._rows[name] = Rows(candidate.measured.galley)
        return self._rows[name]

    def leaves(
        self, candidate: Candidate, heights: range, *, jumps: bool = False
    ) -> Leaves:
        """Return what a candidate costs at every width and at some heights."""
        return tuple(
            self._leaf(candidate, columns, heights, jumps=jumps).costs
            for columns in range(1, self.columns + 1)
        )

    def setting(
        self, candidate: Candidate, columns: int, lines: int, *, jumps: bool = False
    ) -> tuple[float, Setting] | None:
        """Return the best way to fill one box with its cost; None where none does."""
        heights = range(lines, lines + 1)
        leaf = self._leaf(candidate, columns, heights, jumps=jumps)
        if lines not in leaf.costs:
            return None
        return leaf.costs[lines], leaf.setting(lines)

    def _leaf(
        self, candidate: Candidate, columns: int, heights: range, *, jumps: bool
    ) -> Leaf:
        package, measured = candidate.package, candidate.measured
        heads = measured.jump_heads if candidate.start else measured.heads
        if not candidate.start and package.columns not in {None, columns}:
            heads = ()
        figures, quotes = candidate.share(jumps=jumps)
        return Leaf(
            Task(
                measured=measured,
                rows=self.rows(candidate),
                template=self.layout.template(package.template),
                priority=candidate.priority,
                heads=heads,
                heights=heights,
                grid_columns=self.columns,
                start=candidate.start,
                jumps=jumps,
                overleaf=self._overleaf(measured, figures),
                rtl=package.article.direction is Direction.RTL,
                figures=figures,
                quotes=quotes,
            ),
            columns,
        )

    def _overleaf(self, measured: Measured, shown: tuple[int, ...]) -> float:
        """Return the lines of text that a page holds beside what is not shown here."""
        heads = (h.depth for h in measured.jump_heads if h.columns == self.columns)
        top = self.layout.furniture.folio + min(heads, default=0) + CANNOT_FILL
        panels = (
            min((s.columns * (s.most + s.caption_depth) for s in one.shapes), default=0)
            for number, one in enumerate(measured.figures)
            if one.picture is None and number not in shown
        )
        return self.columns * (self.layout.lines - top) - sum(panels)


def item_of(number: int, candidate: Candidate, leaves: Leaves) -> Item:
    """Return a candidate as the page optimiser sees it."""
    return Item(
        name=candidate.package.id,
        rank=candidate.priority * 100 + number,
        priority=candidate.priority,
        leaves=leaves,
    )
