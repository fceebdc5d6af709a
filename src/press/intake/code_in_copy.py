"""Code that stands in copy as words: signs of HTML, pictures and links of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from press.model.finding import Finding, warning
from press.model.story import Piece, PieceKind

#: A sign as HTML writes it, which no text shows to readers.
_CODE: Final = re.compile(
    r"&(?:amp;)*(?:#\d{2,5}|#x[\da-fA-F]{2,5}|nbsp|[lr][sd]quo|[mn]dash|hellip|quot|amp);"
)
#: A picture or a link, in the words of a text: somebody typed it where none is read.
_SAID_IN_MARKDOWN: Final = re.compile(
    r"!\[[^\[\]]{0,200}\]\([^()\s]{1,300}(?: \S{0,200})?\)"
    r"|\[[^\[\]]{1,200}\]\((?:https?://|www\.|/)[^()\s]{1,300}\)"
)


def code_in_copy(pieces: Sequence[Piece]) -> Iterator[Finding]:
    """Say which code stands in a story as words, each kind by its first; lines of code may."""
    if twice := _first(_CODE, pieces):
        yield warning(
            "intake.garbled",
            f"signs were written as code twice, such as “{twice}”",
            hint="correct them in the article; the site's own page may be wrong, too",
        )
    if literal := _first(_SAID_IN_MARKDOWN, pieces):
        yield warning(
            "intake.markdown",
            f"“{literal}” is Markdown that stands in the text as words",
            hint="bring the picture or the link that it means, or delete the words",
        )


def _first(pattern: re.Pattern[str], pieces: Sequence[Piece]) -> str:
    found = (
        pattern.search(piece.text)
        for piece in pieces
        if piece.kind is not PieceKind.LISTING
    )
    return next((match[0] for match in found if match), "")
