"""What must hold before readers are written to, and while they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from press.model.event import Tally
from press.model.finding import Finding, Place, error, warning
from press.model.mailing import Counts, SignOff, Step

#: A count that moved further since the last edition is not believed.
MOST_CHANGE = 0.20


def is_tested(signed: Collection[SignOff]) -> bool:
    """Whether each letter was seen in a mail program."""
    return any(off.what == "tested" for off in signed)


def check_tested(
    signed: Collection[SignOff],
    steps: Collection[Step],
    place: Place,
) -> Iterator[Finding]:
    """Yield whether exactly this digest was tested, or will be by the plan itself."""
    tests = any(step.share is None for step in steps)
    if tests or is_tested(signed):
        return
    yield error(
        "mailing.untested",
        "nobody has seen this digest in a mail program: it was changed after the last"
        " test, or never tested",
        place,
        "press send test ADDRESS, or a step of the plan that goes to the desk",
    )


def check_count(count: int, last: int | None, place: Place) -> Iterator[Finding]:
    """Yield whether the audience is what one would expect from the last edition's."""
    if not count:
        yield error(
            "mailing.audience",
            "nobody would get this mailing",
            place,
            "see press readers count --list",
        )
    elif last and abs(count - last) > MOST_CHANGE * last:
        more = "more" if count > last else "fewer"
        share = round(100 * abs(count - last) / last)
        yield warning(
            "mailing.audience",
            f"{count:,} readers, {share} % {more} than the last edition had ({last:,})",
            place,
            "see what became of the list; confirm the count only if it is right",
        )


def far_from(confirmed: int | None, counts: Counts) -> bool:
    """Whether a frozen audience is not what somebody confirmed."""
    if confirmed is None:
        return False
    return abs(counts.prepared - confirmed) > MOST_CHANGE * max(confirmed, 1)


def reason_to_stop(step: Step, tally: Tally) -> str:
    """Return why a mailing must stop; empty where nothing speaks against it."""
    tried = tally.accepted + tally.refused
    if not tried:
        return ""
    shares = (
        ("bounces", tally.bounced, step.stop_bounce),
        ("complaints", tally.complained, step.stop_complaint),
    )
    for what, count, limit in shares:
        if limit is not None and count >= 1 and count / tried > limit:
            return (
                f"{count:,} {what} of {tried:,} mails"
                f" ({count / tried:.2%}; the plan allows {limit:.2%})"
            )
    return ""
