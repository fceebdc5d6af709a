"""Leaves: all the ways one package can fill n columns × h lines, with their costs.

For every arrangement and every height h, the depth p of the lead picture follows from
the text that has to fit: with C(h, p) the lines of room and k the picture's columns,
C(h, p) = C(h, 0) - k·p, so p = (C(h, 0) - T) / k for T lines of text. Only depths within
the crop's limits remain, and only those are filled, cheapest arrangement first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from press.flatplan.arrange import Arrangement, arrangements
from press.flatplan.fill import Filling, Rows, fill
from press.flatplan.price import Priced, price
from press.flatplan.room import (
    SHORTEST_FRAME,
    Furnished,
    cut_frames,
    furnish,
    place_quotes,
    shape_of,
)
from press.model.flatplan import Frame, QuotePlace, Setting
from press.model.furniture import HeadShape, Measured
from press.model.galley import LineEnd
from press.model.layout import Head, Template

#: Lines of text for each quote at least.
LINES_PER_QUOTE = 40
#: Spaces cut at column tops can make a text shorter than its galley by so much.
CUT_SPACES = 3
#: Lines a box may leave empty beyond one a column.
SPARE = 3
#: Lines before and after a jump at least (Harrower: 4 and 6 inches).
BEFORE_JUMP, AFTER_JUMP = 26, 36
#: Lines kept free at the end of a part that jumps: the first for the jump line.
RESERVES = (1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a leaf is asked for.

    Attributes:
        measured: The package.
        rows: Its galley as rows.
        template: Its template.
        priority: 1 to 5.
        heads: Heads it may have; a continuation brings its own.
        height: Grid lines at most.
        grid_columns: Columns of the page.
        start: First row; above 0 on a continuation.
        jumps: Whether the text goes on elsewhere, so that any depth is filled.
        rtl: Whether its script runs from right to left.
    """

    measured: Measured
    rows: Rows
    template: Template
    priority: int
    heads: tuple[HeadShape, ...]
    height: int
    grid_columns: int
    start: int = 0
    jumps: bool = False
    rtl: bool = False

    @property
    def text(self) -> int:
        """Grid lines of the text still to set."""
        return self.rows.total - self.rows.depth[self.start]


@dataclass(slots=True)
class Leaf:
    """The best way to fill a box of every height; heights that cannot be are absent."""

    ways: dict[int, Setting] = field(default_factory=dict)
    costs: dict[int, float] = field(default_factory=dict)

    def offer(self, height: int, setting: Setting) -> None:
        """Keep a setting if it is the best of its height."""
        cost = setting.cost
        if cost < self.costs.get(height, float("inf")) - 1e-9:
            self.ways[height], self.costs[height] = setting, cost

    def beats(self, height: int, cost: float) -> bool:
        """Whether a cost can no longer improve on what is kept for a height."""
        return self.costs.get(height, float("inf")) <= cost


@dataclass(frozen=True, slots=True)
class _Try:
    """An arrangement with a head and a number of quotes, and what it costs at least."""

    arrangement: Arrangement
    head: HeadShape
    quotes: int
    dropped: int
    base: float


def grow(task: Task, columns: int) -> Leaf:
    """Return the best ways to fill a box of so many columns, by height."""
    leaf = Leaf()
    if task.template.least_columns <= columns <= task.template.most_columns:
        grower = _Grower(task, columns, leaf)
        for one in sorted(grower.tries(), key=lambda one: one.base):
            grower.try_out(one)
    return leaf


