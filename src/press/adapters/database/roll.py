"""Readers whom a rule means: counted, sampled, listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from press.adapters.database.connection import Connection, Row
from press.adapters.database.reader_rows import COLUMNS, consent_of, reader_of
from press.adapters.database.segments import Condition, condition
from press.model.segment_rule import Asked, Rule
from press.model.subscriber import Consent, Standing, Status, Subscriber

PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A reader of a roll.

    Attributes:
        reader: With lists, tags and fields.
        consent: What they agreed to last; None where nothing is written down.
    """

    reader: Subscriber
    consent: Consent | None


class Roll:
    """The roll of readers. Erased readers are on none."""

    def __init__(self, connection: Connection, asked: Asked) -> None:
        self._db = connection
        self._asked = asked

    def count(self, rule: Rule) -> int:
        """Return how many active readers a rule means."""
        where = self._active(rule)
        row = self._db.one(
            f"SELECT count(*) FROM subscriber s WHERE {where.sql}", *where.values
        )
        return int(row[0]) if row else 0

    def by_status(self) -> Mapping[Status, int]:
        """Return how many readers there are of each status."""
        rows = self._db.all(
            "SELECT status, count(*) FROM subscriber GROUP BY status ORDER BY status"
        )
        return {Status(status): count for status, count in rows}

    def by_list(self) -> Mapping[str, Mapping[Standing, int]]:
        """Return how many readers stand how on each list."""
        rows = self._db.all(
            "SELECT l.name, m.standing, count(*) FROM list l JOIN membership m"
            " ON m.list_id = l.id GROUP BY l.id, l.name, m.standing"
            " ORDER BY l.id, m.standing"
        )
        found: dict[str, dict[Standing, int]] = {
            name: {} for (name,) in self._db.all("SELECT name FROM list ORDER BY id")
        }
        for name, standing, count in rows:
            found[name][Standing(standing)] = count
        return found

    def sample(self, rule: Rule, most: int) -> tuple[str, ...]:
        """Return addresses of a few active readers whom a rule means."""
        where = self._active(rule)
        rows = self._db.all(
            f"SELECT s.email FROM subscriber s WHERE {where.sql}"
            " ORDER BY s.public_id LIMIT ?",
            *where.values,
            most,
        )
        return tuple(email for (email,) in rows)

    def readers(self, rule: Rule | None) -> Iterator[Listed]:
        """Yield the active readers whom a rule means, or all of any status; by number."""
        where = (
            Condition(sql="s.status <> 'erased'")
            if rule is None
            else self._active(rule)
        )
        last = 0
        while rows := self._db.all(
            f"SELECT {COLUMNS} FROM subscriber s WHERE s.id > ? AND {where.sql}"
            " ORDER BY s.id LIMIT ?",
            last,
            *where.values,
            PAGE,
        ):
            yield from self._listed(rows)
            last = rows[-1][0]

    def _active(self, rule: Rule) -> Condition:
        made = condition(rule, self._db.dialect, self._asked)
        return Condition(sql=f"s.status = 'active' AND {made.sql}", values=made.values)

    def _listed(self, rows: list[Row]) -> Iterator[Listed]:
        """Yield the readers of a page, for which everything is asked at once."""
        numbers = [row[0] for row in rows]
        marks = f"({', '.join('?' for _ in numbers)})"
        lists: dict[int, dict[str, Standing]] = {}
        for reader, name, standing in self._db.all(
            "SELECT m.subscriber_id, l.name, m.standing FROM membership m JOIN list l"
            f" ON l.id = m.list_id WHERE m.subscriber_id IN {marks} ORDER BY l.id",
            *numbers,
        ):
            lists.setdefault(reader, {})[name] = Standing(standing)
        tags: dict[int, set[str]] = {}
        for reader, name in self._db.all(
            f"SELECT subscriber_id, name FROM tag WHERE subscriber_id IN {marks}",
            *numbers,
        ):
            tags.setdefault(reader, set()).add(name)
        consents = {
            row[0]: consent_of(row[1:])
            for row in self._db.all(
                "SELECT subscriber_id, basis, source, given_at, list_name FROM consent"
                f" WHERE subscriber_id IN {marks} ORDER BY id",
                *numbers,
            )
        }
        for row in rows:
            yield Listed(
                reader=reader_of(
                    row, lists.get(row[0], {}), frozenset(tags.get(row[0], ()))
                ),
                consent=consents.get(row[0]),
            )
