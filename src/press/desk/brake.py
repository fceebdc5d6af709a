"""The brake: a mailing whose mails bounce, or are complained about, stops."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from press.desk.sending import SendDesk
from press.mailing.guard import reason_to_stop
from press.model.mailing import Mailing

#: How often the stop conditions are worked out, in requests.
LOOK_EVERY = 5
#: After a look nobody looks for so many times as long as it took: it counts all readers.
REST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Brake:
    """Looks whether a mailing must stop.

    Attributes:
        desk: The send desk.
    """

    desk: SendDesk

    def reason(self, mailing: Mailing) -> str:
        """Return why a mailing must stop; nothing where it may go on."""
        for step in mailing.steps:
            if step.stop_bounce is None and step.stop_complaint is None:
                continue
            tally = self.desk.events.stats(mailing.id, step.number)
            if why := reason_to_stop(step, tally):
                return why
        return ""

    def hold(self, mailing: Mailing) -> Callable[[], str]:
        """Return what is asked before each request; it looks at every fifth.

        Of a million readers a look takes as long as many requests: then it looks less
        often, and spends a twentieth of the time on it at most.
        """
        turn, rested = 0, 0.0

        def hold() -> str:
            nonlocal turn, rested
            turn += 1
            begun = time.monotonic()
            if turn % LOOK_EVERY or begun < rested:
                return ""
            why = self.reason(mailing)
            ended = time.monotonic()
            rested = ended + REST * (ended - begun)
            return why

        return hold
