"""What becomes of a mail after it was handed over, in the words of the house.

The words are those that django-anymail uses for every provider.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


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
    """

    kind: EventKind
    at: dt.datetime
    delivery: int | None = None
    request: str = ""
    email: str = ""
    machine: bool = False
    detail: str = ""
    provider_id: str = ""

    @property
    def key(self) -> str:
        """What makes two reports the same event, whatever the provider's id says."""
        who = self.email if self.delivery is None else str(self.delivery)
        stamp = int(self.at.timestamp())
        return "|".join((self.kind, who, self.request, str(stamp), self.detail))
