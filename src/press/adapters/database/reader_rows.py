"""Single rows of readers, within a transaction of whoever asks."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from press.adapters.database.connection import Connection, Row
from press.adapters.database.moment import moment, stamp
from press.model.subscriber import (
    Basis,
    Cause,
    Consent,
    NewSubscriber,
    PublicId,
    Standing,
    Status,
    Subscriber,
    SubscriberId,
    Suppression,
)

#: What `reader_of` reads.
COLUMNS = (
    "s.id, s.public_id, s.email, s.status, s.status_at, s.joined_at, s.name, s.lang,"
    " s.timezone, s.attributes"
)
#: What a reader is after each cause. Whoever says "never again" at the paper's desk
#: leaves in the reader's place.
AFTERWARDS = {
    Cause.UNSUBSCRIBED: Status.UNSUBSCRIBED,
    Cause.BOUNCED: Status.BOUNCED,
    Cause.BY_HAND: Status.UNSUBSCRIBED,
    Cause.COMPLAINED: Status.COMPLAINED,
    Cause.ERASED: Status.ERASED,
}
#: A weaker cause never takes the place of a stronger one, in whatever order they come.
STRENGTH = tuple(AFTERWARDS)
_quoted = json.encoder.encode_basestring
_INSERT = """
INSERT INTO subscriber (public_id, email, email_key, email_hash, name, lang, timezone,
                        status, status_at, status_source, joined_at, attributes)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (email_key) DO UPDATE SET email_key = excluded.email_key
RETURNING id, public_id, status, email_hash"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A reader's row that nobody else can change until the transaction ends."""

    id: SubscriberId
    public_id: PublicId
    status: Status
    email_hash: bytes


