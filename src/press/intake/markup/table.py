"""Tables of HTML as Markdown's, in which every row has as many cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from press.intake.markup.inline import Inline
from press.intake.markup.parse import Element, is_tag
from press.intake.told import number_in

_CELLS: Final = frozenset({"td", "th"})
_MOST_SPANNED: Final = 50
#: A cell that stands over rows below does so in the first columns only.
_WIDEST: Final = 200
#: No table on paper has a hundredth of it; its words become paragraphs.
_MOST_CELLS: Final = 200_000


def table_of(node: Element, inline: Inline) -> str | None:
    """Return a table as Markdown; None where it only places other things on a page."""
    rows = [row for row in node.iter("tr") if _table(row) is node]
    if not rows or any(_nests(row) for row in rows):
        return None
    cells = [[one for one in row if is_tag(one) and one.tag in _CELLS] for row in rows]
    if max(map(len, cells), default=0) <= 1:
        return None
    spread = _spread(rows, cells)
    width = max(map(len, spread))
    if width * len(rows) > _MOST_CELLS:
        return None
    lines = [[_written(one, inline) for one in line] for line in spread]
    lines = [line + [""] * (width - len(line)) for line in lines]
    head = lines.pop(0) if _is_head(rows[0], cells[0]) else [""] * width
    shown = [head, ["---"] * width, *lines]
    made = "\n".join(f"| {' | '.join(line)} |" for line in shown)
    titles = [inline.inside(one) for one in node.iter("caption")]
    return "\n\n".join([*(f"**{title}**" for title in titles if title), made])


def _table(row: Element) -> Element | None:
    parent = row.getparent()
    while parent is not None and parent.tag != "table":
        parent = parent.getparent()
    return parent


def _nests(row: Element) -> bool:
    return next(row.iter("table", "figure", "blockquote", "pre"), None) is not None


def _is_head(row: Element, cells: list[Element]) -> bool:
    parent = row.getparent()
    in_head = parent is not None and parent.tag == "thead"
    return in_head or (bool(cells) and all(one.tag == "th" for one in cells))


@dataclass(slots=True, kw_only=True)
class _Overhang:
    """The cells of rows above that reach into the next ones.

    Attributes:
        down: How many more rows a cell of each column reaches into.
    """

    down: dict[int, int] = field(default_factory=dict)

    def line(self, cells: list[Element]) -> list[Element | None]:
        """Return the cells of the next row; nothing where another one reaches into it."""
        out: list[Element | None] = []
        above, self.down = (
            self.down,
            {column: more - 1 for column, more in self.down.items() if more > 1},
        )
        for cell in cells:
            while len(out) in above:
                out.append(None)
            across = min(max(number_in(cell.get("colspan") or ""), 1), _MOST_SPANNED)
            below = _rows_below(cell)
            if below:
                columns = range(len(out), min(len(out) + across, _WIDEST))
                self.down |= dict.fromkeys(columns, below)
            out += [cell, *[None] * (across - 1)]
        while len(out) in above:
            out.append(None)
        return out


def _rows_below(cell: Element) -> int:
    """Return how many rows below its own a cell reaches into: 0 means all of its part."""
    said = (cell.get("rowspan") or "1").strip()
    return _MOST_CELLS if said == "0" else max(number_in(said) - 1, 0)


def _spread(
    rows: list[Element], cells: list[list[Element]]
) -> list[list[Element | None]]:
    """Return the cells of each row, with nothing where one spans several places.

    Cells reach no further than their part of the table: its head, its body, its foot.
    """
    out = []
    overhang, part = _Overhang(), None
    for row, held in zip(rows, cells, strict=True):
        if row.getparent() is not part:
            overhang, part = _Overhang(), row.getparent()
        out.append(overhang.line(held))
    return out


def _written(cell: Element | None, inline: Inline) -> str:
    if cell is None:
        return ""
    return inline.inside(cell).replace("\\\n", " ").replace("|", "\\|")
