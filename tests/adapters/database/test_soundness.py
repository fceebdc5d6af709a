"""A large file is read whole after a crash and once a day, and not each time."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from press.adapters.database import open_database, soundness
from press.model.errors import LedgerError
from tests.conftest import ROOT
from tests.ledgers import add_readers

OPENS_AND_WAITS = """
import sys
from pathlib import Path
from press.adapters.database import open_database, soundness
soundness.SMALL = 0
from press.adapters.database import sqlite
sqlite.SMALL = 0
open_database(sys.argv[1], Path("/"))
print("open", flush=True)
input()
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that counts as large, closed as it should be, read whole today."""
    monkeypatch.setattr("press.adapters.database.soundness.SMALL", 0)
    monkeypatch.setattr("press.adapters.database.sqlite.SMALL", 0)
    made = tmp_path / "press.db"
    connection = open_database(str(made), tmp_path)
    add_readers(connection, 2_000)
    connection.close()
    open_database(str(made), tmp_path).close()
    return made


def damage(file: Path) -> None:
    """Damage the pages of readers, and none that say what is sent."""
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = opened.execute("PRAGMA page_size").fetchone()
        pages = opened.execute(
            "SELECT pageno FROM dbstat WHERE name = 'subscriber' AND pagetype = 'leaf'"
        ).fetchall()
    raw, rng = bytearray(file.read_bytes()), random.Random(3)
    for (page,) in pages[1:5]:
        at = (page - 1) * size
        raw[at : at + 64] = rng.randbytes(64)
    file.write_bytes(raw)


def let_die(file: Path) -> None:
    """Let a process open it and be killed."""
    child = subprocess.Popen(
        [sys.executable, "-c", OPENS_AND_WAITS, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"open\n"
    child.send_signal(signal.SIGKILL)
    child.communicate()


def settings(file: Path) -> Iterator[str]:
    with closing(sqlite3.connect(file)) as opened:
        yield from (row[0] for row in opened.execute("SELECT name FROM setting"))


def a_day_passes(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as opened:
        opened.execute(
            "UPDATE setting SET value = value - 86401 WHERE name = 'checked'"
        )


def test_one_that_was_closed_is_not_read_whole_again(
    file: Path, tmp_path: Path
) -> None:
    damage(file)

    open_database(str(file), tmp_path).close()

    assert list(settings(file)) == [soundness.CHECKED]


def test_once_a_day_it_is_read_whole(file: Path, tmp_path: Path) -> None:
    a_day_passes(file)
    damage(file)

    with pytest.raises(LedgerError, match="is damaged"):
        open_database(str(file), tmp_path)


def test_after_a_crash_it_is_read_whole(file: Path, tmp_path: Path) -> None:
    let_die(file)
    damage(file)

    for _ in range(2):  # And again, until it is mended.
        with pytest.raises(LedgerError, match="is damaged"):
            open_database(str(file), tmp_path)


def test_after_a_crash_that_damaged_nothing_all_is_well(
    file: Path, tmp_path: Path
) -> None:
    let_die(file)
    assert len(list(settings(file))) == 2

    open_database(str(file), tmp_path).close()

    assert list(settings(file)) == [soundness.CHECKED]


def test_who_has_it_open_is_no_crash(file: Path, tmp_path: Path) -> None:
    serving = open_database(str(file), tmp_path)
    damage(file)

    open_database(str(file), tmp_path).close()

    serving.close()


def test_what_decides_is_looked_at_each_time(file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(file)) as opened:
        (page,) = opened.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'mailing'"
        ).fetchone()
    raw = bytearray(file.read_bytes())
    raw[(page - 1) * 4096 : page * 4096] = random.Random(1).randbytes(4096)
    file.write_bytes(raw)

    with pytest.raises(LedgerError, match="is damaged"):
        open_database(str(file), tmp_path)


def test_a_small_file_is_read_whole_each_time(tmp_path: Path) -> None:
    file = tmp_path / "press.db"
    connection = open_database(str(file), tmp_path)
    add_readers(connection, 2_000)
    connection.close()
    damage(file)

    with pytest.raises(LedgerError, match="is damaged"):
        open_database(str(file), tmp_path)
