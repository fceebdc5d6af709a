"""Handing over: what one mailbox says is that mailbox's own matter."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from press.adapters.database import Connection
from press.adapters.database.settling import PATIENCE
from press.adapters.smtp import SmtpCourier
from press.mailing.doubt import Settler
from press.mailing.hand_over import Ended, Sender, Work
from press.mailing.mime import Form
from press.model.courier import Encryption, SmtpSettings
from press.model.mailing import Mailing
from tests.ledgers import Books, a_letter, a_parcel
from tests.provider.smtp import HOST, FakeMailServer

FULL = "451 4.2.2 full"


@pytest.fixture
def books(connection: Connection) -> Books:
    return Books(connection=connection)


@pytest.fixture
def server() -> Iterator[FakeMailServer]:
    with FakeMailServer() as running:
        yield running


@pytest.fixture
def sender(books: Books, server: FakeMailServer) -> Iterator[Sender]:
    settings = SmtpSettings(host=HOST, port=server.port, tls=Encryption.NONE)
    courier = SmtpCourier(settings, Form, books.clock)
    settler = Settler(book=books.doubts, courier=courier, clock=books.clock)
    yield Sender(ledger=books.handing, courier=courier, settler=settler)
    courier.close()


def work(mailing: Mailing) -> Work:
    """Return the work of a mailing's step, which gives the floor to others."""
    return Work(
        mailing=mailing,
        step=mailing.steps[0],
        letters={"everybody": dataclasses.replace(a_letter(), headers=())},
        parcel=a_parcel,
        turn=30.0,
    )


def test_one_mailbox_that_is_full_again_keeps_nobody_waiting_but_itself(
    books: Books, server: FakeMailServer, sender: Sender
) -> None:
    mailing = books.started(30)
    server.refusals["r9@x.example"] = FULL
    waits = []

    for _ in range(3):
        assert sender.hand_over(work(mailing)) is Ended.LATER
        assert sender.wait is not None
        waits.append(sender.wait)
        books.clock.pass_by(seconds=sender.wait)

    assert waits == [60, 120, 180]
    assert books.states(mailing) == {"accepted": 29, "pending": 1}
    assert set(server.took.values()) == {1}


def test_a_server_that_closes_is_left_alone_and_asked_once_a_minute(
    books: Books, server: FakeMailServer, sender: Sender
) -> None:
    mailing = books.started(30)
    server.denies = "421 4.3.2 closing"

    ended = [sender.hand_over(work(mailing)) for _ in range(3)]

    assert ended == [Ended.LATER] * 3
    assert sender.wait == 60
    assert server.conversations == 1
    assert books.states(mailing) == {"pending": 30}


def test_what_a_server_says_to_everybody_is_held_against_nobody(
    books: Books, server: FakeMailServer, sender: Sender
) -> None:
    mailing = books.started(30)
    server.denies = "452 4.3.1 no room"

    for _ in range(2 * PATIENCE):
        assert sender.hand_over(work(mailing)) is Ended.LATER
        books.clock.pass_by(seconds=3600)
    server.denies = ""
    sender.hand_over(work(mailing))

    assert books.states(mailing) == {"accepted": 30}


def test_what_one_reader_brings_about_is_held_against_no_other(
    books: Books, server: FakeMailServer, sender: Sender
) -> None:
    """The server closes the conversation whenever it hears of the first of them."""
    mailing = books.started(30)
    server.refusals["r1@x.example"] = "421 4.7.0 closing"

    for _ in range(PATIENCE):
        sender.hand_over(work(mailing))
        books.clock.pass_by(seconds=sender.wait or 60)

    others = books.connection.one("SELECT max(deferrals) FROM delivery WHERE id > 1")
    assert others == (0,)
    assert books.states(mailing)["accepted"] == 29
    assert set(server.took.values()) == {1}
