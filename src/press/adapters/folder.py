"""A build's output folder: written whole or not at all.

Everything is written into a new folder beside the last good one, synced, and put in its
place in one step of the file system, so that a build that is killed at any moment leaves
the last good one as it was.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import fcntl
import os
import shutil
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from press.model.errors import BusyError, CannotWriteError

#: What every build holds.
TICKET = "ticket.json"
AT_FDCWD = -100
RENAME_EXCHANGE = 2
RENAME_SWAP = 2


class BuildFolder:
    """The folder `build/<edition>` in the making.

    Use it as a context: it holds the edition's lock, and takes away what an interrupted
    build has left.

    Raises:
        BusyError: Another press is building the same edition.
        CannotWriteError: The folder cannot be written, or holds something else.
    """

    def __init__(self, folder: Path) -> None:
        folder = folder.resolve()
        self._folder = folder
        self._new = folder.parent / f".{folder.name}.new"
        self._lock_file = folder.parent / f".{folder.name}.lock"
        self._lock: int | None = None

    def __enter__(self) -> Self:
        self._refuse_others()
        try:
            self._folder.parent.mkdir(parents=True, exist_ok=True)
            self._lock = os.open(self._lock_file, os.O_RDWR | os.O_CREAT, 0o644)
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._let_go()
            who = self._lock_file.read_text() or "another press"
            raise BusyError(
                f"edition {self._folder.name} is being built by process {who}",
                hint="wait for it to end, or stop it",
            ) from error
        except OSError as error:
            raise _cannot(self._folder, error) from error
        os.truncate(self._lock, 0)
        os.write(self._lock, str(os.getpid()).encode())
        _clear(self._new)
        return self

    def _refuse_others(self) -> None:
        """Keep a build from taking the place of a folder that is none.

        Raises:
            CannotWriteError: It would.
        """
        try:
            names = {path.name for path in self._folder.iterdir()}
        except FileNotFoundError:
            return
        except OSError as error:
            raise _cannot(self._folder, error) from error
        if names and TICKET not in names:
            raise CannotWriteError(
                f"{self._folder} holds files that are no build, and a build"
                " would take their place",
                hint="name a new or an empty folder",
            )

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _clear(self._new)
        if self._lock is not None:
            os.truncate(self._lock, 0)
        self._let_go()

    def _let_go(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def write(self, name: str, data: bytes) -> Path:
        """Write a file into the new folder, not yet visible; subfolders are made."""
        path = self._new / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _cannot(self._folder, error) from error
        return self._folder / name

    def publish(self) -> Path:
        """Put the new folder in the old one's place in one step; return it."""
        try:
            self._new.mkdir(parents=True, exist_ok=True)
            if self._folder.exists():
                _exchange(self._new, self._folder)
            else:
                self._new.rename(self._folder)
            _sync(self._folder.parent)
        except OSError as error:
            raise _cannot(self._folder, error) from error
        _clear(self._new)
        return self._folder


def _clear(folder: Path) -> None:
    """Take a folder away; of a link, the link and not what it leads to."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _exchange(new: Path, old: Path) -> None:
    """Exchange two folders in one step, where the system can."""
    if _system_exchange(os.fsencode(new), os.fsencode(old)):
        return
    # A file system without exchange: for a moment only the `.last` folder is there.
    last = old.parent / f".{old.name}.last"
    _clear(last)
    old.rename(last)
    new.rename(old)
    last.rename(new)


def _system_exchange(new: bytes, old: bytes) -> bool:
    library = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        done = library.renameat2(AT_FDCWD, new, AT_FDCWD, old, RENAME_EXCHANGE)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        done = library.renamex_np(new, old, RENAME_SWAP)
    else:
        return False
    return int(done) == 0


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _cannot(folder: Path, error: OSError) -> CannotWriteError:
    reason = error.strerror or str(error)
    return CannotWriteError(
        f"{folder.parent.name}/{folder.name}/ cannot be written: {reason}",
        hint="the last build is untouched; free some space, or look at who may write",
    )


def discard(folder: Path) -> None:
    """Take away a folder that a build wrote; any other is left as it is."""
    if (folder / TICKET).is_file():
        _clear(folder)


def why_not_writable(folder: Path) -> str:
    """Return why nothing can be written into a folder that is there, or is yet to be.

    Nothing of the trial stays.
    """
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    if not there.is_dir():
        return f"{there} is a file"
    try:
        with tempfile.TemporaryFile(dir=there) as trial:
            trial.write(b"press")
    except OSError as error:
        return f"{there} cannot be written: {error.strerror or error}"
    return ""
