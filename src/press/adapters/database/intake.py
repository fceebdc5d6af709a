"""A list of readers, taken into the books: all of it, or nothing.

Rows are first put aside in tables of this connection's own, which nobody else sees and
which go when it ends. Only when all of them were read does one transaction bring them
into the books: a list that is broken off leaves nothing, and a send that is going on
waits only for the end.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice

from press.adapters.database.arrivals import (
    CLOSE,
    DOUBLES,
    FORGET_DOUBLES,
    FORGET_LEFT,
    LEFT,
    OPEN,
    SORT,
    WITH_INDEXES,
    WITHDRAWN,
    WITHOUT_INDEXES,
    steps,
)
from press.adapters.database.connection import Connection
from press.adapters.database.dialect import SQLITE
from press.adapters.database.errands import Errands
from press.adapters.database.moment import moment, stamp
from press.adapters.database.reader_rows import ReaderRows, attributes_text
from press.model.finding import Severity
from press.model.importing import Arrival, Departure, ImportCounts, Remark, Row
from press.model.subscriber import Cause, ListName, NewSubscriber
from press.ports import Clock

BATCH = 1000
#: Kilobytes of cache: while a list is taken, and else (SQLite's own).
MUCH, USUAL = 3_000, 2_000
#: Rows of a list that is long.
LONG = 20_000
#: Octets of a public name.
_NAME = 16
_SAID = {
    Cause.UNSUBSCRIBED: "left on {}",
    Cause.BOUNCED: "has an address that took no mail any more on {}",
    Cause.COMPLAINED: "called a mail spam on {}",
    Cause.ERASED: "was erased on {}",
    Cause.BY_HAND: "was suppressed by the paper on {}",
}


class _UndoneError(Exception):
    """Nothing of the transaction is to be kept."""


class Intake:
    """One list on its way into the books. Close it, or use it in a `with` statement."""

    def __init__(
        self, connection: Connection, hash_of: Callable[[str], bytes], clock: Clock
    ) -> None:
        """Make room for a list.

        Args:
            connection: The database.
            hash_of: Keyed hash of an address's key: `Secret.hash_of`.
            clock: Tells the time of what is written.
        """
        self._db = connection
        self._hash_of = hash_of
        self._clock = clock
        self._rows = ReaderRows(connection)
        self._departures = 0
        self._cache(MUCH)
        for statement in OPEN:
            connection.run(connection.dialect.table(statement))

    def close(self) -> None:
        """Forget what was put aside."""
        for statement in CLOSE:
            self._db.run(statement)
        self._cache(USUAL)

    def __enter__(self) -> Intake:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Forget what was put aside."""
        self.close()

    def stage(self, rows: Iterable[Row]) -> Iterator[int]:
        """Put rows aside; yield how many they are, batch by batch."""
        stream = iter(rows)
        while batch := list(islice(stream, BATCH)):
            arrivals = [row for row in batch if isinstance(row, Arrival)]
            departures = [row for row in batch if isinstance(row, Departure)]
            remarks = [row for row in batch if isinstance(row, Remark)]
            with self._db.transaction():
                self._put_arrivals(arrivals)
                self._put_departures(departures)
                self._remark(remarks)
            self._departures += len(departures)
            yield len(batch)

    def settle(
        self, lists: Iterable[ListName], *, partial: bool, dry: bool
    ) -> ImportCounts:
        """Bring what was put aside into the books, in one transaction.

        Args:
            lists: Lists to put the readers on.
            partial: Whether the good rows are kept where others were refused.
            dry: Whether to keep nothing, and only count.
        """
        names = tuple(lists)
        # What is said of rows must be there also when nothing else is kept.
        with self._db.transaction():
            self._tell_who_left()
            for statement in SORT:
                self._db.run(statement)
            self._tell_doubles()
            for name in names:
                self._tell_withdrawn(name)
        kept = not dry and (partial or not self._refused())
        new = known = 0
        with suppress(_UndoneError), self._db.transaction():
            new, known = self._bring(names)
            if not kept:
                raise _UndoneError
        return ImportCounts(
            new=new,
            known=known,
            suppressed=self._departures,
            remarks=self._counted(),
            kept=kept,
        )

    def remarks(self) -> Iterator[Remark]:
        """Yield all that is to be said of rows, in the order of the file."""
        last = (0, "")
        while True:
            rows = self._db.all(
                "SELECT line, code, severity, message FROM import_remark"
                " WHERE line > ? OR (line = ? AND code > ?)"
                " ORDER BY line, code LIMIT ?",
                last[0],
                last[0],
                last[1],
                BATCH,
            )
            if not rows:
                return
            for line, code, severity, message in rows:
                yield Remark(line, code, Severity(severity), message)
            last = (rows[-1][0], rows[-1][1])

    # Putting aside

    def _put_arrivals(self, arrivals: list[Arrival]) -> None:
        names = os.urandom(_NAME * len(arrivals)).hex()
        width = 2 * _NAME
        self._db.many(
            "INSERT INTO import_arrival VALUES"
            " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    line,
                    names[width * turn : width * (turn + 1)],
                    reader.email,
                    reader.email_key,
                    self._hash_of(reader.email_key),
                    *_columns(reader),
                )
                for turn, (line, reader) in enumerate(arrivals)
            ),
        )
        tags = [(row.line, tag) for row in arrivals for tag in row.reader.tags]
        if tags:
            self._db.many("INSERT INTO import_tag VALUES (?, ?)", tags)

    def _put_departures(self, departures: list[Departure]) -> None:
        if departures:
            self._db.many(
                "INSERT INTO import_departure VALUES (?, ?, ?, ?, ?)",
                (
                    (
                        row.line,
                        self._hash_of(row.email_key),
                        row.cause,
                        stamp(row.since),
                        row.source,
                    )
                    for row in departures
                ),
            )

    def _remark(self, remarks: Iterable[Remark]) -> None:
        rows = [(row.line, row.code, row.severity, row.message) for row in remarks]
        if rows:
            self._db.many(
                "INSERT INTO import_remark VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                rows,
            )

    # Bringing in

    def _bring(self, lists: tuple[ListName, ...]) -> tuple[int, int]:
        """Take everything through all steps; return how many are new and known."""
        now = stamp(self._clock.now())
        todo = steps(self._db.dialect)
        if self._departures:
            Errands(self._db).withhold_departed(now)
        for statement in todo.departures if self._departures else ():
            self._db.run(statement)
        self._db.run(FORGET_LEFT)  # Somebody may have left since they were told.
        ((before,),) = self._db.all("SELECT count(*) FROM subscriber")
        self._write(todo.readers, now, before)
        ((after,),) = self._db.all("SELECT count(*) FROM subscriber")
        found = self._db.run(todo.found)
        for name in lists:
            self._db.run(todo.memberships, self._rows.list_number(name), now)
        self._db.run(todo.tags)
        self._db.run(todo.consents, now)
        return after - before, found - (after - before)

    def _write(self, readers: str, now: int, before: int) -> None:
        """Write the readers down; a long list without the indexes that hold it up."""
        ((arrived,),) = self._db.all("SELECT count(*) FROM import_arrival")
        long = self._db.dialect is SQLITE and arrived > max(LONG, before)
        for statement in WITHOUT_INDEXES if long else ():
            self._db.run(statement)
        self._db.run(readers, now)
        for statement in WITH_INDEXES if long else ():
            self._db.run(statement)

    def _cache(self, kilobytes: int) -> None:
        """Say how much memory SQLite may use.

        A list is in no order that the indexes have: with little, every other row waits
        for the disk.
        """
        if self._db.dialect is SQLITE:
            self._db.run(f"PRAGMA cache_size = -{kilobytes}")

    def _tell_who_left(self) -> None:
        last = 0
        while rows := self._db.all(LEFT, last, BATCH):
            self._remark(
                Remark(line, "list.left", Severity.WARNING, _left(Cause(cause), since))
                for line, cause, since in rows
            )
            last = rows[-1][0]
        if last:
            self._db.run(FORGET_LEFT)

    def _tell_doubles(self) -> None:
        last = 0
        while rows := self._db.all(DOUBLES, last, BATCH):
            self._remark(
                Remark(
                    line,
                    "list.twice",
                    Severity.NOTE,
                    f"the same reader as on line {first}, whose row is taken",
                )
                for line, first in rows
            )
            last = rows[-1][0]
        if last:
            for statement in FORGET_DOUBLES:
                self._db.run(statement)

    def _tell_withdrawn(self, name: ListName) -> None:
        last = 0
        while rows := self._db.all(WITHDRAWN, name, last, BATCH):
            self._remark(
                Remark(
                    line,
                    "list.left",
                    Severity.WARNING,
                    f"this reader left the list {name} on {_day(since)} and stays off it",
                )
                for line, since in rows
            )
            last = rows[-1][0]

    def _refused(self) -> bool:
        return (
            self._db.one("SELECT 1 FROM import_remark WHERE severity = 'error' LIMIT 1")
            is not None
        )

    def _counted(self) -> dict[tuple[str, Severity], int]:
        rows = self._db.all(
            "SELECT code, severity, count(*) FROM import_remark"
            " GROUP BY code, severity ORDER BY code, severity"
        )
        return {(code, Severity(severity)): count for code, severity, count in rows}


def _columns(reader: NewSubscriber) -> tuple[object, ...]:
    return (
        reader.name,
        reader.lang,
        reader.timezone,
        "active" if reader.confirmed else "pending",
        stamp(reader.joined_at),
        reader.consent.basis.value,
        reader.consent.source,
        stamp(reader.consent.given_at),
        attributes_text(reader.attributes),
    )


def _left(cause: Cause, since: int) -> str:
    return f"this reader {_SAID[cause].format(_day(since))} and stays out"


def _day(stored: int) -> str:
    day = moment(stored)
    return f"{day.day} {day:%B %Y}"
