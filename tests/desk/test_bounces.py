"""A mailbox that does not exist bounces, whoever says so and whenever."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from press.adapters.database import Connection
from press.adapters.database.events import EventBook
from press.adapters.database.handing import Handing
from press.adapters.smtp import SmtpCourier
from press.desk.bounces import Bounces
from press.mailing.doubt import Settler
from press.mailing.hand_over import Sender, Work
from press.mailing.mime import Form
from press.model.courier import Encryption, SmtpSettings
from press.model.mailing import Mailing
from tests.databases import connection, database
from tests.ledgers import Books, a_letter, a_parcel, hash_of
from tests.provider.smtp import HOST, FakeMailServer

__all__ = ["connection", "database"]


@pytest.fixture
def books(connection: Connection) -> Books:
    return Books(connection=connection)


@pytest.fixture
def server() -> Iterator[FakeMailServer]:
    with FakeMailServer() as fake:
        yield fake


def sent(books: Books, server: FakeMailServer, readers: int) -> Mailing:
    mailing = books.started(readers, courier="smtp")
    settings = SmtpSettings(host=HOST, port=server.port, tls=Encryption.NONE)
    courier = SmtpCourier(settings, Form, books.clock)
    tell = Bounces(hash_of=hash_of, clock=books.clock).tell
    work = Work(
        mailing=mailing,
        step=mailing.steps[0],
        letters={"everybody": a_letter()},
        parcel=a_parcel,
    )
    Sender(
        ledger=Handing(books.connection, books.clock, tell=tell),
        courier=courier,
        settler=Settler(book=books.doubts, courier=courier, clock=books.clock),
    ).hand_over(work)
    courier.close()
    return mailing


def test_a_mailbox_that_a_mail_server_does_not_know_bounces_and_counts(
    books: Books, server: FakeMailServer
) -> None:
    server.refusals = {
        "r1@x.example": "550 5.1.1 unknown",
        "r2@x.example": "552 5.2.2 full",
    }

    mailing = sent(books, server, 4)

    statuses = books.connection.all("SELECT status FROM subscriber ORDER BY id")
    tally = EventBook(books.connection, hash_of, books.clock).stats(mailing.id)
    assert books.states(mailing) == {"accepted": 2, "failed": 2}
    assert [row[0] for row in statuses] == ["bounced", "active", "active", "active"]
    assert (tally.accepted, tally.bounced, tally.refused) == (2, 1, 1)
    assert books.connection.all("SELECT cause FROM suppression") == [("bounced",)]


def test_one_reader_alone_bounces_too(books: Books, server: FakeMailServer) -> None:
    server.refusals = {"r1@x.example": "550 5.1.1 unknown"}

    mailing = sent(books, server, 1)

    assert books.states(mailing) == {"failed": 1}
    assert books.connection.all("SELECT status FROM subscriber") == [("bounced",)]
    ((detail, request),) = books.connection.all("SELECT detail, request_id FROM event")
    assert (detail, request) == ("550 5.1.1 unknown", "")
