"""What came of a mailing, counted by who got it and by the ledger."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from press.adapters.database import Connection
from press.model.mailing import Counts, Mailing
from tests.crash.far_end import Count

#: States in which somebody is not settled.
STILL_OPEN = ("pending", "reserved", "in_doubt")
_ROWS = """SELECT d.id, d.subscriber_id, d.email_key, CASE WHEN r.state = 'inflight'
 THEN r.state ELSE d.state END FROM delivery d
 LEFT JOIN request r ON r.id = d.request_id WHERE d.mailing_id = ?"""


@dataclass(slots=True, kw_only=True)
class Verdict:
    """What came of it.

    Attributes:
        repeated: Readers who got it twice.
        lost: Readers who count as accepted, and got nothing.
        unaccounted: Readers who got it, and do not count as accepted, in flight or in
            doubt.
        late: Readers who got it, and had left before it was marked.
        states: How many are in each state.
        closes: Whether the counts close.
    """

    repeated: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)
    unaccounted: set[int] = field(default_factory=set)
    late: set[int] = field(default_factory=set)
    states: Mapping[str, int] = field(default_factory=dict)
    closes: bool = True

    @property
    def sound(self) -> bool:
        wrong = self.repeated | self.lost | self.unaccounted | self.late
        return self.closes and not wrong

    @property
    def settled(self) -> bool:
        return not any(self.states.get(state) for state in STILL_OPEN)


def verdict_of(
    connection: Connection,
    mailing: Mailing,
    counts: Counts,
    got: Count,
    gone: Collection[int],
) -> Verdict:
    """Hold what readers got against what the ledger says.

    Args:
        connection: The ledger.
        mailing: Which mailing.
        counts: What the ledger says of it in sum.
        got: How often each reader got it.
        gone: Who had left before it was marked.
    """
    verdict = Verdict(
        states={str(state): count for state, count in counts.states.items()},
        closes=counts.closes,
    )
    for number, reader, email, state in connection.all(_ROWS, mailing.id):
        times = got(number, email)
        if times > 1:
            verdict.repeated.add(reader)
        if times and state not in {"accepted", "inflight", "in_doubt"}:
            verdict.unaccounted.add(reader)
        if times and reader in gone:
            verdict.late.add(reader)
        if state == "accepted" and not times:
            verdict.lost.add(reader)
    return verdict
