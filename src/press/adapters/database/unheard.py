"""Mails that a provider accepted and of whose end nothing was told.

Those are among them that it was to cancel and has not said that it did: a mail that reached
a mailbox settles it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from press.adapters.database.connection import Connection
from press.adapters.database.moment import moment, stamp
from press.model.courier import CourierName
from press.model.event import Unheard

#: Seconds after which an end should have been told.
QUIET = 3_600
#: Seconds for which the provider's logs are kept: 30 days, less one.
KEPT = 29 * 86_400
#: Behind which delivery mails are looked up one by one the next time.
_ASKED = "last mail that was looked up"
_OPEN = """d.state IN ('accepted', 'in_doubt')
  AND d.provider_state IN ('', 'processed', 'deferred')"""
_WHERE = f"""FROM request r JOIN mailing k ON k.id = r.mailing_id
  WHERE k.courier = ? AND r.started_at > ?
  AND (r.state = 'accepted' OR (r.state = 'in_doubt' AND r.fence = 'asked'))
  AND coalesce(r.send_at, r.started_at) < ?
  AND EXISTS (SELECT 1 FROM delivery d WHERE d.request_id = r.id AND {_OPEN})"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent:
    """One mail of whose end nothing was told.

    Attributes:
        delivery: Its number.
        request: With which request it was handed over.
        email: To whom.
        since: When.
    """

    delivery: int
    request: str
    email: str
    since: dt.datetime


class UnheardMail:
    """What is not known of a ledger's mails."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def requests(self, now: dt.datetime) -> Sequence[Unheard]:
        """Return requests with such mails, the oldest first."""
        rows = self._db.all(
            "SELECT r.id, r.message_id, k.edition, r.started_at,"
            f" coalesce(r.send_at, r.started_at) {_WHERE} ORDER BY r.started_at, r.id",
            *self._span(now),
        )
        return [
            Unheard(
                request=row[0],
                message=row[1],
                category=f"edition-{row[2]}",
                since=moment(row[3]),
                until=moment(row[4]),
            )
            for row in rows
        ]

    def readers(self, request: str) -> Mapping[bytes, int]:
        """Return such mails of a request: the numbers, by the hashes of addresses."""
        rows = self._db.all(
            f"SELECT d.email_hash, d.id FROM delivery d WHERE d.request_id = ? AND {_OPEN}",
            request,
        )
        return {bytes(row[0]): row[1] for row in rows}

    def count(self, now: dt.datetime) -> int:
        """Return how many mails there are of whose end nothing was told."""
        ((count,),) = self._db.all(
            "SELECT count(*) FROM delivery d WHERE"
            f" {_OPEN} AND d.request_id IN (SELECT r.id {_WHERE})",
            *self._span(now),
        )
        return int(count)

    def silent(self, now: dt.datetime, most: int) -> Sequence[Silent]:
        """Return some of them one by one: those behind where the last time ended.

        So that nobody of whom the provider never tells keeps others from being asked for.
        """
        after = self._db.one("SELECT value FROM setting WHERE name = ?", _ASKED)
        behind = "" if after is None else after[0]
        rows = self._silent(now, int(behind or 0), most)
        if not rows and behind:
            rows = self._silent(now, 0, most)
        if rows:
            self._db.run(
                "INSERT INTO setting (name, value) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                *(_ASKED, str(rows[-1].delivery)),
            )
        return rows

    def _silent(self, now: dt.datetime, after: int, most: int) -> Sequence[Silent]:
        rows = self._db.all(
            "SELECT d.id, d.request_id, d.email, q.started_at FROM delivery d"
            " JOIN request q ON q.id = d.request_id"
            f" WHERE {_OPEN} AND d.email <> '' AND d.id > ?"
            f" AND d.request_id IN (SELECT r.id {_WHERE}) ORDER BY d.id LIMIT ?",
            *(after, *self._span(now), most),
        )
        return [
            Silent(delivery=row[0], request=row[1], email=row[2], since=moment(row[3]))
            for row in rows
        ]

    @staticmethod
    def _span(now: dt.datetime) -> tuple[str, int, int]:
        return CourierName.SENDGRID, stamp(now) - KEPT, stamp(now) - QUIET
