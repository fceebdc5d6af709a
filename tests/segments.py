"""Random rules of segments, and what they mean in plain Python."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

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
from tests.readers import NOON

ZONE = ZoneInfo("Europe/London")
TAGS = ("members", "and", 'a "b"')
LISTS = ("digest", "print")
LANGS = ("", "en", "en-GB", "EN-gb", "enx", "cy")
DOMAINS = ("a.example", "b.a.example", "xn--bcher-kva.example")
CITIES = ("", "Leeds", "leeds", "50%", "_", "St Ives", "30", "2024-05-03")
VALUES = (*CITIES, "-4", "007", "4 ", "9999999999999999", "2024-5-3", "Łódź")
DATES = st.dates(dt.date(2024, 3, 29), dt.date(2024, 4, 2))
NAMES = ("city", "städte", "a-b")


def rules() -> st.SearchStrategy[Rule]:
    single: st.SearchStrategy[Rule] = st.one_of(
        st.just(Everybody()),
        st.builds(Tagged, st.sampled_from(TAGS)),
        st.builds(OnList, st.sampled_from(LISTS)),
        st.builds(Did, st.sampled_from(Deed), st.none() | st.sampled_from((1, 30, 90))),
        st.builds(JoinedWithin, st.sampled_from((1, 140, 150, 160))),
        st.builds(Joined, st.sampled_from((Sign.IS, *ORDERING)), DATES),
        st.builds(Holds, st.just(Field.LANG), _some(("", "en", "en-gb", "cy"))),
        st.builds(Holds, st.just(Field.DOMAIN), _some(DOMAINS)),
        st.builds(Holds, st.just(Field.NAME), _some(("", "Ada", "ada"))),
        st.builds(Attribute, st.sampled_from(NAMES), _some(CITIES)),
        st.builds(
            Number,
            st.sampled_from(NAMES),
            st.sampled_from(ORDERING),
            st.sampled_from((-4, 0, 7, 30)),
        ),
        st.builds(
            Day,
            st.sampled_from(NAMES),
            st.sampled_from(ORDERING),
            st.just(dt.date(2024, 5, 3)),
        ),
    )
    return st.recursive(
        single,
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.builds(All, st.lists(inner, min_size=2, max_size=3).map(tuple)),
            st.builds(AnyOf, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        ),
        max_leaves=6,
    )


def _some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2).map(tuple)


@dataclass(frozen=True)
class Person:
    """A reader with what they did: kind, when, whether a machine did it."""

    domain: str
    lang: str
    name: str
    joined: dt.datetime
    tags: frozenset[str]
    lists: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    did: tuple[tuple[str, dt.datetime, bool], ...] = ()


def people() -> st.SearchStrategy[Person]:
    hours = st.integers(0, 24 * 100).map(lambda n: NOON - dt.timedelta(hours=n))
    days = st.sampled_from((0, 1, 29, 30, 31, 89, 90, 91)).map(
        lambda n: NOON - dt.timedelta(days=n)
    )
    joined = st.integers(-48, 72).map(
        lambda n: dt.datetime(2024, 3, 31, tzinfo=dt.UTC) + dt.timedelta(hours=n)
    )
    return st.builds(
        Person,
        domain=st.sampled_from(DOMAINS),
        lang=st.sampled_from(LANGS),
        name=st.sampled_from(("", "Ada", "ada")),
        joined=joined,
        tags=st.frozensets(st.sampled_from(TAGS)),
        lists=st.dictionaries(
            st.sampled_from(LISTS),
            st.sampled_from(("unconfirmed", "confirmed", "withdrawn")),
        ),
        fields=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES)),
        did=st.lists(
            st.tuples(
                st.sampled_from(("opened", "clicked", "delivered", "bounced")),
                hours | days,
                st.booleans(),
            ),
            max_size=3,
        ).map(tuple),
    )


def means(rule: Rule, person: Person) -> bool:  # noqa: C901, PLR0911, PLR0912
    """Whether a rule means a person."""
    match rule:
        case Everybody():
            return True
        case Not(rule=inner):
            return not means(inner, person)
        case All(rules=many):
            return all(means(each, person) for each in many)
        case AnyOf(rules=many):
            return any(means(each, person) for each in many)
        case Tagged(tag=tag):
            return tag in person.tags
        case OnList(name=name):
            return person.lists.get(name) == "confirmed"
        case Did(deed=deed, days=days):
            kind = "delivered" if deed is Deed.RECEIVED else deed.value
            since = dt.timedelta(days=days if days is not None else 9999)
            return any(
                what == kind and not machine and at >= NOON - since
                for what, at, machine in person.did
            )
        case JoinedWithin(days=days):
            return person.joined >= NOON - dt.timedelta(days=days)
        case Joined(sign=sign, day=day):
            return _compares(person.joined.astimezone(ZONE).date(), sign, day)
        case Holds(field=Field.LANG, values=values):
            lang = person.lang.lower()
            return any(
                lang == value or (value and lang.startswith(f"{value}-"))
                for value in values
            )
        case Holds(field=Field.DOMAIN, values=values):
            return person.domain in values
        case Holds(values=values):
            return person.name in values
        case Attribute(name=name, values=values):
            return person.fields.get(name, "") in values
        case Number(name=name, sign=sign, value=number):
            text = person.fields.get(name, "")
            whole = re.fullmatch(r"0|-?[1-9]\d*", text) and len(text) <= 15
            return bool(whole) and _compares(int(text), sign, number)
        case Day(name=name, sign=sign, day=day):
            text = person.fields.get(name, "")
            shaped = re.fullmatch(r"\d{4}-\d\d-\d\d", text)
            return bool(shaped) and _compares(text, sign, day.isoformat())
    raise AssertionError


def _compares(one: object, sign: Sign, other: object) -> bool:
    return bool(
        {
            Sign.IS: one == other,
            Sign.LESS: one < other,  # type: ignore[operator]
            Sign.MOST: one <= other,  # type: ignore[operator]
            Sign.MORE: one > other,  # type: ignore[operator]
            Sign.LEAST: one >= other,  # type: ignore[operator]
        }[sign]
    )
