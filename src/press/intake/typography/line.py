"""A line of text that knows its pieces while rules change it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Instead: TypeAlias = "str | Callable[[re.Match[str]], str | None]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of typography.

    Attributes:
        name: What it does, in a word or two.
        pattern: Where it acts; what its group `at` matches is changed.
        instead: What stands there then; a function may answer None for no change.
        signs: Without one of these in a text the pattern cannot match; looking for them
            first is what makes many rules fast.
    """

    name: str
    pattern: re.Pattern[str]
    instead: Instead
    signs: tuple[str, ...] = ()

    def may_act(self, text: str) -> bool:
        """Whether it is worth looking for the pattern in a text."""
        return not self.signs or any(map(text.__contains__, self.signs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change to a line: what stands from `start` to `end` becomes `text`."""

    start: int
    end: int
    text: str


class Line:
    """Several pieces of text, read and changed as one."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self.text = "".join(pieces)
        self._stops: list[int] = []
        end = 0
        for piece in pieces:
            end += len(piece)
            self._stops.append(end)

    def pieces(self) -> list[str]:
        """Return the pieces as they are now."""
        starts = [0, *self._stops]
        return [
            self.text[start:stop]
            for start, stop in zip(starts, self._stops, strict=False)
        ]

    def apply(self, rule: Rule) -> None:
        """Apply a rule wherever it acts."""
        if not rule.may_act(self.text):
            return
        edits: list[Edit] = []
        for match in rule.pattern.finditer(self.text):
            instead = rule.instead
            text = instead if isinstance(instead, str) else instead(match)
            start, end = match.span("at")
            if text is not None and text != self.text[start:end]:
                edits.append(Edit(start=start, end=end, text=text))
        if edits:
            self.change(edits)

    def change(self, edits: Iterable[Edit]) -> None:
        """Make changes, given in order and not overlapping.

        What a change across two pieces puts in belongs to the first of them.
        """
        parts: list[str] = []
        stops: list[int] = []
        last = shift = index = 0
        for edit in edits:
            index = self._pass_stops(index, edit.start, shift, stops)
            parts += (self.text[last : edit.start], edit.text)
            grown = edit.start + shift + len(edit.text)
            while index < len(self._stops) and self._stops[index] < edit.end:
                stops.append(grown)
                index += 1
            shift += len(edit.text) - (edit.end - edit.start)
            last = edit.end
        self._pass_stops(index, len(self.text), shift, stops)
        parts.append(self.text[last:])
        self.text, self._stops = "".join(parts), stops

    def _pass_stops(self, index: int, end: int, shift: int, stops: list[int]) -> int:
        """Move the stops up to `end`; return the index of the first beyond it."""
        while index < len(self._stops) and self._stops[index] <= end:
            stops.append(self._stops[index] + shift)
            index += 1
        return index
