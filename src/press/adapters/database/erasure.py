"""Erasure: everything about a reader goes, but the hash that keeps them out.

SQLite keeps what was deleted in free pages and in its log until they are written over;
`compact` writes the file anew and empties the log.
"""

from __future__ import annotations

from press.adapters.database.connection import Connection
from press.adapters.database.dialect import SQLITE
from press.model.errors import BusyError
from press.model.subscriber import SubscriberId

#: What belongs to a reader alone.
_THEIRS = ("membership", "tag", "consent", "confirmation")


def erase(connection: Connection, reader: SubscriberId, now: int) -> None:
    """Erase a reader, within a transaction; their address is suppressed already."""
    ((public_id, email, key, email_hash),) = connection.all(
        "SELECT public_id, email, email_key, email_hash FROM subscriber WHERE id = ?",
        reader,
    )
    names = {email.lower(), key, bytes(email_hash).hex()}
    gone = f"erased:{public_id}"
    for table in _THEIRS:
        connection.run(
            f"DELETE FROM {table} WHERE subscriber_id = ?",
            reader,
        )
    _erase_events(connection, reader, gone, names)
    connection.run(
        "UPDATE delivery SET email = '', email_key = ?, email_hash = ?, reason = CASE"
        " WHEN state IN ('skipped', 'pending', 'reserved') THEN reason ELSE '' END"
        " WHERE subscriber_id = ? OR (email_key = ?"
        " AND mailing_id IN (SELECT id FROM mailing))",
        gone,
        b"",
        reader,
        key,
    )
    connection.run(
        "UPDATE subscriber SET email = '', email_key = ?, email_hash = ?, name = '',"
        " lang = '', timezone = '', attributes = '{}', before_hand = '',"
        " status = 'erased',"
        " status_at = ?, status_source = 'erased' WHERE id = ?",
        gone,
        b"",
        now,
        reader,
    )


def mails_of(
    connection: Connection, reader: SubscriberId
) -> tuple[frozenset[int], frozenset[str]]:
    """Return the numbers of all deliveries to a reader, and to which addresses they went.

    None of the addresses is left once the reader is erased.
    """
    rows = connection.all(
        "SELECT id, email FROM delivery WHERE subscriber_id = ?"
        " UNION SELECT id, email FROM delivery WHERE email_key ="
        " (SELECT email_key FROM subscriber WHERE id = ?)"
        " AND mailing_id IN (SELECT id FROM mailing)",
        *(reader, reader),
    )
    addresses = {row[1] for row in rows if row[1]}
    return frozenset(row[0] for row in rows), frozenset(addresses)


def _erase_events(
    connection: Connection, reader: SubscriberId, gone: str, names: set[str]
) -> None:
    """Keep of a reader's events only that they were: no address, link or reason.

    Their keys are made of the details, and of the address or its hash where no number of
    a delivery was given back.
    """
    rows = connection.all(
        "SELECT key FROM event WHERE delivery_id IN"
        " (SELECT id FROM delivery WHERE subscriber_id = ?) ORDER BY at, key",
        reader,
    )
    for number, (key,) in enumerate(rows):
        connection.run(
            "UPDATE event SET key = ?, detail = '', provider_id = '' WHERE key = ?",
            f"{gone}:{number}",
            key,
        )
    for name in sorted(names):
        connection.run(
            "DELETE FROM event WHERE lower(key) LIKE ? ESCAPE '!'",
            f"%{_literally(name)}%",
        )


def _literally(text: str) -> str:
    for sign in "!%_":
        text = text.replace(sign, f"!{sign}")
    return text


def compact(connection: Connection) -> None:
    """Write the database anew, so that nothing erased is left in its files.

    PostgreSQL does so by itself in time (autovacuum), and its log is its own.

    Raises:
        BusyError: Another process is at work in it.
    """
    if connection.dialect is not SQLITE:
        for table in ("subscriber", "delivery", "event"):
            connection.run(f"VACUUM {table}")
        return
    connection.run("VACUUM")
    row = connection.one("PRAGMA wal_checkpoint(TRUNCATE)")
    if row is None or row[0]:
        raise BusyError(
            "another process is at work in the database: what was erased is still in"
            " its log",
            hint="run the same command again when nothing is being sent",
        )
