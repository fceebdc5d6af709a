"""Paragraphs that stand in many articles, the same or nearly so."""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final
from zlib import crc32

from rapidfuzz import fuzz

#: How alike two fingerprints are that count as one, of 100.
ALIKE: Final = 92
_NO_WORD: Final = re.compile(r"[\W_]+")
_TOGETHER, _LONG_WORD, _KEYS, _MOST_LEADERS = 3, 7, 6, 40
#: What a letter of a script without spaces weighs: it says as much as several others.
_DENSE, _DENSE_WEIGHT = "\u2e80", 3
_SHORTEST: Final = 24


def fingerprint(text: str) -> str:
    """Return the words of a text alone: no stops, no capitals, no entities."""
    return _NO_WORD.sub(" ", html.unescape(text)).casefold().strip()


def says_enough(print_: str) -> bool:
    """Whether a fingerprint is long enough not to repeat by chance."""
    if len(print_) >= _SHORTEST:
        return True
    weight = sum(_DENSE_WEIGHT if letter >= _DENSE else 1 for letter in print_)
    return weight >= _SHORTEST


@dataclass(slots=True)
class Repeats:
    """Which articles say the same.

    Fingerprints are put together with the first one that they are like. Only those are
    compared that share one of the smallest hashes of three words in a row.
    """

    _leader: dict[str, int] = field(default_factory=dict)
    _leaders: list[str] = field(default_factory=list)
    _by_key: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    _articles: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, prints: Iterable[str], article: str) -> None:
        """Say that an article holds these fingerprints."""
        for one in prints:
            if says_enough(one):
                self._articles[self._find(one)].add(article)

    def articles(self, print_: str) -> int:
        """Return how many articles say the same as a fingerprint."""
        number = self._leader.get(print_)
        return 0 if number is None else len(self._articles[number])

    def _find(self, print_: str) -> int:
        number = self._leader.get(print_)
        if number is None:
            number = self._leader[print_] = self._nearest(print_)
        return number

    def _nearest(self, print_: str) -> int:
        keys = _keys(print_)
        tried: set[int] = set()
        for key in keys:
            for number in self._by_key[key]:
                if number not in tried and _alike(print_, self._leaders[number]):
                    return number
                tried.add(number)
        self._leaders.append(print_)
        number = len(self._leaders) - 1
        for key in keys:
            if len(self._by_key[key]) < _MOST_LEADERS:
                self._by_key[key].append(number)
        return number


def _alike(one: str, other: str) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    # So unlike in length, they cannot be alike enough: 2 × shorter of both together.
    if 200 * shorter < ALIKE * (shorter + longer):
        return False
    return fuzz.ratio(one, other, score_cutoff=ALIKE) >= ALIKE


def _keys(print_: str) -> tuple[int, ...]:
    """Return the smallest hashes of runs of words that begin with a long one.

    Texts that are nearly the same have nearly the same runs, so that they share one of
    the smallest, wherever they differ (A. Broder, "On the resemblance and containment of
    documents", 1997).
    """
    words = print_.split()
    last = max(len(words) - _TOGETHER, 0)
    starts = [n for n, word in enumerate(words[: last + 1]) if len(word) >= _LONG_WORD]
    if len(starts) < _KEYS:
        starts = list(range(last + 1))
    runs = {" ".join(words[n : n + _TOGETHER]) for n in starts}
    return tuple(sorted([crc32(run.encode()) for run in runs])[:_KEYS])


def same_stories(
    shared: Sequence[frozenset[str]], languages: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Yield pairs of stories that are one: translations share tables, lists and notes.

    Args:
        shared: Of each story, the fingerprints of what is not running text.
        languages: Its language; empty where unknown.
    """
    for (one, other), count in _in_common(shared, _MOST_TRANSLATIONS).items():
        known = languages[one] and languages[other]
        if count >= _SHARED and not (known and languages[one] == languages[other]):
            yield one, other


def same_texts(texts: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Yield pairs of texts that are one story, in two forms or in two states.

    They share most of the paragraphs of the shorter one, and more than a site's furniture
    ever is.

    Args:
        texts: Of each text, its fingerprints.
    """
    long = [frozenset(one for one in prints if says_enough(one)) for prints in texts]
    for (one, other), count in _in_common(long, _MOST_FORMS).items():
        shorter = min(len(long[one]), len(long[other]))
        if count >= _MORE_THAN_FURNITURE and count >= _MOST_OF * shorter:
            yield one, other


def _in_common(texts: Sequence[frozenset[str]], most: int) -> Counter[tuple[int, int]]:
    """Return how many fingerprints texts have in common, two by two.

    Those that stand in more than `most` texts tell nothing.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for number, prints in enumerate(texts):
        for print_ in prints:
            holders[print_].append(number)
    return Counter(
        pair
        for numbers in holders.values()
        if len(numbers) <= most
        for pair in combinations(numbers, 2)
    )


_MOST_TRANSLATIONS, _SHARED = 8, 2
_MOST_FORMS, _MORE_THAN_FURNITURE, _MOST_OF = 12, 8, 0.6
