"""Freezing: who gets a mailing is written down, and the count closes.

It goes in portions, so that nobody who leaves meanwhile has to wait; whoever leaves
after being written down is left out at the last look.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil

from press.adapters.database.connection import Connection
from press.adapters.database.moment import stamp
from press.adapters.database.segments import Condition
from press.model.mailing import (
    Claimed,
    Counts,
    DeliveryState,
    Kind,
    Mailing,
    Step,
)
from press.ports import Clock

#: Members of the list in one transaction.
PORTION = 50_000


#: Whether a reader got an edition by another mailing, or may have got it.
#: What a cancelled one had only reserved goes back, and is nobody's.
_GOT = """EXISTS (SELECT 1 FROM delivery o JOIN mailing ok ON ok.id = o.mailing_id
  LEFT JOIN request q ON q.id = o.request_id
  WHERE o.subscriber_id = s.id AND ok.kind = 'live' AND ok.edition = ? AND ok.id <> ?
  AND (o.state IN ('accepted', 'in_doubt') OR (o.state = 'reserved'
       AND (ok.state <> 'cancelled' OR q.state = 'inflight'))))"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who gets which variant of a mailing.

    Attributes:
        list_id: Whose confirmed members are the candidates.
        excluded: Conditions that leave a candidate out, by the reason they are told.
        groups: Conditions that put a reader into a group of the digest.
        variants: Of each set of groups, as the sum of 2 to the power of their places,
            the variant.
        edition: Of which edition nobody gets two; empty where that is not asked.
        mailing: The mailing itself, which does not count.
    """

    list_id: int
    excluded: tuple[tuple[str, Condition], ...] = ()
    groups: tuple[Condition, ...] = ()
    variants: dict[int, str] = field(default_factory=dict)
    edition: str = ""
    mailing: int = 0

    def reason(self) -> Condition:
        """Why a candidate is left out; empty for who is not."""
        own = "".join(
            f" WHEN {condition.sql} THEN 'excluded: {_quoted(reason)}'"
            for reason, condition in self.excluded
        )
        values = [value for _, one in self.excluded for value in one.values]
        if self.edition:
            own += f" WHEN {_GOT} THEN 'got this edition already'"
            values += [self.edition, self.mailing]
        return Condition(
            sql=f"""CASE WHEN x.email_hash IS NOT NULL THEN 'suppressed'
                WHEN s.status <> 'active' THEN s.status
                WHEN m.standing <> 'confirmed' THEN m.standing{own} ELSE '' END""",
            values=tuple(values),
        )

    def variant(self) -> Condition:
        """Which variant a reader gets."""
        if not self.groups:
            return Condition(sql=f"'{_quoted(self.variants[0])}'")
        code = " + ".join(
            f"CASE WHEN {one.sql} THEN {2**place} ELSE 0 END"
            for place, one in enumerate(self.groups)
        )
        cases = "".join(
            f" WHEN {number} THEN '{_quoted(name)}'"
            for number, name in sorted(self.variants.items())
        )
        values = [value for one in self.groups for value in one.values]
        return Condition(sql=f"CASE {code}{cases} END", values=tuple(values))


class Freezing:
    """Writes audiences down."""

    def __init__(
        self, connection: Connection, clock: Clock, *, portion: int = PORTION
    ) -> None:
        self._db, self._clock, self._portion = connection, clock, portion

    def freeze(self, mailing: Mailing, audience: Audience) -> Counts | None:
        """Write down who gets a mailing, of those whose members are on a list.

        Returns:
            The counts; None where somebody else freezes it, or froze it.
        """
        if not self._begin(mailing):
            return None
        last = max(each.number for each in mailing.steps if each.kind is mailing.kind)
        after = 0
        while (until := self._until(audience.list_id, after)) is not None:
            with self._db.transaction():
                # Whoever leaves between two statements would be counted twice, or not.
                if still := self._db.dialect.still:
                    self._db.run(still)
                if not self._ours(mailing):
                    return None
                self._write(mailing, audience, last, (after, until))
            after = until
        return self._end(mailing)

    def freeze_addresses(
        self, mailing: Mailing, people: Sequence[tuple[str, str, bytes]], variants: int
    ) -> Counts | None:
        """Write down addresses of our own, each of which gets every variant.

        Args:
            mailing: A test.
            people: Address, its key and its hash.
            variants: How many there are; the first so many of the mailing's letters.
        """
        if not self._begin(mailing):
            return None
        names = self._db.all(
            "SELECT variant FROM letter WHERE content = ? ORDER BY place LIMIT ?",
            *(mailing.content, variants),
        )
        with self._db.transaction():
            self._db.many(
                "INSERT INTO delivery (mailing_id, step, email, email_key, email_hash,"
                " variant, copy) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (mailing.id, 1, email, key, hashed, name, copy)
                    for email, key, hashed in people
                    for copy, (name,) in enumerate(names)
                ),
            )
        return self._end(mailing)

    # ------------------------------------------------------------ pieces

    def _begin(self, mailing: Mailing) -> bool:
        """Take the mailing; one that a dead owner had begun is begun anew."""
        with self._db.transaction():
            row = self._db.one(
                "SELECT state, owner, state_at FROM mailing WHERE id = ?", mailing.id
            )
            if row is None or row[0] not in {"scheduled", "preparing"}:
                return False
            owner = f"{self._db.owner} {self._db.process}"
            begun = row[0] == "preparing" and row[1] != owner
            process = row[1].partition(" ")[2]
            if begun and self._db.is_alive(process, self._now() - row[2]):
                return False
            changed = self._db.run(
                "UPDATE mailing SET state = 'preparing', owner = ?, state_at = ?,"
                " candidates = 0 WHERE id = ? AND state = ? AND owner = ?",
                *(owner, self._now(), mailing.id, row[0], row[1]),
            )
            if changed and row[0] == "preparing":
                self._db.run("DELETE FROM delivery WHERE mailing_id = ?", mailing.id)
                self._db.run("DELETE FROM left_out WHERE mailing_id = ?", mailing.id)
        return bool(changed)

    def _ours(self, mailing: Mailing) -> bool:
        row = self._db.one(
            "SELECT 1 FROM mailing WHERE id = ? AND state = 'preparing' AND owner = ?",
            *(mailing.id, f"{self._db.owner} {self._db.process}"),
        )
        return row is not None

    def _until(self, list_id: int, after: int) -> int | None:
        """Return the last member of the next portion; None behind the last of all."""
        row = self._db.one(
            "SELECT max(id) FROM (SELECT subscriber_id AS id FROM membership"
            " WHERE list_id = ? AND subscriber_id > ? ORDER BY subscriber_id LIMIT ?) p",
            *(list_id, after, self._portion),
        )
        return None if row is None or row[0] is None else int(row[0])

    def _write(
        self, mailing: Mailing, audience: Audience, step: int, span: tuple[int, int]
    ) -> None:
        """Write down one portion, and count who is left out of it."""
        reason, variant = audience.reason(), audience.variant()
        members = """FROM membership m JOIN subscriber s ON s.id = m.subscriber_id
            LEFT JOIN suppression x ON x.email_hash = s.email_hash
            WHERE m.list_id = ? AND m.subscriber_id > ? AND m.subscriber_id <= ?"""
        within = (audience.list_id, *span)
        # The reason is asked twice: with the row it is cheap, kept apart it is not.
        self._db.run(
            "INSERT INTO delivery (mailing_id, step, subscriber_id, email, email_key,"
            f" email_hash, variant) SELECT ?, ?, s.id, s.email, s.email_key,"
            f" s.email_hash, {variant.sql} {members} AND {reason.sql} = '' ORDER BY s.id",
            *(mailing.id, step, *variant.values, *within, *reason.values),
        )
        self._db.run(
            "INSERT INTO left_out (mailing_id, reason, count)"
            f" SELECT ?, why, count(*) FROM (SELECT {reason.sql} AS why {members}) p"
            " WHERE why <> '' GROUP BY why"
            " ON CONFLICT (mailing_id, reason)"
            " DO UPDATE SET count = left_out.count + EXCLUDED.count",
            *(mailing.id, *reason.values, *within),
        )
        self._db.run(
            "UPDATE mailing SET candidates = candidates +"
            f" (SELECT count(*) {members}) WHERE id = ?",
            *(*within, mailing.id),
        )

    def _end(self, mailing: Mailing) -> Counts | None:
        """Divide the readers among the steps, and declare the mailing frozen."""
        if self._db.dialect.learn:
            for table in ("delivery", "subscriber", "membership", "suppression"):
                self._db.run(f"{self._db.dialect.learn} {table}")
        with self._db.transaction():
            if not self._ours(mailing):
                return None
            if mailing.kind is Kind.TEST and not self.counts(mailing).candidates:
                self._db.run(
                    "UPDATE mailing SET candidates = (SELECT count(*) FROM delivery d"
                    " WHERE d.mailing_id = mailing.id) WHERE id = ?",
                    mailing.id,
                )
            counts = self.counts(mailing)
            for step in _shares(mailing):
                self._share(mailing, step, ceil((step.share or 0) * counts.prepared))
            if not counts.closes:
                message = f"the count of mailing {mailing.id} does not close: {counts}"
                raise AssertionError(message)
            self._db.run(
                "UPDATE mailing SET state = 'ready', state_at = ?, prepared_at = ?,"
                " owner = '' WHERE id = ? AND state = 'preparing'",
                *(self._now(), self._now(), mailing.id),
            )
        return counts

    def _share(self, mailing: Mailing, step: Step, count: int) -> None:
        """Give a step its share: by chance, and by the same chance if asked again.

        The hash of an address is as good as chance, and where it is read depends on
        the mailing, so that the same readers are not the first every month.
        """
        place = mailing.id % 24 + 1
        self._db.run(
            "UPDATE delivery SET step = ? WHERE id IN (SELECT id FROM delivery"
            " WHERE mailing_id = ? AND step > ?"
            " ORDER BY substr(email_hash, ?, 8), id LIMIT ?)",
            *(step.number, mailing.id, step.number, place, count),
        )

    def foresee(self, audience: Audience) -> Counts:
        """Return how an audience would divide if it were frozen now."""
        reason = audience.reason()
        rows = self._db.all(
            f"SELECT why, count(*) FROM (SELECT {reason.sql} AS why FROM membership m"
            " JOIN subscriber s ON s.id = m.subscriber_id"
            " LEFT JOIN suppression x ON x.email_hash = s.email_hash"
            " WHERE m.list_id = ?) p GROUP BY why ORDER BY why",
            *(*reason.values, audience.list_id),
        )
        found = {row[0]: row[1] for row in rows}
        prepared = found.pop("", 0)
        return Counts(
            candidates=prepared + sum(found.values()),
            excluded=found,
            states={DeliveryState.PENDING: prepared},
        )

    def samples(self, audience: Audience, count: int) -> tuple[str, ...]:
        """Return the addresses of the first and the last readers of an audience."""
        reason = audience.reason()
        sql = (
            "SELECT s.email FROM membership m JOIN subscriber s ON s.id = m.subscriber_id"
            " LEFT JOIN suppression x ON x.email_hash = s.email_hash"
            f" WHERE m.list_id = ? AND {reason.sql} = '' ORDER BY s.id"
        )
        values = (audience.list_id, *reason.values, count)
        first = [row[0] for row in self._db.all(f"{sql} LIMIT ?", *values)]
        last = [row[0] for row in self._db.all(f"{sql} DESC LIMIT ?", *values)]
        return tuple(dict.fromkeys([*first, *reversed(last)]))

    def readers(self, audience: Audience) -> Iterator[tuple[Claimed, str]]:
        """Yield the readers of an audience and their variants, as if it were frozen now.

        The numbers are not those of deliveries: nothing is written.
        """
        reason, variant = audience.reason(), audience.variant()
        rows = self._db.stream(
            f"SELECT s.id, s.email, s.name, s.public_id, {variant.sql} FROM membership m"
            " JOIN subscriber s ON s.id = m.subscriber_id"
            " LEFT JOIN suppression x ON x.email_hash = s.email_hash"
            f" WHERE m.list_id = ? AND {reason.sql} = '' ORDER BY s.id",
            *(*variant.values, audience.list_id, *reason.values),
        )
        for number, email, name, public_id, named in rows:
            yield Claimed(number, email, name, public_id), named

    def counts(self, mailing: Mailing) -> Counts:
        """Return how the readers of a mailing divide."""
        row = self._db.one("SELECT candidates FROM mailing WHERE id = ?", mailing.id)
        excluded = self._db.all(
            "SELECT reason, count FROM left_out WHERE mailing_id = ? ORDER BY reason",
            mailing.id,
        )
        states = self._db.all(
            "SELECT state, count(*) FROM delivery WHERE mailing_id = ? GROUP BY state",
            mailing.id,
        )
        return Counts(
            candidates=row[0] or 0 if row else 0,
            excluded=dict(excluded),
            states={DeliveryState(state): count for state, count in states},
        )

    def _now(self) -> int:
        return stamp(self._clock.now())


def _shares(mailing: Mailing) -> Sequence[Step]:
    """Return the steps for readers but the last, which has everybody who is left."""
    live = [step for step in mailing.steps if step.kind is Kind.LIVE]
    return live[:-1] if mailing.kind is Kind.LIVE else []


def _quoted(text: str) -> str:
    """Return a text for within a literal: CASE has no place for values in GROUP BY."""
    return text.replace("'", "''")
