"""Steering a mailing that is open: pausing, going on, ending it, starting its steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from press.adapters.database.backup import RESTORED
from press.adapters.database.halting import Halting
from press.desk.sending import SendDesk
from press.mailing.guard import far_from
from press.mailing.plan import was_away
from press.model.changes import MAILING, allowed
from press.model.edition import EditionId
from press.model.errors import ManifestError, NotConfirmedError
from press.model.mailing import Kind, Mailing, MailingState, Step, StepState


@dataclass(frozen=True, slots=True, kw_only=True)
class Steering:
    """Says how a mailing that is open goes on.

    Attributes:
        desk: The send desk that opened it.
    """

    desk: SendDesk

    @property
    def _halting(self) -> Halting:
        return Halting(self.desk.books.connection, self.desk.clock)

    def live(self, edition: EditionId, which: str = "") -> Mailing:
        """Return the live mailing of an edition that is meant: one under way, or the last.

        Args:
            edition: Of which edition.
            which: Its number or its audience; needed where several are under way.

        Raises:
            ManifestError: It has none, or several, and nobody said which.
        """
        found = [
            each
            for each in self._named(edition, which)
            if each.state is not MailingState.CANCELLED
        ]
        under_way = [each for each in found if each.state is not MailingState.DONE]
        return self._only(edition, under_way or found)

    def late(self, edition: EditionId, which: str = "") -> Mailing | None:
        """Return the mailing of an edition with steps that are late; None for none.

        Raises:
            ManifestError: There are several, and nobody said which.
        """
        found = [each for each in self._named(edition, which) if self._late(each)]
        return self._only(edition, found) if found else None

    def _late(self, mailing: Mailing) -> Sequence[Step]:
        """Return the steps that were missed, or left long ago."""
        if mailing.state in {MailingState.CANCELLED, MailingState.DONE}:
            return ()
        now = self.desk.clock.now()
        return [
            step
            for step in mailing.steps
            if step.state is StepState.MISSED or was_away(step, mailing, now)
        ]

    def any_of(self, edition: EditionId, which: str = "") -> Sequence[Mailing]:
        """Return the live mailings of an edition that are meant, cancelled ones too.

        Raises:
            ManifestError: There is none.
        """
        found = self._named(edition, which)
        if not found:
            raise self._none(edition)
        return found

    def _named(self, edition: EditionId, which: str) -> Sequence[Mailing]:
        found = self.desk.mailings.lives(edition)
        if not which:
            return found
        named = [each for each in found if which in {str(each.id), each.audience}]
        if found and not named:
            raise ManifestError(
                f"edition {edition} has no mailing “{which}”", hint=_listed(found)
            )
        return named

    def _only(self, edition: EditionId, found: Sequence[Mailing]) -> Mailing:
        if not found:
            raise self._none(edition)
        if len(found) > 1:
            raise ManifestError(
                f"edition {edition} has {len(found)} mailings: which is meant?",
                hint=_listed(found),
            )
        return found[0]

    def _none(self, edition: EditionId) -> ManifestError:
        return ManifestError(
            f"edition {edition} has no mailing",
            hint=f"press send {edition} shows what it would be",
        )

    def pause(self, mailing: Mailing, who: str) -> bool:
        """Let nothing more be claimed; requests under way are finished.

        One whose audience is being written down is paused as soon as that is done.
        """
        why, mailings = f"paused by {who}", self.desk.mailings
        # In the order in which a mailing goes through them: none slips past meanwhile.
        done = (
            mailings.move(mailing, MailingState.SCHEDULED, MailingState.PAUSED, why)
            or self._halting.ask(mailing, why)
            or mailings.move(mailing, MailingState.READY, MailingState.PAUSED, why)
            or mailings.move(mailing, MailingState.SENDING, MailingState.PAUSED, why)
        )
        return self._noted(who, "paused", mailing, done)

    def resume(
        self, mailing: Mailing, who: str, *, count_moved: int | None = None
    ) -> bool:
        """Let a paused mailing go on.

        What it was stopped for stops it no more; what comes beyond that does.

        Args:
            mailing: Which.
            who: Who says so.
            count_moved: How many readers it has, where that is far from what was
                confirmed.

        Raises:
            NotConfirmedError: It is far from that, and this number was not named.
        """
        mailings = self.desk.mailings
        with self.desk.books.connection.transaction():
            done = self._halting.ask(mailing, "")
            # It may have been frozen since it was read.
            mailing = mailings.get(mailing.id)
            if not done and mailing.state is MailingState.PAUSED:
                done = self._go_on(mailing, count_moved)
        return self._noted(who, "resumed", mailing, done)

    def _go_on(self, mailing: Mailing, count_moved: int | None) -> bool:
        after = MailingState.SCHEDULED
        if mailing.prepared_at is not None:
            self._confirm_anew(mailing, count_moved)
            after = MailingState.SENDING
        done = self.desk.mailings.move(mailing, MailingState.PAUSED, after)
        if done:
            self._look_at(mailing)
        return done

    def _confirm_anew(self, mailing: Mailing, count_moved: int | None) -> None:
        counts = self.desk.freezing.counts(mailing)
        if not far_from(mailing.confirmed, counts):
            return
        if count_moved != counts.prepared:
            raise NotConfirmedError(
                f"{counts.prepared:,} readers, and {mailing.confirmed:,} were confirmed",
                hint="see what became of the list; if it is right:"
                f" press send resume {mailing.edition} --count-moved {counts.prepared}",
            )
        self.desk.mailings.confirm(mailing, counts.prepared)

    def cancel(self, mailing: Mailing, who: str) -> bool:
        """End a mailing; who was written to was, nobody else will be.

        One that is done can be ended while the provider still holds mails of it.
        """
        if not allowed(MAILING, mailing.state, MailingState.CANCELLED):
            return False
        if mailing.state is MailingState.DONE and not self.desk.held.held(mailing.id):
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
        """Let a database that was brought back send again, once it was compared.

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
        late = self._late(mailing)
        missed = [step for step in late if step.state is StepState.MISSED]
        for step in missed:
            self.desk.mailings.reschedule(mailing, step, self.desk.clock.now())
        if missed:
            self.desk.mailings.move(
                mailing, MailingState.MISSED, MailingState.SCHEDULED
            )
        if len(late) > len(missed):
            self.resume(mailing, who)
        if late:
            self.desk.mailings.note(who, "sent late", str(mailing.id))
        return len(late)

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


def _listed(found: Sequence[Mailing]) -> str:
    """Return how each of some mailings is named on the command line."""
    return "; ".join(
        f"--mailing {each.id} (to {each.audience}, {each.state})" for each in found
    )
