"""Events in the database: order, repetition and loss change nothing in the end."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.adapters.database import Connection
from press.adapters.database.connection import Row
from press.adapters.database.events import EventBook
from press.events.effects import effect_of
from press.model.event import Applied, Event, EventKind, Tally
from press.model.subscriber import OWN_WORD, Cause

NOW = dt.datetime(2024, 9, 1, 6, 0, tzinfo=dt.UTC)
SENT = NOW + dt.timedelta(minutes=5)
REQUESTS = ("a" * 32, "b" * 32)
READERS = range(1, 7)


class AClock:
    """A clock that stands."""

    def now(self) -> dt.datetime:
        return NOW + dt.timedelta(days=1)


def hash_of(email: str) -> bytes:
    return sha256(email.lower().encode()).digest()


def address(number: int) -> str:
    return f"reader{number}@quoin.example"


def a_book(connection: Connection) -> EventBook:
    return EventBook(connection, hash_of, AClock())


def fill(connection: Connection, states: Sequence[str] = ("accepted",) * 2) -> None:
    """A mailing to six readers in two requests, and one mail to an address of our own."""
    stamp = int(NOW.timestamp())
    for table in ("event", "delivery", "request", "mailing", "membership", "list"):
        connection.run(f"DELETE FROM {table}")
    for table in ("suppression", "subscriber"):
        connection.run(f"DELETE FROM {table}")
    connection.run("INSERT INTO list (id, name) VALUES (1, 'digest')")
    connection.run(
        "INSERT INTO mailing (id, edition, audience, kind, state, state_at, content,"
        " courier) VALUES (1, '2024-09', 'digest', 'live', 'sending', ?, 'c', 'outbox')",
        stamp,
    )
    for number, (request, state) in enumerate(zip(REQUESTS, states, strict=True)):
        connection.run(
            "INSERT INTO request (id, mailing_id, step, state, count, owner,"
            " process, claimed_at) VALUES (?, 1, ?, ?, 3, 'o', 'p', 0)",
            request,
            number + 1,
            state,
        )
    for number in READERS:
        connection.run(
            "INSERT INTO subscriber (id, public_id, email, email_key, email_hash,"
            " status, status_at, joined_at) VALUES (?, ?, ?, ?, ?, 'active', ?, ?)",
            number,
            f"{number:032x}",
            address(number),
            address(number),
            hash_of(address(number)),
            stamp,
            stamp,
        )
        connection.run(
            "INSERT INTO membership (list_id, subscriber_id, standing, standing_at)"
            " VALUES (1, ?, 'confirmed', ?)",
            *(number, stamp),
        )
        which = 0 if number <= 3 else 1
        a_delivery(connection, number, which, states[which])
    a_delivery(connection, 7, 1, states[1], ours=True)


def a_delivery(
    connection: Connection, number: int, which: int, state: str, *, ours: bool = False
) -> None:
    connection.run(
        "INSERT INTO delivery (id, mailing_id, step, subscriber_id, email, email_key,"
        " email_hash, variant, state, request_id) VALUES (?, 1, ?, ?, ?, ?, ?, 'v', ?, ?)",
        number,
        which + 1,
        None if ours else number,
        address(number),
        address(number),
        hash_of(address(number)),
        "reserved" if state == "inflight" else state,
        REQUESTS[which],
    )


def an_event(
    kind: EventKind, number: int = 1, minutes: int = 0, **more: object
) -> Event:
    event = Event(
        kind=kind,
        at=SENT + dt.timedelta(minutes=minutes),
        delivery=number,
        request=REQUESTS[0 if number <= 3 else 1],
        email=address(number),
    )
    return replace(event, **more)  # type: ignore[arg-type]


def everything(connection: Connection) -> list[list[Row]]:
    """All that events can change, but when they were seen."""
    return [
        connection.all(f"SELECT {columns} FROM {table} ORDER BY 1, 2")
        for table, columns in (
            ("event", "key, kind, at, delivery_id, request_id, machine, detail"),
            ("delivery", "id, state, provider_state, provider_at"),
            ("request", "id, state, fence"),
            ("subscriber", "id, status, status_at, status_source"),
            ("membership", "subscriber_id, standing, standing_at"),
            ("suppression", "email_hash, cause, since, source"),
        )
    ]


def test_an_event_is_counted_once_however_often_it_is_told(
    connection: Connection,
) -> None:
    fill(connection)
    book = a_book(connection)
    opened = an_event(EventKind.OPENED)
    again = replace(opened, provider_id="another, as on a retry")

    first = book.apply([opened, again], effect_of)
    second = book.apply([again], effect_of)

    assert (first.new, first.known) == (1, 1)
    assert (second.new, second.known) == (0, 1)
    assert book.stats(1).opened == 1


def test_a_refusal_for_good_puts_the_reader_aside(connection: Connection) -> None:
    fill(connection)

    done = a_book(connection).apply([an_event(EventKind.BOUNCED, 2)], effect_of)

    assert done == Applied(new=1, suppressed=1)
    assert connection.one("SELECT status FROM subscriber WHERE id = 2") == ("bounced",)
    assert connection.all("SELECT email_hash, cause FROM suppression") == [
        (hash_of(address(2)), "bounced")
    ]


def test_a_leave_takes_the_reader_from_all_lists(connection: Connection) -> None:
    fill(connection)

    a_book(connection).apply([an_event(EventKind.UNSUBSCRIBED, 2)], effect_of)

    asked = "SELECT standing FROM membership WHERE subscriber_id = 2"
    assert connection.one(asked) == ("withdrawn",)
    assert connection.one("SELECT status FROM subscriber WHERE id = 2") == (
        "unsubscribed",
    )


def test_a_refusal_for_this_time_puts_nobody_aside(connection: Connection) -> None:
    fill(connection)

    a_book(connection).apply([an_event(EventKind.BLOCKED, 2)], effect_of)

    assert connection.all("SELECT * FROM suppression") == []
    assert connection.one("SELECT status FROM subscriber WHERE id = 2") == ("active",)


def test_an_address_of_our_own_is_never_put_aside(connection: Connection) -> None:
    fill(connection)

    a_book(connection).apply([an_event(EventKind.BOUNCED, 7)], effect_of)

    assert connection.all("SELECT * FROM suppression") == []
    asked = "SELECT provider_state FROM delivery WHERE id = 7"
    assert connection.one(asked) == ("bounced",)


def test_an_event_without_a_number_finds_its_reader_by_the_address(
    connection: Connection,
) -> None:
    fill(connection)
    told = an_event(EventKind.COMPLAINED, delivery=None, request="", email=address(3))

    a_book(connection).apply([told], effect_of)

    assert connection.one("SELECT status FROM subscriber WHERE id = 3") == (
        "complained",
    )
    (key,) = connection.one("SELECT key FROM event") or ("",)
    assert "quoin" not in key


def test_an_address_that_the_paper_never_had_is_kept_out_all_the_same(
    connection: Connection,
) -> None:
    told = an_event(
        EventKind.BOUNCED, delivery=None, request="", email="x@quoin.example"
    )

    a_book(connection).apply([told], effect_of)

    asked = "SELECT cause FROM suppression WHERE email_hash = ?"
    assert connection.one(asked, hash_of("x@quoin.example")) == ("bounced",)


def test_a_number_of_another_database_does_not_put_the_wrong_reader_aside(
    connection: Connection,
) -> None:
    fill(connection)
    told = an_event(EventKind.BOUNCED, 2, email=address(5))

    a_book(connection).apply([told], effect_of)

    states: dict[int, str] = dict(connection.all("SELECT id, status FROM subscriber"))
    assert states[2] == "active"
    assert states[5] == "bounced"
    assert connection.one("SELECT provider_state FROM delivery WHERE id = 2") == ("",)


def test_an_event_of_an_unknown_delivery_is_kept(connection: Connection) -> None:
    done = a_book(connection).apply([an_event(EventKind.DELIVERED, 99)], effect_of)

    assert done == Applied(new=1, stray=1)


def test_a_leave_from_before_the_reader_came_back_changes_nothing(
    connection: Connection,
) -> None:
    fill(connection)
    connection.run(
        "UPDATE subscriber SET status_at = ?, status_source = ? WHERE id = 1",
        int((SENT + dt.timedelta(days=3)).timestamp()),
        OWN_WORD,
    )

    done = a_book(connection).apply(
        [an_event(EventKind.UNSUBSCRIBED), an_event(EventKind.COMPLAINED, 2)], effect_of
    )

    assert done.suppressed == 1
    assert connection.one("SELECT status FROM subscriber WHERE id = 1") == ("active",)


def test_a_leave_from_before_an_import_holds(connection: Connection) -> None:
    fill(connection)
    connection.run(
        "UPDATE subscriber SET status_at = ?, status_source = 'import' WHERE id = 1",
        int((SENT + dt.timedelta(days=3)).timestamp()),
    )

    done = a_book(connection).apply([an_event(EventKind.UNSUBSCRIBED)], effect_of)

    assert done.suppressed == 1


def test_any_event_of_a_request_in_doubt_proves_that_it_was_taken(
    connection: Connection,
) -> None:
    fill(connection, ("accepted", "in_doubt"))

    done = a_book(connection).apply([an_event(EventKind.PROCESSED, 5)], effect_of)

    assert done.settled == 1
    assert connection.one("SELECT state FROM request WHERE id = ?", REQUESTS[1]) == (
        "accepted",
    )
    asked = "SELECT DISTINCT state FROM delivery"
    assert connection.all(asked) == [("accepted",)]


@pytest.mark.parametrize("fence", ["asked", "confirmed"])
def test_a_request_that_was_taken_back_is_not_settled_by_events(
    connection: Connection, fence: str
) -> None:
    fill(connection, ("accepted", "in_doubt"))
    connection.run("UPDATE request SET fence = ? WHERE id = ?", fence, REQUESTS[1])

    done = a_book(connection).apply([an_event(EventKind.PROCESSED, 5)], effect_of)

    assert done.settled == 0
    assert a_book(connection).settle_doubts() == 0


def test_an_event_that_came_before_the_doubt_settles_it(connection: Connection) -> None:
    fill(connection, ("inflight", "accepted"))
    book = a_book(connection)
    book.apply([an_event(EventKind.DELIVERED, 1)], effect_of)
    connection.run("UPDATE request SET state = 'in_doubt' WHERE state = 'inflight'")
    connection.run("UPDATE delivery SET state = 'in_doubt' WHERE state = 'reserved'")

    assert book.settle_doubts() == 1
    assert book.settle_doubts() == 0
    assert connection.all("SELECT DISTINCT state FROM delivery") == [("accepted",)]


def test_a_batch_that_fails_leaves_nothing(connection: Connection) -> None:
    fill(connection)
    before = everything(connection)

    def fail_at_the_last(event: Event) -> object:
        if event.kind is EventKind.BOUNCED:
            raise ZeroDivisionError
        return effect_of(event)

    with pytest.raises(ZeroDivisionError):
        a_book(connection).apply(
            [an_event(EventKind.DELIVERED), an_event(EventKind.BOUNCED, 2)],
            fail_at_the_last,  # type: ignore[arg-type]
        )

    assert everything(connection) == before
    assert a_book(connection).last_seen() is None


def test_what_became_of_a_mailing_is_counted_by_deliveries(
    connection: Connection,
) -> None:
    fill(connection)
    book = a_book(connection)
    delivered = [an_event(EventKind.DELIVERED, number) for number in (1, 2, 3, 4)]
    clicked = [
        an_event(EventKind.CLICKED, 1, minutes, detail=f"https://q.example/{minutes}")
        for minutes in range(9)
    ]
    others = [
        an_event(EventKind.OPENED, 1, 1),
        an_event(EventKind.OPENED, 1, 2),
        an_event(EventKind.OPENED, 2, machine=True),
        an_event(EventKind.COMPLAINED, 2, 7),
        an_event(EventKind.UNSUBSCRIBED, 3, 8),
        an_event(EventKind.BOUNCED, 5),
        an_event(EventKind.BLOCKED, 6),
        an_event(EventKind.DROPPED, 7, cause=Cause.BOUNCED),
    ]

    book.apply([*delivered, *clicked, *others], effect_of)

    assert book.stats(1) == Tally(
        accepted=7,
        delivered=4,
        bounced=1,
        blocked=1,
        dropped=1,
        complained=1,
        unsubscribed=1,
        opened=1,
        opened_by_machines=1,
        clicked=1,
    )
    assert book.stats(1, 2) == Tally(
        accepted=4, delivered=1, bounced=1, blocked=1, dropped=1
    )
    assert book.stats(2) == Tally()
    assert book.last_seen() == AClock().now()


KINDS = [kind for kind in EventKind if kind is not EventKind.UNKNOWN]
EVENTS = st.lists(
    st.builds(
        an_event,
        st.sampled_from(KINDS),
        st.integers(1, 7),
        st.integers(0, 4),
        delivery=st.sampled_from([None, 0]),
        cause=st.sampled_from([None, Cause.BOUNCED, Cause.UNSUBSCRIBED]),
    ).map(
        lambda event: replace(
            event,
            detail=event.cause or "",  # The reason says the cause.
            delivery=None
            if event.delivery is None
            else int(event.email.removeprefix("reader")[0]),
        )
    ),
    min_size=1,
    max_size=25,
)


def in_batches(events: Sequence[Event], dice: random.Random) -> list[list[Event]]:
    batches: list[list[Event]] = [[]]
    for event in events:
        if dice.random() < 0.3:
            batches.append([])
        batches[-1].append(event)
    return batches


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(events=EVENTS, seed=st.integers(0, 2**32))
def test_order_repetition_and_loss_change_nothing(
    connection: Connection, events: list[Event], seed: int
) -> None:
    dice = random.Random(seed)
    book = a_book(connection)
    fill(connection, ("in_doubt", "inflight"))
    for batch in in_batches(events, dice):
        book.apply(batch, effect_of)
    answer_is_recorded(connection)
    expected, tally = everything(connection), book.stats(1)

    fill(connection, ("in_doubt", "inflight"))
    told = events * 10
    dice.shuffle(told)
    for number, batch in enumerate(in_batches(told[: len(told) // 2], dice)):
        if dice.random() < 0.5:
            book.apply(batch, effect_of)
        if number == 1:
            answer_is_recorded(connection)
    again = list(events)
    dice.shuffle(again)
    for batch in in_batches(again, dice):
        book.apply(batch, effect_of)
    answer_is_recorded(connection)

    assert everything(connection) == expected
    assert book.stats(1) == tally


def answer_is_recorded(connection: Connection) -> None:
    """The provider's 202 comes: after, among or before its events."""
    changed = connection.run(
        "UPDATE request SET state = 'accepted' WHERE state = 'inflight'"
    )
    if changed:
        connection.run(
            "UPDATE delivery SET state = 'accepted' WHERE state = 'reserved'"
        )
