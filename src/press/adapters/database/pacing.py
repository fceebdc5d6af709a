"""How many may be claimed now, and when the provider is to let them go.

Everything is counted by when mails leave the provider: at once, or at the time until which
it holds them. So a rate holds where readers see it, however fast requests are handed over.
Whoever asks holds the lock of all budgets, and writes the claim in the same transaction.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from press.adapters.database.connection import Connection
from press.adapters.database.moment import moment, stamp
from press.model.mailing import Budget, Hold, Mailing, MailingId

_SPENT = """
SELECT coalesce(sum(count), 0), min(leaves_at) FROM request r
 WHERE leaves_at > ? AND state <> 'refused'"""
_ONE_MAILING = " AND mailing_id = ?"
_ALL_LIVE = " AND EXISTS (SELECT 1 FROM mailing k WHERE k.id = r.mailing_id AND k.kind = 'live')"
_LAST = """
SELECT leaves_at FROM request WHERE mailing_id = ? AND state <> 'refused'
 ORDER BY leaves_at DESC LIMIT 1"""
_LEAVING = """
SELECT leaves_at, sum(count) FROM request
 WHERE mailing_id = ? AND leaves_at > ? AND state <> 'refused'
 GROUP BY leaves_at ORDER BY leaves_at"""
#: Within so many seconds no more than a rate's even share goes, or one request.
_BURST = 10
#: Clocks of several machines are believed to differ by no more seconds.
_APART = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a request may be.

    Attributes:
        most: How many readers; 0 for nobody now.
        wait: Where nobody, how many seconds until somebody may.
        send_at: Until when the provider is to hold it, in Unix seconds; None for not at all.
    """

    most: int
    wait: float = 0.0
    send_at: int | None = None


class Pacing:
    """Works out from the ledger how fast a mailing may go."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    # ------------------------------------------------------------ the provider's wish

    def ask_patience(self, mailing: MailingId, seconds: float, now: int) -> None:
        """Write that the provider wants to be left alone, for all to see."""
        until = now + math.ceil(seconds)
        self._db.run(
            "UPDATE mailing SET held_since = ?, held_until = ? WHERE id = ?"
            " AND (held_until < ? OR held_since > ?)",
            *(now, until, mailing, until, now + _APART),
        )

    def patience(self, mailing: MailingId, now: int) -> float:
        """Return for how many seconds the provider is to be left alone; 0 for none.

        What was written by a clock that is far ahead of this one is not believed: the
        provider says it again where it still means it.
        """
        row = self._db.one(
            "SELECT held_until - ? FROM mailing WHERE id = ? AND held_until > ?"
            " AND held_since <= ?",
            *(now, mailing, now, now + _APART),
        )
        return float(row[0]) if row else 0.0

    # ------------------------------------------------------------ budgets

    def last_to_leave(self, mailing: MailingId, step: int) -> dt.datetime | None:
        """Return when the last request of a step leaves the provider; None for none."""
        row = self._db.one(
            "SELECT max(leaves_at) FROM request WHERE mailing_id = ? AND step = ?"
            " AND state <> 'refused'",
            *(mailing, step),
        )
        return None if row is None or row[0] is None else moment(row[0])

    def ended(self, mailing: MailingId, step: int) -> dt.datetime | None:
        """Return when a step's last request was settled and had left; None for none."""
        row = self._db.one(
            "SELECT max(leaves_at), max(settled_at) FROM request"
            " WHERE mailing_id = ? AND step = ? AND state <> 'refused'",
            *(mailing, step),
        )
        if row is None or row[0] is None:
            return None
        return moment(max(row[0], row[1] or 0))

    def room(
        self,
        mailing: Mailing,
        most: int,
        budgets: Sequence[Budget],
        hold: Hold | None,
        now: int,
    ) -> Room:
        """Return what a request may be that is claimed now."""
        if hold is None:
            return self._now(mailing, most, budgets, now)
        own = [each for each in budgets if not each.everything]
        shared = [each for each in budgets if each.everything]
        at_once = self._now(mailing, most, shared, now)
        if not at_once.most:
            return at_once
        return self._held(mailing, at_once.most, own, hold, now)

    def _held(
        self,
        mailing: Mailing,
        most: int,
        own: Sequence[Budget],
        hold: Hold,
        now: int,
    ) -> Room:
        """Return what a request may be that the provider is to hold, where it still can."""
        at = stamp(hold.at)
        last = self._db.one(_LAST, mailing.id)
        is_holding = bool(own) and last is not None and last[0] > now
        if not is_holding and now + hold.notice > at:
            # Too late to be taken back: it goes at once, but never before its time.
            if now < at:
                return Room(most=0, wait=at - now)
            return self._now(mailing, most, own, now)
        earliest = max(at, now + hold.notice)
        if not own:
            return Room(most=most, send_at=earliest)
        rate = min(own, key=lambda each: each.most / each.seconds)
        take = even(rate.most, most)
        before = last[0] if last else earliest
        leaving = self._db.all(_LEAVING, mailing.id, before - rate.seconds)
        found = slot([(row[0], int(row[1])) for row in leaving], take, rate, earliest)
        wait = max(found - now - hold.longest, 0)
        if found > stamp(hold.until):
            wait = max(before - now, 1)
        return Room(most=0 if wait else take, wait=wait, send_at=found)

    def _now(
        self, mailing: Mailing, most: int, budgets: Sequence[Budget], now: int
    ) -> Room:
        """Return how many may leave at once."""
        wait = 0.0
        for budget in budgets:
            since = now - budget.seconds
            sql = _SPENT + (_ALL_LIVE if budget.everything else _ONE_MAILING)
            scope = () if budget.everything else (mailing.id,)
            spent, first = self._db.all(sql, since, *scope)[0]
            left = max(budget.most - int(spent), 0)
            if not left:
                wait = max(wait, (first or now) + budget.seconds - now, 1)
            most = min(most, left)
        return Room(most=most, wait=wait)


def even(rate: int, most: int) -> int:
    """Return how many go in one request, so that requests of the same size fill a rate."""
    return max(rate // math.ceil(rate / most), 1)


def slot(
    leaving: Sequence[tuple[int, int]], take: int, rate: Budget, earliest: int
) -> int:
    """Return when a request may leave the provider, in Unix seconds.

    Args:
        leaving: When others leave, and how many, in order; the last of all is among
            them, and all that leave less than the rate's span before it.
        take: How many are in the request.
        rate: What no span of time may exceed.
        earliest: Not before this.
    """
    at = earliest
    if leaving:
        last, count = leaving[-1]
        at = max(at, last + count * rate.seconds // rate.most)
    share = max(take, math.ceil(rate.most * _BURST / rate.seconds))
    for span, limit in ((rate.seconds, rate.most), (_BURST, share)):
        within = [each for each in leaving if each[0] > at - span]
        while within and sum(count for _, count in within) + take > limit:
            at = max(at, within.pop(0)[0] + span)
    return at


def together(limits: Sequence[int]) -> int:
    """Return how many of the first rows may go together: none forbids so many."""
    cap = len(limits)
    for number, limit in enumerate(limits):
        if number >= min(cap, limit):
            return number
        cap = min(cap, limit)
    return cap
