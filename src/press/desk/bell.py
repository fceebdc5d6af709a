"""Calling workers from any command, where the paper's database has a doorbell."""

from __future__ import annotations

from dataclasses import dataclass

from press.adapters.database import Connection, PostgresConnection
from press.adapters.queue import SCHEMA, Doorbell
from press.desk.books import database_address
from press.model.errors import MissingToolError
from press.model.mailing import MailingId


@dataclass(frozen=True, slots=True, kw_only=True)
class Bell:
    """Rings, where somebody may hear it; else does nothing.

    Attributes:
        connection: The paper's database; a ring is part of its transaction.
        doorbell: Its doorbell; None where it has none.
    """

    connection: Connection
    doorbell: Doorbell | None = None

    def ring(self, mailing: MailingId, *, after: float = 0.0) -> bool:
        """Call a worker to a mailing; False where none can be, or one is called already.

        Args:
            mailing: Which.
            after: In how many seconds it is wanted.
        """
        if self.doorbell is None or not isinstance(self.connection, PostgresConnection):
            return False
        with self.connection.itself() as engine:
            return self.doorbell.ring(mailing, engine, after=after)


def find_bell(connection: Connection) -> Bell:
    """Return the doorbell of a database, one that does nothing where there is none.

    Workers hang it; a press without them needs neither it nor its engine.
    """
    if not isinstance(connection, PostgresConnection):
        return Bell(connection=connection)
    hung = connection.one("SELECT 1 FROM pg_namespace WHERE nspname = ?", SCHEMA)
    if hung is None:
        return Bell(connection=connection)
    try:
        doorbell = Doorbell(database_address())
    except MissingToolError:
        return Bell(connection=connection)
    with connection.itself() as engine:
        mine = doorbell.is_mine(engine)
    return Bell(connection=connection, doorbell=doorbell if mine else None)
