"""Single blocks of HTML: paragraphs, headings, lists, quotations, tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from press.intake.markup.caption import captioned, said_in
from press.intake.markup.comment import BlockComment
from press.intake.markup.embed import embed_of, embed_piece
from press.intake.markup.inline import Inline, children_of
from press.intake.markup.parse import Element, classes, drop, is_tag
from press.intake.markup.picture import pictures_in
from press.intake.markup.table import table_of
from press.intake.markup.words import BLOCKS, words_of
from press.model.story import Piece, PieceKind, Sought

_LEVELS: Final = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_NOT_SHOWN: Final = (
    "blockquote",
    "table",
    "pre",
    "iframe",
    "embed",
    "object",
    "video",
    "audio",
)
_SOURCES: Final = frozenset({"cite", "footer"})
_NUMBERED: Final = re.compile(r"\d+\. ")
NEXT, APART = "\n", "\n\n"
_BUTTONS: Final = frozenset(
    {"wp-block-button", "wp-block-button__link", "button", "btn"}
)
_PULLED: Final = frozenset({"pullquote", "wp-block-pullquote", "pull-quote", "pquote"})

Marks: TypeAlias = tuple[str, ...]
Nodes: TypeAlias = Sequence[Element | str]
Handler: TypeAlias = Callable[["Blocks", Element, Marks], list[Piece] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Makes pieces of single blocks.

    Attributes:
        inline: Writes running text.
        base: The address that relative pictures are seen from.
    """

    inline: Inline
    base: str = ""

    def read(self, node: Element, marks: Marks) -> list[Piece] | None:
        """Return the pieces that a block is; None where it only holds others."""
        if _BUTTONS & classes(node) or node.tag == "button":
            return self._button(node, marks)
        embed = embed_of(node, self.base)
        if embed is not None:
            return [embed_piece(embed, node, self.inline, marks)]
        handler = _HANDLERS.get(str(node.tag))
        return handler(self, node, marks) if handler else None

    def of_comment(self, comment: BlockComment, marks: Marks) -> Piece | None:
        """Return the piece that is nothing but a comment, such as a reusable block."""
        if comment.setting("ref") is None:
            return None
        return Piece(kind=PieceKind.BOX, marks=(*comment.marks, *marks))

    def within(self, node: Element) -> str:
        """Return the blocks within an element as Markdown."""
        return "\n\n".join(self._parts(children_of(node)))

    def _parts(self, nodes: Nodes) -> list[str]:
        """Return blocks and the lines between them as Markdown, without their pictures."""
        parts: list[str] = []
        loose: list[Element | str] = []
        for child in nodes:
            if isinstance(child, str) or not _is_block(child):
                loose.append(child)
                continue
            parts.append(self.inline.line(loose))
            loose = []
            made = None if child.tag == "figure" else self.read(child, ())
            if made is None:
                parts += self._parts(children_of(child))
            else:
                parts += [piece.markdown for piece in made if not piece.pictures]
        return [part for part in (*parts, self.inline.line(loose)) if part]

    def _button(self, node: Element, marks: Marks) -> list[Piece]:
        made = self.inline.inside(node)
        return [
            Piece(
                kind=PieceKind.BUTTON, text=words_of(node), markdown=made, marks=marks
            )
        ]

    def paragraph(self, node: Element, marks: Marks) -> list[Piece] | None:
        """Read a paragraph; pictures in it stand before it."""
        if _has_blocks(node):
            return None
        text, words = self.inline.inside(node), words_of(node)
        piece = Piece(kind=PieceKind.PARAGRAPH, text=words, markdown=text, marks=marks)
        return [*self._shown(node, marks), *([piece] if text or words else [])]

    def heading(self, node: Element, marks: Marks) -> list[Piece] | None:
        """Read a heading: the highest of a text is the second level."""
        if _has_blocks(node):
            return None
        text = self.inline.inside(node).replace("\\\n", " ")
        level = "#" * _LEVELS[str(node.tag)]
        piece = Piece(
            kind=PieceKind.HEADING,
            text=words_of(node),
            markdown=f"{level} {text}",
            marks=marks,
        )
        return [*self._shown(node, marks), *([piece] if text else [])]

    def items(self, node: Element, marks: Marks) -> list[Piece]:
        """Read a list, with all that stands in its items; its pictures follow it."""
        piece = Piece(
            kind=PieceKind.LIST,
            text=words_of(node),
            markdown=self._listed(node),
            marks=marks,
        )
        return [*([piece] if piece.text else []), *self._shown(node, marks)]

    def _listed(self, node: Element) -> str:
        start = node.get("start") or "1"
        number = int(start) if start.isdigit() else 1
        made: list[str] = []
        for child in (child for child in node if is_tag(child)):
            inner = [child] if child.tag in {"ul", "ol"} else children_of(child)
            body = _tight(self._parts(inner))
            if not body:
                continue
            mark = f"{number}. " if node.tag == "ol" else "- "
            number += 1
            made.append(mark + _indented(body, len(mark)))
        return ("\n\n" if any("\n\n" in item for item in made) else "\n").join(made)

    def definitions(self, node: Element, marks: Marks) -> list[Piece]:
        """Read a list of terms: each in bold, what is said of it after; its pictures follow."""
        made = []
        for child in node.iter("dt", "dd"):
            text = self.within(child)
            bold = child.tag == "dt" and text and "\n" not in text and "*" not in text
            made.append(
                Piece(
                    kind=PieceKind.PARAGRAPH,
                    text=words_of(child),
                    markdown=f"**{text}**" if bold else text,
                    marks=marks,
                )
            )
        said = [piece for piece in made if piece.text]
        return [*said, *self._shown(node, marks)]

    def quote(self, node: Element, marks: Marks) -> list[Piece]:
        """Read a quotation; its source, in `cite` or `footer`, follows after a dash."""
        inner = children_of(node)
        said: Nodes = [one for one in inner if _tag(one) in _SOURCES]
        body = self._parts([one for one in inner if _tag(one) not in _SOURCES])
        source = self.inline.line(said)
        if source:
            body.append(source if source[0] in "—–" else f"— {source}")
        text = "\n\n".join(body)
        pulled = any(mark.removeprefix(".") in _PULLED for mark in marks)
        piece = Piece(
            kind=PieceKind.PULL_QUOTE if pulled else PieceKind.QUOTE,
            text=words_of(node),
            markdown="\n".join(f"> {line}".rstrip() for line in text.split("\n")),
            marks=marks,
        )
        return [*self._shown(node, marks), *([piece] if piece.text else [])]

    def listing(self, node: Element, marks: Marks) -> list[Piece]:
        """Read literal lines."""
        text = "".join(str(part) for part in node.itertext()).strip("\n")
        longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
        fence = "`" * (longest + 1)
        piece = Piece(
            kind=PieceKind.LISTING,
            text=" ".join(text.split()),
            markdown=f"{fence}\n{text}\n{fence}",
            marks=marks,
        )
        return [piece] if piece.text else []

    def table(self, node: Element, marks: Marks) -> list[Piece] | None:
        """Read a table; None where it is only there to place things."""
        made = table_of(node, self.inline)
        if made is None:
            return None
        piece = Piece(
            kind=PieceKind.TABLE, text=words_of(node), markdown=made, marks=marks
        )
        return [*self._shown(node, marks), *([piece] if piece.text else [])]

    def figure(self, node: Element, marks: Marks) -> list[Piece] | None:
        """Read a figure: pictures with their caption; None where it holds other things."""
        inner = list(node.iterdescendants("figure"))
        if inner:
            deep = any(
                next(one.iterdescendants("figure"), None) is not None for one in inner
            )
            return None if deep else self._gallery(node, inner, marks)
        found = pictures_in(node, self.base)
        said = said_in(node)
        if not found or _shows_more(node) or not _is_all(node, said.parts):
            return None
        return [_piece(captioned(found, said), marks, words_of(node))]

    def lifted(self, node: Element, marks: Marks) -> Piece | None:
        """Take the pictures with their caption out of a figure that holds other words, too.

        None where nothing stands under them: they are read in their places then.
        """
        found, said = pictures_in(node, self.base), said_in(node)
        inner = next(node.iterdescendants("figure"), None)
        if not found or not said.text or inner is not None or _shows_more(node):
            return None
        text = said.text
        for one in (*said.parts, *list(node.iter("img"))):
            drop(one)
        return _piece(captioned(found, said), marks, text)

    def _gallery(
        self, node: Element, inner: list[Element], marks: Marks
    ) -> list[Piece] | None:
        """Read a figure of figures: each picture keeps the caption that is its own."""
        read = [self.figure(one, ()) for one in inner]
        said = said_in(node)
        found = tuple(shown for made in read if made for shown in made[0].pictures)
        whole = _is_all(node, (*inner, *said.parts))
        if None in read or not whole or len(pictures_in(node, self.base)) != len(found):
            return None
        return [_piece(captioned(found, said), marks, words_of(node))]

    def image(self, node: Element, marks: Marks) -> list[Piece]:
        """Read a picture that stands by itself."""
        return self._shown(node, marks)

    def rule(self, node: Element, marks: Marks) -> list[Piece]:
        """Read a line across the text."""
        return [Piece(kind=PieceKind.SEPARATOR, markdown="***", marks=marks)]

    def _shown(self, node: Element, marks: Marks) -> list[Piece]:
        """Return the pictures in a block, each a piece without words."""
        return [_piece((one,), marks) for one in pictures_in(node, self.base)]


