"""What no repetition makes furniture: who wrote and signed, and most of an article."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from press.intake.credit import credit_line
from press.intake.furniture.sheet import Sheet
from press.model.story import PieceKind, Story

_LONGEST: Final = 16
_BY: Final = re.compile(
    r"\W*(?i:by|von|par|por|di|door|av|af|от"
    r"|(?:words|text|reporting|compiled|written|edited|translated)\s*(?:by|:))"
    r"\s+[^\W\d_a-zß-ÿ]"
)
_PARTING: Final = re.compile(
    r"\W*(?:yours(?: \w+)?|(?:yours )?(?:faithfully|sincerely|truly|respectfully)"
    r"|(?:with )?(?:(?:best|kind|warm(?:est)?) )?(?:regards|wishes)"
    r"|(?:mit )?(?:freundlichen?|besten|herzlichen?|viele) grü(?:ßen?|ssen?)"
    r"|hochachtungsvoll|cordialement|sincèrement|(?:un )?(?:cordial )?saludos?"
    r"|atentamente|cordiali saluti|atenciosamente|met vriendelijke groet(?:en)?"
    r"|med vänlig hälsning|med venlig hilsen|z poważaniem)\s*(?:,|\.|–|—|-|\n|$)",
    re.IGNORECASE,
)
#: Names, and what stands between the parts of one: "Ada Marsh, University of Leith".
_NAMES: Final = re.compile(
    r"(?:[^\W\d_a-zß-ÿ][\w.'’-]*|(?:of|the|and|van|von|de|da|di|der|den|del|la|le|al"
    r"|bin|und|et|y|e|i)\b|[&/,–—-]|\d+\w?)(?:[,;]?\s+|[,.]?$)"
)
_SIGNED_WORDS: Final = 10
#: Pieces among which a by-line stands: after headline, standfirst and a picture.
_EARLY: Final = 5


def names_somebody(story: Story, number: int) -> bool:
    """Whether a piece is a by-line, a credit, or what a letter is signed with.

    Such lines stand under many articles of one writer and are copy in each of them. A
    line of names alone may be a paper's motto as well: it signs where a parting stands
    before it, or where it has a writer's name.
    """
    piece = story.pieces[number]
    text = piece.text.strip()
    if piece.kind is not PieceKind.PARAGRAPH or len(text.split()) > _LONGEST:
        return False
    if _PARTING.match(text):
        return True
    if "](" in piece.markdown or text.endswith(("!", "?", "…", ":")):
        return False
    if number < _EARLY and _BY.match(text) and not text.endswith("."):
        return True
    return bool(credit_line(text)) or _signs(story, number)


def give_back(sheet: Sheet, repeated: Collection[int]) -> tuple[int, ...]:
    """Return which of the pieces that repeat are copy all the same.

    Furniture stands beside an article and is not most of it. Where it would be, what
    calls for nothing is taken for copy; and where nothing were left, all of it is.

    Args:
        sheet: A story on which only repetition and rules have been held against.
        repeated: The numbers of the pieces that repetition would take.
    """
    pieces, verdicts = sheet.story.pieces, sheet.verdicts
    left = sum(
        piece.words
        for piece, verdict in zip(pieces, verdicts, strict=True)
        if verdict is None
    )
    taken = sum(pieces[number].words for number in repeated)
    if taken <= left:
        return ()
    return tuple(
        number
        for number in repeated
        if pieces[number].words and (not left or sheet.scores[number].points <= 0)
    )


def _signs(story: Story, number: int) -> bool:
    text = story.pieces[number].text.strip()
    if not _is_names(text):
        return False
    before = number - 1
    while before >= 0 and _is_names(story.pieces[before].text.strip()):
        before -= 1
    parted = before >= 0 and _PARTING.match(story.pieces[before].text.strip())
    return bool(parted) or any(name and name in text for name in story.byline)


def _is_names(text: str) -> bool:
    """Whether a line is made of names alone; one in capitals is shouted."""
    if len(text.split()) > _SIGNED_WORDS or text.isupper() or text.endswith("."):
        return False
    at = 0
    while at < len(text):
        match = _NAMES.match(text, at)
        if match is None:
            return False
        at = match.end()
    return True
