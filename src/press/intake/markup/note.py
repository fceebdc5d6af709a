"""Footnotes in HTML: a figure that leads to a place, and the words at that place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from press.intake.markup.parse import Element, classes, is_tag
from press.intake.markup.words import APART, words_of
from press.model.story import Piece, PieceKind

if TYPE_CHECKING:
    from press.intake.markup.block import Blocks

_FIGURE: Final = re.compile(r"\[?\s*(?:\d{1,3}|[*†‡§a-z])\s*\]?")
_BACK: Final = re.compile(r"[\s\[\]↩︎↑^\d.]*")
_HOLDERS: Final = frozenset({"li", "p", "div", "dd", "aside", "section"})
_LISTS: Final = frozenset({"ol", "ul", "div", "section"})


@dataclass(slots=True, kw_only=True)
class Notes:
    """The notes of a text.

    Attributes:
        numbers: The number of the note that each referring element means.
        holders: The elements that hold the notes, in the order of their numbers.
    """

    numbers: dict[Element, int] = field(default_factory=dict)
    holders: list[Element] = field(default_factory=list)

    @classmethod
    def find(cls, root: Element) -> Notes:
        """Find the notes of a text, and set apart what is their figures and arrows."""
        notes = cls()
        places = {
            node.get("id"): node
            for node in root.iter()
            if is_tag(node) and node.get("id")
        }
        for link in list(root.iter("a")):
            href = link.get("href") or ""
            target = places.get(href[1:]) if href.startswith("#") else None
            if target is None or not _FIGURE.fullmatch(
                "".join(link.itertext()).strip()
            ):
                continue
            holder = _holder(target)
            if (
                holder is None
                or link in holder.iterdescendants()
                or _is_before(target, link)
            ):
                continue
            notes._refer(link, holder)
        for holder in notes.holders:
            _drop_ways_back(holder)
        return notes

    def _refer(self, link: Element, holder: Element) -> None:
        if holder not in self.holders:
            self.holders.append(holder)
        parent = link.getparent()
        alone = (
            parent is not None
            and parent.tag == "sup"
            and words_of(parent) == words_of(link)
        )
        shown = parent if alone and parent is not None else link
        self.numbers[shown] = self.holders.index(holder) + 1
        shown.set(APART, "note")

    def reference(self, element: Element) -> str | None:
        """Return what Markdown writes for an element that refers to a note."""
        number = self.numbers.get(element)
        return None if number is None else f"[^{number}]"

    def holds(self, node: Element) -> bool:
        """Whether an element is a note, or a list of nothing but notes."""
        if node in self.holders:
            return True
        if node.tag not in _LISTS or not self.holders:
            return False
        inner = [child for child in node if is_tag(child) and child.tag != "hr"]
        return (
            bool(inner)
            and not (node.text or "").strip()
            and all(map(self.holds, inner))
        )

    def pieces(self, blocks: Blocks) -> list[Piece]:
        """Return the notes, each a piece."""
        made = []
        for number, holder in enumerate(self.holders, 1):
            body = blocks.within(holder)
            lines = "\n".join(
                f"    {line}" if line else "" for line in body.split("\n")
            )
            made.append(
                Piece(
                    kind=PieceKind.NOTE,
                    text=words_of(holder),
                    markdown=f"[^{number}]: {lines.lstrip()}",
                    marks=tuple(f".{name}" for name in sorted(classes(holder))),
                )
            )
        return made


def _holder(target: Element) -> Element | None:
    """Return the block that holds a note, for the place that a figure leads to."""
    node: Element | None = target
    while node is not None and node.tag not in _HOLDERS:
        node = node.getparent()
    if node is None or node.getparent() is None:
        return None
    parent = node.getparent()
    only = parent is not None and parent.tag in {"li", "div"} and len(parent) == 1
    if (
        only
        and parent is not None
        and parent.getparent() is not None
        and not (parent.text or "").strip()
    ):
        return parent
    return node


def _is_before(target: Element, link: Element) -> bool:
    """Whether the place stands before the link: then it is the way back."""
    for node in link.getroottree().iter():
        if node is target:
            return True
        if node is link:
            return False
    return False


def _drop_ways_back(holder: Element) -> None:
    for link in list(holder.iter("a")):
        href = link.get("href") or ""
        if (href.startswith("#") or not href) and _BACK.fullmatch(
            "".join(link.itertext())
        ):
            parent = link.getparent()
            alone = parent is not None and parent.tag == "sup" and len(parent) == 1
            (parent if alone and parent is not None else link).set(APART, "back")
