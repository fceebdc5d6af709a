"""The language of imported stories: many websites name one for all they have."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from press.model.finding import note
from press.model.story import PieceKind, Story
from press.ports import LanguageGuesser

#: Forms in which somebody wrote the language down for this very text.
_BY_HAND: Final = frozenset({"markdown"})
_READ: Final = frozenset({PieceKind.PARAGRAPH, PieceKind.LIST, PieceKind.QUOTE})


def in_its_language(story: Story, tongue: LanguageGuesser, own: str) -> Story:
    """Return a story with its language named, where it is not the paper's own.

    Websites name one language for all they have, so the words are believed; what was
    written by hand over a text stands.

    Args:
        story: The story.
        tongue: Tells the language of its words.
        own: The paper's language (BCP 47).
    """
    words = " ".join(piece.text for piece in story.pieces if piece.kind in _READ)
    found = tongue.guess(words)
    told = story.lang or own
    if not found or _primary(found) == _primary(told):
        same = _primary(story.lang) == _primary(own)
        return replace(story, lang="") if same else story
    if not story.lang:
        return replace(story, lang=found)
    finding = note(
        "intake.language",
        f"the source says that it is in “{story.lang}”; its words are “{found}”",
        hint="correct `lang` in the front matter if that is wrong",
    )
    lang = story.lang if story.origin.form in _BY_HAND else found
    return replace(story, lang=lang, findings=(*story.findings, finding))


def _primary(lang: str) -> str:
    return lang.partition("-")[0].lower()
