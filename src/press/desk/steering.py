"""Steering a mailing that is open: pausing, going on, ending it, starting its steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from press.adapters.database.backup import RESTORED
from press.desk.sending import SendDesk
from press.mailing.plan import was_away
from press.model.changes import MAILING, allowed
from press.model.edition import EditionId
from press.model.errors import ManifestError
from press.model.mailing import Kind, Mailing, MailingState, StepState


@dataclass(frozen=True, slots=True, kw_only=True)
class Steering:
    """Says how a mailing that is open goes on.

    Attributes:
        desk: The send desk that opened it.
    """

    desk: SendDesk

    def live(self, edition: EditionId) -> Mailing:
        """Return the live mailing of an edition.

        Raises:
            ManifestError: It has none.
        """
        mailing = self.desk.mailings.live(edition)
        if mailing is None:
            raise ManifestError(
                f"edition {edition} has no mailing",
                hint=f"press send {edition} shows what it would be",
            )
        return mailing

    def pause(self, mailing: Mailing, who: str) -> bool:
        """Let nothing more be claimed; requests under way are finished."""
        why = f"paused by {who}"
        begun = (MailingState.SENDING, MailingState.READY, MailingState.SCHEDULED)
        done = any(
            self.desk.mailings.move(mailing, state, MailingState.PAUSED, why)
            for state in begun
        )
        return self._noted(who, "paused", mailing, done)

    def resume(self, mailing: Mailing, who: str) -> bool:
        """Let a paused mailing go on, whatever bounced or was complained about so far."""
        frozen = mailing.prepared_at is not None
        after = MailingState.SENDING if frozen else MailingState.SCHEDULED
        self.desk.mailings.lift_stops(mailing)
        self._look_at(mailing)
        done = self.desk.mailings.move(mailing, MailingState.PAUSED, after)
        return self._noted(who, "resumed", mailing, done)

    def cancel(self, mailing: Mailing, who: str) -> bool:
        """End a mailing; who was written to was, nobody else will be."""
        if not allowed(MAILING, mailing.state, MailingState.CANCELLED):
            return False
        done = self.desk.mailings.move(
            mailing, mailing.state, MailingState.CANCELLED, f"cancelled by {who}"
        )
        return self._noted(who, "cancelled", mailing, done)

    def _noted(self, who: str, what: str, mailing: Mailing, done: bool) -> bool:  # noqa: FBT001 -- what came of it
        if done:
            self.desk.mailings.note(who, what, str(mailing.id))
        return done

    def reconcile(self, who: str) -> Sequence[Mailing]:
        """Let a database that was brought back from a backup send again.

        Mailings that were open in it are paused: what became of them since the backup
        is for somebody to say. Returns them.
        """
        open_ones = [
            each
            for each in self.desk.mailings.open_ones()
            if each.kind is Kind.LIVE and each.state is not MailingState.CANCELLED
        ]
        for mailing in open_ones:
            self.pause(mailing, f"{who}, after a backup was brought back")
        self.desk.books.connection.run("DELETE FROM setting WHERE name = ?", RESTORED)
        self.desk.mailings.note(who, "restored database released")
        return open_ones

    def let_late(self, mailing: Mailing, who: str) -> int:
        """Let steps go now that were missed, or left long ago; return how many."""
        missed = [step for step in mailing.steps if step.state is StepState.MISSED]
        now = self.desk.clock.now()
        left = [step for step in mailing.steps if was_away(step, mailing, now)]
        for step in missed:
            self.desk.mailings.reschedule(mailing, step, now)
        if missed:
            self.desk.mailings.move(
                mailing, MailingState.MISSED, MailingState.SCHEDULED
            )
        if left:
            self.resume(mailing, who)
        if missed or left:
            self.desk.mailings.note(who, "sent late", str(mailing.id))
        return len(missed) + len(left)

    def _look_at(self, mailing: Mailing) -> None:
        """Let nobody have been away from what is under way: somebody is here now."""
        for step in mailing.steps:
            if step.state is StepState.RUNNING:
                self.desk.mailings.look_at(mailing, step)

    def start(self, mailing: Mailing, name: str, who: str) -> None:
        """Let a step that is started by hand be due now.

        Raises:
            ManifestError: The plan has no such step, or it is not waiting.
        """
        waiting = [step for step in mailing.steps if step.state is StepState.WAITING]
        step = next((each for each in waiting if each.name == name), None)
        if step is None:
            names = ", ".join(each.name for each in waiting) or "none"
            raise ManifestError(
                f"no step “{name}” is waiting", hint=f"waiting: {names}"
            )
        self.desk.mailings.reschedule(mailing, step, self.desk.clock.now())
        self.desk.mailings.note(who, "step started by hand", f"{mailing.id} {name}")
