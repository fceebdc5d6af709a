"""The ends of mails whose events never came: from the provider's logs.

They come as events do, through the same table: told twice they change nothing, and what
the webhook told already is not asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from press.adapters.database import Connection
from press.adapters.database.events import EventBook
from press.adapters.database.unheard import Silent, UnheardMail
from press.audience.address import on_the_wire
from press.events.effects import effect_of
from press.events.sendgrid import logged_event
from press.model.errors import ProviderError
from press.model.event import Applied, Event, Logged, Unheard
from press.ports import Clock, LogSource

#: Events in one transaction.
BATCH = 500
#: How far the clocks of both sides may be apart.
SLACK = dt.timedelta(minutes=5)
#: Mails that are looked up one by one in one pull, each with two calls.
SINGLY = 200
#: Requests whose readers are kept at hand.
_REQUESTS = 64
_SECOND = dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the logs told.

    Attributes:
        asked: Of how many mails nothing had been told.
        left: Of how many nothing is still.
        applied: What came of it.
        why: Why the provider did not tell all; empty where it did.
    """

    asked: int = 0
    left: int = 0
    applied: Applied = field(default_factory=Applied)
    why: str = ""

    def told(self) -> Iterator[str]:
        """Yield it in words."""
        if self.asked:
            yield (
                f"logs: of {self.asked:,} mails nothing had been told;"
                f" {self.asked - self.left:,} are settled"
            )
        if self.left:
            why = f": {self.why}" if self.why else ""
            yield f"logs: {self.left:,} mails are asked for again next time{why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Asks a provider's logs for the ends of mails.

    Attributes:
        connection: The paper's database.
        hash_of: Keyed hash of an address as a provider gives it back.
        clock: Tells the time.
        source: The provider.
    """

    connection: Connection
    hash_of: Callable[[str], bytes]
    clock: Clock
    source: LogSource

    def listen(self) -> Heard:
        """Ask for all mails of whose end nothing was told; act on what is told."""
        unheard, now = UnheardMail(self.connection), self.clock.now()
        asked = unheard.count(now)
        if not asked:
            return Heard()
        applied, why = Applied(), ""
        try:
            for batch in _batches(self._together(unheard, unheard.requests(now))):
                applied += self._apply(batch)
            for batch in _batches(self._singly(unheard.silent(now, SINGLY))):
                applied += self._apply(batch)
        except ProviderError as fault:
            why = str(fault)
        left = unheard.count(now)
        return Heard(asked=asked, left=left, applied=applied, why=why)

    def _apply(self, events: Sequence[Event]) -> Applied:
        book = EventBook(self.connection, self.hash_of, self.clock)
        return book.apply(events, effect_of)

    def _together(
        self, unheard: UnheardMail, requests: Sequence[Unheard]
    ) -> Iterator[Event]:
        """Yield the ends that the logs tell of spans of time."""
        names = {one.message: one.request for one in requests if one.message}

        @lru_cache(_REQUESTS)
        def readers(request: str) -> Mapping[bytes, int]:
            return unheard.readers(request)

        for category, since, until in _spans(requests):
            for logged in self.source.logged(category, since, until):
                request = names.get(logged.message, "")
                number = request and readers(request).get(self.hash_of(logged.email))
                if number:
                    yield logged_event(logged, number, request)

    def _singly(self, silent: Iterable[Silent]) -> Iterator[Event]:
        """Yield the ends of mails that are looked up by address, by our own ids."""
        for one in silent:
            address = on_the_wire(one.email)
            for logged in self.source.logged_to(address, one.since - SLACK):
                if _is_it(logged, one):
                    yield logged_event(logged, one.delivery, one.request)


def _is_it(logged: Logged, one: Silent) -> bool:
    return (logged.delivery, logged.request) == (one.delivery, one.request)


def _spans(
    requests: Iterable[Unheard],
) -> Iterator[tuple[str, dt.datetime, dt.datetime]]:
    """Yield the spans in which requests were taken, those that touch as one."""
    by_category: dict[str, list[Unheard]] = {}
    for each in requests:
        by_category.setdefault(each.category, []).append(each)
    for category, ones in by_category.items():
        ones.sort(key=lambda one: one.since)
        since, until = ones[0].since, ones[0].until
        for one in ones[1:]:
            if one.since - SLACK > until + SLACK:
                yield category, since - SLACK, until + SLACK + _SECOND
                since, until = one.since, one.until
            until = max(until, one.until)
        yield category, since - SLACK, until + SLACK + _SECOND


def _batches(events: Iterator[Event]) -> Iterator[tuple[Event, ...]]:
    while batch := tuple(islice(events, BATCH)):
        yield batch
