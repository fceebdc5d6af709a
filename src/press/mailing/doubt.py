"""What becomes of a request of which nobody knows whether it was taken.

First the fence: where the provider still holds it, it is cancelled and its readers are
free again. Then evidence: the provider's own records. Never a guess, and never a resend
of something that might have been taken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from press.mailing.stage import Stage, unwatched
from press.model.mailing import Doubt, Evidence, FenceState, MailingId
from press.ports import Clock, Courier, DoubtBook, Fencing

#: The provider holds ten cancellations; two stay for the editor's own.
MOST_FENCES = 8
#: A cancellation later than so long before the provider lets go is not guaranteed.
GUARANTEED = dt.timedelta(minutes=10)
#: So long before it is asked for at the latest, so that the answer comes in time.
LATEST = dt.timedelta(minutes=12)
#: The provider's records may be late; silence means nothing before.
QUIET = dt.timedelta(minutes=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How careful a settlement is.

    Attributes:
        most_fences: Cancellations that may be open at the provider.
        latest: How long before the provider lets go they may be asked for.
        guaranteed: How long before it they must be confirmed to count.
        quiet: How long silence of the records means nothing.
        control: Whether the records must show a later request before their silence
            about an earlier one counts; not where they cannot be late, as a folder.
    """

    most_fences: int = MOST_FENCES
    latest: dt.timedelta = LATEST
    guaranteed: dt.timedelta = GUARANTEED
    quiet: dt.timedelta = QUIET
    control: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """What came of trying to settle doubts: how many, by how."""

    cancelled: int = 0
    taken: int = 0
    absent: int = 0
    left: int = 0


@dataclass(slots=True)
class _Tally:
    cancelled: int = 0
    taken: int = 0
    absent: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Settler:
    """Settles doubts by the fence and by evidence.

    Attributes:
        book: The requests in doubt.
        courier: Whose records are looked at.
        clock: Tells the time.
        fencing: Who cancels requests; None where nobody can.
        rules: How careful it is.
        watch: Is told at every stage.
    """

    book: DoubtBook
    courier: Courier
    clock: Clock
    fencing: Fencing | None = None
    rules: Rules = field(default_factory=Rules)
    watch: Callable[[Stage], None] = unwatched

    def settle(self, mailing: MailingId) -> Settlement:
        """Try to settle every doubt of a mailing; what stays in doubt stays so."""
        tally = _Tally()
        for doubt in self.book.doubts(mailing):
            if self._fence(doubt):
                tally.cancelled += 1
            elif doubt.fence is not FenceState.NONE:
                tally.left += 1
            else:
                self._by_evidence(doubt, tally)
        return Settlement(
            cancelled=tally.cancelled,
            taken=tally.taken,
            absent=tally.absent,
            left=tally.left,
        )

    def fence(self, mailing: MailingId) -> int:
        """Cancel what can be cancelled; return how many requests are free again."""
        return sum(self._fence(doubt) for doubt in self.book.doubts(mailing))

    def _fence(self, doubt: Doubt) -> bool:
        """Cancel one request at the provider, if there is still time.

        A confirmation that comes too late proves nothing: the mails may be on their
        way. Such a request stays in doubt, for the editor to see.
        """
        if self.fencing is None or not self._in_time(doubt, self.rules.latest):
            return False
        if not self.book.ask_fence(doubt.request, self.rules.most_fences):
            return False
        self.watch(Stage.FENCE_ASKED)
        if not self.fencing.cancel(doubt.batch):
            return False
        self.watch(Stage.CANCELLED)
        if not self._in_time(doubt, self.rules.guaranteed):
            return False
        return self.book.refuse(doubt.request, "cancelled in time", fenced=True)

    def _in_time(self, doubt: Doubt, before: dt.timedelta) -> bool:
        """Whether it can be cancelled, and the provider lets go so much later."""
        if not doubt.batch or doubt.send_at is None:
            return False
        return self.clock.now() + before <= doubt.send_at

    def _by_evidence(self, doubt: Doubt, tally: _Tally) -> None:
        match self.look(doubt):
            case Evidence.TAKEN if self.book.accept(
                doubt.request, "the provider's records show it"
            ):
                tally.taken += 1
            case Evidence.ABSENT if self.book.refuse(
                doubt.request, "proven absent from the provider's records"
            ):
                tally.absent += 1
            case _:
                tally.left += 1

    def look(self, doubt: Doubt) -> Evidence:
        """Return what the provider's records say of a request.

        Absence counts only where the records show a later request, the time of quiet
        has passed, and nobody is left who could still send it.
        """
        addresses = self.book.canaries(doubt.request)
        found = self.courier.look_up(doubt.request, addresses, doubt.started_at)
        if found is not Evidence.ABSENT:
            return found
        # A request that the provider holds is not in its records before it lets go.
        since = max(doubt.started_at, doubt.send_at or doubt.started_at)
        quiet = self.clock.now() - since >= self.rules.quiet
        if not doubt.owner_gone or not (quiet and self._shows_later(doubt)):
            return Evidence.UNKNOWN
        return Evidence.ABSENT

    def _shows_later(self, doubt: Doubt) -> bool:
        if not self.rules.control:
            return True
        control = self.book.control(doubt)
        if control is None:
            return False
        request, addresses = control
        found = self.courier.look_up(request, addresses, doubt.started_at)
        return found is Evidence.TAKEN
