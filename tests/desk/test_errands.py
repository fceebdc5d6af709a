"""Readers who leave while the provider has their mail: it is asked to withhold it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from press.adapters.database import Connection
from press.adapters.database.errands import Errands
from press.adapters.database.events import EventBook
from press.adapters.database.intake import Intake
from press.adapters.database.lifting import BY_HAND, Lifting
from press.adapters.database.moment import stamp
from press.adapters.database.readers import ReaderBook
from press.adapters.sendgrid import SendGridCourier
from press.desk.errands import NOBODY, Runner, told
from press.events.effects import effect_of
from press.model.courier import SendGridSettings
from press.model.errand import Run
from press.model.event import Event, EventKind
from press.model.importing import Departure
from press.model.letter import Fence
from press.model.mailing import Answer, Claim, Mailing, Outcome
from press.model.subscriber import Cause, ListName, SubscriberId
from tests.adapters.couriers.builders import KEY, a_consignment, a_parcel
from tests.databases import connection, database
from tests.ledgers import Books, hash_of
from tests.provider import FakeSendGrid

__all__ = ["connection", "database"]
ADA, BEN = SubscriberId(1), SubscriberId(2)
ADDRESS = "r1@x.example"
TAKEN = Outcome(answer=Answer.ACCEPTED, message_id="m")


@pytest.fixture
def books(connection: Connection) -> Books:
    return Books(connection=connection)


@pytest.fixture
def fake() -> Iterator[FakeSendGrid]:
    with FakeSendGrid() as provider:
        yield provider


def readers(books: Books) -> ReaderBook:
    return ReaderBook(books.connection, hash_of, books.clock)


def handed_over(
    books: Books, *, courier: str = "sendgrid", hours_ahead: int = 1
) -> Mailing:
    """Let a provider have mail for three readers, for an hour."""
    mailing = books.started(3, courier=courier)
    claim = books.handing.claim(mailing, mailing.steps[0], 3, ())
    assert isinstance(claim, Claim)
    send_at = stamp(books.clock.now()) + 3600 * hours_ahead
    assert books.handing.mark(claim, "", Fence(batch="b", send_at=send_at))
    assert books.handing.settle(claim, TAKEN)
    return mailing


@contextmanager
def a_runner(books: Books, fake: FakeSendGrid) -> Iterator[Runner]:
    courier = SendGridCourier(SendGridSettings(), books.clock, key=KEY, host=fake.url)
    try:
        yield Runner(connection=books.connection, clock=books.clock, provider=courier)
    finally:
        courier.close()


def run(books: Books, fake: FakeSendGrid) -> Run | None:
    with a_runner(books, fake) as runner:
        return runner.run()


def rows(books: Books) -> list[tuple[str, str]]:
    return books.connection.all("SELECT what, email FROM errand ORDER BY id")


def test_who_leaves_while_mail_is_held_gets_nothing_of_it(
    books: Books, fake: FakeSendGrid
) -> None:
    with a_runner(books, fake) as runner:
        courier = runner.provider
        assert isinstance(courier, SendGridCourier)
        send_at = stamp(books.clock.now()) + 3600
        fence = Fence(batch=fake.new_batch(), send_at=send_at)
        people = [a_parcel(n, email=f"r{n}@x.example") for n in (1, 2, 3)]
        courier.hand_over(a_consignment(parcels=people, fence=fence))
        handed_over(books)

        readers(books).leave(ADA, source="one-click unsubscribe")
        done = runner.run()

    fake.reach_send_at()
    assert done == Run(withheld=1)
    assert fake.inbox == {"r2@x.example": 1, "r3@x.example": 1}
    assert fake.withheld == {ADDRESS: 1}


def test_an_address_stands_in_an_errand_only_until_it_is_run(
    books: Books, fake: FakeSendGrid
) -> None:
    handed_over(books)
    readers(books).leave(ADA, source="one-click unsubscribe")
    before = rows(books)

    run(books, fake)

    assert before == [("withhold", ADDRESS)]
    assert rows(books) == [("withhold", "")]
    assert run(books, fake) is None


@pytest.mark.parametrize("cause", [Cause.BY_HAND, Cause.COMPLAINED, Cause.UNSUBSCRIBED])
def test_whoever_is_let_go_by_hand_is_asked_for_too(
    books: Books, fake: FakeSendGrid, cause: Cause
) -> None:
    handed_over(books)

    readers(books).suppress(ADDRESS, cause, source="by hand")
    readers(books).suppress(ADDRESS, cause, source="by hand")

    assert rows(books) == [("withhold", ADDRESS)]


def test_whoever_left_by_a_list_that_is_brought_in_is_asked_for_too(
    books: Books,
) -> None:
    handed_over(books)
    at = books.clock.now()
    gone = [
        Departure(2, ADDRESS, Cause.UNSUBSCRIBED, at, "a list"),
        Departure(3, "r2@x.example", Cause.BOUNCED, at, "a list"),
        Departure(4, "nobody@x.example", Cause.UNSUBSCRIBED, at, "a list"),
    ]

    with Intake(books.connection, hash_of, books.clock) as intake:
        assert list(intake.stage(gone))
        intake.settle([ListName("digest")], partial=False, dry=False)

    assert rows(books) == [("withhold", ADDRESS)]


@pytest.mark.parametrize("kind", [EventKind.UNSUBSCRIBED, EventKind.COMPLAINED])
def test_what_the_provider_said_itself_it_is_not_asked_for(
    books: Books, kind: EventKind
) -> None:
    handed_over(books)
    ((delivery,),) = books.connection.all(
        "SELECT id FROM delivery WHERE subscriber_id = 1"
    )
    event = Event(kind=kind, at=books.clock.now(), delivery=delivery)

    EventBook(books.connection, hash_of, books.clock).apply([event], effect_of)

    assert rows(books) == []


def test_nothing_is_asked_where_nothing_is_under_way(books: Books) -> None:
    handed_over(books, courier="smtp")
    readers(books).leave(ADA, source="page")
    books.connection.run("UPDATE mailing SET courier = 'sendgrid'")
    books.connection.run("UPDATE delivery SET provider_state = 'delivered'")
    readers(books).leave(BEN, source="page")
    books.connection.run("UPDATE delivery SET provider_state = ''")
    books.clock.pass_by(hours=74)
    readers(books).leave(SubscriberId(3), source="page")

    assert rows(books) == []


def test_a_provider_that_is_away_is_asked_again(
    books: Books, fake: FakeSendGrid
) -> None:
    handed_over(books)
    readers(books).leave(ADA, source="page")
    fake.denies = "/v3/asm"
    refused = run(books, fake)
    fake.denies = ""

    again = run(books, fake)

    assert refused is not None
    assert refused.left == 1
    assert "withhold mail from readers who left" in refused.why
    assert again == Run(withheld=1)
    assert fake.unwilling == {ADDRESS}


def test_one_address_that_is_none_to_the_provider_keeps_nobody_else_waiting(
    books: Books, fake: FakeSendGrid
) -> None:
    handed_over(books)
    books.connection.run(
        "UPDATE delivery SET email = 'jürgen@x.example' WHERE subscriber_id = 2"
    )
    for reader in (ADA, BEN, SubscriberId(3)):
        readers(books).leave(reader, source="page")

    done = run(books, fake)

    assert done == Run(withheld=2, refused=1)
    assert fake.unwilling == {ADDRESS, "r3@x.example"}


def test_a_domain_is_told_as_the_network_writes_it(
    books: Books, fake: FakeSendGrid
) -> None:
    handed_over(books)
    books.connection.run("UPDATE delivery SET email = 'ada@mühle.example'")

    readers(books).leave(ADA, source="page")
    run(books, fake)

    assert fake.unwilling == {"ada@xn--mhle-0ra.example"}


def test_who_comes_back_by_their_own_word_is_written_to_again(
    books: Books, fake: FakeSendGrid
) -> None:
    handed_over(books)
    readers(books).leave(ADA, source="page")
    run(books, fake)
    books.connection.run("UPDATE subscriber SET status = 'pending' WHERE id = 1")

    assert readers(books).confirm(ADA, source="link in a mail")
    done = run(books, fake)

    assert done == Run(released=1)
    assert fake.unwilling == set()
    assert rows(books) == [("withhold", ""), ("release", "")]


def test_who_leaves_twice_is_asked_for_once_and_who_came_back_between_again(
    books: Books, fake: FakeSendGrid
) -> None:
    handed_over(books)
    readers(books).leave(ADA, source="page")
    run(books, fake)
    readers(books).leave(ADA, source="page")
    once = len(rows(books))
    books.connection.run("UPDATE subscriber SET status = 'pending' WHERE id = 1")
    readers(books).confirm(ADA, source="link in a mail")
    readers(books).leave(ADA, source="page")

    assert once == 1
    assert [what for what, _ in rows(books)] == ["withhold", "release", "withhold"]
    assert run(books, fake) == Run(withheld=1, released=1)
    assert fake.unwilling == {ADDRESS}


def test_who_is_let_in_again_by_hand_is_written_to_again(
    books: Books, fake: FakeSendGrid
) -> None:
    handed_over(books)
    readers(books).suppress(ADDRESS, Cause.BY_HAND, source=BY_HAND)
    run(books, fake)

    lifting = Lifting(books.connection, hash_of, books.clock)

    assert lifting.lift(ADDRESS) is None
    assert run(books, fake) == Run(released=1)
    assert fake.unwilling == set()


def test_leaving_and_coming_back_are_asked_in_their_order(
    books: Books, fake: FakeSendGrid
) -> None:
    handed_over(books)
    readers(books).leave(ADA, source="page")
    books.connection.run("UPDATE subscriber SET status = 'pending' WHERE id = 1")
    readers(books).confirm(ADA, source="link in a mail")

    done = run(books, fake)

    assert done == Run(withheld=1, released=1)
    assert fake.unwilling == set()


def test_the_erased_are_withheld_from_at_once_and_forgotten_when_nothing_is_under_way(
    books: Books, fake: FakeSendGrid
) -> None:
    handed_over(books)

    readers(books).erase(ADA, source="a letter")
    first = run(books, fake)
    kept = rows(books)
    books.clock.pass_by(hours=73)
    second = run(books, fake)

    assert first == Run(withheld=1)
    assert kept == [("withhold", ""), ("forget", ADDRESS)]
    assert second == Run(forgotten=1)
    assert fake.erased == [ADDRESS]
    assert rows(books) == [("withhold", ""), ("forget", "")]


def test_the_erased_whose_mail_was_taken_back_are_forgotten_at_once(
    books: Books, fake: FakeSendGrid
) -> None:
    """The provider was told their address all the same."""
    handed_over(books)
    books.connection.run("UPDATE request SET state = 'in_doubt', fence = 'asked'")
    books.connection.run("UPDATE delivery SET state = 'in_doubt'")
    ((request,),) = books.connection.all("SELECT id FROM request")
    assert books.doubts.refuse(request, "cancelled in time", fenced=True)

    readers(books).erase(ADA, source="a letter")

    assert run(books, fake) == Run(forgotten=1)
    assert fake.erased == [ADDRESS]


def test_the_erased_whom_no_provider_knows_are_in_no_errand(books: Books) -> None:
    handed_over(books, courier="smtp")

    readers(books).erase(ADA, source="a letter")

    assert rows(books) == []


def test_two_do_not_run_errands_at_once_and_a_dead_one_keeps_nobody_for_long(
    books: Books, fake: FakeSendGrid
) -> None:
    handed_over(books)
    readers(books).leave(ADA, source="page")
    assert Errands(books.connection).begin(stamp(books.clock.now()))

    meanwhile = run(books, fake)
    books.clock.pass_by(minutes=3)

    assert meanwhile is None
    assert run(books, fake) == Run(withheld=1)


def test_a_courier_that_is_not_the_one_is_told(books: Books) -> None:
    handed_over(books)
    readers(books).leave(ADA, source="page")

    done = Runner(connection=books.connection, clock=books.clock, provider=None).run()

    assert done == Run(left=1, why=NOBODY)
    assert list(told(done)) == [
        f"1 readers: the provider is still to be asked: {NOBODY}"
    ]


def test_a_mail_that_somebody_asked_for_reaches_who_left(
    books: Books, fake: FakeSendGrid
) -> None:
    """The link with which they come back must arrive."""
    fake.unwilling.add("reader1@mill.example")
    with a_runner(books, fake) as runner:
        courier = runner.provider
        assert isinstance(courier, SendGridCourier)
        courier.hand_over(a_consignment(1))
        courier.hand_over(replace(a_consignment(1), asked_for=True))

    assert fake.inbox == {"reader1@mill.example": 1}
