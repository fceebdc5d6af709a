"""Settling: what an answer says of a request's readers is written of each of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from press.adapters.database.connection import Connection
from press.adapters.database.moment import stamp
from press.model.mailing import Answer, Claim, Outcome
from press.ports import Clock

#: How often a mailbox may say "later" before the reader counts as failed.
PATIENCE = 12
LATER = 300


class Settling:
    """Moves deliveries of a request on, within the transaction that settles it."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._db, self._clock = connection, clock

    def settle(
        self, claim: Claim, answer: Answer, readers: Sequence[int], outcome: Outcome
    ) -> None:
        """Move readers of a request on by what is known of them."""
        request = claim.request
        whole = len(readers) == len(claim.readers)
        ids = None if whole else readers
        match answer:
            case Answer.ACCEPTED:
                self.move(request, "reserved", "accepted", ids)
            case Answer.IN_DOUBT:
                self.move(request, "reserved", "in_doubt", ids)
            case Answer.NOT_TAKEN if not whole or any(
                each in outcome.parts for each in readers
            ):
                wait = outcome.wait or LATER
                told = [each for each in readers if each not in outcome.untried]
                self._put_off(request, told, wait)
                self._let_wait(request, outcome.untried.intersection(readers), wait)
            case Answer.NOT_TAKEN | Answer.FATAL:
                self.move(request, "reserved", "pending", ids)
            case Answer.REJECTED:
                self._reject(claim, readers, outcome)

    def _reject(self, claim: Claim, readers: Sequence[int], outcome: Outcome) -> None:
        """Fail those who were refused by name; halve what was refused as a whole."""
        named = [number for number in readers if number in outcome.parts]
        for number in named or (readers if len(readers) == 1 else ()):
            reason = outcome.parts[number][1] if named else outcome.detail
            self._db.run(
                "UPDATE delivery SET state = 'failed', reason = ?"
                " WHERE id = ? AND request_id = ? AND state = 'reserved'",
                *(reason, number, claim.request),
            )
        if named:
            # The others were refused along with them, and are as good as before.
            self.move(claim.request, "reserved", "pending", readers)
        elif len(readers) > 1:
            least = self._db.dialect.least
            self._db.run(
                "UPDATE delivery SET state = 'pending', request_id = NULL,"
                f" most = {least}(most, ?) WHERE request_id = ? AND state = 'reserved'",
                *(len(readers) // 2, claim.request),
            )

    def _put_off(self, request: str, readers: Sequence[int], wait: float) -> None:
        """Let readers wait whose mailbox said so; fail those who waited too often."""
        among, ids = self._db.dialect.among, self._db.dialect.array(readers)
        self._db.run(
            "UPDATE delivery SET state = 'failed', reason = 'deferred too often'"
            " WHERE request_id = ? AND state = 'reserved' AND deferrals + 1 >= ?"
            f" AND id {among}",
            *(request, PATIENCE, ids),
        )
        self._db.run(
            "UPDATE delivery SET state = 'pending', request_id = NULL,"
            " deferrals = deferrals + 1, not_before = ? + ? * (deferrals + 1)"
            f" WHERE request_id = ? AND state = 'reserved' AND id {among}",
            *(stamp(self._clock.now()), int(wait), request, ids),
        )

    def _let_wait(self, request: str, readers: Collection[int], wait: float) -> None:
        """Let readers wait because of another: it is not held against them."""
        among, ids = self._db.dialect.among, self._db.dialect.array(sorted(readers))
        self._db.run(
            "UPDATE delivery SET state = 'pending', request_id = NULL, not_before = ?"
            f" WHERE request_id = ? AND state = 'reserved' AND id {among}",
            *(stamp(self._clock.now()) + int(wait), request, ids),
        )

    def move(
        self, request: str, before: str, after: str, ids: Sequence[int] | None = None
    ) -> None:
        """Move deliveries of a request on, all of them or some."""
        free = ", request_id = NULL" if after == "pending" else ""
        sql = f"UPDATE delivery SET state = ?{free} WHERE request_id = ? AND state = ?"
        if ids is None:
            self._db.run(sql, after, request, before)
        else:
            array = self._db.dialect.array(ids)
            sql += f" AND id {self._db.dialect.among}"
            self._db.run(sql, after, request, before, array)


def parts_of(claim: Claim, outcome: Outcome) -> dict[Answer, list[int]]:
    """Return the readers by what is known of each."""
    if not outcome.parts:
        return {outcome.answer: [each.delivery for each in claim.readers]}
    found: dict[Answer, list[int]] = {}
    for each in claim.readers:
        part = outcome.parts.get(each.delivery)
        found.setdefault(part[0] if part else outcome.answer, []).append(each.delivery)
    return found
