"""Rules of segments as conditions in SQL.

A condition is about one row of `subscriber s`. It is the same for both databases but
where a field of the paper's own is taken out of JSON or compared as a number.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from press.adapters.database.dialect import SQLITE, Dialect
from press.model.segment_rule import (
    All,
    AnyOf,
    Asked,
    Attribute,
    Day,
    Deed,
    Did,
    Everybody,
    Field,
    Holds,
    Joined,
    JoinedWithin,
    Not,
    Number,
    OnList,
    Rule,
    Sign,
    Tagged,
)

DAY = 86_400
_KINDS = {
    Deed.OPENED: "opened",
    Deed.CLICKED: "clicked",
    Deed.RECEIVED: "delivered",
}
_TEXTS = {Field.NAME: "name", Field.TIMEZONE: "timezone"}
#: Each sign for days, as seconds: from the beginning of the day, or of the next.
_JOINED = {
    Sign.LESS: "s.joined_at < {0}",
    Sign.MOST: "s.joined_at < {1}",
    Sign.MORE: "s.joined_at >= {1}",
    Sign.LEAST: "s.joined_at >= {0}",
    Sign.IS: "s.joined_at >= {0} AND s.joined_at < {1}",
    Sign.IS_NOT: "NOT (s.joined_at >= {0} AND s.joined_at < {1})",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition on a row of `subscriber s`.

    Attributes:
        sql: With `?` for values.
        values: The values, in order.
    """

    sql: str
    values: tuple[object, ...] = ()


def condition(rule: Rule, dialect: Dialect, asked: Asked) -> Condition:
    """Return what is true of the readers whom a rule means, in one database's words.

    Days are counted back from the time that is asked for; dates begin in its zone.
    """
    return _Writer(dialect, asked).write(rule)


class _Writer:
    def __init__(self, dialect: Dialect, asked: Asked) -> None:
        self._lite = dialect is SQLITE
        self._asked = asked

    def write(self, rule: Rule) -> Condition:
        match rule:
            case Not(rule=inner):
                made = self.write(inner)
                return Condition(sql=f"NOT {made.sql}", values=made.values)
            case All(rules=rules):
                return self._joined(rules, " AND ")
            case AnyOf(rules=rules):
                return self._joined(rules, " OR ")
            case Number() | Day() | Attribute():
                return self._own(rule)
            case Joined() | JoinedWithin():
                return self._since(rule)
            case _:
                return self._plain(rule)

    def _joined(self, rules: tuple[Rule, ...], word: str) -> Condition:
        parts = [self.write(rule) for rule in rules]
        return Condition(
            sql="(" + word.join(part.sql for part in parts) + ")",
            values=tuple(value for part in parts for value in part.values),
        )

    def _plain(self, rule: Everybody | Tagged | OnList | Did | Holds) -> Condition:
        match rule:
            case Everybody():
                return Condition(sql="(1 = 1)")
            case Tagged(tag=tag):
                return Condition(
                    sql="EXISTS (SELECT 1 FROM tag t WHERE t.subscriber_id = s.id"
                    " AND t.name = ?)",
                    values=(tag,),
                )
            case OnList(name=name):
                return Condition(
                    sql="EXISTS (SELECT 1 FROM membership m JOIN list l"
                    " ON l.id = m.list_id WHERE m.subscriber_id = s.id"
                    " AND m.standing = 'confirmed' AND l.name = ?)",
                    values=(name,),
                )
            case Did(deed=deed, days=days):
                return self._did(deed, days)
            case Holds(field=field, values=values):
                return _held(field, values)

    def _did(self, deed: Deed, days: int | None) -> Condition:
        """What machines opened or clicked, such as Apple's proxy, does not count."""
        return Condition(
            sql="EXISTS (SELECT 1 FROM delivery d JOIN event e ON e.delivery_id = d.id"
            " WHERE d.subscriber_id = s.id AND e.machine = 0 AND e.kind = ?"
            " AND e.at >= ?)",
            values=(_KINDS[deed], 0 if days is None else self._ago(days)),
        )

    def _since(self, rule: Joined | JoinedWithin) -> Condition:
        if isinstance(rule, JoinedWithin):
            return Condition(sql="(s.joined_at >= ?)", values=(self._ago(rule.days),))
        begins = self._begins(rule.day)
        ends = self._begins(rule.day + dt.timedelta(days=1))
        return Condition(sql=f"({_JOINED[rule.sign].format(begins, ends)})")

    def _own(self, rule: Attribute | Number | Day) -> Condition:
        got, name = self._field(rule.name)
        match rule:
            case Attribute(values=values):
                marks = ", ".join("?" for _ in values)
                sql = f"(coalesce({got}, '') IN ({marks}))"
                return Condition(sql=sql, values=(name, *values))
            case Day(sign=sign, day=day):
                value: object = day.isoformat()
                looks, compared = self._looks_like_day, "v"
            case Number(sign=sign, value=value):
                looks, compared = self._looks_like_number, "CAST(v AS bigint)"
        return Condition(
            sql=f"EXISTS (SELECT 1 FROM (SELECT {got} AS v) f WHERE"
            f" CASE WHEN {looks} THEN {compared} {sign} ? ELSE 1 = 0 END)",
            values=(name, value),
        )

    def _field(self, name: str) -> tuple[str, str]:
        """Return what takes a field out of JSON, and the value that names it."""
        if self._lite:
            return "json_extract(s.attributes, ?)", f'$."{name}"'
        return '((s.attributes::json ->> CAST(? AS text)) COLLATE "C")', name

    @property
    def _looks_like_day(self) -> str:
        if self._lite:
            return "v GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
        return "v ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'"

    @property
    def _looks_like_number(self) -> str:
        """What is no whole number must not reach CAST, which PostgreSQL refuses."""
        if self._lite:
            return "length(v) <= 15 AND CAST(CAST(v AS INTEGER) AS TEXT) = v"
        return "length(v) <= 15 AND v ~ '^(0|-{0,1}[1-9][0-9]*)$'"

    def _ago(self, days: int) -> int:
        return int(self._asked.now.timestamp()) - days * DAY

    def _begins(self, day: dt.date) -> int:
        start = dt.datetime.combine(day, dt.time(), tzinfo=self._asked.zone)
        return int(start.timestamp())


def _held(field: Field, values: tuple[str, ...]) -> Condition:
    """Languages match their regions, too; domains are the end of an address's key."""
    if field in _TEXTS:
        marks = ", ".join("?" for _ in values)
        return Condition(sql=f"(s.{_TEXTS[field]} IN ({marks}))", values=values)
    if field is Field.DOMAIN:
        patterns = tuple(f"%@{_literally(value)}" for value in values)
        parts = ["s.email_key LIKE ? ESCAPE '!'" for _ in values]
        return Condition(sql=f"({' OR '.join(parts)})", values=patterns)
    parts = []
    patterns = ()
    for value in values:
        parts.append("lower(s.lang) = ?")
        patterns = (*patterns, value)
        if value:
            parts.append("lower(s.lang) LIKE ? ESCAPE '!'")
            patterns = (*patterns, f"{_literally(value)}-%")
    return Condition(sql=f"({' OR '.join(parts)})", values=patterns)


def _literally(text: str) -> str:
    for sign in "!%_":
        text = text.replace(sign, f"!{sign}")
    return text
