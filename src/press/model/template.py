"""A filled template, and which line of which file each part of it stems from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from press.model.finding import NOWHERE, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """From an offset on, a text stems from a line of a template.

    Attributes:
        offset: In the text, in characters.
        file: The template, from the newspaper's folder.
        line: Its line, counted from 1.
    """

    offset: int
    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A filled template.

    Attributes:
        text: What came out.
        origins: Where it stems from, in order of offset; may be empty.
    """

    text: str
    origins: tuple[Origin, ...] = ()

    def place_of(self, offset: int) -> Place:
        """Return the line of the template that made the text at an offset."""
        after = bisect_right(self.origins, offset, key=lambda origin: origin.offset)
        if not after:
            return NOWHERE
        origin = self.origins[after - 1]
        return Place(file=origin.file, line=origin.line)
