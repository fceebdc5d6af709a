"""How mailings, requests and deliveries move from state to state: the one table.

The ledger makes no change that does not stand here, and each change is one statement
that names the state it expects: who finds no such row has lost it, and stops.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from press.model.mailing import DeliveryState as D
from press.model.mailing import MailingState as M
from press.model.mailing import RequestState as R

S = TypeVar("S", M, R, D)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Generic[S]):
    """One arrow.

    Attributes:
        before: The state it leaves.
        after: The state it leads to.
        why: What makes it happen.
    """

    before: S
    after: S
    why: str


def _of(before: S, after: S, why: str) -> Change[S]:
    return Change(before=before, after=after, why=why)


MAILING: Final = (
    _of(M.SCHEDULED, M.PREPARING, "the first step for readers is due"),
    _of(M.SCHEDULED, M.MISSED, "its window passed while press was not running"),
    _of(M.MISSED, M.SCHEDULED, "`press send --late`"),
    _of(M.PREPARING, M.READY, "the audience is frozen and the counts close"),
    _of(M.READY, M.SENDING, "a step starts"),
    _of(
        M.READY,
        M.PAUSED,
        "the count is far from what was confirmed; `press send pause`, also where it"
        " was said while preparing",
    ),
    _of(M.SCHEDULED, M.PAUSED, "`press send pause`, before it has begun"),
    _of(M.PAUSED, M.SCHEDULED, "`press send resume`, where nothing is frozen yet"),
    _of(
        M.SENDING,
        M.PAUSED,
        "`press send pause`, a stop condition, a fatal answer, a long absence",
    ),
    _of(M.PAUSED, M.SENDING, "`press send resume`"),
    _of(M.SENDING, M.DONE, "nobody is pending, reserved or in doubt"),
    _of(M.SCHEDULED, M.CANCELLED, "`press send cancel`"),
    _of(M.PREPARING, M.CANCELLED, "`press send cancel`"),
    _of(M.READY, M.CANCELLED, "`press send cancel`"),
    _of(M.SENDING, M.CANCELLED, "`press send cancel`"),
    _of(M.PAUSED, M.CANCELLED, "`press send cancel`"),
    _of(M.MISSED, M.CANCELLED, "`press send cancel`"),
    _of(M.DONE, M.CANCELLED, "`press send cancel`, while the provider holds mails"),
)

REQUEST: Final = (
    _of(R.RESERVED, R.INFLIGHT, "last look at who left; on disk before the call"),
    _of(R.RESERVED, R.REFUSED, "its owner died, or the mailing was paused, before it"),
    _of(R.INFLIGHT, R.ACCEPTED, "the provider says so"),
    _of(R.INFLIGHT, R.REFUSED, "proven not taken, or refused for what is in it"),
    _of(R.INFLIGHT, R.IN_DOUBT, "no answer, or one that proves nothing; owner died"),
    _of(R.ACCEPTED, R.IN_DOUBT, "the provider holds it and is asked to cancel it"),
    _of(
        R.IN_DOUBT,
        R.ACCEPTED,
        "evidence; where cancelling was asked for, only that mailboxes got it",
    ),
    _of(R.IN_DOUBT, R.REFUSED, "the provider cancelled it, or it is proven absent"),
)

DELIVERY: Final = (
    _of(D.PENDING, D.RESERVED, "claimed for a request"),
    _of(D.PENDING, D.SKIPPED, "no longer active, or suppressed"),
    _of(D.RESERVED, D.SKIPPED, "the same, at the last look"),
    _of(
        D.RESERVED, D.PENDING, "the request was not taken, or its owner died before it"
    ),
    _of(D.RESERVED, D.ACCEPTED, "the request was accepted"),
    _of(D.RESERVED, D.FAILED, "refused alone: for this reader, with the reason"),
    _of(D.RESERVED, D.IN_DOUBT, "the request is in doubt"),
    _of(D.ACCEPTED, D.IN_DOUBT, "the provider is asked to cancel the request"),
    _of(D.IN_DOUBT, D.ACCEPTED, "the request proves accepted"),
    _of(D.IN_DOUBT, D.PENDING, "the request proves not taken"),
)


def allowed(table: tuple[Change[S], ...], before: S, after: S) -> bool:
    """Whether the table has this arrow."""
    return any(each.before is before and each.after is after for each in table)
