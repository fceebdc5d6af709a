"""Mails whose events were lost get their ends from the provider's logs, once each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from press.adapters.clock import SystemClock
from press.adapters.database import Connection
from press.adapters.database.events import EventBook
from press.adapters.database.unheard import UnheardMail
from press.adapters.sendgrid import SendGridCourier
from press.desk import logs
from press.desk.logs import Heard, Listener
from press.events.effects import effect_of
from press.mailing.doubt import Settler
from press.mailing.hand_over import Sender, Work
from press.model.courier import SendGridSettings
from press.model.event import Applied, Event, EventKind
from press.model.mailing import Mailing
from tests.adapters.couriers.builders import KEY
from tests.databases import connection, database
from tests.ledgers import Books, StoppedClock, a_letter, a_parcel, hash_of
from tests.provider import FakeSendGrid

__all__ = ["connection", "database"]
BOUNCE = ("bounced", "550 5.1.1 no such user: r2@x.example")


@pytest.fixture
def books(connection: Connection) -> Books:
    """A ledger whose clock goes by the provider's."""
    clock = StoppedClock(SystemClock().now().replace(microsecond=0))
    return Books(connection=connection, clock=clock)


@pytest.fixture
def fake() -> Iterator[FakeSendGrid]:
    with FakeSendGrid() as provider:
        yield provider


def sent(books: Books, fake: FakeSendGrid, readers: int) -> Mailing:
    """Hand a mailing over at once; let two hours pass."""
    mailing = books.started(readers, courier="sendgrid")
    courier = SendGridCourier(SendGridSettings(), books.clock, key=KEY, host=fake.url)
    work = Work(
        mailing=mailing,
        step=mailing.steps[0],
        letters={"everybody": a_letter()},
        parcel=a_parcel,
        categories=("digest", f"edition-{mailing.edition}"),
    )
    settler = Settler(book=books.doubts, courier=courier, clock=books.clock)
    Sender(ledger=books.handing, courier=courier, settler=settler).hand_over(work)
    courier.close()
    books.clock.pass_by(hours=2)
    return mailing


@contextmanager
def a_listener(books: Books, fake: FakeSendGrid) -> Iterator[Listener]:
    courier = SendGridCourier(SendGridSettings(), books.clock, key=KEY, host=fake.url)
    try:
        yield Listener(
            connection=books.connection,
            hash_of=hash_of,
            clock=books.clock,
            source=courier,
        )
    finally:
        courier.close()


def listen(books: Books, fake: FakeSendGrid) -> Heard:
    with a_listener(books, fake) as listener:
        return listener.listen()


def fates(books: Books) -> dict[str, int]:
    return dict(
        books.connection.all(
            "SELECT provider_state, count(*) FROM delivery GROUP BY provider_state"
        )
    )


def test_what_became_of_mails_is_known_although_no_event_came(
    books: Books, fake: FakeSendGrid
) -> None:
    sent(books, fake, 5)
    fake.ends = {
        "r1@x.example": ("delivered", "250 OK"),
        "r2@x.example": BOUNCE,
        "r3@x.example": ("dropped", "Unsubscribed Address"),
        "r4@x.example": ("blocked", "554 not today"),
    }

    heard = listen(books, fake)

    assert fates(books) == {
        "blocked": 1,
        "bounced": 1,
        "delivered": 1,
        "dropped": 1,
        "processed": 1,
    }
    statuses = books.connection.all("SELECT status FROM subscriber ORDER BY id")
    assert [row[0] for row in statuses[:4]] == [
        *("active", "bounced", "unsubscribed", "active")
    ]
    assert (heard.asked, heard.left, heard.applied.new) == (5, 1, 5)
    assert "x.example" not in f"{books.connection.all('SELECT * FROM event')}"


def test_asking_again_changes_nothing_and_what_is_known_is_not_asked_for(
    books: Books, fake: FakeSendGrid
) -> None:
    sent(books, fake, 3)
    fake.ends = {f"r{n}@x.example": ("delivered", "") for n in (1, 2, 3)}
    ((delivery, request),) = books.connection.all(
        "SELECT id, request_id FROM delivery WHERE subscriber_id = 1"
    )
    told = Event(
        kind=EventKind.DELIVERED,
        at=books.clock.now(),
        delivery=delivery,
        request=request,
    )
    EventBook(books.connection, hash_of, books.clock).apply([told], effect_of)

    first = listen(books, fake)
    searches = fake.searches
    second = listen(books, fake)

    assert (first.asked, first.left, first.applied) == (2, 0, Applied(new=2))
    assert second == Heard()
    assert fake.searches == searches
    assert books.connection.one("SELECT count(*) FROM event") == (3,)


