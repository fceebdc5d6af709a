"""Of those that look at once what is due, one does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from press.adapters.database import Connection, open_database
from press.adapters.database.turn import have_turn
from press.model.errors import BusyError
from tests.ledgers import StoppedClock


def test_two_do_not_look_at_once(
    connection: Connection, database: str, tmp_path: Path
) -> None:
    clock = StoppedClock()
    other = open_database(database, tmp_path)

    with have_turn(connection, clock):
        with pytest.raises(BusyError), have_turn(other, clock):
            pytest.fail("both look")
        clock.pass_by(days=2)
        with pytest.raises(BusyError), have_turn(other, clock):
            pytest.fail("both look, a long time later")
    with have_turn(other, clock):
        pass
    other.close()


def test_who_died_has_no_turn(connection: Connection) -> None:
    child = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"],
        capture_output=True,
        check=True,
        text=True,
    )
    gone = connection.process.split()
    gone[0] = child.stdout.strip()
    connection.run(
        "INSERT INTO setting VALUES ('turn', ?)", f"another 0 {' '.join(gone)}"
    )

    with have_turn(connection, StoppedClock()):
        pass

    assert connection.all("SELECT name FROM setting") == []
