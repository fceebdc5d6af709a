"""What each tag becomes on the page."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from press.manifest.body.contents import announces_contents, leads_only_to_itself
from press.manifest.body.credit import find_credit
from press.manifest.body.flow import Flow, Handler
from press.manifest.body.masking import TOKEN
from press.manifest.body.paywall import find_misplaced
from press.manifest.body.style import Style
from press.manifest.body.table import WIDEST, Row, lay, rows_of, strays
from press.manifest.body.tidy import BREAK, joined
from press.manifest.body.tree import (
    CONTAINER,
    NOTE,
    PAYWALL,
    REFERENCE,
    Element,
    Words,
)
from press.model.copy import (
    Block,
    BlockQuote,
    Crosshead,
    FactBox,
    ItemList,
    Listing,
    Mark,
    Paragraph,
    ParagraphRole,
    Run,
    Separator,
    Table,
    plain,
)

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_COMMENT: Final = re.compile(r"cmnt\d+")
_ROLES: Final = {
    "signature": ParagraphRole.SIGNATURE,
    "contributor": ParagraphRole.CONTRIBUTOR,
}


def _paragraph(flow: Flow, element: Element, style: Style) -> None:
    flow.flush()
    if _is_comment(element):
        flow.reader.report.warning(
            "article.markup-removed",
            f"an editor's comment of {len(element.words().split())} words was taken out",
            element.line,
            hint="it came with a text pasted from Google Docs",
        )
    elif leads_only_to_itself(element):
        _drop_contents(flow, element)
    else:
        flow.nodes(element.children, style)
        flow.flush()


def _is_comment(element: Element) -> bool:
    """Whether a paragraph is a comment as Google Docs writes it at a text's end."""
    first = next(element.elements(), None)
    return first is not None and _COMMENT.fullmatch(first.get("id")) is not None


def _link(flow: Flow, element: Element, style: Style) -> None:
    if _COMMENT.fullmatch(element.get("href").lstrip("#")):
        return
    link = flow.reader.judge.link(element) if element.attributes else None
    flow.nodes(element.children, style.with_link(link or style.link))


def _quoted(flow: Flow, element: Element, style: Style) -> None:
    flow.text('"', element.line, style)
    flow.nodes(element.children, style)
    flow.text('"', element.line, style)


def _break(flow: Flow, element: Element, style: Style) -> None:
    """Break the line; a second break in a row ends the paragraph."""
    if flow.last_text() == BREAK:
        flow.flush()
    else:
        flow.gather(Run(text=BREAK, marks=style.marks), element.line)


def _crosshead(flow: Flow, element: Element, style: Style) -> None:
    flow.flush()
    runs = flow.reader.line(element, style)
    if runs:
        flow.reader.judge.anchor(plain(runs))
        place = flow.reader.report.block(element.line)
        flow.add(Crosshead(runs=runs, level=_HEADINGS[element.tag], place=place))


def _bold_line(flow: Flow, element: Element, style: Style) -> None:
    flow.flush()
    flow.nodes(element.children, style.with_mark(Mark.STRONG))
    flow.flush()


def _item(node: Words | Element) -> Element:
    """Return an item of a list; what a writer put between items is one too."""
    if isinstance(node, Element) and node.tag == "li":
        return node
    return Element(tag="li", line=node.line, children=[node])


def _list(flow: Flow, element: Element, style: Style) -> None:
    flow.flush()
    if leads_only_to_itself(element):
        _drop_contents(flow, element)
        return
    items = [flow.reader.blocks(_item(node), style) for node in element.children]
    items = [blocks for blocks in items if blocks]
    if items:
        place = flow.reader.report.block(element.line)
        start = _start(element) if element.tag == "ol" else None
        flow.add(ItemList(items=tuple(items), start=start, place=place))


def _start(element: Element) -> int:
    text = element.get("start").strip()
    return int(text[:9]) if text.isascii() and text.isdigit() else 1


