"""A rehearsal: the provider looks at everybody's mail, and nobody gets one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from press.adapters.database import Connection
from press.adapters.sendgrid import SendGridCourier
from press.desk.rehearsing import SHOWN, told
from press.mailing.rehearsal import Rehearsal, Rehearsed
from press.model.courier import SendGridSettings
from press.model.errors import ProviderError
from tests.adapters.couriers.builders import KEY
from tests.databases import connection, database
from tests.ledgers import Books, a_letter, a_parcel, everybody
from tests.provider import FakeSendGrid, Fault

__all__ = ["connection", "database"]
TABLES = ("mailing", "request", "delivery", "event", "errand")


@pytest.fixture
def books(connection: Connection) -> Books:
    return Books(connection=connection)


@contextmanager
def a_rehearsal(books: Books, fake: FakeSendGrid, **given: Any) -> Iterator[Rehearsal]:
    courier = SendGridCourier(
        SendGridSettings(), books.clock, key=KEY, host=fake.url, rehearsal=True
    )
    try:
        yield Rehearsal(
            courier=courier,
            letters={"everybody": a_letter()},
            parcels=a_parcel,
            pause=0,
            **given,
        )
    finally:
        courier.close()


def rehearsed(books: Books, fake: FakeSendGrid, readers: int) -> Rehearsed:
    list_id = books.add_readers(readers)
    with a_rehearsal(books, fake, workers=2) as rehearsal:
        return rehearsal.run(books.freezing().readers(everybody(list_id)))


def test_everybody_is_looked_at_and_nobody_is_written_to(books: Books) -> None:
    with FakeSendGrid() as fake:
        done = rehearsed(books, fake, 1_500)

    assert done == Rehearsed(readers=1_500, requests=2, refused=())
    assert (fake.rehearsed, fake.took) == (1_500, {})
    for table in TABLES:
        assert books.connection.one(f"SELECT count(*) FROM {table}") == (0,)


def test_those_who_would_be_left_out_are_left_out(books: Books) -> None:
    list_id = books.add_readers(3)
    books.leave(2)

    people = list(books.freezing().readers(everybody(list_id)))

    assert [reader.email for reader, _ in people] == ["r1@x.example", "r3@x.example"]
    assert {variant for _, variant in people} == {"everybody"}


@pytest.mark.parametrize("vague", [False, True])
def test_who_would_be_refused_is_found(books: Books, vague: bool) -> None:
    with FakeSendGrid(poison=["r3@x.example", "r40@x.example"]) as fake:
        fake.vague = vague
        done = rehearsed(books, fake, 50)

    assert sorted(one.reader.email for one in done.refused) == [
        "r3@x.example",
        "r40@x.example",
    ]
    assert fake.rehearsed == 48
    lines = list(told(done, "sendgrid"))
    assert "looked at mails for 50 readers" in lines[0]
    assert "would refuse 2" in lines[0]
    assert "r40@x.example" not in " ".join(lines)


def test_what_is_not_answered_is_asked_again_for_nothing_can_be_sent_twice(
    books: Books,
) -> None:
    faults = {Fault.OK: 2, Fault.LOST: 1, Fault.SERVER_TAKEN: 1, Fault.TOO_MANY: 1}
    with FakeSendGrid(seed=4, faults=faults) as fake:
        done = rehearsed(books, fake, 20)

    assert done.readers == 20
    assert not fake.took


def test_a_provider_that_refuses_everything_ends_it(books: Books) -> None:
    with (
        FakeSendGrid(faults={Fault.UNAUTHORISED: 1}) as fake,
        pytest.raises(ProviderError, match="does not look at the mails"),
    ):
        rehearsed(books, fake, 2)


def test_not_all_who_are_refused_are_named(books: Books) -> None:
    addresses = [f"r{number}@x.example" for number in range(1, 31)]
    with FakeSendGrid(poison=addresses) as fake:
        done = rehearsed(books, fake, 30)

    lines = list(told(done, "sendgrid"))
    assert len(lines) == SHOWN + 2
    assert lines[-1] == "    and 10 more"
