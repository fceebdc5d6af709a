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

#: How long is waited after a mailbox said "later": at first, at most, and how often. Each
#: wait is twice the last one; the twelfth try is more than three days after the first.
FIRST_WAIT = dt.timedelta(minutes=15)
LONGEST_WAIT = dt.timedelta(hours=12)
MOST_TRIES = 12

#: Who is new, who gets the paper already and asked for one more list, and whose mailbox
#: said "later", a while ago.
_WANTED = """SELECT s.id, s.public_id, s.email, s.name, s.lang, a.asked_at
  FROM (SELECT id, status_at AS asked_at FROM subscriber WHERE status = 'pending'
        UNION ALL
        SELECT m.subscriber_id, max(m.standing_at) FROM membership m
        JOIN subscriber r ON r.id = m.subscriber_id AND r.status = 'active'
        WHERE m.standing = 'unconfirmed' GROUP BY m.subscriber_id) a
  JOIN subscriber s ON s.id = a.id
  LEFT JOIN confirmation c ON c.subscriber_id = s.id
  WHERE c.written_at IS NULL OR c.next_at <= ?
  OR (c.next_at IS NULL AND c.written_at < a.asked_at AND c.written_at <= ?)
  ORDER BY coalesce(c.next_at, a.asked_at), s.id LIMIT ?"""
_WRITTEN = """INSERT INTO confirmation (subscriber_id, written_at) VALUES (?, ?)
  ON CONFLICT (subscriber_id) DO UPDATE SET written_at = excluded.written_at,
  tries = CASE WHEN confirmation.next_at IS NULL THEN 0 ELSE confirmation.tries END,
  next_at = NULL
  WHERE confirmation.next_at <= ?
  OR (confirmation.next_at IS NULL AND confirmation.written_at <= ?)"""
_TRIES = "SELECT tries FROM confirmation WHERE subscriber_id = ?"
_TRY_AGAIN = "UPDATE confirmation SET next_at = ?, tries = ? WHERE subscriber_id = ?"


class ConfirmationBook:
    """Who waits for the mail with which they confirm, and who got it."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._db = connection
        self._clock = clock

    def wanted(self, most: int) -> tuple[WantedConfirmation, ...]:
        """Return who is to be written to, those who wait longest first."""
        now = self._clock.now()
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
                _WANTED, stamp(now), stamp(now - AGAIN), most
            )
        )

    def written(self, reader: SubscriberId) -> bool:
        """Write down, before it is handed over, that a reader is written to.

        False where somebody else did that meanwhile.
        """
        now = self._clock.now()
        changed = self._db.run(
            _WRITTEN, reader, stamp(now), stamp(now), stamp(now - AGAIN)
        )
        return bool(changed)

    def not_written(self, reader: SubscriberId) -> None:
        """Take that back: nobody's mail was taken. They wait behind all others."""
        self._db.run(_TRY_AGAIN, stamp(self._clock.now()), self._tries(reader), reader)

    def put_off(self, reader: SubscriberId) -> bool:
        """Take that back for a while: their mailbox said "later".

        Returns:
            Whether they are tried again; False where it said so too often. They may
            ask anew, as everybody may to whom a mail was sent.
        """
        tries = self._tries(reader)
        if tries + 1 >= MOST_TRIES:
            return False
        wait = min(FIRST_WAIT * 2**tries, LONGEST_WAIT)
        self._db.run(_TRY_AGAIN, stamp(self._clock.now() + wait), tries + 1, reader)
        return True

    def _tries(self, reader: SubscriberId) -> int:
        row = self._db.one(_TRIES, reader)
        return int(row[0]) if row else 0
