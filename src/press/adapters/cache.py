"""Work kept between builds, in a folder that may be thrown away at any time."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

SUM = hashlib.sha256().digest_size


class FolderCache:
    """Keeps values by kind and key; a damaged or missing one is simply not there.

    Every file begins with the sum of its key and what follows, so that half a file, or
    one in another's place, is seen for what it is.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, kind: str, key: str) -> bytes | None:
        """Return what was kept, None where nothing was."""
        try:
            kept = self._path(kind, key).read_bytes()
        except OSError:
            return None
        value = kept[SUM:]
        return value if kept[:SUM] == _sum(key, value) else None

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep a value; a folder that cannot be written keeps nothing."""
        path = self._path(kind, key)
        # One name for each key: what a killed build leaves is written over by the next.
        part = path.with_name(f".{key}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(_sum(key, value) + value)
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink()

    def holds(self, kind: str) -> bool:
        """Whether anything of a kind is kept."""
        return (self._folder / kind).is_dir()

    def _path(self, kind: str, key: str) -> Path:
        return self._folder / kind / key[:2] / key


def _sum(key: str, value: bytes) -> bytes:
    return hashlib.sha256(key.encode() + b"\0" + value).digest()
