"""Tables set by arithmetic: column widths, lines in cells, depth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from press.measure.composer import Composer, Room
from press.model.copy import Align, Mark, Run, Runs, Table
from press.model.galley import GalleyLine
from press.model.layout import Grid, Layout
from press.model.type import TypeStyle

PADDING_PT = 5.0
ROW_PT = 3.0
CAPTION_PT = 3.0
#: A table in the text is never deeper than this, in grid lines.
DEEPEST_IN_TEXT = 24
#: A panel is never deeper than this, in grid lines.
DEEPEST_PANEL = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTable:
    """A table as it is printed.

    Attributes:
        html: The table, with every line break in place.
        depth: Grid lines it takes.
    """

    html: str
    depth: int


def set_table(
    table: Table, width: float, layout: Layout, composer: Composer
) -> SetTable | None:
    """Set a table in so many points; None where it does not fit."""
    styles = layout.style("table-head"), layout.style("table")
    rows = [(styles[0], table.head)] if table.head else []
    rows += [(styles[1], row) for row in table.rows]
    widths = _columns(rows, len(table.align), width, composer)
    if widths is None:
        return None
    html, depth = _caption(table.caption, width, layout, composer)
    out = [html, "<table><colgroup>"]
    out += [f'<col style="width:{one:.2f}pt">' for one in widths]
    out.append("</colgroup>")
    for number, (style, cells) in enumerate(rows):
        lines = list(_cells(cells, style, widths, composer))
        depth += max(map(len, lines), default=1) * style.leading.pt + ROW_PT
        head = number == 0 and bool(table.head)
        out.append(_row(lines, table.align, style, tag="th" if head else "td"))
    out.append("</table>")
    return SetTable(html="".join(out), depth=ceil(depth / layout.leading.pt))


def set_in_text(
    table: Table, grid: Grid, layout: Layout, composer: Composer
) -> SetTable | None:
    """Set a table in a column; None where it must stand elsewhere."""
    found = set_table(table, grid.column.pt, layout, composer)
    return found if found and found.depth <= DEEPEST_IN_TEXT else None


def panel_columns(table: Table, grid: Grid, layout: Layout, composer: Composer) -> int:
    """Return the fewest columns at which a table can stand beside the text, or 0."""
    for columns in range(1, grid.columns + 1):
        panel = set_table(table, grid.width(columns).pt, layout, composer)
        if panel is not None and panel.depth <= DEEPEST_PANEL:
            return columns
    return 0


def _columns(
    rows: Sequence[tuple[TypeStyle, Sequence[Runs]]],
    count: int,
    width: float,
    composer: Composer,
) -> list[float] | None:
    """Share the width out: what every column would like, or at least its longest word."""
    wish, least = [0.0] * count, [0.0] * count
    for style, cells in rows:
        for i, cell in enumerate(cells[:count]):
            wish[i] = max(wish[i], sum(composer.advances(cell, style)) + PADDING_PT)
            least[i] = max(least[i], composer.narrowest(cell, style) + PADDING_PT)
    if sum(least) > width:
        return None
    if sum(wish) <= width:
        spare = (width - sum(wish)) / count
        return [one + spare for one in wish]
    share = (width - sum(least)) / (sum(wish) - sum(least))
    return [a + (b - a) * share for a, b in zip(least, wish, strict=True)]


def _cells(
    cells: Sequence[Runs], style: TypeStyle, widths: list[float], composer: Composer
) -> Iterator[tuple[GalleyLine, ...]]:
    for cell, width in zip(cells, widths, strict=False):
        room = Room(width=width - PADDING_PT + 0.05)
        yield composer.lines(cell, style, room, "", divide=False)


def _row(
    cells: list[tuple[GalleyLine, ...]],
    align: tuple[Align, ...],
    style: TypeStyle,
    *,
    tag: str,
) -> str:
    out = []
    for lines, side in zip(cells, align, strict=False):
        css = f' class="t-{style.name} {side.value}"'
        out.append(
            f"<{tag}{css}>" + "\n".join(line.html for line in lines) + f"</{tag}>"
        )
    return "<tr>" + "".join(out) + "</tr>"


def _caption(
    runs: Runs, width: float, layout: Layout, composer: Composer
) -> tuple[str, float]:
    if not runs:
        return "", 0.0
    style = layout.style("panel-title")
    lines = composer.lines(runs, style, Room(width=width), "", divide=False)
    text = "\n".join(line.html for line in lines)
    html = f'<p class="t-panel-title">{text}</p>'
    return html, len(lines) * style.leading.pt + CAPTION_PT


def spell_out(table: Table) -> tuple[Runs, ...]:
    """Return a table as paragraphs, a row each, for where it fits no width.

    The first cell leads in bold; every further cell follows its column's head.
    """
    heads = table.head or ((),) * len(table.align)
    out: list[Runs] = []
    for row in table.rows:
        runs: list[Run] = []
        for number, cell in enumerate(row):
            if not cell:
                continue
            if number == 0:
                runs += [replace(r, marks=r.marks | {Mark.STRONG}) for r in cell]
                continue
            head = heads[number] if number < len(heads) else ()
            runs.append(Run(text="; " if number > 1 else " – "))
            runs += [*head, Run(text=": ")] if head else []
            runs += cell
        out.append(tuple(runs))
    return tuple(out)
