"""Doubts end by the provider's word alone, and only while that word counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from press.adapters.database import Connection
from press.adapters.sendgrid import SendGridCourier
from press.mailing.doubt import Rules, Settlement, Settler
from press.model.courier import SendGridSettings
from press.model.letter import Fence
from press.model.mailing import Answer, Claim, Mailing, MailingState, Outcome
from tests.adapters.couriers.builders import KEY
from tests.ledgers import Books, StoppedClock
from tests.provider import FakeSendGrid

DOUBT = Outcome(answer=Answer.IN_DOUBT, detail="timeout")


class SlowToCancel(SendGridCourier):
    """A provider that takes so many minutes to cancel."""

    minutes = 0.0
    clock: StoppedClock

    def cancel(self, batch: str) -> bool:
        self.clock.pass_by(minutes=self.minutes)
        return super().cancel(batch)


@pytest.fixture
def books(connection: Connection) -> Books:
    return Books(connection=connection)


@pytest.fixture
def fake() -> Iterator[FakeSendGrid]:
    with FakeSendGrid() as provider:
        yield provider


@contextmanager
def a_settler(
    books: Books, fake: FakeSendGrid, *, minutes: float = 0, most_fences: int = 8
) -> Iterator[Settler]:
    courier = SlowToCancel(SendGridSettings(), books.clock, key=KEY, host=fake.url)
    courier.clock, courier.minutes = books.clock, minutes
    yield Settler(
        book=books.doubts,
        courier=courier,
        clock=books.clock,
        fencing=courier,
        rules=Rules(most_fences=most_fences),
    )
    courier.close()


def in_doubt(books: Books, mailing: Mailing, fake: FakeSendGrid, most: int) -> None:
    """Leave a request in doubt that the provider holds for an hour."""
    claim = books.handing.claim(mailing, mailing.steps[0], most, ())
    assert isinstance(claim, Claim)
    send_at = books.clock.now() + dt.timedelta(hours=1)
    fence = Fence(batch=fake.new_batch(), send_at=int(send_at.timestamp()))
    assert books.handing.mark(claim, "", fence)
    books.handing.settle(claim, DOUBT)


def test_what_is_cancelled_in_time_is_free_again(
    books: Books, fake: FakeSendGrid
) -> None:
    mailing = books.started(3)
    in_doubt(books, mailing, fake, 3)

    with a_settler(books, fake) as settler:
        settlement = settler.settle(mailing.id)

    assert settlement == Settlement(cancelled=1)
    assert len(fake.cancelled) == 1
    assert books.states(mailing) == {"pending": 3}


@pytest.mark.parametrize(("later", "minutes"), [(49, 0), (0, 51)])
def test_a_cancellation_that_may_come_too_late_frees_nobody(
    books: Books, fake: FakeSendGrid, later: float, minutes: float
) -> None:
    """Asked for too late, or confirmed too late: the mails may be on their way."""
    mailing = books.started(3)
    in_doubt(books, mailing, fake, 3)
    books.clock.pass_by(minutes=later)

    with a_settler(books, fake, minutes=minutes) as settler:
        settlement = settler.settle(mailing.id)

    assert settlement == Settlement(left=1)
    assert books.states(mailing) == {"in_doubt": 3}


def test_one_that_was_asked_for_in_time_is_not_asked_for_again_too_late(
    books: Books, fake: FakeSendGrid
) -> None:
    """The process ended between the mark and the call, and starts again at the hour."""
    mailing = books.started(3)
    in_doubt(books, mailing, fake, 3)
    (doubt,) = books.doubts.doubts(mailing.id)
    assert books.doubts.ask_fence(doubt.request, 8)
    books.clock.pass_by(minutes=58)

    with a_settler(books, fake) as settler:
        settlement = settler.settle(mailing.id)

    assert settlement == Settlement(left=1)
    assert not fake.cancelled
    assert books.states(mailing) == {"in_doubt": 3}


def test_no_more_is_cancelled_than_is_allowed(books: Books, fake: FakeSendGrid) -> None:
    mailing = books.started(4)
    for _ in range(4):
        in_doubt(books, mailing, fake, 1)

    with a_settler(books, fake, most_fences=3) as settler:
        settlement = settler.settle(mailing.id)

    assert settlement == Settlement(cancelled=3, left=1)
    assert len(fake.cancelled) == 3
    assert books.mailings.get(mailing.id).state is MailingState.SENDING
