"""Pages that were read before, and what was read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from press.adapters.press_reader.page import ReadPage
from press.model.record import decode, encode
from press.ports import Cache

_KIND = "facts"


class KeptPages:
    """Remembers what was read of a page by the hash of all it draws."""

    def __init__(self, cache: Cache, version: str) -> None:
        """Take where it is kept, and the version of what reads."""
        self._cache, self._version = cache, version

    def find(self, sums: Mapping[int, str]) -> dict[int, ReadPage]:
        """Return the pages that are known, by number."""
        found = {}
        for number, one in sums.items():
            kept = self._cache.get(_KIND, self._key(one))
            if kept is not None:
                found[number] = _numbered(decode(ReadPage, json.loads(kept)), number)
        return found

    def keep(self, page: ReadPage, page_sum: str) -> None:
        """Keep what was read of a page."""
        kept = json.dumps(encode(_numbered(page, 1)))
        self._cache.put(_KIND, self._key(page_sum), kept.encode())

    def _key(self, page_sum: str) -> str:
        return f"{page_sum[:32]}{self._version[:32]}"


def _numbered(page: ReadPage, number: int) -> ReadPage:
    """Return a page as if it had another number."""
    return replace(
        page,
        marks=replace(page.marks, number=number),
        fonts=tuple(replace(font, pages=(number,)) for font in page.fonts),
    )
