"""Events in the paper's database: each counted once, whatever is told twice or late.

Everything here gives the same rows whatever the order, and however often events are told:
a fate moves to a higher rank or to an earlier time of the same rank, and so do the causes
for which nobody is written to.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from press.adapters.database.connection import Connection
from press.adapters.database.moment import moment, stamp
from press.adapters.database.reader_rows import ReaderRows
from press.adapters.database.readers import ReaderBook
from press.model.event import Applied, Effect, Event, EventKind, Fate, Tally
from press.model.mailing import DeliveryState
from press.model.subscriber import OWN_WORD, Cause, Status, SubscriberId
from press.ports import Clock

#: Values in one statement; SQLite takes 32,766, and finds its plan sooner with fewer.
CHUNK = 400
LAST = "last event"
PULLED = "last pull of events"
SOURCE = "the provider's event"
#: What is told of a mail only once the provider has let it go.
OUTSIDE = (
    *(EventKind.DEFERRED, EventKind.DELIVERED, EventKind.BLOCKED, EventKind.BOUNCED),
    *(EventKind.OPENED, EventKind.CLICKED, EventKind.COMPLAINED),
)
#: A mailbox that does not exist, as its server said when a mail was handed over.
_REFUSED = (DeliveryState.FAILED, Fate.BOUNCED)
_UNFIT = re.compile("[\x00\ud800-\udfff]")


def _ranked(column: str, words: Iterable[str]) -> str:
    """Return SQL for the place of a word in a list, from 1; 0 for all others."""
    places = " ".join(f"WHEN '{word}' THEN {n}" for n, word in enumerate(words, 1))
    return f"CASE {column} {places} ELSE 0 END"


_FATE = _ranked("provider_state", Fate)

_INSERT = """INSERT INTO event (key, kind, at, delivery_id, request_id, machine, detail,
  provider_id, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"""
_SEEN = """INSERT INTO setting (name, value) VALUES (?, ?)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value"""
_MOVE = f"""UPDATE delivery SET provider_state = ?, provider_at = ?
  WHERE id = ? AND ({_FATE} < ? OR (provider_state = ? AND provider_at > ?))"""
_TAKEN = """UPDATE request SET state = 'accepted', settled_at = ?
  WHERE id = ? AND state = 'in_doubt' AND fence = 'none'"""
_ACCEPTED = """UPDATE delivery SET state = 'accepted'
  WHERE request_id = ? AND state = 'in_doubt'"""
_PROVEN = """SELECT r.id FROM request r
  WHERE r.state = 'in_doubt' AND r.fence = 'none' AND EXISTS (
    SELECT 1 FROM delivery d JOIN event e ON e.delivery_id = d.id
    WHERE d.request_id = r.id AND e.request_id = r.id)
  ORDER BY r.id"""
#: Requests that were to be cancelled, and of which a mailbox got a mail all the same: the
#: provider cancels a whole request or nothing of it.
_WENT_OUT = f"""SELECT r.id FROM request r
  WHERE r.state = 'in_doubt' AND r.fence = 'asked' AND r.send_at < ? AND EXISTS (
    SELECT 1 FROM delivery d JOIN event e ON e.delivery_id = d.id
    WHERE d.request_id = r.id AND e.request_id = r.id
    AND e.kind IN ({", ".join(f"'{kind}'" for kind in OUTSIDE)}))
  ORDER BY r.id"""
_NOT_CANCELLED = """UPDATE request SET state = 'accepted', fence = 'none',
  settled_at = ? WHERE id = ? AND state = 'in_doubt' AND fence = 'asked'"""
_FATES = """SELECT state, provider_state, count(*) FROM delivery
  WHERE mailing_id = ? AND (? OR step = ?) GROUP BY state, provider_state"""
HARMED = """SELECT 1 FROM delivery WHERE mailing_id = ? AND step = ?
  AND provider_state IN ('bounced', 'complained') LIMIT 1"""
_DELIVERY = "SELECT id, subscriber_id, email_hash FROM delivery"
_SEEN_BY = """SELECT e.kind, e.machine, count(DISTINCT e.delivery_id)
  FROM event e JOIN delivery d ON d.id = e.delivery_id
  WHERE e.kind IN ('opened', 'clicked', 'unsubscribed')
  AND d.mailing_id = ? AND (? OR d.step = ?)
  GROUP BY e.kind, e.machine"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the ledger has of the delivery that an event is about."""

    subscriber: SubscriberId | None
    email_hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A reader who is not written to any more because of an event."""

    subscriber: SubscriberId | None
    email_hash: bytes
    cause: Cause
    at: int


class EventBook:
    """Writes events down, with all that follows from them.

    Args:
        connection: The paper's database.
        hash_of: Keyed hash of an address as a provider gives it back, not of its key.
        clock: When events are seen.
    """

    def __init__(
        self, connection: Connection, hash_of: Callable[[str], bytes], clock: Clock
    ) -> None:
        self._db = connection
        self._hash_of = hash_of
        self._clock = clock
        self._rows = ReaderRows(connection)
        self._readers = ReaderBook(connection, hash_of, clock)

    def apply(
        self, events: Sequence[Event], effect_of: Callable[[Event], Effect]
    ) -> Applied:
        """Write down a batch of events and what follows: all of it, or nothing.

        Events that are known already change nothing.

        Args:
            events: In any order; each may be told any number of times.
            effect_of: What follows from one.

        Raises:
            BusyError: Another process holds the database; the same batch may be
                told again.
        """
        with self._db.transaction():
            # First, so that batches wait for each other here and never half-way.
            self._db.run(_SEEN, LAST, str(self._now()))
            deliveries = self._deliveries(events)
            matched = [self._matched(event, deliveries) for event in events]
            named = {self._key(event): event for event in matched}
            known = self._known(sorted(named))
            new = {key: event for key, event in named.items() if key not in known}
            self._db.many(_INSERT, (self._row(key, new[key]) for key in sorted(new)))
            settled = self._settle({event.request for event in events} - {""})
            self._move(new.values(), effect_of)
            held = self._held(new.values(), effect_of, deliveries)
            return Applied(
                new=len(new),
                known=len(events) - len(new),
                stray=sum(
                    event.delivery is not None and event.delivery not in deliveries
                    for event in new.values()
                ),
                suppressed=sum(self._hold(one) for one in held),
                settled=settled,
            )

    def settle_doubts(self) -> int:
        """Settle requests in doubt that an event already told of; return how many.

        It is for requests that came into doubt after their events had come, and for those
        that were to be cancelled and went out.
        """
        with self._db.transaction():
            settled = self._settle({row[0] for row in self._db.all(_PROVEN)})
            for (request,) in self._db.all(_WENT_OUT, self._now()):
                if self._db.run(_NOT_CANCELLED, self._now(), request):
                    settled += 1
                    self._db.run(_ACCEPTED, request)
            return settled

    def stats(self, mailing: int, step: int | None = None) -> Tally:
        """Return what became of a mailing's mails, or of those of one of its steps."""
        which = (mailing, step is None, step or 0)
        fates: dict[str, int] = {}
        accepted = refused = 0
        for state, fate, count in self._db.all(_FATES, *which):
            fates[fate] = fates.get(fate, 0) + count
            accepted += count if state == DeliveryState.ACCEPTED else 0
            refused += count if (state, fate) == _REFUSED else 0
        seen = {
            (kind, bool(machine)): count
            for kind, machine, count in self._db.all(_SEEN_BY, *which)
        }
        complained = fates.get(Fate.COMPLAINED, 0)
        return Tally(
            accepted=accepted,
            delivered=fates.get(Fate.DELIVERED, 0) + complained,
            bounced=fates.get(Fate.BOUNCED, 0),
            blocked=fates.get(Fate.BLOCKED, 0),
            dropped=fates.get(Fate.DROPPED, 0),
            complained=complained,
            unsubscribed=seen.get((EventKind.UNSUBSCRIBED, False), 0),
            opened=seen.get((EventKind.OPENED, False), 0),
            opened_by_machines=seen.get((EventKind.OPENED, True), 0),
            clicked=seen.get((EventKind.CLICKED, False), 0),
            refused=refused,
        )

    def has_harmed(self, mailing: int, step: int) -> bool:
        """Whether any mail of a step bounced, or was called spam."""
        return self._db.one(HARMED, mailing, step) is not None

    def last_seen(self) -> dt.datetime | None:
        """Return when events came last; None before the first."""
        row = self._db.one("SELECT value FROM setting WHERE name = ?", LAST)
        return None if row is None else moment(int(row[0]))

    def last_pulled(self) -> dt.datetime | None:
        """Return until when the provider's lists were read; None before the first."""
        row = self._db.one("SELECT value FROM setting WHERE name = ?", PULLED)
        return None if row is None else moment(int(row[0]))

    def note_pull(self, until: dt.datetime) -> None:
        """Write down until when the provider's lists were read."""
        self._db.run(_SEEN, PULLED, str(stamp(until)))

    def _deliveries(self, events: Iterable[Event]) -> dict[int, _Known]:
        """Return the deliveries that events are about, where the ledger has them."""
        asked = sorted({event.delivery for event in events if event.delivery})
        found: dict[int, _Known] = {}
        for chunk in _chunks(asked):
            where = f"WHERE id IN ({_marks(chunk)})"
            rows = self._db.all(f"{_DELIVERY} {where}", *chunk)
            for number, subscriber, email_hash in rows:
                found[number] = _Known(subscriber=subscriber, email_hash=email_hash)
        return found

    def _matched(self, event: Event, deliveries: Mapping[int, _Known]) -> Event:
        """Return an event as it is kept, without a delivery that is somebody else's.

        A number of another database, such as one from before a restored backup, must
        not put the wrong reader aside.
        """
        event = _fit(event)
        known = deliveries.get(event.delivery or 0)
        if known is None or not event.email:
            return event
        same = self._hash_of(event.email) == known.email_hash
        return event if same else replace(event, delivery=None)

    def _key(self, event: Event) -> str:
        """Return what makes it the same event; no address stands in it."""
        if event.delivery is not None or not event.email:
            return event.key
        return replace(event, email=self._hash_of(event.email).hex()).key

    def _known(self, keys: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for chunk in _chunks(keys):
            asked = f"SELECT key FROM event WHERE key IN ({_marks(chunk)})"
            rows = self._db.all(asked, *chunk)
            found.update(row[0] for row in rows)
        return found

    def _row(self, key: str, event: Event) -> tuple[object, ...]:
        return (
            key,
            event.kind,
            stamp(event.at),
            event.delivery,
            event.request,
            int(event.machine),
            event.detail,
            event.provider_id,
            self._now(),
        )

    def _settle(self, requests: Iterable[str]) -> int:
        settled = 0
        for request in sorted(requests):
            if self._db.run(_TAKEN, self._now(), request):
                settled += 1
                self._db.run(_ACCEPTED, request)
        return settled

    def _move(
        self, events: Iterable[Event], effect_of: Callable[[Event], Effect]
    ) -> None:
        """Move deliveries to the last of the fates that they are told."""
        fates: dict[int, tuple[int, int, Fate]] = {}
        for event in events:
            fate = effect_of(event).fate
            if fate is not None and event.delivery is not None:
                told = (fate.rank, -stamp(event.at), fate)
                fates[event.delivery] = max(told, fates.get(event.delivery, told))
        self._db.many(
            _MOVE,
            (
                (fate, -before, number, rank, fate, -before)
                for number, (rank, before, fate) in sorted(fates.items())
            ),
        )

    def _held(
        self,
        events: Iterable[Event],
        effect_of: Callable[[Event], Effect],
        deliveries: Mapping[int, _Known],
    ) -> list[_Held]:
        """Return who is not written to any more, in the order of the readers."""
        held: list[_Held] = []
        for event in events:
            cause = effect_of(event).cause
            known = deliveries.get(event.delivery or 0)
            if cause is None or (known is None and not event.email):
                continue
            if known is None:
                known = self._reader_of(self._hash_of(event.email))
            elif known.subscriber is None:
                continue  # An address of our own, which no mailing is for.
            held.append(
                _Held(
                    subscriber=known.subscriber,
                    email_hash=known.email_hash,
                    cause=cause,
                    at=stamp(event.at),
                )
            )
        return sorted(held, key=lambda one: (one.subscriber or 0, one.email_hash))

    def _reader_of(self, email_hash: bytes) -> _Known:
        row = self._db.one(
            "SELECT id FROM subscriber WHERE email_hash = ? ORDER BY id", email_hash
        )
        number = None if row is None else SubscriberId(row[0])
        return _Known(subscriber=number, email_hash=email_hash)

    def _hold(self, held: _Held) -> bool:
        """Keep a reader from being written to; return whether they were until now."""
        at = moment(held.at)
        if held.subscriber is None:
            self._rows.suppress(held.email_hash, held.cause, at, SOURCE)
            return False
        ((was, since, source),) = self._db.all(
            "SELECT status, status_at, status_source FROM subscriber WHERE id = ?",
            held.subscriber,
        )
        # They came back, or are about to, by their own wish; an import is none.
        wishes = was == Status.PENDING or (was, source) == (Status.ACTIVE, OWN_WORD)
        if held.cause is Cause.UNSUBSCRIBED and wishes and since > held.at:
            return False
        self._readers.part(held.subscriber, held.cause, source=SOURCE, at=at, told=True)
        return bool(was == Status.ACTIVE)

    def _now(self) -> int:
        return stamp(self._clock.now())


def _fit(event: Event) -> Event:
    """Return an event without signs that a database does not take."""
    if not _UNFIT.search(event.detail + event.email + event.provider_id):
        return event
    return replace(
        event,
        detail=_UNFIT.sub("", event.detail),
        email=_UNFIT.sub("", event.email),
        provider_id=_UNFIT.sub("", event.provider_id),
    )


def _chunks(values: Sequence[object]) -> Iterator[Sequence[object]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
