"""Decoding that refuses broken pictures, whatever else the process has imported."""

from __future__ import annotations

import contextlib
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack

from PIL import Image, ImageFile


class _Strictness:
    """Pillow's two global switches, set while at least one thread decodes.

    `import weasyprint` sets `LOAD_TRUNCATED_IMAGES` for the whole process, and Python's
    warning filters are the process's too. So the first thread in saves and sets them
    and the last one out puts them back.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._undo = ExitStack()

    def enter(self) -> None:
        with self._lock:
            if not self._inside:
                self._undo.enter_context(warnings.catch_warnings())
                # What Pillow says of odd metadata is no matter: it is dropped.
                warnings.filterwarnings("ignore", module=r"PIL\.")
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                self._undo.callback(
                    setattr,
                    ImageFile,
                    "LOAD_TRUNCATED_IMAGES",
                    ImageFile.LOAD_TRUNCATED_IMAGES,
                )
                ImageFile.LOAD_TRUNCATED_IMAGES = False
            self._inside += 1

    def leave(self) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside:
                self._undo.close()


_STRICTNESS = _Strictness()


@contextlib.contextmanager
def strict() -> Iterator[None]:
    """Keep Pillow strict and quiet for as long as the block runs, in any thread."""
    _STRICTNESS.enter()
    try:
        yield
    finally:
        _STRICTNESS.leave()


def became_lenient() -> bool:
    """Whether somebody made Pillow lenient behind our back; makes it strict again."""
    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return lenient
