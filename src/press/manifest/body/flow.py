"""From the tree to blocks: text gathers into paragraphs, and blocks end them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from press.manifest.body.address import AddressKind, judge
from press.manifest.body.judging import REMOVED, Judge
from press.manifest.body.markup import without_tags
from press.manifest.body.masking import OPEN, TOKEN, Mask, MaskKind
from press.manifest.body.notes import Notes
from press.manifest.body.report import Report
from press.manifest.body.shortcode import Shortcode, Use
from press.manifest.body.style import MARKS, PLAIN, Style
from press.manifest.body.tidy import SOFT, joined, tidy
from press.manifest.body.tree import Element, Node, Words, tags
from press.model.article import Picture
from press.model.copy import Block, Mark, Paragraph, Run, Runs, runs_of

#: Tags around text that end a line before and after them.
_BOXES: Final = tags(
    """address article body caption center col colgroup dd details div dl fieldset
    figcaption footer header head hgroup html legend li main menuitem nav optgroup option
    p search section tbody td tfoot th thead tr"""
)
#: Tags within a line that change nothing on paper.
_THROUGH: Final = tags(
    """abbr acronym basefont bdi bdo big blink data dir font ins label mark nobr picture
    rb rp rt rtc ruby slot small span time u wbr"""
)


@dataclass(slots=True)
class Reader:
    """What the flows of one body share."""

    report: Report
    judge: Judge
    notes: Notes
    handlers: Mapping[str, Handler]
    pictures: list[Picture] = field(default_factory=list)
    #: The flow of the text itself, while it is read.
    body: Flow | None = None
    #: Paywall lines: how many blocks stand before each, and its line.
    walls: list[tuple[int, int]] = field(default_factory=list)
    #: How many blocks are being read that stand one in another.
    depth: int = 0

    def text(self, element: Element) -> tuple[Block, ...]:
        """Return the text itself as blocks: only there a paywall line may stand."""
        self.body = Flow(self)
        self.body.nodes(element.children, PLAIN)
        blocks = self.body.finished()
        self.body = None
        return blocks

    def blocks(self, element: Element, style: Style = PLAIN) -> tuple[Block, ...]:
        """Return what stands in an element as blocks."""
        flow = Flow(self)
        self.depth += 1
        flow.nodes(element.children, style)
        self.depth -= 1
        return flow.finished()

    def line(self, element: Element, style: Style = PLAIN, between: str = " ") -> Runs:
        """Return what stands in an element as one text."""
        return joined(runs_of(self.blocks(element, style)), between)

    def picture(self, element: Element) -> None:
        """Take in a picture, unless it lies on somebody's web site."""
        file = element.get("src").strip()
        lazy = element.get("data-src").strip()
        if lazy and (not file or file.startswith("data:")):
            file = lazy
        if OPEN in file:
            self.judge.without_tokens(file)
        elif not file:
            self.report.warning(
                "article.picture", "a picture without a file", element.line
            )
        elif judge(file).kind is not AddressKind.SITE:
            self._refuse_picture(file, element.line)
        else:
            picture = Picture(
                file=file,
                alt=self.judge.setting(element.get("alt"), element.line),
                caption=self.judge.setting(element.get("title"), element.line),
                block=self._block_at_hand(),
                place=self.report.block(element.line),
            )
            self.pictures.append(picture)

    def _block_at_hand(self) -> int | None:
        """Return the number of the block that stands here, or of the last before it.

        What stands behind the paywall line goes with a block that does so too.
        """
        if self.body is None:
            return None
        wall = self.walls[0][0] if self.walls else 0
        return max(self.body.at_hand(), wall)

    def _refuse_picture(self, file: str, line: int) -> None:
        shown = file if len(file) <= 60 else file[:57] + "…"  # noqa: PLR2004 - a line's worth
        self.report.warning(
            "picture.remote",
            f"the picture “{shown}” is not in the newspaper's folder: it is left out",
            line,
            hint="save it beside the article and give that file",
            near=file[:60],
        )

    def caption(self, first: int, text: str) -> None:
        """Give a caption to the last of the pictures taken in since `first`."""
        if len(self.pictures) > first and text:
            self.pictures[-1] = replace(
                self.pictures[-1], caption=" ".join(text.split())
            )


