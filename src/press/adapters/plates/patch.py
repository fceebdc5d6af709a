"""Patches of a page: squares of a grid that hang together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray


@dataclass(slots=True)
class Patch:
    """Squares that hang together, by an edge or a corner, and the rectangle around them.

    Attributes:
        top: First row.
        right: One after the last column.
        bottom: One after the last row.
        left: First column.
        cells: How many squares.
    """

    top: int
    right: int
    bottom: int
    left: int
    cells: int

    def near(self, other: Patch, gap: int) -> bool:
        """Whether another patch is no farther than some squares."""
        return (
            self.left - gap < other.right
            and other.left - gap < self.right
            and self.top - gap < other.bottom
            and other.top - gap < self.bottom
        )

    def take(self, other: Patch) -> None:
        """Take in another patch."""
        self.top, self.left = min(self.top, other.top), min(self.left, other.left)
        self.right = max(self.right, other.right)
        self.bottom = max(self.bottom, other.bottom)
        self.cells += other.cells


class _Families:
    """Runs of squares, and which of them hang together."""

    def __init__(self) -> None:
        self.patches: list[Patch] = []
        self._parents: list[int] = []

    def add(self, patch: Patch) -> int:
        """Take a run in; return its number."""
        self._parents.append(len(self.patches))
        self.patches.append(patch)
        return len(self.patches) - 1

    def root(self, number: int) -> int:
        """Return the number that stands for a run's family."""
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Make one family of two."""
        self._parents[self.root(other)] = self.root(one)


def find_patches(cells: NDArray[np.bool_]) -> list[Patch]:
    """Return the patches of a grid, from above; every run joins those it touches."""
    families = _Families()
    above: list[tuple[Patch, int]] = []
    for row in np.flatnonzero(cells.any(axis=1)).tolist():
        runs: list[tuple[Patch, int]] = []
        for first, last in _runs(cells[row]):
            run = Patch(row, last, row + 1, first, last - first)
            number = families.add(run)
            runs.append((run, number))
            for other, its_number in above:
                if other.bottom == row and run.near(other, 1):
                    families.join(number, its_number)
        above = runs
    whole: dict[int, Patch] = {}
    for number, patch in enumerate(families.patches):
        family = whole.setdefault(families.root(number), replace(patch, cells=0))
        family.take(patch)
    return list(whole.values())


def join_near(patches: Iterable[Patch], gap: int) -> list[Patch]:
    """Return patches as one where they are near each other: letters of one line."""
    rest = list(patches)
    before = len(rest) + 1
    while len(rest) < before:
        before = len(rest)
        joined: list[Patch] = []
        for patch in rest:
            near = next((one for one in joined if one.near(patch, gap)), None)
            if near is None:
                joined.append(patch)
            else:
                near.take(patch)
        rest = joined
    return rest


def _runs(row: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    steps = np.flatnonzero(np.diff(np.concatenate(([False], row, [False]))))
    yield from zip(steps[::2].tolist(), steps[1::2].tolist(), strict=True)
