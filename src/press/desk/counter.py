"""The counter: what readers and providers can do by the web.

Readers leave, choose, confirm and ask; providers tell what became of mails.

Nothing here shows an address whole, and nothing tells whether an address is known.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from press.adapters.database import Connection
from press.adapters.database.events import EventBook
from press.adapters.database.migrate import migrations
from press.adapters.database.pool import ConnectionPool
from press.adapters.database.readers import ReaderBook
from press.adapters.jinja import JinjaTemplates
from press.adapters.webhook import SignedEvents
from press.audience import address
from press.desk.books import Books
from press.events.effects import effect_of
from press.events.sendgrid import MOST, BatchError, Refusal, read_events
from press.model.digest import MailPalette
from press.model.errors import PressError
from press.model.house import House
from press.model.subscriber import (
    NOBODY,
    OWN_WORD,
    Basis,
    Consent,
    ListName,
    NewSubscriber,
    Standing,
    Status,
    Subscriber,
)
from press.ports import Clock

log = logging.getLogger(__name__)

LONGEST_NAME = 80
#: Octets of one batch of events.
LARGEST_BATCH = MOST
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")


class Purpose(StrEnum):
    """What a reader's link is for; each has a signature of its own."""

    UNSUBSCRIBE = "unsubscribe"
    PREFERENCES = "preferences"
    CONFIRM = "confirm"


class Reception(StrEnum):
    """What became of a batch of events."""

    TAKEN = "taken"
    NOT_SIGNED = "not signed by the provider, or long ago"
    UNREADABLE = "no batch of events"
    TOO_LARGE = "larger than any real batch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A list as a reader sees it."""

    name: ListName
    title: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A reader who came by a link of their own.

    Attributes:
        status: What they are to the paper.
        address: Theirs, masked; empty for the erased.
        name: As they gave it.
        choices: The lists that readers may choose from.
        preferences: Token of their preferences.
    """

    status: Status
    address: str
    name: str
    choices: tuple[Choice, ...]
    preferences: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a reader chose."""

    lists: frozenset[str]
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What somebody typed who wants the paper."""

    email: str
    name: str
    lang: str
    lists: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Whether the server can do its work.

    Attributes:
        answers: Whether the database does.
        schema: The number of its last migration.
        current: Whether that is this press's.
        last_event: When a provider told of mails last; None before the first.
    """

    answers: bool
    schema: int = 0
    current: bool = False
    last_event: dt.datetime | None = None


