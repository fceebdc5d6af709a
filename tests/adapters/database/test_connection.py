"""Connections: what both kinds of database promise."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from press.adapters.database import Connection, open_database, sqlite
from press.adapters.database.migrate import migrate, migrations
from press.model.errors import BusyError, LedgerError

INSERT = "INSERT INTO setting (name, value) VALUES (?, ?)"


def write_and_fail(connection: Connection) -> None:
    with connection.transaction():
        connection.run(INSERT, "a", "1")
        raise ZeroDivisionError


def write_within_and_fail(connection: Connection) -> None:
    with connection.transaction():
        with connection.transaction():
            connection.run(INSERT, "a", "1")
        raise ZeroDivisionError


@pytest.mark.parametrize("write", [write_and_fail, write_within_and_fail])
def test_a_transaction_that_fails_leaves_nothing(
    connection: Connection, write: Callable[[Connection], None]
) -> None:
    with pytest.raises(ZeroDivisionError):
        write(connection)

    assert connection.all("SELECT name FROM setting") == []


def test_what_was_written_is_seen_by_the_next_connection(
    connection: Connection, database: str, tmp_path: Path
) -> None:
    connection.many(INSERT, [(f"n{number}", "100%") for number in range(3000)])

    other = open_database(database, tmp_path)
    assert other.one("SELECT count(*) FROM setting WHERE value = '100%'") == (3000,)
    assert len(list(other.stream("SELECT name FROM setting"))) == 3000
    other.close()


def test_threads_may_write_at_the_same_time(connection: Connection) -> None:
    def write(number: int) -> None:
        mine = connection.for_thread()
        for turn in range(20):
            with mine.transaction():
                mine.run(INSERT, f"{number}.{turn}", "x")
        if mine is not connection:
            mine.close()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert connection.one("SELECT count(*) FROM setting") == (80,)


def test_a_schema_is_made_once(connection: Connection) -> None:
    assert migrate(connection) == 0


def test_a_newer_schema_is_refused(connection: Connection) -> None:
    newest = max(migrations()) + 1
    connection.run(
        "INSERT INTO migration (number, name) VALUES (?, ?)", newest, "later"
    )

    with pytest.raises(LedgerError, match="newer press"):
        migrate(connection)


def test_an_owner_is_known_to_live_while_its_connection_does(
    connection: Connection, database: str, tmp_path: Path
) -> None:
    other = open_database(database, tmp_path)
    process = other.process

    assert connection.is_alive(process)
    other.close()
    if "://" in database:  # The file has no server: its process is this one.
        until = time.monotonic() + 10
        while connection.is_alive(process) and time.monotonic() < until:
            time.sleep(0.01)
        assert not connection.is_alive(process)


def test_a_process_that_began_at_another_time_is_another(tmp_path: Path) -> None:
    connection = open_database("books/press.db", tmp_path)
    number, started, boot, space = connection.process.split()

    assert number == str(os.getpid())
    assert space == str(Path("/proc/self/ns/pid").stat().st_ino)
    assert not connection.is_alive(f"{number} {int(started) - 1} {boot}")
    assert not connection.is_alive(f"{number} {started} another-start")
    assert connection.is_alive(f"{number} {started} {boot}")  # As it once was written.
    connection.close()


def test_a_process_of_another_container_lives_for_an_hour(tmp_path: Path) -> None:
    """Its number says nothing here, whether there is such a one or not."""
    connection = open_database("books/press.db", tmp_path)
    _, _, boot, space = connection.process.split()
    nobody = f"4194305 1 {boot}"

    assert not connection.is_alive(f"{nobody} {space}", 0)
    assert connection.is_alive(f"{nobody} {int(space) + 1}", 3_599)
    assert not connection.is_alive(f"{nobody} {int(space) + 1}", 3_600)
    assert not connection.is_alive(f"{nobody.replace(boot, 'x')} {int(space) + 1}", 0)
    connection.close()


def test_a_process_that_ended_unseen_is_gone(tmp_path: Path) -> None:
    connection = open_database("books/press.db", tmp_path)
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    said = Path(f"/proc/{child.pid}/stat").read_text(encoding="utf-8")
    started = said.rpartition(")")[2].split()[19]
    process = f"{child.pid} {started} {connection.process.split()[2]}"

    before = connection.is_alive(process)
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # Nobody collects it.
    after = connection.is_alive(process)

    assert (before, after) == (True, False)
    child.communicate()
    connection.close()


def test_where_no_beginning_is_told_the_number_counts(tmp_path: Path) -> None:
    connection = open_database("books/press.db", tmp_path)
    boot = connection.process.split()[2]
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()

    assert connection.is_alive(f"{os.getpid()} - {boot}")
    assert not connection.is_alive(f"{child.pid} - {boot}")
    connection.close()


def test_what_another_thread_does_is_no_part_of_a_transaction(
    connection: Connection,
) -> None:
    """A rollback of one thread's must not take back what another was told is done."""
    connection.run("CREATE TABLE kept (word TEXT)")
    began, written = threading.Event(), threading.Event()

    def write() -> None:
        began.wait(10)
        connection.run("INSERT INTO kept VALUES ('told to be on disk')")
        written.set()

    def write_and_take_back() -> None:
        with connection.transaction():
            connection.run("INSERT INTO kept VALUES ('taken back')")
            began.set()
            written.wait(0.3)
            raise ZeroDivisionError

    thread = threading.Thread(target=write)
    thread.start()
    with pytest.raises(ZeroDivisionError):
        write_and_take_back()
    thread.join(10)

    assert connection.all("SELECT word FROM kept") == [("told to be on disk",)]


def test_whoever_waits_for_a_file_is_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.01)
    first = open_database("press.db", tmp_path)
    second = open_database("press.db", tmp_path)

    with second.transaction():
        pass
    assert not caplog.messages

    monkeypatch.setattr(sqlite, "TRIES", 3)
    with first.transaction(), pytest.raises(BusyError), second.transaction():
        pass

    (said,) = caplog.messages
    assert (
        said == f"{tmp_path / 'press.db'} is in use by another process: waiting for it"
    )
    first.close()
    second.close()


def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "press.db"
    open_database(str(file), tmp_path).close()
    file.chmod(0o644)

    with pytest.raises(LedgerError, match="can be read by others"):
        open_database(str(file), tmp_path)


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "press.db"
    file.write_bytes(b"Dear readers, " * 100)
    file.chmod(0o600)

    with pytest.raises(LedgerError, match="is damaged"):
        open_database(str(file), tmp_path)


def test_an_unknown_kind_of_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="mysql"):
        open_database("mysql://localhost/press", tmp_path)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://press:hunter2@[bad/press",
        "postgresql://press:hun@ter2@127.0.0.1/press",
        "postgresql://press:hunter2@127.0.0.1:x/press?sslmode=no",
        "postgresql:/press:hunter2@127.0.0.1/press",
        "Postgres//press:hunter2@127.0.0.1/press",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_and_its_password_not_shown(
    tmp_path: Path, address: str
) -> None:
    with pytest.raises(LedgerError) as refused:
        open_database(address, tmp_path)

    told = f"{refused.value} {refused.value.hint} {refused.value.__cause__}"
    assert not re.search("hun|ter2", told)
    assert not list(tmp_path.iterdir())