class _Grower:
    def __init__(self, task: Task, columns: int, leaf: Leaf) -> None:
        self._task, self._columns, self._leaf = task, columns, leaf
        self._byline = task.measured.byline if task.start == 0 else 0

    def tries(self) -> Iterator[_Try]:
        task = self._task
        most = min(len(task.measured.quotes), task.text // LINES_PER_QUOTE)
        if task.start:
            most = 0
        found = arrangements(task.measured, task.template, self._columns, task.priority)
        for one in found:
            if task.start and one.lead is not None:
                continue  # a continuation shows no picture again
            for head in task.heads:
                if head.columns != one.head_columns:
                    continue
                for quotes in range(most, -1, -1):
                    price_of = price(task.priority, self._columns, task.grid_columns)
                    base = price_of.base(one.price, head.cost, most - quotes)
                    yield _Try(one, head, quotes, most - quotes, base)

    def try_out(self, one: _Try) -> None:
        heights = range(one.head.depth + SHORTEST_FRAME, self._task.height + 1)
        for height in heights:
            if self._leaf.beats(height, one.base):
                continue
            depths = self._any_depth if self._task.jumps else self._depths
            for depth in depths(one, height):
                self._offer(one, height, depth)

    def _furnish(self, one: _Try, height: int, depth: int) -> Furnished:
        return furnish(
            self._task.measured,
            one.arrangement,
            one.head,
            (self._columns, height),
            depth,
            byline=self._byline,
        )

    def _depths(self, one: _Try, height: int) -> Iterator[int]:
        """Yield depths of the lead figure with which the text could just fit."""
        task, lead = self._task, one.arrangement.lead
        quotes = sum(q.depth for q in task.measured.quotes[: one.quotes])
        spare = self._furnish(one, height, 0).lines - task.text - quotes
        most = self._columns + SPARE
        if lead is None:
            if -CUT_SPACES <= spare <= most:
                yield 0
            return
        shape = shape_of(task.measured, lead)
        under = one.arrangement.head is Head.UNDER
        wide = self._columns if under else lead.columns
        best = spare // wide
        for depth in (best, best - 1, best + 1):
            left = spare - wide * depth
            if shape.least <= depth <= shape.most and -CUT_SPACES <= left <= most:
                yield depth

    def _any_depth(self, one: _Try, height: int) -> Iterator[int]:
        """Yield depths of the lead figure where the text goes on elsewhere."""
        lead = one.arrangement.lead
        if lead is None:
            yield 0
            return
        shape = shape_of(self._task.measured, lead)
        natural = min(max(round(shape.natural), shape.least), shape.most)
        for depth in dict.fromkeys((natural, shape.most, shape.least)):
            if depth + shape.caption_depth + one.head.depth < height:
                yield depth

    def _offer(self, one: _Try, height: int, depth: int) -> None:
        room = self._furnish(one, height, depth)
        quotes = place_quotes(self._task.measured, room, one.quotes)
        if quotes is None:
            return
        frames = cut_frames(room, quotes, rightmost_first=self._task.rtl)
        if frames is None:
            return
        filled = self._part(frames) if self._task.jumps else self._whole(frames)
        if filled is not None:
            setting = self._setting(one, room, quotes, filled)
            self._leaf.offer(height, setting)

    def _whole(
        self, frames: tuple[Frame, ...]
    ) -> tuple[tuple[Frame, ...], Filling] | None:
        filling = fill(self._task.rows, [f.lines for f in frames], self._task.start)
        if not filling.complete or len(filling.stops) < len(frames):
            return None
        return frames, filling

    def _part(
        self, frames: tuple[Frame, ...]
    ) -> tuple[tuple[Frame, ...], Filling] | None:
        """Fill frames and stop in mid-sentence, with a line left for the jump line."""
        rows, start = self._task.rows, self._task.start
        for reserve in RESERVES:
            last = replace(frames[-1], lines=frames[-1].lines - reserve)
            if last.lines < SHORTEST_FRAME:
                return None
            tried = (*frames[:-1], last)
            filling = fill(rows, [f.lines for f in tried], start)
            if filling.complete or len(filling.stops) < len(frames):
                return None
            stop = filling.stops[-1]
            if not (stop - start >= BEFORE_JUMP and len(rows) - stop >= AFTER_JUMP):
                return None
            if rows.rows[stop - 1].end is LineEnd.WORD and filling.slack[-1] == 0:
                return tried, filling
        return None

    def _setting(
        self,
        one: _Try,
        room: Furnished,
        quotes: tuple[QuotePlace, ...],
        filled: tuple[tuple[Frame, ...], Filling],
    ) -> Setting:
        frames, filling = filled
        task = self._task
        starts = (task.start, *filling.stops[:-1])
        placed = tuple(
            replace(frame, start=start, stop=stop)
            for frame, start, stop in zip(frames, starts, filling.stops, strict=True)
        )
        terms = price(task.priority, self._columns, task.grid_columns).terms(
            Priced(
                arrangement=one.arrangement.price,
                head=one.head.cost,
                dropped=one.dropped,
                room=room,
                frames=placed,
                slack=filling.slack,
                ends=tuple(task.rows.rows[f.stop - 1].end for f in placed),
                jumps=task.jumps,
            )
        )
        return Setting(
            head=one.head,
            arrangement=one.arrangement.head,
            head_line=room.head_line,
            byline=self._byline > 0,
            figures=room.figures,
            quotes=quotes,
            frames=placed,
            slack=filling.slack,
            start=task.start,
            stop=filling.stops[-1],
            terms=terms,
        )
