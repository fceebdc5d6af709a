"""What was read back from a finished file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line of text as it stands in the file.

    Attributes:
        text: Its characters, as the file's fonts map them to Unicode.
        left: Distance of its first character from the page's left edge, in points.
        baseline: Distance of its baseline from the page's upper edge, in points.
        size: Type size of its first character, in points.
    """

    text: str
    left: float
    baseline: float
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """One page as it stands in the file.

    Attributes:
        number: Page number, counted from 1.
        width: In points.
        height: In points.
        lines: In the order of the file.
    """

    number: int
    width: float
    height: float
    lines: tuple[TextLine, ...]
