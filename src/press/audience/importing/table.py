"""Lines as rows of cells, with everything that can be wrong with them told by line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from press.model.finding import Severity
from press.model.importing import Remark

LONGEST_LINE = 100_000
#: A cell with more line breaks is a quotation mark that was never closed.
MOST_LINES = 50
DELIMITERS = (",", ";", "\t")
_UNREADABLE = re.compile("[\udc80-\udcff]")


class Cells(NamedTuple):
    """A row.

    Attributes:
        line: On which it begins, counted from 1.
        cells: Its texts.
    """

    line: int
    cells: list[str]


class _Lines:
    """Numbered lines, some of which may be handed back to be read anew."""

    def __init__(self, lines: Iterable[str], *, checked: bool) -> None:
        self._lines = iter(lines)
        self._checked = checked
        self._back: list[tuple[int, str]] = []
        self._number = 0
        self.taken: list[tuple[int, str]] = []
        self.remarks: list[Remark] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        """Return the next line that can be read; those that cannot are remarked."""
        if len(self.taken) >= MOST_LINES:
            raise StopIteration
        while True:
            number, line = self._take()
            if "\0" in line:
                self._remark(number, "list.nul", "the line holds a NUL character")
            elif len(line) > LONGEST_LINE:
                self._remark(
                    number,
                    "list.ragged",
                    f"the line has more than {LONGEST_LINE:,} characters",
                )
            elif not self._checked and _UNREADABLE.search(line):
                self._remark(
                    number,
                    "list.encoding",
                    "the line is in another encoding than the rest of the file",
                )
            else:
                self.taken.append((number, line))
                return line

    def _take(self) -> tuple[int, str]:
        if self._back:
            return self._back.pop()
        line = next(self._lines)
        self._number += 1
        return self._number, line

    def hand_back(self) -> int:
        """Hand back all taken lines but the first; return the first one's number."""
        (first, _), *others = self.taken
        self._back += reversed(others)
        self.taken = []
        return first

    def begin(self) -> int:
        """Forget the lines of the last row; return the number of its first."""
        first = self.taken[0][0] if self.taken else self._number
        self.taken = []
        return first

    def _remark(self, line: int, code: str, message: str) -> None:
        self.remarks.append(Remark(line, code, Severity.ERROR, message))


def read_rows(
    lines: Iterable[str], delimiter: str, *, checked: bool
) -> Iterator[Cells | Remark]:
    """Yield rows, and a remark for each line that is none.

    A quotation mark that is never closed would swallow the rows below it. The line that
    opens it is refused, and those below it are read as if it were not there.

    Args:
        lines: As they stand in the file, with their ends.
        delimiter: Between cells.
        checked: Whether all of them are surely of the file's encoding.
    """
    source = _Lines(lines, checked=checked)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    width = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            yield from source.remarks
            return
        except csv.Error:
            yield from _told(source)
            yield _refused(
                source.hand_back(),
                "list.quote",
                "a quotation mark is opened and never closed, or stands within a text",
            )
            continue
        yield from _told(source)
        several = len(source.taken) > 1
        if not any(cells):
            source.begin()
            continue
        width = width or len(cells)
        while len(cells) > width and not cells[-1]:
            cells.pop()
        if len(cells) == width:
            yield Cells(source.begin(), cells)
            continue
        line = source.hand_back() if several else source.begin()
        yield _refused(
            line, "list.ragged", f"the row has {len(cells)} cells; the header {width}"
        )


def _told(source: _Lines) -> Iterator[Remark]:
    if source.remarks:
        yield from source.remarks
        source.remarks = []


def _refused(line: int, code: str, message: str) -> Remark:
    return Remark(line, code, Severity.ERROR, message)


def delimiter_of(header: str) -> str:
    """Return what stands between the cells of a header."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(DELIMITERS, key=bare.count)