class Flow:
    """Reads one run of blocks."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.blocks: list[Block] = []
        self._gathered: list[Run] = []
        self._line: int | None = None

    def finished(self) -> tuple[Block, ...]:
        """Return the blocks, the last paragraph ended."""
        self.flush()
        return tuple(self.blocks)

    def flush(self) -> None:
        """End the paragraph at hand."""
        runs = tidy(self._gathered)
        if runs:
            place = self.reader.report.block(self._line or 0)
            self.blocks.append(Paragraph(runs=runs, place=place))
        self._gathered.clear()
        self._line = None

    def at_hand(self) -> int:
        """Return the number of the block that is being read, or of the last that was."""
        gathers = any(run.text.strip() for run in self._gathered)
        inside = gathers or self.reader.depth > 0
        return max(len(self.blocks) - (0 if inside else 1), 0)

    def drop_last(self) -> None:
        """Take the last block back; what was counted behind it moves up."""
        self.blocks.pop()
        last = len(self.blocks)
        if self is self.reader.body:
            self.reader.walls = [
                (min(before, last), line) for before, line in self.reader.walls
            ]

    def add(self, *blocks: Block) -> None:
        """Add blocks; they end the paragraph at hand."""
        self.flush()
        self.blocks += blocks

    def gather(self, run: Run, line: int) -> None:
        """Add to the paragraph at hand."""
        if self._line is None and run.text.strip():
            self._line = line
        self._gathered.append(run)

    def last_text(self) -> str:
        """Return the last text of the paragraph at hand that is more than space."""
        texts = (run.text for run in reversed(self._gathered))
        return next((text for text in texts if text.strip(" " + SOFT)), "")

    def nodes(self, nodes: list[Node], style: Style) -> None:
        """Read one thing after the other."""
        for node in nodes:
            if isinstance(node, Words):
                self._words(node, style)
            else:
                self.element(node, style)

    def element(self, element: Element, style: Style) -> None:
        """Read an element as its tag asks for."""
        judge, tag = self.reader.judge, element.tag
        judge.settings(element)
        if tag in REMOVED:
            judge.removed(element)
        elif tag in MARKS:
            self.nodes(element.children, style.with_mark(MARKS[tag]))
        elif tag in self.reader.handlers:
            self.reader.handlers[tag](self, element, style)
        elif tag in _BOXES:
            self.flush()
            self.nodes(element.children, style)
            self.flush()
        else:
            if tag not in _THROUGH:
                judge.unknown(element)
            self.nodes(element.children, style)

    def text(self, text: str, line: int, style: Style) -> None:
        """Add text in a style."""
        if text:
            self.gather(Run(text=text, marks=style.marks, link=style.link), line)

    def _words(self, words: Words, style: Style) -> None:
        if words.literal:
            self.text(words.text, words.line, style.with_mark(Mark.CODE))
            return
        judge, line = self.reader.judge, words.line
        if OPEN not in words.text:
            text = judge.polish(words.text, line)
            self.text(text.replace("\n", SOFT), line, style)
            return
        for index, part in enumerate(TOKEN.split(words.text)):
            if index % 2:
                self._mask(judge.mask_of(part), style)
            else:
                text = judge.polish(part, line)
                self.text(text.replace("\n", SOFT), line, style)
            line += part.count("\n")

    def _mask(self, mask: Mask, style: Style) -> None:
        """Read what stands in a token's place: a quotation, a picture, or nothing."""
        judge = self.reader.judge
        if mask.kind is MaskKind.ATTRIBUTES:
            judge.attributes_of(mask)
        shortcode = mask.shortcode
        if shortcode is None or shortcode.closes:
            return
        if shortcode.use is Use.QUOTE:
            self.element(_quotation(shortcode, mask.line), style)
        elif shortcode.use is Use.PICTURE:
            self.reader.picture(_shown(shortcode, mask.line))
        else:
            judge.report_shortcode(mask)


def _quotation(shortcode: Shortcode, line: int) -> Element:
    """Return the block quote that a shortcode draws."""
    text = shortcode.setting("text", "quote") or " ".join(shortcode.bare)
    credit = shortcode.setting("cite", "author", "source", "attribution")
    quote = Element(tag="blockquote", line=line)
    for tag, words in (("p", text), ("cite", credit)):
        if words:
            inner = Words(text=without_tags(words), line=line)
            quote.children.append(Element(tag=tag, line=line, children=[inner]))
    return quote


def _shown(shortcode: Shortcode, line: int) -> Element:
    """Return the picture that a shortcode shows."""
    bare = (*shortcode.bare, "", "")
    attributes = {
        "src": shortcode.setting("src", "file", "path") or bare[0],
        "alt": shortcode.setting("alt") or bare[1],
        "title": shortcode.setting("caption", "title"),
    }
    return Element(tag="img", line=line, attributes=attributes)


Handler: TypeAlias = Callable[[Flow, Element, Style], None]
