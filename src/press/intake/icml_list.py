"""Lists in InCopy stories: paragraphs whose styles say in which lists they lie."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_BULLETS: Final = ("bullist", "bullet")
_NUMBERS: Final = ("numlist", "numbered", "orderedlist")
#: "Bullet list 2": how deep a list lies, where its style's name says it by a number.
_LEVEL: Final = re.compile(r"[2-5]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Berth:
    """Where a paragraph stands in lists.

    Attributes:
        lists: The lists that it lies in, as HTML calls them, the outermost first.
        first: Whether its item begins a list of its own.
        goes_on: Whether it is a further paragraph of an item.
    """

    lists: tuple[str, ...]
    first: bool
    goes_on: bool


def berth_of(style: str) -> Berth | None:
    """Return where a paragraph stands by its style; None for one that is in no list.

    Styles for paragraphs in lists within lists are named one after another:
    "BulList > NumList > first > Paragraph".
    """
    parts = [
        part.strip().replace(" ", "")
        for part in style.rpartition("/")[2].lower().split(">")
    ]
    lists: list[str] = []
    for part in parts:
        kind = _kind(part)
        if not kind:
            break
        level = _LEVEL.search(part) if len(parts) == 1 else None
        lists += [kind] * (int(level[0]) if level else 1)
    if not lists:
        return None
    return Berth(
        lists=tuple(lists), first="first" in parts, goes_on="subparagraph" in parts
    )


def _kind(part: str) -> str:
    if any(name in part for name in _NUMBERS):
        return "ol"
    return "ul" if any(name in part for name in _BULLETS) else ""


@dataclass(slots=True)
class ListWriter:
    """Writes items one after another as lists of HTML."""

    _open: list[str] = field(default_factory=list)
    _made: list[str] = field(default_factory=list)

    def add(self, line: str, berth: Berth) -> None:
        """Add a paragraph of a list, in HTML."""
        shared = self._shared(berth.lists)
        if berth.first and shared == len(berth.lists):
            shared -= 1
        if berth.goes_on and shared:
            self._close(shared)
            self._made.append(f"<p>{line}</p>")
            return
        self._close(shared)
        if shared == len(berth.lists):
            self._made.append("</li><li>")
        for kind in berth.lists[shared:]:
            self._open.append(kind)
            self._made.append(f"<{kind}><li>")
        self._made.append(line)

    def take(self) -> list[str]:
        """Return what was written, as blocks, and begin anew."""
        self._close(0)
        made, self._made = "".join(self._made), []
        return [made] if made else []

    def _shared(self, lists: tuple[str, ...]) -> int:
        """Return how many of the open lists a paragraph lies in."""
        count = 0
        for one, other in zip(self._open, lists, strict=False):
            if one != other:
                break
            count += 1
        return count

    def _close(self, count: int) -> None:
        while len(self._open) > count:
            self._made.append(f"</li></{self._open.pop()}>")
