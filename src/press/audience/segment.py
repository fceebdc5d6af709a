"""Rules of segments: read, written in one way, and said in plain words.

    tag members and not list print
    opened within 90 days or (joined within 30 days and lang in (en, cy))
    field.city = "St Ives" and joined >= 2024-01-01

`not` binds closest, then `and`, then `or`. Words of the language may be written in
capitals; names and values are taken as they stand.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches

from press.audience.address import key
from press.audience.words import Kind, RuleError, Token, quoted, tokens
from press.model.segment_rule import (
    ORDERING,
    All,
    AnyOf,
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

__all__ = ["RuleError", "parse", "write"]

OWN = "field."
LONGEST = 2000
DEEPEST = 50
LONGEST_NUMBER = 15
MOST_DAYS = 36_500
DAYS = {"day": 1, "days": 1, "week": 7, "weeks": 7}
#: Of which days rules speak: others have no moment in every zone.
YEARS = range(1900, 3000)
STARTS = ("everybody", "tag", "list", "joined", *Deed, *Field, "not")
WORDS = frozenset({*STARTS, "and", "or", "in", "within", *DAYS})
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WHOLE = re.compile(rf"-?\d{{1,{LONGEST_NUMBER}}}", re.ASCII)
NAME = re.compile(r"[\w-]+")


def parse(text: str) -> Rule:
    """Read a rule.

    Raises:
        RuleError: It cannot be read; says where, and what was probably meant.
    """
    if len(text) > LONGEST:
        raise RuleError(f"a rule has at most {LONGEST} characters", start=LONGEST)
    return _Reader(tokens(text)).rule()


class _Reader:
    """Reads a rule token by token, by recursive descent."""

    def __init__(self, found: Sequence[Token]) -> None:
        self._tokens = found
        self._at = 0
        self._deep = 0

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def rule(self) -> Rule:
        made = self._any()
        if self._next.kind is not Kind.END:
            raise self._wrong("and, or, or the end", ("and", "or"))
        return made

    def _any(self) -> Rule:
        return self._joined_by("or", self._all, AnyOf)

    def _all(self) -> Rule:
        return self._joined_by("and", self._not, All)

    def _joined_by(
        self, word: str, part: Callable[[], Rule], kind: type[All | AnyOf]
    ) -> Rule:
        parts = [part()]
        while self._next.is_word(word):
            self._take()
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        flat: list[Rule] = []
        for each in parts:
            flat += each.rules if isinstance(each, kind) else (each,)
        return kind(tuple(flat))

    def _not(self) -> Rule:
        self._deep += 1
        if self._deep > DEEPEST:
            raise RuleError("this is nested too deep", start=self._next.start)
        if self._next.is_word("not"):
            self._take()
            made: Rule = Not(self._not())
        elif self._next.text == "(" and self._next.kind is Kind.SIGN:
            self._take()
            made = self._any()
            self._take_sign(")")
        else:
            made = self._single()
        self._deep -= 1
        return made

    def _single(self) -> Rule:
        token = self._next
        if token.kind is not Kind.WORD:
            raise self._wrong("a condition", ())
        word = token.text.lower()
        if word.startswith(OWN):
            self._take()
            return self._own(token)
        if word not in STARTS:
            raise self._wrong("a condition", (*STARTS, "field.…"))
        self._take()
        return self._known(Field(word)) if word in set(Field) else self._about(word)

    def _about(self, word: str) -> Rule:
        match word:
            case "everybody":
                made: Rule = Everybody()
            case "tag":
                made = Tagged(self._value("a tag"))
            case "list":
                made = OnList(self._value("a list"))
            case "joined":
                made = self._joined()
            case _:
                days = self._days() if self._next.is_word("within") else None
                made = Did(Deed(word), days)
        return made

    def _joined(self) -> Rule:
        if self._next.is_word("within"):
            return JoinedWithin(self._days())
        sign = self._sign()
        token = self._next
        if not _DATE.fullmatch(token.text):
            raise self._wrong("a date such as 2024-05-03", ())
        day = self._date()
        return Not(Joined(Sign.IS, day)) if sign is Sign.IS_NOT else Joined(sign, day)

    def _known(self, field: Field) -> Rule:
        at = self._next
        negated, values = self._values()
        if values is None:
            raise RuleError(
                f"{field} has no order",
                start=at.start,
                width=at.width,
                hint=f"write {field} = …, or {field} in (…, …)",
            )
        rule = Holds(field, tuple(_as_compared(field, value) for value in values))
        return Not(rule) if negated else rule

    def _own(self, token: Token) -> Rule:
        name = token.text[len(OWN) :].lower()
        if not NAME.fullmatch(name):
            raise RuleError(
                f"{token.text} names no field",
                start=token.start,
                width=token.width,
                hint="write field. and its name: field.city",
            )
        negated, values = self._values()
        if values is not None:
            rule = Attribute(name, values)
            return Not(rule) if negated else rule
        sign = self._sign()
        token = self._next
        if _DATE.fullmatch(token.text):
            return Day(name, sign, self._date())
        if _WHOLE.fullmatch(token.text):
            self._take()
            return Number(name, sign, int(token.text))
        raise self._wrong("a whole number, or a date such as 2024-05-03", ())

    def _values(self) -> tuple[bool, tuple[str, ...] | None]:
        """Return whether values are excluded, and them; None before another sign."""
        if self._next.is_word("in"):
            self._take()
            self._take_sign("(")
            values = [self._value("a value")]
            while self._next.text == "," and self._next.kind is Kind.SIGN:
                self._take()
                values.append(self._value("a value"))
            self._take_sign(")")
            return False, tuple(values)
        if self._next.kind is Kind.SIGN and self._next.text in ORDERING:
            return False, None
        return self._sign() is Sign.IS_NOT, (self._value("a value"),)

    def _sign(self) -> Sign:
        token = self._next
        if token.kind is not Kind.SIGN or token.text not in set(Sign):
            raise self._wrong("=, !=, <, <=, > or >=", ())
        self._take()
        return Sign(token.text)

    def _days(self) -> int:
        self._take()
        number = self._next
        count = int(number.text) if _WHOLE.fullmatch(number.text) else 0
        if count <= 0:
            raise self._wrong("a number of days", ())
        self._take()
        unit = self._next
        if not unit.is_word(*DAYS):
            raise self._wrong("days or weeks", DAYS)
        self._take()
        days = count * DAYS[unit.text.lower()]
        if days > MOST_DAYS:
            raise RuleError(
                "that is more than a hundred years",
                start=number.start,
                width=number.width,
            )
        return days

    def _date(self) -> dt.date:
        token = self._take()
        try:
            day = dt.date.fromisoformat(token.text)
        except ValueError:
            day = None
        if day is None or day.year not in YEARS:
            raise RuleError(
                f"{token.text} does not exist"
                if day is None
                else f"{token.text} is no day of the calendar that press reckons with",
                start=token.start,
                width=token.width,
            )
        return day

    def _value(self, wanted: str) -> str:
        token = self._next
        if token.kind not in {Kind.WORD, Kind.QUOTED}:
            raise self._wrong(wanted, ())
        if token.is_word("and", "or", "not", "in", "within"):
            raise self._wrong(wanted, (), f'write "{token.text}" if that is its name')
        return self._take().text

    def _take_sign(self, sign: str) -> None:
        if self._next.kind is not Kind.SIGN or self._next.text != sign:
            raise self._wrong(sign, ())
        self._take()

    def _take(self) -> Token:
        token = self._next
        self._at += 1
        return token

    def _wrong(
        self, wanted: str, words: Sequence[str] | dict[str, int], hint: str = ""
    ) -> RuleError:
        token = self._next
        there = f"“{token.text}”" if token.width else "the end"
        close = get_close_matches(token.text.lower(), list(words), n=1, cutoff=0.6)
        said = hint or (f"did you mean {close[0]}?" if close else _offer(words))
        return RuleError(
            f"{wanted} is needed here, not {there}",
            start=token.start,
            width=token.width,
            hint=said or None,
        )


def _offer(words: Sequence[str] | dict[str, int]) -> str:
    return f"there are: {', '.join(words)}" if words else ""


def _as_compared(field: Field, value: str) -> str:
    """Return a value as the database has such values."""
    if field is Field.LANG:
        return value.lower().replace("_", "-")
    if field is Field.DOMAIN:
        return key(f"a@{value.removeprefix('@')}").removeprefix("a@")
    return value


# Writing


def write(rule: Rule) -> str:  # noqa: PLR0911 -- one for each kind of rule
    """Write a rule in the one way that is its normal form; `parse` reads it back."""
    match rule:
        case Everybody():
            return "everybody"
        case Tagged(tag=name):
            return f"tag {_value(name)}"
        case OnList(name=name):
            return f"list {_value(name)}"
        case Did(deed=deed, days=days):
            return f"{deed}" if days is None else f"{deed} within {_days(days)}"
        case JoinedWithin(days=days):
            return f"joined within {_days(days)}"
        case Not() | All() | AnyOf():
            return _compound(rule)
        case _:
            return _compared(rule, "=")


def _compound(rule: Not | All | AnyOf) -> str:
    match rule:
        case Not(rule=Holds() | Attribute() | Joined(sign=Sign.IS) as single) if (
            isinstance(single, Joined) or len(single.values) == 1
        ):
            return _compared(single, "!=")
        case Not(rule=All() | AnyOf() as many):
            return f"not ({write(many)})"
        case Not(rule=single):
            return f"not {write(single)}"
        case All(rules=rules):
            parts = (
                f"({write(r)})" if isinstance(r, AnyOf) else write(r) for r in rules
            )
            return " and ".join(parts)
        case AnyOf(rules=rules):
            return " or ".join(map(write, rules))


def _compared(rule: Joined | Holds | Attribute | Number | Day, same: str) -> str:
    match rule:
        case Joined(sign=sign, day=day):
            return f"joined {same if sign is Sign.IS else sign} {day.isoformat()}"
        case Number(name=name, sign=sign, value=value):
            return f"{OWN}{name} {sign} {value}"
        case Day(name=name, sign=sign, day=day):
            return f"{OWN}{name} {sign} {day.isoformat()}"
        case Holds(field=field, values=values):
            name = str(field)
        case Attribute(name=own, values=values):
            name = f"{OWN}{own}"
    if len(values) == 1:
        return f"{name} {same} {_value(values[0])}"
    return f"{name} in ({', '.join(map(_value, values))})"


def _value(text: str) -> str:
    return quoted(text, WORDS)


def _days(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
