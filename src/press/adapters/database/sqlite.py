"""SQLite: one file, one machine, nothing to operate.

Durability at power loss needs write-ahead logging with synchronous=FULL (sqlite.org,
"Write-Ahead Logging", section 2.2): a mark that is lost would be a mail twice.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import stat
import threading
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from press.adapters.database.connection import Row
from press.adapters.database.dialect import SQLITE, Dialect
from press.adapters.database.soundness import (
    SMALL,
    is_due,
    note_read,
    sign_in,
    sign_out,
    what_is_wrong,
)
from press.model.errors import BusyError, CannotWriteError, LedgerError, PressError

#: STRICT tables.
OLDEST = (3, 37, 0)
#: How often a file that is held is tried, and for how many seconds each time.
TRIES = 30
PATIENCE = 5.0
LONGEST_PAUSE = 1.0
#: Rows fetched at once from a stream.
ROWS = 1000
FULL = 2
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "sshfs", "afs", "ceph"}
#: What is written where the system does not say when a process began.
_UNKNOWN = "-"
#: States of processes that will never run again: zombie, dead.
_ENDED = {"Z", "X", "x"}
BOOT = Path("/proc/sys/kernel/random/boot_id")
#: Its number names whose numbers of processes are meant.
NAMESPACE = Path("/proc/self/ns/pid")
#: Seconds for which a process of another container is taken for alive.
ELSEWHERE = 3600.0

log = logging.getLogger(__name__)


class SqliteConnection:
    """A connection to a file."""

    dialect: Dialect = SQLITE

    def __init__(self, file: Path, *, check: bool = True) -> None:
        """Open a file, made where it is not there.

        Raises:
            BusyError: Another process holds it.
            CannotWriteError: It cannot be made or written.
            LedgerError: It is damaged, no database, or readable by others.
        """
        self.file = file
        self.owner = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self.process = f"{os.getpid()} {_started(os.getpid())} {_boot()} {_namespace()}"
        self._lock = threading.RLock()
        self._deep = 0
        self._signed = False
        _make_private(file)
        with _faults(file):
            self._db = sqlite3.connect(
                file,
                timeout=PATIENCE,
                isolation_level=None,
                check_same_thread=False,
            )
            self._db.execute("PRAGMA journal_mode = WAL")
            for pragma in (
                "synchronous = FULL",
                "foreign_keys = ON",
                "secure_delete = ON",
            ):
                self._db.execute(f"PRAGMA {pragma}")
            if check:
                self._check()

    def _check(self) -> None:
        if sqlite3.sqlite_version_info < OLDEST:
            raise LedgerError(
                f"SQLite {sqlite3.sqlite_version} is too old for the ledger",
                hint="press needs 3.37 or later",
            )
        size = self.file.stat().st_size
        whole = is_due(self._db, size, self.is_alive)
        if wrong := what_is_wrong(self._db, whole=whole):
            raise _damaged(self.file, wrong)
        if size > SMALL:
            with self.transaction():
                if whole:
                    note_read(self._db)
                self._signed = sign_in(
                    self._db, self.owner, self.process, self.is_alive
                )
        (mode,) = self._db.execute("PRAGMA journal_mode").fetchone()
        (level,) = self._db.execute("PRAGMA synchronous").fetchone()
        if (mode, level) != ("wal", FULL):
            raise LedgerError(
                f"{self.file} cannot be written safely: journal {mode}, synchronous {level}",
                hint="put it on a disk of this machine",
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold everything within together; a lock held by another is waited for."""
        with self._lock:
            if self._deep:
                self._deep += 1
                try:
                    yield
                finally:
                    self._deep -= 1
                return
            with _faults(self.file):
                self._begin()
            self._deep = 1
            try:
                yield
                with _faults(self.file):
                    self._db.execute("COMMIT")
            finally:
                self._deep = 0
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def _begin(self) -> None:
        for number in range(TRIES):
            try:
                self._db.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode not in BUSY or number == TRIES - 1:
                    raise
                if not number:
                    log.warning(
                        "%s is in use by another process: waiting for it", self.file
                    )
                time.sleep(min(0.05 * 2**number, LONGEST_PAUSE))
            else:
                return

    def run(self, sql: str, *values: object) -> int:
        """Run a statement; return how many rows it changed."""
        with self._lock, _faults(self.file):
            return self._db.execute(sql, values).rowcount

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement once for each row."""
        with self._lock, _faults(self.file):
            self._db.executemany(sql, rows)

    def all(self, sql: str, *values: object) -> list[Row]:
        """Return all rows."""
        with self._lock, _faults(self.file):
            return self._db.execute(sql, values).fetchall()

    def one(self, sql: str, *values: object) -> Row | None:
        """Return the first row, None where there is none."""
        with self._lock, _faults(self.file):
            row: Row | None = self._db.execute(sql, values).fetchone()
            return row

    def stream(self, sql: str, *values: object) -> Iterator[Row]:
        """Yield rows as they come, on a connection of its own."""
        with _faults(self.file):
            reading = sqlite3.connect(
                self.file.absolute().as_uri() + "?mode=ro", uri=True
            )
        try:
            rows = reading.execute(sql, values)
            while found := rows.fetchmany(ROWS):
                yield from found
        finally:
            reading.close()

    def for_thread(self) -> SqliteConnection:
        """Return itself: SQLite has one writer, and this one waits its turn."""
        return self

    def lock(self, name: str) -> None:
        """Do nothing: whoever is in a transaction has the whole file."""

    def is_alive(self, process: str, age: float = 0.0) -> bool:
        """Whether that process of this machine's present start may be at work.

        Containers that share the file number their processes each for itself
        (pid_namespaces(7)): a number of another's says nothing here. Such a process is
        taken for alive for an hour after it last wrote. By then nothing of it can come
        any more: it hands nothing over that it marked more than a minute ago, and waits
        no longer than half a minute for an answer.
        """
        number, started, boot, *namespace = process.split()
        if boot != _boot():
            return False
        if namespace and namespace[0] != _namespace():
            return age < ELSEWHERE
        if started == _UNKNOWN:
            return _exists(int(number))
        return _started(int(number)) == started

    def close(self) -> None:
        """Let go of the file."""
        if self._signed:
            # Where it cannot be written, whoever opens it next reads it whole.
            with suppress(sqlite3.DatabaseError):
                sign_out(self._db, self.owner)
            self._signed = False
        self._db.close()


BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_BUSY_SNAPSHOT}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY}
_NO_ROOM |= {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}


@contextmanager
def _faults(file: Path) -> Iterator[None]:
    """Say in press's words what SQLite says; a mistake in SQL stays what it is."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        known = _known(file, error)
        if known is None:
            raise
        raise known from error


