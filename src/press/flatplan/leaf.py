"""Leaves: all the ways one package can fill n columns × h lines, with their costs.

For every arrangement and every height h, the depth d of the lead picture follows from
the text that has to fit: a box has n·h lines, of which furniture takes some and the lead
picture d in each of its k columns, so d = (n·h - furniture - text) / k. Only depths
within the crop's limits remain, and only those are filled, cheapest arrangement first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from press.flatplan.arrange import Arrangement, arrangements
from press.flatplan.fill import Filling, Rows, Slot, fill
from press.flatplan.price import CROP, SLACK, WORST_OPENING, Draft, Tariff, tariff
from press.flatplan.room import (
    SHORTEST_FRAME,
    Shell,
    build_shell,
    cut_slots,
    place_figures,
    place_quotes,
    shape_of,
    usual_depth,
)
from press.model.flatplan import Frame, QuotePlace, Setting
from press.model.furniture import FigureShape, HeadShape, Measured
from press.model.galley import LineEnd
from press.model.layout import Head, Template

#: Lines of text for each quote at least.
LINES_PER_QUOTE = 40
#: Spaces cut at column tops can make a text shorter than its galley by so much.
CUT_SPACES = 3
#: Lines a box may leave empty beyond one a column.
SPARE = 3
#: Blocks that are never cut leave more: as many as are at most so deep may leave.
DEEPEST_BLOCK = 5
#: Lines before and after a jump at least (Harrower: 4 and 6 inches).
BEFORE_JUMP, AFTER_JUMP = 26, 36
#: Lines kept free at the end of a part that jumps: the first for the jump line.
RESERVES = (1, 2, 3, 4, 5, 6)
#: An arrangement this much dearer than the best way found is not tried.
HOPELESS = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a leaf is asked for.

    Attributes:
        measured: The package.
        rows: Its galley as rows.
        template: Its template.
        priority: 1 to 5.
        heads: Heads it may have; a continuation brings its own.
        heights: Heights in question, in grid lines.
        grid_columns: Columns of the page.
        start: First row; above 0 on a continuation.
        jumps: Whether the text goes on elsewhere, so that any depth is filled.
        overleaf: Lines of text that the page holds on which it goes on.
        rtl: Whether its script runs from right to left.
        figures: Numbers of the figures that may stand here.
        quotes: Numbers of the pull quotes that may stand here.
    """

    measured: Measured
    rows: Rows
    template: Template
    priority: int
    heads: tuple[HeadShape, ...]
    heights: range
    grid_columns: int
    start: int = 0
    jumps: bool = False
    overleaf: float = inf
    rtl: bool = False
    figures: tuple[int, ...] = ()
    quotes: tuple[int, ...] = ()

    @property
    def text(self) -> int:
        """Grid lines of the text still to set."""
        return self.rows.total - self.rows.depth[self.start]

    @property
    def opens(self) -> bool:
        """Whether the article begins here and goes on elsewhere."""
        return self.jumps and self.start == 0

    @property
    def byline(self) -> int:
        """Grid lines of the byline; a continuation has none."""
        return self.measured.byline_depth if self.start == 0 else 0


@dataclass(frozen=True, slots=True)
class _Try:
    """An arrangement with a head and a number of quotes, and what it costs at least."""

    arrangement: Arrangement
    head: HeadShape
    quotes: tuple[int, ...]
    dropped: int
    base: float
    need: int  #: Lines taken by all but the lead figure's own depth.
    shell: Shell
    lead: FigureShape | None


@dataclass(frozen=True, slots=True)
class _Way:
    """A box filled: what it is, and what its price needs."""

    one: _Try
    depth: int
    quotes: tuple[QuotePlace, ...]
    slots: list[Slot]
    filling: Filling
    white: int  #: Lines above the jump line that stay white.

    @property
    def slack(self) -> list[int]:
        """Unused lines of every slot."""
        return [*self.filling.slack[:-1], self.filling.slack[-1] + self.white]


