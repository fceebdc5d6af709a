"""The send plan, worked out: when each step is due, and what it still waits for.

A time is written as wall time in the paper's zone, and worked out once, when the mailing
is confirmed. It is stored as a UTC instant together with the wall time, the zone and the
version of the zone data, so that a later change of law is seen and not followed in
silence. The manifest has refused times that do not exist, and those that exist twice where
the plan does not say which is meant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from zoneinfo import ZoneInfo

from press.model.edition import SendPlan, SendStep
from press.model.mailing import Kind, Mailing, SignOff, Step, StepState

#: Whoever did not look for so long was away.
AWAY = dt.timedelta(hours=2)
#: Said by people, not by steps.
OUTSIDE = ("approved", "printed")
#: A fenced request is held by the provider: it must be there so long before.
LEAD = dt.timedelta(minutes=40)
#: Twelve minutes are needed to cancel, the rest is for handing over.
SHORTEST_HOLD = dt.timedelta(minutes=15)
#: So long what becomes of a step that can stop the mailing is looked at, at least,
#: before one that needs it is handed over: most bounces are told within minutes.
LEAST_GAP = dt.timedelta(minutes=10)
#: The provider holds nothing for longer.
LONGEST_HOLD = dt.timedelta(hours=72)


def steps_of(plan: SendPlan, timezone: str, tzdata: str) -> tuple[Step, ...]:
    """Return the steps of a plan, their times as instants.

    Args:
        plan: As in edition.yaml.
        timezone: The paper's IANA zone.
        tzdata: Version of the zone data.
    """
    zone = ZoneInfo(timezone)
    return tuple(
        Step(
            number=number,
            name=step.name,
            kind=Kind.TEST if step.share is None else Kind.LIVE,
            due_at=_instant(step, zone),
            wall_time="" if step.at is None else f"{step.at:%Y-%m-%d %H:%M}",
            timezone=timezone,
            tzdata=tzdata,
            share=step.share,
            addresses=step.to,
            list_name=step.list_name,
            needs=step.needs,
            rate=step.rate,
            stop_bounce=step.stop_bounce,
            stop_complaint=step.stop_complaint,
            fold=step.fold or 0,
            gap=_gap(step, plan, zone),
        )
        for number, step in enumerate(plan.steps, 1)
    )


def _gap(step: SendStep, plan: SendPlan, zone: ZoneInfo) -> int:
    """Return the seconds that a step is planned after the watched one that it needs."""
    watched = [
        each
        for each in plan.steps
        if each.name in step.needs
        and each.share is not None
        and (each.stop_bounce, each.stop_complaint) != (None, None)
    ]
    if not watched:
        return 0
    due = _instant(step, zone)
    gaps = [due - at for each in watched if due and (at := _instant(each, zone))]
    return int(max(min(gaps, default=LEAST_GAP), LEAST_GAP).total_seconds())


def _instant(step: SendStep, zone: ZoneInfo) -> dt.datetime | None:
    if step.at is None:
        return None
    return step.at.replace(tzinfo=zone, fold=step.fold or 0).astimezone(dt.UTC)


def time_of(step: Step) -> str:
    """Return when a step is due, as its editor wrote it, or else in UTC."""
    if step.wall_time:
        return f"{step.wall_time} ({step.timezone})"
    return "by hand" if step.due_at is None else f"{step.due_at:%Y-%m-%d %H:%M} UTC"


def moved(step: Step) -> dt.datetime | None:
    """Return when a step would be due by today's zone data, where that differs."""
    if not step.wall_time or step.due_at is None:
        return None
    wall = dt.datetime.strptime(step.wall_time, "%Y-%m-%d %H:%M")  # noqa: DTZ007
    zone = ZoneInfo(step.timezone)
    now = wall.replace(tzinfo=zone, fold=step.fold).astimezone(dt.UTC)
    return None if now == step.due_at else now


def waits_for(
    step: Step, mailing: Mailing, signed: Collection[SignOff]
) -> tuple[str, ...]:
    """Return what a step still needs: names of steps, "approved", "printed"."""
    done = {each.name for each in mailing.steps if each.state is StepState.DONE}
    said = {off.what for off in signed}
    return tuple(need for need in step.needs if need not in done | said)


def watched(step: Step, mailing: Mailing) -> tuple[Step, ...]:
    """Return the steps that a step needs, and whose mails can stop the mailing."""
    return tuple(
        each
        for each in mailing.steps
        if each.name in step.needs and each.kind is Kind.LIVE and each.is_watched
    )


def goes_after(step: Step, ended: dt.datetime) -> dt.datetime:
    """Return from when a step goes, by when the last of what it watches had left.

    It keeps the distance that was planned, however late the first went.
    """
    return ended + max(dt.timedelta(seconds=step.gap), LEAST_GAP)


def starts_at(
    step: Step, mailing: Mailing, ended: dt.datetime | None = None
) -> dt.datetime | None:
    """Return from when a step may be worked on; None where it is started by hand.

    A fenced step is handed over before its time, but never before the steps that it
    needs have left the provider: what bounced of a canary must be known. Where too
    little time is left between the two for taking back, it goes at its time, unfenced.

    Args:
        step: Which.
        mailing: Of which mailing.
        ended: When the last of the steps that it watches had left; None for no such.
    """
    if step.due_at is None or not mailing.fenced or step.kind is not Kind.LIVE:
        return step.due_at
    needed = [
        each.due_at
        for each in mailing.steps
        if each.name in step.needs and each.kind is Kind.LIVE and each.due_at
    ]
    if ended is not None:
        needed.append(ended + LEAST_GAP)
    first = max([step.due_at - LEAD, *needed])
    return first if first + SHORTEST_HOLD <= step.due_at else step.due_at


def is_missed(step: Step, mailing: Mailing, now: dt.datetime) -> bool:
    """Whether a step's time and the window after it passed while nobody looked."""
    ends = window_ends(step, mailing)
    return ends is not None and step.state is StepState.WAITING and now > ends


def window_ends(step: Step, mailing: Mailing) -> dt.datetime | None:
    """Return until when a step goes without asking; None where it has no time."""
    if step.due_at is None:
        return None
    return step.due_at + dt.timedelta(seconds=mailing.window)


def leaves_at(step: Step, mailing: Mailing) -> dt.datetime | None:
    """Return from when the provider lets a step's requests go; None for at once.

    A request that is handed over after the step's time goes at once, and a doubt waits
    for evidence; unless others of it wait at the provider still, because of its rate.
    """
    return step.due_at if mailing.fenced and step.kind is Kind.LIVE else None


def was_away(step: Step, mailing: Mailing, now: dt.datetime) -> bool:
    """Whether nobody looked at a step that runs, for long, and its window has passed.

    A step that is slow by its own rate goes on past its window while press looks at it;
    after an absence somebody must say that it may.
    """
    ends = window_ends(step, mailing)
    if step.state is not StepState.RUNNING or ends is None or step.looked_at is None:
        return False
    return now > ends and now - step.looked_at > AWAY
