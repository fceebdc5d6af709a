"""The paper's database: readers, the ledger of mailings, events.

It is SQLite on one machine and PostgreSQL on many; SQL is written once for both.
"""

from __future__ import annotations

import re
from pathlib import Path

from press.adapters.database.connection import Connection
from press.adapters.database.migrate import migrate
from press.adapters.database.postgres import PostgresConnection
from press.adapters.database.sqlite import SqliteConnection
from press.model.errors import LedgerError

__all__ = ["Connection", "PostgresConnection", "SqliteConnection", "open_database"]

#: A slip in "postgresql://" would make a folder named after a server and its password.
_SLIP = re.compile(r"postgres(ql)?:?/", re.IGNORECASE)


def open_database(address: str, folder: Path, *, check: bool = True) -> Connection:
    """Open the database, check it, and bring it to this press's schema.

    Args:
        address: postgresql://…, or a file; a relative one is in `folder`.
        folder: The newspaper's.
        check: Whether to look for damage first; soundness.py says how much is looked at.

    Raises:
        BusyError: Another process holds it.
        CannotWriteError: It cannot be made or written.
        LedgerError: It is damaged, out of reach, unsafe, or of a newer press.
        MissingToolError: What its kind needs is not installed.
    """
    connection: Connection
    if address.startswith(("postgresql://", "postgres://")):
        connection = PostgresConnection(address, check=check)
    elif "://" in address:
        kind = address.partition("://")[0]
        raise LedgerError(
            f"PRESS_DATABASE asks for {kind}, which press does not know",
            hint="give a file, or postgresql://user@host/database",
        )
    elif _SLIP.match(address):
        raise LedgerError(
            "PRESS_DATABASE looks like a server's address, and is none",
            hint="give postgresql://user@host/database",
        )
    else:
        file = folder / address
        if Path(address).is_absolute() and not file.parent.is_dir():
            raise LedgerError(
                f"PRESS_DATABASE names a file in a folder that is not there: {file.parent}",
                hint="correct it; a new database would know nobody who left",
            )
        connection = SqliteConnection(file, check=check)
    migrate(connection)
    return connection
