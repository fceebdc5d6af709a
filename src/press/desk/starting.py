"""Starting a step: whether its time has come, who waits, who gets it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from press.audience.address import key
from press.desk.brake import Brake
from press.desk.sending import SendDesk
from press.mailing.guard import far_from, is_tested
from press.mailing.plan import (
    goes_after,
    is_missed,
    starts_at,
    time_of,
    waits_for,
    was_away,
    watched,
)
from press.model.house import House
from press.model.mailing import (
    Counts,
    Kind,
    Mailing,
    MailingId,
    MailingState,
    Step,
    StepState,
)

#: A step that is put off by less keeps the time that its editor wrote.
WORTH_TELLING = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Starting:
    """Decides whether a step may start, and freezes who gets it.

    Attributes:
        desk: The send desk.
        house: The paper.
        brake: Looks whether the mailing must stop.
        tell: Is told what happened to a mailing, in words.
    """

    desk: SendDesk
    house: House
    brake: Brake
    tell: Callable[[Mailing, str], None]

    def may_start(self, mailing: Mailing, step: Step) -> bool:
        """Whether a step's time has come, and all that it needs is there."""
        now = self.desk.clock.now()
        at_once = mailing.kind is Kind.TEST
        ended = self._ended(mailing, step)
        if ended is not None:
            step = self._kept_apart(mailing, step, ended)
        starts = now if at_once else starts_at(step, mailing, ended)
        if starts is None or now < starts:
            return False
        if is_missed(step, mailing, now):
            self._miss(mailing, step)
            return False
        signed = self.desk.mailings.signed(mailing.edition, mailing.content)
        missing = waits_for(step, mailing, signed)
        if Kind.TEST not in (mailing.kind, step.kind) and not is_tested(signed):
            missing = ("a test of exactly this digest", *missing)
        if missing:
            self.tell(mailing, f"step “{step.name}” waits for {', '.join(missing)}")
            return False
        return not (
            self._needs_one_that_waits(step, mailing) or self._stopped_by(mailing)
        )

    def _ended(self, mailing: Mailing, step: Step) -> dt.datetime | None:
        """Return when the last of the steps that a step watches had left.

        None where it watches none, where one is not done, or nobody was written to.
        """
        before = watched(step, mailing)
        if any(each.state is not StepState.DONE for each in before):
            return None
        pacing = self.desk.pacing
        ends = (pacing.ended(mailing.id, each.number) for each in before)
        return max((end for end in ends if end is not None), default=None)

    def _kept_apart(self, mailing: Mailing, step: Step, ended: dt.datetime) -> Step:
        """Return a step with its time, which is later where those it watches were late.

        What became of them must be known before it goes, and that takes its time.
        """
        after = goes_after(step, ended)
        if step.due_at is None or after <= step.due_at:
            return step
        if after - step.due_at >= WORTH_TELLING:
            self.desk.mailings.reschedule(mailing, step, after)
            names = ", ".join(each.name for each in watched(step, mailing))
            self.tell(
                mailing,
                f"step “{step.name}” goes {after:%Y-%m-%d %H:%M} UTC: until then press"
                f" looks what becomes of {names}",
            )
        return replace(step, due_at=after, wall_time="")

    def _needs_one_that_waits(self, step: Step, mailing: Mailing) -> bool:
        """Whether the provider holds a step still that this one needs.

        What bounces of it must be known before the rest goes.
        """
        leaving = (
            self.desk.pacing.last_to_leave(mailing.id, each.number)
            for each in mailing.steps
            if each.name in step.needs and each.kind is Kind.LIVE
        )
        now = self.desk.clock.now()
        return any(leaves is not None and leaves > now for leaves in leaving)

    def _miss(self, mailing: Mailing, step: Step) -> None:
        mailings = self.desk.mailings
        if mailings.move_step(mailing, step, StepState.WAITING, StepState.MISSED):
            mailings.move(mailing, MailingState.SCHEDULED, MailingState.MISSED)
            self.tell(
                mailing,
                f"step “{step.name}” was due {time_of(step)} and is missed;"
                f" press send --late {mailing.edition} sends it now",
            )

    def _stopped_by(self, mailing: Mailing) -> bool:
        """Pause a mailing whose mails bounce or are complained about too often."""
        why = self.brake.stop(mailing)
        if why:
            self.tell(mailing, f"stopped: {why}")
        return bool(why)

    def frozen(self, mailing: Mailing, step: Step) -> Counts | None:
        """Freeze a mailing's audience, if that was not done; None where it may not go."""
        counts = self._counted(mailing, step)
        return None if counts is None or self._is_to_pause(mailing) else counts

    def _is_to_pause(self, mailing: Mailing) -> bool:
        """Pause a mailing of which that was asked while its audience was written down."""
        mailing = self.desk.mailings.get(mailing.id)
        if mailing.state is not MailingState.READY or not mailing.why:
            return False
        if self.desk.mailings.move(
            mailing, MailingState.READY, MailingState.PAUSED, mailing.why
        ):
            self.tell(mailing, mailing.why)
        return True

    def _counted(self, mailing: Mailing, step: Step) -> Counts | None:
        """Return who gets a mailing, counted, and frozen if that was not done."""
        if mailing.state not in {MailingState.SCHEDULED, MailingState.PREPARING}:
            there = self.desk.freezing.counts(mailing)
            ready_now = mailing.state is MailingState.READY
            return None if ready_now and self._is_far(mailing, there) else there
        freezing = self.desk.freezing
        if mailing.list_id is None:
            return freezing.freeze_addresses(
                mailing,
                self._people(step),
                len(self.desk.mailings.letters(mailing.content)),
            )
        groups = self.desk.groups(self.house)
        audience = groups.audience(mailing.list_id, mailing.rules)
        if mailing.kind is Kind.LIVE:
            audience = replace(audience, edition=mailing.edition, mailing=mailing.id)
        counts = freezing.freeze(mailing, audience)
        if counts is None:
            return None
        left_out = ", ".join(f"{n:,} {why}" for why, n in counts.excluded.items())
        self.tell(
            mailing,
            f"frozen: {counts.candidates:,} candidates = {counts.prepared:,} prepared"
            f" + {sum(counts.excluded.values()):,} left out"
            + (f" ({left_out})" if left_out else ""),
        )
        return None if self._is_far(mailing, counts) else counts

    def _is_far(self, mailing: Mailing, counts: Counts) -> bool:
        """Pause a mailing whose audience is not what somebody confirmed."""
        if not far_from(mailing.confirmed, counts):
            return False
        why = f"{counts.prepared:,} readers, and {mailing.confirmed:,} were confirmed"
        if self.desk.mailings.move(
            mailing, MailingState.READY, MailingState.PAUSED, why
        ):
            self.tell(mailing, f"paused: {why}")
        return True

    def _people(self, step: Step) -> list[tuple[str, str, bytes]]:
        hash_of = self.desk.books.secret.hash_of
        keys = {key(address): address for address in step.addresses}
        return [(address, each, hash_of(each)) for each, address in keys.items()]

    def test(self, mailing: Mailing, step: Step) -> Mailing:
        """Open the test that a step of a plan is, or return it where it is open."""
        return self.desk.mailings.open(
            replace(
                mailing,
                id=MailingId(0),
                kind=Kind.TEST,
                state=MailingState.SCHEDULED,
                audience=step.name,
                fenced=False,
                confirmed=None,
                list_id=self.desk.list_id(step.list_name),
                rules=replace(
                    mailing.rules,
                    exclude=(),
                    groups=(),
                    variants=mailing.rules.variants[:1],
                ),
                parent=mailing.id,
                parent_step=step.number,
                steps=(replace(step, number=1, state=StepState.WAITING, needs=()),),
            )
        )

    def is_left(self, mailing: Mailing, step: Step) -> bool:
        """Pause a mailing at which nobody looked until long after a step's window."""
        mailings = self.desk.mailings
        if not was_away(step, mailing, self.desk.clock.now()):
            mailings.look_at(mailing, step)
            return False
        why = (
            f"step “{step.name}” was under way when press stopped, and its window is"
            " over; press send resume lets it go on"
        )
        if mailings.move(mailing, MailingState.SENDING, MailingState.PAUSED, why):
            self.tell(mailing, f"paused: {why}")
        return True
