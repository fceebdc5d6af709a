"""Copy as well-formed XHTML: the only markup that copy brings into mail and web pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from press.model.copy import (
    Align,
    Block,
    BlockQuote,
    Crosshead,
    FactBox,
    ItemList,
    Listing,
    Mark,
    Note,
    Paragraph,
    ParagraphRole,
    Run,
    Runs,
    Separator,
    Table,
)
from press.model.page import Html

_ADDRESS = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
#: What no XML may hold, not even as a reference (XML 1.0, 2.2).
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DEEPEST = 6


def serialise(runs: Runs) -> Html:
    """Write runs as XHTML: emphasis, weight, script, links; everything else is text.

    Links are written where they are http, https or mailto addresses.
    """
    return Html(
        "".join(
            _linked(link or "", "".join(_marked(run) for run in linked))
            for link, linked in groupby(runs, key=lambda run: run.link)
        )
    )


def legal(text: str) -> str:
    """Return a text with a replacement character for all that XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


def _text(text: str) -> str:
    return escape(legal(text))


def _linked(link: str, markup: str) -> str:
    if _ADDRESS.match(link):
        return f'<a href="{_text(link)}">{markup}</a>'
    return markup


def _marked(run: Run) -> str:
    text = _text(run.text).replace("\n", "<br />")
    for mark in sorted(run.marks, key=_INSIDE.index):
        text = f"<{mark.value}>{text}</{mark.value}>"
    return text


