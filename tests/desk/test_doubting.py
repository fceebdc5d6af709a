"""Requests in doubt: how many readers they are, and who decides."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from press.adapters.clock import SystemClock
from press.adapters.database import Connection
from press.adapters.outbox import OutboxCourier
from press.cli import run
from press.cli.app import app
from press.desk import doubting
from press.mailing.doubt import Settler
from press.mailing.mime import Form
from press.model.errors import ExitCode
from press.model.mailing import Answer, Claim, Mailing, Outcome
from tests.databases import connection, database
from tests.ledgers import Books

__all__ = ["connection", "database"]

REQUEST = f"{7:032x}"


def in_doubt(books: Books, readers: int, doubtful: int) -> Mailing:
    """Leave some readers of a request in doubt; of the others it is known."""
    mailing = books.started(readers)
    claim = books.handing.claim(mailing, mailing.steps[0], readers, ())
    assert isinstance(claim, Claim)
    books.handing.mark(claim, "", None)
    others = [each.delivery for each in claim.readers][doubtful:]
    outcome = Outcome(
        answer=Answer.IN_DOUBT,
        detail="it hung up",
        parts=dict.fromkeys(others, (Answer.ACCEPTED, "")),
    )
    assert books.handing.settle(claim, outcome)
    return mailing


def told(books: Books, mailing: Mailing, folder: Path) -> Sequence[str]:
    clock = SystemClock()
    courier = OutboxCourier(folder, Form, clock)
    settler = Settler(book=books.doubts, courier=courier, clock=clock)
    return tuple(doubting.told(mailing, settler))


@pytest.mark.parametrize(
    ("readers", "doubtful", "whom"),
    [(20, 1, "1 of 20 readers"), (20, 20, "20 readers"), (1, 1, "1 reader")],
)
def test_only_readers_who_are_in_doubt_are_told_to_be(
    connection: Connection, tmp_path: Path, readers: int, doubtful: int, whom: str
) -> None:
    books = Books(connection=connection)
    mailing = in_doubt(books, readers, doubtful)

    lines = told(books, mailing, tmp_path)

    assert (
        f"  {whom} in doubt, handed over 2024-08-30 12:00 UTC: it hung up" in lines[0]
    )
    assert lines[1].startswith("    the provider's records: ")
    assert len(lines) == 2


def test_a_mailing_without_doubts_says_so(
    connection: Connection, tmp_path: Path
) -> None:
    books = Books(connection=connection)

    lines = told(books, books.started(2), tmp_path)

    assert lines == ("nothing of 2024-09 to digest is in doubt",)


@pytest.mark.parametrize("decision", ["--taken", "--not-taken"])
@pytest.mark.parametrize("by", [(), ("--by", " ")])
def test_nothing_is_decided_by_nobody(
    capsys: pytest.CaptureFixture[str], decision: str, by: Sequence[str]
) -> None:
    code = run(app, ["send", "resolve", "2024-09", REQUEST, decision, *by])

    assert code == ExitCode.USAGE
    assert "say who decides it: --by NAME" in capsys.readouterr().err


def test_a_decision_is_one_of_two(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(app, ["send", "resolve", "2024-09", REQUEST, "--by", "Hal"])

    assert code == ExitCode.USAGE
    assert "say --taken or --not-taken" in capsys.readouterr().err
