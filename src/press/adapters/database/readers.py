"""The book of readers: who they are, what they asked for, how they leave.

Whoever leaves is changed in three places, in one transaction: the reader's row, their
standing on lists, and the suppression. The reader's row is always written, also where
nothing in it changes: a send that holds it (FOR SHARE) for its last look, and the
leaving, then wait for each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from press.adapters.database.connection import Connection
from press.adapters.database.dossier import everything_about
from press.adapters.database.erasure import compact, erase
from press.adapters.database.errands import Errands
from press.adapters.database.moment import stamp
from press.adapters.database.reader_rows import (
    AFTERWARDS,
    COLUMNS,
    Held,
    ReaderRows,
    consent_of,
    reader_of,
)
from press.model.admission import Admission, Entry
from press.model.subscriber import (
    Basis,
    Cause,
    Consent,
    ListName,
    NewSubscriber,
    PublicId,
    Standing,
    Status,
    Subscriber,
    SubscriberId,
    Suppression,
)
from press.ports import Clock


class ReaderBook:
    """The readers in a database."""

    def __init__(
        self, connection: Connection, hash_of: Callable[[str], bytes], clock: Clock
    ) -> None:
        """Open the book.

        Args:
            connection: The database.
            hash_of: Keyed hash of an address's key: `Secret.hash_of`.
            clock: Tells the time of what is written.
        """
        self._db = connection
        self._rows = ReaderRows(connection)
        self._errands = Errands(connection)
        self._hash_of = hash_of
        self._clock = clock

    # Looking up

    def find(self, email_key: str) -> Subscriber | None:
        """Return the reader with an address, by its key; None for nobody."""
        return self._one("s.email_key = ?", email_key)

    def by_public_id(self, public_id: PublicId) -> Subscriber | None:
        """Return the reader with a public name, also an erased one; None for nobody."""
        return self._one("s.public_id = ?", public_id)

    def by_id(self, reader: SubscriberId) -> Subscriber | None:
        """Return the reader with a number; None for nobody."""
        return self._one("s.id = ?", reader)

    def suppression(self, email_key: str) -> Suppression | None:
        """Return why an address must not be written to; None where it may be."""
        return self._rows.suppression(self._hash_of(email_key))

    def consents(self, reader: SubscriberId) -> tuple[Consent, ...]:
        """Return what a reader agreed to, first to last."""
        rows = self._db.all(
            "SELECT basis, source, given_at, list_name FROM consent"
            " WHERE subscriber_id = ? ORDER BY id",
            reader,
        )
        return tuple(map(consent_of, rows))

    def lists(self) -> Mapping[ListName, str]:
        """Return all lists, with the titles that readers see."""
        rows = self._db.all("SELECT name, title FROM list ORDER BY id")
        return {ListName(name): title for name, title in rows}

    def everything(self, reader: SubscriberId) -> str:
        """Return all that is known of a reader, as JSON, for the reader."""
        return everything_about(self._db, reader)

    # Coming in

    def name_lists(self, titles: Mapping[ListName, str]) -> None:
        """Write down lists and the titles that readers see; others stay."""
        with self._db.transaction():
            for name, title in titles.items():
                self._db.run(
                    "INSERT INTO list (name, title) VALUES (?, ?)"
                    " ON CONFLICT (name) DO UPDATE SET title = excluded.title"
                    " WHERE list.title <> excluded.title",
                    name,
                    title,
                )

    def add(self, new: NewSubscriber) -> Admission:
        """Add a reader whom the paper brings, or what is new of a known one.

        Whoever left, bounced, complained or was erased stays out, and whoever withdrew
        from a list stays off it: only readers themselves come back (`ask`, `confirm`).
        """
        with self._db.transaction():
            if barred := self._kept_out(new, comes_back=frozenset()):
                return barred
            held, entry = self._entered(new)
            if entry is Entry.KNOWN:
                self._rows.complete(held.id, new)
            now = self._clock.now()
            if new.confirmed and held.status is not Status.ACTIVE:
                self._rows.set_status(held.id, Status.ACTIVE, now, new.consent.source)
            wanted = Standing.CONFIRMED if new.confirmed else Standing.UNCONFIRMED
            standings = self._rows.standings(held.id)
            for name in new.lists:
                if standings.get(name) in {None, Standing.UNCONFIRMED}:
                    self._rows.stand(held.id, name, wanted, now)
            for tag in sorted(new.tags):
                self._rows.attach(held.id, tag)
            self._rows.agree(held.id, new.consent, now)
            return Admission(entry=entry, id=held.id, public_id=held.public_id)

    def ask(self, new: NewSubscriber) -> Admission:
        """Write down that somebody typed an address into a form: not confirmed.

        A reader who left by their own wish may ask again: they are pending, and still
        suppressed, until they confirm. Of a known reader nothing but lists is taken,
        for anybody can type their address.
        """
        with self._db.transaction():
            if barred := self._kept_out(
                new, comes_back=frozenset({Cause.UNSUBSCRIBED})
            ):
                return barred
            held, entry = self._entered(new)
            now = self._clock.now()
            if held.status is not Status.ACTIVE or entry is Entry.NEW:
                source = new.consent.source
                self._rows.set_status(held.id, Status.PENDING, now, source)
            standings = self._rows.standings(held.id)
            for name in new.lists:
                if standings.get(name) is not Standing.CONFIRMED:
                    self._rows.stand(held.id, name, Standing.UNCONFIRMED, now)
            self._rows.agree(held.id, new.consent, now)
            return Admission(entry=entry, id=held.id, public_id=held.public_id)

    def confirm(self, reader: SubscriberId, *, source: str) -> bool:
        """Take a reader's word that they asked; return whether they had asked.

        Lifts a suppression of those who once left, and no other. Twice is once.
        """
        with self._db.transaction():
            held = self._rows.hold(reader)
            if held is None or held.status not in {Status.PENDING, Status.ACTIVE}:
                return False
            barred = self._rows.suppression(held.email_hash)
            if barred is not None and barred.cause is not Cause.UNSUBSCRIBED:
                return False
            standings = self._rows.standings(reader)
            asked = [
                name
                for name, standing in standings.items()
                if standing is Standing.UNCONFIRMED
            ]
            if held.status is Status.ACTIVE and not asked:
                return True
            self._db.run(
                "DELETE FROM suppression WHERE email_hash = ?", held.email_hash
            )
            self._errands.release(reader, stamp(self._clock.now()))
            self._rows.set_status(reader, Status.ACTIVE, self._clock.now(), source)
            self._stand_by_choice(reader, asked, source)
            return True

    def choose(
        self, reader: SubscriberId, lists: Iterable[ListName], *, source: str
    ) -> bool:
        """Put a reader on just these lists, by their own choice; on none, they leave.

        Returns:
            Whether it could be done: only the active choose.
        """
        wanted = set(lists)
        if not wanted:
            return self.leave(reader, source=source)
        with self._db.transaction():
            held = self._rows.hold(reader)
            if held is None or held.status is not Status.ACTIVE:
                return False
            standings = self._rows.standings(reader)
            for name in sorted(standings.keys() - wanted):
                self._rows.stand(reader, name, Standing.WITHDRAWN, self._clock.now())
            new = [
                name
                for name in self.lists()
                if name in wanted and standings.get(name) is not Standing.CONFIRMED
            ]
            self._stand_by_choice(reader, new, source)
            return True

    def rename(self, reader: SubscriberId, name: str) -> bool:
        """Take the name that a reader gives; return whether there is such a reader."""
        sql = "UPDATE subscriber SET name = ? WHERE id = ? AND status <> 'erased'"
        return self._db.run(sql, name, reader) == 1

    # Leaving

    def leave(self, reader: SubscriberId, *, source: str) -> bool:
        """Let a reader go, from all lists; return whether there is such a reader.

        Twice is once; those who cannot be written to anyway stay what they are.
        """
        return self.part(reader, Cause.UNSUBSCRIBED, source=source)

    def bounce(
        self, reader: SubscriberId, *, source: str, at: dt.datetime | None = None
    ) -> bool:
        """Write down that an address takes no mail; return whether there is a reader."""
        return self.part(reader, Cause.BOUNCED, source=source, at=at)

    def part(
        self,
        reader: SubscriberId,
        cause: Cause,
        *,
        source: str,
        at: dt.datetime | None = None,
        told: bool = False,
    ) -> bool:
        """Never write to a reader again, for a cause; return whether there is one.

        A provider that still has mail for them is asked to withhold it: see `Errands`.

        Args:
            reader: Their number.
            cause: Why; a weaker cause never takes the place of a stronger one.
            source: Who or what said so; never an address.
            at: Since when; now where it is not given.
            told: Whether it was the provider who said so, and need not be asked.
        """
        with self._db.transaction():
            held = self._rows.hold(reader)
            if held is None:
                return False
            if held.status is not Status.ERASED:
                since = at or self._clock.now()
                if not told and cause is not Cause.BOUNCED:
                    self._errands.withhold(reader, stamp(self._clock.now()))
                barred = self._rows.suppression(held.email_hash)
                if cause is Cause.BY_HAND and not (barred and barred.cause is cause):
                    self._rows.put_aside(reader)
                self._rows.suppress(held.email_hash, cause, since, source)
                barred = self._rows.suppression(held.email_hash)
                if barred is not None:  # The cause that holds, and since when.
                    after = AFTERWARDS[barred.cause]
                    self._rows.set_status(reader, after, barred.since, barred.source)
                self._rows.withdraw(reader, since)
            return True

    def suppress(
        self,
        email_key: str,
        cause: Cause,
        *,
        source: str,
        at: dt.datetime | None = None,
    ) -> SubscriberId | None:
        """Never write to an address again, whether it is a reader's or nobody's.

        Returns:
            The reader's number; None where it is nobody's.
        """
        with self._db.transaction():
            row = self._db.one(
                "SELECT id FROM subscriber WHERE email_key = ?", email_key
            )
            if row is not None:
                self.part(row[0], cause, source=source, at=at)
                return SubscriberId(row[0])
            since = at or self._clock.now()
            self._rows.suppress(self._hash_of(email_key), cause, since, source)
            return None

    def erase(self, reader: SubscriberId, *, source: str) -> bool:
        """Forget everything about a reader, but the hash that keeps them out.

        Places that the database will write over still hold the address: call `compact`
        afterwards. Where a provider is to be asked to forget them, too, that errand has
        the address until it is run.

        Returns:
            Whether there is such a reader.
        """
        with self._db.transaction():
            held = self._rows.hold(reader)
            if held is None:
                return False
            if held.status is not Status.ERASED:
                now = self._clock.now()
                self._rows.suppress(held.email_hash, Cause.ERASED, now, source)
                self._errands.withhold(reader, stamp(now))
                self._errands.forget(reader, stamp(now))
                erase(self._db, reader, stamp(now))
            return True

    def compact(self) -> None:
        """Write the database anew, without what was erased.

        Raises:
            BusyError: Another process is at work in it; try again.
        """
        compact(self._db)

    # Within a transaction

    def _one(self, condition: str, value: object) -> Subscriber | None:
        row = self._db.one(
            f"SELECT {COLUMNS} FROM subscriber s WHERE {condition}",
            value,
        )
        if row is None:
            return None
        return reader_of(row, self._rows.standings(row[0]), self._rows.tags(row[0]))

    def _kept_out(
        self, new: NewSubscriber, *, comes_back: frozenset[Cause]
    ) -> Admission | None:
        """Return the answer to those who stay out; None for all others."""
        barred = self.suppression(new.email_key)
        if barred is None or barred.cause in comes_back:
            return None
        row = self._db.one(
            "SELECT id, public_id FROM subscriber WHERE email_key = ?", new.email_key
        )
        number, public_id = row or (None, None)
        return Admission(
            entry=Entry.STAYS_OUT, id=number, public_id=public_id, suppression=barred
        )

    def _entered(self, new: NewSubscriber) -> tuple[Held, Entry]:
        row = self._db.one(
            "SELECT 1 FROM subscriber WHERE email_key = ?", new.email_key
        )
        email_hash = self._hash_of(new.email_key)
        held = self._rows.enter(new, email_hash, self._clock.now())
        return held, Entry.NEW if row is None else Entry.KNOWN

    def _stand_by_choice(
        self, reader: SubscriberId, lists: Iterable[str], source: str
    ) -> None:
        """Put a reader on lists, and write down that it was their own word."""
        now = self._clock.now()
        names = tuple(lists)
        for name in names:
            self._rows.stand(reader, name, Standing.CONFIRMED, now)
        for name in names or ("",):
            consent = Consent(
                basis=Basis.CONSENT, source=source, given_at=now, list_name=name
            )
            self._rows.agree(reader, consent, now)
