"""Readers who asked for the paper and have not confirmed that it was them."""

from __future__ import annotations

import datetime as dt

from press.adapters.database.connection import Connection
from press.adapters.database.moment import moment, stamp
from press.model.confirmation import WantedConfirmation
from press.model.subscriber import PublicId, SubscriberId
from press.ports import Clock

#: One mail a day at most, however often an address is typed into a form.
AGAIN = dt.timedelta(days=1)

#: Who is new, and who gets the paper already and asked for one more list.
_WANTED = """SELECT s.id, s.public_id, s.email, s.name, s.lang, a.asked_at
  FROM (SELECT id, status_at AS asked_at FROM subscriber WHERE status = 'pending'
        UNION ALL
        SELECT m.subscriber_id, max(m.standing_at) FROM membership m
        JOIN subscriber r ON r.id = m.subscriber_id AND r.status = 'active'
        WHERE m.standing = 'unconfirmed' GROUP BY m.subscriber_id) a
  JOIN subscriber s ON s.id = a.id
  LEFT JOIN confirmation c ON c.subscriber_id = s.id
  WHERE c.written_at IS NULL OR (c.written_at < a.asked_at AND c.written_at <= ?)
  ORDER BY a.asked_at, s.id LIMIT ?"""
_WRITTEN = """INSERT INTO confirmation (subscriber_id, written_at) VALUES (?, ?)
  ON CONFLICT (subscriber_id) DO UPDATE SET written_at = excluded.written_at
  WHERE confirmation.written_at <= ?"""


class ConfirmationBook:
    """Who waits for the mail with which they confirm, and who got it."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._db = connection
        self._clock = clock

    def wanted(self, most: int) -> tuple[WantedConfirmation, ...]:
        """Return who is to be written to, those who wait longest first."""
        before = stamp(self._clock.now() - AGAIN)
        return tuple(
            WantedConfirmation(
                reader=SubscriberId(number),
                public_id=PublicId(public_id),
                email=email,
                name=name,
                lang=lang,
                asked_at=moment(asked),
            )
            for number, public_id, email, name, lang, asked in self._db.all(
                _WANTED, before, most
            )
        )

    def written(self, reader: SubscriberId) -> bool:
        """Write down, before it is handed over, that a reader is written to.

        False where somebody else did that meanwhile.
        """
        now, before = stamp(self._clock.now()), stamp(self._clock.now() - AGAIN)
        return bool(self._db.run(_WRITTEN, reader, now, before))

    def not_written(self, reader: SubscriberId) -> None:
        """Take that back: the mail was proven not taken."""
        self._db.run("DELETE FROM confirmation WHERE subscriber_id = ?", reader)
