"""What programs call their columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Which program wrote a list."""

    PRESS = "press"
    LISTMONK = "listmonk"
    MAILCHIMP = "Mailchimp"
    GHOST = "Ghost"
    SUBSTACK = "Substack"
    PLAIN = "plain"  #: None that press knows by its columns.


class Target(StrEnum):
    """What a column may hold."""

    EMAIL = "email"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    LANG = "lang"
    TIMEZONE = "timezone"
    JOINED = "joined"
    TAGS = "tags"
    BASIS = "basis"
    SOURCE = "source"
    GIVEN = "given"
    STATUS = "status"  #: A word: active, unsubscribed, bounced, complained.
    WANTS = "wants"  #: true or false: whether they want mail.
    REFUSES = "refuses"  #: true or false: whether they want none.
    LEFT = "left"  #: When they unsubscribed; empty for those who did not.
    BOUNCED = "bounced"  #: When their address stopped to take mail.
    ATTRIBUTES = "attributes"  #: JSON of further fields.


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfList:
    """How one program writes its lists.

    Attributes:
        signs: Columns that no other program has together.
        columns: What its columns hold.
        never: Columns of which readers know nothing and press needs nothing.
    """

    signs: frozenset[str] = frozenset()
    columns: Mapping[str, Target] = field(default_factory=dict)
    never: frozenset[str] = frozenset()


#: Columns that mean the same wherever they come from.
SYNONYMS: dict[str, Target] = {
    **dict.fromkeys(
        (
            "email",
            "e mail",
            "email address",
            "e mail address",
            "mail",
            "emailaddress",
            "adresse e mail",
            "e mail adresse",
            "adresse mail",
            "correo",
            "correo electrónico",
            "e postadress",
            "adres e mail",
            "subscriber email",
        ),
        Target.EMAIL,
    ),
    **dict.fromkeys(
        ("name", "full name", "nom complet", "nombre completo"), Target.NAME
    ),
    **dict.fromkeys(
        (
            "first name",
            "firstname",
            "forename",
            "given name",
            "vorname",
            "prénom",
            "nombre",
            "fname",
        ),
        Target.FIRST_NAME,
    ),
    **dict.fromkeys(
        (
            "last name",
            "lastname",
            "surname",
            "family name",
            "nachname",
            "nom de famille",
            "apellidos",
            "lname",
        ),
        Target.LAST_NAME,
    ),
    **dict.fromkeys(
        ("lang", "language", "locale", "sprache", "langue", "idioma"), Target.LANG
    ),
    **dict.fromkeys(("timezone", "time zone", "tz"), Target.TIMEZONE),
    **dict.fromkeys(
        (
            "joined",
            "joined at",
            "created at",
            "created",
            "signed up",
            "subscribed at",
            "signup date",
            "start date",
            "optin time",
        ),
        Target.JOINED,
    ),
    **dict.fromkeys(("tags", "labels"), Target.TAGS),
    **dict.fromkeys(("basis", "consent basis"), Target.BASIS),
    **dict.fromkeys(("source", "consent source"), Target.SOURCE),
    **dict.fromkeys(
        (
            "given",
            "given at",
            "consent given",
            "consent date",
            "confirm time",
            "confirmed at",
            "opt in date",
            "opted in at",
        ),
        Target.GIVEN,
    ),
    **dict.fromkeys(
        (
            "status",
            "subscription status",
            "subscriber status",
            "member status",
            "email status",
            "marketing status",
        ),
        Target.STATUS,
    ),
    **dict.fromkeys(
        (
            "subscribed",
            "is subscribed",
            "subscribed to emails",
            "opted in",
            "opt in",
            "wants",
            "accepts marketing",
        ),
        Target.WANTS,
    ),
    **dict.fromkeys(
        (
            "unsubscribed",
            "is unsubscribed",
            "opted out",
            "opt out",
            "optout",
            "refuses",
            "email disabled",
            "disabled",
            "bounced",
            "cleaned",
            "complained",
            "blocked",
            "blocklisted",
            "blacklisted",
            "suppressed",
            "do not email",
            "do not mail",
            "do not contact",
        ),
        Target.REFUSES,
    ),
    **dict.fromkeys(
        (
            "unsubscribed at",
            "unsubscribed on",
            "unsubscribe date",
            "unsubscribe time",
            "unsub time",
            "unsub date",
            "opted out at",
            "opt out date",
            "opt out time",
            "deleted at",
            "left",
            "left at",
        ),
        Target.LEFT,
    ),
    **dict.fromkeys(
        ("bounced at", "bounce date", "clean time", "cleaned at"), Target.BOUNCED
    ),
}
#: What tells who left. Any of them counts: a list may have several such columns.
GONE = frozenset(
    {Target.STATUS, Target.WANTS, Target.REFUSES, Target.LEFT, Target.BOUNCED}
)
#: How columns are called that may tell who left; press asks about those it does not know.
LEAVING = re.compile(
    r"unsub|\bopt(ed)? ?out\b|bounce|\bclean(ed|s)?\b|complain|\bspam|suppress"
    r"|blo?ck(ed|list)|blacklist|disabled|\bdo not\b|\bno (e ?)?mail|\bleft\b|abgemeldet"
    r"|abmeld|austritt|désabonn|désinscri|\bbaja\b|desuscri|disiscri|cancellat|uitgeschr"
    r"|afgemeld|avregist|avanmäl|avmeld|frameld|peruut|wypisan|odhláš|отпис"
)
#: What stands beside such a column, and alone tells as much.
BESIDE = frozenset(
    {
        "unsub campaign title",
        "unsub campaign id",
        "unsub reason",
        "unsub reason other",
        "clean campaign title",
        "clean campaign id",
    }
)
#: Columns that nobody needs to write to readers, and that say where they were.
NEVER = frozenset(
    {
        "ip",
        "ip address",
        "optin ip",
        "confirm ip",
        "latitude",
        "longitude",
        "user agent",
    }
)
KINDS: dict[Kind, KindOfList] = {
    Kind.PRESS: KindOfList(
        signs=frozenset({"public id", "email", "status", "basis", "given"}),
        never=frozenset({"public id", "lists", "status since"}),
    ),
    Kind.MAILCHIMP: KindOfList(
        signs=frozenset({"email address", "optin time", "leid"}),
        never=frozenset(
            {
                "member rating",
                "gmtoff",
                "dstoff",
                "cc",
                "region",
                "last changed",
                "leid",
                "euid",
                "notes",
            }
        ),
    ),
    Kind.GHOST: KindOfList(
        signs=frozenset({"email", "subscribed to emails", "created at"}),
        never=frozenset({"id", "note", "stripe customer id", "complimentary plan"}),
    ),
    Kind.SUBSTACK: KindOfList(
        signs=frozenset({"email", "active subscription", "email disabled"}),
        never=frozenset({"expiry", "first payment at"}),
    ),
    Kind.LISTMONK: KindOfList(
        signs=frozenset({"uuid", "email", "attributes", "status"}),
        columns={"attributes": Target.ATTRIBUTES},
        never=frozenset({"uuid", "id", "updated at"}),
    ),
    Kind.PLAIN: KindOfList(),
}
