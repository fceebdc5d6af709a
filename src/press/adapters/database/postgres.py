"""PostgreSQL: many machines, one ledger."""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from zlib import crc32

from press.adapters.database.connection import Row
from press.adapters.database.dialect import POSTGRES, Dialect
from press.model.errors import BusyError, LedgerError, MissingToolError, PressError

if TYPE_CHECKING:
    import psycopg

#: What connections call themselves, so that their owners can be told from others.
NAME = "press"
#: Without these a crash of the server could lose what was told to be on disk.
SAFE = ("fsync", "synchronous_commit", "full_page_writes")
ROWS = 1000


class PostgresConnection:
    """A connection to a server."""

    dialect: Dialect = POSTGRES

    def __init__(self, address: str, *, check: bool = True) -> None:
        """Connect.

        Args:
            address: As libpq reads it: postgresql://user@host/database.
            check: Whether to look at the server's settings first.

        Raises:
            LedgerError: The server cannot be reached, or is not safe.
            MissingToolError: psycopg is not installed.
        """
        try:
            import psycopg  # noqa: PLC0415 -- an extra
        except ImportError as error:
            raise MissingToolError(
                "PRESS_DATABASE asks for PostgreSQL, and psycopg is not installed",
                hint="install press with its extra: press[scale]",
            ) from error
        self._engine = psycopg
        self._address = address
        self._hold_address()
        self._lock = threading.RLock()
        self.owner = uuid.uuid4().hex[:16]
        with self._faults():
            self._db: psycopg.Connection[Row] = psycopg.connect(
                address, autocommit=True, application_name=NAME, connect_timeout=10
            )
            self._db.execute("SET timezone = 'UTC'")
            pid, started = self._db.execute(
                "SELECT pid, backend_start FROM pg_stat_activity"
                " WHERE pid = pg_backend_pid()"
            ).fetchall()[0]
        self.process = f"{pid} {started.timestamp():.6f}"
        if check:
            self._check()

    def _hold_address(self) -> None:
        """Refuse an address that cannot be read, before anybody quotes its password."""
        try:
            parts = self._engine.conninfo.conninfo_to_dict(self._address)
        except self._engine.ProgrammingError:
            parts = {"host": "@"}
        if "@" in str(parts.get("host") or ""):
            raise LedgerError(
                "PRESS_DATABASE is no address of a server that can be read",
                hint="postgresql://user@host/database; in a password write @ as %40,"
                " : as %3A, / as %2F",
            )

    def _check(self) -> None:
        for setting in SAFE:
            row = self.one(f"SHOW {setting}")
            if row is None or row[0] not in {"on", "remote_apply", "remote_write"}:
                raise LedgerError(
                    f"the database server runs with {setting} off: what it says is on"
                    " disk may not be",
                    hint=f"set {setting} = on; a lost row could be a mail twice",
                )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold everything within together; within another, be part of that.

        Other threads wait until it ends: what they do is no part of it.
        """
        with self._lock, self._faults():
            if self._db.info.transaction_status != 0:
                yield
                return
            with self._db.transaction():
                yield

    def run(self, sql: str, *values: object) -> int:
        """Run a statement; return how many rows it changed."""
        with self._lock, self._faults():
            return self._db.execute(_marks(sql), values).rowcount

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement once for each row."""
        with self._lock, self._faults(), self._db.cursor() as cursor:
            cursor.executemany(_marks(sql), rows)

    def all(self, sql: str, *values: object) -> list[Row]:
        """Return all rows."""
        with self._lock, self._faults():
            return self._db.execute(_marks(sql), values).fetchall()

    def one(self, sql: str, *values: object) -> Row | None:
        """Return the first row, None where there is none."""
        with self._lock, self._faults():
            return self._db.execute(_marks(sql), values).fetchone()

    def stream(self, sql: str, *values: object) -> Iterator[Row]:
        """Yield rows as they come, on a connection of its own."""
        with self._faults():
            reading = self._engine.connect(self._address, application_name=NAME)
        try:
            with reading.cursor(name="stream") as cursor:
                cursor.itersize = ROWS
                cursor.execute(_marks(sql), values)
                yield from cursor
        finally:
            reading.close()

    @contextmanager
    def itself(self) -> Iterator[psycopg.Connection[Row]]:
        """Yield the engine's connection, for what is to be part of its transaction."""
        with self._lock, self._faults():
            yield self._db

    def server_time(self) -> dt.datetime:
        """Return what time the server believes it is, in UTC."""
        rows = self.all("SELECT extract(epoch FROM clock_timestamp())::float8")
        return dt.datetime.fromtimestamp(rows[0][0], dt.UTC)

    def for_thread(self) -> PostgresConnection:
        """Return another connection."""
        return PostgresConnection(self._address, check=False)

    def lock(self, name: str) -> None:
        """Wait until nobody else has this name; let go of it with the transaction."""
        self.one("SELECT pg_advisory_xact_lock(?)", crc32(name.encode()))

    def is_alive(self, process: str, age: float = 0.0) -> bool:
        """Whether the server still has that connection: exact, without a time limit."""
        del age
        pid, started = process.split()
        row = self.one(
            "SELECT 1 FROM pg_stat_activity WHERE pid = ?"
            " AND round(extract(epoch FROM backend_start), 6) = ?::numeric",
            int(pid),
            started,
        )
        return row is not None

    def close(self) -> None:
        """Let go of the connection."""
        self._db.close()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Say in press's words what the server says; a mistake in SQL stays one."""
        try:
            yield
        except self._engine.OperationalError as error:
            raise self._known(error) from error

    def _known(self, error: Any) -> PressError:
        faults = self._engine.errors
        busy = (
            faults.LockNotAvailable,
            faults.DeadlockDetected,
            faults.SerializationFailure,
        )
        if isinstance(error, busy):
            return BusyError("another process holds the database", hint="try again")
        return LedgerError(
            f"the database does not answer: {str(error).splitlines()[0]}",
            hint="see that the server of PRESS_DATABASE runs; nothing is lost",
        )


def _marks(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")
