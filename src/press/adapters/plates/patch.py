"""Patches of a page: squares of a grid that hang together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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

    def take(self, other: Patch) -> None:
        """Take in another patch."""
        self.top, self.left = min(self.top, other.top), min(self.left, other.left)
        self.right = max(self.right, other.right)
        self.bottom = max(self.bottom, other.bottom)
        self.cells += other.cells


def find_patches(cells: NDArray[np.bool_]) -> list[Patch]:
    """Return the patches of a grid, from above; every run joins those it touches."""
    parents: list[int] = []
    patches: list[Patch] = []

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    above: list[tuple[int, int, int]] = []
    for row in np.flatnonzero(cells.any(axis=1)).tolist():
        if above and patches[above[0][2]].bottom != row:
            above = []
        runs: list[tuple[int, int, int]] = []
        for first, last in _runs(cells[row]):
            number = len(patches)
            parents.append(number)
            patches.append(Patch(row, last, row + 1, first, last - first))
            runs.append((first, last, number))
            for start, end, other in above:
                if start <= last and end >= first:
                    parents[root(other)] = root(number)
        above = runs
    whole: dict[int, Patch] = {}
    for number, patch in enumerate(patches):
        at = root(number)
        if at in whole:
            whole[at].take(patch)
        else:
            whole[at] = Patch(
                patch.top, patch.right, patch.bottom, patch.left, patch.cells
            )
    return list(whole.values())


def _runs(row: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    steps = np.flatnonzero(np.diff(np.concatenate(([False], row, [False]))))
    yield from zip(steps[::2].tolist(), steps[1::2].tolist(), strict=True)
