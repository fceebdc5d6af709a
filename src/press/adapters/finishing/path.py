"""How thin the area is that a path fills.

WeasyPrint draws borders and rules as areas: a rectangle, or two of them one in another,
filled by the even-odd rule within a thin clip. They are rules all the same (GWG 2022,
note I00004).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from press.adapters.finishing.matrix import Matrix

Box = tuple[float, float, float, float]
#: Paths of more rectangles are measured as a whole.
FEW = 4
#: What encloses an area: rectangles, curves, two lines in a row.
_ENCLOSES = re.compile(rb"[cvy]|re|l\s+\S+\s+\S+\s+l")
#: Paths with more bytes are no rules.
LONG = 4000


def thickness(path: bytes, matrix: Matrix, *, even_odd: bool) -> float:
    """Return how thick the area is that a path fills, in points.

    Lines that enclose nothing fill nothing. It is infinite where there is no path, and
    for long ones.
    """
    if path and not _ENCLOSES.search(path):
        return 0.0
    if len(path) > LONG:
        return math.inf
    points, rectangles = _read(path)
    if rectangles and not points and 1 < len(rectangles) <= FEW:
        return _thickest(rectangles, matrix, even_odd=even_odd)
    for x0, y0, x1, y1 in rectangles:
        points += [(x0, y0), (x1, y1)]
    return _across(_around(points), matrix) if points else math.inf


def corner(path: bytes) -> tuple[float, float]:
    """Return a point of a path."""
    points, rectangles = _read(path)
    return points[0] if points else rectangles[0][:2] if rectangles else (0.0, 0.0)


def _read(path: bytes) -> tuple[list[tuple[float, float]], list[Box]]:
    """Return the points of a path (of curves, those that pull them), its rectangles."""
    points: list[tuple[float, float]] = []
    rectangles: list[Box] = []
    numbers: list[float] = []
    for token in path.split():
        if token == b"re":
            x, y, width, height = numbers
            rectangles.append((x, y, x + width, y + height))
            numbers = []
        elif token.isalpha():
            points += zip(numbers[::2], numbers[1::2], strict=True)
            numbers = []
        else:
            numbers.append(float(token))
    return points, rectangles


def _around(points: Iterable[tuple[float, float]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _across(box: Box, matrix: Matrix) -> float:
    x0, y0, x1, y1 = box
    return min(abs(x1 - x0) * matrix.along, abs(y1 - y0) * matrix.across)


def _thickest(rectangles: list[Box], matrix: Matrix, *, even_odd: bool) -> float:
    """Return the thickness of the thickest rectangle that lies in what is filled."""
    xs = sorted({x for box in rectangles for x in (box[0], box[2])})
    ys = sorted({y for box in rectangles for y in (box[1], box[3])})
    filled = {
        (i, j)
        for i in range(len(xs) - 1)
        for j in range(len(ys) - 1)
        if _is_filled(_middle(xs, i), _middle(ys, j), rectangles, even_odd=even_odd)
    }
    inside = (
        _across((xs[i0], ys[j0], xs[i1], ys[j1]), matrix)
        for i0, i1 in combinations(range(len(xs)), 2)
        for j0, j1 in combinations(range(len(ys)), 2)
        if all(cell in filled for cell in _cells(i0, i1, j0, j1))
    )
    return max(inside, default=0.0)


def _middle(values: list[float], at: int) -> float:
    return (values[at] + values[at + 1]) / 2


def _cells(i0: int, i1: int, j0: int, j1: int) -> Iterator[tuple[int, int]]:
    return ((i, j) for i in range(i0, i1) for j in range(j0, j1))


def _is_filled(x: float, y: float, rectangles: list[Box], *, even_odd: bool) -> bool:
    over = sum(
        min(x0, x1) < x < max(x0, x1) and min(y0, y1) < y < max(y0, y1)
        for x0, y0, x1, y1 in rectangles
    )
    return bool(over % 2) if even_odd else bool(over)
