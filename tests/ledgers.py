"""Ledgers with readers in them, for tests."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from press.adapters.database import Connection
from press.adapters.database.doubts import Doubts
from press.adapters.database.freezing import Audience, Freezing
from press.adapters.database.handing import Handing
from press.adapters.database.mailings import Mailings
from press.model import changes
from press.model.edition import EditionId
from press.model.letter import ContentHash, Letter, Parcel
from press.model.mailing import (
    Claimed,
    Counts,
    DeliveryState,
    Kind,
    Mailing,
    MailingId,
    MailingState,
    Step,
    StepState,
)

NOON = dt.datetime(2024, 8, 30, 12, 0, tzinfo=dt.UTC)


@dataclass(slots=True)
class StoppedClock:
    """A clock that the test moves."""

    time: dt.datetime = NOON

    def now(self) -> dt.datetime:
        return self.time

    def pass_by(self, **span: float) -> None:
        self.time += dt.timedelta(**span)


def a_letter(variant: str = "everybody", text: str = "Dear all\n") -> Letter:
    return Letter(
        variant=variant,
        subject="The September paper",
        sender_name="The Quoin",
        sender_email="digest@quoin.example",
        text=f"{text}%%unsubscribe_url%%\n",
        html=f'<p>{text}<a href="%%unsubscribe_url%%">Leave</a></p>',
        lang="en-GB",
    )


def a_parcel(letter: Letter) -> Callable[[Claimed], Parcel]:
    del letter

    def make(reader: Claimed) -> Parcel:
        leave = f"https://quoin.example/mail/unsubscribe/{reader.public_id}"
        return Parcel(
            delivery=reader.delivery,
            email=reader.email,
            values={"%%unsubscribe_url%%": leave},
            message_id=f"{reader.delivery}@quoin.example",
        )

    return make


def a_step(number: int = 1, **given: Any) -> Step:
    step = Step(number=number, name=f"step {number}", kind=Kind.LIVE, share=1.0)
    return replace(step, **given)


def hash_of(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()


@dataclass(slots=True, kw_only=True)
class Books:
    """A ledger, and what is needed to look into it."""

    connection: Connection
    clock: StoppedClock = field(default_factory=StoppedClock)

    def __post_init__(self) -> None:
        only_known_changes(self.connection)

    @property
    def mailings(self) -> Mailings:
        return Mailings(self.connection, self.clock)

    @property
    def handing(self) -> Handing:
        return Handing(self.connection, self.clock)

    @property
    def doubts(self) -> Doubts:
        return Doubts(self.connection, self.clock)

    def freezing(self, portion: int = 50_000) -> Freezing:
        return Freezing(self.connection, self.clock, portion=portion)

    def add_readers(self, count: int, list_name: str = "digest", first: int = 1) -> int:
        """Put active readers on a list; return the list's number."""
        add_readers(self.connection, count, list_name, first)
        row = self.connection.one("SELECT id FROM list WHERE name = ?", list_name)
        assert row is not None
        return int(row[0])

    def leave(self, reader: int, status: str = "unsubscribed") -> None:
        with self.connection.transaction():
            self.connection.run(
                "UPDATE subscriber SET status = ? WHERE id = ?", status, reader
            )

    def open(
        self,
        list_id: int | None,
        *steps: Step,
        letters: Sequence[Letter] = (),
        **given: Any,
    ) -> Mailing:
        """Open a live mailing."""
        content = self.mailings.keep(letters or [a_letter()])
        mailing = a_mailing(content, list_id, steps or (a_step(),))
        return self.mailings.open(replace(mailing, **given))

    def started(self, count: int, *steps: Step, **given: Any) -> Mailing:
        """Open a mailing to so many readers, freeze it, and start its first step."""
        list_id = self.add_readers(count)
        mailing = self.open(list_id, *steps, **given)
        counts = self.freezing().freeze(mailing, everybody(list_id))
        assert counts is not None
        assert counts.prepared == count
        return self.start(mailing)

    def start(self, mailing: Mailing, step: int = 1) -> Mailing:
        self.mailings.move(mailing, MailingState.READY, MailingState.SENDING)
        chosen = mailing.steps[step - 1]
        self.mailings.move_step(mailing, chosen, StepState.WAITING, StepState.RUNNING)
        return self.mailings.get(mailing.id)

    def counts(self, mailing: Mailing) -> Counts:
        """Return the counts, which must close."""
        counts = self.freezing().counts(mailing)
        assert counts.closes
        return counts

    def states(self, mailing: Mailing) -> Mapping[str, int]:
        """Return how many are in each state that somebody is in."""
        return {str(state): n for state, n in self.counts(mailing).states.items()}


