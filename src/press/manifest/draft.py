"""The lines of a YAML file while their faults are found and mended one by one."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate

from press.manifest.character import INVISIBLE_SPACES, shielded
from press.manifest.source import Source
from press.model.finding import Finding, error

INDENT = re.compile(f"[ \t{INVISIBLE_SPACES}]*")
DASHES = re.compile(r" *(?:- +)*")
SETTING = re.compile(
    r"""\s*(?:-\s+)*(?P<key>"[^"]*"|'[^']*'|\w[\w.-]*(?: +[\w.-]+)*) *:(?:\s|$)"""
)
BLOCK_TEXT = re.compile(r"(?:.*:|\s*-)\s+[|>][-+0-9]*\s*(?:#.*)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """A line as it was most likely meant, so that reading can go on.

    Attributes:
        line: Which line, counted from 0.
        text: How it was meant.
        since: The column of `text` from which on characters have moved.
        by: How far they have moved to the right.
        sure: Whether settings are where they were; otherwise only syntax is read on.
    """

    line: int
    text: str
    since: int = 0
    by: int = 0
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault of syntax, and how to mend it; None where reading cannot go on.

    Attributes:
        finding: What is said of it.
        line: Which line it is, counted from 0.
        mending: How the line was meant.
        followers: How lines that depend on it were meant.
    """

    finding: Finding
    line: int
    mending: Mending | None
    followers: tuple[Mending, ...] = ()


@dataclass(slots=True, kw_only=True)
class Draft:
    """Lines to be read as YAML, and what was mended in them.

    Attributes:
        source: The file as it is.
        lines: The lines as they are read: mended, and blank outside the YAML part.
        sure: Whether all settings can still be trusted.
    """

    source: Source
    lines: list[str]
    sure: bool = True
    _mended: dict[int, Mending] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)

    def text(self) -> str:
        """Return what YAML is to read."""
        lengths = (len(line) + 1 for line in self.lines)
        self._starts = [0, *accumulate(lengths)]
        return shielded("\n".join(self.lines))

    def position(self, index: int) -> tuple[int, int]:
        """Return line and column, counted from 0, of an offset into the text."""
        line = min(bisect_right(self._starts, index), len(self.lines)) - 1
        return line, index - self._starts[line]

    def original(self, line: int, column: int) -> int:
        """Return the column in the file of a column in a mended line."""
        mended = self._mended.get(line)
        if mended is None or column < mended.since:
            return column
        return max(0, column - mended.by)

    def mend(self, mending: Mending) -> None:
        """Read a line in another way from now on."""
        self.lines[mending.line] = mending.text
        self._mended[mending.line] = mending
        self.sure = self.sure and mending.sure

    def fault(
        self,
        message: str,
        hint: str,
        spot: tuple[int, int, int],
        mending: Mending | None = None,
    ) -> Fault:
        """Make a fault at line, column and width (of the draft)."""
        line, column, width = spot
        place = self.source.place(line, self.original(line, column), width)
        finding = error("manifest.syntax", message, place, hint)
        return Fault(finding=finding, line=line, mending=mending)

    def above(self, line: int) -> int | None:
        """Return the nearest line above that says anything."""
        for number in range(line - 1, -1, -1):
            text = self.lines[number].strip()
            if text and not text.startswith("#"):
                return number
        return None

    def shifted(self, line: int, indent: int) -> Mending:
        """Return a line with another indentation."""
        text = self.lines[line]
        old = indent_of(text)
        return Mending(line=line, text=" " * indent + text[old:], by=indent - old)

    def block_below(self, line: int) -> list[int]:
        """Return the lines below that were indented with a line, and as deep."""
        own = indent_of(self.lines[line])
        is_item = self.lines[line].lstrip().startswith("- ")
        block: list[int] = []
        for number in range(line + 1, len(self.lines)):
            text = self.lines[number]
            indent = indent_of(text)
            if not text.strip():
                continue
            if indent < own:
                break
            # A dash alone was moved where what follows it did not move with it.
            alone = is_item and indent not in {own, name_column(self.lines[line])}
            stray = is_item and indent == own and not text.lstrip().startswith("- ")
            if stray or (alone and not block):
                break
            block.append(number)
        return block

    def quoted(self, line: int, start: int, end: int | None = None) -> Mending:
        """Return a line with a stretch of it in quotation marks."""
        text = self.lines[line]
        value = text[start:end].rstrip()
        rest = text[start + len(value) :]
        quoted = "'" + value.replace("'", "''") + "'"
        return Mending(
            line=line, text=text[:start] + quoted + rest, since=start + 1, by=1
        )

    def without(self, line: int) -> Mending:
        """Return a line that is left out."""
        return Mending(line=line, text="", sure=False)


def indent_of(text: str) -> int:
    """Return how many characters of white space begin a line."""
    found = INDENT.match(text)
    return found.end() if found else 0


def name_column(text: str) -> int:
    """Return the column where a line's first word stands, after dashes."""
    found = DASHES.match(text)
    return found.end() if found else 0


def value_column(text: str) -> int | None:
    """Return the column where a setting's value stands; None if it has none."""
    found = SETTING.match(text)
    if found is None or not text[found.end() :].strip():
        return None
    return found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip())
