"""A filled template, and which line of which file each part of it stems from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from press.model.finding import NOWHERE, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """From an offset on, a text stems from a line of a template.

    Attributes:
        offset: In the text, in characters.
        file: The template, from the newspaper's folder.
        line: Its line, counted from 1.
        column: Its column, counted from 1, where the text is the template's own; None
            where it came out of a value.
    """

    offset: int
    file: str
    line: int
    column: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A filled template.

    Attributes:
        text: What came out.
        origins: Where it stems from, in order of offset; may be empty.
        sources: The lines of each template, by file, as far as they are known.
    """

    text: str
    origins: tuple[Origin, ...] = ()
    sources: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def place_of(self, offset: int, width: int = 1) -> Place:
        """Return the line of the template that made the text at an offset.

        Where the text is the template's own, also the column, and the line itself.
        """
        after = bisect_right(self.origins, offset, key=_offset)
        if not after:
            return NOWHERE
        origin = self.origins[after - 1]
        if origin.column is None:
            return Place(file=origin.file, line=origin.line)
        end = self._end(after, offset + width)
        return Place(
            file=origin.file,
            line=origin.line,
            column=origin.column + offset - origin.offset,
            width=max(1, end - offset),
            source=self._source(origin),
        )

    def is_own(self, start: int, end: int) -> bool:
        """Whether no value had a part in the text between two offsets."""
        first = max(0, bisect_right(self.origins, start, key=_offset) - 1)
        last = bisect_right(self.origins, end - 1, key=_offset)
        return all(origin.column for origin in self.origins[first:last])

    def _end(self, after: int, end: int) -> int:
        """Return the end of a stretch, or that of the line it begins on."""
        return min(
            [end, *(origin.offset for origin in self.origins[after : after + 1])]
        )

    def _source(self, origin: Origin) -> str | None:
        lines = self.sources.get(origin.file, ())
        return lines[origin.line - 1] if origin.line <= len(lines) else None


def _offset(origin: Origin) -> int:
    return origin.offset
