"""Taking back what the provider accepted and still holds, of a mailing that is cancelled.

Each request is marked as asked back, which makes it doubtful; then it is cancelled as
every doubt is. A process that dies between the two leaves a doubt, and whoever settles
doubts next goes on. The provider holds few cancellations, and none that comes late: the
largest requests go first, and what cannot be reached is counted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from press.mailing.doubt import Settler
from press.mailing.stage import Stage, unwatched
from press.model.mailing import HeldRequest, MailingId, TakenBack
from press.ports import HeldBook


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Takes back what is held.

    Attributes:
        book: The requests that are held.
        settler: Cancels what is in doubt.
        watch: Is told at every stage.
    """

    book: HeldBook
    settler: Settler
    watch: Callable[[Stage], None] = unwatched

    def foresee(self, mailing: MailingId) -> TakenBack:
        """Say what could be taken back now; nothing is changed."""
        room = max(self.settler.rules.most_fences - self.book.open_fences(), 0)
        saved = beyond = late = 0
        for held in self.book.held(mailing):
            if not self._in_time(held):
                late += held.count
            elif room:
                room -= 1
                saved += held.count
            else:
                beyond += held.count
        gone = self.book.gone(mailing)
        return TakenBack(saved=saved, beyond=beyond, late=late, gone=gone)

    def take_back(self, mailing: MailingId) -> TakenBack:
        """Cancel at the provider whatever can be; say how many readers that saved."""
        asked: dict[str, int] = {}
        for held in self.book.held(mailing):
            if self._in_time(held) and self.book.ask_back(
                held.request, self.settler.rules.most_fences
            ):
                asked[held.request] = held.count
                self.watch(Stage.FENCE_ASKED)
        if asked:
            self.settler.fence(mailing)
        doubts = self.settler.book.doubts(mailing)
        unknown = sum(asked.get(each.request, 0) for each in doubts)
        left = self.foresee(mailing)
        return TakenBack(
            saved=sum(asked.values()) - unknown,
            unknown=unknown,
            beyond=left.beyond + left.saved,
            late=left.late,
            gone=left.gone,
        )

    def _in_time(self, held: HeldRequest) -> bool:
        settler = self.settler
        if settler.fencing is None:
            return False
        return settler.clock.now() + settler.rules.latest <= held.send_at
