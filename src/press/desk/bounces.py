"""Mailboxes that turn out to be none while a mail is handed over: they bounce.

A mail server says so at once where a provider would tell it later. What follows is the
same, by the same table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from press.adapters.database import Connection
from press.adapters.database.events import EventBook
from press.events.effects import effect_of
from press.model.event import Event, EventKind
from press.model.mailing import Outcome
from press.ports import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounces:
    """Writes such bounces down.

    Attributes:
        hash_of: Keyed hash of an address as a provider gives it back.
        clock: Tells the time.
    """

    hash_of: Callable[[str], bytes]
    clock: Clock

    def tell(self, connection: Connection, outcome: Outcome) -> None:
        """Let the readers bounce whose mailboxes are none, within a transaction.

        The events name no request: that one mailbox is none proves nothing of others.
        """
        events = [
            Event(
                kind=EventKind.BOUNCED,
                at=self.clock.now(),
                delivery=number,
                detail=outcome.parts[number][1]
                if number in outcome.parts
                else outcome.detail,
            )
            for number in sorted(outcome.unknown)
        ]
        book = EventBook(connection, self.hash_of, self.clock)
        book.apply(events, effect_of)
