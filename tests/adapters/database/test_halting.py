"""Halting: what is kept with a stop, and a pause that is asked for while freezing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from press.adapters.database import Connection
from press.adapters.database.halting import Halting
from press.adapters.database.pacing import Pacing
from press.model.mailing import Answer, Claim, MailingState, Outcome
from tests.ledgers import NOON, Books


@pytest.fixture
def books(connection: Connection) -> Books:
    return Books(connection=connection)


def test_what_was_seen_is_kept_by_who_stops_a_mailing_alone(books: Books) -> None:
    mailing = books.started(3)
    halting = Halting(books.connection, books.clock)
    seen = replace(mailing.steps[0], seen_bounces=2)

    assert halting.stop(mailing, seen, "2 bounces")
    assert not halting.stop(mailing, replace(seen, seen_bounces=3), "3 bounces")

    now = books.mailings.get(mailing.id)
    assert (now.state, now.why) == (MailingState.PAUSED, "2 bounces")
    assert now.steps[0] == seen


def test_a_pause_is_asked_for_only_while_an_audience_is_written_down(
    books: Books,
) -> None:
    mailing = books.open(books.add_readers(1))
    halting = Halting(books.connection, books.clock)
    assert not halting.ask(mailing, "paused by Hal")
    books.connection.run("UPDATE mailing SET state = 'preparing'")

    assert halting.ask(mailing, "paused by Hal")
    assert not halting.ask(mailing, "paused by Hal")
    assert books.mailings.get(mailing.id).why == "paused by Hal"
    assert halting.ask(mailing, "")
    assert not halting.ask(mailing, "")


def test_a_step_ended_when_its_last_request_had_left_and_was_settled(
    books: Books,
) -> None:
    mailing, pacing = books.started(3), Pacing(books.connection)
    assert pacing.ended(mailing.id, 1) is None
    taken = books.handing.claim(mailing, mailing.steps[0], 3, [], None)
    assert isinstance(taken, Claim)
    assert pacing.ended(mailing.id, 1) == NOON
    books.handing.mark(taken, "", None)
    books.clock.pass_by(minutes=2)
    books.handing.settle(taken, Outcome(answer=Answer.ACCEPTED))

    assert pacing.ended(mailing.id, 1) == books.clock.now()
    assert pacing.ended(mailing.id, 2) is None
