"""The same copy as one plain multi-column WeasyPrint document.

What a template system does: every article in a five-column element whose columns
WeasyPrint balances. `python -m benchmarks.plain PAPER EDITION OUT.pdf`.
"""

from __future__ import annotations

import html
import sys
from collections.abc import Iterator
from pathlib import Path

from press.desk.reading import Desk, read_desk
from press.model.article import Article
from press.model.copy import (
    Block,
    BlockQuote,
    Crosshead,
    FactBox,
    ItemList,
    Listing,
    Runs,
    Separator,
    Table,
)
from press.model.layout import Layout


def plain_html(desk: Desk) -> str:
    """Return the edition as one document."""
    articles = [desk.copy.polished(a.slug) for a in desk.edition.articles]
    body = "".join(_article(article, desk.root) for article in articles)
    return f"<!doctype html><html lang={desk.edition.lang}><style>{_css(desk.layout)}</style>{body}"


def _css(layout: Layout) -> str:
    faces = "".join(
        f'@font-face {{ font-family: "{f.family}"; src: url("{Path(f.file).as_uri()}");'
        f" font-weight: {f.weight}; font-style: {'italic' if f.italic else 'normal'} }}"
        for f in layout.faces
        if not f.script
    )
    body, margins = layout.style("body"), layout.margins
    return f"""{faces}
@page {{ size: {layout.width.mm}mm {layout.height.mm}mm;
  margin: {margins.top.mm}mm {margins.right.mm}mm {margins.bottom.mm}mm {margins.left.mm}mm }}
body {{ font: {body.size.pt}pt/{body.leading.pt}pt "{body.family}"; margin: 0 }}
.text {{ columns: 5; column-gap: {layout.grids[0].gutter.mm}mm; column-fill: balance;
  text-align: justify; hyphens: auto; orphans: 2; widows: 2 }}
p, ul, ol, blockquote, table, h2, h3, figure {{ margin: 0 }}
p + p {{ text-indent: 9pt }}
h2 {{ font: 900 33pt/36pt "{body.family}"; break-after: avoid }}
h3 {{ font: 900 9.6pt/11pt "Press Sans"; margin-top: 11pt; break-after: avoid }}
img {{ width: 100%; max-height: 120mm; object-fit: contain }}
figure {{ width: 60% }}
"""


def _article(article: Article, root: Path) -> str:
    pictures = "".join(
        f'<figure><img src="{(root / picture.file).as_uri()}">'
        f"<figcaption>{html.escape(picture.caption)}</figcaption></figure>"
        for picture in article.pictures[:2]
    )
    text = "".join(_blocks(article.body.blocks))
    return (
        f"<article><h2>{html.escape(article.printed_headline)}</h2>"
        f"<p>{html.escape(article.standfirst)}</p>{pictures}"
        f'<div class="text">{text}</div></article>'
    )


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Crosshead():
                yield f"<h3>{_runs(block.runs)}</h3>"
            case ItemList():
                items = "".join(f"<li>{''.join(_blocks(i))}</li>" for i in block.items)
                yield f"<ul>{items}</ul>"
            case BlockQuote() | FactBox():
                yield f"<blockquote>{''.join(_blocks(block.blocks))}</blockquote>"
            case Table():
                rows = "".join(
                    f"<tr>{''.join(f'<td>{_runs(c)}</td>' for c in row)}</tr>"
                    for row in (block.head, *block.rows)
                )
                yield f"<table>{rows}</table>"
            case Listing():
                yield f"<pre>{html.escape(chr(10).join(block.lines))}</pre>"
            case Separator():
                yield "<p>* * *</p>"
            case _:
                yield f"<p>{_runs(block.runs)}</p>"


def _runs(runs: Runs) -> str:
    return "".join(html.escape(run.text) for run in runs)


def main(paper: Path, edition: str, out: Path) -> None:
    import weasyprint

    desk = read_desk(paper, edition).value
    if desk is None:
        raise SystemExit("the edition has faults: press check says which")
    document = weasyprint.HTML(string=plain_html(desk), base_url=str(paper))
    document.write_pdf(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
