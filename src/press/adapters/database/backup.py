"""Backups of a SQLite database, and their return."""

from __future__ import annotations

import datetime as dt
import shutil
from contextlib import suppress
from pathlib import Path

from press.adapters.database.migrate import migrate
from press.adapters.database.moment import stamp
from press.adapters.database.sqlite import SqliteConnection
from press.model.errors import CannotWriteError, LedgerError

#: Files that belong to a database besides its own.
BESIDE = ("-wal", "-shm")
#: Under this name a database says since when it is a restored one.
RESTORED = "restored"
#: Under this name, when the backup that it comes from was made: the last time it knows.
BACKED_UP = "backed up"
_SET = """
INSERT INTO setting (name, value) VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET value = excluded.value"""


def copy_to(connection: SqliteConnection, draft: Path, now: dt.datetime) -> None:
    """Write the database to an empty file, as it is at one moment.

    Nothing that was erased is in it. Others go on meanwhile. It says when it was made.
    """
    connection.run(_SET, BACKED_UP, str(stamp(now)))
    connection.run("VACUUM INTO ?", str(draft))


def prepare(draft: Path, now: dt.datetime) -> None:
    """Make a copy of a backup fit to take a database's place.

    It is checked, brought to this press's schema, and says that it was restored: it is
    older than the truth.

    Raises:
        LedgerError: It is damaged, no database, or of a newer press.
    """
    connection = SqliteConnection(draft)
    try:
        migrate(connection)
        connection.run(_SET, RESTORED, now.isoformat(timespec="seconds"))
        connection.run("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
        _forget_beside(draft)


def put_aside(database: Path, now: dt.datetime) -> Path | None:
    """Move a database out of the way; return where to, None where there was none.

    Raises:
        BusyError: Another process uses it.
        CannotWriteError: It cannot be moved.
    """
    if not database.exists():
        return None
    with suppress(LedgerError):  # One that is damaged is put aside as it is.
        _have_alone(database)
    aside = database.with_name(f"{database.name}.{now:%Y%m%dT%H%M%SZ}")
    try:
        for ending in ("", *BESIDE):
            file = database.with_name(f"{database.name}{ending}")
            if file.exists():
                file.rename(aside.with_name(f"{aside.name}{ending}"))
    except OSError as problem:
        message = f"{database} cannot be moved: {problem.strerror}"
        raise CannotWriteError(message, hint="see the folder's rights") from problem
    return aside


def copy_of(file: Path, draft: Path) -> None:
    """Copy a backup's octets, and leave the backup as it is.

    Raises:
        CannotWriteError: It cannot be read, or the copy not written.
    """
    try:
        with file.open("rb") as source, draft.open("wb") as target:
            shutil.copyfileobj(source, target)
    except OSError as problem:
        message = f"{file} cannot be copied: {problem.strerror}"
        raise CannotWriteError(
            message, hint="make room, or give the right"
        ) from problem


def _have_alone(database: Path) -> None:
    """See that no other process has the database open, and empty its log.

    Whoever has a database with a log open holds a lock that nobody else may have while
    it is locked alone (sqlite.org, "Write-Ahead Logging", section 8).
    """
    connection = SqliteConnection(database, check=False)
    try:
        connection.run("PRAGMA busy_timeout = 500")
        connection.run("PRAGMA locking_mode = EXCLUSIVE")
        connection.run("BEGIN IMMEDIATE")
        connection.run("COMMIT")
    finally:
        connection.close()


def _forget_beside(file: Path) -> None:
    for ending in BESIDE:
        file.with_name(f"{file.name}{ending}").unlink(missing_ok=True)
