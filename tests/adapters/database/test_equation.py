"""The count equation that is asked after every test would notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.adapters.database import Connection
from tests.equation import unclosed, unclosed_in
from tests.ledgers import Books

FAULTS = {
    "forgets a reader": "DELETE FROM delivery WHERE id = 3",
    "counts nobody left out": "INSERT INTO left_out VALUES (1, 'bounced', 1)",
    "lets go of a reader and keeps the request": (
        "UPDATE delivery SET state = 'pending' WHERE id = 2"
    ),
    "takes an open request for refused": (
        "UPDATE request SET state = 'refused' WHERE state = 'reserved'"
    ),
}


@pytest.fixture
def books(connection: Connection) -> Books:
    made = Books(connection=connection)
    mailing = made.started(10)
    made.handing.claim(mailing, mailing.steps[0], 5, ())
    return made


def test_a_ledger_at_work_closes(books: Books, database: str) -> None:
    assert books.connection.one("SELECT 1 FROM request")
    assert unclosed(database) == []


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_noticed(
    books: Books, database: str, fault: str, tmp_path: Path
) -> None:
    books.connection.run(fault)

    found = unclosed(database)
    in_folder = unclosed_in(tmp_path)

    for table in ("delivery", "request", "left_out", "step", "mailing"):
        books.connection.run(f"DELETE FROM {table}")
    assert len(found) == 1, found
    assert bool(in_folder) == ("://" not in database)
    assert unclosed(database) == []
