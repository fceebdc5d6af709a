"""Tables of HTML as Markdown's, in which every row has as many cells."""

from __future__ import annotations

from typing import Final

from press.intake.markup.inline import Inline
from press.intake.markup.parse import Element, is_tag

_ROWS: Final = frozenset({"tr"})
_CELLS: Final = frozenset({"td", "th"})
_MOST_SPANNED: Final = 50


def table_of(node: Element, inline: Inline) -> str | None:
    """Return a table as Markdown; None where it only places other things on a page."""
    rows = [row for row in node.iter("tr") if _table(row) is node]
    if not rows or any(_nests(row) for row in rows):
        return None
    cells = [[one for one in row if is_tag(one) and one.tag in _CELLS] for row in rows]
    if max(map(len, cells), default=0) <= 1:
        return None
    lines = [[_written(one, inline) for one in _spread(row)] for row in cells]
    width = max(map(len, lines))
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


def _spread(cells: list[Element]) -> list[Element | None]:
    """Return the cells of a row, with nothing where one spans several columns."""
    out: list[Element | None] = []
    for cell in cells:
        span = cell.get("colspan") or "1"
        more = int(span) - 1 if span.isdigit() else 0
        out += [cell, *[None] * min(max(more, 0), _MOST_SPANNED)]
    return out


def _written(cell: Element | None, inline: Inline) -> str:
    if cell is None:
        return ""
    return inline.inside(cell).replace("\\\n", " ").replace("|", "\\|")
