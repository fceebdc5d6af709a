"""What goes with a call: its button, its heading, what stands between two parts of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from press.intake.furniture.fingerprint import Repeats
from press.intake.furniture.sheet import Sheet
from press.intake.furniture.words import is_shouted
from press.model.story import Furniture, Piece, PieceKind, Surety, Verdict

_CALLING: Final = frozenset({Furniture.CALL, Furniture.MOTTO, Furniture.PROMOTION})
#: What is printed elsewhere.
NOTES: Final = frozenset({Furniture.BIOGRAPHY, Furniture.CORRECTION})
_LIGHT: Final = frozenset(
    {PieceKind.BUTTON, PieceKind.HEADING, PieceKind.SEPARATOR, PieceKind.BOX}
)
_BETWEEN: Final = frozenset({*_LIGHT, PieceKind.PARAGRAPH, PieceKind.PICTURE})
#: A story's text begins with one of these.
_TEXT: Final = frozenset(
    {
        PieceKind.PARAGRAPH,
        PieceKind.LIST,
        PieceKind.QUOTE,
        PieceKind.TABLE,
        PieceKind.LISTING,
        PieceKind.GALLERY,
        PieceKind.EMBED,
    }
)
_ROUNDS, _HEADING_WORDS = 4, 3
_BOX_WORDS: Final = 150
#: A paragraph that is a link and nothing else; where nobody styled it, buttons look so.
_BARE_LINK: Final = re.compile(r"[*_]{0,3}\[(?:[^\[\]\\]|\\.)+\]\([^()\s]+\)[*_]{0,3}")
_BUTTON_WORDS: Final = 6


def gather(sheet: Sheet) -> None:
    """Let pieces go with the furniture around them."""
    _gather_boxes(sheet)
    for _ in range(_ROUNDS):
        found = False
        for number in (*sheet.open_pieces(),):
            if verdict := _belongs(sheet, number):
                sheet.verdicts[number] = verdict
                found = True
        if not found:
            return


def _belongs(sheet: Sheet, number: int) -> Verdict | None:
    """Return the verdict on a piece that goes with its neighbours; None for copy."""
    piece = sheet.story.pieces[number]
    before, after = _call_at(sheet, number - 1), _call_at(sheet, number + 1)
    between = before and after and _stands_between(sheet, number)
    if piece.kind is PieceKind.BUTTON and (before or after):
        near = before or after
    elif between or _is_bare_link(piece):
        near = before
    elif piece.kind is PieceKind.HEADING:
        near = _all_under(sheet, number)
    else:
        return None
    return _along(near) if near else None


def _is_bare_link(piece: Piece) -> bool:
    """Whether a paragraph is what stands on a button: a few words, all of them a link."""
    return (
        piece.kind is PieceKind.PARAGRAPH
        and piece.words <= _BUTTON_WORDS
        and _BARE_LINK.fullmatch(piece.markdown.strip()) is not None
    )


def _along(near: Verdict) -> Verdict:
    by = near.by if near.by.startswith("goes with") else f"goes with {near.by}"
    return replace(
        near, by=by, kind=Furniture.PAGE if near.kind in NOTES else near.kind
    )


def _call_at(sheet: Sheet, number: int) -> Verdict | None:
    """Return the verdict on a piece if it is a call or the like."""
    if not 0 <= number < len(sheet.verdicts):
        return None
    verdict = sheet.verdicts[number]
    return verdict if verdict and verdict.kind in _CALLING else None


def _stands_between(sheet: Sheet, number: int) -> bool:
    """Whether a piece between two calls is a part of them rather than copy."""
    piece, box = sheet.story.pieces[number], sheet.boxes[number]
    if piece.kind not in _BETWEEN:
        return False
    if piece.kind in _LIGHT or sheet.scores[number].points > 0:
        return True
    same = box == sheet.boxes[number - 1] == sheet.boxes[number + 1]
    return same and _is_small(sheet, box)


def _gather_boxes(sheet: Sheet) -> None:
    """Let all in a small box go with a heading in it that a rule names."""
    for number, verdict in enumerate((*sheet.verdicts,)):
        is_heading = sheet.story.pieces[number].kind is PieceKind.HEADING
        if verdict is None or verdict.surety is not Surety.RULE or not is_heading:
            continue
        if not _is_small(sheet, sheet.boxes[number]):
            continue
        for step in (-1, 1):
            beside = number + step
            while 0 <= beside < len(sheet.boxes) and (
                sheet.boxes[beside] == sheet.boxes[number]
            ):
                if sheet.verdicts[beside] is None and beside not in sheet.fixed:
                    sheet.verdicts[beside] = _along(verdict)
                beside += step


def _is_small(sheet: Sheet, box: tuple[str, ...]) -> bool:
    """Whether a box is one within the story: of few words, and less than half of them."""
    if not box:
        return False
    pieces = sheet.story.pieces
    inside = sum(p.words for p, b in zip(pieces, sheet.boxes, strict=True) if b == box)
    total = sum(piece.words for piece in pieces)
    return inside <= _BOX_WORDS and 2 * inside < total


def _all_under(sheet: Sheet, number: int) -> Verdict | None:
    """Return the verdict on what stands under a heading, if all of it is furniture."""
    level = _level(sheet.story.pieces[number])
    first: Verdict | None = None
    for below in range(number + 1, len(sheet.verdicts)):
        piece, verdict = sheet.story.pieces[below], sheet.verdicts[below]
        if verdict is None:
            ends = piece.kind is PieceKind.HEADING and _level(piece) <= level
            if ends or piece.kind is PieceKind.NOTE:
                return first
            if piece.kind is not PieceKind.SEPARATOR:
                return None
        first = first or verdict
    return first


def _level(piece: Piece) -> int:
    return len(piece.markdown) - len(piece.markdown.lstrip("#"))


def gather_headings(sheets: Sequence[Sheet], repeats: Repeats, often: int) -> None:
    """Take headings that repeat, and that furniture follows wherever they stand.

    Args:
        sheets: The stories.
        repeats: What repeats in them.
        often: In how many articles a heading must stand.
    """
    places: dict[str, list[tuple[Sheet, int]]] = defaultdict(list)
    for sheet in sheets:
        for number in sheet.open_pieces():
            piece = sheet.story.pieces[number]
            if piece.kind is PieceKind.HEADING and piece.words >= _HEADING_WORDS:
                places[sheet.keys[number]].append((sheet, number))
    for key, found in places.items():
        if max(len(found), repeats.articles(key)) < often:
            continue
        calls = [_call_at(sheet, number + 1) for sheet, number in found]
        for (sheet, number), call in zip(found, calls, strict=True):
            if call and all(calls):
                sheet.verdicts[number] = _along(call)


def tell_mottos(sheet: Sheet) -> None:
    """Tell the site's praise of itself above the text from calls to act.

    Calls that are guessed and stand before any copy are mottos, unless a button or
    something shouted stands among them.
    """
    numbers = [*_above_text(sheet)]
    pieces = [sheet.story.pieces[number] for number in numbers]
    if any(p.kind is PieceKind.BUTTON or is_shouted(p.text) for p in pieces):
        return
    for number in numbers:
        verdict = sheet.verdicts[number]
        if verdict and verdict.surety is Surety.GUESS and verdict.kind in _CALLING:
            sheet.verdicts[number] = replace(verdict, kind=Furniture.MOTTO)


def _above_text(sheet: Sheet) -> Iterator[int]:
    """Yield the numbers of the furniture that stands before any copy."""
    for number, verdict in enumerate(sheet.verdicts):
        if verdict is None:
            if sheet.story.pieces[number].kind in _TEXT:
                return
        elif verdict.kind in _CALLING:
            yield number
