"""The round: whatever is due is sent, step by step, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from press.adapters.database import open_database
from press.adapters.database.events import EventBook
from press.adapters.database.readers import ReaderBook
from press.adapters.sendgrid import SendGridCourier
from press.audience.secret import Secret
from press.desk.books import Books as PaperBooks
from press.desk.round import Round
from press.desk.sending import SendDesk
from press.desk.steering import Steering
from press.events.effects import effect_of
from press.mailing.doubt import Rules
from press.mailing.plan import moved, time_of
from press.model.courier import SendGridSettings
from press.model.errors import ManifestError, NotConfirmedError
from press.model.event import Event, EventKind
from press.model.letter import ContentHash
from press.model.mailing import (
    AudienceRules,
    Kind,
    Mailing,
    MailingState,
    SignOff,
    Step,
    StepState,
)
from press.model.subscriber import Basis, Cause, Consent, NewSubscriber
from tests.digest.builders import a_house
from tests.ledgers import (
    NOON,
    StoppedClock,
    a_letter,
    a_mailing,
    a_step,
    add_readers,
    only_known_changes,
)
from tests.provider import FakeSendGrid
from tests.provider.faults import Fault

SECRET = Secret(keys=(b"a secret of the tests, long enough",))
HOUR = dt.timedelta(hours=1)


@dataclass(slots=True, kw_only=True)
class Office:
    """A send desk with a provider that can be told to misbehave."""

    desk: SendDesk
    provider: FakeSendGrid
    clock: StoppedClock
    courier: SendGridCourier

    @property
    def steering(self) -> Steering:
        return Steering(desk=self.desk)

    def round(self, **given: Any) -> list[str]:
        return list(self.a_round(**given).go())

    def a_round(self, **given: Any) -> Round:
        return Round(
            desk=self.desk,
            house=a_house(),
            fencing=self.courier,
            rules=Rules(quiet=dt.timedelta(0)),
            workers=1,
            **given,
        )

    def open(
        self, *steps: Step, readers: int = 20, tested: bool = True, **given: Any
    ) -> Mailing:
        connection = self.desk.books.connection
        if connection.one("SELECT 1 FROM subscriber") is None:
            add_readers(connection, readers)
        row = connection.one("SELECT id FROM list WHERE name = 'digest'")
        assert row is not None
        letter = replace(
            a_letter(), web="https://quoin.example/w", pages="https://quoin.example/m/"
        )
        content = self.desk.mailings.keep([letter])
        mailing = replace(
            a_mailing(content, row[0], steps),
            courier="sendgrid",
            confirmed=readers,
            rules=AudienceRules(variants=("everybody",)),
        )
        if tested:
            off = SignOff(what="tested", who="Hal", at=self.clock.now())
            self.desk.mailings.sign(mailing.edition, content, off)
        return self.desk.mailings.open(replace(mailing, **given))

    def now(self, mailing: Mailing) -> Mailing:
        return self.desk.mailings.get(mailing.id)

    def steps(self, mailing: Mailing) -> list[str]:
        return [step.state for step in self.now(mailing).steps]

    def approve(self, content: ContentHash) -> None:
        off = SignOff(what="approved", who="Judith", at=self.clock.now())
        self.desk.mailings.sign(a_mailing(content, 1, ()).edition, content, off)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    clock = StoppedClock()
    connection = open_database("books/press.db", tmp_path)
    only_known_changes(connection)
    readers = ReaderBook(connection, SECRET.hash_of, clock)
    books = PaperBooks(connection=connection, secret=SECRET, readers=readers)
    with FakeSendGrid() as provider:
        courier = SendGridCourier(
            SendGridSettings(), clock, key="SG.k", host=provider.url, patience=1
        )
        desk = SendDesk(paper=tmp_path, books=books, clock=clock, courier=courier)
        yield Office(desk=desk, provider=provider, clock=clock, courier=courier)
        courier.close()
    connection.close()


def a_plan(**last: Any) -> tuple[Step, ...]:
    return (
        a_step(1, name="desk", kind=Kind.TEST, share=None, due_at=NOON - HOUR)
        if not last.pop("untested", False)
        else a_step(1, name="none", share=0.0),
        a_step(2, name="canary", share=0.1, due_at=NOON, needs=("approved",)),
        a_step(3, name="all", due_at=NOON + HOUR, needs=("canary",), **last),
    )


def with_desk(*steps: Step) -> tuple[Step, ...]:
    first = replace(steps[0], addresses=("desk@quoin.example",))
    return (first, *steps[1:])


def test_steps_go_when_their_time_and_what_they_need_is_there(office: Office) -> None:
    mailing = office.open(*with_desk(*a_plan()))

    office.round()
    assert office.steps(mailing) == ["done", "waiting", "waiting"]
    assert sum(office.provider.took.values()) == 1
    office.approve(mailing.content)
    office.round()
    assert office.steps(mailing) == ["done", "done", "waiting"]
    assert sum(office.provider.took.values()) == 3
    office.clock.pass_by(hours=1)
    office.round()

    assert office.steps(mailing) == ["done", "done", "done"]
    assert office.now(mailing).state is MailingState.DONE
    assert set(office.provider.took.values()) == {1}
    assert len(office.provider.took) == 21


def test_a_round_after_everything_is_done_does_nothing(office: Office) -> None:
    mailing = office.open(a_step(due_at=NOON))
    office.round()
    requests = office.provider.requests

    assert office.round() == []
    assert office.provider.requests == requests
    assert office.now(mailing).state is MailingState.DONE


def test_an_approval_of_another_digest_does_not_count(office: Office) -> None:
    mailing = office.open(*with_desk(*a_plan()))
    office.approve(ContentHash("of another"))

    told = office.round()

    assert office.steps(mailing)[1] == "waiting"
    assert "2024-09: step “canary” waits for approved" in told


def test_a_step_without_a_time_waits_for_somebody(office: Office) -> None:
    mailing = office.open(a_step(due_at=None))

    office.round()
    assert office.steps(mailing) == ["waiting"]
    office.steering.start(office.now(mailing), "step 1", "Hal")
    office.round()

    assert office.now(mailing).state is MailingState.DONE


def test_what_was_missed_waits_to_be_asked_for(office: Office) -> None:
    mailing = office.open(a_step(due_at=NOON))
    office.clock.pass_by(hours=13)

    told = office.round()

    assert office.now(mailing).state is MailingState.MISSED
    assert any("press send --late" in line for line in told)
    assert office.round() == []
    assert office.steering.let_late(office.now(mailing), "Hal") == 1
    office.round()
    assert office.now(mailing).state is MailingState.DONE


def test_within_its_window_a_late_step_is_sent(office: Office) -> None:
    mailing = office.open(a_step(due_at=NOON))
    office.clock.pass_by(hours=11)

    office.round()

    assert office.now(mailing).state is MailingState.DONE


def test_an_audience_far_from_what_was_confirmed_pauses(office: Office) -> None:
    mailing = office.open(a_step(due_at=NOON), confirmed=30)

    made = office.a_round()
    told = list(made.go())

    assert made.halted
    assert office.now(mailing).state is MailingState.PAUSED
    assert "20 readers, and 30 were confirmed" in told[-1]
    assert not office.provider.took
    for said in (None, 30):
        with pytest.raises(NotConfirmedError) as refused:
            office.steering.resume(office.now(mailing), "Hal", count_moved=said)
        assert "--count-moved 20" in str(refused.value.hint)
    assert office.now(mailing).state is MailingState.PAUSED
    office.steering.resume(office.now(mailing), "Hal", count_moved=20)
    office.round()
    assert len(office.provider.took) == 20


def test_bounces_of_the_canary_stop_the_rest(office: Office) -> None:
    canary = a_step(1, name="canary", share=0.5, due_at=NOON, stop_bounce=0.05)
    rest = a_step(2, name="all", due_at=NOON + HOUR, needs=("canary",))
    mailing = office.open(canary, rest)
    office.round()
    bounce = [
        Event(kind=EventKind.BOUNCED, at=NOON, delivery=number)
        for number in list(office.provider.took)[:2]
    ]
    book = EventBook(office.desk.books.connection, SECRET.hash_of, office.clock)
    book.apply(bounce, effect_of)
    office.clock.pass_by(hours=1)

    told = office.round()

    assert office.now(mailing).state is MailingState.PAUSED
    assert "2 bounces of 10 mails" in told[-1]
    assert len(office.provider.took) == 10


def test_who_leaves_between_two_steps_gets_nothing(office: Office) -> None:
    first = a_step(1, share=0.5, due_at=NOON)
    mailing = office.open(first, a_step(2, due_at=NOON + HOUR))
    office.round()
    row = office.desk.books.connection.one(
        "SELECT subscriber_id FROM delivery WHERE state = 'pending' LIMIT 1"
    )
    assert row is not None
    office.desk.books.readers.leave(row[0], source="their link")
    office.clock.pass_by(hours=1)

    office.round()

    assert len(office.provider.took) == 19
    counts = office.desk.freezing.counts(office.now(mailing))
    assert counts.closes
    assert {str(k): v for k, v in counts.states.items()} == {
        "accepted": 19,
        "skipped": 1,
    }


def test_a_suppressed_address_of_ours_is_skipped(office: Office) -> None:
    step = a_step(1, kind=Kind.TEST, share=None, addresses=("desk@quoin.example",))
    mailing = office.open(step, kind=Kind.TEST, list_id=None, audience="desk")
    office.desk.books.connection.run(
        "INSERT INTO suppression (email_hash, cause, since) VALUES (?, ?, 0)",
        SECRET.hash_of("desk@quoin.example"),
        Cause.COMPLAINED,
    )

    office.round()

    assert not office.provider.took
    assert office.now(mailing).state is MailingState.DONE


def test_a_fenced_mailing_is_handed_over_early_and_a_doubt_taken_back(
    office: Office,
) -> None:
    mailing = office.open(a_step(due_at=NOON + HOUR), fenced=True)
    office.round()
    assert office.steps(mailing) == ["waiting"]
    office.clock.pass_by(minutes=25)
    office.provider.faults = {Fault.LOST: 1}

    told = office.round()
    assert "sendgrid does not answer" in told[-1]
    office.provider.faults = {Fault.OK: 1}
    assert office.steering.resume(office.now(mailing), "Hal")
    office.round()

    assert not office.provider.took
    office.provider.reach_send_at()
    assert set(office.provider.took.values()) == {1}
    assert len(office.provider.took) == 20
    assert office.now(mailing).state is MailingState.DONE


def test_a_doubt_without_a_fence_ends_by_evidence(office: Office) -> None:
    mailing = office.open(a_step(due_at=NOON))
    office.provider.faults = {Fault.LOST: 1}
    office.round()
    assert office.desk.doubts.doubts(mailing.id)
    office.provider.faults = {Fault.OK: 1}

    told = office.round()

    assert "1 doubtful requests settled: 1 taken" in told[0]
    assert set(office.provider.took.values()) == {1}
    assert office.now(mailing).state is MailingState.DONE


def test_a_paused_mailing_is_left_alone(office: Office) -> None:
    mailing = office.open(
        a_step(1, share=0.5, due_at=NOON), a_step(2, due_at=NOON + HOUR)
    )
    office.round()
    assert office.steering.pause(office.now(mailing), "Hal")
    office.clock.pass_by(hours=1)

    assert office.round() == []
    assert len(office.provider.took) == 10
    assert office.steering.resume(office.now(mailing), "Hal")
    office.round()
    assert len(office.provider.took) == 20


def test_a_warm_up_lets_the_rest_wait_for_the_next_day(office: Office) -> None:
    mailing = office.open(a_step(due_at=NOON))

    office.round(warm_up=12)
    assert len(office.provider.took) == 12
    assert office.now(mailing).steps[0].state is StepState.RUNNING
    office.clock.pass_by(hours=25)
    office.round(warm_up=12)

    assert len(office.provider.took) == 20
    assert office.now(mailing).state is MailingState.DONE


def test_who_asked_for_the_paper_gets_one_mail_to_confirm_it(office: Office) -> None:
    key = "ada@mail.example"
    office.desk.books.readers.ask(
        NewSubscriber(
            email=key,
            email_key=key,
            joined_at=NOON,
            consent=Consent(basis=Basis.CONSENT, source="form", given_at=NOON),
            confirmed=False,
        )
    )

    told = office.round()
    again = office.round()

    assert told == ["confirmations: 1 sent"]
    assert again == []
    assert office.provider.inbox == {key: 1}
    values = office.provider.seen["personalizations"][0]["substitutions"]
    assert values["%%confirm_url%%"].startswith("https://quoin.example/mail/confirm/")


def test_a_digest_that_reached_no_desk_does_not_go_to_readers(office: Office) -> None:
    mailing = office.open(a_step(due_at=NOON), tested=False)

    told = office.round()

    assert office.steps(mailing) == ["waiting"]
    assert "waits for a test of exactly this digest" in told[-1]


def test_a_test_that_reached_nobody_is_none(office: Office) -> None:
    office.provider.poison.add("desk@quoin.example")
    mailing = office.open(*with_desk(*a_plan()), tested=False)
    office.approve(mailing.content)

    told = office.round()

    assert "2024-09: step “desk” reached nobody" in told
    assert office.steps(mailing) == ["running", "waiting", "waiting"]
    assert not office.provider.took


def test_who_got_an_edition_by_a_cancelled_mailing_gets_no_second(
    office: Office,
) -> None:
    steps = (a_step(1, share=0.5, due_at=NOON), a_step(2, due_at=NOON + HOUR))
    first = office.open(*steps)
    office.round()
    assert office.steering.cancel(office.now(first), "Hal")
    assert not office.steering.cancel(office.now(first), "Hal")

    second = office.open(a_step(due_at=NOON), confirmed=10)
    office.round()

    assert office.now(second).state is MailingState.DONE
    assert set(office.provider.inbox.values()) == {1}
    assert len(office.provider.inbox) == 20
    counts = office.desk.freezing.counts(second)
    assert counts.excluded == {"got this edition already": 10}


def test_of_two_mailings_of_an_edition_at_once_each_reader_gets_one(
    office: Office,
) -> None:
    steps = (a_step(1, share=0.5, due_at=NOON), a_step(2, due_at=NOON + HOUR))
    first = office.open(*steps)
    second = office.open(*steps, audience="another list", confirmed=10)
    office.round()
    office.clock.pass_by(hours=1)

    office.round()

    assert set(office.provider.inbox.values()) == {1}
    assert len(office.provider.inbox) == 20
    for mailing in (first, second):
        assert office.now(mailing).state is MailingState.DONE
        assert office.desk.freezing.counts(mailing).closes


def test_a_restored_database_sends_nothing_until_it_is_released(
    office: Office,
) -> None:
    mailing = office.open(a_step(due_at=NOON))
    office.desk.books.connection.run(
        "INSERT INTO setting (name, value) VALUES ('restored', '0')"
    )

    told = office.round()
    assert "brought back from a backup" in told[0]
    assert [each.id for each in office.steering.reconcile("Hal")] == [mailing.id]
    office.round()
    assert not office.provider.took
    assert office.steering.resume(office.now(mailing), "Hal")
    office.round()

    assert len(office.provider.took) == 20


def test_a_mailing_that_has_not_begun_can_be_paused(office: Office) -> None:
    mailing = office.open(a_step(due_at=NOON + HOUR))

    assert office.steering.pause(office.now(mailing), "Hal")
    office.clock.pass_by(hours=1)
    assert office.round() == []
    assert office.steering.resume(office.now(mailing), "Hal")
    office.round()

    assert len(office.provider.took) == 20


def test_an_audience_that_was_frozen_before_a_crash_is_held_to_its_count(
    office: Office,
) -> None:
    mailing = office.open(a_step(due_at=NOON), confirmed=100)
    groups = office.desk.groups(a_house())
    assert mailing.list_id is not None
    audience = groups.audience(mailing.list_id, mailing.rules)
    office.desk.freezing.freeze(mailing, audience)

    office.round()

    assert office.now(mailing).state is MailingState.PAUSED
    assert not office.provider.took


def test_a_fenced_canary_has_left_before_the_rest_is_handed_over(
    office: Office,
) -> None:
    canary = a_step(1, name="canary", share=0.1, due_at=NOON + HOUR)
    rest = a_step(2, name="all", due_at=NOON + HOUR * 1.5, needs=("canary",))
    mailing = office.open(canary, rest, fenced=True)
    office.clock.pass_by(minutes=44)

    office.round()
    assert office.steps(mailing) == ["done", "waiting"]
    office.clock.pass_by(minutes=17)
    office.round()

    assert office.steps(mailing) == ["done", "done"]


def test_after_a_stop_somebody_may_let_it_go_on(office: Office) -> None:
    canary = a_step(1, name="canary", share=0.5, due_at=NOON, stop_bounce=0.05)
    rest = a_step(2, name="all", due_at=NOON + HOUR, needs=("canary",))
    mailing = office.open(canary, rest)
    office.round()
    bounce = [
        Event(kind=EventKind.BOUNCED, at=NOON, delivery=number)
        for number in list(office.provider.took)[:2]
    ]
    book = EventBook(office.desk.books.connection, SECRET.hash_of, office.clock)
    book.apply(bounce, effect_of)
    office.clock.pass_by(hours=1)
    office.round()

    assert office.steering.resume(office.now(mailing), "Hal")
    office.round()

    assert len(office.provider.took) == 20


def test_a_reader_who_asks_for_one_more_list_is_asked_to_confirm_it(
    office: Office,
) -> None:
    add_readers(office.desk.books.connection, 1)
    add_readers(office.desk.books.connection, 1, "events", first=2)
    connection = office.desk.books.connection
    connection.run(
        "INSERT INTO membership (list_id, subscriber_id, standing, standing_at)"
        " SELECT id, 1, 'unconfirmed', 100 FROM list WHERE name = 'events'"
    )

    assert office.round() == ["confirmations: 1 sent"]
    assert office.round() == []
    assert office.provider.inbox == {"r1@x.example": 1}


def test_a_mailing_that_the_provider_still_holds_can_be_cancelled_and_sent_anew(
    office: Office,
) -> None:
    """Who was taken back is in the new one, and nobody else."""
    due = NOON + dt.timedelta(minutes=30)
    first = office.open(a_step(due_at=due), fenced=True, readers=30)
    office.round()
    assert office.now(first).state is MailingState.DONE
    office.clock.pass_by(minutes=5)

    ended = Steering(desk=office.desk).cancel(office.now(first), "Hal")
    told = office.round()
    second = office.open(a_step(due_at=due + HOUR), fenced=True, confirmed=30)
    office.clock.pass_by(minutes=60)
    office.round()
    office.provider.reach_send_at()

    assert ended
    assert told == ["2024-09: 30 readers' mails are taken back: they get nothing"]
    assert office.now(second).state is MailingState.DONE
    assert sorted(office.provider.inbox.values()) == [1] * 30


def test_a_mailing_that_has_left_cannot_be_cancelled(office: Office) -> None:
    mailing = office.open(a_step(due_at=NOON))
    office.round()

    assert not Steering(desk=office.desk).cancel(office.now(mailing), "Hal")
    assert office.now(mailing).state is MailingState.DONE


def test_of_two_mailings_of_an_edition_one_must_be_named(office: Office) -> None:
    first = office.open(a_step(due_at=NOON + HOUR))
    second = office.open(a_step(due_at=NOON + HOUR), audience="members")
    edition = first.edition

    with pytest.raises(ManifestError, match="has 2 mailings") as told:
        office.steering.live(edition)

    assert f"--mailing {first.id} (to digest, scheduled)" in str(told.value.hint)
    assert f"--mailing {second.id} (to members, scheduled)" in str(told.value.hint)
    assert office.steering.live(edition, "digest").id == first.id
    assert office.steering.live(edition, str(second.id)).id == second.id
    with pytest.raises(ManifestError, match="no mailing “staff”"):
        office.steering.live(edition, "staff")
    assert office.steering.cancel(office.now(second), "Hal")
    assert office.steering.live(edition).id == first.id
    assert [each.id for each in office.steering.any_of(edition)] == [
        first.id,
        second.id,
    ]


def test_late_means_the_mailing_that_is_late(office: Office) -> None:
    first = office.open(a_step(due_at=NOON))
    office.open(a_step(due_at=NOON + 20 * HOUR), audience="members")
    assert office.steering.late(first.edition) is None
    office.clock.pass_by(hours=13)
    office.round()

    late = office.steering.late(first.edition)

    assert late is not None
    assert late.id == first.id


def test_a_step_that_goes_late_is_not_told_to_be_at_its_wall_time(
    office: Office,
) -> None:
    step = a_step(due_at=NOON, wall_time="2024-08-30 13:00", timezone="Europe/London")
    mailing = office.open(step)
    office.clock.pass_by(hours=13)
    told = office.round()
    assert "was due 2024-08-30 13:00 (Europe/London) and is missed" in told[0]

    office.steering.let_late(office.now(mailing), "Hal")

    (late,) = office.now(mailing).steps
    assert time_of(late) == "2024-08-31 01:00 UTC"
    assert moved(late) is None
