"""What the provider accepted and holds until a time: how it is taken back.

Asking for a cancellation makes a request doubtful, before the provider is asked: from
then on nobody in it counts as written to, and nobody is written to again, until the
provider's word settles it, as with every doubt.
"""

from __future__ import annotations

from collections.abc import Sequence

from press.adapters.database.connection import Connection
from press.adapters.database.doubts import open_fences
from press.adapters.database.moment import moment, stamp
from press.model.edition import EditionId
from press.model.mailing import HeldRequest, MailingId, RequestId
from press.ports import Clock

#: A request that went at once has no time, and is not held.
_HELD = "r.batch <> '' AND r.fence = 'none' AND coalesce(r.send_at, 0) > ?"
#: From the requests on: there are a thousand times as many readers.
NOT_HELD = f"""SELECT count(*) FROM request r CROSS JOIN delivery d
  WHERE d.request_id = r.id AND r.mailing_id = ? AND d.state = 'accepted'
  AND NOT ({_HELD})"""
STILL_DOUBTFUL = """SELECT count(*)
  FROM mailing k CROSS JOIN request r CROSS JOIN delivery d
  WHERE r.mailing_id = k.id AND d.request_id = r.id AND k.edition = ?
  AND k.kind = 'live' AND k.state = 'cancelled'
  AND r.state = 'in_doubt' AND d.state = 'in_doubt'"""


class HeldMail:
    """The `HeldBook` of ports.py, in the ledger."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._db, self._clock = connection, clock

    def held(self, mailing: MailingId) -> Sequence[HeldRequest]:
        """Return the requests of a mailing that the provider holds, the largest first."""
        rows = self._db.all(
            "SELECT r.id, r.send_at, count(*) FROM request r"
            " JOIN delivery d ON d.request_id = r.id AND d.state = 'accepted'"
            f" WHERE r.mailing_id = ? AND r.state = 'accepted' AND {_HELD}"
            " GROUP BY r.id, r.send_at ORDER BY count(*) DESC, r.send_at DESC, r.id",
            *(mailing, self._now()),
        )
        return [
            HeldRequest(request=RequestId(row[0]), send_at=moment(row[1]), count=row[2])
            for row in rows
        ]

    def gone(self, mailing: MailingId) -> int:
        """Return how many accepted mails the provider does not hold, or not any more."""
        ((count,),) = self._db.all(NOT_HELD, mailing, self._now())
        return int(count)

    def in_doubt(self, edition: EditionId) -> int:
        """Return how many readers of an edition's cancelled mailings are in doubt."""
        ((count,),) = self._db.all(STILL_DOUBTFUL, edition)
        return int(count)

    def open_fences(self) -> int:
        """Return how many cancellations the provider may hold, of all mailings."""
        return open_fences(self._db, self._now())

    def ask_back(self, request: RequestId, most: int) -> bool:
        """Write that a held request is about to be cancelled; it is in doubt from here.

        Only those of cancelled mailings are: whoever was taken back from one that goes
        on would be claimed again at once.
        """
        with self._db.transaction():
            self._db.lock("press fences")
            if open_fences(self._db, self._now(), request) >= most:
                return False
            asked = self._db.run(
                "UPDATE request SET state = 'in_doubt', fence = 'asked',"
                " detail = detail || '; asked back' WHERE id = ?"
                " AND state = 'accepted' AND fence = 'none' AND batch <> ''"
                " AND send_at > ? AND EXISTS (SELECT 1 FROM mailing m"
                "  WHERE m.id = mailing_id AND m.state = 'cancelled')",
                *(request, self._now()),
            )
            if asked:
                self._db.run(
                    "UPDATE delivery SET state = 'in_doubt'"
                    " WHERE request_id = ? AND state = 'accepted'",
                    request,
                )
        return bool(asked)

    def _now(self) -> int:
        return stamp(self._clock.now())
