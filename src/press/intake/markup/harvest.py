"""The pieces of a text in HTML, in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from press.intake.markup.block import Blocks
from press.intake.markup.caption import as_figures
from press.intake.markup.card import without_cards
from press.intake.markup.comment import (
    BlockComment,
    blocks_of_plugins,
    read_comment,
)
from press.intake.markup.embedded import lift
from press.intake.markup.inline import Inline, children_of
from press.intake.markup.late import without_twins
from press.intake.markup.note import Notes
from press.intake.markup.parse import Element, classes, drop, is_tag, parse
from press.intake.markup.words import BLOCKS, FILE_BUTTON, words_in, words_of
from press.model.story import Furniture, Left, Piece, PieceKind

_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_UNSEEN: Final = frozenset(
    {"screen-reader-text", "sr-only", "visually-hidden", "hidden"}
)
_FILE_SHOWN: Final = "wp-block-file__embed"
_FORMS: Final = frozenset({"form", "input", "select", "textarea", "menu"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What a text in HTML holds.

    Attributes:
        pieces: Its blocks in reading order, notes last.
        left: What nobody reads: hidden words, forms, what plugins keep in settings.
        words: How many words the whole has, counted before it was taken apart.
        unknown: The blocks of which there are settings only, by their names, each once.
    """

    pieces: tuple[Piece, ...]
    left: tuple[Left, ...]
    words: int
    unknown: tuple[str, ...] = ()


def read_markup(text: str, *, base: str = "") -> Harvest:
    """Take a text in HTML apart.

    Args:
        text: The HTML, of a whole page or a part of one.
        base: The address that relative links and pictures are seen from.
    """
    lifted = lift(text)
    root = parse(lifted.html)
    without_twins(root)
    as_figures(root)
    notes = Notes.find(root)
    plugins = blocks_of_plugins(root)
    set_up = [
        Left(kind=Furniture.PAGE, why=f"block {one.name}", text=text)
        for one in plugins
        for text in one.texts
    ]
    left = [*set_up, *without_cards(root)]
    words = len(words_of(root).split()) + sum(one.words for one in left)
    reader = _Reader(
        blocks=Blocks(inline=Inline(base=base, note=notes.reference), base=base),
        notes=notes,
        left=left,
    )
    reader.walk(root, ())
    reader.pieces += notes.pieces(reader.blocks)
    return Harvest(
        pieces=lifted.give_back(reader.pieces),
        left=tuple(reader.left),
        words=words,
        unknown=tuple(dict.fromkeys(one.name for one in plugins)),
    )


@dataclass(slots=True, kw_only=True)
class _Reader:
    blocks: Blocks
    notes: Notes
    pieces: list[Piece] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    def walk(self, parent: Element, marks: tuple[str, ...]) -> None:
        """Take in what stands in an element: running text between blocks is a paragraph."""
        loose: list[Element | str] = []
        open_blocks: list[BlockComment] = []
        for node in children_of(parent):
            if isinstance(node, str) or self._is_running(node):
                loose.append(node)
                continue
            here = tuple(mark for one in reversed(open_blocks) for mark in one.marks)
            self._paragraph(loose, (*here, *marks))
            loose = []
            if is_tag(node):
                self._block(node, (*here, *marks))
            else:
                self._comment(node, open_blocks, (*here, *marks))
        here = tuple(mark for one in reversed(open_blocks) for mark in one.marks)
        self._paragraph(loose, (*here, *marks))

    def _is_running(self, node: Element) -> bool:
        """Whether an element stands in a line, and no block lies within it."""
        if not is_tag(node):
            return read_comment(node) is None
        if node.tag in BLOCKS or node.tag in _FORMS or node.tag == "img":
            return False
        if FILE_BUTTON in classes(node):
            return False
        return not any(
            is_tag(inner) and (inner.tag in BLOCKS or inner.tag == "img")
            for inner in node.iterdescendants()
        )

    def _comment(
        self,
        node: Element,
        open_blocks: list[BlockComment],
        marks: tuple[str, ...],
    ) -> None:
        comment = read_comment(node)
        if comment is None:
            return
        if comment.closes:
            names = [one.name for one in open_blocks]
            if comment.name in names:
                del open_blocks[len(names) - 1 - names[::-1].index(comment.name) :]
        elif comment.whole:
            piece = self.blocks.of_comment(comment, marks)
            if piece is not None:
                self.pieces.append(piece)
        else:
            open_blocks.append(comment)

    def _block(self, node: Element, marks: tuple[str, ...]) -> None:
        if self.notes.holds(node):
            return
        here = (*own_marks(node), *marks)
        if self._left(node):
            return
        if node.tag == "figure" and next(node.iterancestors("figure"), None) is None:
            self._leave_unseen(node)
        made = self.blocks.read(node, here)
        if made is not None:
            self.pieces += made
            return
        if node.tag == "figure" and (shown := self.blocks.lifted(node, here)):
            self.pieces.append(shown)
        self.walk(node, here)

    def _leave_unseen(self, figure: Element) -> None:
        """Take out of a figure what nobody sees: it would pass for its caption, or for copy."""
        for node in list(figure.iterdescendants()):
            if not is_tag(node) or figure not in node.iterancestors():
                continue
            shows = node.tag == "img" or next(node.iter("img"), None) is not None
            if not shows and words_of(node) and self._left(node):
                drop(node)

    def _left(self, node: Element) -> bool:
        """List the words of what nobody reads; return whether it is that."""
        why = _why_left(node)
        if why and (words := words_of(node)):
            self.left.append(Left(kind=Furniture.PAGE, why=why, text=words))
        return bool(why)

    def _paragraph(self, nodes: list[Element | str], marks: tuple[str, ...]) -> None:
        text = self.blocks.inline.line(nodes)
        words = words_in(nodes)
        if text or words:
            self.pieces.append(
                Piece(kind=PieceKind.PARAGRAPH, text=words, markdown=text, marks=marks)
            )


def own_marks(node: Element) -> tuple[str, ...]:
    """Return what markup calls an element: its classes, its id, its tag."""
    named = [f".{name}" for name in sorted(classes(node))]
    if node.get("id"):
        named.append(f"#{node.get('id')}")
    return (*named, f"<{node.tag!s}>")


def _why_left(node: Element) -> str:
    if node.tag in _FORMS:
        return "a form"
    if FILE_BUTTON in classes(node):
        return "a button that fetches a file"
    if _FILE_SHOWN in classes(node):
        return "a file shown in the page, of which the link stays"
    if node.get("hidden") is not None or _HIDDEN.search(node.get("style") or ""):
        return "hidden"
    if _UNSEEN & classes(node):
        return "for screen readers"
    return ""