def test_an_end_that_is_none_yet_is_asked_for_again(
    books: Books, fake: FakeSendGrid
) -> None:
    sent(books, fake, 1)
    fake.ends = {"r1@x.example": ("deferred", "452 full")}
    first = listen(books, fake)
    again = listen(books, fake)
    fake.ends = {"r1@x.example": ("delivered", "")}

    last = listen(books, fake)

    assert (first.left, again.left, last.left) == (1, 1, 0)
    assert again.applied.new == 0
    assert fates(books) == {"delivered": 1}


def test_mails_of_the_last_hour_and_of_long_ago_are_not_asked_for(
    books: Books, fake: FakeSendGrid
) -> None:
    sent(books, fake, 2)
    books.clock.pass_by(hours=-1.5)
    young = listen(books, fake)
    books.clock.pass_by(days=30)

    assert young == listen(books, fake) == Heard()
    assert fake.searches == 0


def test_more_mails_than_a_search_tells_are_all_found(
    books: Books, fake: FakeSendGrid, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The span is halved, then asked end by end; the rest is looked up one by one."""
    monkeypatch.setattr("press.adapters.sendgrid.logs.MOST", 10)
    sent(books, fake, 30)
    everybody = [f"r{n}@x.example" for n in range(1, 31)]
    fake.ends = dict.fromkeys(everybody[:14], ("delivered", ""))
    fake.ends |= dict.fromkeys(everybody[14:], ("deferred", ""))

    heard = listen(books, fake)

    assert fates(books) == {"deferred": 16, "delivered": 14}
    assert (heard.asked, heard.left) == (30, 16)


def test_a_mail_whose_answer_was_lost_is_found_by_our_own_ids(
    books: Books, fake: FakeSendGrid
) -> None:
    sent(books, fake, 2)
    books.connection.run("UPDATE request SET message_id = ''")
    fake.ends = {f"r{n}@x.example": ("delivered", "") for n in (1, 2)}

    heard = listen(books, fake)

    assert heard.left == 0
    assert fates(books) == {"delivered": 2}


def test_so_many_are_looked_up_in_one_go_and_the_rest_is_said(
    books: Books, fake: FakeSendGrid, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "SINGLY", 2)
    sent(books, fake, 5)
    books.connection.run("UPDATE request SET message_id = ''")
    fake.ends = {f"r{n}@x.example": ("delivered", "") for n in range(1, 6)}

    heard = listen(books, fake)
    fake.ends = {"r5@x.example": ("delivered", "")}
    listen(books, fake)
    last = listen(books, fake)

    assert (heard.asked, heard.left) == (5, 3)
    assert list(heard.told())[1] == "logs: 3 mails are asked for again next time"
    assert (last.asked, last.left) == (3, 2)


def test_logs_that_may_not_be_read_are_told_and_end_nothing(
    books: Books, fake: FakeSendGrid
) -> None:
    sent(books, fake, 2)
    fake.denies = "/v3/logs"

    heard = listen(books, fake)

    assert heard.left == 2
    assert heard.why.startswith("SendGrid does not tell its Email Logs")


def test_spans_that_touch_are_asked_as_one_and_others_apart(
    books: Books, fake: FakeSendGrid
) -> None:
    mailing = sent(books, fake, 2)
    ((request,),) = books.connection.all("SELECT id FROM request")
    books.connection.run(
        "INSERT INTO request (id, mailing_id, step, state, count, owner, process,"
        " claimed_at, started_at) SELECT 'x', mailing_id, step, 'accepted', 1, owner,"
        " process, claimed_at, started_at - 86400 FROM request WHERE id = ?",
        request,
    )
    books.connection.run("UPDATE delivery SET request_id = 'x' WHERE subscriber_id = 1")

    spans = list(logs._spans(UnheardMail(books.connection).requests(books.clock.now())))

    assert mailing.edition == "2024-09"
    assert [category for category, _, _ in spans] == ["edition-2024-09"] * 2
    lengths = [until - since for _, since, until in spans]
    assert lengths == [dt.timedelta(minutes=10, seconds=1)] * 2


def test_mails_that_were_to_be_cancelled_and_went_out_are_told_of(
    books: Books, fake: FakeSendGrid
) -> None:
    mailing = sent(books, fake, 2)
    books.connection.run(
        "UPDATE request SET state = 'in_doubt', fence = 'asked', send_at = started_at"
    )
    books.connection.run("UPDATE delivery SET state = 'in_doubt'")
    fake.ends = {"r1@x.example": ("delivered", "")}

    heard = listen(books, fake)
    settled = EventBook(books.connection, hash_of, books.clock).settle_doubts()

    assert (heard.asked, settled) == (2, 1)
    assert books.states(mailing) == {"accepted": 2}
