"""Mailings: opened, found, moved from state to state, signed off."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from press.adapters.database.connection import Connection, Row
from press.adapters.database.moment import moment, stamp
from press.adapters.database.still_open import has_open, has_pending
from press.model.changes import MAILING, allowed
from press.model.edition import EditionId
from press.model.errors import AlreadySentError
from press.model.letter import ContentHash, Letter
from press.model.mailing import (
    AudienceRules,
    Kind,
    Mailing,
    MailingId,
    MailingState,
    SignOff,
    Step,
    StepState,
)
from press.ports import Clock

_COLUMNS = (
    "id, edition, audience, kind, state, content, courier, fenced, window_s, confirmed,"
    " candidates, prepared_at, why, list_id, parent, parent_step, rules,"
    " held_until"
)
#: What of a step has a column of its own.
_OWN = ("number", "name", "kind", "state", "due_at", "looked_at")


class Mailings:
    """The mailings of the ledger."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._db, self._clock = connection, clock

    # ------------------------------------------------------------ letters

    def keep(self, letters: Sequence[Letter]) -> ContentHash:
        """Freeze letters, in their order; return what names exactly these."""
        written = [_as_json(letter) for letter in letters]
        content = content_of(letters)
        with self._db.transaction():
            self._db.many(
                "INSERT INTO letter (content, variant, place, letter)"
                " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [
                    (content, letter.variant, place, text)
                    for place, (letter, text) in enumerate(
                        zip(letters, written, strict=True)
                    )
                ],
            )
        return content

    def letters(self, content: ContentHash) -> dict[str, Letter]:
        """Return the letters of a content by their variants, in order."""
        rows = self._db.all(
            "SELECT variant, letter FROM letter WHERE content = ? ORDER BY place",
            content,
        )
        return {variant: _letter(text) for variant, text in rows}

    # ------------------------------------------------------------ mailings

    def open(self, mailing: Mailing) -> Mailing:
        """Open a mailing, whose id is given by the ledger.

        Raises:
            AlreadySentError: The edition went to this audience, or is going there.
        """
        with self._db.transaction():
            self._db.lock("press open mailing")
            if mailing.kind is Kind.LIVE:
                self._refuse_second(mailing)
            elif mailing.parent and (there := self.test_of(mailing)):
                return there
            row = self._db.one(
                "INSERT INTO mailing (edition, audience, kind, state, state_at, content,"
                " courier, fenced, window_s, confirmed, list_id, parent, parent_step, rules)"
                " VALUES (?, ?, ?, 'scheduled', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                *(mailing.edition, mailing.audience, mailing.kind, self._now()),
                *(mailing.content, mailing.courier, int(mailing.fenced)),
                *(mailing.window, mailing.confirmed, mailing.list_id),
                *(mailing.parent, mailing.parent_step),
                json.dumps(dataclasses.asdict(mailing.rules)),
            )
            number = MailingId(row[0]) if row else MailingId(0)
            self._db.many(
                "INSERT INTO step (mailing_id, number, name, kind, state, due_at, details)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                [_step_row(number, step) for step in mailing.steps],
            )
        return dataclasses.replace(mailing, id=number, state=MailingState.SCHEDULED)

    def _refuse_second(self, mailing: Mailing) -> None:
        there = self.live(mailing.edition, mailing.audience)
        if there is not None:
            raise AlreadySentError(
                f"edition {mailing.edition} has a mailing to {mailing.audience}"
                f" already: number {there.id}, {there.state}",
                hint=f"press send status {mailing.edition} shows it",
            )

    def live(self, edition: EditionId, audience: str = "") -> Mailing | None:
        """Return the live mailing of an edition that is not cancelled."""
        sql = (
            f"SELECT {_COLUMNS} FROM mailing WHERE edition = ? AND kind = 'live'"
            " AND state <> 'cancelled'"
        )
        row = self._db.one(
            sql + (" AND audience = ?" if audience else "") + " ORDER BY id DESC",
            *(edition, audience) if audience else (edition,),
        )
        return None if row is None else self._mailing(row)

    def test_of(self, mailing: Mailing) -> Mailing | None:
        """Return the test that was opened for the same step of the same mailing."""
        row = self._db.one(
            f"SELECT {_COLUMNS} FROM mailing WHERE parent = ? AND parent_step = ?"
            " AND state <> 'cancelled'",
            *(mailing.parent, mailing.parent_step),
        )
        return None if row is None else self._mailing(row)

    def get(self, number: MailingId) -> Mailing:
        """Return a mailing as it stands now.

        Raises:
            KeyError: There is none of that number.
        """
        row = self._db.one(f"SELECT {_COLUMNS} FROM mailing WHERE id = ?", number)
        if row is None:
            raise KeyError(number)
        return self._mailing(row)

    def open_ones(self) -> Sequence[Mailing]:
        """Return the mailings in which something may be left to do, the oldest first.

        A cancelled one is among them while requests of it are not settled, or the
        provider holds some that may be taken back.
        """
        rows = self._db.all(
            f"SELECT {_COLUMNS} FROM mailing"
            " WHERE state NOT IN ('done', 'cancelled') OR (state = 'cancelled' AND"
            " EXISTS (SELECT 1 FROM request r WHERE r.mailing_id = mailing.id"
            " AND (r.state IN ('reserved', 'inflight', 'in_doubt') OR"
            " (r.state = 'accepted' AND r.batch <> '' AND r.send_at > ?)))) ORDER BY id",
            self._now(),
        )
        return [self._mailing(row) for row in rows]

    def of(self, edition: EditionId) -> Sequence[Mailing]:
        """Return all mailings of an edition, the oldest first."""
        rows = self._db.all(
            f"SELECT {_COLUMNS} FROM mailing WHERE edition = ? ORDER BY id", edition
        )
        return [self._mailing(row) for row in rows]

    def last_count(self, edition: EditionId, audience: str) -> int | None:
        """Return how many readers the last edition had in this audience."""
        row = self._db.one(
            "SELECT count(*) FROM delivery WHERE mailing_id = (SELECT max(id) FROM mailing"
            " WHERE kind = 'live' AND audience = ? AND edition <> ?"
            " AND prepared_at IS NOT NULL AND state <> 'cancelled')",
            *(audience, edition),
        )
        return row[0] or None if row else None

    def move(
        self,
        mailing: Mailing,
        before: MailingState,
        after: MailingState,
        why: str = "",
    ) -> bool:
        """Move a mailing on; False where it was not in that state any more."""
        if not allowed(MAILING, before, after):
            raise ValueError(f"no mailing goes from {before} to {after}")
        return bool(
            self._db.run(
                "UPDATE mailing SET state = ?, why = ?, state_at = ?, owner = ''"
                " WHERE id = ? AND state = ?",
                *(after, why, self._now(), mailing.id, before),
            )
        )

    def move_step(
        self, mailing: Mailing, step: Step, before: StepState, after: StepState
    ) -> bool:
        """Move a step on; False where it was not in that state any more."""
        return bool(
            self._db.run(
                "UPDATE step SET state = ?"
                " WHERE mailing_id = ? AND number = ? AND state = ?",
                *(after, mailing.id, step.number, before),
            )
        )

    def look_at(self, mailing: Mailing, step: Step, wait: float = 0.0) -> None:
        """Write down that somebody looks at a step that runs.

        Args:
            mailing: Which.
            step: Which step of it.
            wait: For so many seconds nobody needs to look again.
        """
        self._db.run(
            "UPDATE step SET looked_at = ? WHERE mailing_id = ? AND number = ?",
            *(self._now() + int(wait), mailing.id, step.number),
        )

    def confirm(self, mailing: Mailing, count: int) -> None:
        """Write down that somebody confirmed another count of readers."""
        self._db.run("UPDATE mailing SET confirmed = ? WHERE id = ?", count, mailing.id)

    def reschedule(self, mailing: Mailing, step: Step, due: dt.datetime) -> None:
        """Let a step that waits or was missed be due at another time.

        It is an instant: the plan's wall time is not its time any more.
        """
        moved = dataclasses.replace(step, wall_time="", fold=0)
        self._db.run(
            "UPDATE step SET due_at = ?, details = ?, state = 'waiting'"
            " WHERE mailing_id = ? AND number = ? AND state IN ('waiting', 'missed')",
            *(stamp(due), details_of(moved), mailing.id, step.number),
        )

    def reached(self, mailing: Mailing) -> set[str]:
        """Return the variants of which somebody was sent one."""
        rows = self._db.all(
            "SELECT DISTINCT variant FROM delivery"
            " WHERE mailing_id = ? AND state = 'accepted'",
            mailing.id,
        )
        return {row[0] for row in rows}

    def lives(self, edition: EditionId) -> Sequence[Mailing]:
        """Return the live mailings of an edition, whatever became of them."""
        return [each for each in self.of(edition) if each.kind is Kind.LIVE]

    def finish(self, mailing: Mailing) -> bool:
        """Declare a mailing done where nobody is open and no step waits."""
        if has_open(self._db, mailing):
            return False  # Nobody else's writing waits for this, at every look.
        with self._db.transaction():
            if has_open(self._db, mailing):
                return False
            return self.move(mailing, MailingState.SENDING, MailingState.DONE)

    def has_pending(self, mailing: Mailing, step: Step) -> bool:
        """Whether somebody of a step is still to be handed over."""
        return has_pending(self._db, mailing, step)

    def step_open(self, mailing: Mailing, step: Step) -> dict[str, int]:
        """Return how many of a step's readers are in each state."""
        rows = self._db.all(
            "SELECT state, count(*) FROM delivery WHERE mailing_id = ? AND step = ?"
            " GROUP BY state",
            *(mailing.id, step.number),
        )
        return dict(rows)

    # ------------------------------------------------------------ sign-offs

    def sign(self, edition: EditionId, content: ContentHash, off: SignOff) -> None:
        """Write down what somebody said of a content."""
        self._db.run(
            "INSERT INTO sign_off (edition, content, what, who, at)"
            " VALUES (?, ?, ?, ?, ?)",
            *(edition, content, off.what, off.who, stamp(off.at)),
        )

    def signed(self, edition: EditionId, content: ContentHash) -> Sequence[SignOff]:
        """Return what was said of exactly this content, the oldest first."""
        rows = self._db.all(
            "SELECT what, who, at FROM sign_off WHERE edition = ? AND content = ?"
            " ORDER BY id",
            *(edition, content),
        )
        return [SignOff(what=row[0], who=row[1], at=moment(row[2])) for row in rows]

    def note(self, who: str, what: str, detail: str = "") -> None:
        """Add a line to the audit; neither an address nor a name stands in it."""
        self._db.run(
            "INSERT INTO audit (at, who, what, detail) VALUES (?, ?, ?, ?)",
            *(self._now(), who, what, detail),
        )

    # ------------------------------------------------------------ pieces

    def _mailing(self, row: Row) -> Mailing:
        steps = self._db.all(
            "SELECT number, name, kind, state, due_at, details, looked_at FROM step"
            " WHERE mailing_id = ? ORDER BY number",
            row[0],
        )
        return Mailing(
            id=MailingId(row[0]),
            edition=EditionId(row[1]),
            audience=row[2],
            kind=Kind(row[3]),
            state=MailingState(row[4]),
            content=ContentHash(row[5]),
            courier=row[6],
            fenced=bool(row[7]),
            window=row[8],
            confirmed=row[9],
            candidates=row[10],
            prepared_at=moment(row[11]) if row[11] else None,
            why=row[12],
            list_id=row[13],
            parent=MailingId(row[14]) if row[14] else None,
            parent_step=row[15],
            rules=_rules(row[16]),
            held_until=moment(row[17]) if row[17] else None,
            steps=tuple(_step(each) for each in steps),
        )

    def _now(self) -> int:
        return stamp(self._clock.now())


