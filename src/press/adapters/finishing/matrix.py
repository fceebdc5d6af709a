"""Transformations of the plane, as PDF writes them: a b c d e f."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple


class Matrix(NamedTuple):
    """A transformation (ISO 32000-1, 8.3.3)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    @classmethod
    def of(cls, values: Iterable[object]) -> Matrix:
        """Make a matrix from six numbers of any kind."""
        return cls(*(float(str(value)) for value in values))

    def then(self, other: Matrix) -> Matrix:
        """Return this transformation followed by another."""
        a, b, c, d, e, f = self
        return Matrix(
            a * other.a + b * other.c,
            a * other.b + b * other.d,
            c * other.a + d * other.c,
            c * other.b + d * other.d,
            e * other.a + f * other.c + other.e,
            e * other.b + f * other.d + other.f,
        )

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point goes."""
        return (
            self.a * x + self.c * y + self.e,
            self.b * x + self.d * y + self.f,
        )

    @property
    def scale(self) -> float:
        """How much larger lines become, in the mean of both directions."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))

    @property
    def along(self) -> float:
        """How much longer a line from left to right becomes."""
        return math.hypot(self.a, self.b)

    @property
    def across(self) -> float:
        """How much longer a line from below to above becomes."""
        return math.hypot(self.c, self.d)

    @property
    def height(self) -> float:
        """How much higher letters become, measured from their baseline."""
        along = self.along
        return abs(self.a * self.d - self.b * self.c) / along if along else 0.0


IDENTITY = Matrix()
