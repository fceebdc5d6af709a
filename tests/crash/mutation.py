"""Senders with one thing wrong in them, which the proofs must notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from press.adapters.database import Connection
from press.adapters.database.doubts import Doubts
from press.adapters.database.handing import Handing
from press.mailing.hand_over import Sender
from press.model.letter import Consignment, Fence
from press.model.mailing import Answer, Claim, Claimed, Outcome
from press.ports import Clock, Fencing


@dataclass(slots=True, kw_only=True)
class Parts:
    """What a sender is made of."""

    clock: Clock
    courier: Fencing
    handing: Handing
    book: Doubts
    sender: Sender = None  # type: ignore[assignment]


class _Hasty:
    """A courier to which no answer means no."""

    def __init__(self, courier: Fencing, answer: Callable[[Outcome], Outcome]) -> None:
        self._courier, self._answer = courier, answer

    def hand_over(self, consignment: Consignment) -> Outcome:
        return self._answer(self._courier.hand_over(consignment))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._courier, name)


def _lost_is_not_taken(outcome: Outcome) -> Outcome:
    lost = outcome.answer is Answer.IN_DOUBT and outcome.status is None
    return replace(outcome, answer=Answer.NOT_TAKEN) if lost else outcome


def _any_2xx(outcome: Outcome) -> Outcome:
    fine = outcome.status is not None and outcome.status // 100 == 2
    return replace(outcome, answer=Answer.ACCEPTED) if fine else outcome


class _PutsBack(Handing):
    """What a dead owner had in flight is taken for not sent."""

    def _abandon(self, request: str) -> bool:
        self._db.run("UPDATE request SET state = 'refused' WHERE id = ?", request)
        self._settling.move(request, "reserved", "pending")
        return True


class _MarksLate(Handing):
    """The mark is written when the answer is there."""

    late: dict[str, tuple[str, Fence | None]] = {}  # noqa: RUF012

    def mark(
        self, claim: Claim, body_hash: str, fence: Fence | None
    ) -> tuple[Claimed, ...] | None:
        self.late[claim.request] = (body_hash, fence)
        return claim.readers

    def settle(self, claim: Claim, outcome: Outcome) -> bool:
        super().mark(claim, *self.late.pop(claim.request))
        return super().settle(claim, outcome)


class _LooksOnce(Handing):
    """Who leaves after the claim is mailed."""

    def mark(
        self, claim: Claim, body_hash: str, fence: Fence | None
    ) -> tuple[Claimed, ...] | None:
        del fence
        marked = self._db.run(
            "UPDATE request SET state = 'inflight', body_hash = ?, started_at = ?"
            " WHERE id = ? AND state = 'reserved'",
            *(body_hash, self._now(), claim.request),
        )
        return claim.readers if marked else None


class _Trusting:
    """A courier that takes a cancellation for done when it was asked for."""

    def __init__(self, courier: Fencing) -> None:
        self._courier = courier

    def cancel(self, batch: str) -> bool:
        del batch
        return True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._courier, name)


def mutated(kind: str, parts: Parts, connection: Connection) -> Parts:
    """Put one thing wrong into the parts of a sender."""
    clock, courier = parts.clock, parts.courier
    hasty: Any = None
    match kind:
        case "ledger":
            return parts
        case "lost is not taken":
            hasty = _Hasty(courier, _lost_is_not_taken)
        case "any 2xx is accepted":
            hasty = _Hasty(courier, _any_2xx)
        case "a cancellation asked for is one":
            hasty = _Trusting(courier)
        case "in flight is put back":
            return replace(parts, handing=_PutsBack(connection, clock))
        case "marked after the call":
            return replace(parts, handing=_MarksLate(connection, clock))
        case "no last look":
            return replace(parts, handing=_LooksOnce(connection, clock))
        case _:
            raise ValueError(kind)
    return replace(parts, courier=hasty)
