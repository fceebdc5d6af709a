"""Tables in plain text: columns under lines of dashes, between bars, or after tabs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from press.intake.markup.inline import escaped

_RULE: Final = re.compile(r"\s*[-=─]{3,}(?:\s+[-=─]{3,})*\s*")
_DASHES: Final = re.compile(r"[-=─]{3,}")
_BARS: Final = re.compile(r"\s*\|.*\|\s*")
_BAR_RULE: Final = re.compile(r"[\s|:+=-]+")
#: A gap that nobody types within a sentence.
_GAP: Final = re.compile(r"\S {3,}\S")
_FEWEST: Final = 3
_LEAST_ROWS: Final = 2
_TABS: Final = re.compile(r"\t+")
#: How many lines the names of columns may take.
_HEAD: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table, read; or lines that are kept as they stand.

    Attributes:
        text: Its words, row by row.
        markdown: How an article's file says it.
        columns: How many it has; 0 where they cannot be told.
        signs: How many of the source's words are lines and bars.
        end: The index of the first line after it.
    """

    text: str
    markdown: str
    columns: int
    signs: int
    end: int


def is_ruled(line: str) -> bool:
    """Whether a line is made of dashes, in one run or in several."""
    return _RULE.fullmatch(line) is not None


def table_at(lines: Sequence[str], at: int) -> Table | None:
    """Return the table that begins at a line; None where none does."""
    return (
        _under_dashes(lines, at)
        or _between_bars(lines, at)
        or _after_tabs(lines, at)
        or _as_it_stands(lines, at)
    )


def _under_dashes(lines: Sequence[str], at: int) -> Table | None:
    """Read columns whose places a line of several runs of dashes tells.

    Where a line across opens the table, another closes it, and blank lines part its rows.
    """
    opened = is_ruled(lines[at])
    ruler = _ruler(lines, at + (not opened), at + (_HEAD + 1 if opened else 1))
    if ruler is None:
        return None
    starts = [match.start() for match in _DASHES.finditer(lines[ruler])]
    head = lines[at + opened : ruler]
    end = _end(lines, ruler, starts, opened=opened)
    if end is None or not all(_fits(line, starts) for line in head):
        return None
    body = lines[ruler + 1 : end]
    rows = _rows(body, starts, parted=opened and "" in (one.strip() for one in body))
    signs = sum(len(one.split()) for one in lines[at:end] if is_ruled(one))
    return _table([_joined(head, starts), *rows], signs=signs, end=end)


def _ruler(lines: Sequence[str], first: int, last: int) -> int | None:
    """Return the index of the line that tells columns by several runs of dashes."""
    for n in range(first, min(last + 1, len(lines))):
        if not lines[n].strip():
            return None
        if is_ruled(lines[n]) and len(_DASHES.findall(lines[n])) > 1:
            return n
    return None


def _end(
    lines: Sequence[str], ruler: int, starts: Sequence[int], *, opened: bool
) -> int | None:
    """Return the index after a table; None where its words do not keep to its columns."""
    for n in range(ruler + 1, len(lines)):
        if is_ruled(lines[n]):
            return n + 1 if n > ruler + 1 else None
        if not opened and not lines[n].strip():
            return n if n > ruler + 1 else None
        if not _fits(lines[n], starts):
            return None
    return None if opened or ruler + 1 == len(lines) else len(lines)


def _fits(line: str, starts: Sequence[int]) -> bool:
    """Whether no word of a line reaches from one column into the next."""
    return all(
        line[start - 1 : start].isspace() for start in starts[1:] if line[start:]
    )


def _rows(
    body: Sequence[str], starts: Sequence[int], *, parted: bool
) -> list[list[str]]:
    held: list[str] = []
    rows: list[list[str]] = []
    for line in (*body, ""):
        if is_ruled(line):
            continue
        if line.strip():
            held.append(line)
        if held and (not parted or not line.strip()):
            rows.append(_joined(held, starts))
            held = []
    return rows


def _joined(lines: Sequence[str], starts: Sequence[int]) -> list[str]:
    """Return the cells of a row, which may be of several lines."""
    edges = [0, *starts[1:], None]
    return [
        " ".join(" ".join(line[one:other] for line in lines).split())
        for one, other in pairwise(edges)
    ]


def _between_bars(lines: Sequence[str], at: int) -> Table | None:
    if not _BARS.fullmatch(lines[at]) or not any(
        _BAR_RULE.fullmatch(line) for line in lines[at + 1 : at + 2]
    ):
        return None
    end = at
    while end < len(lines) and _BARS.fullmatch(lines[end]):
        end += 1
    taken = [line.strip() for line in lines[at:end]]
    rows = [
        [" ".join(cell.split()) for cell in line[1:-1].split("|")]
        for number, line in enumerate(taken)
        if not (_BAR_RULE.fullmatch(line) and (number == 1 or _DASHES.search(line)))
    ]
    if len({len(row) for row in rows}) != 1:
        return None
    words = sum(len(cell.split()) for row in rows for cell in row)
    signs = sum(len(line.split()) for line in taken) - words
    return _table(rows, signs=signs, end=end)


def _after_tabs(lines: Sequence[str], at: int) -> Table | None:
    rows: list[list[str]] = []
    end = at
    while end < len(lines) and "\t" in lines[end].strip():
        row = [" ".join(cell.split()) for cell in _TABS.split(lines[end].strip())]
        if rows and len(row) != len(rows[0]):
            break
        rows.append(row)
        end += 1
    if len(rows) < _LEAST_ROWS:
        return None
    width = len(rows[0])
    return _table([[""] * width, *rows], signs=0, end=end)


def _as_it_stands(lines: Sequence[str], at: int) -> Table | None:
    """Keep lines whose words were set under one another with spaces, line by line."""
    end = at
    while end < len(lines) and (_GAP.search(lines[end]) or is_ruled(lines[end])):
        end += 1
    taken = [line.expandtabs() for line in lines[at:end]]
    if sum(1 for one in taken if not is_ruled(one)) < _FEWEST:
        return None
    text = "\n".join(line.rstrip() for line in taken)
    return Table(
        text=" ".join(text.split()),
        markdown=f"````\n{text}\n````" if "```" in text else f"```\n{text}\n```",
        columns=0,
        signs=0,
        end=end,
    )


def _table(rows: Sequence[Sequence[str]], *, signs: int, end: int) -> Table:
    width = len(rows[0])
    shown = [[escaped(cell).replace("|", "\\|") for cell in row] for row in rows]
    shown.insert(1, ["---"] * width)
    return Table(
        text=" ".join(cell for row in rows for cell in row if cell),
        markdown="\n".join(f"| {' | '.join(row)} |" for row in shown),
        columns=width,
        signs=signs,
        end=end,
    )
