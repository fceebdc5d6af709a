"""What becomes of a mail after it was handed over, in the words of the house.

The words are those that django-anymail uses for every provider.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from press.model.subscriber import Cause


class EventKind(StrEnum):
    """What a provider or a reader's click tells of one delivery."""

    PROCESSED = "processed"  #: The provider took it.
    DEFERRED = "deferred"  #: The mailbox said: later.
    DELIVERED = "delivered"  #: The mailbox took it.
    BOUNCED = "bounced"  #: The mailbox refused it for good.
    BLOCKED = "blocked"  #: The mailbox refused it this time; the address may be good.
    DROPPED = "dropped"  #: The provider did not try: the address is on its own list.
    OPENED = "opened"
    CLICKED = "clicked"
    COMPLAINED = "complained"  #: The reader called it spam.
    UNSUBSCRIBED = "unsubscribed"
    UNKNOWN = "unknown"  #: A word that press does not know; kept, without effect.


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event.

    Attributes:
        kind: What happened.
        at: When, in UTC, as the provider says.
        delivery: Our number of the delivery; None where the provider gives none back.
        request: Our name of the request; empty where it is not given back.
        email: The address, only to find the reader by where there is no number.
        machine: Whether a machine did it, as Apple's proxy opens every mail.
        detail: URL or reason, short.
        provider_id: The provider's own id of the event; it may change on a retry.
        cause: Why the provider has the address on its own list, where it did not try.
    """

    kind: EventKind
    at: dt.datetime
    delivery: int | None = None
    request: str = ""
    email: str = ""
    machine: bool = False
    detail: str = ""
    provider_id: str = ""
    cause: Cause | None = None

    @property
    def key(self) -> str:
        """What makes two reports the same event, whatever the provider's id says."""
        who = self.email if self.delivery is None else str(self.delivery)
        stamp = int(self.at.timestamp())
        return "|".join((self.kind, who, self.request, str(stamp), self.detail))


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """One mail as it stands in a provider's logs.

    Attributes:
        message: The provider's name of the request with which it came.
        email: To whom.
        status: What became of it, in the provider's word.
        reason: Why, in the provider's words; may be empty.
        at: When the provider took it, in UTC.
        delivery: Our number of the delivery, where it was asked for; None otherwise.
        request: Our name of the request, where it was asked for.
    """

    message: str
    email: str
    status: str
    reason: str
    at: dt.datetime
    delivery: int | None = None
    request: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Whom a provider took mails for, by its records.

    Attributes:
        addresses: Whom; perhaps several times.
        whole: Whether these are all.
    """

    addresses: tuple[str, ...]
    whole: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """A request of which not every mail's end is known.

    Attributes:
        request: Our name of it.
        message: The provider's; empty where its answer was lost.
        category: By which the provider knows the edition.
        since: When it was handed over.
        until: When the provider let it go.
    """

    request: str
    message: str
    category: str
    since: dt.datetime
    until: dt.datetime


class Fate(StrEnum):
    """How far a mail came.

    Events come twice, late and in any order. Of two that are told, the one further down
    this list stands, whichever was told first.
    """

    PROCESSED = "processed"
    DEFERRED = "deferred"
    BLOCKED = "blocked"
    DELIVERED = "delivered"
    DROPPED = "dropped"
    BOUNCED = "bounced"
    COMPLAINED = "complained"

    @property
    def rank(self) -> int:
        """Its place in that order, from 1."""
        return list(Fate).index(self) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What follows from an event.

    Attributes:
        fate: How far the mail came at least; None where the event does not tell.
        cause: Why its reader must not be written to any more; None where they may.
    """

    fate: Fate | None = None
    cause: Cause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What came of a batch of events.

    Attributes:
        new: How many were not known before.
        known: How many were: told again.
        stray: How many of the new are about a delivery that the ledger does not have.
        suppressed: How many readers are not written to any more because of them.
        settled: How many requests in doubt they proved to be taken.
    """

    new: int = 0
    known: int = 0
    stray: int = 0
    suppressed: int = 0
    settled: int = 0

    def __add__(self, other: Applied) -> Applied:
        """Return both together."""
        return Applied(
            new=self.new + other.new,
            known=self.known + other.known,
            stray=self.stray + other.stray,
            suppressed=self.suppressed + other.suppressed,
            settled=self.settled + other.settled,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What became of a mailing's mails: how many deliveries, each counted once.

    Attributes:
        accepted: The provider took them.
        delivered: A mailbox took them.
        bounced: A mailbox refused them for good.
        blocked: A mailbox refused them this time.
        dropped: The provider did not try.
        complained: Called spam.
        unsubscribed: Their readers left by the mail.
        opened: Opened by people.
        opened_by_machines: Opened by machines, whether by people as well or not.
        clicked: A link was followed, by people.
        refused: Of the bounced, who were so when they were handed over: not accepted.
    """

    accepted: int = 0
    delivered: int = 0
    bounced: int = 0
    blocked: int = 0
    dropped: int = 0
    complained: int = 0
    unsubscribed: int = 0
    opened: int = 0
    opened_by_machines: int = 0
    clicked: int = 0
    refused: int = 0
