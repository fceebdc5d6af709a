"""Taking back that somebody at the paper said "never write to this address".

Only that: who left, bounced, complained or was erased is brought back by nobody's hand.
"""

from __future__ import annotations

from collections.abc import Callable

from press.adapters.database.connection import Connection
from press.adapters.database.errands import Errands
from press.adapters.database.moment import stamp
from press.adapters.database.reader_rows import AFTERWARDS, Held, ReaderRows
from press.model.subscriber import (
    Cause,
    Standing,
    Status,
    SubscriberId,
    Suppression,
)
from press.ports import Clock

#: Source of what somebody at the paper said. A list that was brought in says "by hand", too,
#: of readers of whom nobody here knows why; that is not lifted.
BY_HAND = "by hand"
SOURCE = "suppression lifted by hand"


class Lifting:
    """Lifts suppressions by hand."""

    def __init__(
        self, connection: Connection, hash_of: Callable[[str], bytes], clock: Clock
    ) -> None:
        """Take the database, what hashes its addresses, and what tells the time."""
        self._db = connection
        self._rows = ReaderRows(connection)
        self._hash_of = hash_of
        self._clock = clock

    def lift(self, email_key: str) -> Suppression | None:
        """Lift the suppression by hand of an address; return what still holds.

        A reader is then what they were before. Where they left or bounced before it or
        meanwhile, that holds on. Any other suppression stays and is returned as it is.
        """
        with self._db.transaction():
            row = self._db.one(
                "SELECT id FROM subscriber WHERE email_key = ?", email_key
            )
            held = None if row is None else self._rows.hold(SubscriberId(row[0]))
            email_hash = self._hash_of(email_key) if held is None else held.email_hash
            barred = self._rows.suppression(email_hash)
            if barred is None or not is_ours(barred):
                return barred
            under = self._rows.overruled(email_hash)
            if under is None:
                self._db.run(
                    "DELETE FROM suppression WHERE email_hash = ? AND cause = 'by-hand'",
                    email_hash,
                )
            else:
                self._put_back(under)
            if held is not None:
                self._be_again(held, under)
            return self._rows.suppression(email_hash)

    def _put_back(self, under: Suppression) -> None:
        self._db.run(
            "UPDATE suppression SET cause = ?, since = ?, source = ?"
            " WHERE email_hash = ? AND cause = 'by-hand'",
            *(under.cause, stamp(under.since), under.source, under.email_hash),
        )
        self._db.run("DELETE FROM overruled WHERE email_hash = ?", under.email_hash)

    def _be_again(self, held: Held, under: Suppression | None) -> None:
        """Let a reader be what they were, or what they became by what holds on."""
        ((before,),) = self._db.all(
            "SELECT before_hand FROM subscriber WHERE id = ?", held.id
        )
        if under is not None:
            after = AFTERWARDS[under.cause]
            self._rows.set_status(held.id, after, under.since, under.source)
        elif before:
            now = self._clock.now()
            self._rows.set_status(held.id, Status(before), now, SOURCE)
            Errands(self._db).release(held.id, stamp(now))
            for name, standing in self._standings_before(held.id):
                self._rows.stand(held.id, name, standing, now)

    def _standings_before(self, reader: SubscriberId) -> list[tuple[str, Standing]]:
        rows = self._db.all(
            "SELECT l.name, m.before_hand FROM membership m JOIN list l"
            " ON l.id = m.list_id WHERE m.subscriber_id = ? AND m.before_hand <> ''"
            " ORDER BY l.id",
            reader,
        )
        return [(name, Standing(standing)) for name, standing in rows]


def is_ours(barred: Suppression) -> bool:
    """Whether it was said by somebody at the paper, and can be taken back."""
    return (barred.cause, barred.source) == (Cause.BY_HAND, BY_HAND)
