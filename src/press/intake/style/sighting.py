"""Sightings: where in an edition's copy words stand that may be names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from press.intake.style.house import begins_sentence
from press.intake.style.passage import Passage, PassageKind, words_of

#: Letters that a name has at least.
FEWEST = 5
#: After this code point letters are not Latin.
LATIN = 0x250
_TOKEN = re.compile(r"[^\W\d_]\w*(?:[’'\-]\w+)*")
_POSSESSIVE = re.compile(r"[’'](?:s|S)?$")
#: What stands right before a word that is a part of an address.
_SPOILT = frozenset("@/#\\.")
#: What stands before a name and says nothing of whose it is.
TITLES = words_of(
    "Mr Mrs Ms Miss Dr Sir Dame Lord Lady Prof Professor President Prime Minister Judge"
    " Captain General Colonel Senator The A An In At On And But For From With By Of As"
    " If When While After Before Since"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A place where a name stands.

    Attributes:
        passage: In which passage.
        rank: The passage's number in the edition.
        start: Where in its text.
        before: The capitalised word right before it; empty for none.
        after: The one right after it; empty for none.
        inside: Whether its capital is its own: it does not begin a sentence.
    """

    passage: Passage
    rank: int
    start: int
    before: str
    after: str
    inside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    text: str
    start: int
    stop: int

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


class Sightings:
    """All words of an edition that may be names."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._names: dict[str, list[Sighting]] = defaultdict(list)
        self._runs: dict[str, list[Sighting]] = defaultdict(list)
        self._small: set[str] = set()
        for rank, passage in enumerate(passages):
            if passage.kind in {PassageKind.TEXT, PassageKind.QUOTED}:
                self._read(passage, rank)

    def names(self) -> dict[str, list[Sighting]]:
        """Return single words that are names, with their places."""
        return {
            text: seen
            for text, seen in self._names.items()
            if any(one.inside for one in seen)
            and text.lower() not in self._small
            and not text.isupper()
        }

    def runs(self) -> dict[str, list[Sighting]]:
        """Return pairs of capitalised words, with their places."""
        return self._runs

    def _read(self, passage: Passage, rank: int) -> None:
        tokens = list(_tokens(passage.text))
        self._small |= {one.text for one in tokens if one.text[0].islower()}
        for number, token in enumerate(tokens):
            if not token.is_capital or not _is_latin(token.text):
                continue
            before = tokens[number - 1] if number else None
            after = tokens[number + 1] if number + 1 < len(tokens) else None
            own = Sighting(
                passage=passage,
                rank=rank,
                start=token.start,
                before=_beside(passage.text, before, token, before),
                after=_beside(passage.text, token, after, after),
                inside=not begins_sentence(passage.text, token.start),
            )
            if len(token.text) >= FEWEST:
                self._names[token.text].append(own)
            if own.after and after is not None and own.inside:
                run = passage.text[token.start : after.start] + after.text
                self._runs[run].append(own)


def _tokens(text: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(text):
        if _is_address(text, found.start(), found.end()):
            continue
        word = _POSSESSIVE.sub("", found[0])
        head, hyphen, rest = word.partition("-")
        if hyphen and head[:1].isupper() and not rest[:1].isupper():
            word = head  # “Russian-dominated” says no more than “Russian”
        yield _Token(text=word, start=found.start(), stop=found.start() + len(word))


def _is_address(text: str, start: int, stop: int) -> bool:
    """Whether a word is a part of an address or of a file's name: facebook.com."""
    if text[max(0, start - 1) : start] in _SPOILT:
        return True
    after = text[stop : stop + 2]
    return after[:1] in {"@", "/"} or (after[:1] == "." and after[1:].isalnum())


def _beside(
    text: str, first: _Token | None, second: _Token | None, wanted: _Token | None
) -> str:
    """Return a capitalised word that only a space parts from its neighbour."""
    if first is None or second is None or wanted is None or not wanted.is_capital:
        return ""
    if text[first.stop : second.start].strip(" \u00a0") or not first.is_capital:
        return ""
    return "" if wanted.text in TITLES else wanted.text


def _is_latin(word: str) -> bool:
    return all(ord(letter) < LATIN or letter in "’'-" for letter in word)
