"""Whose turn it is to look what is due.

It is politeness, not safety: that nobody is written to twice stands in the rows of
requests, whoever looks. Two that look at once would only be in each other's way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from press.adapters.database.connection import Connection
from press.adapters.database.moment import stamp
from press.model.errors import BusyError
from press.ports import Clock

#: Under this name the database says who looks.
_TURN = "turn"
_WRITE = (
    "INSERT INTO setting (name, value) VALUES (?, ?)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)


@contextmanager
def have_turn(connection: Connection, clock: Clock) -> Iterator[None]:
    """Be the only one that looks what is due, until this ends, or its process does.

    Raises:
        BusyError: Another process looks.
    """
    now = stamp(clock.now())
    mine = f"{connection.owner} {now} {connection.process}"
    with connection.transaction():
        connection.lock("press turn")
        row = connection.one("SELECT value FROM setting WHERE name = ?", _TURN)
        if row is not None:
            _, since, process = row[0].split(" ", 2)
            if connection.is_alive(process, now - int(since)):
                raise BusyError(
                    "another press sends what is due",
                    hint="nothing is left undone: it does all of it, or the next tick",
                )
        connection.run(_WRITE, _TURN, mine)
    try:
        yield
    finally:
        connection.run("DELETE FROM setting WHERE name = ? AND value = ?", _TURN, mine)
