"""Work kept between builds, in a folder that may be thrown away at any time."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


class FolderCache:
    """Keeps values by kind and key; a damaged or missing one is simply not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, kind: str, key: str) -> bytes | None:
        """Return what was kept, None where nothing was."""
        try:
            return self._path(kind, key).read_bytes()
        except OSError:
            return None

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep a value; a folder that cannot be written keeps nothing."""
        path = self._path(kind, key)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(value)
                Path(name).replace(path)
            except OSError:
                Path(name).unlink()

    def holds(self, kind: str) -> bool:
        """Whether anything of a kind is kept."""
        return (self._folder / kind).is_dir()

    def _path(self, kind: str, key: str) -> Path:
        return self._folder / kind / key[:2] / key
