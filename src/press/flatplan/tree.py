"""The page optimiser: the best way to divide a page among some of its articles.

A page is divided by cutting it across or down, and its parts again. With gap g between
two boxes, one above the other, and cost F[S, n][h] of the best division of n columns × h
lines among the articles S,

    F[{a}, n][h] = cost of the leaf of a, n columns by h lines
    F[S, n][h]   = min over S = A ∪ B of
                     min over i   F[A, n][i] + F[B, n][h - g - i]      (A above B)
                     min over m   F[A, m][h] + F[B, n - m][h]          (A beside B)

plus the price of neighbours that do not suit. Every division into rectangles that comes
from such cuts is covered, so the best of them is found, not guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf

#: Two headlines of one size side by side.
TOMBSTONE = 2.5
#: A box may cost this much more than the best of its size before it is forgotten.
HOPELESS = 34.0
#: Boxes on one page at most.
MOST_BOXES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that wants a box on a page.

    Attributes:
        name: What it is, for the caller.
        rank: The smaller, the more important: it stands above or left of others.
        priority: 1 to 5; two of one priority side by side are a tombstone.
        leaves: What it costs in boxes of 1, 2, … columns, by height.
    """

    name: str
    rank: int
    priority: int
    leaves: tuple[dict[int, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A box of a divided page: columns and lines, counted from its upper left corner."""

    item: int
    column: int
    line: int
    columns: int
    lines: int


_Costs = dict[int, float]
_Leafs, _Stack, _Beside = 0, 1, 2
_How = tuple[int, int, int, int]  # kind, first part, second part, where the cut is


def _anything(_: int) -> bool:
    return True


class PageTree:
    """Divisions of pages of one width among any of some items.

    Args:
        items: What may want a box.
        columns: Columns of the page.
        height: Grid lines of the tallest page.
        gap: Grid lines between two boxes, one above the other.
        allowed: Says of a set of items (a bit each) whether it may share a page; what
            is allowed of a set must be allowed of its parts.
    """

    def __init__(
        self,
        items: tuple[Item, ...],
        columns: int,
        height: int,
        gap: int,
        allowed: Callable[[int], bool] = _anything,
    ) -> None:
        self._items, self._allowed = items, allowed
        self._columns, self._height, self._gap = columns, height, gap
        self._costs: dict[tuple[int, int], _Costs] = {}
        self._how: dict[tuple[int, int], dict[int, _How]] = {}
        self._lead: dict[int, tuple[int, int]] = {}
        #: The least area of every set that a page may hold; parts before their wholes.
        self._area: dict[int, int] = {0: 0}
        self._grow_from(0)

    def _grow_from(self, first: int) -> None:
        """Grow every set with an item from the `first` on; no set that cannot fit."""
        room = self._columns * self._height
        for number in range(first, len(self._items)):
            bit, more = 1 << number, _least_area(self._items[number])
            for others, area in list(self._area.items()):
                mask = others | bit
                if area + more > room or others.bit_count() == MOST_BOXES:
                    continue
                if self._allowed(mask):
                    self._area[mask] = area + more
                    self._grow(mask)

    def extend(self, *items: Item) -> PageTree:
        """Return a tree of these and further items; what is known is not asked again."""
        tree = PageTree((), self._columns, self._height, self._gap, self._allowed)
        tree._items = (*self._items, *items)
        tree._costs, tree._how = dict(self._costs), dict(self._how)
        tree._lead, tree._area = dict(self._lead), dict(self._area)
        tree._grow_from(len(self._items))
        return tree

    def cost(self, mask: int, lines: int) -> float:
        """Return the cost of the best page of some items (a bit each), so many lines."""
        return self._costs.get((mask, self._columns), {}).get(lines, inf)

    def masks(self) -> list[int]:
        """Return the sets of items that can stand across the page, in order."""
        return sorted(m for m, columns in self._costs if columns == self._columns)

    def heights(self, mask: int) -> list[int]:
        """Return the heights that some items can fill across the page, in order."""
        return sorted(self._costs.get((mask, self._columns), {}))

    def cells(self, mask: int, lines: int) -> tuple[Cell, ...]:
        """Return the boxes of the best page of some items."""
        return tuple(self._unroll(mask, self._columns, lines, 0, 0))

    # ------------------------------------------------------------ growing

    def _grow(self, mask: int) -> None:
        members = [i for i in range(len(self._items)) if mask >> i & 1]
        self._lead[mask] = min((self._items[i].rank, i) for i in members)
        for columns in range(1, self._columns + 1):
            if self._area[mask] > columns * self._height:
                continue
            if len(members) == 1:
                costs, how = self._leaf(members[0], columns)
            else:
                costs, how = self._divide(mask, columns)
            if costs:
                limit = min(costs.values()) + HOPELESS
                kept = {h: c for h, c in costs.items() if c <= limit}
                self._costs[mask, columns] = kept
                self._how[mask, columns] = how

    def _leaf(self, item: int, columns: int) -> tuple[_Costs, dict[int, _How]]:
        costs = self._items[item].leaves[columns - 1]
        fitting = {h: c for h, c in costs.items() if h <= self._height}
        return fitting, dict.fromkeys(fitting, (_Leafs, item, 0, 0))

    def _divide(self, mask: int, columns: int) -> tuple[_Costs, dict[int, _How]]:
        costs: _Costs = {}
        how: dict[int, _How] = {}
        part = (mask - 1) & mask
        while part:
            rest = mask ^ part
            if self._lead[part] < self._lead[rest]:  # the more important comes first
                self._stack(part, rest, columns, costs, how)
                self._beside(part, rest, columns, costs, how)
            part = (part - 1) & mask
        return costs, how

    def _stack(
        self, upper: int, lower: int, columns: int, costs: _Costs, how: dict[int, _How]
    ) -> None:
        above, below = (
            self._costs.get((upper, columns)),
            self._costs.get((lower, columns)),
        )
        if not above or not below:
            return
        room, found = self._height - self._gap, sorted(below.items())
        for i, cost_above in above.items():
            start = i + self._gap
            for j, cost_below in found:
                if i + j > room:
                    break
                cost = cost_above + cost_below
                if cost < costs.get(start + j, inf):
                    costs[start + j] = cost
                    how[start + j] = (_Stack, upper, lower, i)

    def _beside(
        self, left: int, right: int, columns: int, costs: _Costs, how: dict[int, _How]
    ) -> None:
        price = TOMBSTONE * self._alike(left, right)
        for width in range(1, columns):
            here = self._costs.get((left, width))
            there = self._costs.get((right, columns - width))
            if not here or not there:
                continue
            for h, cost_here in here.items():
                cost = cost_here + there.get(h, inf) + price
                if cost < costs.get(h, inf):
                    costs[h], how[h] = cost, (_Beside, left, right, width)

    def _alike(self, left: int, right: int) -> bool:
        one, two = self._lead[left][1], self._lead[right][1]
        return self._items[one].priority == self._items[two].priority

    # ------------------------------------------------------------ reading back

    def _unroll(
        self, mask: int, columns: int, lines: int, column: int, line: int
    ) -> Iterator[Cell]:
        kind, first, second, cut = self._how[mask, columns][lines]
        if kind == _Leafs:
            yield Cell(
                item=first, column=column, line=line, columns=columns, lines=lines
            )
        elif kind == _Stack:
            below = cut + self._gap
            yield from self._unroll(first, columns, cut, column, line)
            yield from self._unroll(
                second, columns, lines - below, column, line + below
            )
        else:
            yield from self._unroll(first, cut, lines, column, line)
            yield from self._unroll(second, columns - cut, lines, column + cut, line)


def _least_area(item: Item) -> int:
    areas = (columns * min(leaf) for columns, leaf in enumerate(item.leaves, 1) if leaf)
    return min(areas, default=1 << 30)
