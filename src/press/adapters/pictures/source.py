"""Finding a picture's file, and nothing outside the newspaper's folder."""

from __future__ import annotations

import difflib
import os
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

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
    # The same "é" is one character in one file system and two in another.
    forms = (file, *(unicodedata.normalize(form, file) for form in ("NFC", "NFD")))
    path = next((root / form for form in forms if (root / form).exists()), None)
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
    if not os.access(real, os.R_OK):
        raise RefusedError("picture.missing", "may not be read by you")
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