class Leaf:
    """The best way to fill a box of so many columns, for every height that can be."""

    def __init__(self, task: Task, columns: int) -> None:
        self._task, self._columns = task, columns
        self._tariff: Tariff = tariff(task.priority, columns, task.grid_columns)
        self._ways: dict[int, _Way] = {}
        self._best = inf
        deepest = min(task.rows.deepest(task.start), DEEPEST_BLOCK)
        self._spare = columns * max(1, deepest) + SPARE
        self._hopeless = HOPELESS + (WORST_OPENING if task.opens else 0.0)
        #: What the best way costs, by height.
        self.costs: dict[int, float] = {}
        self._grow()

    def setting(self, height: int) -> Setting:
        """Return the best way to fill a box of a height that `costs` has."""
        way, task = self._ways[height], self._task
        starts = (task.start, *way.filling.stops[:-1])
        frames = tuple(
            Frame(
                column=column,
                line=line,
                lines=lines,
                slices=task.rows.slices(start, stop),
            )
            for (column, line, lines), start, stop in zip(
                way.slots, starts, way.filling.stops, strict=True
            )
        )
        one = way.one
        figures = place_figures(
            task.measured, one.arrangement, one.head, height, way.depth
        )
        head_line = 0
        if one.lead is not None and one.arrangement.head is Head.UNDER:
            head_line = way.depth + one.lead.caption_depth
        return Setting(
            head=one.head,
            arrangement=one.arrangement.head,
            head_line=head_line,
            byline=task.byline > 0,
            figures=figures,
            quotes=way.quotes,
            frames=frames,
            slack=tuple(way.slack),
            start=task.start,
            stop=way.filling.stops[-1],
            terms=self._tariff.terms(self._draft(way, height)),
        )

    # ------------------------------------------------------------ trying

    def _grow(self) -> None:
        template = self._task.template
        if not template.least_columns <= self._columns <= template.most_columns:
            return
        for one in sorted(self._tries(), key=lambda one: one.base):
            if one.base > self._best + self._hopeless:
                break
            for height in self._heights(one):
                if not self._beaten(height, one.base):
                    for depth in self._depths(one, height):
                        self._try_out(one, height, depth)
        # so that the costs do not depend on the order in which ways were tried
        most = self._best + self._hopeless
        self.costs = {h: c for h, c in self.costs.items() if c <= most}

    def _beaten(self, height: int, cost: float) -> bool:
        return self.costs.get(height, inf) <= cost

    def _tries(self) -> Iterator[_Try]:
        task, measured = self._task, self._task.measured
        most = min(len(task.quotes), task.text // LINES_PER_QUOTE)
        first = self._columns - 1 if task.rtl else 0
        for one in arrangements(
            measured, task.template, self._columns, task.priority, task.figures
        ):
            lead = shape_of(measured, one.lead) if one.lead else None
            for head in task.heads:
                if head.columns != one.head_columns:
                    continue
                shell = build_shell(
                    measured, one, head, self._columns, task.byline, first
                )
                for count in range(most, -1, -1):
                    quotes = task.quotes[:count]
                    depth = sum(measured.quotes[q].depth for q in quotes)
                    dropped = most - count
                    yield _Try(
                        arrangement=one,
                        head=head,
                        quotes=quotes,
                        dropped=dropped,
                        base=self._tariff.base(one.price, head.cost, dropped),
                        need=task.text + shell.taken + depth,
                        shell=shell,
                        lead=lead,
                    )

    def _heights(self, one: _Try) -> range:
        """Return the heights at which the text could fit, whatever the crop."""
        first, last = self._task.heights[0], self._task.heights[-1]
        lowest = max(first, one.head.depth + SHORTEST_FRAME)
        if self._task.jumps:
            return range(lowest, last + 1)
        least = most = 0
        if one.lead is not None:
            wide = one.shell.wide
            least, most = wide * one.lead.least, wide * one.lead.most
        low = -(-(one.need + least - CUT_SPACES) // self._columns)
        high = (one.need + most + self._spare) // self._columns
        return range(max(lowest, low), min(last, high) + 1)

    def _depths(self, one: _Try, height: int) -> Iterator[int]:
        """Yield depths of the lead figure that are worth filling."""
        if one.lead is None:
            yield 0
            return
        for depth in self._candidates(one, one.lead, height):
            crop = CROP * abs(depth - one.lead.natural) / one.lead.natural
            if not self._beaten(height, one.base + crop):
                yield depth

    def _candidates(self, one: _Try, lead: FigureShape, height: int) -> Iterator[int]:
        if self._task.jumps:
            for depth in dict.fromkeys((usual_depth(lead), lead.most, lead.least)):
                if depth + lead.caption_depth + one.head.depth < height:
                    yield depth
            return
        spare, wide = self._columns * height - one.need, one.shell.wide
        best = spare // wide
        for depth in (best, best - 1, best + 1):
            left = spare - wide * depth
            fits = -CUT_SPACES <= left <= self._spare
            if fits and lead.least <= depth <= lead.most:
                yield depth

    def _try_out(self, one: _Try, height: int, depth: int) -> None:
        task = self._task
        free = one.shell.free(height, depth)
        quotes = place_quotes(task.measured, free, one.quotes)
        if quotes is None:
            return
        slots = cut_slots(free, quotes, rightmost_first=task.rtl)
        if slots is None:
            return
        white = 0
        if task.jumps:
            last = slots[-1][2]
            filling = self._part(slots)
            white = last - slots[-1][2] - 1
        else:
            filling = self._whole(slots)
        if filling is None:
            return
        if one.base + SLACK * sum(filling.slack) >= self.costs.get(height, inf):
            return
        way = _Way(one, depth, quotes, slots, filling, white)
        cost = self._tariff.cost(self._draft(way, height))
        if cost < self.costs.get(height, inf) - 1e-9:
            self.costs[height], self._ways[height] = cost, way
            self._best = min(self._best, cost)

    def _whole(self, slots: list[Slot]) -> Filling | None:
        filling = fill(self._task.rows, slots, self._task.start)
        if not filling.complete or len(filling.stops) < len(slots):
            return None
        return filling

    def _part(self, slots: list[Slot]) -> Filling | None:
        """Fill slots and stop in mid-sentence, with a line left for the jump line."""
        rows, start = self._task.rows, self._task.start
        column, line, lines = slots[-1]
        for reserve in RESERVES:
            if lines - reserve < SHORTEST_FRAME:
                return None
            slots[-1] = (column, line, lines - reserve)
            filling = fill(rows, slots, start)
            if filling.complete or len(filling.stops) < len(slots):
                return None
            stop = filling.stops[-1]
            if stop - start < BEFORE_JUMP or rows.count - stop < AFTER_JUMP:
                return None
            if rows.rows[stop - 1].end is LineEnd.WORD and filling.slack[-1] == 0:
                return filling
        return None

    def _draft(self, way: _Way, height: int) -> Draft:
        one, task = way.one, self._task
        shapes = [shape_of(task.measured, tie) for tie in one.arrangement.others]
        figures = [(usual_depth(shape), shape) for shape in shapes]
        if one.lead is not None:
            figures.append((way.depth, one.lead))
        rest = task.rows.total - task.rows.depth[way.filling.stops[-1]]
        return Draft(
            arrangement=one.arrangement.price,
            head=one.head.cost,
            dropped=one.dropped,
            columns=self._columns,
            height=height,
            figures=figures,
            slots=way.slots,
            slack=way.slack,
            bare=task.rows.bare((task.start, *way.filling.stops)),
            opening=task.opens,
            twice=rest > task.overleaf,
            ends=[task.rows.rows[stop - 1].end for stop in way.filling.stops],
        )