def _piece(shown: tuple[Sought, ...], marks: Marks, words: str = "") -> Piece:
    return Piece(
        kind=PieceKind.PICTURE if len(shown) == 1 else PieceKind.GALLERY,
        text=words,
        markdown="\n\n".join(f"{{picture:{n}}}" for n in range(len(shown))),
        marks=marks,
        pictures=shown,
    )


def _shows_more(node: Element) -> bool:
    """Whether a figure shows things other than pictures, which a caption may be of."""
    return next(node.iter(*_NOT_SHOWN), None) is not None


def _is_all(node: Element, parts: Sequence[Element]) -> bool:
    """Whether an element has no words outside these parts of it."""
    return len(words_of(node).split()) == sum(
        len(words_of(one).split()) for one in parts
    )


def _tag(node: Element | str) -> str:
    return "" if isinstance(node, str) else str(node.tag)


def _is_block(node: Element) -> bool:
    return is_tag(node) and (node.tag in BLOCKS or _has_blocks(node))


def _has_blocks(node: Element) -> bool:
    """Whether blocks lie within an element; a picture is none."""
    return any(
        is_tag(inner) and inner.tag in BLOCKS and inner.tag != "picture"
        for inner in node.iterdescendants()
    )


def _tight(parts: Sequence[str]) -> str:
    """Put the parts of an item together: a list within it needs no blank line."""
    text = ""
    for part in parts:
        opens = part.startswith("- ") or _NUMBERED.match(part)
        text += f"{'' if not text else NEXT if opens else APART}{part}"
    return text


def _indented(text: str, by: int) -> str:
    lines = text.split("\n")
    return "\n".join([lines[0], *(" " * by + x if x else "" for x in lines[1:])])


_HANDLERS: Final[dict[str, Handler]] = {
    "p": Blocks.paragraph,
    **dict.fromkeys(_LEVELS, Blocks.heading),
    "ul": Blocks.items,
    "ol": Blocks.items,
    "dl": Blocks.definitions,
    "blockquote": Blocks.quote,
    "pre": Blocks.listing,
    "table": Blocks.table,
    "figure": Blocks.figure,
    "picture": Blocks.image,
    "img": Blocks.image,
    "hr": Blocks.rule,
}