class ReaderRows:
    """The rows of readers."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def standings(self, reader: int) -> dict[str, Standing]:
        """Return a reader's standing on every list that they were ever on."""
        rows = self._db.all(
            "SELECT l.name, m.standing FROM membership m JOIN list l ON l.id = m.list_id"
            " WHERE m.subscriber_id = ? ORDER BY l.id",
            reader,
        )
        return {name: Standing(standing) for name, standing in rows}

    def tags(self, reader: int) -> frozenset[str]:
        """Return the words attached to a reader."""
        rows = self._db.all("SELECT name FROM tag WHERE subscriber_id = ?", reader)
        return frozenset(name for (name,) in rows)

    def suppression(self, email_hash: bytes) -> Suppression | None:
        """Return why an address must not be written to; None where it may be."""
        return self._barred("suppression", email_hash)

    def overruled(self, email_hash: bytes) -> Suppression | None:
        """Return what holds on when a suppression by hand is lifted; None for nothing."""
        return self._barred("overruled", email_hash)

    def _barred(self, table: str, email_hash: bytes) -> Suppression | None:
        row = self._db.one(
            f"SELECT cause, since, source FROM {table} WHERE email_hash = ?", email_hash
        )
        if row is None:
            return None
        cause, since, source = row
        return Suppression(
            email_hash=email_hash,
            cause=Cause(cause),
            since=moment(since),
            source=source,
        )

    def hold(self, reader: SubscriberId) -> Held | None:
        """Hold a reader's row until the transaction ends; None where there is none."""
        found = self._db.run(
            "UPDATE subscriber SET status_at = status_at WHERE id = ?", reader
        )
        row = self._db.one(
            "SELECT id, public_id, status, email_hash FROM subscriber WHERE id = ?",
            reader,
        )
        return _held(row) if found and row is not None else None

    def enter(self, new: NewSubscriber, email_hash: bytes, now: dt.datetime) -> Held:
        """Write a new reader down, or hold the row of the one with that address."""
        status = Status.ACTIVE if new.confirmed else Status.PENDING
        (row,) = self._db.all(
            _INSERT,
            secrets.token_hex(16),
            new.email,
            new.email_key,
            email_hash,
            new.name,
            new.lang,
            new.timezone,
            status,
            stamp(now),
            new.consent.source,
            stamp(new.joined_at),
            attributes_text(new.attributes),
        )
        return _held(row)

    def complete(self, reader: SubscriberId, new: NewSubscriber) -> None:
        """Take over what is new of a known reader; what is empty changes nothing."""
        ((given,),) = self._db.all(
            "SELECT attributes FROM subscriber WHERE id = ?", reader
        )
        self._db.run(
            "UPDATE subscriber SET name = coalesce(nullif(?, ''), name),"
            " lang = coalesce(nullif(?, ''), lang),"
            " timezone = coalesce(nullif(?, ''), timezone), attributes = ? WHERE id = ?",
            new.name,
            new.lang,
            new.timezone,
            attributes_text(json.loads(given) | dict(new.attributes)),
            reader,
        )

    def set_status(
        self, reader: SubscriberId, status: Status, at: dt.datetime, source: str
    ) -> None:
        """Say what a reader is from now on."""
        self._db.run(
            "UPDATE subscriber SET status = ?, status_at = ?, status_source = ?"
            " WHERE id = ?",
            status,
            stamp(at),
            source,
            reader,
        )

    def list_number(self, name: str) -> int:
        """Return a list's number; a list that is not there is begun."""
        self._db.run(
            "INSERT INTO list (name) VALUES (?) ON CONFLICT (name) DO NOTHING", name
        )
        ((number,),) = self._db.all("SELECT id FROM list WHERE name = ?", name)
        return int(number)

    def stand(
        self, reader: SubscriberId, name: str, standing: Standing, at: dt.datetime
    ) -> None:
        """Say how a reader stands on a list from now on."""
        self._db.run(
            "INSERT INTO membership (list_id, subscriber_id, standing, standing_at)"
            " VALUES (?, ?, ?, ?) ON CONFLICT (list_id, subscriber_id) DO UPDATE"
            " SET standing = excluded.standing, standing_at = excluded.standing_at"
            " WHERE membership.standing <> excluded.standing",
            self.list_number(name),
            reader,
            standing,
            stamp(at),
        )

    def attach(self, reader: SubscriberId, tag: str) -> None:
        """Attach a word to a reader."""
        self._db.run(
            "INSERT INTO tag (subscriber_id, name) VALUES (?, ?) ON CONFLICT DO NOTHING",
            reader,
            tag,
        )

    def agree(self, reader: SubscriberId, consent: Consent, now: dt.datetime) -> None:
        """Write down a consent, unless just that one was written down before."""
        ground = (consent.list_name, consent.basis, consent.source)
        self._db.run(
            "INSERT INTO consent (subscriber_id, list_name, basis, source, given_at,"
            " recorded_at) SELECT ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM consent"
            " WHERE subscriber_id = ? AND list_name = ? AND basis = ? AND source = ?"
            " AND given_at = ?)",
            reader,
            *ground,
            stamp(consent.given_at),
            stamp(now),
            reader,
            *ground,
            stamp(consent.given_at),
        )

    def suppress(
        self, email_hash: bytes, cause: Cause, since: dt.datetime, source: str
    ) -> Cause:
        """Suppress an address; return the cause that holds, the stronger of two."""
        self._db.run(
            "INSERT INTO suppression (email_hash, cause, since, source)"
            " VALUES (?, ?, ?, ?) ON CONFLICT (email_hash) DO NOTHING",
            email_hash,
            cause,
            stamp(since),
            source,
        )
        ((was, before, said),) = self._db.all(
            "SELECT cause, since, source FROM suppression WHERE email_hash = ?",
            email_hash,
        )
        known = Cause(was)
        if STRENGTH.index(known) > STRENGTH.index(cause):
            if known is Cause.BY_HAND:
                self._overrule(email_hash, cause, stamp(since), source)
            return known
        if cause is Cause.BY_HAND and known is not cause:
            self._overrule(email_hash, known, before, said)
        if known is not cause or stamp(since) < before:
            self._db.run(
                "UPDATE suppression SET cause = ?, since = ?, source = ?"
                " WHERE email_hash = ?",
                cause,
                stamp(since),
                source,
                email_hash,
            )
        return cause

    def _overrule(self, email_hash: bytes, cause: Cause, at: int, source: str) -> None:
        """Keep a cause that holds on when a suppression by hand is lifted."""
        self._db.run(
            "INSERT INTO overruled (email_hash, cause, since, source)"
            " VALUES (?, ?, ?, ?) ON CONFLICT (email_hash) DO UPDATE"
            " SET cause = excluded.cause, since = excluded.since,"
            " source = excluded.source"
            " WHERE overruled.cause = 'unsubscribed' AND excluded.cause = 'bounced'",
            email_hash,
            cause,
            at,
            source,
        )

    def put_aside(self, reader: SubscriberId) -> None:
        """Keep what a reader is, for the day when a suppression by hand is lifted."""
        self._db.run(
            "UPDATE membership SET before_hand = CASE standing WHEN 'withdrawn' THEN ''"
            " ELSE standing END WHERE subscriber_id = ?",
            reader,
        )
        self._db.run(
            "UPDATE subscriber SET before_hand = CASE WHEN status IN"
            " ('active', 'pending') THEN status ELSE '' END WHERE id = ?",
            reader,
        )

    def withdraw(self, reader: SubscriberId, at: dt.datetime) -> None:
        """Take a reader off every list."""
        self._db.run(
            "UPDATE membership SET standing = 'withdrawn', standing_at = ?"
            " WHERE subscriber_id = ? AND (standing <> 'withdrawn' OR standing_at > ?)",
            stamp(at),
            reader,
            stamp(at),
        )


def _held(row: Row) -> Held:
    number, public_id, status, email_hash = row
    return Held(
        id=SubscriberId(number),
        public_id=PublicId(public_id),
        status=Status(status),
        email_hash=bytes(email_hash),
    )


def reader_of(
    row: Row, lists: Mapping[str, Standing], tags: frozenset[str]
) -> Subscriber:
    """Return the reader of a row of `COLUMNS`."""
    number, public_id, email, status, since, joined, name, lang, zone, attributes = row
    return Subscriber(
        id=SubscriberId(number),
        public_id=PublicId(public_id),
        email=email,
        status=Status(status),
        status_at=moment(since),
        joined_at=moment(joined),
        name=name,
        lang=lang,
        timezone=zone,
        lists=lists,
        tags=tags,
        attributes=json.loads(attributes),
    )


def consent_of(row: Row) -> Consent:
    """Return the consent of a row: basis, source, given_at, list_name."""
    basis, source, given, name = row
    return Consent(
        basis=Basis(basis), source=source, given_at=moment(given), list_name=name
    )


def attributes_text(attributes: Mapping[str, str]) -> str:
    """Return further fields as they are stored: JSON, by hand, for lists are long."""
    if not attributes:
        return "{}"
    pairs = [
        f"{_quoted(name)}: {_quoted(text)}" for name, text in sorted(attributes.items())
    ]
    return "{" + ", ".join(pairs) + "}"
