"""What must hold before readers are written to, and while they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

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


def check_count(
    count: int, last: int | None, said: int | None, place: Place
) -> Iterator[Finding]:
    """Yield whether the audience is what one would expect from the last edition's.

    Args:
        count: How many readers it has.
        last: How many the last edition had; None for none.
        said: The count that somebody named as right although it moved; None for none.
        place: Of the plan.
    """
    if not count:
        yield error(
            "mailing.audience",
            "nobody would get this mailing",
            place,
            "see press readers count --list",
        )
    elif last and abs(count - last) > MOST_CHANGE * last and said != count:
        more = "more" if count > last else "fewer"
        share = round(100 * abs(count - last) / last)
        yield error(
            "mailing.audience",
            f"{count:,} readers, {share} % {more} than the last edition had ({last:,})",
            place,
            f"see what became of the list; if it is right: --count-moved {count}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Strangers:
    """Who is among the readers of a live mailing and should not be.

    Attributes:
        nobodys: How many addresses are in domains for tests.
        nobody: One of them, masked.
        ours: How many addresses tests go to as well.
        own: One of them, masked.
    """

    nobodys: int = 0
    nobody: str = ""
    ours: int = 0
    own: str = ""


def check_addresses(found: Strangers, place: Place) -> Iterator[Finding]:
    """Yield whether live mail would go to addresses for tests, or of our own."""
    if found.nobodys:
        yield error(
            "mailing.mixed",
            f"{_addresses(found.nobodys)} in domains that are for tests, such as"
            f" {found.nobody}: nobody has a mailbox there",
            place,
            "take them off the list: press readers erase, or exclude a tag of theirs",
        )
    if found.ours:
        yield warning(
            "mailing.mixed",
            f"{_addresses(found.ours)} of our own, such as {found.own}: what they get"
            " counts among the readers'",
            place,
            "exclude the list that tests go to, or leave it so",
        )


def _addresses(count: int) -> str:
    are = "address on the list is" if count == 1 else "addresses on the list are"
    return f"{count:,} {are}"


def far_from(confirmed: int | None, counts: Counts) -> bool:
    """Whether a frozen audience is not what somebody confirmed."""
    if confirmed is None:
        return False
    return abs(counts.prepared - confirmed) > MOST_CHANGE * max(confirmed, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Why a mailing must stop.

    Attributes:
        why: In words, with the counts.
        step: Whose mails are the reason, as it stands once that was seen: what stopped
            a mailing once does not stop it again.
    """

    why: str
    step: Step


def reason_to_stop(step: Step, tally: Tally) -> Stop | None:
    """Return why a mailing must stop; None where nothing speaks against it.

    What it stopped for already is left out: only what came beyond that counts, as a
    share of all that was tried.
    """
    bounced, complained = tally.bounced, tally.complained
    if over := _beyond(tally, bounced, step.seen_bounces, step.stop_bounce):
        seen = replace(step, seen_bounces=bounced)
        return Stop(why=over.format("bounces"), step=seen)
    if over := _beyond(tally, complained, step.seen_complaints, step.stop_complaint):
        seen = replace(step, seen_complaints=complained)
        return Stop(why=over.format("complaints"), step=seen)
    return None


def _beyond(tally: Tally, count: int, seen: int, limit: float | None) -> str:
    """Say of a count that it is over its limit, its name left open; empty if it is not."""
    tried = tally.accepted + tally.refused
    more = count - seen
    if limit is None or not tried or more < 1 or more / tried <= limit:
        return ""
    share = f" ({more / tried:.2%}; the plan allows {limit:.2%})"
    again = f", beyond the {seen:,} of the last stop" if seen else ""
    return f"{more:,} {{}} of {tried:,} mails{again}{share}"
