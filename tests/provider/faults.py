"""What can go wrong with a request to SendGrid, and how often."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from enum import StrEnum


class Fault(StrEnum):
    """What becomes of one request for mails. "Taken": the readers get them."""

    OK = "ok"  #: Taken, and answered.
    LATE = "late"  #: Taken, and answered after a while that is still in time.
    TOO_MANY = "429"  #: Not taken; Retry-After.
    TOO_MANY_RESET = "429-reset"  #: Not taken; X-RateLimit-Reset.
    TOO_MANY_BARE = "429-bare"  #: Not taken, and no word about when.
    UNAUTHORISED = "401"  #: Not taken: the key.
    FORBIDDEN = "403"  #: Not taken: its rights.
    NOT_FOUND = "404"
    NOT_ALLOWED = "405"
    TOO_LARGE = "413"
    TOO_LARGE_EARLY = "413-early"  #: Not taken; said before the body was read.
    SERVER_NOT_TAKEN = "500-not-taken"
    BAD_GATEWAY = "502-not-taken"
    SERVER_TAKEN = "503-taken"
    RESET_EARLY = "reset-early"  #: Not taken: cut off while the body is written.
    STALL_EARLY = "stall-early"  #: Not taken: the body is not read on.
    RESET_NOT_TAKEN = "reset-not-taken"  #: The body was read whole, and forgotten.
    LOST = "lost"  #: Taken; the answer never arrives.
    CLOSED_TAKEN = "closed-taken"  #: Taken; the line is closed without an answer.
    HALF = "half"  #: Taken; half a status line.
    DRIP_TAKEN = "drip-taken"  #: Taken; the answer comes letter by letter, too late.
    HANG_TAKEN = "hang-taken"  #: Taken; no answer in time.
    HANG_NOT_TAKEN = "hang-not-taken"
    PROXY = "proxy"  #: A page of somebody else: 200.
    REDIRECT_302 = "302"
    REDIRECT_307 = "307"
    REDIRECT_308 = "308"


OK: Mapping[Fault, int] = {Fault.OK: 1}
#: Everything that a bad day brings, by weight.
CHAOS: Mapping[Fault, int] = {
    Fault.OK: 60,
    Fault.TOO_MANY: 5,
    Fault.SERVER_NOT_TAKEN: 3,
    Fault.SERVER_TAKEN: 3,
    Fault.RESET_EARLY: 4,
    Fault.RESET_NOT_TAKEN: 3,
    Fault.LOST: 4,
    Fault.PROXY: 2,
    Fault.HANG_TAKEN: 1,
    Fault.HANG_NOT_TAKEN: 1,
}


def a_deck(rng: random.Random, *, ok: int = 60) -> Sequence[Fault]:
    """Return every fault there is once, among requests that fare well."""
    return rng.sample([*Fault, *[Fault.OK] * ok], len(Fault) + ok)


PROFILES: Mapping[str, Mapping[Fault, int]] = {"ok": OK, "chaos": CHAOS}
