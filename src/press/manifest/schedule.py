"""Read deadlines: what the paper's offsets and the edition's own times make due, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from zoneinfo import ZoneInfo

from press.manifest.schedule_file import Before, OffsetsPart, SchedulePart
from press.manifest.wall import last_before, shown
from press.model.finding import Finding, error, warning
from press.model.schedule import Deadline, Due, Offset

STAMP = "%Y-%m-%d %H:%M"


def offsets_of(part: OffsetsPart | None) -> tuple[Offset, ...]:
    """Return the paper's offsets, in the order of the month."""
    if part is None:
        return ()
    given: tuple[tuple[Deadline, Before | None], ...] = (
        (Deadline.COPY, part.copy_in),
        (Deadline.PICTURES, part.pictures),
        (Deadline.LEGAL, part.legal),
        (Deadline.PROOFS, part.proofs),
        (Deadline.PRESS, part.press),
        (Deadline.DELIVERED, part.delivered),
    )
    return tuple(
        Offset(
            deadline=deadline,
            days=before.days,
            at=before.at,
            place=part.place_of(deadline.value),
        )
        for deadline, before in given
        if before is not None
    )


def times_of(part: SchedulePart | None) -> tuple[Due, ...]:
    """Return the times that an edition names, in the order of the month."""
    if part is None:
        return ()
    given: tuple[tuple[Deadline, dt.datetime | None], ...] = (
        (Deadline.COPY, part.copy_in),
        (Deadline.PICTURES, part.pictures),
        (Deadline.LEGAL, part.legal),
        (Deadline.PROOFS, part.proofs),
        (Deadline.PRESS, part.press),
        (Deadline.DELIVERED, part.delivered),
    )
    return tuple(
        Due(deadline=deadline, at=at, place=part.place_of(deadline.value))
        for deadline, at in given
        if at is not None
    )


def schedule_of(
    part: SchedulePart | None,
    offsets: Sequence[Offset],
    on_sale: dt.date,
    timezone: str,
) -> tuple[Due, ...]:
    """Return an edition's deadlines: its own times, and the paper's for the rest."""
    own = {due.deadline: due for due in times_of(part)}
    for due in computed(offsets, on_sale, timezone):
        own.setdefault(due.deadline, due)
    return tuple(own[deadline] for deadline in Deadline if deadline in own)


def computed(
    offsets: Sequence[Offset], on_sale: dt.date, timezone: str
) -> Iterator[Due]:
    """Yield the deadlines that the paper's offsets make for a day of sale.

    One that falls where the clocks go forward is due as soon as they went.
    """
    zone = ZoneInfo(timezone)
    for offset in offsets:
        if (on_sale - dt.date.min).days <= offset.days + 1:
            continue  # No calendar has that day; no paper either.
        at = shown(offset.before(on_sale), zone)
        yield Due(deadline=offset.deadline, at=at, place=offset.place)


def find_schedule_faults(
    part: SchedulePart | None,
    dues: Sequence[Due],
    on_sale: dt.date,
    timezone: str,
) -> Iterator[Finding]:
    """Yield the times that do not exist, and those that stand in the wrong order.

    Args:
        part: What the edition itself says.
        dues: All its deadlines, in the order of the month.
        on_sale: The day of sale.
        timezone: The paper's zone, in which times are meant.
    """
    zone = ZoneInfo(timezone)
    for due in times_of(part):
        if (later := shown(due.at, zone)) != due.at:
            yield error(
                "mailing.time",
                f"{due.at:%H:%M} does not exist on {due.at:%Y-%m-%d} in {zone.key}",
                due.place,
                f"use {later:%H:%M} or {last_before(due.at, zone):%H:%M}",
            )
    for first, then in pairwise(dues):
        if then.at < first.at:
            yield warning(
                "plan.schedule",
                f"{then.deadline} is due before {first.deadline}"
                f" ({first.at:{STAMP}}{_line(first)})",
                then.place,
                f"name a time from {first.at:{STAMP}} on",
            )
    yield from _after_sale(dues, on_sale)


def _line(due: Due) -> str:
    """Say where the other deadline stands; without its file, the paper's offset is meant."""
    return f", {due.place.file} line {due.place.line}" if due.place.line else ""


def _after_sale(dues: Sequence[Due], on_sale: dt.date) -> Iterator[Finding]:
    for due in dues:
        if due.at.date() > on_sale:
            yield warning(
                "plan.schedule",
                f"{due.deadline} is due on {due.at:%Y-%m-%d}, after the day of sale"
                f" ({on_sale})",
                due.place,
                "name a day before the day of sale, or that day",
            )
