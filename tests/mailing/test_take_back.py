"""What the provider holds of a cancelled mailing is taken back, as far as it cancels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from press.adapters.database import Connection
from press.adapters.database.events import EventBook
from press.adapters.database.held import HeldMail
from press.adapters.sendgrid import SendGridCourier
from press.events.effects import effect_of
from press.mailing.doubt import Rules, Settler
from press.mailing.hand_over import Sender, Work
from press.mailing.stage import Stage, unwatched
from press.mailing.take_back import TakeBack
from press.model.courier import SendGridSettings
from press.model.event import Event, EventKind
from press.model.mailing import Mailing, MailingState, TakenBack
from tests.adapters.couriers.builders import KEY
from tests.ledgers import Books, a_letter, a_parcel, hash_of
from tests.provider import FakeSendGrid

HOUR = dt.timedelta(hours=1)


class KilledError(Exception):
    """The process ends here."""


@pytest.fixture
def books(connection: Connection) -> Books:
    return Books(connection=connection)


@pytest.fixture
def fake() -> Iterator[FakeSendGrid]:
    with FakeSendGrid() as provider:
        yield provider


@contextmanager
def a_taker(
    books: Books, fake: FakeSendGrid, *, most_fences: int = 8, dies: bool = False
) -> Iterator[TakeBack]:
    def watch(stage: Stage) -> None:
        if dies:
            raise KilledError(stage)

    courier = SendGridCourier(SendGridSettings(), books.clock, key=KEY, host=fake.url)
    try:
        yield TakeBack(
            book=HeldMail(books.connection, books.clock),
            settler=a_settler(books, courier, most_fences),
            watch=watch if dies else unwatched,
        )
    finally:
        courier.close()


def a_settler(books: Books, courier: SendGridCourier, most_fences: int = 8) -> Settler:
    return Settler(
        book=books.doubts,
        courier=courier,
        clock=books.clock,
        fencing=courier,
        rules=Rules(most_fences=most_fences),
    )


def held(books: Books, fake: FakeSendGrid, readers: int, requests: int = 1) -> Mailing:
    """Hand a mailing over that the provider holds for an hour; then cancel it."""
    mailing = books.started(readers)
    courier = SendGridCourier(SendGridSettings(), books.clock, key=KEY, host=fake.url)
    work = Work(
        mailing=mailing,
        step=mailing.steps[0],
        letters={"everybody": a_letter()},
        parcel=a_parcel,
        send_at=books.clock.now() + HOUR,
    )
    books.connection.run("UPDATE delivery SET most = ?", readers // requests)
    Sender(
        ledger=books.handing,
        courier=courier,
        settler=a_settler(books, courier),
        fencing=courier,
    ).hand_over(work)
    courier.close()
    assert books.states(mailing) == {"accepted": readers}
    cancel(books, mailing)
    return mailing


def cancel(books: Books, mailing: Mailing) -> None:
    after = MailingState.CANCELLED
    assert books.mailings.move(mailing, MailingState.SENDING, after)


def test_who_is_taken_back_gets_nothing_and_counts_as_not_written_to(
    books: Books, fake: FakeSendGrid
) -> None:
    mailing = held(books, fake, 6, requests=2)

    with a_taker(books, fake) as taker:
        foreseen = taker.foresee(mailing.id)
        back = taker.take_back(mailing.id)

    fake.reach_send_at()
    assert foreseen == back == TakenBack(saved=6)
    assert books.states(mailing) == {"pending": 6}
    assert not fake.took
    assert len(fake.cancelled) == 2


def test_who_is_beyond_what_the_provider_cancels_gets_theirs(
    books: Books, fake: FakeSendGrid
) -> None:
    mailing = held(books, fake, 8, requests=4)

    with a_taker(books, fake, most_fences=3) as taker:
        foreseen = taker.foresee(mailing.id)
        back = taker.take_back(mailing.id)

    fake.reach_send_at()
    assert foreseen == back == TakenBack(saved=6, beyond=2)
    assert books.states(mailing) == {"accepted": 2, "pending": 6}
    assert sum(fake.took.values()) == 2


@pytest.mark.parametrize(
    ("minutes", "left"), [(49, TakenBack(late=3)), (61, TakenBack(gone=3))]
)
def test_what_cannot_be_cancelled_in_time_is_not_asked_back(
    books: Books, fake: FakeSendGrid, minutes: float, left: TakenBack
) -> None:
    mailing = held(books, fake, 3)
    books.clock.pass_by(minutes=minutes)

    with a_taker(books, fake) as taker:
        back = taker.take_back(mailing.id)

    assert back == left
    assert books.states(mailing) == {"accepted": 3}
    assert not fake.cancelled


def test_nobody_is_asked_back_from_a_mailing_that_goes_on(
    books: Books, fake: FakeSendGrid
) -> None:
    """They would be claimed again at once."""
    mailing = held(books, fake, 3)
    (request,) = HeldMail(books.connection, books.clock).held(mailing.id)
    books.connection.run("DROP TRIGGER mailing_changes" + _on(books))
    books.connection.run("UPDATE mailing SET state = 'sending'")

    with a_taker(books, fake) as taker:
        back = taker.take_back(mailing.id)

    assert back == TakenBack(beyond=request.count)
    assert books.states(mailing) == {"accepted": 3}


def _on(books: Books) -> str:
    return "" if "json" in books.connection.dialect.among else " ON mailing"


def test_one_who_dies_between_asking_and_calling_leaves_a_doubt_that_others_settle(
    books: Books, fake: FakeSendGrid
) -> None:
    mailing = held(books, fake, 4, requests=2)

    with a_taker(books, fake, dies=True) as dying, pytest.raises(KilledError):
        dying.take_back(mailing.id)
    after_death = books.states(mailing)
    still_open = books.mailings.open_ones()
    with a_taker(books, fake) as taker:
        taker.take_back(mailing.id)

    fake.reach_send_at()
    assert after_death == {"accepted": 2, "in_doubt": 2}
    assert [each.id for each in still_open] == [mailing.id]
    assert books.states(mailing) == {"pending": 4}
    assert not fake.took


def test_what_the_provider_would_not_cancel_is_in_doubt_until_mailboxes_tell(
    books: Books, fake: FakeSendGrid
) -> None:
    """Others hold all cancellations of the account."""
    mailing = held(books, fake, 3)
    fake.cancel_cap = 0
    with a_taker(books, fake) as taker:
        back = taker.take_back(mailing.id)
    doubtful = books.states(mailing)
    in_doubt = HeldMail(books.connection, books.clock).in_doubt(mailing.edition)
    fake.reach_send_at()
    books.clock.pass_by(minutes=61)
    told = EventBook(books.connection, lambda _: hash_of("r1@x.example"), books.clock)

    told.apply([_event(books, EventKind.PROCESSED)], effect_of)
    nothing_proven = told.settle_doubts()
    told.apply([_event(books, EventKind.DELIVERED)], effect_of)
    settled = told.settle_doubts()

    assert back == TakenBack(unknown=3)
    assert in_doubt == 3
    assert doubtful == {"in_doubt": 3}
    assert (nothing_proven, settled) == (0, 1)
    assert books.states(mailing) == {"accepted": 3}


def _event(books: Books, kind: EventKind) -> Event:
    ((delivery, request),) = books.connection.all(
        "SELECT id, request_id FROM delivery ORDER BY id LIMIT 1"
    )
    return Event(kind=kind, at=books.clock.now(), delivery=delivery, request=request)
