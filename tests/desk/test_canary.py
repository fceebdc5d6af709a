"""What a canary protects: the rest waits for it, and what it meets stops the mailing."""

from __future__ import annotations

import datetime as dt

import pytest

from press.adapters.database.events import EventBook
from press.events.effects import effect_of
from press.model.event import Event, EventKind
from press.model.mailing import Mailing, MailingState, Step
from tests.desk.test_round import HOUR, SECRET, Office, office
from tests.ledgers import NOON, a_step

__all__ = ["office"]

HALF = dt.timedelta(minutes=30)


def a_canary_and_the_rest(apart: dt.timedelta = HALF) -> tuple[Step, Step]:
    canary = a_step(
        1, name="canary", share=0.5, due_at=NOON, stop_bounce=0.15, stop_complaint=0.001
    )
    gap = int(apart.total_seconds())
    rest = a_step(2, name="all", due_at=NOON + apart, needs=("canary",), gap=gap)
    return canary, rest


def tell(office: Office, kind: EventKind, first: int, last: int) -> None:
    """Tell that this became of mails of the canary, counted from 0."""
    book = EventBook(office.desk.books.connection, SECRET.hash_of, office.clock)
    took = sorted(office.provider.took)[first:last]
    told = [Event(kind=kind, at=NOON, delivery=number) for number in took]
    book.apply(told, effect_of)


def a_canary_that_left(office: Office) -> Mailing:
    mailing = office.open(*a_canary_and_the_rest())
    office.round()
    assert office.steps(mailing) == ["done", "waiting"]
    return mailing


# ------------------------------------------------------------ the brake


def test_a_refused_resume_changes_nothing(office: Office) -> None:
    mailing = a_canary_that_left(office)
    before = office.now(mailing)
    assert before.state is MailingState.SENDING

    done = office.steering.resume(before, "Hal")

    assert not done
    assert office.now(mailing) == before


def test_complaints_stop_a_mailing_that_was_paused_and_resumed_before(
    office: Office,
) -> None:
    mailing = a_canary_that_left(office)
    assert office.steering.pause(office.now(mailing), "Hal")
    assert office.steering.resume(office.now(mailing), "Hal")
    tell(office, EventKind.COMPLAINED, 0, 10)
    office.clock.pass_by(minutes=30)

    told = office.round()

    assert office.now(mailing).state is MailingState.PAUSED
    assert "10 complaints of 10 mails" in told[-1]
    assert len(office.provider.took) == 10


def test_what_came_while_somebody_else_paused_it_stops_it_after_all(
    office: Office,
) -> None:
    mailing = a_canary_that_left(office)
    assert office.steering.pause(office.now(mailing), "Hal")
    tell(office, EventKind.COMPLAINED, 0, 1)
    office.clock.pass_by(minutes=30)
    assert office.steering.resume(office.now(mailing), "Hal")

    office.round()

    assert "1 complaints" in office.now(mailing).why
    assert len(office.provider.took) == 10


@pytest.mark.parametrize(("more", "state"), [(1, "done"), (2, "paused")])
def test_after_a_stop_only_what_comes_beyond_it_stops_again(
    office: Office, more: int, state: str
) -> None:
    mailing = a_canary_that_left(office)
    tell(office, EventKind.BOUNCED, 0, 2)
    office.clock.pass_by(minutes=30)
    office.round()
    assert "2 bounces of 10 mails" in office.now(mailing).why
    tell(office, EventKind.BOUNCED, 2, 2 + more)
    assert office.steering.resume(office.now(mailing), "Hal")

    office.round()

    assert office.now(mailing).state == state
    assert len(office.provider.took) == (20 if state == "done" else 10)


def test_who_saw_bounces_has_not_seen_complaints(office: Office) -> None:
    mailing = a_canary_that_left(office)
    tell(office, EventKind.BOUNCED, 0, 2)
    office.clock.pass_by(minutes=30)
    office.round()
    tell(office, EventKind.COMPLAINED, 5, 6)
    assert office.steering.resume(office.now(mailing), "Hal")

    office.round()

    assert "1 complaints" in office.now(mailing).why
    assert len(office.provider.took) == 10


# ------------------------------------------------------------ the distance


def test_after_an_absence_the_rest_keeps_its_distance_from_the_canary(
    office: Office,
) -> None:
    mailing = office.open(*a_canary_and_the_rest())
    office.clock.pass_by(hours=2)

    told = office.round()

    assert office.steps(mailing) == ["done", "waiting"]
    assert office.now(mailing).steps[1].due_at == NOON + 2 * HOUR + HALF
    assert any("“all” goes 2024-08-30 14:30 UTC" in line for line in told)
    office.clock.pass_by(minutes=29)
    assert not office.round()
    office.clock.pass_by(minutes=1)
    office.round()
    assert len(office.provider.took) == 20


