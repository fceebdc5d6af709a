"""Clocks that change: summer time, a clock that is set, a law that is new."""

from __future__ import annotations

import datetime as dt
import random
import zoneinfo
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from press.mailing.plan import moved, steps_of
from press.model.edition import SendPlan, SendStep
from press.model.mailing import MailingState, Step
from tests.desk.test_round import Office, office
from tests.ledgers import NOON

__all__ = ["office"]
LONDON = "Europe/London"
TEN_MINUTES = dt.timedelta(minutes=10)


def a_plan(wall: str, fold: int | None = None) -> Step:
    at = dt.datetime.strptime(wall, "%Y-%m-%d %H:%M")  # noqa: DTZ007 -- a wall time
    plan = SendPlan(
        audience="digest",
        steps=(SendStep(name="all", at=at, fold=fold, share=1.0),),
    )
    (step,) = steps_of(plan, LONDON, "2024a")
    return step


#: Around both changes of London's clocks in 2024, and when that is in UTC.
TIMES = [
    ("2024-03-31 00:59", None, "2024-03-31T00:59"),
    ("2024-03-31 02:00", None, "2024-03-31T01:00"),
    ("2024-10-27 00:59", None, "2024-10-26T23:59"),
    ("2024-10-27 01:30", 0, "2024-10-27T00:30"),
    ("2024-10-27 01:30", 1, "2024-10-27T01:30"),
    ("2024-10-27 02:00", None, "2024-10-27T02:00"),
]


@pytest.mark.parametrize(("wall", "fold", "utc"), TIMES)
def test_what_is_due_around_a_change_of_the_clocks_goes_once_at_its_time(
    office: Office, wall: str, fold: int | None, utc: str
) -> None:
    due = dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)
    office.clock.time = due - dt.timedelta(hours=2)
    mailing = office.open(a_plan(wall, fold))
    went: list[dt.datetime] = []

    while office.clock.now() < due + dt.timedelta(hours=2):
        before = office.provider.requests
        office.round()
        if office.provider.requests > before:
            went.append(office.clock.now())
        office.clock.time += TEN_MINUTES

    assert went == [due]
    assert office.now(mailing).state is MailingState.DONE
    assert set(office.provider.inbox.values()) == {1}
    assert len(office.provider.inbox) == 20


@pytest.mark.parametrize("seed", range(4))
def test_a_clock_that_is_set_two_hours_off_and_back_sends_nothing_twice(
    office: Office, seed: int
) -> None:
    """Steps in a row, a rate, and a clock that nobody can trust."""
    rng = random.Random(seed)
    first = replace(a_plan("2024-10-27 01:30", 0), share=0.5)
    rest = replace(a_plan("2024-10-27 01:30", 1), number=2, name="rest", needs=("all",))
    assert first.due_at is not None
    true = first.due_at - dt.timedelta(hours=1)
    office.clock.time = true
    mailing = office.open(first, rest)

    for _ in range(40):
        true += TEN_MINUTES
        office.clock.time = true + dt.timedelta(hours=rng.choice([-2, 0, 2]))
        office.round(warm_up=rng.choice([3, 7, None]))

    assert office.now(mailing).state is MailingState.DONE
    assert set(office.provider.inbox.values()) == {1}
    assert len(office.provider.inbox) == 20
    assert office.desk.freezing.counts(mailing).closes


@pytest.fixture
def new_law(tmp_path: Path) -> Iterator[Path]:
    """A folder in which zones may be laid that are then the law."""
    yield tmp_path
    zoneinfo.reset_tzpath()
    zoneinfo.ZoneInfo.clear_cache()


def test_a_new_law_while_a_mailing_waits_moves_nothing_and_is_told(
    office: Office, new_law: Path
) -> None:
    step = replace(a_plan("2024-08-30 13:00"), share=0.5)
    rest = replace(a_plan("2024-08-30 15:00"), number=2, name="rest")
    mailing = office.open(step, rest)
    assert step.due_at == NOON
    assert moved(step) is None
    office.round()
    assert len(office.provider.inbox) == 10

    (new_law / "Europe").mkdir()
    tokyo = files("tzdata").joinpath("zoneinfo", "Asia", "Tokyo").read_bytes()
    (new_law / LONDON).write_bytes(tokyo)
    zoneinfo.reset_tzpath(to=[str(new_law)])
    zoneinfo.ZoneInfo.clear_cache()

    waiting = office.now(mailing).steps[1]
    assert moved(waiting) == NOON - dt.timedelta(hours=6)
    office.round()
    assert office.steps(mailing) == ["done", "waiting"]
    office.clock.pass_by(hours=2)
    office.round()
    assert office.now(mailing).state is MailingState.DONE
    assert set(office.provider.inbox.values()) == {1}
    assert len(office.provider.inbox) == 20
