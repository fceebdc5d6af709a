"""Mails to confirm: everybody who asked gets theirs, whoever else's mailbox is full."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from press.adapters.database import Connection
from press.adapters.database.confirmations import (
    FIRST_WAIT,
    LONGEST_WAIT,
    MOST_TRIES,
)
from press.adapters.database.readers import ReaderBook
from press.adapters.smtp import SmtpCourier
from press.desk import confirming
from press.desk.books import Books
from press.desk.confirming import send_confirmations
from press.desk.sending import SendDesk
from press.mailing.mime import Form
from press.model.courier import Encryption, SmtpSettings
from tests.databases import connection, database
from tests.digest.builders import a_house
from tests.ledgers import StoppedClock
from tests.provider.smtp import HOST, FakeMailServer
from tests.readers import SECRET, a_newcomer

__all__ = ["connection", "database"]

FULL = "452 4.2.2 mailbox full"
FIRST, SECOND, THIRD = (f"{name}@mail.example" for name in ("a", "b", "c"))


@dataclass(slots=True, kw_only=True)
class Counter:
    """Where readers ask, and the mail server through which they are written to."""

    desk: SendDesk
    clock: StoppedClock
    server: FakeMailServer
    stop: threading.Event

    def ask(self, *addresses: str) -> None:
        for address in addresses:
            self.desk.books.readers.ask(a_newcomer(address, confirmed=False))

    def round(self) -> str:
        return send_confirmations(self.desk, a_house(), self.stop)


@pytest.fixture
def counter(connection: Connection, tmp_path: Path) -> Iterator[Counter]:
    clock = StoppedClock()
    readers = ReaderBook(connection, SECRET.hash_of, clock)
    with FakeMailServer() as server:
        settings = SmtpSettings(host=HOST, port=server.port, tls=Encryption.NONE)
        courier = SmtpCourier(settings, Form, clock)
        desk = SendDesk(
            paper=tmp_path,
            books=Books(connection=connection, secret=SECRET, readers=readers),
            clock=clock,
            courier=courier,
        )
        yield Counter(desk=desk, clock=clock, server=server, stop=threading.Event())
        courier.close()


def test_a_full_mailbox_keeps_nobody_else_from_theirs(counter: Counter) -> None:
    counter.ask(FIRST, SECOND, THIRD)
    counter.server.refusals[FIRST] = FULL

    told = counter.round()

    assert told == "confirmations: 2 sent, 1 to be tried again"
    assert counter.server.took == {SECOND: 1, THIRD: 1}
    assert counter.round() == ""


def test_a_full_mailbox_is_tried_again_and_gets_one_mail(counter: Counter) -> None:
    counter.ask(FIRST)
    counter.server.refusals[FIRST] = FULL
    counter.round()
    counter.server.refusals.clear()

    early = counter.round()
    counter.clock.time += FIRST_WAIT
    told = [counter.round(), counter.round()]

    assert [early, *told] == ["", "confirmations: 1 sent", ""]
    assert counter.server.took == {FIRST: 1}


def test_a_mailbox_is_tried_ever_more_seldom_and_at_last_given_up(
    counter: Counter,
) -> None:
    counter.ask(FIRST)
    counter.server.refusals[FIRST] = FULL
    begun = counter.clock.now()
    waits, wait = [], FIRST_WAIT

    while "given up" not in (told := counter.round()):
        assert told == "confirmations: 0 sent, 1 to be tried again"
        counter.clock.time += wait - dt.timedelta(seconds=1)
        assert counter.round() == ""
        counter.clock.time += dt.timedelta(seconds=1)
        waits.append(wait)
        wait = min(wait * 2, LONGEST_WAIT)

    assert len(waits) == MOST_TRIES - 1
    assert counter.clock.now() - begun > dt.timedelta(days=3)
    counter.clock.pass_by(days=30)
    assert counter.round() == ""


def test_who_was_given_up_may_ask_anew_and_is_tried_as_often(counter: Counter) -> None:
    counter.ask(FIRST)
    counter.server.refusals[FIRST] = FULL
    while "given up" not in counter.round():
        counter.clock.time += LONGEST_WAIT
    counter.clock.pass_by(days=2)
    counter.ask(FIRST)

    told = counter.round()

    assert told == "confirmations: 0 sent, 1 to be tried again"
    counter.clock.time += FIRST_WAIT
    counter.server.refusals.clear()
    assert counter.round() == "confirmations: 1 sent"


@pytest.mark.parametrize("word", ["451 4.7.1 too many mails", "421 4.3.2 closing"])
def test_what_the_server_says_to_everybody_ends_the_round(
    counter: Counter, word: str
) -> None:
    counter.ask(FIRST, SECOND, THIRD)
    counter.server.denies = word

    told = counter.round()

    assert told.startswith("confirmations: 0 sent, ")
    counter.server.denies = ""
    assert counter.round() == "confirmations: 3 sent"
    assert counter.server.took == {FIRST: 1, SECOND: 1, THIRD: 1}


def test_a_server_that_refuses_one_after_the_other_is_left_alone(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirming, "MOST_IN_A_ROW", 2)
    counter.ask(FIRST, SECOND, THIRD)
    counter.server.denies = "550 5.7.1 not you"

    told = counter.round()

    assert told.startswith("confirmations: 0 sent, 2 to be tried again, then not taken")
    counter.server.denies = ""
    counter.clock.time += FIRST_WAIT
    assert counter.round() == "confirmations: 3 sent"


def test_a_mailbox_that_does_not_exist_is_not_tried_again(counter: Counter) -> None:
    counter.ask(FIRST)
    counter.server.refusals[FIRST] = "550 5.1.1 unknown"

    told = counter.round()

    assert told == "confirmations: 0 sent, 1 to mailboxes that do not exist"
    counter.clock.pass_by(days=2)
    assert counter.round() == ""


def test_a_mailbox_at_which_the_server_closes_does_not_stay_the_first(
    counter: Counter,
) -> None:
    counter.ask(FIRST, SECOND)
    counter.server.refusals[FIRST] = "421 4.3.2 closing"
    counter.clock.pass_by(minutes=1)
    counter.round()

    counter.round()

    assert counter.server.took == {SECOND: 1}


def test_one_round_writes_to_all_who_wait(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirming, "BATCH", 2)
    people = [f"reader{number}@mail.example" for number in range(7)]
    counter.ask(*people)

    told = counter.round()

    assert told == "confirmations: 7 sent"
    assert counter.server.took == dict.fromkeys(people, 1)


def test_a_round_ends_when_its_time_is_over(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confirming, "LONGEST", -1.0)
    counter.ask(FIRST)

    assert counter.round() == ""
    assert not counter.server.took


def test_a_round_that_is_to_stop_writes_to_nobody(counter: Counter) -> None:
    counter.ask(FIRST)
    counter.stop.set()

    assert counter.round() == ""
    assert not counter.server.took
