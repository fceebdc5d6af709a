"""Pyphen: where words may be divided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import pyphen


class PyphenHyphenator:
    """Divides words by the patterns of their language and the house's exceptions."""

    def __init__(self, exceptions: Iterable[str] = ()) -> None:
        """Take exceptions as words with their only breaks marked: "Za-por-izh-zhia"."""
        self._exceptions = {
            word.replace("-", "").casefold(): _marked(word) for word in exceptions
        }
        self._points = lru_cache(maxsize=100_000)(self._divide)

    def points(self, word: str, lang: str) -> Sequence[int]:
        """Return the offsets in `word` before which a hyphen may stand."""
        return self._points(word, lang)

    def _divide(self, word: str, lang: str) -> tuple[int, ...]:
        known = self._exceptions.get(word.casefold())
        if known is not None:
            return known
        patterns = _patterns(lang)
        if patterns is None:
            return ()
        return tuple(at for at in patterns.positions(word) if word[at - 1] not in "'’")


def _marked(word: str) -> tuple[int, ...]:
    out, at = [], 0
    for part in word.split("-")[:-1]:
        at += len(part)
        out.append(at)
    return tuple(out)


@lru_cache(maxsize=16)
def _patterns(lang: str) -> pyphen.Pyphen | None:
    known = pyphen.language_fallback(lang)
    return pyphen.Pyphen(lang=known, left=2, right=2) if known else None
