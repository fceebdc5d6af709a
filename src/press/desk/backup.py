"""Backups of the books, and their return."""

from __future__ import annotations

from pathlib import Path

from press.adapters.database import SqliteConnection, open_database
from press.adapters.database.backup import copy_of, copy_to, prepare, put_aside
from press.desk.books import database_address
from press.desk.private import private_path
from press.model.errors import LedgerError, ManifestError
from press.ports import Clock


def back_up(paper: Path, file: Path, clock: Clock) -> None:
    """Copy the database to a file, as it is at one moment, while others go on.

    Raises:
        CannotWriteError: It cannot be written.
        LedgerError: It is on a server, which has a program of its own for that.
    """
    _only_a_file(f'pg_dump --format=custom --file={file} "$PRESS_DATABASE"')
    connection = open_database(database_address(), paper)
    try:
        if isinstance(connection, SqliteConnection):
            with private_path(file) as draft:
                copy_to(connection, draft, clock.now())
    finally:
        connection.close()


def restore(paper: Path, file: Path, clock: Clock) -> Path | None:
    """Bring a backup back; return where the database that was there is now, if one was.

    The backup is older than the truth: nothing live is sent until it was compared with
    what the provider knows.

    Raises:
        BusyError: Another process uses the database.
        CannotWriteError: It cannot be written.
        LedgerError: It is on a server, or the backup is none.
        ManifestError: There is no such backup.
    """
    _only_a_file(f'pg_restore --clean --dbname="$PRESS_DATABASE" {file}')
    if not file.is_file():
        raise ManifestError(f"there is no backup {file}")
    database = paper / database_address()
    with private_path(database) as draft:
        copy_of(file, draft)
        prepare(draft, clock.now())
        return put_aside(database, clock.now())


def _only_a_file(command: str) -> None:
    if "://" in database_address():
        raise LedgerError(
            "the database is on a PostgreSQL server, whose own program does that",
            hint=command,
        )
