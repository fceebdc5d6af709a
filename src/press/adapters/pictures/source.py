"""Finding a picture's file, and nothing outside the newspaper's folder."""

from __future__ import annotations

import contextlib
import difflib
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from press.adapters.pictures.fault import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A picture's file as it stands on disk.

    Attributes:
        path: Where it is.
        name: Its path from the newspaper's folder, as the article gives it.
        bytes: Its size.
        identity: What changes whenever the file is written to. The change time and
            the inode are in it because a program can set size and modification time.
        changed_ns: When it was last written to or replaced.
    """

    path: Path
    name: str
    bytes: int
    identity: tuple[int, ...]
    changed_ns: int


def find(root: Path, file: str) -> Source:
    """Find a picture below the newspaper's folder.

    Raises:
        RefusedError: It is missing, lies elsewhere or is no regular file.
    """
    if _leaves(file):
        raise _outside()
    path = _existing(root, file)
    if path is None:
        raise RefusedError(
            "picture.missing", "there is no such picture", hint=_nearest(root, file)
        )
    real = path.resolve(strict=True)
    if not real.is_relative_to(root.resolve()):
        raise _outside()
    status = real.stat()
    if not stat.S_ISREG(status.st_mode):
        raise RefusedError("picture.kind", "is not a file")
    return Source(
        path=real,
        name=file,
        bytes=status.st_size,
        identity=(
            status.st_dev,
            status.st_ino,
            status.st_size,
            status.st_mtime_ns,
            status.st_ctime_ns,
        ),
        changed_ns=max(status.st_ctime_ns, status.st_mtime_ns),
    )


@contextlib.contextmanager
def opened(source: Source) -> Iterator[IO[bytes]]:
    """Open a picture's file.

    Raises:
        RefusedError: It may not be read, or has just gone.
    """
    try:
        file = source.path.open("rb")
    except OSError as error:
        raise RefusedError(
            "picture.missing", f"cannot be opened ({error.strerror})"
        ) from error
    with file:
        yield file


def _existing(root: Path, file: str) -> Path | None:
    """Return where a picture lies; "é" is one character here and two there."""
    for name in (file, *(unicodedata.normalize(form, file) for form in ("NFC", "NFD"))):
        with contextlib.suppress(OSError):  # a name too long for the file system
            if (root / name).exists():
                return root / name
    return None


def _leaves(file: str) -> bool:
    """Whether a path is not plainly one below the newspaper's folder."""
    path = PurePosixPath(file)
    drive = len(file) > 1 and file[1] == ":"
    return (
        not path.parts
        or path.is_absolute()
        or drive
        or ".." in path.parts
        or any(mark in file for mark in ("\0", "\\", "://"))
        or file.startswith(("file:", "~"))
    )


def _outside() -> RefusedError:
    return RefusedError(
        "picture.outside",
        "lies outside this newspaper's folder",
        hint="put the picture beside its article and name it from there",
    )


def _nearest(root: Path, file: str) -> str | None:
    """Name the picture that was probably meant."""
    wanted = root / file
    try:
        names = sorted(path.name for path in wanted.parent.iterdir())
    except OSError:
        return None
    close = difflib.get_close_matches(wanted.name, names, n=1)
    same = [name for name in names if name.lower() == wanted.name.lower()]
    for name in (*same, *close):
        return f"nearest: {PurePosixPath(file).with_name(name)}"
    return None
