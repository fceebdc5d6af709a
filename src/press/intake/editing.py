"""What editors left in a document: tracked changes, and comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from press.model.finding import Finding, Place, note, warning

_SHOWN: Final = 80


def changes_told(
    name: str, insertions: int, deletions: int, place: Place
) -> Iterator[Finding]:
    """Tell the tracked changes of a document, where it has any."""
    if insertions or deletions:
        yield warning(
            "intake.tracked-changes",
            f"{name} has tracked changes: {_several(insertions, 'insertion')} taken,"
            f" {_several(deletions, 'deletion')} carried out",
            place,
            "ask whether all of them were agreed",
        )


def comments_told(name: str, said: Sequence[str], place: Place) -> Iterator[Finding]:
    """Tell the comments of a document, where it has any, with the first one's words."""
    if said:
        stays = "stays" if len(said) == 1 else "stay"
        first = said[0] if len(said[0]) <= _SHOWN else said[0][: _SHOWN - 1] + "…"
        yield note(
            "intake.comments",
            f"{name} has {_several(len(said), 'comment')}, which {stays} out of copy:"
            f" “{first}”",
            place,
            "read them before the article goes on",
        )


def _several(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
