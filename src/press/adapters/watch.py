"""Watching a folder with watchfiles (the system's own notices, or a look now and then)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

#: Programs save a file in several steps: their notices within this time are one, in ms.
TOGETHER_MS = 300


class _Copy(DefaultFilter):
    """Lets through what people save: not what programs leave beside it."""

    def __init__(self, root: Path, own: Sequence[str]) -> None:
        super().__init__(ignore_paths=[str(root / name) for name in own])

    def __call__(self, change: Change, path: str) -> bool:
        """Whether a change counts."""
        hidden = Path(path).name.startswith((".", "#")) or path.endswith("~")
        return not hidden and super().__call__(change, path)


def watch_folder(root: Path, own: Sequence[str]) -> Iterator[None]:
    """Yield once for every time that files of a folder were saved.

    Args:
        root: The folder.
        own: Names in it that are not watched: what press writes itself.

    Raises:
        KeyboardInterrupt: The user had enough.
    """
    folder = root.resolve()
    for _ in watch(folder, watch_filter=_Copy(folder, own), debounce=TOGETHER_MS):
        yield
