"""Rounds in which mailings take turns, wait, and are found again after an absence."""

from __future__ import annotations

import datetime as dt
import threading
from itertools import pairwise
from types import SimpleNamespace

import pytest

from press.adapters.sendgrid import SendGridCourier
from press.desk import confirming
from press.desk import round as round_module
from press.desk.confirming import send_confirmations
from press.desk.sending import SendDesk
from press.mailing.stage import Stage
from press.model.edition import EditionId
from press.model.house import House
from press.model.mailing import Kind, Mailing, MailingState, Step
from tests.desk.test_round import HOUR, Office, office
from tests.ledgers import NOON, StoppedClock, a_step
from tests.provider.faults import Fault
from tests.readers import a_newcomer

__all__ = ["office"]

NEWCOMER = "new@quoin.example"
#: The number of a delivery that belongs to no mailing.
TO_CONFIRM = 0


class FewAtOnce(SendGridCourier):
    """SendGrid, with five readers in a request."""

    @property
    def most(self) -> int:
        return 5


class Naps(threading.Event):
    """Waits by moving the clock, and remembers for how long."""

    def __init__(self, clock: StoppedClock) -> None:
        super().__init__()
        self.clock = clock
        self.taken: list[float | None] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.taken.append(timeout)
        self.clock.pass_by(seconds=timeout or 0)
        return self.is_set()


def with_few_at_once(office: Office) -> None:
    """Let the office hand over five readers at once."""
    office.courier.__class__ = FewAtOnce


def two_mailings(office: Office, *steps: Step) -> tuple[Mailing, Mailing]:
    """Open one mailing by these steps, and one by hand's plan of another edition."""
    first = office.open(*steps)
    other = EditionId("2024-10")
    for off in office.desk.mailings.signed(first.edition, first.content):
        office.desk.mailings.sign(other, first.content, off)
    second = office.open(a_step(due_at=NOON), edition=other)
    return first, second


def readers_in_order(office: Office) -> list[int]:
    rows = office.desk.books.connection.all(
        "SELECT mailing_id FROM request WHERE state = 'accepted' ORDER BY rowid"
    )
    return [row[0] for row in rows]


def test_a_mailing_that_must_wait_gives_the_floor_to_the_others(
    office: Office,
) -> None:
    naps = Naps(office.clock)
    slow, other = two_mailings(office, a_step(due_at=NOON, rate=5))
    made = office.a_round(stop=naps)

    told = made.go()

    assert readers_in_order(office) == [slow.id, other.id, slow.id, slow.id, slow.id]
    assert naps.taken == [30, 30] * 3
    assert office.now(slow).state is MailingState.DONE
    assert office.now(other).state is MailingState.DONE
    assert told.count("2024-09: step “step 1”: 20 accepted") == 1