def content_of(letters: Sequence[Letter]) -> ContentHash:
    """Return what names exactly these letters in this order."""
    written = "\n".join(map(_as_json, letters))
    return ContentHash(sha256(written.encode()).hexdigest())


def details_of(step: Step) -> str:
    """Return what of a step has no column of its own, as it is stored."""
    details = {
        field.name: getattr(step, field.name)
        for field in dataclasses.fields(step)
        if field.name not in _OWN
    }
    return json.dumps(details)


def _step_row(number: MailingId, step: Step) -> tuple[object, ...]:
    due = stamp(step.due_at) if step.due_at else None
    own = (number, step.number, step.name, step.kind, step.state, due)
    return (*own, details_of(step))


def _step(row: Row) -> Step:
    details: dict[str, Any] = json.loads(row[5])
    for name in ("addresses", "needs"):
        details[name] = tuple(details[name])
    return Step(
        number=row[0],
        name=row[1],
        kind=Kind(row[2]),
        state=StepState(row[3]),
        due_at=moment(row[4]) if row[4] is not None else None,
        looked_at=moment(row[6]) if row[6] else None,
        **details,
    )


def _rules(text: str) -> AudienceRules:
    found = json.loads(text)
    return AudienceRules(
        exclude=tuple((reason, asked) for reason, asked in found.get("exclude", ())),
        groups=tuple(found.get("groups", ())),
        variants=tuple(found.get("variants", ())),
    )


def _as_json(letter: Letter) -> str:
    return json.dumps(dataclasses.asdict(letter), ensure_ascii=False, sort_keys=True)


def _letter(text: str) -> Letter:
    found = json.loads(text)
    headers = tuple((name, value) for name, value in found.pop("headers"))
    return Letter(headers=headers, **found)
