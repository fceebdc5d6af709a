"""Galleys: an article's text set in one endless column, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil

from press.measure.composer import Composer, Room
from press.measure.panel import choose_panels
from press.measure.table import set_in_text, spell_out
from press.model.article import Article, Direction
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
    Runs,
    Separator,
    Table,
    plain,
)
from press.model.galley import (
    BlockKind,
    Galley,
    GalleyBlock,
    GalleyLine,
    LinkedWords,
    lines_html,
)
from press.model.layout import Grid, Layout, Template
from press.model.package import Package
from press.model.type import TypeStyle

NO_BREAK = "\u00a0"
#: White between a drop cap and the text, as a share of its size.
DROP_CAP_GAP = 0.07
#: Letters a paragraph needs to fill the lines beside a drop cap.
DROP_CAP_LETTERS = 240
#: Grid lines of a QR code of links, and the white beside it: 15 mm on 11 pt.
CODE_LINES, CODE_GAP_PT = 4, 6.0
_ROLE_STYLES = {
    ParagraphRole.SIGNATURE: "signature",
    ParagraphRole.CREDIT: "quote-credit",
    ParagraphRole.CONTRIBUTOR: "contributor",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """Where in the tree a block stands."""

    path: tuple[str, ...] = ()
    left: float = 0.0
    right: float = 0.0
    above: int = 0
    marker: str = ""


class GalleySetter:
    """Sets the text of one package."""

    def __init__(self, package: Package, layout: Layout, composer: Composer) -> None:
        template = layout.template(package.template)
        self._package, self._layout, self._composer = package, layout, composer
        self._template: Template = template
        self._grid: Grid = layout.grid(package.grid)
        self._body = layout.style(self._grid.body)
        self._blocks: list[GalleyBlock] = []
        self._article = package.article
        self._member = 0
        self._parts = 0
        self._below_head = False

    def set(self) -> Galley:
        """Return the galley."""
        for number, article in enumerate(self._package.articles):
            self._article, self._member = article, number
            self._below_head = False
            if self._template.group:
                self._head_of_member(article)
            self._flow(self._in_text(article), _Context())
            self._end(article)
        self._links()
        return Galley(measure=self._grid.column.pt, blocks=tuple(self._blocks))

    def _in_text(self, article: Article) -> tuple[Block, ...]:
        """Return an article's blocks but those that stand beside the text."""
        blocks = article.body.blocks
        if self._template.group:
            return blocks
        beside = choose_panels(article, self._grid, self._layout, self._composer)
        return tuple(b for number, b in enumerate(blocks) if number not in beside)

    # ------------------------------------------------------------ blocks

    def _flow(self, blocks: tuple[Block, ...], context: _Context) -> None:
        for block in blocks:
            self._block(block, context)
            context = replace(context, marker="", above=0)

    def _block(self, block: Block, context: _Context) -> None:
        match block:
            case Paragraph():
                self._paragraph(block, context)
            case Crosshead():
                self._crosshead(block, context)
            case ItemList() | BlockQuote():
                self._nested(block, context)
            case Table():
                self._table(block)
            case Listing():
                self._listing(block, context)
            case Separator():
                self._separator()
            case FactBox():
                self._crosshead(Crosshead(runs=(Run(text=block.title),)), context)
                self._flow(block.blocks, context)

    def _nested(self, block: ItemList | BlockQuote, context: _Context) -> None:
        if isinstance(block, ItemList):
            self._list(block, context)
        else:
            self._quote(block, context)

    def _paragraph(self, block: Paragraph, context: _Context) -> None:
        if block.role is not ParagraphRole.BODY:
            self._line_of_role(block.runs, block.role, context)
            return
        opening = not self._blocks or self._blocks[-1].member != self._member
        after_head = not opening and self._blocks[-1].kind is BlockKind.HEAD
        indent = 0.0
        if not (opening or after_head or context.marker or context.above):
            indent = self._layout.text.indent.pt
        if opening and self._opens_with_drop_cap(block):
            self._drop_cap(block)
            return
        room = self._room(context, first=indent)
        lines = self._composer.lines(block.runs, self._body, room, self._article.lang)
        self._add(lines, "body", context)

    def _opens_with_drop_cap(self, block: Paragraph) -> bool:
        text = plain(block.runs)
        return (
            self._package.priority <= self._template.drop_cap_to
            and not self._blocks
            and self._article.direction is Direction.LTR
            and text[:1].isalpha()
            and len(text) > DROP_CAP_LETTERS
        )

    def _drop_cap(self, block: Paragraph) -> None:
        lines = self._layout.text.drop_cap
        first, rest = _without_first_letter(block.runs)
        style = self._layout.style("drop-cap")
        letter = style.shown(first)
        inset = self._composer.width(letter, style) + style.size.pt * DROP_CAP_GAP
        under = (lines - 1) * self._body.leading.pt
        top = (
            under + self._composer.baseline(self._body) - self._composer.baseline(style)
        )
        room = replace(self._room(_Context()), inset=inset, inset_lines=lines)
        set_lines = self._composer.lines(rest, self._body, room, self._article.lang)
        place = f"top:{top:.2f}pt"
        cap = f'<span class="t-drop-cap drop-cap" style="{place}">{letter}</span>'
        set_lines = (
            replace(set_lines[0], html=cap + set_lines[0].html),
            *set_lines[1:],
        )
        self._add(set_lines, "body opening", _Context(), orphans=lines)

    def _crosshead(self, block: Crosshead, context: _Context) -> None:
        style = self._layout.style("crosshead" if block.level == 1 else "crosshead-2")
        above = 1 if self._blocks else 0
        # A heading never is two levels below the last (PDF/UA-1, 7.4.2).
        lower = block.level > 1 and self._below_head
        self._below_head = self._below_head or not lower
        lines = self._composer.lines(
            block.runs, style, self._room(context), self._article.lang, divide=False
        )
        self._add(
            lines,
            f"t-{style.name}",
            replace(context, above=above),
            kind=BlockKind.HEAD,
            tag="h4" if lower else "h3",
        )

    def _list(self, block: ItemList, context: _Context) -> None:
        indent = self._layout.text.list_indent.pt
        if block.start is not None:
            indent = max(indent, self._marker_width(block))
        self._parts += 1
        tag = "ul" if block.start is None else "ol"
        outer = (*context.path, f"{tag}#{self._parts}")
        for number, item in enumerate(block.items):
            self._parts += 1
            marker = "•" if block.start is None else f"{block.start + number}."
            inner = _Context(
                path=(*outer, f"li#{self._parts}"),
                left=context.left + indent,
                right=context.right,
                marker=marker,
            )
            self._flow(item, inner)

    def _marker_width(self, block: ItemList) -> float:
        last = (block.start or 0) + len(block.items) - 1
        return self._composer.width(f"{last}.", self._body) + 3

    def _quote(self, block: BlockQuote, context: _Context) -> None:
        indent = self._layout.text.quote_indent.pt
        self._parts += 1
        inner = _Context(
            path=(*context.path, f"blockquote#{self._parts}"),
            left=context.left + indent,
            right=context.right + indent,
            above=1 if self._blocks else 0,
        )
        before = len(self._blocks)
        self._flow(block.blocks, inner)
        if len(self._blocks) > before:
            self._leave_space = True

    def _listing(self, block: Listing, context: _Context) -> None:
        style = self._layout.style("listing")
        text = "\n".join(
            line.replace(" ", NO_BREAK) or NO_BREAK for line in block.lines
        )
        lines = self._composer.lines(
            (Run(text=text, marks=frozenset({Mark.CODE})),),
            style,
            self._room(context),
            "",
            divide=False,
        )
        self._add(lines, "t-listing", replace(context, above=1 if self._blocks else 0))

    def _separator(self) -> None:
        lines = self._composer.lines(
            (Run(text="* * *"),), self._body, self._room(_Context()), ""
        )
        self._add(lines, "separator", _Context(), kind=BlockKind.HEAD)

    def _table(self, block: Table) -> None:
        table = set_in_text(block, self._grid, self._layout, self._composer)
        if table is not None:
            self._solid(table.html, table.depth + 1, "table", above=1)
            return
        if block.caption:
            self._crosshead(Crosshead(runs=block.caption), _Context())
        for runs in spell_out(block):
            self._paragraph(Paragraph(runs=runs), _Context())

    # ------------------------------------------------------------ ends

    def _head_of_member(self, article: Article) -> None:
        style = self._layout.style("brief-head")
        lines = self._composer.lines(
            (Run(text=article.printed_headline),),
            style,
            self._room(_Context()),
            article.lang,
            divide=False,
        )
        above = _Context(above=1 if self._blocks else 0)
        css = f"t-{style.name} member-head"
        self._add(lines, css, above, kind=BlockKind.HEAD, tag="h2")

    def _end(self, article: Article) -> None:
        if article.contributor:
            self._line_of_role(
                (Run(text=article.contributor),),
                ParagraphRole.CONTRIBUTOR,
                _Context(above=1),
            )
        self._notes(article)

    def _notes(self, article: Article) -> None:
        """Set notes in packs of lines that fill grid lines without rest.

        A pack may stand at the head of a column, so none begins with a note's last line:
        that is one line more in the pack before, and less white in a note than one less.
        """
        style, grid = self._layout.style("note"), self._layout.leading.pt
        left = [
            (number, line)
            for number, one in enumerate(article.body.notes)
            for line in self._note_lines(one.number, one.blocks, style)
        ]
        size = _lines_of_pack(style.leading.pt, grid)
        above = 1
        while left:
            count = size + 1 if _parts_last_line(left, size) else size
            pack, left = left[:count], left[count:]
            notes = groupby(pack, key=lambda one: one[0])
            html = "".join(
                lines_html("p", f"t-{style.name}", tuple(line for _, line in lines))
                for _, lines in notes
            )
            depth = ceil(len(pack) * style.leading.pt / grid - 0.01)
            links = _links_of(pack, style.leading.pt)
            self._solid(html, depth, "notes", above=above, links=links)
            above = 0

    def _links(self) -> None:
        """Set the QR code and short address of the package's links."""
        if not self._package.address:
            return
        style = self._layout.style("note")
        code = self._layout.leading.pt * CODE_LINES
        room = replace(self._room(_Context()), left=code + CODE_GAP_PT)
        text = Run(text=self._package.address_text)
        lines = self._composer.lines((text,), style, room, "", divide=False)
        depth = ceil(len(lines) * style.leading.pt / self._layout.leading.pt)
        words = lines_html("p", f"t-{style.name}", lines)
        size = f"width:{code:g}pt;height:{code:g}pt"
        html = f'<div class="code" style="{size}">{self._package.code}</div>{words}'
        depth = max(CODE_LINES, depth)
        link = LinkedWords(
            url=self._package.address,
            left=0.0,
            width=self._grid.column.pt,
            height=depth * self._layout.leading.pt,
        )
        self._solid(html, depth, "links", above=1, links=(link,))

    def _note_lines(
        self, number: int, blocks: tuple[Block, ...], style: TypeStyle
    ) -> tuple[GalleyLine, ...]:
        strong = frozenset({Mark.STRONG})
        runs: list[Run] = [Run(text=f"{number}", marks=strong), Run(text=NO_BREAK)]
        for block in blocks:
            for text in block.texts():
                runs += [*text, Run(text=" ")]
        return self._composer.lines(
            tuple(runs), style, self._room(_Context()), self._article.lang
        )

    def _line_of_role(self, runs: Runs, role: ParagraphRole, context: _Context) -> None:
        style = self._layout.style(_ROLE_STYLES[role])
        lines = self._composer.lines(
            runs, style, self._room(context), self._article.lang, divide=False
        )
        css = f"t-{style.name} {role.value}"
        self._add(lines, css, context, kind=BlockKind.TEXT)

    # ------------------------------------------------------------ adding

    _leave_space = False

    def _room(self, context: _Context, first: float = 0.0) -> Room:
        return Room(
            width=self._grid.column.pt,
            left=context.left,
            right=context.right,
            first=first,
        )

    def _add(
        self,
        lines: tuple[GalleyLine, ...],
        css: str,
        context: _Context,
        *,
        kind: BlockKind = BlockKind.TEXT,
        tag: str = "p",
        orphans: int = 2,
    ) -> None:
        if not lines:
            return
        if context.marker:
            marker = f'<span class="marker">{context.marker}</span>'
            lines = (replace(lines[0], html=marker + lines[0].html), *lines[1:])
        self._blocks.append(
            GalleyBlock(
                kind=kind,
                css=css,
                tag=tag,
                height=len(lines),
                path=context.path,
                lines=lines,
                above=self._space_above(context.above),
                orphans=orphans,
                member=self._member,
            )
        )

    def _solid(
        self,
        html: str,
        depth: int,
        css: str,
        *,
        above: int,
        links: tuple[LinkedWords, ...] = (),
    ) -> None:
        self._blocks.append(
            GalleyBlock(
                kind=BlockKind.SOLID,
                css=css,
                tag="div",
                height=depth,
                html=html,
                above=self._space_above(above if self._blocks else 0),
                member=self._member,
                links=links,
            )
        )

    def _space_above(self, wanted: int) -> int:
        """Return the white above a block: what it wants, or what a quote leaves."""
        left, self._leave_space = self._leave_space, False
        return max(wanted, 1 if left else 0)


def _lines_of_pack(leading: float, grid: float) -> int:
    """Return how many lines of small type leave least white in whole grid lines."""

    def rest(count: int) -> float:
        depth = count * leading
        return round(ceil(depth / grid - 0.01) * grid - depth, 2)

    return min(range(4, 9), key=rest)


def _links_of(
    pack: Sequence[tuple[int, GalleyLine]], leading: float
) -> tuple[LinkedWords, ...]:
    """Return the links of lines of small type, placed in their block."""
    return tuple(
        replace(
            link, left=line.indent + link.left, top=number * leading, height=leading
        )
        for number, (_, line) in enumerate(pack)
        for link in line.links
    )


def _parts_last_line(lines: Sequence[tuple[int, GalleyLine]], at: int) -> bool:
    """Whether a cut parts the last line of a note from its others."""
    if not 0 < at < len(lines) or lines[at - 1][0] != lines[at][0]:
        return False
    return at + 1 == len(lines) or lines[at + 1][0] != lines[at][0]


def _without_first_letter(runs: Runs) -> tuple[str, Runs]:
    first = runs[0]
    return first.text[0], (replace(first, text=first.text[1:]), *runs[1:])
