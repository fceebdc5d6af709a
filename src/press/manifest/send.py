"""Check the plan by which the digest is sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TypeAlias
from zoneinfo import ZoneInfo

from press.manifest.edition_file import SendPart, StepPart
from press.manifest.nearest import did_you_mean
from press.manifest.wall import last_before, shown
from press.model.finding import Finding, error, note, warning

#: In which mails go out: at the ends of the calendar no zone has all days.
YEARS = range(2000, 3000)
Found: TypeAlias = Iterator[Finding]
EVERYBODY = 1.0
OUTSIDE_STEPS = ("approved", "printed")


def find_send_faults(plan: SendPart, timezone: str) -> Found:
    """Yield what is wrong with the steps of a mailing.

    Args:
        plan: The plan.
        timezone: The paper's zone, in which times are meant.
    """
    zone = ZoneInfo(timezone)
    earlier: list[StepPart] = []
    names = [step.name for step in plan.steps]
    for step in plan.steps:
        yield from _name(step, earlier)
        yield from _target(step)
        yield from _needs(step, earlier, names)
        if step.at is not None:
            yield from _time(step, step.at, zone)
            yield from _order(step, earlier)
        earlier.append(step)
    yield from _rest(plan)


def _name(step: StepPart, earlier: list[StepPart]) -> Found:
    same = next((each for each in earlier if each.name == step.name), None)
    place = step.place_of("name")
    if same:
        line = same.place_of("name").line
        message = f"step “{step.name}” is given twice (first on line {line})"
        yield error("manifest.twice", message, place, "give one another name")
    if step.name in OUTSIDE_STEPS:
        message = f"“{step.name}” is press's own word and cannot name a step"
        yield error("plan.send-needs", message, place, "choose another name")


def _target(step: StepPart) -> Found:
    given = [name for name in ("to", "list", "share") if step.gives(name)]
    if len(given) != 1:
        said = " and ".join(given) or "nobody"
        yield error(
            "plan.send-target",
            f"step “{step.name}” goes to {said}; it needs one of to, list and share",
            step.place_of("name"),
            "write to: [address], list: name or share: 2%",
        )


def _needs(step: StepPart, earlier: list[StepPart], names: list[str]) -> Found:
    before = [each.name for each in earlier]
    for number, need in enumerate(step.needs):
        place = step.place_of("needs", number)
        if need in before or need in OUTSIDE_STEPS:
            continue
        if need in names:
            itself = need == step.name
            late = "itself" if itself else f"“{need}”, which comes after it"
            message = f"step “{step.name}” needs {late}"
            yield error("plan.send-order", message, place, "name an earlier step")
        else:
            message = f"step “{step.name}” needs “{need}”, which is not a step"
            hint = did_you_mean(need, [*before, *OUTSIDE_STEPS])
            yield error("plan.send-needs", message, place, hint)


def _order(step: StepPart, earlier: list[StepPart]) -> Found:
    """Nothing happens before what it needs, nor before the step listed above it."""
    place = step.place_of("at")
    timed = [each for each in earlier if each.at and step.at and step.at < each.at]
    needed = [each for each in timed if each.name in step.needs]
    for late in needed or timed[-1:]:
        message = (
            f"step “{step.name}” comes before “{late.name}”"
            f" ({late.at:%Y-%m-%d %H:%M} on line {late.place_of('at').line})"
        )
        if late in needed:
            hint = "name a time after the steps it needs"
            yield error("plan.send-order", f"{message}, which it needs", place, hint)
        else:
            hint = "list the steps in the order of their times"
            yield warning("plan.send-order", message, place, hint)


def _rest(plan: SendPart) -> Found:
    last = plan.steps[-1]
    if last.share != EVERYBODY:
        yield error(
            "plan.send-rest",
            f"the last step, “{last.name}”, leaves readers out",
            last.place_of("share"),
            "let it go to everybody who is left: share: rest",
        )
    sent = 0.0
    for step in plan.steps:
        if step.share is not None and sent >= EVERYBODY:
            yield error(
                "plan.send-rest",
                f"nobody is left for step “{step.name}”",
                step.place_of("share"),
                "let only the last step go to the rest",
            )
        sent += step.share or 0.0


def _time(step: StepPart, at: dt.datetime, zone: ZoneInfo) -> Found:
    """Yield whether a step's time does not exist, or exists twice."""
    day, clock, place = f"{at:%Y-%m-%d}", f"{at:%H:%M}", step.place_of("at")
    if at.year not in YEARS:
        message = f"no mail goes out in the year {at.year}"
        yield error("mailing.time", message, place, "correct the year")
        return
    if (later := shown(at, zone)) != at:
        before = last_before(at, zone)
        yield error(
            "mailing.time",
            f"{clock} does not exist on {day} in {zone.key}",
            place,
            f"use {later:%H:%M} or {before:%H:%M}",
        )
        return
    first, second = (at.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    twice = first.utcoffset() != second.utcoffset()
    if twice and step.fold is None:
        times = [f"{each.astimezone(dt.UTC):%H:%M}" for each in (first, second)]
        yield error(
            "mailing.time",
            f"{clock} exists twice on {day} in {zone.key}: first at {times[0]} UTC, then"
            f" at {times[1]} UTC",
            place,
            "add fold: first or fold: second to the step, or choose another time",
        )
    elif step.fold is not None and not twice:
        yield note(
            "mailing.time",
            f"{clock} exists once on {day} in {zone.key}: fold changes nothing",
            step.place_of("fold"),
            "leave it out",
        )
