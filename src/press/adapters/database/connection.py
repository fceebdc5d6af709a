"""A connection to the paper's database, of whichever kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeAlias

from press.adapters.database.dialect import Dialect

Row: TypeAlias = tuple[Any, ...]


class Connection(Protocol):
    """One connection. SQL has `?` for values; times are Unix seconds.

    Statements outside `transaction()` are transactions of their own. A transaction that
    an exception leaves is undone as a whole. One connection may be used by many
    threads, one transaction at a time.

    Raises:
        BusyError: Another process holds the database for longer than is waited.
        CannotWriteError: The disk is full, or the database cannot be written.
        LedgerError: It is damaged, gone, or not what press needs.
    """

    @property
    def dialect(self) -> Dialect:
        """Its words."""
        ...

    @property
    def owner(self) -> str:
        """What this connection is called in rows that it holds; never used again."""
        ...

    @property
    def process(self) -> str:
        """What says whether the owner lives: see `is_alive`."""
        ...

    def is_alive(self, process: str, age: float = 0.0) -> bool:
        """Whether the process that wrote this, so many seconds ago, may be at work.

        The age decides only where nothing else can.
        """
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """Hold everything within together; on disk when it ends."""
        ...

    def run(self, sql: str, *values: object) -> int:
        """Run a statement; return how many rows it changed."""
        ...

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement once for each row of values, which may be a stream."""
        ...

    def all(self, sql: str, *values: object) -> list[Row]:
        """Return all rows."""
        ...

    def one(self, sql: str, *values: object) -> Row | None:
        """Return the first row, None where there is none."""
        ...

    def stream(self, sql: str, *values: object) -> Iterator[Row]:
        """Yield rows as they come, never all in memory."""
        ...

    def for_thread(self) -> Connection:
        """Return what another thread may use at the same time."""
        ...

    def lock(self, name: str) -> None:
        """Within a transaction: wait until nobody else has this name, and have it."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...