def test_what_is_let_go_late_keeps_its_distance_too(office: Office) -> None:
    mailing = office.open(*a_canary_and_the_rest())
    office.clock.pass_by(hours=13)
    office.round()
    office.steering.let_late(office.now(mailing), "Hal")

    office.round()

    assert office.steps(mailing) == ["done", "waiting"]
    tell(office, EventKind.COMPLAINED, 0, 1)
    office.clock.pass_by(minutes=30)
    office.round()
    assert office.now(mailing).state is MailingState.PAUSED
    assert len(office.provider.took) == 10


def test_a_step_started_by_hand_waits_for_the_canary_too(office: Office) -> None:
    canary, rest = a_canary_and_the_rest(dt.timedelta(0))
    mailing = office.open(canary, rest)
    office.round()
    office.steering.start(office.now(mailing), "all", "Hal")

    office.round()

    assert office.steps(mailing) == ["done", "waiting"]
    office.clock.pass_by(minutes=10)
    office.round()
    assert office.steps(mailing) == ["done", "done"]


def test_a_rest_that_waits_for_a_late_canary_is_not_missed(office: Office) -> None:
    mailing = office.open(*a_canary_and_the_rest())
    office.clock.pass_by(hours=11, minutes=59)
    office.round()
    office.clock.pass_by(minutes=40)

    office.round()

    assert office.steps(mailing) == ["done", "done"]


def test_a_fenced_rest_is_handed_over_when_the_canary_was_looked_at(
    office: Office,
) -> None:
    mailing = office.open(*a_canary_and_the_rest(), fenced=True)
    office.round()
    office.clock.pass_by(minutes=9)
    office.round()
    assert office.steps(mailing) == ["done", "waiting"]
    office.clock.pass_by(minutes=1)

    office.round()

    assert office.steps(mailing) == ["done", "done"]
    assert office.provider.seen["send_at"] == int((NOON + HALF).timestamp())


def test_a_fenced_rest_that_was_put_off_leaves_at_its_new_time(office: Office) -> None:
    mailing = office.open(*a_canary_and_the_rest(), fenced=True)
    office.clock.pass_by(hours=2)
    office.round()
    office.clock.pass_by(minutes=12)

    office.round()

    assert office.steps(mailing) == ["done", "done"]
    due = NOON + 2 * HOUR + HALF
    assert office.provider.seen["send_at"] == int(due.timestamp())


def test_a_fenced_rest_that_is_put_off_and_begun_in_one_round_has_its_new_time(
    office: Office,
) -> None:
    mailing = office.open(*a_canary_and_the_rest(), fenced=True)
    office.clock.pass_by(hours=2)
    office.round()
    now = office.now(mailing)
    office.desk.mailings.reschedule(now, now.steps[1], NOON + HALF)
    office.clock.pass_by(minutes=12)

    office.round()

    due = NOON + 2 * HOUR + HALF
    assert office.provider.seen["send_at"] == int(due.timestamp())


# ------------------------------------------------------------ pausing


def preparing(office: Office) -> Mailing:
    """Open a mailing whose audience a process was writing down that is dead."""
    mailing = office.open(a_step(due_at=NOON))
    office.desk.books.connection.run(
        "UPDATE mailing SET state = 'preparing', owner = 'it 1 0 -' WHERE id = ?",
        mailing.id,
    )
    return office.now(mailing)


def test_a_mailing_can_be_paused_while_its_audience_is_written_down(
    office: Office,
) -> None:
    mailing = preparing(office)

    assert office.steering.pause(mailing, "Hal")
    assert not office.steering.pause(mailing, "Hal")
    told = office.round()

    assert told[-1] == "2024-09: paused by Hal"
    assert office.now(mailing).state is MailingState.PAUSED
    assert office.now(mailing).prepared_at is not None
    assert not office.provider.took
    assert office.steering.resume(office.now(mailing), "Hal")
    office.round()
    assert len(office.provider.took) == 20


def test_a_pause_can_be_taken_back_while_the_audience_is_written_down(
    office: Office,
) -> None:
    mailing = preparing(office)
    office.steering.pause(mailing, "Hal")

    assert office.steering.resume(mailing, "Hal")
    assert not office.steering.resume(mailing, "Hal")
    office.round()

    assert len(office.provider.took) == 20
