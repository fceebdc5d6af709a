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
from itertools import pairwise
from typing import NamedTuple

from press.model.galley import BlockKind, Galley, GalleyBlock, LineEnd, Slice

#: Classes of blocks that say who wrote an article and where its links are.
END_MATTER = {"contributor", "links"}
#: Rows that such blocks have at most.
MOST_END_MATTER = 12
#: Where text may stand: column, first line, lines.
Slot = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A line, or a solid block: what is never cut."""

    block: int
    line: int
    above: int
    end: LineEnd


class Rows:
    """A galley as rows with their depths, made once and asked often.

    Attributes:
        rows: The rows.
        count: How many.
        depth: Depth above every row and below the last, spaces included, in grid lines.
        above: White before every row, which a column's top cuts off.
        legal: The last place at or before every row where a column may end.
    """

    def __init__(self, galley: Galley) -> None:
        self._blocks = galley.blocks
        self.rows: list[Row] = []
        self.depth: list[int] = [0]
        self.above: list[int] = []
        self.legal: list[int] = []
        for number, block in enumerate(galley.blocks):
            self._add(number, block)
        self.count = len(self.rows)
        self.legal.append(self.count)

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
            self.legal.append(at if legal else self.legal[-1] if at else 0)
            self.rows.append(Row(number, line, above, end))
            self.above.append(above)
            depth = block.height if solid else 1
            self.depth.append(self.depth[-1] + above + depth)

    def deepest(self, start: int) -> int:
        """Return the depth of the deepest row from one on, in grid lines."""
        depth, above = self.depth, self.above
        return max(
            (depth[at + 1] - depth[at] - above[at] for at in range(start, self.count)),
            default=0,
        )

    def bare(self, stops: Sequence[int]) -> int:
        """Return how many slots hold an article's last words only, such as its QR code.

        Args:
            stops: The first row, and the row after the last of every slot.
        """
        return sum(
            start < stop
            and all(
                END_MATTER & set(self._blocks[row.block].css.split())
                for row in self.rows[start:stop]
            )
            for start, stop in pairwise(stops)
            if start >= self.count - MOST_END_MATTER
        )

    def slices(self, start: int, stop: int) -> tuple[Slice, ...]:
        """Return rows that stand in one column as slices of their blocks."""
        out: list[Slice] = []
        at = start
        while at < stop:
            row = self.rows[at]
            end = at
            while end < stop and self.rows[end].block == row.block:
                end += 1
            above = row.above if at > start or start == 0 else 0
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


class Filling(NamedTuple):
    """A galley broken into slots.

    Attributes:
        stops: The row after the last of every slot used.
        slack: Unused grid lines of every slot.
        complete: Whether the galley's end was reached.
    """

    stops: list[int]
    slack: list[int]
    complete: bool


def fill(rows: Rows, slots: Sequence[Slot], start: int = 0) -> Filling:
    """Break a galley into slots, one after another.

    White before a row is kept in the article's very first column only. Where nothing
    legal fits a column, lines are taken as they come; where nothing fits at all, none.

    Args:
        rows: The galley.
        slots: Where text may stand, in reading order.
        start: The row to begin with; 0 unless an article continues here.
    """
    depth, above, legal, count = rows.depth, rows.above, rows.legal, rows.count
    stops, slack, at = [], [], start
    for _, _, capacity in slots:
        top = depth[at] + (above[at] if at else 0)
        # no row is shallower than a line, so no more than `capacity` rows fit
        last = min(at + capacity + 1, count + 1)
        stop = bisect_right(depth, top + capacity, at, last) - 1
        if at < stop < count:
            best = legal[stop]
            stop = best if best > at else stop
        stop = max(stop, at)
        stops.append(stop)
        slack.append(capacity - depth[stop] + top if stop > at else capacity)
        at = stop
        if at >= count:
            return Filling(stops, slack, complete=True)
    return Filling(stops, slack, complete=at >= count)
