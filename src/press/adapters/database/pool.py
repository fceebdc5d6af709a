"""Connections for the threads of a server: lent, given back, thrown away when broken."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from press.adapters.database.connection import Connection
from press.model.errors import LedgerError

#: How many wait for the next to ask; more are closed when they are given back.
KEPT = 4


class ConnectionPool:
    """Lends connections, one borrower each at a time where the database has many."""

    def __init__(self, first: Connection) -> None:
        """Lend what `first` can make for threads; it stays whoever opened it's."""
        self._first = first
        self._idle: list[Connection] = []
        self._lock = threading.Lock()

    @contextmanager
    def lend(self) -> Iterator[Connection]:
        """Lend a connection; one on which the database failed is not lent again."""
        connection = self._taken() or self._first.for_thread()
        try:
            yield connection
        except LedgerError:
            self._end(connection)
            raise
        except BaseException:
            self._give_back(connection)
            raise
        else:
            self._give_back(connection)

    def close(self) -> None:
        """Let go of all that are not lent."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            self._end(connection)

    def _taken(self) -> Connection | None:
        with self._lock:
            return self._idle.pop() if self._idle else None

    def _give_back(self, connection: Connection) -> None:
        if connection is self._first:
            return
        with self._lock:
            kept = len(self._idle) < KEPT
            if kept:
                self._idle.append(connection)
        if not kept:
            connection.close()

    def _end(self, connection: Connection) -> None:
        if connection is not self._first:
            connection.close()
