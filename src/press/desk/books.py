"""The paper's books: its database and its secret, opened from the environment."""

from __future__ import annotations

import dataclasses
import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from press.adapters.database import Connection, open_database
from press.adapters.database.readers import ReaderBook
from press.audience.secret import Secret, read_secret
from press.model.errors import SecretError
from press.ports import Clock

#: The database of a paper that does not say which, in its folder.
FILE = "press.db"
#: Under this name the database says which secret it goes with.
_SECRET = "secret"  # noqa: S105 -- a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """The paper's books, open; close them, or use them in a `with` statement.

    Attributes:
        connection: The database.
        secret: With the key that hashes this database's addresses.
        readers: The readers.
    """

    connection: Connection
    secret: Secret
    readers: ReaderBook

    def close(self) -> None:
        """Let go of the database."""
        self.connection.close()

    def __enter__(self) -> Self:
        """Return the books."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the database."""
        self.close()


def open_books(paper: Path, clock: Clock, *, check: bool = True) -> Books:
    """Open the database that PRESS_DATABASE names, with the secret of PRESS_SECRET.

    Args:
        paper: The newspaper's folder; a file that is not named lies there.
        clock: Tells the time of what is written.
        check: Whether to look for damage first.

    Raises:
        BusyError: Another process holds the database.
        CannotWriteError: It cannot be made or written.
        LedgerError: It is damaged, out of reach, unsafe, or of a newer press.
        MissingToolError: What its kind needs is not installed.
        SecretError: The secret is missing, or is not the one it was begun with.
    """
    secret = read_secret(os.environ.get("PRESS_SECRET"))
    connection = open_database(database_address(), paper, check=check)
    try:
        secret = _peppered(connection, secret)
    except BaseException:
        connection.close()
        raise
    readers = ReaderBook(connection, secret.hash_of, clock)
    return Books(connection=connection, secret=secret, readers=readers)


def database_address() -> str:
    """Return where the paper's database is: a file, or the address of a server."""
    return os.environ.get("PRESS_DATABASE", "") or FILE


def _peppered(connection: Connection, secret: Secret) -> Secret:
    """Return the secret with the key that this database's hashes are made with.

    A new database goes with the present key for ever: its hashes cannot be made anew,
    for nobody has the addresses any more.
    """
    ids = secret.ids()
    with connection.transaction():
        connection.run(
            "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
            _SECRET,
            ids[0],
        )
        row = connection.one("SELECT value FROM setting WHERE name = ?", _SECRET)
    if row is None or row[0] not in ids:
        raise SecretError(
            "this database was begun with another secret: with this one press would not"
            " know who left",
            hint="set PRESS_SECRET to the one it was begun with; after changing it, to"
            " both: new,old",
        )
    return dataclasses.replace(secret, pepper=ids.index(row[0]))