def _drop_contents(flow: Flow, element: Element) -> None:
    count = len(element.words().split())
    for node in element.walk():
        if isinstance(node, Element) and node.tag == "a":
            flow.reader.judge.link(node)
    last = flow.blocks[-1] if flow.blocks else None
    if isinstance(last, Crosshead | Paragraph) and element.tag != "p":
        text = plain(last.runs)
        if announces_contents(text):
            flow.drop_last()
            count += len(text.split())
    flow.reader.report.note(
        "article.contents-dropped",
        f"links to places in this article were left out ({count} words): "
        "on paper nobody can follow them",
        element.line,
    )


def _quote(flow: Flow, element: Element, style: Style) -> None:
    flow.flush()
    reader = flow.reader
    quotation = find_credit(element)
    blocks = reader.blocks(quotation.body, style)
    if quotation.credit is not None:
        runs = reader.line(quotation.credit, style)
        place = reader.report.block(quotation.credit.line)
        if runs:
            role = ParagraphRole.CREDIT
            blocks = (*blocks, Paragraph(runs=runs, role=role, place=place))
    if blocks:
        flow.add(BlockQuote(blocks=blocks, place=reader.report.block(element.line)))


def _aside(flow: Flow, element: Element, style: Style) -> None:
    """Read an aside: a pull quote, a box of facts if it has a title, or text."""
    flow.flush()
    if element.has_class("pquote", "pullquote", "pull-quote", "blockquote"):
        _quote(flow, element, style)
        return
    title = _box_title(flow, element)
    heading = next(element.elements(), None)
    if not title and heading is not None and heading.tag in _HEADINGS:
        title = plain(flow.reader.line(heading, style))
        flow.reader.judge.anchor(title)
        element.children.remove(heading)
    blocks = flow.reader.blocks(element, style)
    if title and blocks:
        place = flow.reader.report.block(element.line)
        blocks = (FactBox(title=title, blocks=blocks, place=place),)
    flow.add(*blocks)


def _box_title(flow: Flow, element: Element) -> str:
    """Return the title of a box that a shortcode drew."""
    token = TOKEN.fullmatch(element.get("data-mask"))
    shortcode = flow.reader.judge.mask_of(token[1]).shortcode if token else None
    return shortcode.setting("title", "heading", "label") if shortcode else ""


def _container(flow: Flow, element: Element, style: Style) -> None:
    """Read a `::: name title` box."""
    name, _, title = element.get("info").partition(" ")
    blocks = flow.reader.blocks(element, style)
    place = flow.reader.report.block(element.line)
    if name == "facts":
        title = flow.reader.judge.setting(html.unescape(title), element.line)
        if blocks:
            blocks = (FactBox(title=title, blocks=blocks, place=place),)
    elif name in _ROLES:
        blocks = _with_role(blocks, _ROLES[name])
    else:
        flow.reader.report.warning(
            "article.container",
            f"there is no box “{name}”: what stands in it is set as running text",
            element.line,
            hint="boxes are: facts, signature, contributor",
            near=name,
        )
    flow.add(*blocks)


def _with_role(blocks: tuple[Block, ...], role: ParagraphRole) -> tuple[Block, ...]:
    return tuple(
        replace(block, role=role) if isinstance(block, Paragraph) else block
        for block in blocks
    )


def _figure(flow: Flow, element: Element, style: Style) -> None:
    """Read a figure; its caption goes with its picture or quotation, or stays as text."""
    flow.flush()
    captions = [child for child in element.elements() if child.tag == "figcaption"]
    others = [child for child in element.children if child not in captions]
    quote = next((c for c in element.elements() if c.tag == "blockquote"), None)
    if quote is not None:
        quote.children += captions
        captions = []
    first = len(flow.reader.pictures)
    flow.nodes(others, style)
    shows = len(flow.reader.pictures) > first or any(
        isinstance(node, Element) and node.tag == "img" for node in element.walk()
    )
    for caption in captions:
        if shows:
            runs = flow.reader.line(caption, style)
            flow.reader.caption(first, plain(runs))
        else:
            flow.flush()
            flow.nodes(caption.children, style)
    flow.flush()


