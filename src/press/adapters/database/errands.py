"""What a provider is to be asked about readers: written down with what makes it needed.

Whoever leaves while a provider has mail for them must not wait for the provider, nor fail
with it. So the errand is a row, written in the transaction in which they leave, and run
by whoever makes the next round.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from press.adapters.database.connection import Connection
from press.adapters.database.dialect import SQLITE
from press.adapters.database.moment import moment
from press.model.courier import CourierName
from press.model.errand import Ask, Errand, ErrandId
from press.model.subscriber import SubscriberId

#: Seconds for which a provider tries to deliver what it has let go: 72 hours.
TRIES = 259_200
#: Seconds after which others may run errands that somebody began to run.
LEASE = 120
_LEASE = "errands are run until"

#: Mails of a reader that the provider was given, or may have been.
_GIVEN = """FROM delivery d JOIN request r ON r.id = d.request_id
  JOIN mailing k ON k.id = r.mailing_id
  WHERE d.subscriber_id IS NOT NULL AND d.email <> '' AND k.courier = ?
  AND d.state IN ('reserved', 'accepted', 'in_doubt')
  AND r.state IN ('inflight', 'accepted', 'in_doubt')"""
#: Whether the provider may still send one of them.
_UNDER_WAY = """AND d.provider_state NOT IN
  ('delivered', 'bounced', 'dropped', 'complained')
  AND coalesce(r.send_at, r.started_at, r.claimed_at) > ?"""
#: What the provider was asked last about a reader: an address stands on its list until it
#: is released.
_LAST = """coalesce((SELECT e.what FROM errand e WHERE e.subscriber_id = d.subscriber_id
  AND e.what <> 'forget' ORDER BY e.id DESC LIMIT 1), '')"""
_NOT_WITHHELD = f"{_LAST} <> 'withhold'"
_INSERT = (
    "INSERT INTO errand (subscriber_id, email, what, since, not_before)"
    " SELECT d.subscriber_id, max(d.email), ?, ?, ?"
)
_FORGET = """
INSERT INTO errand (subscriber_id, email, what, since, not_before)
SELECT d.subscriber_id, max(d.email), ?, ?, max(
    CASE WHEN d.provider_state IN ('delivered', 'bounced', 'dropped', 'complained')
           OR r.id IS NULL THEN ?
         ELSE coalesce(r.send_at, r.started_at, r.claimed_at) + ? END)
  FROM delivery d JOIN mailing k ON k.id = d.mailing_id
  LEFT JOIN request r ON r.id = d.request_id
  WHERE d.subscriber_id = ? AND d.email <> '' AND d.attempts > 0 AND k.courier = ?"""


class Errands:
    """The errands of a database. Those that are written are so within a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    # ------------------------------------------------------------ needed

    def withhold(self, reader: SubscriberId, now: int) -> None:
        """Want mail withheld that a provider may still send to a reader, if there is any."""
        self._db.run(
            f"{_INSERT} {_GIVEN} AND d.subscriber_id = ? {_UNDER_WAY}"
            f" AND {_NOT_WITHHELD} GROUP BY d.subscriber_id",
            *(Ask.WITHHOLD, now, now, CourierName.SENDGRID, reader, now - TRIES),
        )

    def withhold_departed(self, now: int) -> None:
        """Want the same for all whom a list that is brought in says to have left."""
        under_way = self._db.one(
            "SELECT 1 FROM request r JOIN mailing k ON k.id = r.mailing_id"
            " WHERE k.courier = ? AND r.state IN ('inflight', 'accepted', 'in_doubt')"
            " AND coalesce(r.send_at, r.started_at, r.claimed_at) > ? LIMIT 1",
            *(CourierName.SENDGRID, now - TRIES),
        )
        if under_way is not None:
            self._db.run(
                f"{_INSERT} {_GIVEN} AND d.email_hash IN (SELECT i.email_hash"
                f" FROM import_departure i WHERE i.cause <> 'bounced') {_UNDER_WAY}"
                f" AND {_NOT_WITHHELD} GROUP BY d.subscriber_id",
                *(Ask.WITHHOLD, now, now, CourierName.SENDGRID, now - TRIES),
            )

    def release(self, reader: SubscriberId, now: int) -> None:
        """Want a reader released for whom mail was withheld: they came back."""
        self._db.run(
            "INSERT INTO errand (subscriber_id, email, what, since, not_before)"
            " SELECT d.subscriber_id, d.email, ?, ?, ? FROM (SELECT id AS subscriber_id,"
            f" email FROM subscriber WHERE id = ?) d WHERE {_LAST} = 'withhold'",
            *(Ask.RELEASE, now, now, reader),
        )

    def forget(self, reader: SubscriberId, now: int) -> None:
        """Want a reader forgotten whose address a provider was told, taken or not.

        It is asked when nothing is under way to them any more: what it forgets may be
        that mail is to be withheld from them.
        """
        self._db.run(
            f"{_FORGET} GROUP BY d.subscriber_id",
            *(Ask.FORGET, now, now, TRIES, reader, CourierName.SENDGRID),
        )

    # ------------------------------------------------------------ run

    def begin(self, now: int) -> bool:
        """Take the errands; False where somebody else runs them.

        One at a time runs them, so that a reader who leaves and comes back is asked for
        in that order.
        """
        with self._db.transaction():
            self._db.run(
                "INSERT INTO setting (name, value) VALUES (?, '0')"
                " ON CONFLICT (name) DO NOTHING",
                _LEASE,
            )
            taken = self._db.run(
                "UPDATE setting SET value = ? WHERE name = ?"
                " AND CAST(value AS bigint) < ?",
                *(str(now + LEASE), _LEASE, now),
            )
        return bool(taken)

    def end(self) -> None:
        """Let others run them."""
        self._db.run("UPDATE setting SET value = '0' WHERE name = ?", _LEASE)

    def open(self, now: int, most: int) -> Sequence[Errand]:
        """Return those that can be run now, the oldest first."""
        rows = self._db.all(
            "SELECT id, what, email FROM errand"
            " WHERE done_at IS NULL AND not_before <= ? ORDER BY id LIMIT ?",
            *(now, most),
        )
        return [
            Errand(id=ErrandId(row[0]), what=Ask(row[1]), email=row[2]) for row in rows
        ]

    def forgets_at(self, reader: SubscriberId) -> dt.datetime | None:
        """Return from when a provider can be asked to forget a reader; None for never."""
        row = self._db.one(
            "SELECT max(not_before) FROM errand"
            " WHERE subscriber_id = ? AND what = ? AND done_at IS NULL",
            *(reader, Ask.FORGET),
        )
        return None if row is None or row[0] is None else moment(row[0])

    def done(self, errands: Sequence[Errand], now: int) -> None:
        """Write that these are done; their addresses go."""
        ids = self._db.dialect.array([each.id for each in errands])
        self._db.run(
            "UPDATE errand SET done_at = ?, email = ''"
            f" WHERE done_at IS NULL AND id {self._db.dialect.among}",
            *(now, ids),
        )

    def tidy(self) -> None:
        """Let no free place of the database hold the addresses of what was done."""
        if self._db.dialect is SQLITE:
            self._db.all("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            self._db.run("VACUUM errand")
