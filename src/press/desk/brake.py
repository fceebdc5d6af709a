"""The brake: a mailing whose mails bounce, or are complained about, stops."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from press.adapters.database.halting import Halting
from press.desk.sending import SendDesk
from press.mailing.guard import Stop, reason_to_stop
from press.model.mailing import Mailing

#: How often the stop conditions are worked out, in requests.
LOOK_EVERY = 5
#: After a look nobody looks for so many times as long as it took: it counts all readers.
REST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Brake:
    """Looks whether a mailing must stop, and stops it.

    Attributes:
        desk: The send desk.
    """

    desk: SendDesk

    def stop(self, mailing: Mailing) -> str:
        """Pause a mailing that must stop, and return why; nothing where it may go on.

        With the pause it is written down what was seen. Whoever resumes the mailing says
        that they know of that, and of nothing beyond.
        """
        found = self._found(mailing)
        if found is None:
            return ""
        self._halting.stop(mailing, found.step, found.why)
        return found.why

    @property
    def _halting(self) -> Halting:
        return Halting(self.desk.books.connection, self.desk.clock)

    def _found(self, mailing: Mailing) -> Stop | None:
        # The steps are read anew: what was seen may have been written meanwhile.
        for step in self.desk.mailings.get(mailing.id).steps:
            if not step.is_watched:
                continue
            if not self.desk.events.has_harmed(mailing.id, step.number):
                continue  # All readers are counted only where one may stop it.
            tally = self.desk.events.stats(mailing.id, step.number)
            if (found := reason_to_stop(step, tally)) is not None:
                return found
        return None

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
            why = self.stop(mailing)
            ended = time.monotonic()
            rested = ended + REST * (ended - begun)
            return why

        return hold