def a_mailing(
    content: ContentHash, list_id: int | None, steps: Sequence[Step]
) -> Mailing:
    return Mailing(
        id=MailingId(0),
        edition=EditionId("2024-09"),
        audience="digest",
        kind=Kind.LIVE,
        state=MailingState.SCHEDULED,
        content=content,
        courier="outbox",
        list_id=list_id,
        steps=tuple(steps),
    )


def everybody(list_id: int) -> Audience:
    return Audience(list_id=list_id, variants={0: "everybody"})


def add_readers(
    connection: Connection, count: int, list_name: str = "digest", first: int = 1
) -> None:
    """Write active readers r1@x.example … into the database, on a list."""
    with connection.transaction():
        connection.run(
            "INSERT INTO list (name) VALUES (?) ON CONFLICT (name) DO NOTHING",
            list_name,
        )
        row = connection.one("SELECT id FROM list WHERE name = ?", list_name)
        assert row is not None
        if connection.dialect.share:  # A server counts faster than it is told.
            connection.run(_MANY, first, first + count - 1)
        else:
            connection.many(
                "INSERT INTO subscriber (id, public_id, email, email_key, email_hash,"
                " status, status_at, joined_at) VALUES (?, ?, ?, ?, ?, 'active', 0, 0)",
                (
                    (n, f"{n:032x}", _email(n), _email(n), hash_of(_email(n)))
                    for n in range(first, first + count)
                ),
            )
        connection.run(
            "INSERT INTO membership (list_id, subscriber_id, standing, standing_at)"
            " SELECT ?, id, 'confirmed', 0 FROM subscriber WHERE id BETWEEN ? AND ?",
            *(row[0], first, first + count - 1),
        )


#: The same readers, made by PostgreSQL.
_MANY = """
INSERT INTO subscriber
  (id, public_id, email, email_key, email_hash, status, status_at, joined_at)
SELECT n, lpad(to_hex(n), 32, '0'), 'r' || n || '@x.example', 'r' || n || '@x.example',
  sha256(convert_to('r' || n || '@x.example', 'UTF8')), 'active', 0, 0
FROM generate_series(?::bigint, ?::bigint) n"""


def _email(number: int) -> str:
    return f"r{number}@x.example"


def only_known_changes(connection: Connection) -> None:
    """Let the database itself refuse every change that the table does not have."""
    tables: dict[str, Sequence[changes.Change[Any]]] = {
        "mailing": changes.MAILING,
        "request": changes.REQUEST,
        "delivery": changes.DELIVERY,
    }
    for name, table in tables.items():
        pairs = " OR ".join(
            f"(OLD.state = '{each.before}' AND NEW.state = '{each.after}')"
            for each in table
        )
        wrong = f"OLD.state <> NEW.state AND NOT ({pairs})"
        if "json" in connection.dialect.among:
            connection.run(
                f"CREATE TRIGGER {name}_changes BEFORE UPDATE ON {name} WHEN {wrong}"
                " BEGIN SELECT RAISE(ABORT, 'no such change of state'); END"
            )
        else:
            connection.run(
                f"CREATE FUNCTION {name}_changes() RETURNS trigger AS $$ BEGIN"
                f" IF {wrong} THEN RAISE 'no such change of state'; END IF;"
                " RETURN NEW; END $$ LANGUAGE plpgsql"
            )
            connection.run(
                f"CREATE TRIGGER {name}_changes BEFORE UPDATE ON {name}"
                f" FOR EACH ROW EXECUTE FUNCTION {name}_changes()"
            )


PENDING, ACCEPTED, DOUBTFUL = (
    DeliveryState.PENDING,
    DeliveryState.ACCEPTED,
    DeliveryState.IN_DOUBT,
)
