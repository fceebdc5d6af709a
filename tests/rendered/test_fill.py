"""`fill` against WeasyPrint: the same galleys, the same slots, the same breaks."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
import weasyprint
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.text.fonts import FontConfiguration

from press.flatplan.fill import Rows, fill
from press.model.galley import BlockKind, Galley, GalleyBlock, GalleyLine

LEADING = 11
BATCHES, CASES = 20, 26
CSS = """
@page { margin: 0; size: 100pt 400pt }
body { margin: 0; font: 9pt/11pt serif; white-space: pre }
p, h3, div { margin: 0; padding: 0; orphans: 2; widows: 2 }
p.opening { orphans: 3 }
h3 { font-weight: normal; font-size: 9pt; break-after: avoid }
div { break-inside: avoid }
.space { margin-top: 11pt }
"""


def a_galley(chance: random.Random) -> Galley:
    """Make a galley of paragraphs, crossheads and solid blocks of random depths."""
    blocks: list[GalleyBlock] = []
    for number in range(chance.randint(1, 14)):
        last = blocks[-1].kind if blocks else BlockKind.HEAD
        kind = BlockKind.TEXT
        if last is not BlockKind.HEAD and chance.random() < 0.3:
            kind = chance.choice([BlockKind.HEAD, BlockKind.SOLID])
        if kind is BlockKind.SOLID:
            height, space = chance.randint(2, 4), chance.randint(0, 1)
        elif kind is BlockKind.HEAD:
            height, space = chance.choice([1, 1, 1, 2]), 1
        else:
            height, space = chance.randint(1, 12), int(chance.random() < 0.15)
        if number == 0:
            space = 0
        blocks.append(a_block(kind, height, space, opening=number == 0))
    if blocks[-1].kind is BlockKind.HEAD:
        blocks.append(a_block(BlockKind.TEXT, 4, 0, opening=False))
    return Galley(measure=100, blocks=tuple(blocks))


def a_block(kind: BlockKind, height: int, above: int, *, opening: bool) -> GalleyBlock:
    line = GalleyLine(html="x", indent=0, measure=100)
    return GalleyBlock(
        kind=kind,
        css="",
        tag="p",
        height=height,
        lines=(line,) * height,
        above=above,
        orphans=3 if opening and kind is BlockKind.TEXT else 2,
    )


def as_html(galley: Galley) -> str:
    tags = {BlockKind.TEXT: "p", BlockKind.HEAD: "h3", BlockKind.SOLID: "div"}
    out = []
    for number, block in enumerate(galley.blocks):
        text = "\n".join(f"{number}.{line}" for line in range(block.height))
        css = "opening" if block.orphans == 3 else ""
        css += " space" if block.above else ""
        tag = tags[block.kind]
        out.append(f'<{tag} class="{css}">{text}</{tag}>')
    return "".join(out)


def lines_of(box: object) -> Iterator[str]:
    for child in getattr(box, "children", ()):
        if isinstance(child, LineBox):
            yield "".join(text.text for text in child.children)
        else:
            yield from lines_of(child)


def breaks_of_weasyprint(
    galley: Galley, slots: list[int], fonts: FontConfiguration
) -> list[list[str]]:
    sizes = "".join(
        f"@page:nth({number}){{size:100pt {lines * LEADING}pt}}"
        for number, lines in enumerate(slots, 1)
    )
    style = weasyprint.CSS(string=CSS + sizes, font_config=fonts)
    html = weasyprint.HTML(string=f"<html lang=en><body>{as_html(galley)}")
    document = html.render(stylesheets=[style], font_config=fonts)
    return [list(lines_of(page._page_box)) for page in document.pages]


def breaks_of_fill(galley: Galley, slots: list[int]) -> list[list[str]]:
    rows = Rows(galley)
    start, out = 0, []
    for stop in fill(rows, [(0, 0, lines) for lines in slots]).stops:
        column = []
        for row in rows.rows[start:stop]:
            block = galley.blocks[row.block]
            if block.kind is BlockKind.SOLID:
                column += [f"{row.block}.{line}" for line in range(block.height)]
            else:
                column.append(f"{row.block}.{row.line}")
        out.append(column)
        start = stop
    return out


@pytest.mark.rendered
@pytest.mark.parametrize("batch", range(BATCHES))
def test_fill_breaks_columns_exactly_where_weasyprint_does(batch: int) -> None:
    fonts = FontConfiguration()

    for case in range(CASES):
        chance = random.Random(batch * 1000 + case)
        galley = a_galley(chance)
        slots = [chance.randint(4, 30) for _ in range(60)]

        ours = breaks_of_fill(galley, slots)

        assert ours == breaks_of_weasyprint(galley, slots, fonts), (batch, case)