#: Which mark stands inside which, from the innermost on.
_INSIDE = (
    Mark.CODE,
    Mark.SUPERSCRIPT,
    Mark.SUBSCRIPT,
    Mark.DELETED,
    Mark.EMPHASIS,
    Mark.STRONG,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture with what is said about it.

    Attributes:
        src: Where it is.
        width: In CSS pixels.
        height: Likewise.
        alt: What it shows; empty for a picture that only adorns.
        caption: May be empty.
        credit: Who made it; may be empty.
        kind: Its class, such as "photo".
    """

    src: str
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    credit: str = ""
    kind: str = ""

    @property
    def markup(self) -> Html:
        """The picture with caption and credit, as XHTML."""
        said = [_text(self.caption)] if self.caption else []
        if self.credit:
            said.append(f'<span class="credit">{_text(self.credit)}</span>')
        caption = f"<figcaption>{' '.join(said)}</figcaption>" if said else ""
        kind = f' class="{_text(self.kind)}"' if self.kind else ""
        return Html(f"<figure{kind}>{self.image}{caption}</figure>")

    @property
    def image(self) -> Html:
        """The picture alone, as XHTML."""
        return Html(
            f'<img src="{_text(self.src)}" width="{self.width}"'
            f' height="{self.height}" alt="{_text(self.alt)}" />'
        )


def as_it_is(address: str) -> str:
    """Return an address as it is."""
    return address


@dataclass(slots=True, kw_only=True)
class CopyWriter:
    """Writes the blocks of one article, in reading order.

    Attributes:
        heading: Level of the highest crossheads, 2 to 6. None is ever more than one
            level below the one before it, as screen readers expect.
        address: Makes each link's address ready; an empty one leaves the words alone.
        page: Whether it is for a page of its own, where notes and their references lead
            to each other and wide tables scroll; not for a mail, which other pages show.
        back: What the way back from a note is called.
    """

    heading: int = 2
    address: Callable[[str], str] = as_it_is
    page: bool = False
    back: str = "Back to the text"
    _level: int = 0
    _referred: set[int] = field(default_factory=set)

    def blocks(self, blocks: Iterable[Block]) -> Html:
        """Write blocks one after the other."""
        return Html("\n".join(self.block(block) for block in blocks))

    def notes(self, notes: Iterable[Note]) -> Html:
        """Write notes as a list, each with its number and the way back to the text."""
        items = "\n".join(self._note(note) for note in notes)
        return Html(f'<ol class="notes">\n{items}\n</ol>' if items else "")

    def block(self, block: Block) -> Html:
        """Write one block."""
        if isinstance(block, ItemList | BlockQuote | FactBox | Table):
            return Html(self._nest(block))
        match block:
            case Paragraph():
                return Html(self._paragraph(block))
            case Crosshead():
                return Html(self._head(block.level, self.runs(block.runs)))
            case Listing():
                lines = "\n".join(_text(line) for line in block.lines)
                return Html(f"<pre><code>{lines}</code></pre>")
            case Separator():
                return Html("<hr />")

    def _nest(self, block: ItemList | BlockQuote | FactBox | Table) -> str:
        match block:
            case ItemList():
                return self._list(block)
            case BlockQuote():
                return self._quote(block)
            case FactBox():
                return self._facts(block)
            case Table():
                return self._table(block)

    def runs(self, runs: Runs) -> Html:
        """Write runs: marks, links, references to notes; everything else is text."""
        return Html(
            "".join(
                self._link(link or "", "".join(self._run(run) for run in linked))
                for link, linked in groupby(runs, key=lambda run: run.link)
            )
        )

    def _link(self, link: str, markup: str) -> str:
        return _linked(self.address(link) if link else "", markup)

    def _run(self, run: Run) -> str:
        if run.note is None:
            return _marked(run)
        number = _text(run.text)
        if not self.page:
            return f"<sup>{number}</sup>"
        # A note may be referred to twice, an id stands once: the way back is the first.
        first = run.note not in self._referred
        self._referred.add(run.note)
        name = f' id="ref-{run.note}"' if first else ""
        return f'<sup><a{name} href="#note-{run.note}">{number}</a></sup>'

    def _note(self, note: Note) -> str:
        written = [self.block(block) for block in note.blocks]
        name = f' id="note-{note.number}"' if self.page else ""
        if self.page:
            back = (
                f'<a class="back" href="#ref-{note.number}"'
                f' aria-label="{note.number}: {_text(self.back)}">↩</a>'
            )
            if written and written[-1].endswith("</p>"):
                written[-1] = Html(f"{written[-1].removesuffix('</p>')} {back}</p>")
            else:
                written.append(Html(f"<p>{back}</p>"))
        inside = "\n".join(written)
        return f'<li value="{note.number}"{name}>{inside}</li>'

    def _paragraph(self, paragraph: Paragraph) -> str:
        role = paragraph.role
        name = "" if role is ParagraphRole.BODY else f' class="{role.value}"'
        return f"<p{name}>{self.runs(paragraph.runs)}</p>"

    def _head(self, level: int, markup: str) -> str:
        rank = min(level, (self._level or 0) + 1)
        self._level = rank
        tag = f"h{min(self.heading + rank - 1, _DEEPEST)}"
        return f"<{tag}>{markup}</{tag}>"

    def _list(self, items: ItemList) -> str:
        inside = "\n".join(f"<li>{self._item(item)}</li>" for item in items.items)
        if items.start is None:
            return f"<ul>\n{inside}\n</ul>"
        start = "" if items.start == 1 else f' start="{items.start}"'
        return f"<ol{start}>\n{inside}\n</ol>"

    def _item(self, item: tuple[Block, ...]) -> str:
        match item:
            case (Paragraph(role=ParagraphRole.BODY) as only,):
                return self.runs(only.runs)
            case _:
                return self.blocks(item)

    def _quote(self, quote: BlockQuote) -> str:
        """Write a quotation; whose words it is stands outside of it."""
        said = [block for block in quote.blocks if not _is_credit(block)]
        credits_ = [block for block in quote.blocks if _is_credit(block)]
        quoted = f"<blockquote>\n{self.blocks(said)}\n</blockquote>"
        if not credits_:
            return quoted
        named = "<br />".join(
            self.runs(block.runs) for block in credits_ if isinstance(block, Paragraph)
        )
        return (
            f'<figure class="quote">{quoted}<figcaption>{named}</figcaption></figure>'
        )

    def _facts(self, box: FactBox) -> str:
        head = self._head(1, _text(box.title)) if box.title.strip() else ""
        return f'<div class="facts">{head}\n{self.blocks(box.blocks)}\n</div>'

    def _table(self, table: Table) -> str:
        caption = self.runs(table.caption)
        parts = [f"<caption>{caption}</caption>"] if caption else []
        named_rows = bool(table.head) and not _says(table.head[0])
        if table.head:
            cells = zip(table.head, table.align, strict=True)
            head = "".join(self._cell(runs, align, "col") for runs, align in cells)
            parts.append(f"<thead><tr>{head}</tr></thead>")
        rows = "\n".join(
            f"<tr>{''.join(self._row(row, table, named=named_rows))}</tr>"
            for row in table.rows
        )
        parts.append(f"<tbody>\n{rows}\n</tbody>")
        inside = "\n".join(parts)
        whole = f"<table>\n{inside}\n</table>"
        # On a telephone it can be scrolled sideways, by keyboard too.
        return f'<div class="table" tabindex="0">{whole}</div>' if self.page else whole

    def _row(
        self, row: tuple[Runs, ...], table: Table, *, named: bool
    ) -> Iterator[str]:
        for number, (runs, align) in enumerate(zip(row, table.align, strict=True)):
            yield self._cell(runs, align, "row" if named and number == 0 else "")

    def _cell(self, runs: Runs, align: Align, scope: str) -> str:
        looks = "" if align is Align.START else f' class="{align.value}"'
        if scope and _says(runs):
            return f'<th scope="{scope}"{looks}>{self.runs(runs)}</th>'
        return f"<td{looks}>{self.runs(runs)}</td>"


def _is_credit(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role is ParagraphRole.CREDIT


def _says(runs: Runs) -> bool:
    return any(run.text.strip() for run in runs)
