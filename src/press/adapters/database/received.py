"""Who got an edition without these books knowing: told by a provider's records.

It is written down as a live mailing of that edition which was cancelled: whoever is on
it counts as having got the edition, in every other mailing of it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence

from press.adapters.database.backup import BACKED_UP
from press.adapters.database.connection import Connection
from press.adapters.database.mailings import Mailings
from press.adapters.database.moment import moment, stamp
from press.model.edition import EditionId
from press.model.letter import ContentHash
from press.model.mailing import Kind, Mailing, MailingId, MailingState
from press.ports import Clock

#: What the audience of such a mailing is called.
AUDIENCE = "written to, by the provider's records"
_WAITING = """
SELECT DISTINCT d.email FROM delivery d JOIN mailing k ON k.id = d.mailing_id
 WHERE k.edition = ? AND k.kind = 'live' AND k.state <> 'cancelled'
   AND d.state IN ('pending', 'reserved') AND d.email <> '' LIMIT ?"""
#: One for all: nobody of this house made it, and nobody asks for its end.
_REQUEST = """
INSERT INTO request (id, mailing_id, step, state, count, owner, process, detail,
                     claimed_at, settled_at)
VALUES (?, ?, 1, 'accepted', 0, '', '', ?, ?, ?)"""
_INSERT = """
INSERT INTO delivery (mailing_id, step, subscriber_id, email, email_key, email_hash,
                      variant, state, request_id)
SELECT ?, 1, s.id, s.email, s.email_key, s.email_hash, '', 'accepted', ?
  FROM subscriber s WHERE s.email_key = ? AND s.email <> '' AND NOT EXISTS (
  SELECT 1 FROM delivery o JOIN mailing k ON k.id = o.mailing_id
   WHERE o.subscriber_id = s.id AND k.kind = 'live' AND k.edition = ?
     AND o.state IN ('accepted', 'in_doubt'))"""


class Received:
    """Keeps who got what, by other records than the books' own."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._db, self._clock = connection, clock

    def known_until(self) -> dt.datetime | None:
        """Return when the backup that was brought back was made; None for nobody knows."""
        row = self._db.one("SELECT value FROM setting WHERE name = ?", BACKED_UP)
        return None if row is None else moment(int(row[0]))

    def editions(self) -> Sequence[EditionId]:
        """Return the editions that have a live mailing which is not cancelled."""
        rows = self._db.all(
            "SELECT DISTINCT edition FROM mailing"
            " WHERE kind = 'live' AND state <> 'cancelled' ORDER BY edition"
        )
        return [EditionId(row[0]) for row in rows]

    def waiting(self, edition: EditionId, most: int) -> Sequence[str]:
        """Return addresses that an edition was not handed over for, at most so many."""
        return [row[0] for row in self._db.all(_WAITING, edition, most)]

    def write(self, edition: EditionId, courier: str, keys: Iterable[str]) -> int:
        """Write down who got an edition; return how many of them were not known to have."""
        mailings, now = Mailings(self._db, self._clock), stamp(self._clock.now())
        with self._db.transaction():
            made = mailings.open(_mailing(edition, courier))
            mailings.move(
                made,
                MailingState.SCHEDULED,
                MailingState.CANCELLED,
                "found when a backup was brought back",
            )
            request = uuid.uuid4().hex
            self._db.run(_REQUEST, request, made.id, AUDIENCE, now, now)
            count = sum(
                self._db.run(_INSERT, made.id, request, each, edition) for each in keys
            )
            self._db.run("UPDATE request SET count = ? WHERE id = ?", count, request)
            self._db.run(
                "UPDATE mailing SET candidates = ?, prepared_at = ? WHERE id = ?",
                *(count, now, made.id),
            )
        return count


def _mailing(edition: EditionId, courier: str) -> Mailing:
    return Mailing(
        id=MailingId(0),
        edition=edition,
        audience=AUDIENCE,
        kind=Kind.LIVE,
        state=MailingState.SCHEDULED,
        content=ContentHash(""),
        courier=courier,
    )