class ReadersDesk:
    """Does what readers and providers ask for by the web; many threads may ask.

    Attributes:
        house: The paper.
        palette: Its colours.
        templates: The templates of its pages.

    Raises (all that look into the database):
        BusyError: Another process holds it.
        LedgerError: It cannot be reached.
    """

    def __init__(
        self,
        house: House,
        books: Books,
        clock: Clock,
        *,
        palette: MailPalette,
        templates: JinjaTemplates,
        signed: SignedEvents | None = None,
    ) -> None:
        self.house = house
        self.palette = palette
        self.templates = templates
        self._books = books
        self._pool = ConnectionPool(books.connection)
        self._clock = clock
        self._signed = signed

    def visitor(self, token: str, purpose: Purpose) -> Visitor | None:
        """Return whose link it is; None for every link that is not ours."""
        with self._reading(token, purpose) as (readers, reader):
            return None if reader is None else self._seen(readers, reader)

    def is_trial(self, token: str, purpose: Purpose) -> bool:
        """Whether it is a link of a mail to our own addresses: of nobody, and ours."""
        return self._books.secret.read(token, purpose) == NOBODY

    def leave(self, token: str) -> Visitor | None:
        """Let a reader go from all lists. Twice is once."""
        with self._reading(token, Purpose.UNSUBSCRIBE) as (readers, reader):
            return self._gone(readers, reader, "one-click unsubscribe")

    def leave_all(self, token: str) -> Visitor | None:
        """Let a reader go from all lists, by the page of their preferences."""
        with self._reading(token, Purpose.PREFERENCES) as (readers, reader):
            return self._gone(readers, reader, "preferences page")

    def choose(self, token: str, wishes: Wishes) -> Visitor | None:
        """Put a reader on the lists they chose, and keep the name they gave.

        Lists that readers do not see stay what they are.
        """
        with self._reading(token, Purpose.PREFERENCES) as (readers, reader):
            if reader is None:
                return None
            if reader.status is Status.ACTIVE:
                offered = self._offered(readers)
                hidden = {
                    ListName(name)
                    for name, standing in reader.lists.items()
                    if standing is Standing.CONFIRMED and name not in offered
                }
                chosen = {name for name in offered if name in wishes.lists}
                if chosen or not offered:
                    readers.rename(reader.id, fit_name(wishes.name))
                if offered:
                    source = "preferences page"
                    readers.choose(
                        reader.id, chosen and (chosen | hidden), source=source
                    )
            return self._seen(readers, readers.by_id(reader.id) or reader)

    def confirm(self, token: str) -> Visitor | None:
        """Take a reader's word that they asked for the paper. Twice is once."""
        with self._reading(token, Purpose.CONFIRM) as (readers, reader):
            if reader is None:
                return None
            readers.confirm(reader.id, source=OWN_WORD)
            return self._seen(readers, readers.by_id(reader.id) or reader)

    def offered(self) -> tuple[Choice, ...]:
        """Return the lists that anybody can ask for; the first is chosen."""
        with self._pool.lend() as connection:
            readers = ReaderBook(connection, self._books.secret.hash_of, self._clock)
            offered = self._offered(readers)
        return tuple(
            Choice(name=name, title=title, chosen=number == 0)
            for number, (name, title) in enumerate(offered.items())
        )

    def ask(self, asking: Asking) -> bool:
        """Write down that somebody wants the paper; return whether it is an address.

        Whether the address is known makes no difference to the answer. A mail with a
        link is then wanted: see `wanted_confirmations`.
        """
        try:
            email = address.check(_UNFIT.sub("", asking.email))
        except address.AddressError:
            return False
        now = self._clock.now()
        with self._pool.lend() as connection:
            readers = ReaderBook(connection, self._books.secret.hash_of, self._clock)
            offered = self._offered(readers)
            chosen = tuple(name for name in offered if name in asking.lists)
            readers.ask(
                NewSubscriber(
                    email=email,
                    email_key=address.key(email),
                    joined_at=now,
                    consent=Consent(
                        basis=Basis.CONSENT, source="form on the web", given_at=now
                    ),
                    confirmed=False,
                    name=fit_name(asking.name),
                    lang=asking.lang,
                    lists=chosen or tuple(offered)[:1],
                )
            )
        return True

    def receive(
        self, body: bytes, *, signature: str | None, timestamp: str | None
    ) -> Reception:
        """Take what the provider tells of mails, if it is the provider."""
        signed = self._signed
        if signed is None or not signed.good(body, signature, timestamp):
            return Reception.NOT_SIGNED
        try:
            events = read_events(body)
        except BatchError as error:
            large = error.why is Refusal.TOO_LARGE
            return Reception.TOO_LARGE if large else Reception.UNREADABLE
        with self._pool.lend() as connection:
            done = self._event_book(connection).apply(events, effect_of)
        log.info(
            "events came in",
            extra={"action": "events_applied", "count": done.new, "known": done.known},
        )
        return Reception.TAKEN

    def health(self) -> Health:
        """Say whether the database answers, and is what press needs."""
        try:
            with self._pool.lend() as connection:
                row = connection.one("SELECT max(number) FROM migration") or (0,)
                last = self._event_book(connection).last_seen()
        except PressError:
            log.warning("the database does not answer", exc_info=True)
            return Health(answers=False)
        schema = int(row[0] or 0)
        return Health(
            answers=True,
            schema=schema,
            current=schema == max(migrations()),
            last_event=last,
        )

    def close(self) -> None:
        """Let go of the database."""
        self._pool.close()
        self._books.close()

    @contextmanager
    def _reading(
        self, token: str, purpose: Purpose
    ) -> Iterator[tuple[ReaderBook, Subscriber | None]]:
        """Lend the book of readers, and the one whose token it is."""
        public_id = self._books.secret.read(token, purpose)
        with self._pool.lend() as connection:
            readers = ReaderBook(connection, self._books.secret.hash_of, self._clock)
            found = None if public_id is None else readers.by_public_id(public_id)
            yield readers, found

    def _event_book(self, connection: Connection) -> EventBook:
        return EventBook(connection, self._books.secret.hash_of_address, self._clock)

    def _gone(
        self, readers: ReaderBook, reader: Subscriber | None, source: str
    ) -> Visitor | None:
        if reader is None:
            return None
        readers.leave(reader.id, source=source)
        return self._seen(readers, readers.by_id(reader.id) or reader)

    def _seen(self, readers: ReaderBook, reader: Subscriber) -> Visitor:
        return Visitor(
            status=reader.status,
            address=address.masked(reader.email) if reader.email else "",
            name=reader.name,
            choices=tuple(
                Choice(
                    name=name,
                    title=title,
                    chosen=reader.lists.get(name) is Standing.CONFIRMED,
                )
                for name, title in self._offered(readers).items()
            ),
            preferences=self._books.secret.sign(reader.public_id, Purpose.PREFERENCES),
        )

    def _offered(self, readers: ReaderBook) -> dict[ListName, str]:
        """Return the lists that have a title: others are the paper's own."""
        return {name: title for name, title in readers.lists().items() if title}


def fit_name(given: str) -> str:
    """Return a name as it is kept: on one line, and no longer than names are."""
    return " ".join(_UNFIT.sub(" ", given).split())[:LONGEST_NAME].strip()
