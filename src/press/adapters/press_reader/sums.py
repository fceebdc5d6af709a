"""A hash of all that a page draws: pages with the same look the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import pikepdf

_UP = "/Parent"
#: What a page may have from the nodes above it.
_INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
_DEEPEST = 200
_REFERENCE = b" R"


class Sums:
    """Hashes the pages of one file; what they share is hashed once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}
        self._open: set[tuple[int, int]] = set()

    def page(self, page: Any) -> str:
        """Return the hash of a page and of all it reaches, in hexadecimal.

        Raises:
            ValueError: It reaches itself, or goes too deep.
        """
        parts = [self._dictionary(page, 0)]
        node = page.get(_UP)
        for _ in range(_DEEPEST):
            if node is None:
                break
            found = ((key, node[key]) for key in _INHERITED if key in node)
            parts.append(self._entries(found, 0))
            node = node.get(_UP)
        return hashlib.sha256(b"\n".join(parts)).hexdigest()

    def _of(self, thing: Any, depth: int) -> bytes:
        if not isinstance(thing, pikepdf.Object) or not thing.is_indirect:
            return self._direct(thing, depth)
        key = thing.objgen
        if key not in self._known:
            if key in self._open or depth > _DEEPEST:
                raise ValueError("the page reaches itself")
            self._open.add(key)
            self._known[key] = hashlib.sha256(self._direct(thing, depth)).digest()
            self._open.remove(key)
        return self._known[key]

    def _direct(self, thing: Any, depth: int) -> bytes:
        if isinstance(thing, pikepdf.Stream):
            return self._dictionary(thing, depth) + b"stream" + _sum_of(thing)
        if isinstance(thing, pikepdf.Dictionary):
            return self._dictionary(thing, depth)
        if isinstance(thing, pikepdf.Array):
            written = thing.unparse()
            if _REFERENCE not in written:
                return written
            return b"[" + b" ".join(self._of(one, depth + 1) for one in thing) + b"]"
        if isinstance(thing, pikepdf.Object):
            return thing.unparse(resolved=True)
        return repr(thing).encode()

    def _dictionary(self, thing: Any, depth: int) -> bytes:
        return self._entries(thing.items(), depth)

    def _entries(self, entries: Iterable[tuple[str, Any]], depth: int) -> bytes:
        parts = [
            key.encode() + b" " + self._of(value, depth + 1)
            for key, value in sorted(entries, key=lambda entry: entry[0])
            if key != _UP
        ]
        return b"<<" + b"\n".join(parts) + b">>"


def _sum_of(stream: pikepdf.Stream) -> bytes:
    return hashlib.sha256(stream.read_raw_bytes()).digest()
