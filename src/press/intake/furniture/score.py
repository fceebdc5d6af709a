"""How much a piece sounds like a call to subscribe."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from press.intake.furniture.words import (
    CALL_CLASS,
    calls_in,
    folded,
    is_shouted,
    reports_speech,
    speaks_to_readers,
)
from press.model.house_rules import HouseRules
from press.model.story import Piece, PieceKind

#: From how many points on a piece is taken for furniture.
ENOUGH: Final = 2.5
_ONE_CALL, _FURTHER, _MOST_FURTHER = 1.0, 1.0, 2
_NAME, _CAPITALS, _CLASS = 1.5, 1.5, 2.0
_LONG, _LENGTH = -1.0, 600
_OF_OTHERS = -1.0
_LINK: Final = re.compile(r"\]\([^)\s]+")
_TO_THE_TILL: Final = re.compile(
    r"subscri|donat|join|support|member|newsletter|sign-?up|shop|abo\b|abonn|spende|soutenir"
    r"|suscri|dona|sostieni|assin|apoi"
)
_SCORED: Final = frozenset(
    {PieceKind.PARAGRAPH, PieceKind.HEADING, PieceKind.BUTTON, PieceKind.BOX}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What the words of a piece come to.

    Attributes:
        points: How many points; 0 for what nobody asks to do, and for reported speech.
        calls: What it calls for: "subscribe", "newsletter".
    """

    points: float = 0.0
    calls: frozenset[str] = frozenset()

    @property
    def enough(self) -> bool:
        """Whether the words alone make it furniture."""
        return self.points >= ENOUGH


_NOTHING: Final = Score()


def score(piece: Piece, marks: frozenset[str], rules: HouseRules) -> Score:
    """Add up how much a piece sounds like a call.

    Capitals, the paper's name and a button count only with a word of calls or a class
    that says so: a headline in capitals is none.

    Args:
        piece: The piece.
        marks: Those of its marks that count.
        rules: The paper's names and addresses.
    """
    if piece.kind not in _SCORED:
        return _NOTHING
    text = folded(piece.text)
    calls = calls_in(text)
    classed = any(CALL_CLASS.fullmatch(mark) for mark in marks)
    if not (calls or classed) or reports_speech(piece.text, text):
        return _NOTHING
    points = 0.0
    if calls:
        points += _ONE_CALL + _FURTHER * min(len(calls), _MOST_FURTHER)
        points += 0 if speaks_to_readers(text, calls) else _OF_OTHERS
    if _names_paper(piece, text, rules):
        points += _NAME
    if is_shouted(piece.text):
        points += _CAPITALS
    if classed or piece.kind is PieceKind.BUTTON:
        points += _CLASS
    if len(piece.text) > _LENGTH:
        points += _LONG
    return Score(points=points, calls=calls)


def _names_paper(piece: Piece, text: str, rules: HouseRules) -> bool:
    """Whether a piece names the paper, or leads to where it is had.

    A link to another article of the paper is none of these: copy is full of them.
    """
    if any(name and folded(name) in text for name in rules.names):
        return True
    links = [match[0].casefold() for match in _LINK.finditer(piece.markdown)]
    return any(
        domain in text
        or any(domain in link and _TO_THE_TILL.search(link) for link in links)
        for domain in rules.domains
        if domain
    )
