"""Requests in doubt: what is known of them, and how they are settled.

Nothing here resends anything. A doubt ends by the provider's own word: a record that it
was taken, a cancellation that is confirmed, or its proven absence.
"""

from __future__ import annotations

from collections.abc import Sequence

from press.adapters.database.connection import Connection
from press.adapters.database.moment import moment, stamp
from press.model.mailing import Doubt, FenceState, MailingId, RequestId
from press.ports import Clock

#: Seconds for which a provider may hold a cancellation after its time: 72 hours.
HELD = 259_200
#: How many addresses of a request are looked up: the first, the last, one between.
CANARIES = 3
HOUR = 3600


def open_fences(connection: Connection, now: int, but: str = "") -> int:
    """Return how many cancellations the provider may hold, `but` one not counted."""
    ((count,),) = connection.all(
        "SELECT count(*) FROM request WHERE fence <> 'none' AND id <> ? AND send_at > ?",
        *(but, now - HELD),
    )
    return int(count)


class Doubts:
    """The doubtful requests of the ledger."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._db, self._clock = connection, clock

    def doubts(self, mailing: MailingId) -> Sequence[Doubt]:
        """Return the mailing's requests in doubt, the oldest first."""
        rows = self._db.all(
            "SELECT id, count, started_at, fence, batch, send_at, detail, process,"
            " (SELECT count(*) FROM delivery d WHERE d.request_id = request.id"
            "  AND d.state = 'in_doubt')"
            " FROM request WHERE mailing_id = ? AND state = 'in_doubt'"
            " ORDER BY started_at, id",
            mailing,
        )
        return [
            Doubt(
                request=RequestId(row[0]),
                mailing=mailing,
                count=row[8],
                whole=row[1],
                started_at=moment(row[2]),
                fence=FenceState(row[3]),
                batch=row[4],
                send_at=moment(row[5]) if row[5] else None,
                detail=row[6],
                owner_gone=not self._db.is_alive(row[7], self._now() - row[2]),
            )
            for row in rows
        ]

    def canaries(self, request: RequestId) -> Sequence[str]:
        """Return some addresses of a request: enough to see whether it was taken."""
        rows = self._db.all(
            "SELECT email FROM delivery WHERE request_id = ? AND state = 'in_doubt'"
            " AND email <> '' ORDER BY id",
            request,
        )
        if len(rows) <= CANARIES:
            return [row[0] for row in rows]
        return [rows[0][0], rows[len(rows) // 2][0], rows[-1][0]]

    def control(self, doubt: Doubt) -> tuple[RequestId, Sequence[str]] | None:
        """Return a request accepted after a doubtful one, with some of its addresses.

        Where the provider's records show the later one and not the earlier, their
        silence means something. Any mailing's will do that went the same way: a mail to
        the desk is enough where the last request of a mailing is the doubtful one.
        """
        row = self._db.one(
            "SELECT r.id FROM request r JOIN mailing k ON k.id = r.mailing_id"
            " WHERE r.state = 'accepted' AND r.started_at > ? AND k.courier ="
            "  (SELECT courier FROM mailing WHERE id = ?)"
            " ORDER BY r.started_at LIMIT 1",
            *(stamp(doubt.started_at), doubt.mailing),
        )
        if row is None:
            return None
        found = self._db.all(
            "SELECT email FROM delivery WHERE request_id = ? AND email <> ''"
            " ORDER BY id LIMIT ?",
            *(row[0], CANARIES),
        )
        return RequestId(row[0]), [each[0] for each in found]

    def ask_fence(self, request: RequestId, most: int) -> bool:
        """Write that a cancellation is about to be asked for.

        From here on only the provider's word about that cancellation settles it: a
        record that the request was taken does not say that it will be mailed.

        Cancellations are counted and written together, so that many who settle at once
        do not ask for more than the provider holds: it counts those of all mailings.
        """
        with self._db.transaction():
            self._db.lock("press fences")
            if open_fences(self._db, self._now(), request) >= most:
                return False
            asked = self._db.run(
                "UPDATE request SET fence = 'asked'"
                " WHERE id = ? AND state = 'in_doubt' AND batch <> ''",
                request,
            )
        return bool(asked)

    def decide(self, request: RequestId, why: str, *, taken: bool) -> bool:
        """Settle a doubt by somebody's decision.

        One whose cancellation was asked for can be decided once the provider has let go
        of it: before, only the provider's word counts.
        """
        with self._db.transaction():
            self._db.run(
                "UPDATE request SET fence = 'none' WHERE id = ? AND state = 'in_doubt'"
                " AND fence = 'asked' AND send_at < ?",
                *(request, self._now() - HOUR),
            )
            settle = self.accept if taken else self.refuse
            return settle(request, why)

    def refuse(self, request: RequestId, why: str, *, fenced: bool = False) -> bool:
        """Free the readers of a request that is cancelled, or proven absent."""
        before, after = ("asked", "confirmed") if fenced else ("none", "none")
        with self._db.transaction():
            changed = self._db.run(
                "UPDATE request SET state = 'refused', fence = ?, settled_at = ?,"
                " detail = detail || ? WHERE id = ? AND state = 'in_doubt' AND fence = ?",
                *(after, self._now(), f"; {why}", request, before),
            )
            if changed:
                self._db.run(
                    "UPDATE delivery SET state = 'pending', request_id = NULL"
                    " WHERE request_id = ? AND state = 'in_doubt'",
                    request,
                )
        return bool(changed)

    def accept(self, request: RequestId, why: str) -> bool:
        """Count a request as accepted, by evidence; never where it may be cancelled."""
        with self._db.transaction():
            changed = self._db.run(
                "UPDATE request SET state = 'accepted', settled_at = ?,"
                " detail = detail || ?"
                " WHERE id = ? AND state = 'in_doubt' AND fence = 'none'",
                *(self._now(), f"; {why}", request),
            )
            if changed:
                self._db.run(
                    "UPDATE delivery SET state = 'accepted'"
                    " WHERE request_id = ? AND state = 'in_doubt'",
                    request,
                )
        return bool(changed)

    def _now(self) -> int:
        return stamp(self._clock.now())
