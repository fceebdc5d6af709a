"""Rules by which readers are in a segment, as values.

They are read and written by `press.audience.segment`, and answered by the database.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias
from zoneinfo import ZoneInfo


class Field(StrEnum):
    """What is known of every reader, as far as it is known."""

    LANG = "lang"  #: `en` is en-GB, too.
    TIMEZONE = "timezone"
    DOMAIN = "domain"  #: Of the address, as the network writes it.
    NAME = "name"


class Sign(StrEnum):
    """How two values are compared."""

    IS = "="
    IS_NOT = "!="
    LESS = "<"
    MOST = "<="
    MORE = ">"
    LEAST = ">="


class Deed(StrEnum):
    """What readers do with mails. What a machine did is not theirs."""

    OPENED = "opened"
    CLICKED = "clicked"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Everybody:
    """All readers."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """Those with a tag."""

    tag: str


@dataclass(frozen=True, slots=True)
class OnList:
    """Those on a list, confirmed."""

    name: str


@dataclass(frozen=True, slots=True)
class Did:
    """Those who did something within so many days; None is ever."""

    deed: Deed
    days: int | None


@dataclass(frozen=True, slots=True)
class Joined:
    """Those who joined on, before or after a day, as the paper's zone has it."""

    sign: Sign
    day: dt.date


@dataclass(frozen=True, slots=True)
class JoinedWithin:
    """Those who joined within so many days."""

    days: int


@dataclass(frozen=True, slots=True)
class Holds:
    """Those of whom a field holds one of some values."""

    field: Field
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """Those of whom a field of the paper's own holds one of some values."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """Those of whom a field of the paper's own is a whole number that compares so."""

    name: str
    sign: Sign
    value: int


@dataclass(frozen=True, slots=True)
class Day:
    """Those of whom a field of the paper's own is a day, as 2024-05-03, that compares so."""

    name: str
    sign: Sign
    day: dt.date


@dataclass(frozen=True, slots=True)
class Not:
    """Those who are not."""

    rule: Rule


@dataclass(frozen=True, slots=True)
class All:
    """Those of whom all holds."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Those of whom at least one holds."""

    rules: tuple[Rule, ...]


Rule: TypeAlias = (
    Everybody
    | Tagged
    | OnList
    | Did
    | Joined
    | JoinedWithin
    | Holds
    | Attribute
    | Number
    | Day
    | Not
    | All
    | AnyOf
)
#: Dates and numbers of a field are compared; other signs only say the same or not.
ORDERING = (Sign.LESS, Sign.MOST, Sign.MORE, Sign.LEAST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """When and where a rule is asked: what days and dates are counted from.

    Attributes:
        now: The time, in UTC.
        zone: The paper's time zone.
    """

    now: dt.datetime
    zone: ZoneInfo
