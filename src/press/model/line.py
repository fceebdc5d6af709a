"""Lines of type, as the line composer breaks them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a paragraph.

    Attributes:
        start: Offset of its first character in the paragraph's text.
        end: Offset after its last character; the space at a break is in neither line.
        hyphen: Whether a hyphen is added at its end.
        indent: White before it, in points.
        measure: Room for it after the indent, in points.
        tracking: Added after every letter, in points.
        justified: Whether its word spaces are stretched or shrunk to the measure.
    """

    start: int
    end: int
    hyphen: bool
    indent: float
    measure: float
    tracking: float
    justified: bool
