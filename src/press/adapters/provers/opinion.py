"""A second opinion: PDFium draws the pages that Ghostscript drew, and both must agree.

Renderers differ at every edge: one paints each pixel that a shape touches, another
smooths it. So pages are compared by squares of a few millimetres, and what an edge that
lies a pixel farther in or out would explain is no difference. Small edges add up where
many of them meet, such as in an engraving: a page in doubt is drawn once more, smoothed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from press.adapters.provers.eye import VERSION, EyeError, Pixels, as_seen
from press.adapters.provers.measures import MM, Drawn, Mask
from press.adapters.provers.plates import FULL, Inks
from press.model.proof_result import Breach, Question

#: Side of a square, in millimetres.
SIDE = 2
#: Squares differ if a colour's mean does by more: where one drawing has nothing but flat
#: colour, and elsewhere. Shares of full light.
FLAT_LIMIT, LIMIT = 0.08, 0.15
#: Colours of a flat square differ by no more, of 255.
FLAT = 5
#: Sizes of one page may differ by so many pixels: they are rounded.
ROUNDED = 2
#: How many times finer a page in doubt is drawn.
CLOSER = 2
Means = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Squares:
    """A page, square by square.

    Attributes:
        mean: Mean of each colour.
        least: The same if every dark edge lay a pixel farther out.
        most: The same if every light edge did.
        flat: Whether a square is of one colour.
    """

    mean: Means
    least: Means
    most: Means
    flat: Mask

    def part(self, rows: int, columns: int) -> _Squares:
        """Return the first rows and columns alone."""
        at = (slice(rows), slice(columns))
        return _Squares(self.mean[at], self.least[at], self.most[at], self.flat[at])


@dataclass(frozen=True, slots=True)
class _Patch:
    """Squares beside one another: how many, and the rectangle around them."""

    squares: int
    rows: slice
    columns: slice


class SecondOpinion:
    """Holds Ghostscript's plates against another renderer's drawing of the page."""

    question = Question.SECOND_OPINION

    def __init__(
        self,
        ppi: int,
        draw: Callable[[int, int], Pixels],
        closer: Callable[[int], Inks],
    ) -> None:
        """Make it.

        Args:
            ppi: Pixels an inch of the plates.
            draw: Draws a page for the second time; raises an EyeError if it cannot.
            closer: Draws the plates of a page once more, with smooth edges and CLOSER
                times the pixels.
        """
        self._ppi, self._draw, self._closer = ppi, draw, closer
        self._pages: list[Breach] = []
        self.tests = 0

    def look(self, page: Drawn) -> None:
        """Look at a page."""
        try:
            other = self._draw(page.number, self._ppi)
        except EyeError as error:
            self._breach(page.number, f"PDFium cannot draw the page: {error}")
            return
        sizes = zip(page.whole.shape[:2], other.shape[:2], strict=True)
        if any(abs(one - two) > ROUNDED for one, two in sizes):
            ours, theirs = self._size(page.whole), self._size(other)
            self._breach(page.number, f"the page is {ours} mm, in PDFium {theirs} mm")
            return
        two = _squares(other, self._side)
        one = _squares(as_seen(page.whole), self._side)
        if _differ(one, two).any():
            fine = as_seen(self._closer(page.number))
            one = _squares(_coarse(fine), self._side)
        differ = _differ(one, two)
        self.tests += differ.size
        if differ.any():
            side = self._side * MM / self._ppi
            self._breach(page.number, _told(differ, one, two, side))

    @property
    def _side(self) -> int:
        """Side of a square, in pixels."""
        return round(SIDE / MM * self._ppi)

    def _size(self, pixels: NDArray[np.uint8]) -> str:
        height, width = (size * MM / self._ppi for size in pixels.shape[:2])
        return f"{width:.0f} × {height:.0f}"

    def _breach(self, page: int, message: str) -> None:
        self._pages.append(Breach(rule="second-opinion", message=message, page=page))

    def breaches(self) -> tuple[Breach, ...]:
        """Return the pages that are drawn in two ways."""
        return tuple(self._pages)

    def says(self) -> str:
        """Return what was compared."""
        return f"against PDFium {VERSION}, in {self.tests} squares of {SIDE} mm"


def _squares(page: Pixels, side: int) -> _Squares:
    down, across = (-size % side for size in page.shape[:2])
    whole = np.pad(page, ((0, down), (0, across), (0, 0)), mode="edge")

    def each(pick: np.ufunc, pixels: NDArray[np.unsignedinteger]) -> NDArray[np.uint16]:
        rows = pixels[0::side].astype(np.uint16)
        for row in range(1, side):
            pick(rows, pixels[row::side], out=rows)
        found = rows[:, 0::side].copy()
        for column in range(1, side):
            pick(found, rows[:, column::side], out=found)
        return found

    def mean(pixels: Pixels) -> Means:
        found: Means = each(np.add, pixels) / (side**2 * FULL)
        return found

    spread = each(np.maximum, whole) - each(np.minimum, whole)
    return _Squares(
        mean=mean(whole),
        least=mean(_grown(whole, np.minimum)),
        most=mean(_grown(whole, np.maximum)),
        flat=spread.max(axis=-1) <= FLAT,
    )


def _coarse(page: Pixels) -> Pixels:
    """Return a page that was drawn finer, in the plates' pixels."""
    height, width = (size // CLOSER * CLOSER for size in page.shape[:2])
    total = np.zeros((height // CLOSER, width // CLOSER, 3), np.uint16)
    for row in range(CLOSER):
        for column in range(CLOSER):
            total += page[row:height:CLOSER, column:width:CLOSER]
    return (total // CLOSER**2).astype(np.uint8)


def _grown(page: Pixels, pick: np.ufunc) -> Pixels:
    """Return a page whose pixels are the darkest, or the lightest, around them."""
    wide = np.pad(page, ((1, 1), (1, 1), (0, 0)), mode="edge")
    down = pick(pick(wide[:-2], wide[1:-1]), wide[2:])
    grown: Pixels = pick(pick(down[:, :-2], down[:, 1:-1]), down[:, 2:])
    return grown


def _apart(one: _Squares, two: _Squares) -> Means:
    """Return how far one drawing lies outside of what the other's edges may explain."""
    apart: Means = np.maximum(two.least - one.mean, one.mean - two.most).max(axis=-1)
    return apart


def _differ(one: _Squares, two: _Squares) -> Mask:
    """Return the squares that two drawings show in two ways."""
    rows, columns = (
        min(sizes) for sizes in zip(one.flat.shape, two.flat.shape, strict=True)
    )
    one, two = one.part(rows, columns), two.part(rows, columns)
    apart = np.maximum(_apart(one, two), _apart(two, one))
    differ: Mask = apart > np.where(one.flat | two.flat, FLAT_LIMIT, LIMIT)
    return differ


def _told(differ: Mask, one: _Squares, two: _Squares, side: float) -> str:
    """Return in words where two drawings differ, and how; a square has `side` mm."""
    patches = sorted(_patches(differ), key=lambda patch: -patch.squares)
    rows, columns = patches[0].rows, patches[0].columns
    there = differ[rows, columns]
    dark = [
        f"{100 - drawn.mean[rows, columns][there].mean() * 100:.0f} %"
        for drawn in (one, two)
    ]
    across, down = ((part.stop - part.start) * side for part in (columns, rows))
    left, top = columns.start * side, rows.start * side
    count = int(differ.sum())
    squares = f"{count} squares" if count > 1 else "a square"
    more = f", and in {len(patches) - 1} more places" if len(patches) > 1 else ""
    return (
        f"drawn in two ways, in {squares} of {SIDE} mm: on {across:.0f} × {down:.0f} mm,"
        f" {left:.0f} mm from the left and {top:.0f} mm from the top{more};"
        f" there Ghostscript is {dark[0]} dark, PDFium {dark[1]}"
    )


def _patches(differ: Mask) -> Iterator[_Patch]:
    """Yield the squares that differ as they lie together."""
    left = {
        (int(row), int(column)) for row, column in zip(*differ.nonzero(), strict=True)
    }
    while left:
        found, edge = [], [left.pop()]
        while edge:
            row, column = edge.pop()
            found.append((row, column))
            around = {
                (row + down, column + across)
                for down in (-1, 0, 1)
                for across in (-1, 0, 1)
            }
            edge += around & left
            left -= around
        rows, columns = zip(*found, strict=True)
        yield _Patch(
            squares=len(found),
            rows=slice(min(rows), max(rows) + 1),
            columns=slice(min(columns), max(columns) + 1),
        )
