"""Quotation marks and apostrophes, told apart by what stands around them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from press.intake.typography.line import Edit
from press.intake.typography.words import PERHAPS_CLIPPED, any_of

DOUBLE: Final = '"'
SINGLE: Final = "'"

#: Which quotations are open, outermost first.
Open: TypeAlias = tuple[str, ...]

_MARKS: Final = re.compile("[\"'“”‘’«»„]")
#: Other marks and the numbers of notes, past which one looks for the text.
_PASSED: Final = frozenset("\"'“”‘’\u2063")
#: How far one looks past them.
_LOOK: Final = 4
_OPENING: Final = frozenset("([{<«„¡¿/|=")
_CLOSING: Final = frozenset(".,;:!?)]}>»…/|=%&")
_DASHES: Final = frozenset("-–—")
_DECADE: Final = re.compile(r"\d\d(?![\w'’])")
_POSSESSIVE: Final = re.compile(r"s(?![\w'’])")
_PERHAPS_CLIPPED: Final = re.compile(rf"{any_of(PERHAPS_CLIPPED)}(?!\w)", re.IGNORECASE)
_SHORT_NUMBER: Final = re.compile(r"(?<!\d)\d{1,3}$")
_WANTS_SPACE: Final = frozenset(",;:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The quotation marks of a language.

    Attributes:
        double: Opening and closing mark for straight double ones.
        single: The same for straight single ones; None leaves them alone.
        primes: Whether a mark after a figure may mean feet or inches.
    """

    double: tuple[str, str]
    single: tuple[str, str] | None = None
    primes: bool = False


def _is_space(character: str) -> bool:
    return not character or character.isspace()


def _in_word(character: str) -> bool:
    """Whether a character belongs to a word, accents and vowel signs among them."""
    return character.isalnum() or (
        bool(character) and unicodedata.category(character).startswith("M")
    )


@dataclass(slots=True)
class Curler:
    """Curls the straight marks of one text."""

    text: str
    marks: Marks
    open: list[str]
    edits: list[Edit] = field(default_factory=list)
    _closers: list[int] = field(default_factory=list)
    _last_double: int = -1

    def run(self) -> None:
        """Curl all marks, and keep count of what is open."""
        found = [match.start() for match in _MARKS.finditer(self.text)]
        self._closers = [at for at in found if self._may_close_single(at)]
        self._last_double = self.text.rfind(DOUBLE)
        for at in found:
            match self.text[at]:
                case '"':
                    self._double(at)
                case "'":
                    self._single(at)
                case "“" | "«" | "„":
                    self._begin(at, DOUBLE)
                case "”" | "»":
                    self._end(DOUBLE)
                case "‘":
                    self.open.append(SINGLE)
                case _:
                    if self._may_close_single(at):
                        self._end(SINGLE)

    def _before(self, at: int) -> str:
        """Return what stands before a mark, other marks not counted; "" at the start."""
        first = max(at - _LOOK, 0)
        at -= 1
        while at >= first and self.text[at] in _PASSED:
            at -= 1
        return self.text[at] if at >= 0 else ""

    def _after(self, at: int) -> str:
        """Return what stands after a mark, other marks not counted; "" at the end."""
        last = min(at + _LOOK, len(self.text) - 1)
        at += 1
        while at <= last and self.text[at] in _PASSED:
            at += 1
        return self.text[at] if at < len(self.text) else ""

    def _may_close_single(self, at: int) -> bool:
        if self.text[at] not in "'’":
            return False
        return not _is_space(self._before(at)) and not _in_word(self._next(at))

    def _next(self, at: int) -> str:
        return self.text[at + 1] if at + 1 < len(self.text) else ""

    def _previous(self, at: int) -> str:
        return self.text[at - 1] if at else ""

    def _put(self, at: int, text: str) -> None:
        self.edits.append(Edit(start=at, end=at + 1, text=text))

    def _begin(self, at: int, mark: str) -> None:
        """Count a quotation as open; at a paragraph's start an open one goes on."""
        if self._before(at) or mark not in self.open:
            self.open.append(mark)

    def _end(self, mark: str) -> None:
        """Count the last open quotation of a kind as closed, and all within it."""
        if mark in self.open:
            while self.open.pop() != mark:
                pass

    def _opens(self, at: int, mark: str) -> bool:
        """Whether a mark opens a quotation; where it could do both, what is open says."""
        before, after = self._before(at), self._after(at)
        if not before:
            return not _is_space(after)
        left = _is_space(before) or before in _OPENING
        right = _is_space(after) or after in _CLOSING
        if left != right and before not in _DASHES and after not in _DASHES:
            return left
        if after in _DASHES and left != (before in _DASHES):
            return left and mark not in self.open
        return mark not in self.open

    def _double(self, at: int) -> None:
        opening, closing = self.marks.double
        before = self._before(at)
        inches = self.marks.primes and before.isdecimal() and DOUBLE not in self.open
        if inches and not self._next(at).isalnum():
            self._put(at, "″")
        elif self._opens(at, DOUBLE):
            self._put(at, self._space_before(at) + opening)
            self._begin(at, DOUBLE)
        else:
            self._put(at, closing)
            self._end(DOUBLE)

    def _space_before(self, at: int) -> str:
        """Return the space that a writer forgot before an opening mark."""
        before = self._previous(at)
        if not self._next(at).isalnum():
            return ""
        if before in _WANTS_SPACE:
            return " "
        closes_later = self.text[at] == DOUBLE and self._last_double > at
        return " " if before.isalpha() and closes_later else ""

    def _single(self, at: int) -> None:
        before, after = self._previous(at), self._next(at)
        possessive = not _is_space(before) and _POSSESSIVE.match(self.text, at + 1)
        if possessive or (_in_word(before) and _in_word(after)):
            self._put(at, "’")
        elif self.marks.single is None:
            return
        elif self._is_feet(at):
            self._put(at, "′")
        elif self._opens(at, SINGLE):
            self._open_single(at)
        else:
            self._put(at, self.marks.single[1])
            self._end(SINGLE)

    def _is_feet(self, at: int) -> bool:
        if not self.marks.primes or SINGLE in self.open or self._next(at).isalnum():
            return False
        return _SHORT_NUMBER.search(self.text[max(at - 4, 0) : at]) is not None

    def _open_single(self, at: int) -> None:
        """Open a quotation, unless the mark stands for letters left out."""
        after = self._next(at)
        decade = _DECADE.match(self.text, at + 1)
        closes = bisect_right(self._closers, at) < len(self._closers)
        clipped = _PERHAPS_CLIPPED.match(self.text, at + 1)
        goes_on = not (self._before(at) or clipped) and after.isupper()
        if decade or not (closes or goes_on) or self.marks.single is None:
            self._put(at, "’")
        else:
            self._put(at, self._space_before(at) + self.marks.single[0])
            self.open.append(SINGLE)


def curl(text: str, marks: Marks, opened: Open) -> tuple[list[Edit], Open]:
    """Return the changes that curl a text's marks, and what it leaves open."""
    curler = Curler(text=text, marks=marks, open=list(opened))
    curler.run()
    return curler.edits, tuple(curler.open)
