"""Leaves for a section's candidates, grown when they are first asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

from press.flatplan.candidate import Candidate, SectionTask
from press.flatplan.fill import Rows
from press.flatplan.leaf import Leaf, Task
from press.flatplan.tree import Item
from press.model.article import Direction

#: A leaf for each width from one column on.
LeafRow = tuple[Leaf, ...]


@dataclass(slots=True)
class Grower:
    """Grows the leaves of one section."""

    task: SectionTask
    _rows: dict[str, Rows] = field(default_factory=dict)

    def rows(self, candidate: Candidate) -> Rows:
        """Return a candidate's galley as rows."""
        name = candidate.package.id
        if name not in self._rows:
            self._rows[name] = Rows(candidate.measured.galley)
        return self._rows[name]

    def row(
        self, candidate: Candidate, *, jumps: bool = False, height: int | None = None
    ) -> LeafRow:
        """Return a candidate's leaves at every width."""
        return tuple(
            self.leaf(candidate, n, jumps=jumps, height=height or self.task.height)
            for n in range(1, self.task.columns + 1)
        )

    def leaf(
        self, candidate: Candidate, columns: int, *, jumps: bool, height: int
    ) -> Leaf:
        """Return a candidate's leaf at one width."""
        package, measured = candidate.package, candidate.measured
        heads = measured.jump_heads if candidate.start else measured.heads
        if not candidate.start and package.columns not in {None, columns}:
            heads = ()
        figures, quotes = candidate.share(jumps=jumps)
        return Leaf(
            Task(
                measured=measured,
                rows=self.rows(candidate),
                template=self.task.layout.template(package.template),
                priority=candidate.priority,
                heads=heads,
                height=height,
                grid_columns=self.task.columns,
                start=candidate.start,
                jumps=jumps,
                rtl=package.article.direction is Direction.RTL,
                figures=figures,
                quotes=quotes,
            ),
            columns,
        )

    def item(self, number: int, candidate: Candidate, row: LeafRow) -> Item:
        """Return a candidate as the page optimiser sees it."""
        return Item(
            name=candidate.package.id,
            rank=candidate.priority * 100 + number,
            priority=candidate.priority,
            leaves=tuple(leaf.costs for leaf in row),
        )
