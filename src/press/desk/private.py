"""Files that hold readers' data: nobody else may read them, and they appear whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from press.model.errors import CannotWriteError


def refuse_to_replace(file: Path) -> None:
    """See that a file is not there yet: yesterday's backup, or another list.

    Raises:
        CannotWriteError: It is.
    """
    if os.path.lexists(file):
        raise CannotWriteError(
            f"{file} is there already",
            hint="take another name, or add --force to write over it",
        )


@contextmanager
def private_path(file: Path) -> Iterator[Path]:
    """Yield where to write a file that then takes its place, synced and renamed.

    Raises:
        CannotWriteError: It cannot be written.
    """
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        yield draft
        _sync(draft)
        draft.replace(file)
        _sync(file.parent)
    except OSError as problem:
        message = f"{file} cannot be written: {problem.strerror}"
        raise CannotWriteError(
            message, hint="see the folder and its rights"
        ) from problem
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def private_text(file: Path) -> Iterator[TextIO]:
    """Yield a stream of text that becomes a file when it ends well.

    Raises:
        CannotWriteError: It cannot be written.
    """
    with (
        private_path(file) as draft,
        draft.open("w", encoding="utf-8", newline="") as stream,
    ):
        yield stream


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
