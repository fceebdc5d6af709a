"""Of two mailings of one edition each reader gets one; of a cancelled one nobody is lost."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from press.adapters.database import Connection, open_database
from press.adapters.database.handing import Handing
from press.adapters.database.settling import PATIENCE
from press.model.mailing import Answer, Claim, Mailing, MailingState, Outcome
from tests.ledgers import Books, everybody


@pytest.fixture
def books(connection: Connection) -> Books:
    return Books(connection=connection)


def claimed(books: Books, mailing: Mailing) -> Claim:
    claim = books.handing.claim(mailing, mailing.steps[0], 1000, ())
    assert isinstance(claim, Claim)
    return claim


def another(books: Books, first: Mailing, readers: int) -> Mailing:
    """Start a second mailing of an edition to the same readers."""
    assert first.list_id is not None
    second = books.open(first.list_id, audience="another list")
    counts = books.freezing().freeze(second, everybody(first.list_id))
    assert counts is not None
    assert counts.prepared == readers
    return books.start(second)


def test_of_two_mailings_that_look_at_once_one_sends(
    books: Books, database: str, tmp_path: Path
) -> None:
    older = books.started(5)
    newer = another(books, older, 5)
    other = open_database(database, tmp_path)
    elsewhere = Handing(other, books.clock)
    late = claimed(books, newer)

    def send_older() -> int:
        claim = elsewhere.claim(older, older.steps[0], 1000, ())
        assert isinstance(claim, Claim)
        readers = elsewhere.mark(claim, "hash", None) if claim.readers else ()
        return len(readers or ())

    with ThreadPoolExecutor() as pool:
        with books.connection.transaction():
            marked = books.handing.mark(late, "hash", None)
            sent = pool.submit(send_older)
            time.sleep(0.5)  # The other comes as far as it can.
            assert not sent.done()
        assert sent.result(20) == 0

    assert marked == late.readers
    books.handing.settle(late, Outcome(answer=Answer.ACCEPTED, status=202))
    other.close()
    assert books.states(older) == {"skipped": 5}
    assert books.states(newer) == {"accepted": 5}


def test_what_a_cancelled_mailing_had_only_reserved_is_sent_by_the_next(
    books: Books,
) -> None:
    first = books.started(10)
    held = claimed(books, first)
    cancelled = books.mailings.move(first, MailingState.SENDING, MailingState.CANCELLED)

    second = another(books, first, 10)
    claim = claimed(books, second)
    books.handing.release(held)

    assert cancelled
    assert len(claim.readers) == 10
    assert books.handing.mark(claim, "hash", None) == claim.readers
    assert books.handing.mark(held, "hash", None) is None
    books.handing.settle(claim, Outcome(answer=Answer.ACCEPTED, status=202))


def test_only_a_mailboxs_own_later_counts_against_a_reader(books: Books) -> None:
    mailing = books.started(1)
    for _ in range(PATIENCE + 1):
        books.handing.release(claimed(books, mailing))
    claim = claimed(books, mailing)
    assert books.handing.mark(claim, "hash", None)
    (reader,) = claim.readers
    later = {reader.delivery: (Answer.NOT_TAKEN, "451 later")}

    books.handing.settle(
        claim, Outcome(answer=Answer.NOT_TAKEN, detail="later", parts=later)
    )

    assert books.states(mailing) == {"pending": 1}
