"""Readers: who they are, what they asked for, and who must never be written to again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple, NewType

SubscriberId = NewType("SubscriberId", int)
#: 128 random bits in hexadecimal: the only name of a reader that leaves the house.
PublicId = NewType("PublicId", str)
ListName = NewType("ListName", str)
#: The public id of addresses of our own, which belong to no reader.
NOBODY: Final = PublicId("0" * 32)
#: Source of what readers said themselves, by a link that only their mailbox got.
OWN_WORD: Final = "link in a mail"


class Status(StrEnum):
    """What a subscriber is to the paper. Only the active are written to."""

    PENDING = "pending"  #: Asked for, and not yet confirmed by the reader.
    ACTIVE = "active"  #: Wants to be written to.
    UNSUBSCRIBED = "unsubscribed"  #: Left by their own wish.
    BOUNCED = "bounced"  #: The address does not take mail.
    COMPLAINED = "complained"  #: Called a mail spam.
    ERASED = "erased"  #: Everything about them is gone, but the hash that keeps it so.


class Standing(StrEnum):
    """What a subscriber is to one list."""

    UNCONFIRMED = "unconfirmed"  #: Asked for; the confirming link was not followed.
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"  #: Left the list.


class Basis(StrEnum):
    """On what ground a reader may be written to (GDPR Article 6, PECR regulation 22)."""

    CONSENT = "consent"  #: The reader asked for it.
    CONTRACT = "contract"  #: It is part of what they pay for.
    SOFT_OPT_IN = "soft-opt-in"  #: A customer, told and able to refuse at every turn.


class Cause(StrEnum):
    """Why an address is suppressed."""

    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    ERASED = "erased"
    BY_HAND = "by-hand"  #: Somebody at the paper said so.


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """That a reader may be written to: on what ground, from where, since when.

    Attributes:
        basis: The ground.
        source: Where it was given: "form on the website", "import of ghost.csv".
        given_at: When, in UTC.
        list_name: For which list; empty for all.
    """

    basis: Basis
    source: str
    given_at: dt.datetime
    list_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A reader who gave an address.

    Attributes:
        id: Number in the database.
        public_id: The name that may leave the house.
        email: As it was typed; empty for the erased.
        name: As it was typed; may be empty.
        lang: BCP 47 language; empty where it is not known.
        timezone: IANA zone; empty where it is not known.
        status: What they are to the paper.
        status_at: Since when, in UTC.
        joined_at: When they joined, in UTC.
        lists: Their standing on each list.
        tags: Words the paper attached to them.
        attributes: Further fields of an import, as text.
    """

    id: SubscriberId
    public_id: PublicId
    email: str
    status: Status
    status_at: dt.datetime
    joined_at: dt.datetime
    name: str = ""
    lang: str = ""
    timezone: str = ""
    lists: Mapping[str, Standing] = field(default_factory=dict)
    tags: frozenset[str] = frozenset()
    attributes: Mapping[str, str] = field(default_factory=dict)


class NewSubscriber(NamedTuple):
    """A reader as an import, a form or the desk brings them; see `Arrival`.

    Attributes:
        email: As it was typed, checked.
        email_key: What makes two addresses the same (see `press.audience.address`).
        name: May be empty.
        lang: BCP 47; may be empty.
        timezone: IANA; may be empty.
        joined_at: When they joined, in UTC.
        consent: Required: nobody is written to without a ground.
        confirmed: Whether no confirming link is needed any more.
        lists: Lists they are put on.
        tags: Words to attach.
        attributes: Further fields, as text.
    """

    email: str
    email_key: str
    joined_at: dt.datetime
    consent: Consent
    confirmed: bool
    name: str = ""
    lang: str = ""
    timezone: str = ""
    lists: tuple[ListName, ...] = ()
    tags: frozenset[str] = frozenset()
    attributes: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """An address that must not be written to, known by its hash alone."""

    email_hash: bytes
    cause: Cause
    since: dt.datetime
    source: str = ""
