"""How a run of text differs, as the tags around it say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from press.model.copy import Mark

MARKS: Final[Mapping[str, Mark]] = {
    "em": Mark.EMPHASIS,
    "i": Mark.EMPHASIS,
    "cite": Mark.EMPHASIS,
    "dfn": Mark.EMPHASIS,
    "var": Mark.EMPHASIS,
    "strong": Mark.STRONG,
    "b": Mark.STRONG,
    "code": Mark.CODE,
    "tt": Mark.CODE,
    "kbd": Mark.CODE,
    "samp": Mark.CODE,
    "sup": Mark.SUPERSCRIPT,
    "sub": Mark.SUBSCRIPT,
    "s": Mark.DELETED,
    "del": Mark.DELETED,
    "strike": Mark.DELETED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Marks and link of the text at hand."""

    marks: frozenset[Mark] = frozenset()
    link: str | None = None

    def with_mark(self, mark: Mark) -> Style:
        """Return this style with one mark more."""
        return replace(self, marks=self.marks | {mark})

    def with_link(self, link: str | None) -> Style:
        """Return this style leading elsewhere."""
        return replace(self, link=link)


PLAIN: Final = Style()
