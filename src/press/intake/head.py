"""What stands over a text in a document: its title, standfirst, byline and date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from press.model.story import Piece, PieceKind

TITLE, STANDFIRST = ".press-title", ".press-standfirst"
BYLINE, DATE = ".press-byline", ".press-date"
#: After so many pieces of text a style of the head means something else.
_DEEPEST: Final = 4
_BY: Final = re.compile(r"^\s*(?:by|von|par|por|di|door)\s+", re.IGNORECASE)
#: What stands between names; within brackets it parts what somebody belongs to.
_BETWEEN: Final = re.compile(r"\s*(?:,|;|&|\||\band\b|\bund\b|\bet\b)\s*(?![^()]*\))")
_DAY: Final = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})"
)
_DAY_US: Final = re.compile(
    r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})"
)
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - a row of months is read more easily


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What was told from the text.

    Attributes:
        title: The headline; empty for none.
        standfirst: The sentence under it.
        byline: Who wrote it.
        date: When; None where nothing tells.
        rest: The text.
        words: How many words the head has.
    """

    title: str
    standfirst: str
    byline: tuple[str, ...]
    date: dt.date | None
    rest: tuple[Piece, ...]
    words: int


def take_head(pieces: Iterable[Piece]) -> Head:
    """Tell the head from the text, by the styles that its writer gave it."""
    kinds: dict[str, list[Piece]] = {TITLE: [], STANDFIRST: [], BYLINE: [], DATE: []}
    rest: list[Piece] = []
    for piece in pieces:
        kind = next((one for one in kinds if one in piece.marks), "")
        if kind and _takes(kind, kinds[kind], piece) and _is_early(rest):
            kinds[kind].append(piece)
        else:
            rest.append(piece)
    date = next(iter(kinds[DATE]), None)
    return Head(
        title=" ".join(one.text for one in kinds[TITLE]),
        standfirst=" ".join(one.text for one in kinds[STANDFIRST]),
        byline=tuple(name for one in kinds[BYLINE] for name in names_in(one.text)),
        date=day_in(date.text) if date else None,
        rest=tuple(rest),
        words=sum(one.words for found in kinds.values() for one in found),
    )


def names_in(byline: str) -> tuple[str, ...]:
    """Return the names in a line such as "By Ada Marsh and Rufus Hale"."""
    found = _BETWEEN.split(_BY.sub("", byline))
    return tuple(" ".join(name.split()) for name in found if name.strip())


def names_signed(line: str) -> tuple[str, ...]:
    """Return the names in a line that says who wrote, and perhaps when; none else."""
    bare = _DAY_US.sub("", _DAY.sub("", _ISO_DAY.sub("", line)))
    bare = re.sub(r"[\s,;|·•–—-]+$", "", bare)
    return tuple(name.strip(" .|·•–—") for name in names_in(bare))


def day_in(text: str) -> dt.date | None:
    """Return the day that a text begins with, or says in English words."""
    try:
        return dt.date.fromisoformat(text.strip()[:10])
    except ValueError:
        pass
    if found := _DAY.search(text):
        return _day(found[3], found[2], found[1])
    if found := _DAY_US.search(text):
        return _day(found[3], found[1], found[2])
    return None


def _day(year: str, month: str, day: str) -> dt.date | None:
    name = month.lower()[:3]
    if name not in _MONTHS:
        return None
    try:
        return dt.date(int(year), _MONTHS.index(name) + 1, int(day))
    except ValueError:
        return None


def _takes(kind: str, taken: list[Piece], piece: Piece) -> bool:
    if piece.kind not in {PieceKind.PARAGRAPH, PieceKind.HEADING} or not piece.text:
        return False
    if "[^" in piece.markdown:  # a note hangs on it, and would hang in the air
        return False
    if kind == DATE:
        return not taken and day_in(piece.text) is not None
    return kind == BYLINE or not taken


def _is_early(rest: list[Piece]) -> bool:
    return sum(1 for one in rest if one.text) < _DEEPEST
