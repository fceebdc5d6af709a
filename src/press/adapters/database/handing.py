"""Handing over: readers are claimed for a request, marked, settled.

The order of writes is what makes it safe. A request is on disk as in flight before the
call, with a last look at who left in the same transaction; what is known of it
afterwards is written where it is still ours. Whoever finds no row has lost the request
and stops touching it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import TypeAlias

from press.adapters.database.connection import Connection
from press.adapters.database.gone import GONE, has_rivals, with_rivals
from press.adapters.database.moment import moment, stamp
from press.adapters.database.pacing import Pacing, together
from press.adapters.database.settling import Settling, parts_of
from press.model.letter import Fence
from press.model.mailing import (
    Answer,
    Budget,
    Claim,
    Claimed,
    Hold,
    Mailing,
    Outcome,
    RequestId,
    Step,
    Wait,
)
from press.ports import Clock

#: Does what follows from the mailboxes that an outcome says are none.
Tell: TypeAlias = Callable[[Connection, Outcome], object]
_WHO = """
  FROM delivery d
  JOIN mailing k ON k.id = d.mailing_id
  LEFT JOIN subscriber s ON s.id = d.subscriber_id"""
_FIRST = """
SELECT variant, id FROM delivery
 WHERE mailing_id = ? AND step = ? AND state = 'pending' AND not_before <= ?
 ORDER BY variant, id LIMIT 1"""
#: The oldest first; nobody who was told to wait. Where the first of them stands is known,
#: so that those who were sent to are not read again for every request.
_PENDING = f"""
SELECT d.id, d.email, coalesce(s.name, ''), coalesce(s.public_id, ''), d.most, {GONE}
{_WHO}
 WHERE d.mailing_id = ? AND d.step = ? AND d.variant = ? AND d.state = 'pending'
   AND d.not_before <= ? AND d.id >= ?
 ORDER BY d.id LIMIT ?"""
_LAST_LOOK = f"""
SELECT d.id, {GONE} {_WHO}
 WHERE d.request_id = ? AND d.state = 'reserved' AND {GONE} <> ''"""


class Handing:
    """Moves requests and deliveries on."""

    def __init__(
        self,
        connection: Connection,
        clock: Clock,
        *,
        own: bool = False,
        tell: Tell | None = None,
    ) -> None:
        """Move them in a database; `own` says that nobody else uses the connection.

        `tell` is told, within the transaction, of mailboxes that turned out to be none.
        """
        self._db, self._clock, self._own = connection, clock, own
        self._tell = tell
        self._pacing = Pacing(connection)
        self._settling = Settling(connection, clock)
        among = connection.dialect.among
        self._reserve = (
            "UPDATE delivery SET state = 'reserved', request_id = ?,"
            f" attempts = attempts + 1 WHERE state = 'pending' AND id {among}"
        )

    def for_thread(self) -> Handing:
        """Return one that another thread may use at the same time."""
        opened = self._db.for_thread()
        own = opened is not self._db
        return type(self)(opened, self._clock, own=own, tell=self._tell)

    def close(self) -> None:
        """Let go of the connection, if it is this one's own."""
        if self._own:
            self._db.close()

    # ------------------------------------------------------------ claim

    def claim(
        self,
        mailing: Mailing,
        step: Step,
        most: int,
        budgets: Sequence[Budget],
        hold: Hold | None = None,
    ) -> Claim | Wait | None:
        """Take readers of one variant for a request, those who left being left out.

        Returns:
            The claim, whose readers may be none; how long to wait; None where nobody
            is left to claim, or the mailing is not being sent any more.
        """
        now = self._now()
        with self._db.transaction():
            if not self._sending(mailing, step):
                return None
            found = self._db.one(_FIRST, mailing.id, step.number, now)
            if found is None:
                return self._later(mailing, step, now)
            if wait := self._pacing.patience(mailing.id, now):
                return Wait(seconds=wait)
            if budgets:
                self._db.lock("press budgets")
            room = self._pacing.room(mailing, most, budgets, hold, now)
            if not room.most:
                return Wait(seconds=room.wait)
            rows = self._db.all(
                with_rivals(self._db, _PENDING, mailing.id)
                + " "
                + self._db.dialect.claim,
                *(mailing.id, step.number, found[0], now, found[1], room.most),
            )
            rows = rows[: together([row[4] for row in rows])]
            request = RequestId(uuid.uuid4().hex)
            self._skip({row[0]: row[5] for row in rows if row[5]})
            readers = tuple(Claimed(*row[:4]) for row in rows if not row[5])
            if readers:
                self._insert(request, mailing, step, len(readers), room.send_at)
                ids = self._db.dialect.array([each.delivery for each in readers])
                self._db.run(self._reserve, request, ids)
        return Claim(
            request=request,
            mailing=mailing.id,
            step=step.number,
            variant=found[0],
            readers=readers,
            send_at=None if room.send_at is None else moment(room.send_at),
        )

    def _sending(self, mailing: Mailing, step: Step) -> bool:
        row = self._db.one(
            "SELECT 1 FROM mailing m JOIN step t ON t.mailing_id = m.id WHERE m.id = ?"
            " AND m.state = 'sending' AND t.number = ? AND t.state = 'running'",
            *(mailing.id, step.number),
        )
        return row is not None

    def _later(self, mailing: Mailing, step: Step, now: int) -> Wait | None:
        """Say when somebody who was told to wait can be claimed; None for nobody."""
        row = self._db.one(
            "SELECT min(not_before) FROM delivery"
            " WHERE mailing_id = ? AND step = ? AND state = 'pending'",
            *(mailing.id, step.number),
        )
        if row is None or row[0] is None or row[0] <= now:
            return None
        return Wait(seconds=row[0] - now)

    def _insert(
        self,
        request: RequestId,
        mailing: Mailing,
        step: Step,
        count: int,
        send_at: int | None,
    ) -> None:
        now = self._now()
        self._db.run(
            "INSERT INTO request (id, mailing_id, step, state, count, owner, process,"
            " claimed_at, leaves_at) VALUES (?, ?, ?, 'reserved', ?, ?, ?, ?, ?)",
            *(request, mailing.id, step.number, count),
            *(self._db.owner, self._db.process, now),
            now if send_at is None else send_at,
        )

    # ------------------------------------------------------------ mark

    def mark(
        self, claim: Claim, body_hash: str, fence: Fence | None
    ) -> tuple[Claimed, ...] | None:
        """Look a last time at who left, and write that the request is in flight.

        It is on disk when this returns.

        Returns:
            The readers: those of the claim where it is marked now; fewer where some
            left, and nothing is marked; None where the request is not ours any more,
            or the mailing was paused.
        """
        with self._db.transaction():
            self._hold(claim)
            look = with_rivals(self._db, _LAST_LOOK, claim.mailing)
            left = {row[0]: row[1] for row in self._db.all(look, claim.request)}
            if left:
                self._skip(left)
                self._db.run(
                    "UPDATE request SET count = count - ?"
                    " WHERE id = ? AND state = 'reserved'",
                    *(len(left), claim.request),
                )
                return tuple(
                    each for each in claim.readers if each.delivery not in left
                )
            marked = self._db.run(
                "UPDATE request SET state = 'inflight', body_hash = ?, batch = ?,"
                " send_at = ?, started_at = ? WHERE id = ? AND state = 'reserved'"
                " AND owner = ? AND EXISTS (SELECT 1 FROM mailing m"
                "  WHERE m.id = mailing_id AND m.state = 'sending')",
                *(body_hash, fence.batch if fence else ""),
                *(fence.send_at if fence else None, self._now()),
                *(claim.request, self._db.owner),
            )
        return claim.readers if marked else None

    def _hold(self, claim: Claim) -> None:
        """Let nobody of a request leave until the transaction ends, or see that they did.

        Where the edition has another mailing, that one waits for the same readers, too:
        of two that look at once, neither would see that the other is about to send.
        """
        rival = has_rivals(self._db, claim.mailing)
        words = self._db.dialect.sole if rival else self._db.dialect.share
        if words:
            self._db.all(
                "SELECT s.id FROM subscriber s WHERE s.id IN (SELECT subscriber_id"
                f" FROM delivery WHERE request_id = ?) ORDER BY s.id {words}",
                claim.request,
            )

    def release(self, claim: Claim) -> None:
        """Give a claim back that was not marked: nothing of it was sent."""
        with self._db.transaction():
            self._release(claim.request, "given back before it was sent")

    def _release(self, request: str, why: str) -> bool:
        ours = self._db.run(
            "UPDATE request SET state = 'refused', detail = ?, settled_at = ?"
            " WHERE id = ? AND state = 'reserved'",
            *(why, self._now(), request),
        )
        if ours:
            self._settling.move(request, "reserved", "pending")
        return bool(ours)

    # ------------------------------------------------------------ settle

    def settle(self, claim: Claim, outcome: Outcome) -> bool:
        """Write what is known of a request; False where it is not ours any more."""
        parts = parts_of(claim, outcome)
        doubtful = Answer.IN_DOUBT in parts
        state = "in_doubt" if doubtful else "refused"
        if not doubtful and Answer.ACCEPTED in parts:
            state = "accepted"
        with self._db.transaction():
            ours = self._db.run(
                "UPDATE request SET state = ?, status = ?, message_id = ?, detail = ?,"
                " settled_at = ? WHERE id = ? AND state = 'inflight' AND owner = ?",
                *(state, outcome.status, outcome.message_id, outcome.detail),
                *(self._now(), claim.request, self._db.owner),
            )
            if not ours:
                return False
            for answer, readers in parts.items():
                self._settling.settle(claim, answer, readers, outcome)
            if outcome.answer is Answer.FATAL:
                self.pause(claim, outcome.detail)
            if self._tell is not None and outcome.unknown:
                self._tell(self._db, outcome)
            if outcome.answer is Answer.NOT_TAKEN and outcome.wait:
                self._pacing.ask_patience(claim.mailing, outcome.wait, self._now())
        return True

    def pause(self, claim: Claim, why: str) -> bool:
        """Claim nothing more of the mailing until somebody resumes it."""
        changed = self._db.run(
            "UPDATE mailing SET state = 'paused', why = ?, state_at = ?"
            " WHERE id = ? AND state = 'sending'",
            *(why, self._now(), claim.mailing),
        )
        return bool(changed)

    # ------------------------------------------------------------ after a death

    def recover(self, mailing: Mailing) -> int:
        """Take over what dead owners left; return how many requests that were.

        What was only reserved goes back. What was in flight is in doubt: nobody knows
        how far it came.
        """
        taken = 0
        with self._db.transaction():
            for request, state, process, wrote in self._db.all(
                "SELECT d.id, d.state, d.process, coalesce(d.started_at, d.claimed_at)"
                " FROM request d WHERE d.mailing_id = ?"
                " AND d.state IN ('reserved', 'inflight') AND d.owner <> ? "
                + self._db.dialect.claim,
                *(mailing.id, self._db.owner),
            ):
                if self._db.is_alive(process, self._now() - wrote):
                    continue
                if state == "reserved":
                    taken += self._release(request, "its owner died before it was sent")
                else:
                    taken += self._abandon(request)
        return taken

    def _abandon(self, request: str) -> bool:
        doubtful = self._db.run(
            "UPDATE request SET state = 'in_doubt', detail = ?, settled_at = ?"
            " WHERE id = ? AND state = 'inflight'",
            *("its owner died while it was in flight", self._now(), request),
        )
        if doubtful:
            self._settling.move(request, "reserved", "in_doubt")
        return bool(doubtful)

    # ------------------------------------------------------------ pieces

    def _skip(self, gone: dict[int, str]) -> None:
        """Leave readers out; few at a time, so one by one."""
        for number, reason in gone.items():
            self._db.run(
                "UPDATE delivery SET state = 'skipped', reason = ?, request_id = NULL"
                " WHERE id = ? AND state IN ('pending', 'reserved')",
                *(reason, number),
            )

    def _now(self) -> int:
        return stamp(self._clock.now())
