"""The send plan: when, and what it waits for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from press.mailing.plan import (
    is_missed,
    leaves_at,
    moved,
    starts_at,
    steps_of,
    waits_for,
)
from press.model.edition import SendPlan, SendStep
from press.model.letter import ContentHash
from press.model.mailing import Kind, Mailing, SignOff, StepState
from tests.ledgers import NOON, a_mailing, a_step


def a_plan(*steps: SendStep) -> SendPlan:
    return SendPlan(audience="digest", steps=steps)


def planned(*wall: str, zone: str = "Europe/London") -> list[str]:
    times = [dt.datetime.fromisoformat(each) for each in wall]
    steps = [SendStep(name=f"s{n}", at=at, share=1) for n, at in enumerate(times)]
    made = steps_of(a_plan(*steps), zone, "2025b")
    return [f"{step.due_at:%Y-%m-%dT%H:%MZ}" for step in made]


@pytest.mark.parametrize(
    ("wall", "zone", "instant"),
    [
        ("2024-08-30 07:00", "Europe/London", "2024-08-30T06:00Z"),
        ("2024-12-30 07:00", "Europe/London", "2024-12-30T07:00Z"),
        ("2024-10-27 01:30", "Europe/London", "2024-10-27T00:30Z"),  # the first of two
        ("2024-08-30 07:00", "Pacific/Kiritimati", "2024-08-29T17:00Z"),
    ],
)
def test_wall_times_become_instants(wall: str, zone: str, instant: str) -> None:
    assert planned(wall, zone=zone) == [instant]


def test_a_step_keeps_what_was_written() -> None:
    step = SendStep(
        name="canary",
        at=dt.datetime(2024, 8, 30, 7, 0),  # noqa: DTZ001
        share=0.02,
        needs=("approved",),
        rate=100,
        stop_bounce=0.03,
    )
    desk = SendStep(name="desk", to=("desk@q.example",))

    first, second = steps_of(a_plan(desk, step), "Europe/London", "2025b")

    assert (first.kind, first.due_at, first.addresses) == (
        Kind.TEST,
        None,
        ("desk@q.example",),
    )
    assert (second.kind, second.wall_time, second.timezone, second.tzdata) == (
        Kind.LIVE,
        "2024-08-30 07:00",
        "Europe/London",
        "2025b",
    )
    assert (second.share, second.rate, second.stop_bounce) == (0.02, 100, 0.03)
    assert moved(second) is None


def test_a_changed_law_is_seen() -> None:
    (step,) = steps_of(
        a_plan(SendStep(name="all", at=dt.datetime(2024, 8, 30, 7), share=1)),  # noqa: DTZ001
        "Europe/London",
        "2025b",
    )
    assert step.due_at is not None

    old = replace(step, due_at=step.due_at + dt.timedelta(hours=1))

    assert moved(old) == step.due_at


def a_fenced(**given: object) -> Mailing:
    steps = [
        a_step(1, name="desk", kind=Kind.TEST, due_at=NOON),
        a_step(2, name="all", due_at=NOON, needs=("desk", "approved"), **given),
    ]
    return replace(a_mailing(ContentHash("x"), 1, steps), fenced=True)


def test_a_step_waits_for_steps_and_people() -> None:
    mailing = a_fenced()
    step = mailing.steps[1]
    off = SignOff(what="approved", who="Judith", at=NOON)

    assert waits_for(step, mailing, []) == ("desk", "approved")
    assert waits_for(step, mailing, [off]) == ("desk",)
    done = replace(mailing.steps[0], state=StepState.DONE)
    assert waits_for(step, replace(mailing, steps=(done, step)), [off]) == ()


def test_what_the_provider_holds_is_handed_over_earlier() -> None:
    mailing = a_fenced()
    desk, step = mailing.steps

    assert starts_at(desk, mailing) == NOON
    assert starts_at(step, mailing) == NOON - dt.timedelta(minutes=40)
    assert leaves_at(step, mailing) == NOON
    assert leaves_at(desk, mailing) is None
    assert leaves_at(step, replace(mailing, fenced=False)) is None


def test_a_step_is_missed_when_its_window_has_passed() -> None:
    mailing = a_fenced()
    step = mailing.steps[1]

    assert not is_missed(step, mailing, NOON + dt.timedelta(hours=11))
    assert is_missed(step, mailing, NOON + dt.timedelta(hours=13))
    running = replace(step, state=StepState.RUNNING)
    assert not is_missed(running, mailing, NOON + dt.timedelta(hours=13))


@pytest.mark.parametrize(
    ("at", "stops", "minutes"),
    [
        ("2024-08-30 07:30", True, 30),
        ("2024-08-30 07:00", True, 10),
        (None, True, 10),
        ("2024-08-30 07:30", False, 0),
    ],
)
def test_a_step_keeps_its_distance_from_a_step_that_can_stop_the_mailing(
    at: str | None, stops: bool, minutes: int
) -> None:
    canary = SendStep(
        name="canary",
        at=dt.datetime(2024, 8, 30, 7, 0),  # noqa: DTZ001
        share=0.02,
        stop_complaint=0.001 if stops else None,
    )
    rest = SendStep(
        name="all",
        at=dt.datetime.fromisoformat(at) if at else None,
        share=1,
        needs=("approved", "canary"),
    )

    first, second = steps_of(a_plan(canary, rest), "Europe/London", "2025b")

    assert (first.gap, second.gap) == (0, minutes * 60)
