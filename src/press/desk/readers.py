"""Readers at the desk: counted, looked up, listed, let go."""

from __future__ import annotations

import csv
import datetime as dt
import email.parser
import email.policy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from press.adapters.database.errands import Errands
from press.adapters.database.lifting import BY_HAND, Lifting, is_ours
from press.adapters.database.mailings import Mailings
from press.adapters.database.roll import Listed, Roll
from press.audience.address import check, key, masked
from press.audience.explain import explain
from press.audience.importing.values import protected
from press.desk.books import Books
from press.desk.counter import Purpose
from press.desk.private import private_text
from press.desk.segments import read_rule, read_segments
from press.model.errors import BusyError, ManifestError, NotReadyError
from press.model.finding import Checked, Place
from press.model.house import House
from press.model.segment import Segment, SegmentRule
from press.model.segment_rule import Asked, Everybody, Rule
from press.model.subscriber import (
    Cause,
    PublicId,
    Standing,
    Status,
    Subscriber,
    Suppression,
)
from press.ports import Clock

SAMPLES = 5
#: What comes before the token in the subject of a mail that unsubscribes.
_TOKEN = re.compile(r"[0-9a-f]{32}\.[A-Za-z0-9_-]{22}")
#: A mail to the address that unsubscribes is short; what is longer is something else.
LONGEST_MAIL = 1 << 20
_STAYS = "this stays so, whatever anybody at the paper wishes"
#: How those come back who are suppressed for another cause than by hand.
_HOW_BACK = {
    Cause.UNSUBSCRIBED: "they come back by themselves: by the form, and the link in a mail",
    Cause.BY_HAND: "a list that was brought in said so, and nobody here knows why",
    Cause.BOUNCED: _STAYS,
    Cause.COMPLAINED: _STAYS,
    Cause.ERASED: _STAYS,
}
_COLUMNS = (
    "public_id",
    "email",
    "name",
    "lang",
    "timezone",
    "status",
    "status_since",
    "joined",
    "lists",
    "tags",
    "basis",
    "source",
    "given",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentView:
    """A segment as it is shown.

    Attributes:
        name: Its name.
        meaning: Its rule in plain words.
        count: How many active readers it means.
        samples: A few of their addresses, masked.
    """

    name: Segment
    meaning: str
    count: int
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderDesk:
    """The desk for readers.

    Attributes:
        books: The paper's books, open.
        house: The paper's own facts.
        clock: Tells the time that days are counted from.
    """

    books: Books
    house: House
    clock: Clock

    @property
    def roll(self) -> Roll:
        """The roll of readers, as of now."""
        zone = ZoneInfo(self.house.timezone)
        return Roll(self.books.connection, Asked(now=self.clock.now(), zone=zone))

    def rule(self, text: str) -> Checked[Rule]:
        """Read a rule that was typed; the name of a segment is its rule."""
        if not text:
            return Checked(value=Everybody())
        for given in self.house.segment_rules:
            if given.name == text:
                return read_rule(given, self.house)
        typed = SegmentRule(name=Segment(""), text=text, place=Place(source=text))
        return read_rule(typed, self.house)

    def segments(self) -> Checked[tuple[SegmentView, ...]]:
        """Return every segment with its meaning, its number and a few of its readers."""
        read = read_segments(self.house)
        views = tuple(
            self.view(name, rule) for name, rule in (read.value or {}).items()
        )
        return Checked(value=views, findings=read.findings)

    def view(self, name: Segment, rule: Rule) -> SegmentView:
        """Return what a rule means, how many readers it means, and a few of them."""
        roll = self.roll
        return SegmentView(
            name=name,
            meaning=explain(rule),
            count=roll.count(rule),
            samples=tuple(map(masked, roll.sample(rule, SAMPLES))),
        )

    def find(self, who: str) -> Subscriber:
        """Return the reader with an address or a public name.

        Raises:
            ManifestError: There is none.
        """
        readers = self.books.readers
        found = (
            readers.find(key(who.strip()))
            if "@" in who
            else readers.by_public_id(PublicId(who.strip()))
        )
        if found is None:
            shown = masked(who) if "@" in who else who
            raise ManifestError(f"there is no reader {shown}")
        return found

    def export(self, rule: Rule | None, file: Path) -> int:
        """Write readers to a file that a spreadsheet opens safely; return how many.

        Raises:
            CannotWriteError: It cannot be written.
        """
        fields = self._fields(rule)
        count = 0
        with private_text(file) as stream:
            writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
            writer.writerow((*_COLUMNS, *(f"field.{name}" for name in fields)))
            for listed in self.roll.readers(rule):
                cells = (*_cells(listed), *_own(listed.reader, fields))
                writer.writerow(map(protected, cells))
                count += 1
        return count

    def _fields(self, rule: Rule | None) -> tuple[str, ...]:
        """Return the names of all further fields; the columns must stand before them."""
        found: dict[str, None] = {}
        for listed in self.roll.readers(rule):
            found.update(dict.fromkeys(listed.reader.attributes))
        return tuple(sorted(found))

    def leave_by_mail(self, mail: bytes) -> bool:
        """Let the reader go who sent a mail to the address that unsubscribes.

        The token stands in the subject, as the link of the mail's header asks for it.

        Returns:
            Whether the mail held a token of ours.
        """
        parser = email.parser.BytesHeaderParser(policy=email.policy.default)
        subject = str(parser.parsebytes(mail[:LONGEST_MAIL]).get("Subject", ""))
        for token in _TOKEN.findall(subject):
            public_id = self.books.secret.read(token, Purpose.UNSUBSCRIBE)
            found = public_id and self.books.readers.by_public_id(public_id)
            if found:
                return self.books.readers.leave(found.id, source="mail to unsubscribe")
        return False

    def suppress(self, address: str, cause: Cause, who: str) -> bool:
        """Never write to an address again; return whether it is a reader's.

        Raises:
            AddressError: It is none.
        """
        readers, email_key = self.books.readers, key(check(address.strip()))
        with self.books.connection.transaction():
            known = readers.suppress(email_key, cause, source=BY_HAND)
            self._note(who, f"suppressed an address: {cause}", email_key)
        return known is not None

    def lift(self, address: str, who: str) -> Suppression | None:
        """Take back that an address was suppressed by hand; return what still holds.

        Raises:
            NotReadyError: It was not, or for another cause, which nobody here can lift.
        """
        email_key, shown = key(address.strip()), masked(address.strip())
        lifting = Lifting(self.books.connection, self.books.secret.hash_of, self.clock)
        with self.books.connection.transaction():
            barred = self.books.readers.suppression(email_key)
            if barred is None:
                raise NotReadyError(f"{shown} is not suppressed")
            if not is_ours(barred):
                message = f"{shown}: {barred.cause} since {barred.since:%Y-%m-%d}"
                raise NotReadyError(message, hint=_HOW_BACK[barred.cause])
            holds = lifting.lift(email_key)
            self._note(who, "lifted a suppression by hand", email_key)
        return holds

    def _note(self, who: str, what: str, email_key: str) -> None:
        """Write down who did what to whom: a reader's public name, or a hash's letters."""
        found = self.books.readers.find(email_key)
        whom = (
            self.books.secret.hash_of(email_key).hex()[:16]
            if found is None
            else found.public_id
        )
        Mailings(self.books.connection, self.clock).note(who, what, whom)

    def erase(self, reader: Subscriber) -> dt.datetime | None:
        """Forget a reader, in the database's files, too.

        Returns:
            From when a provider is asked to forget them; None where none knows them.

        Raises:
            BusyError: Another process is at work; their address is still in the files.
        """
        self.books.readers.erase(reader.id, source="asked for")
        try:
            self.books.readers.compact()
        except BusyError as busy:
            raise BusyError(
                f"{reader.public_id} is forgotten, and {busy}",
                hint=f"run press readers erase {reader.public_id} when nothing is sent",
            ) from busy
        return Errands(self.books.connection).forgets_at(reader.id)


def _cells(listed: Listed) -> tuple[str, ...]:
    reader, consent = listed.reader, listed.consent
    confirmed = (
        name
        for name, standing in reader.lists.items()
        if standing is Standing.CONFIRMED
    )
    return (
        reader.public_id,
        reader.email,
        reader.name,
        reader.lang,
        reader.timezone,
        reader.status,
        reader.status_at.isoformat(),
        reader.joined_at.isoformat(),
        " ".join(confirmed),
        ",".join(_quoted(tag) for tag in sorted(reader.tags)),
        consent.basis if consent else "",
        consent.source if consent else "",
        consent.given_at.isoformat() if consent else "",
    )


def _own(reader: Subscriber, fields: tuple[str, ...]) -> Iterator[str]:
    return (reader.attributes.get(name, "") for name in fields)


def _quoted(tag: str) -> str:
    doubled = tag.replace('"', '""')
    return f'"{doubled}"' if {",", '"'} & set(tag) else tag


def counted(statuses: Mapping[Status, int]) -> str:
    """Say how many readers there are of each status."""
    said = (f"{count:,} {status}" for status, count in statuses.items() if count)
    return ", ".join(said) or "no readers"
