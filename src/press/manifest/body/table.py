"""Tables: every row gets as many cells as the widest, whatever the writer gave."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from press.manifest.body.tidy import joined
from press.manifest.body.tree import Element, Words
from press.model.copy import Align, Mark, Runs

#: More columns than this are no table for a newspaper, nor for anybody.
WIDEST: Final = 100

_ALIGN: Final = re.compile(r"text-align\s*:\s*(\w+)")
_ALIGNS: Final = {
    "center": Align.CENTRE,
    "centre": Align.CENTRE,
    "right": Align.END,
    "end": Align.END,
}
_PARTS: Final = frozenset({"thead", "tbody", "tfoot", "tr"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell as the writer gave it.

    Attributes:
        element: What stands in it.
        columns: How many columns it spans.
        rows: How many rows it spans.
    """

    element: Element
    columns: int
    rows: int

    @property
    def heads(self) -> bool:
        """Whether it is a heading."""
        return self.element.tag == "th"

    @property
    def align(self) -> Align:
        """How its text stands."""
        styled = _ALIGN.search(self.element.get("style").lower())
        name = styled[1] if styled else self.element.get("align").lower()
        return _ALIGNS.get(name, Align.START)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as the writer gave it."""

    cells: tuple[Cell, ...]
    in_head: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table with all its rows equally long."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    align: tuple[Align, ...]


def _span(element: Element, name: str) -> int:
    """Return a span; a senseless one is 1, an enormous one one more than `WIDEST`."""
    text = element.get(name).strip()
    if not text.isascii() or not text.isdigit():
        return 1
    return max(min(int(text[:6]), WIDEST + 1), 1)


def _cells(row: Element) -> Iterator[Cell]:
    for element in row.elements():
        if element.tag in {"td", "th"}:
            yield Cell(
                element=element,
                columns=_span(element, "colspan"),
                rows=_span(element, "rowspan"),
            )


def rows_of(table: Element) -> list[Row]:
    """Return the rows of a table, its foot last."""
    rows: list[Row] = []
    foot: list[Row] = []
    for part in table.elements():
        if part.tag == "tr":
            rows.append(Row(cells=tuple(_cells(part)), in_head=False))
        elif part.tag in _PARTS:
            target = foot if part.tag == "tfoot" else rows
            target += [
                Row(cells=tuple(_cells(row)), in_head=part.tag == "thead")
                for row in part.elements()
                if row.tag == "tr"
            ]
    rows += foot
    return [row for row in rows if row.cells]


def strays(table: Element) -> list[Words | Element]:
    """Return what stands in a table outside its cells; it is set before the table."""
    found: list[Words | Element] = []
    for child in table.children:
        if isinstance(child, Element) and child.tag in _PARTS:
            inner = strays(child) if child.tag != "tr" else _outside_cells(child)
            found += inner
        elif isinstance(child, Words) or child.tag not in {"caption", "colgroup"}:
            found.append(child)
    return found


def _outside_cells(row: Element) -> list[Words | Element]:
    return [
        child
        for child in row.children
        if isinstance(child, Words) or child.tag not in {"td", "th"}
    ]


def _emboldened(runs: Runs) -> Runs:
    return tuple(replace(run, marks=run.marks | {Mark.STRONG}) for run in runs)


def _narrowed(row: list[Runs]) -> list[Runs]:
    """Put what stands beyond the widest table into its last column."""
    if len(row) <= WIDEST:
        return row
    rest = [runs for runs in row[WIDEST - 1 :] if runs]
    return [*row[: WIDEST - 1], joined(rest, " ")]


def _laid(rows: Sequence[Row], texts: Sequence[Sequence[Runs]]) -> list[list[Runs]]:
    """Lay cells into rows; a cell that spans leaves empty ones behind it."""
    laid: list[list[Runs]] = []
    below: dict[int, int] = {}  # column: rows that a cell from above still covers
    for row, row_texts in zip(rows, texts, strict=True):
        line: list[Runs] = []
        covered = {column: left for column, left in below.items() if left > 0}
        below = {column: left - 1 for column, left in covered.items()}
        for cell, text in zip(row.cells, row_texts, strict=True):
            while covered.get(len(line), 0) > 0:
                line.append(())
            start = len(line)
            columns = min(cell.columns, WIDEST)
            line += [text, *[()] * (columns - 1)]
            if cell.rows > 1:
                below |= dict.fromkeys(
                    range(start, start + columns), min(cell.rows, WIDEST) - 1
                )
        laid.append(_narrowed(line))
    return laid


def _aligns(rows: Sequence[Row], width: int) -> list[Align]:
    """Return each column's alignment: what most of its cells below the head ask for."""
    votes: list[list[Align]] = [[] for _ in range(width)]
    for row in rows:
        if row.in_head and len(rows) > 1:
            continue
        for column, cell in enumerate(row.cells[:width]):
            votes[column].append(cell.align)
    return [max(Align, key=vote.count) if vote else Align.START for vote in votes]


def lay(rows: Sequence[Row], texts: Sequence[Sequence[Runs]]) -> Grid | None:
    """Make a grid of rows and their cells' texts; None if nothing stands in it."""
    laid = _laid(rows, texts)
    width = max((len(row) for row in laid), default=0)
    full = [[*row, *[()] * (width - len(row))] for row in laid]
    used = [column for column in range(width) if any(row[column] for row in full)]
    if not used:
        return None
    full = [[row[column] for column in used] for row in full]
    aligns = _aligns(rows, width)
    has_head = rows[0].in_head or all(cell.heads for cell in rows[0].cells)
    has_head = has_head and any(full[0])
    body = [
        tuple(
            _emboldened(runs) if _heads(row, column) else runs
            for column, runs in zip(used, line, strict=True)
        )
        for row, line in zip(rows, full, strict=True)
    ]
    return Grid(
        head=tuple(full[0]) if has_head else (),
        rows=tuple(line for line in body[1 if has_head else 0 :] if any(line)),
        align=tuple(aligns[column] for column in used),
    )


def _heads(row: Row, column: int) -> bool:
    return column < len(row.cells) and row.cells[column].heads