def _known(file: Path, error: sqlite3.DatabaseError) -> PressError | None:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in BUSY:
        return BusyError(
            f"{file} is in use by another process", hint="try again in a minute"
        )
    if code in _DAMAGED:
        return _damaged(file, str(error))
    if code in _NO_ROOM:
        return CannotWriteError(
            f"{file} cannot be written: {error}",
            hint="make room, or give the right to write; nothing is lost",
        )
    return None


def _damaged(file: Path, detail: str) -> LedgerError:
    return LedgerError(
        f"{file} is damaged: {detail}",
        hint="keep it, and bring the last backup back: press restore FILE",
    )


def _make_private(file: Path) -> None:
    """Make the file so that nobody else reads it; refuse one that others read.

    Raises:
        CannotWriteError: It cannot be made.
        LedgerError: Others may read it, or it is on another machine's disk.
    """
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
        mode = stat.S_IMODE(file.stat().st_mode)
    except OSError as error:
        message = f"{file} cannot be made: {error.strerror}"
        raise CannotWriteError(message, hint="give the right to write") from error
    if mode & 0o077:
        raise LedgerError(
            f"{file} can be read by others (mode {mode:04o}); it holds readers' addresses",
            hint=f"chmod 600 {file}",
        )
    kind = _file_system(file)
    if kind in NETWORK:
        raise LedgerError(
            f"{file} is on a disk of another machine ({kind}), where SQLite's locks fail",
            hint="put it on this machine, or use PostgreSQL: PRESS_DATABASE",
        )


def _file_system(file: Path) -> str:
    """Return the kind of file system a file is on; empty where that is not told."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    path = str(file.resolve())
    best = ("", "")
    for line in mounts:
        _, point, kind, *_ = line.split(" ")
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best[0]):
            best = (point, kind.removeprefix("fuse."))
    return best[1]


def _boot() -> str:
    try:
        return BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return "-"


def _namespace() -> str:
    """Return whose numbers of processes these are; "-" where the system has but one."""
    try:
        return str(NAMESPACE.stat().st_ino)
    except OSError:
        return _UNKNOWN


def _started(process: int) -> str:
    """Return when a process began, in the kernel's ticks; "-" where nobody says.

    Numbers of processes come back; number and beginning together do not (proc(5),
    fields 3 and 22 of stat). One that ended is listed until its parent has looked.
    """
    try:
        said = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return _UNKNOWN
    fields = said.rpartition(")")[2].split()
    return _UNKNOWN if fields[0] in _ENDED else fields[19]


def _exists(process: int) -> bool:
    """Whether there is a process of this number, perhaps another than was meant."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
