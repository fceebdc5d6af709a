"""Panels: fact boxes and wide tables, which stand beside the text."""

from __future__ import annotations

import html
from collections.abc import Iterator
from math import ceil

from press.measure.composer import Composer, Room
from press.measure.table import DEEPEST_PANEL, panel_columns, set_in_text, set_table
from press.model.article import Article
from press.model.copy import Block, FactBox, ItemList, Run, Runs, Table
from press.model.furniture import PANEL_PT, Figure, FigureShape
from press.model.layout import Grid, Layout
from press.model.type import TypeStyle

BETWEEN_PT = 3.0
TITLE_PT = 4.0
MARKER_PT = 8.0
WIDEST_FACTS = 2
#: Panels an article may have.
MOST_PANELS = 2


def choose_panels(
    article: Article, grid: Grid, layout: Layout, composer: Composer
) -> tuple[int, ...]:
    """Return the numbers of the blocks that stand beside the text as panels.

    Fact boxes come first, then tables too wide for a column. A box holds only so many
    panels; what is beyond is set in the text.
    """
    room = (grid, layout, composer)
    needed: list[tuple[int, int]] = []
    for number, block in enumerate(article.body.blocks):
        if isinstance(block, FactBox):
            needed.insert(0, (1, number))
        elif isinstance(block, Table) and set_in_text(block, *room) is None:
            needed.append((panel_columns(block, *room), number))
    chosen: list[int] = []
    left = grid.columns
    for columns, number in needed:
        if 0 < columns <= left and len(chosen) < MOST_PANELS:
            chosen.append(number)
            left -= columns
    return tuple(sorted(chosen))


def measure_panels(
    article: Article, grid: Grid, layout: Layout, composer: Composer
) -> tuple[Figure, ...]:
    """Return an article's panels at every width at which they fit."""
    out = []
    for number in choose_panels(article, grid, layout, composer):
        block = article.body.blocks[number]
        if isinstance(block, FactBox):
            shapes = tuple(_facts(block, grid, layout, composer, article.lang))
        elif isinstance(block, Table):
            shapes = tuple(_tables(block, grid, layout, composer))
        else:
            raise TypeError(block)
        out.append(Figure(picture=None, shapes=shapes))
    return tuple(out)


def _shape(columns: int, inside: str, depth: int) -> FigureShape:
    return FigureShape(
        columns=columns,
        natural=float(depth),
        least=depth,
        most=depth,
        caption_depth=1,
        html=inside,
    )


def _tables(
    block: Table, grid: Grid, layout: Layout, composer: Composer
) -> Iterator[FigureShape]:
    for columns in range(1, grid.columns + 1):
        width = grid.width(columns).pt
        table = set_table(block, width, layout, composer)
        if table is not None and table.depth <= DEEPEST_PANEL:
            inside = f'<div class="panel-table">{table.html}</div>'
            yield _shape(columns, inside, table.depth)


def _facts(
    box: FactBox, grid: Grid, layout: Layout, composer: Composer, lang: str
) -> Iterator[FigureShape]:
    title, text = layout.style("panel-title"), layout.style("panel")
    for columns in range(1, min(WIDEST_FACTS, grid.columns) + 1):
        width = grid.width(columns).pt - 2 * PANEL_PT
        heading = composer.lines(
            (Run(text=box.title),), title, Room(width=width), lang, divide=False
        )
        depth = len(heading) * title.leading.pt + TITLE_PT + 2 * PANEL_PT
        parts = []
        for marker, runs in _items(box.blocks):
            html_of, pt = _item(marker, runs, width, (text, composer, lang))
            parts.append(html_of)
            depth += pt
        lines = "\n".join(line.html for line in heading)
        inside = (
            f'<div class="panel-facts"><h3 class="t-panel-title">{lines}</h3>'
            + "".join(parts)
            + "</div>"
        )
        yield _shape(columns, inside, ceil(depth / layout.leading.pt))


def _items(blocks: tuple[Block, ...]) -> Iterator[tuple[str, Runs]]:
    for block in blocks:
        if isinstance(block, ItemList):
            for number, item in enumerate(block.items):
                start = block.start
                marker = "•" if start is None else f"{start + number}."
                for inner in item:
                    for runs in inner.texts():
                        yield marker, runs
                        marker = ""
        else:
            for runs in block.texts():
                yield "", runs


def _item(
    marker: str, runs: Runs, width: float, setting: tuple[TypeStyle, Composer, str]
) -> tuple[str, float]:
    style, composer, lang = setting
    left = MARKER_PT if marker else 0.0
    lines = composer.lines(runs, style, Room(width=width, left=left), lang)
    shown = f'<span class="marker">{html.escape(marker)}</span>' if marker else ""
    css = "t-panel item" if marker else "t-panel"
    text = "\n".join(line.html for line in lines)
    return (
        f'<p class="{css}">{shown}{text}</p>',
        len(lines) * style.leading.pt + BETWEEN_PT,
    )
