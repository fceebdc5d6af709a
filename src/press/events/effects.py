"""What follows from each kind of event.

A refusal for good, a complaint and a leave keep the reader from being written to again.
One that holds for this time only does not: the address may be good.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from press.model.event import Effect, Event, EventKind, Fate
from press.model.subscriber import Cause

EFFECTS: Mapping[EventKind, Effect] = {
    EventKind.PROCESSED: Effect(fate=Fate.PROCESSED),
    EventKind.DEFERRED: Effect(fate=Fate.DEFERRED),
    EventKind.DELIVERED: Effect(fate=Fate.DELIVERED),
    EventKind.BLOCKED: Effect(fate=Fate.BLOCKED),
    EventKind.BOUNCED: Effect(fate=Fate.BOUNCED, cause=Cause.BOUNCED),
    EventKind.DROPPED: Effect(fate=Fate.DROPPED),
    EventKind.OPENED: Effect(fate=Fate.DELIVERED),
    EventKind.CLICKED: Effect(fate=Fate.DELIVERED),
    EventKind.COMPLAINED: Effect(fate=Fate.COMPLAINED, cause=Cause.COMPLAINED),
    EventKind.UNSUBSCRIBED: Effect(cause=Cause.UNSUBSCRIBED),
    EventKind.UNKNOWN: Effect(),
}


def effect_of(event: Event) -> Effect:
    """Return what follows from an event.

    A mail that the provider did not try, because the address is on its own list, has the
    reason of that list as its own.
    """
    effect = EFFECTS[event.kind]
    if event.kind is EventKind.DROPPED:
        return replace(effect, cause=event.cause)
    return effect