def _picture(flow: Flow, element: Element, style: Style) -> None:
    if not element.has_class("avatar"):
        flow.reader.picture(element)


def _listing(flow: Flow, element: Element, style: Style) -> None:
    judge = flow.reader.judge
    text = judge.source.literal(element.words()).replace("\r", "\n")
    cleaned = judge.sweeper.clean(text, element.line)
    lines = [line.expandtabs(4).rstrip() for line in cleaned.split("\n")]
    filled = [number for number, line in enumerate(lines) if line]
    if filled:
        place = flow.reader.report.block(element.line)
        shown = lines[filled[0] : filled[-1] + 1]
        flow.add(Listing(lines=tuple(shown), place=place))


def _separator(flow: Flow, element: Element, style: Style) -> None:
    flow.flush()
    if flow.blocks and not isinstance(flow.blocks[-1], Separator):
        flow.add(Separator(place=flow.reader.report.block(element.line)))


def _note_reference(flow: Flow, element: Element, style: Style) -> None:
    number = flow.reader.notes.number_of(element)
    if number is not None:
        flow.gather(Run(text=str(number), note=number), element.line)


def _paywall(flow: Flow, element: Element, style: Style) -> None:
    """Remember where the paywall line stands; it prints nothing itself."""
    if flow is not flow.reader.body:
        find_misplaced(element, flow.reader.report, inside=True)
    elif find_misplaced(element, flow.reader.report, inside=False):
        flow.flush()
        flow.reader.walls.append((len(flow.blocks), element.line))


def _nothing(flow: Flow, element: Element, style: Style) -> None:
    """Leave out what is read elsewhere."""


def _table(flow: Flow, element: Element, style: Style) -> None:
    flow.flush()
    reader = flow.reader
    flow.nodes(strays(element), style)
    rows = rows_of(element)
    _check_spans(flow, rows, element)
    captions = [child for child in element.elements() if child.tag == "caption"]
    caption = joined([reader.line(child, style) for child in captions], " ")
    texts = [
        [reader.line(cell.element, style, BREAK) for cell in row.cells] for row in rows
    ]
    grid = lay(rows, texts) if rows else None
    place = reader.report.block(element.line)
    if grid is not None:
        table = Table(
            head=grid.head,
            rows=grid.rows,
            align=grid.align,
            caption=caption,
            place=place,
        )
        flow.add(table)
    elif caption:
        flow.add(Paragraph(runs=caption, place=place))


def _check_spans(flow: Flow, rows: list[Row], table: Element) -> None:
    spans = [max(cell.columns, cell.rows) for row in rows for cell in row.cells]
    count = sum(span > 1 for span in spans)
    widest = max((len(row.cells) for row in rows), default=0)
    if max(widest, *spans, 0) > WIDEST:
        flow.reader.report.warning(
            "article.extreme",
            f"more than {WIDEST} columns in a table, or columns or rows to a cell: "
            "it was cut to that, its words stay",
            table.line,
            hint="split the table",
        )
    elif count:
        flow.reader.report.warning(
            "article.table-spans",
            f"{count} cells of this table span several columns or rows: "
            "each became one cell and empty ones",
            table.line,
            hint="look at the table on the page",
        )


HANDLERS: Final[Mapping[str, Handler]] = {
    **dict.fromkeys(_HEADINGS, _crosshead),
    **dict.fromkeys(("ul", "ol", "menu"), _list),
    **dict.fromkeys(("dt", "summary"), _bold_line),
    **dict.fromkeys(("pre", "listing", "plaintext"), _listing),
    "a": _link,
    "aside": _aside,
    "blockquote": _quote,
    "br": _break,
    "figure": _figure,
    "hr": _separator,
    "img": _picture,
    "p": _paragraph,
    "q": _quoted,
    "table": _table,
    CONTAINER: _container,
    NOTE: _nothing,
    PAYWALL: _paywall,
    REFERENCE: _note_reference,
}
