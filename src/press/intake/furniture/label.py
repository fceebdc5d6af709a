"""Pointers to other articles: a label, and nothing but links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from press.intake.furniture.words import folded, label_of
from press.model.story import Piece, PieceKind

_LINK: Final = r"\**_?!?\[(?:[^\[\]\\]|\\.)*\]\([^)\s]*(?:\s+\"[^\"]*\")?\)_?\**"
_ALL_LINKS: Final = re.compile(rf"(?:(?:[-*+]|\d+\.|#+)?\s*(?:{_LINK})[\s|·,;]*)+")
#: In characters; lists may be longer.
_LONGEST: Final = 300


def related_from(pieces: Sequence[Piece], number: int) -> str:
    """Say why a piece points to other articles; nothing where it does not.

    "Read more:" before a link does so, and a heading such as "Related articles" with
    links alone under it, together with these links.
    """
    piece = pieces[number]
    if len(piece.text) > _LONGEST and piece.kind is not PieceKind.LIST:
        return ""
    if piece.kind is PieceKind.PARAGRAPH:
        label, colon, rest = piece.text.partition(":")
        labelled = colon and label_of(folded(label)) == "related"
        if labelled and rest.strip() and "](" in piece.markdown:
            return f"“{label.strip()}:” and a link"
    if _is_label(piece):
        following = pieces[number + 1] if number + 1 < len(pieces) else None
        return "a label and links" if following and _only_links(following) else ""
    if number and _only_links(piece) and _is_label(pieces[number - 1]):
        return "links under a label"
    return ""


def _is_label(piece: Piece) -> bool:
    return (
        piece.kind in {PieceKind.HEADING, PieceKind.PARAGRAPH}
        and label_of(folded(piece.text)) == "related"
    )


def _only_links(piece: Piece) -> bool:
    if piece.kind not in {PieceKind.LIST, PieceKind.PARAGRAPH, PieceKind.HEADING}:
        return False
    return _ALL_LINKS.fullmatch(piece.markdown.strip()) is not None
