"""Whose turn it is; and what is taken over from processes that nobody can judge."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from press.adapters.database import Connection, open_database
from press.adapters.database.turn import have_turn
from press.model.errors import BusyError
from press.model.mailing import Claim
from tests.ledgers import Books, StoppedClock


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


def test_what_another_container_left_is_taken_over_after_an_hour(
    tmp_path: Path,
) -> None:
    """Whether it is alive cannot be seen from here; it may be about to call."""
    books = Books(connection=open_database("press.db", tmp_path))
    mailing = books.started(4)
    step = mailing.steps[0]
    for marks in (False, True):
        claim = books.handing.claim(mailing, step, 2, ())
        assert isinstance(claim, Claim)
        if marks:
            books.handing.mark(claim, "hash", None)
    elsewhere = f"1 1 {books.connection.process.split()[2]} 1"
    books.connection.run("UPDATE request SET process = ?, owner = 'its'", elsewhere)

    books.clock.pass_by(minutes=59)
    before = books.handing.recover(mailing)
    books.clock.pass_by(minutes=1)
    after = books.handing.recover(mailing)

    assert (before, after) == (0, 2)
    assert books.states(mailing) == {"pending": 2, "in_doubt": 2}
    assert [each.owner_gone for each in books.doubts.doubts(mailing.id)] == [True]
    books.connection.close()
