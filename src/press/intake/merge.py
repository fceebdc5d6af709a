"""Three-way: what came last time, what a sub-editor made of it, what came now.

The method is that of diff3 (Khanna, Kunal and Pierce, 2007): where only one side changed
a stretch, that side is taken; where both did, the sub-editor's stands and the web's is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from press.intake.pairing import paired

_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_CODE: Final = re.compile(r" {4}|\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A stretch that both sides changed.

    Attributes:
        base: What came last time.
        ours: What a sub-editor made of it; it stands.
        theirs: What came now.
    """

    base: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What the sides make together.

    Attributes:
        parts: The result.
        clashes: Where both sides changed the same.
        came: Parts of the result that are new from the source.
        gone: Parts that the source took out.
    """

    parts: tuple[str, ...]
    clashes: tuple[Clash, ...] = ()
    came: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def merge(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Merged:
    """Merge what came now into what a sub-editor made of what came last time."""
    merging = _Merging(base=base)
    mine, new = _edits(base, ours), _edits(base, theirs)
    at = 0
    while mine or new:
        first = min((edits[0] for edits in (mine, new) if edits), key=_order)
        merging.parts += base[at : first.start]
        own, their = [], []
        end = first.end
        while True:  # Take in all edits that touch the same stretch of the base.
            if mine and mine[0].touches(first.start, end):
                own.append(mine.pop(0))
            elif new and new[0].touches(first.start, end):
                their.append(new.pop(0))
            else:
                break
            end = max(end, *(one.end for one in (*own, *their)))
        merging.take(first.start, end, own, their)
        at = end
    merging.parts += base[at:]
    return Merged(
        parts=tuple(merging.parts),
        clashes=tuple(merging.clashes),
        came=tuple(merging.came),
        gone=tuple(merging.gone),
    )


def changed(base: Sequence[str], ours: Sequence[str]) -> tuple[str, ...]:
    """Return the parts that a sub-editor changed, took out or put in."""
    out: list[str] = []
    matcher = SequenceMatcher(None, base, ours, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag != "equal":
            out += ours[j1:j2] or base[i1:i2]
    return tuple(out)


def parts_of(text: str) -> tuple[str, ...]:
    """Part a text at its blank lines.

    What stands in a fence, or is indented as code, stays together, and every line ends
    as it does: two blanks at its end are a line's end in print.
    """
    parts: list[list[str]] = [[]]
    blank: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if not (line.strip() or fence):
            blank.append("")
            continue
        if blank and parts[-1]:
            goes_on = _CODE.match(parts[-1][0]) and _CODE.match(line)
            if goes_on:
                parts[-1] += blank
            else:
                parts.append([])
        blank = []
        if mark and not fence:
            fence = mark[1]
        elif mark and fence and mark[1].startswith(fence):
            fence = ""
        parts[-1].append(line)
    return tuple("\n".join(part) for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edit:
    """What one side made of a stretch of the base: its parts `start` to `end`."""

    start: int
    end: int
    parts: tuple[str, ...]

    def touches(self, start: int, end: int) -> bool:
        """Whether it changes what lies between two places, or puts in at the same one."""
        if self.start == self.end:
            return start < self.start < end or self.start == start == end
        return self.start < end and self.end > start


@dataclass(slots=True, kw_only=True)
class _Merging:
    base: Sequence[str]
    parts: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    came: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def take(
        self, start: int, end: int, own: Sequence[_Edit], their: Sequence[_Edit]
    ) -> None:
        """Take the edits of both sides in one stretch."""
        was = tuple(self.base[start:end])
        mine, new = self._made(start, end, own), self._made(start, end, their)
        if own and their and mine != new:
            self.parts += mine
            self.clashes.append(Clash(base=was, ours=mine, theirs=new))
            return
        self.parts += mine if own else new
        if not own:
            self.came += [part for part in new if part not in was]
            self.gone += [part for part in was if part not in new]

    def _made(self, start: int, end: int, edits: Sequence[_Edit]) -> tuple[str, ...]:
        parts: list[str] = []
        at = start
        for edit in edits:
            parts += [*self.base[at : edit.start], *edit.parts]
            at = edit.end
        return (*parts, *self.base[at:end])


def _order(edit: _Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _edits(base: Sequence[str], other: Sequence[str]) -> list[_Edit]:
    """Return what another version changed, each part by itself where that can be told."""
    found: list[_Edit] = []
    matcher = SequenceMatcher(None, base, other, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        pairs = list(paired(base[i1:i2], other[j1:j2]))
        if not pairs and i2 - i1 == j2 - j1:
            pairs = [(n, n) for n in range(i2 - i1)]
        at, to = i1, j1
        for one, two in [*((i1 + a, j1 + b) for a, b in pairs), (i2, j2)]:
            if at < one or to < two:
                found.append(_Edit(start=at, end=one, parts=tuple(other[to:two])))
            if one < i2:
                found.append(_Edit(start=one, end=one + 1, parts=(other[two],)))
            at, to = one + 1, two + 1
    return found
