"""What was suppressed by hand is lifted by hand, and just what was there comes back."""

from __future__ import annotations

import datetime as dt

import pytest

from press.adapters.database import Connection
from press.adapters.database.intake import Intake
from press.adapters.database.lifting import BY_HAND, Lifting
from press.audience.address import key
from press.model.importing import Departure
from press.model.subscriber import Cause, ListName, Standing, Status, Suppression
from tests.readers import NOON, SECRET, Hands, a_book, a_newcomer, a_reader, read

ADA = "ada@reader.example"


def lift(connection: Connection, email: str = ADA) -> Suppression | None:
    return Lifting(connection, SECRET.hash_of, Hands()).lift(key(email))


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_reader_is_what_they_were(connection: Connection, confirmed: bool) -> None:
    book = a_book(connection)
    ada = a_reader(book, ADA, confirmed=confirmed, lists=("digest", "events"))
    if confirmed:
        book.choose(ada, [ListName("digest")], source="herself")
    before = read(book, ada)
    book.part(ada, Cause.BY_HAND, source=BY_HAND)
    book.part(ada, Cause.BY_HAND, source=BY_HAND)
    between = read(book, ada)

    holds = lift(connection)

    after = read(book, ada)
    assert between.status is Status.UNSUBSCRIBED
    assert set(between.lists.values()) == {Standing.WITHDRAWN}
    assert holds is book.suppression(key(ADA)) is None
    assert (after.status, after.lists) == (before.status, before.lists)


def test_nobodys_address_may_be_written_to_again(connection: Connection) -> None:
    book = a_book(connection)
    book.suppress(key(ADA), Cause.BY_HAND, source=BY_HAND)

    assert lift(connection) is None

    ada = a_reader(book, ADA)
    assert read(book, ada).status is Status.ACTIVE


@pytest.mark.parametrize("first", [Cause.BY_HAND, Cause.UNSUBSCRIBED, Cause.BOUNCED])
@pytest.mark.parametrize("other", [Cause.UNSUBSCRIBED, Cause.BOUNCED])
def test_who_left_or_bounced_before_or_meanwhile_stays_out(
    connection: Connection, first: Cause, other: Cause
) -> None:
    """In whatever order they come; of two that hold on the stronger one is told."""
    book = a_book(connection)
    a_reader(book, ADA)
    order = [Cause.BY_HAND, other] if first is Cause.BY_HAND else [first, Cause.BY_HAND]
    for email in (ADA, "nobody@reader.example"):
        for number, cause in enumerate([*order, other]):
            day = NOON - dt.timedelta(days=9 - number)
            book.suppress(key(email), cause, source=BY_HAND, at=day)

        holds = lift(connection, email)

        assert holds is not None
        bounced = Cause.BOUNCED in {first, other}
        assert holds.cause is (Cause.BOUNCED if bounced else Cause.UNSUBSCRIBED)
        assert lift(connection, email) == holds
        assert book.add(a_newcomer(email)).suppression == holds
    found = book.find(key(ADA))
    assert found is not None
    assert found.status == (Status.BOUNCED if bounced else Status.UNSUBSCRIBED)
    assert set(found.lists.values()) == {Standing.WITHDRAWN}


@pytest.mark.parametrize("cause", [Cause.COMPLAINED, Cause.ERASED])
@pytest.mark.parametrize("first", [True, False])
def test_who_complained_or_was_erased_is_not_brought_back(
    connection: Connection,
    cause: Cause,
    first: bool,
) -> None:
    book = a_book(connection)
    ada = a_reader(book, ADA)
    causes = [cause, Cause.BY_HAND] if first else [Cause.BY_HAND, cause]
    for one in causes:
        if one is Cause.ERASED:
            book.erase(ada, source="asked for")
        else:
            book.suppress(key(ADA), one, source="a test")

    holds = lift(connection)

    assert holds is not None
    assert holds.cause is cause
    assert read(book, ada).status == cause.value


def test_a_list_that_says_meanwhile_that_they_left_is_believed(
    connection: Connection,
) -> None:
    book = a_book(connection)
    ada = a_reader(book, ADA)
    book.part(ada, Cause.BY_HAND, source=BY_HAND)
    rows = [
        Departure(2, key(ADA), Cause.UNSUBSCRIBED, NOON, "a list"),
        Departure(3, key(ADA), Cause.BOUNCED, NOON, "a list"),
    ]
    with Intake(connection, SECRET.hash_of, Hands()) as intake:
        for _ in intake.stage(rows):
            pass
        intake.settle([], partial=False, dry=False)

    holds = lift(connection)

    assert holds is not None
    assert holds.cause is Cause.BOUNCED
    assert read(book, ada).status is Status.BOUNCED


@pytest.mark.parametrize("ours_first", [True, False])
def test_what_only_a_list_calls_by_hand_is_not_lifted(
    connection: Connection, *, ours_first: bool
) -> None:
    """Another program's blocklist: its readers may have put themselves there."""
    book = a_book(connection)
    if ours_first:
        book.suppress(key(ADA), Cause.BY_HAND, source=BY_HAND)
    with Intake(connection, SECRET.hash_of, Hands()) as intake:
        row = Departure(2, key(ADA), Cause.BY_HAND, NOON, "a blocklist")
        for _ in intake.stage([row]):
            pass
        intake.settle([], partial=False, dry=False)

    holds = lift(connection)

    assert holds is not None
    assert holds.source == "a blocklist"
    assert book.add(a_newcomer(ADA)).suppression == holds


def test_who_left_after_it_was_lifted_is_gone(connection: Connection) -> None:
    book = a_book(connection)
    ada = a_reader(book, ADA)
    book.part(ada, Cause.BY_HAND, source=BY_HAND)
    lift(connection)
    book.leave(ada, source="herself")
    book.part(ada, Cause.BY_HAND, source=BY_HAND)

    holds = lift(connection)

    assert holds is not None
    assert holds.cause is Cause.UNSUBSCRIBED
    assert read(book, ada).status is Status.UNSUBSCRIBED
    assert set(read(book, ada).lists.values()) == {Standing.WITHDRAWN}
