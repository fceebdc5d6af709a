"""Read a provider's lists and logs, and do as its events would."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from press.adapters.clock import SystemClock
from press.adapters.database.events import EventBook
from press.adapters.sendgrid import SendGridCourier
from press.desk.books import open_books
from press.desk.errands import run
from press.desk.logs import Listener
from press.events.effects import effect_of
from press.manifest.read import read_house
from press.model.courier import SendGridSettings
from press.model.errors import ManifestError, NotReadyError
from press.model.event import Applied, Event, EventKind
from press.model.finding import ready
from press.ports import Clock, SuppressionSource

#: Events in one transaction.
BATCH = 500
#: Read once more from before the last time, for what the provider writes down late.
OVERLAP = dt.timedelta(days=1)
_EVER = dt.datetime.fromtimestamp(0, dt.UTC)


class NotYetError(Exception):
    """Nothing can be read from a time that is yet to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """What the provider's lists told.

    Attributes:
        since: From when they were read.
        kinds: How many of each kind they hold.
        applied: What came of them.
        more: What else was done, in words.
    """

    since: dt.datetime
    kinds: Mapping[EventKind, int]
    applied: Applied
    more: tuple[str, ...] = ()


def pull(paper: Path, since: dt.date | None) -> Pulled:
    """Read the lists of the courier that press.yaml names, and act on them.

    Args:
        paper: The newspaper's folder.
        since: From the beginning of which day at the paper; None is where the last time
            ended.

    Raises:
        LedgerError: The database cannot be used as it is.
        ManifestError: The courier keeps no such lists.
        NotYetError: That day is yet to come.
        NotReadyError: press.yaml has mistakes.
        ProviderError: The provider does not tell.
    """
    read = read_house(paper)
    if read.value is None or not ready(read.findings):
        raise NotReadyError("press.yaml has mistakes", findings=read.findings)
    settings = read.value.courier
    if not isinstance(settings, SendGridSettings):
        raise ManifestError(
            "the courier of press.yaml keeps no lists of whom it does not write to",
            hint="only SendGrid does: courier: sendgrid",
        )
    clock = SystemClock()
    source = SendGridCourier(settings, clock)
    try:
        with open_books(paper, clock) as books:
            hash_of = books.secret.hash_of_address
            book = EventBook(books.connection, hash_of, clock)
            start = _beginning(since, read.value.timezone) if since else None
            pulled = take(source, book, clock, start)
            heard = Listener(
                connection=books.connection, hash_of=hash_of, clock=clock, source=source
            ).listen()
            return replace(
                pulled,
                applied=pulled.applied + heard.applied,
                more=(*heard.told(), *run(books.connection, clock, source)),
            )
    finally:
        source.close()


def take(
    source: SuppressionSource, book: EventBook, clock: Clock, since: dt.datetime | None
) -> Pulled:
    """Act on what a source tells, batch by batch; a run that breaks off is taken up.

    What was read is noted only where nothing before it was left out: the next run without
    a time goes on from there, and the first one reads everything.

    Raises:
        NotYetError: The time is yet to come.
        ProviderError: The provider does not tell.
    """
    began = clock.now()
    if since is not None and since > began:
        raise NotYetError(f"{since:%Y-%m-%d %H:%M} UTC is yet to come")
    last = book.last_pulled()
    start = since or (_EVER if last is None else last - OVERLAP)
    kinds: Counter[EventKind] = Counter()
    applied = Applied()
    for batch in _batches(source.suppressed(start)):
        applied += book.apply(batch, effect_of)
        kinds.update(event.kind for event in batch)
    if since is None or (last is not None and since <= last - OVERLAP):
        book.note_pull(began)
    return Pulled(since=start, kinds=kinds, applied=applied)


def _beginning(day: dt.date, timezone: str) -> dt.datetime:
    """Return when a day begins at the paper."""
    midnight = dt.datetime.combine(day, dt.time.min, ZoneInfo(timezone))
    return midnight.astimezone(dt.UTC)


def _batches(events: Iterable[Event]) -> Iterator[tuple[Event, ...]]:
    told = iter(events)
    while batch := tuple(islice(told, BATCH)):
        yield batch
