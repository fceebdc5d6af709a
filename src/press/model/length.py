"""Lengths. Every number that leaves this module names its unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

PT_PER_MM = 72 / 25.4
PT_PER_PX = 72 / 96
SLACK_PT = 0.01


@dataclass(frozen=True, slots=True, order=True)
class Length:
    """A length on paper.

    Attributes:
        pt: The length in points (1/72 inch).
    """

    pt: float

    @classmethod
    def of_pt(cls, pt: float) -> Self:
        """Make a length from points, the unit of type."""
        return cls(pt)

    @classmethod
    def of_mm(cls, mm: float) -> Self:
        """Make a length from millimetres, the unit of printers' specifications."""
        return cls(mm * PT_PER_MM)

    @classmethod
    def of_px(cls, px: float) -> Self:
        """Make a length from CSS pixels (1/96 inch), the unit of laid-out boxes."""
        return cls(px * PT_PER_PX)

    @property
    def mm(self) -> float:
        """The length in millimetres."""
        return self.pt / PT_PER_MM

    @property
    def px(self) -> float:
        """The length in CSS pixels."""
        return self.pt / PT_PER_PX

    def fits(self, other: Length) -> bool:
        """Whether `other` fits into this length, with a hundredth of a point of slack."""
        return self.pt + SLACK_PT >= other.pt

    def __add__(self, other: Length) -> Length:
        return Length(self.pt + other.pt)

    def __sub__(self, other: Length) -> Length:
        return Length(self.pt - other.pt)

    def __mul__(self, times: float) -> Length:
        return Length(self.pt * times)

    def __truediv__(self, parts: float) -> Length:
        return Length(self.pt / parts)

    def __str__(self) -> str:
        return f"{self.mm:.2f} mm"


ZERO = Length(0)
