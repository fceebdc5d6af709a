"""Break a galley into column slots, exactly as CSS fragmentation would.

The lines of an article in one measure are the same wherever its columns end. So every
question of copyfit ("does it fill these slots?") is arithmetic on counted lines; CSS
Fragmentation 3, sections 3 and 4: orphans, widows, break-after: avoid, and margins that
are cut at the top of a column.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from press.model.galley import BlockKind, Galley, GalleyBlock, LineEnd, Slice


@dataclass(frozen=True, slots=True)
class Row:
    """A line, or a solid block: what is never cut."""

    block: int
    line: int
    above: int
    end: LineEnd


class Rows:
    """A galley as rows with their depths, made once and asked often."""

    def __init__(self, galley: Galley) -> None:
        self._blocks = galley.blocks
        self.rows: list[Row] = []
        #: Depth above every row and below the last, spaces included, in grid lines.
        self.depth: list[int] = [0]
        #: The last place at or before every row where a column may end.
        self._legal: list[int] = []
        for number, block in enumerate(galley.blocks):
            self._add(number, block)
        self._legal.append(len(self.rows))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def total(self) -> int:
        """Grid lines of the whole galley."""
        return self.depth[-1]

    def _add(self, number: int, block: GalleyBlock) -> None:
        solid = block.kind is BlockKind.SOLID
        count = 1 if solid else block.height
        bound = number > 0 and self._blocks[number - 1].kind is BlockKind.HEAD
        for line in range(count):
            above = block.above if line == 0 else 0
            end = block.lines[line].end if block.lines else LineEnd.PARAGRAPH
            legal = not bound if line == 0 else _may_break(block, line)
            at = len(self.rows)
            self._legal.append(at if legal else self._legal[-1] if at else 0)
            self.rows.append(Row(number, line, above, end))
            depth = block.height if solid else 1
            self.depth.append(self.depth[-1] + above + depth)

    def reach(self, start: int, capacity: int, *, first: bool) -> int:
        """Return the row after the last that a column holds.

        Args:
            start: Its first row.
            capacity: Its depth in grid lines.
            first: Whether it is the article's first column, where space above is kept.

        Returns:
            `start` when nothing fits.
        """
        top = self.depth[start]
        if not first and start < len(self.rows):
            top += self.rows[start].above
        stop = bisect_right(self.depth, top + capacity) - 1
        if stop >= len(self.rows):
            return len(self.rows)
        legal = self._legal[stop]
        return legal if legal > start else max(stop, start)

    def used(self, start: int, stop: int, *, first: bool) -> int:
        """Return the grid lines that rows take in a column of their own."""
        if stop <= start:
            return 0
        cut = 0 if first else self.rows[start].above
        return self.depth[stop] - self.depth[start] - cut

    def slices(self, start: int, stop: int, *, first: bool) -> tuple[Slice, ...]:
        """Return rows as slices of their blocks."""
        out: list[Slice] = []
        at = start
        while at < stop:
            row = self.rows[at]
            end = at
            while end < stop and self.rows[end].block == row.block:
                end += 1
            above = row.above if first or at > start else 0
            out.append(
                Slice(
                    block=row.block,
                    start=row.line,
                    stop=self.rows[end - 1].line + 1,
                    above=above,
                )
            )
            at = end
        return tuple(out)


def _may_break(block: GalleyBlock, line: int) -> bool:
    return (
        block.kind is BlockKind.TEXT
        and line >= block.orphans
        and block.height - line >= block.widows
    )


@dataclass(frozen=True, slots=True)
class Filling:
    """A galley broken into slots.

    Attributes:
        stops: The row after the last of every slot used.
        slack: Unused grid lines of every slot.
        complete: Whether the galley's end was reached.
    """

    stops: tuple[int, ...]
    slack: tuple[int, ...]
    complete: bool


def fill(rows: Rows, slots: Sequence[int], start: int = 0) -> Filling:
    """Break a galley into slots of so many grid lines, one after another.

    Args:
        rows: The galley.
        slots: Depths of the slots, in reading order.
        start: The row to begin with; 0 unless an article continues here.
    """
    stops, slack, at = [], [], start
    for capacity in slots:
        first = at == 0
        stop = rows.reach(at, capacity, first=first)
        stops.append(stop)
        slack.append(capacity - rows.used(at, stop, first=first))
        at = stop
        if at >= len(rows):
            break
    return Filling(tuple(stops), tuple(slack), at >= len(rows))
