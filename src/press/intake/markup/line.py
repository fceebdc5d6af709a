"""A line of HTML: a headline, a caption, a credit."""

from __future__ import annotations

from press.intake.markup.parse import parse
from press.intake.markup.words import words_of


def plain_line(text: str) -> str:
    """Return the words of a line of HTML."""
    if "<" not in text and "&" not in text:
        return " ".join(text.split())
    return words_of(parse(text))
