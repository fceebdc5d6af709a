"""What stands under the pictures of a figure: a caption, and who made them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from press.intake.credit import (
    credit_line,
    credited,
    maker_in,
    split_credit,
    without_label,
)
from press.intake.markup.parse import Element, classes, is_tag
from press.intake.markup.words import APART, BLOCKS, words_of
from press.model.story import Sought

#: What sites call the parts of a figure that are no `figcaption`.
_CAPTIONS: Final = re.compile(
    r"(?:[\w-]+[-_])?caption(?:[-_]+(?:text|body|inner))?", re.IGNORECASE
)
_CREDITS: Final = re.compile(
    r"(?:[\w-]+[-_])?(?:credits?|photographer|copyright)(?:[-_]+(?:text|line|name))?",
    re.IGNORECASE,
)
_SPACES: Final = re.compile(r"\s+")
_EMPTY: Final = re.compile(r"\(\s*\)|\[\s*\]")
#: How WordPress's older themes call a picture with its caption.
_HOLDERS: Final = frozenset({"wp-caption", "gallery-item"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What stands under the pictures of a figure.

    Attributes:
        caption: In plain words: captions are set in one type throughout.
        credit: Who made them, where something other than punctuation parts it.
        parts: The elements that say so.
    """

    caption: str
    credit: str
    parts: tuple[Element, ...]

    @property
    def text(self) -> str:
        """All its words, as they are read."""
        return " ".join(filter(None, map(words_of, self.parts)))


def as_figures(root: Element) -> None:
    """Make figures of what WordPress's older themes show with a caption."""
    for node in list(root.iter("div", "dl")):
        if (
            not _HOLDERS & classes(node)
            or next(node.iter("img", "iframe"), None) is None
        ):
            continue
        for inner in list(node.iter("p", "dd", "dt", "div")):
            if "wp-caption-text" in classes(inner):
                inner.tag = "figcaption"
            elif inner.tag in {"dt", "dd"}:
                inner.tag = "div"
        node.tag = "figure"


def said_in(figure: Element) -> Said:
    """Return what stands under the pictures of a figure, but not under those of others in it."""
    parts = tuple(_parts(figure))
    bits = [bit for part in parts for bit in _bits(part, _closing(part), named=False)]
    lines = _lines("" if named else words for named, words in bits)
    makers = [
        maker_in(line)
        for line in _lines(words if named else "\n" for named, words in bits)
    ]
    if makers and lines:
        lines[-1] = without_label(_EMPTY.sub("", lines[-1]).rstrip(" |–—"))
    elif len(lines) > 1 and (name := credit_line(lines[-1])):
        makers = [name]
        lines.pop()
    caption = " ".join(filter(None, lines))
    return Said(caption=caption, credit=", ".join(filter(None, makers)), parts=parts)


def captioned(found: tuple[Sought, ...], said: Said) -> tuple[Sought, ...]:
    """Return pictures with what stands under them all.

    The last has the caption; a credit is that of each, unless it has its own.
    """
    caption, credit = said.caption, said.credit
    if len(found) > 1:
        found = tuple(map(credited, found))
        if not credit:
            caption, credit = split_credit(caption)
    if credit:
        found = tuple(replace(one, credit=one.credit or credit) for one in found)
    if not caption:
        return found
    last = " ".join(filter(None, (found[-1].caption, caption)))
    return (*found[:-1], replace(found[-1], caption=last))


def _parts(node: Element) -> Iterator[Element]:
    for child in node:
        if not is_tag(child) or child.tag == "figure":
            continue
        if child.tag == "figcaption" or _is_named(child):
            yield child
        else:
            yield from _parts(child)


def _is_named(node: Element) -> bool:
    """Whether an element is called a caption or a credit, and holds no picture."""
    if node.tag in {"button", "img"} or next(node.iter("img"), None) is not None:
        return False
    return _is_credit(node) or any(map(_CAPTIONS.fullmatch, classes(node)))


def _is_credit(node: Element) -> bool:
    return any(map(_CREDITS.fullmatch, classes(node)))


def _closing(part: Element) -> Element | None:
    """Return the element that ends a caption and is nothing but a credit; None for none."""
    node: Element | None = part
    while node is not None:
        inner = [child for child in node if is_tag(child)]
        node = inner[-1] if inner and not (inner[-1].tail or "").strip() else None
        if node is not None and credit_line(words_of(node)):
            return node if words_of(node) != words_of(part) else None
    return None


def _bits(
    node: Element, closing: Element | None, *, named: bool
) -> Iterator[tuple[bool, str]]:
    """Yield the words of a caption bit by bit, and whether each names who made a picture."""
    if not is_tag(node) or node.get(APART) is not None:
        return
    inside = named or node is closing or _is_credit(node)
    edge = "\n" if node.tag in BLOCKS or node.tag == "br" else ""
    yield inside, edge
    yield inside, _SPACES.sub(" ", node.text or "")
    for child in node:
        yield from _bits(child, closing, named=inside)
        yield inside, _SPACES.sub(" ", child.tail or "")
    yield inside, edge


def _lines(bits: Iterable[str]) -> list[str]:
    lines = (" ".join(line.split()) for line in "".join(bits).split("\n"))
    return [line for line in lines if line]