def test_mailings_that_need_not_wait_take_turns(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(round_module, "TURN", 0.0)
    with_few_at_once(office)
    first, second = two_mailings(office, a_step(due_at=NOON))

    office.round()

    assert readers_in_order(office) == [first.id, second.id] * 4
    assert set(office.provider.took.values()) == {1}
    assert len(office.provider.took) == 40


def test_a_mailing_that_is_paused_while_it_waits_is_noticed(office: Office) -> None:
    mailing = office.open(a_step(due_at=NOON, rate=5))

    class Pausing(Naps):
        def wait(self, timeout: float | None = None) -> bool:
            office.steering.pause(office.now(mailing), "Hal")
            return super().wait(timeout)

    made = office.a_round(stop=Pausing(office.clock))
    told = made.go()

    assert made.halted
    assert told[-1] == "2024-09: paused: paused by Hal"
    assert len(office.provider.took) == 5


def test_a_mailing_that_comes_due_meanwhile_is_not_missed(office: Office) -> None:
    naps = Naps(office.clock)
    slow, other = two_mailings(office, a_step(due_at=NOON, rate=5))
    due = NOON + dt.timedelta(seconds=90)
    office.desk.mailings.reschedule(other, other.steps[0], due)

    office.a_round(stop=naps).go()

    assert readers_in_order(office) == [slow.id, slow.id, slow.id, other.id, slow.id]


def test_what_the_provider_asks_for_is_kept_from_round_to_round(
    office: Office,
) -> None:
    mailing = office.open(a_step(due_at=NOON))
    office.provider.faults, office.provider.retry_after = {Fault.TOO_MANY: 1}, 600
    office.round()
    asked = office.provider.requests

    told = office.round()

    assert office.provider.requests == asked == 1
    assert told == ["2024-09: step “step 1”: 20 pending"]
    office.provider.faults = {Fault.OK: 1}
    office.clock.pass_by(seconds=600)
    office.round()
    assert office.now(mailing).state is MailingState.DONE


def test_a_provider_that_is_away_keeps_nobody_else_waiting(office: Office) -> None:
    naps = Naps(office.clock)
    mailing = office.open(a_step(due_at=NOON))
    office.provider.faults = {Fault.TOO_MANY_BARE: 1}

    def mend(stage: Stage) -> None:
        if stage is Stage.SETTLED and office.provider.requests == 3:
            office.provider.faults = {Fault.OK: 1}

    office.a_round(stop=naps, watch=mend).go()

    assert office.now(mailing).state is MailingState.DONE
    assert len(naps.taken) == 3


class Asking(Naps):
    """While it waits for the first time, somebody asks for the paper."""

    office: Office

    def wait(self, timeout: float | None = None) -> bool:
        if not self.taken:
            readers = self.office.desk.books.readers
            readers.ask(a_newcomer(NEWCOMER, confirmed=False))
        return super().wait(timeout)


@pytest.fixture
def asking(office: Office, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """What waits for a mailing; the process's clock goes with the paper's."""

    def passed() -> float:
        return (office.clock.now() - NOON).total_seconds() + 100

    monkeypatch.setattr(confirming, "time", SimpleNamespace(monotonic=passed))
    naps = Asking(office.clock)
    naps.office = office
    return naps


def test_who_asks_while_a_mailing_waits_for_its_rate_gets_their_mail_at_once(
    office: Office, asking: Asking
) -> None:
    mailing = office.open(a_step(due_at=NOON, rate=5))
    had: list[int] = []

    def count(stage: Stage) -> None:
        if stage is Stage.SETTLED:
            had.append(office.provider.took[TO_CONFIRM])

    told = office.round(stop=asking, watch=count)

    assert had == [0, 1, 1, 1]
    assert told.count("confirmations: 1 sent") == 1
    assert office.now(mailing).state is MailingState.DONE


def test_who_asked_is_looked_for_twice_a_minute_and_no_more_often(
    office: Office, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.open(a_step(due_at=NOON, rate=5))
    looked: list[float] = []

    def look(desk: SendDesk, house: House, stop: threading.Event) -> str:
        looked.append((office.clock.now() - NOON).total_seconds())
        return send_confirmations(desk, house, stop)

    monkeypatch.setattr(confirming, "send_confirmations", look)
    office.round(stop=asking)

    assert looked == [0, 30, 60, 90, 120, 150, 180]


def test_a_provider_that_takes_no_confirmation_stops_no_mailing(
    office: Office, asking: Asking
) -> None:
    mailing = office.open(a_step(due_at=NOON, rate=5))

    def fail(stage: Stage) -> None:
        taken = stage is Stage.MARKED
        office.provider.faults = {Fault.OK if taken else Fault.TOO_MANY_BARE: 1}

    told = office.round(stop=asking, watch=fail)

    assert office.now(mailing).state is MailingState.DONE
    assert office.provider.took[TO_CONFIRM] == 0
    assert any(line.startswith("confirmations: 0 sent") for line in told)


def test_confirmations_that_take_long_leave_twice_as_long_to_mailings(
    office: Office, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.open(a_step(due_at=NOON, rate=5))
    looked: list[float] = []

    def hang(*given: object) -> str:
        del given
        looked.append((office.clock.now() - NOON).total_seconds())
        office.clock.pass_by(seconds=25)
        return ""

    monkeypatch.setattr(confirming, "send_confirmations", hang)
    office.round(stop=asking)

    assert len(looked) > 1
    assert all(b - a >= 75 for a, b in pairwise(looked))


def test_requests_that_the_provider_holds_leave_it_at_the_rate(office: Office) -> None:
    with_few_at_once(office)
    mailing = office.open(a_step(due_at=NOON + HOUR, rate=10), fenced=True)
    office.clock.pass_by(minutes=25)

    office.round()

    rows = office.desk.books.connection.all(
        "SELECT send_at FROM request ORDER BY send_at"
    )
    begin = int((NOON + HOUR).timestamp())
    assert [row[0] - begin for row in rows] == [0, 30, 60, 90]
    assert office.provider.seen["send_at"] == begin + 90
    assert office.now(mailing).state is MailingState.DONE
    assert not office.provider.took


def test_the_rest_waits_until_the_canary_has_left_the_provider(office: Office) -> None:
    canary = a_step(1, name="canary", share=0.5, due_at=NOON + HOUR, rate=1)
    rest = a_step(2, name="all", due_at=NOON + HOUR, needs=("canary",))
    mailing = office.open(canary, rest, fenced=True)
    office.clock.pass_by(minutes=25)
    office.round()

    office.clock.pass_by(minutes=43)
    office.round()
    assert office.steps(mailing) == ["done", "waiting"]
    office.clock.pass_by(minutes=1)
    office.round()

    assert office.steps(mailing) == ["done", "done"]


# ------------------------------------------------------------ after an absence


def under_way(office: Office) -> Mailing:
    """Open a mailing, and stop in the middle of its only step."""
    mailing = office.open(a_step(due_at=NOON))
    office.provider.faults, office.provider.retry_after = {Fault.TOO_MANY: 1}, 600
    office.round()
    assert office.steps(mailing) == ["running"]
    office.provider.faults = {Fault.OK: 1}
    return mailing


def test_what_was_under_way_goes_on_within_its_window(office: Office) -> None:
    mailing = under_way(office)
    office.clock.pass_by(hours=11)

    office.round()

    assert office.now(mailing).state is MailingState.DONE


def test_what_was_under_way_days_ago_waits_for_somebody(office: Office) -> None:
    mailing = under_way(office)
    office.clock.pass_by(days=3)

    made = office.a_round()
    told = list(made.go())

    assert made.halted
    assert office.now(mailing).state is MailingState.PAUSED
    assert "its window is over; press send resume" in told[-1]
    assert not office.provider.took
    office.clock.pass_by(days=1)
    assert office.steering.resume(office.now(mailing), "Hal")
    office.round()
    assert office.now(mailing).state is MailingState.DONE


def test_late_is_another_word_for_going_on_after_an_absence(office: Office) -> None:
    mailing = under_way(office)
    office.clock.pass_by(days=3)
    office.round()

    assert office.steering.let_late(office.now(mailing), "Hal") == 1
    office.round()

    assert office.now(mailing).state is MailingState.DONE


def test_what_is_slow_by_its_own_rate_goes_on_past_its_window(office: Office) -> None:
    mailing = office.open(a_step(due_at=NOON, rate=5), window=60)

    office.a_round(stop=Naps(office.clock)).go()

    assert office.clock.now() > NOON + dt.timedelta(seconds=120)
    assert office.now(mailing).state is MailingState.DONE


def test_a_test_is_never_too_late(office: Office) -> None:
    step = a_step(1, kind=Kind.TEST, share=None, addresses=("desk@quoin.example",))
    mailing = office.open(step, kind=Kind.TEST, list_id=None, audience="desk")
    office.provider.faults, office.provider.retry_after = {Fault.TOO_MANY: 1}, 600
    office.round()
    office.provider.faults = {Fault.OK: 1}
    office.clock.pass_by(days=3)

    office.round()

    assert office.now(mailing).state is MailingState.DONE
