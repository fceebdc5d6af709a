"""Rules of segments in plain words: "did not open a mail within the last 90 days"."""

from __future__ import annotations

import datetime as dt
from typing import assert_never

from press.model.segment_rule import (
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

_DEEDS = {
    Deed.OPENED: ("opened", "open"),
    Deed.CLICKED: ("clicked in", "click in"),
    Deed.RECEIVED: ("received", "receive"),
}
_FIELDS = {
    Field.LANG: "language",
    Field.TIMEZONE: "time zone",
    Field.DOMAIN: "domain of the address",
    Field.NAME: "name",
}
_NUMBERS = {
    Sign.LESS: "less than",
    Sign.MOST: "at most",
    Sign.MORE: "more than",
    Sign.LEAST: "at least",
    Sign.IS: "exactly",
    Sign.IS_NOT: "not",
}
_DAYS = {
    Sign.LESS: "before",
    Sign.MOST: "on or before",
    Sign.MORE: "after",
    Sign.LEAST: "on or after",
    Sign.IS: "on",
    Sign.IS_NOT: "not on",
}


def explain(rule: Rule) -> str:
    """Say in plain words which readers a rule means."""
    return f"readers who {_said(rule)}" if rule != Everybody() else "all readers"


def _said(rule: Rule) -> str:
    match rule:
        case Not(rule=inner):
            return _denied(inner)
        case All(rules=rules):
            return " and ".join(map(_within, rules))
        case AnyOf(rules=rules):
            return " or ".join(map(_within, rules))
        case _:
            return _single(rule)


def _within(rule: Rule) -> str:
    return f"({_said(rule)})" if isinstance(rule, All | AnyOf) else _said(rule)


def _denied(rule: Rule) -> str:  # noqa: PLR0911 -- one for each kind of rule
    match rule:
        case Everybody():
            return "are nobody"
        case Tagged(tag=tag):
            return f"do not have the tag “{tag}”"
        case OnList(name=name):
            return f"are not on the list “{name}”"
        case Did(deed=deed, days=None):
            return f"never {_DEEDS[deed][0]} a mail"
        case Did(deed=deed, days=int(days)):
            return f"did not {_DEEDS[deed][1]} a mail within the last {_days(days)}"
        case Holds() | Attribute():
            return _held(rule, denied=True)
        case Joined(sign=Sign.IS, day=day):
            return f"did not join on {_day(day)}"
        case _:
            return f"are not those who {_within(rule)}"


def _single(  # noqa: C901, PLR0911 -- one for each kind of rule
    rule: Everybody
    | Tagged
    | OnList
    | Did
    | Joined
    | JoinedWithin
    | Holds
    | Attribute
    | Number
    | Day,
) -> str:
    match rule:
        case Everybody():
            return "are anybody"
        case Tagged(tag=tag):
            return f"have the tag “{tag}”"
        case OnList(name=name):
            return f"are on the list “{name}”"
        case Did(deed=deed, days=days):
            when = "ever" if days is None else ""
            then = "" if days is None else f" within the last {_days(days)}"
            return f"{when} {_DEEDS[deed][0]} a mail{then}".strip()
        case JoinedWithin(days=days):
            return f"joined within the last {_days(days)}"
        case Joined(sign=sign, day=day):
            return f"joined {_DAYS[sign]} {_day(day)}"
        case Number(name=name, sign=sign, value=value):
            return f"have {_NUMBERS[sign]} {value} as {name}"
        case Day(name=name, sign=sign, day=day):
            return f"have a day {_DAYS[sign]} {_day(day)} as {name}"
        case Holds() | Attribute():
            return _held(rule, denied=False)
        case _:
            assert_never(rule)


def _held(rule: Holds | Attribute, *, denied: bool) -> str:
    name = _FIELDS[rule.field] if isinstance(rule, Holds) else rule.name
    values = " or ".join(f"“{value}”" for value in rule.values)
    if rule.values == ("",):
        return f"have {'some' if denied else 'no'} {name}"
    return f"have {'not ' if denied else ''}{values} as {name}"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _days(days: int) -> str:
    return "day" if days == 1 else f"{days} days"
