"""The round: whatever is due is done; safe to be made at any time, by any number.

Everything that decides stands in the ledger's rows. A round that finds nothing due takes
milliseconds; two rounds at once share the work; one that dies is taken over by the next.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from press.adapters.database.handing import Handing
from press.audience.address import key
from press.desk.confirming import send_confirmations
from press.desk.parcels import parcels
from press.desk.sending import SendDesk
from press.mailing.doubt import Rules, Settler
from press.mailing.guard import far_from, is_tested, reason_to_stop
from press.mailing.hand_over import Ended, Sender, Work
from press.mailing.pace import budgets
from press.mailing.plan import holds_until, is_missed, starts_at, waits_for
from press.mailing.stage import Stage
from press.model.house import House
from press.model.letter import Letter
from press.model.mailing import (
    Counts,
    Kind,
    Mailing,
    MailingId,
    MailingState,
    SignOff,
    Step,
    StepState,
)
from press.ports import Fencing

WORKERS = 8
_IDLE = {MailingState.PAUSED, MailingState.MISSED, MailingState.DONE}
_IDLE |= {MailingState.CANCELLED}
#: How often the stop conditions are worked out, in requests.
LOOK_EVERY = 5
#: After a look nobody looks for so many times as long as it took: it counts all readers.
REST = 20


def _nothing(stage: Stage) -> None:
    del stage


def _nobody(mailing: Mailing) -> None:
    del mailing


@dataclass(slots=True, kw_only=True)
class Round:
    """Makes rounds.

    Attributes:
        desk: The send desk.
        house: The paper.
        fencing: The courier, where it can take requests back.
        rules: How careful doubts are settled.
        warm_up: How many live mails may go today; None for no warm-up.
        workers: How many requests are under way at once.
        stop: Set by whoever wants the round to end after the open requests.
        watch: Is told at every stage of a request.
        call: Calls others to a mailing, in the transaction in which a step starts.
        told: What happened, in words, in order.
        halted: Whether a mailing was paused meanwhile, so that somebody must look.
    """

    desk: SendDesk
    house: House
    fencing: Fencing | None = None
    rules: Rules = field(default_factory=Rules)
    warm_up: int | None = None
    workers: int = WORKERS
    stop: threading.Event = field(default_factory=threading.Event)
    watch: Callable[[Stage], None] = _nothing
    call: Callable[[Mailing], None] = _nobody
    told: list[str] = field(default_factory=list)
    halted: bool = False

    def go(self) -> Sequence[str]:
        """Do whatever is due; return what happened."""
        if said := send_confirmations(self.desk, self.house):
            self.told.append(said)
        for mailing in self.desk.mailings.open_ones():
            if self.stop.is_set():
                break
            self.work_on(mailing)
            now = self.desk.mailings.get(mailing.id).state
            self.halted |= (
                now is MailingState.PAUSED and mailing.state is not MailingState.PAUSED
            )
        return self.told

    def work_on(self, mailing: Mailing) -> None:
        """Do whatever is due of one mailing."""
        if mailing.kind is Kind.LIVE and self.desk.is_restored():
            self._tell(
                mailing,
                "nothing is sent: the database was brought back from a backup;"
                " press send reconcile",
            )
            return
        mailing = self._settle_doubts(mailing)
        if mailing.state in _IDLE:
            return
        for step in mailing.steps:
            if self.stop.is_set() or not self._step(mailing, step):
                break
            mailing = self.desk.mailings.get(mailing.id)
            if mailing.state in _IDLE:
                break
        self.desk.mailings.finish(mailing)

    # ------------------------------------------------------------ steps

    def _step(self, mailing: Mailing, step: Step) -> bool:
        """Work on a step; return whether the steps after it may be looked at."""
        match step.state:
            case StepState.RUNNING:
                self._run(mailing, step)
            case StepState.DONE:
                self._reopen(mailing, step)
            case StepState.MISSED:
                return False
            case StepState.WAITING if self._may_start(mailing, step):
                self._start(mailing, step)
            case StepState.WAITING:
                return step.due_at is not None
        return True

    def _may_start(self, mailing: Mailing, step: Step) -> bool:
        """Whether a step's time has come, and all that it needs is there."""
        now = self.desk.clock.now()
        at_once = mailing.kind is Kind.TEST
        starts = now if at_once else starts_at(step, mailing)
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
            self._tell(mailing, f"step “{step.name}” waits for {', '.join(missing)}")
            return False
        return not self._stopped_by(mailing)

    def _miss(self, mailing: Mailing, step: Step) -> None:
        mailings = self.desk.mailings
        if mailings.move_step(mailing, step, StepState.WAITING, StepState.MISSED):
            mailings.move(mailing, MailingState.SCHEDULED, MailingState.MISSED)
            self._tell(
                mailing,
                f"step “{step.name}” was due {step.wall_time} and is missed;"
                f" press send --late {mailing.edition} sends it now",
            )

    def _stopped_by(self, mailing: Mailing) -> bool:
        """Pause a mailing whose mails bounce or are complained about too often."""
        why = self._reason_to_stop(mailing)
        if why:
            moved = self.desk.mailings.move(
                mailing, MailingState.SENDING, MailingState.PAUSED, why
            )
            if moved:
                self._tell(mailing, f"stopped: {why}")
        return bool(why)

    def _reason_to_stop(self, mailing: Mailing) -> str:
        for step in mailing.steps:
            if step.stop_bounce is None and step.stop_complaint is None:
                continue
            tally = self.desk.events.stats(mailing.id, step.number)
            if why := reason_to_stop(step, tally):
                return why
        return ""

    def _start(self, mailing: Mailing, step: Step) -> None:
        if step.kind is Kind.TEST and mailing.kind is Kind.LIVE:
            self._start_test(mailing, step)
            return
        frozen = self._frozen(mailing, step)
        if frozen is None:
            return
        mailings = self.desk.mailings
        with self.desk.books.connection.transaction():
            mailings.move(mailing, MailingState.READY, MailingState.SENDING)
            if mailings.move_step(mailing, step, StepState.WAITING, StepState.RUNNING):
                self.call(mailing)
        self._tell(mailing, f"step “{step.name}” starts")
        self._run(mailings.get(mailing.id), step)

    def _frozen(self, mailing: Mailing, step: Step) -> Counts | None:
        """Freeze a mailing's audience, if that was not done; None where it may not go."""
        if mailing.state not in {MailingState.SCHEDULED, MailingState.PREPARING}:
            there = self.desk.freezing.counts(mailing)
            ready_now = mailing.state is MailingState.READY
            return None if ready_now and self._is_far(mailing, there) else there
        freezing = self.desk.freezing
        if mailing.list_id is None:
            return freezing.freeze_addresses(
                mailing, self._people(step), len(self._letters(mailing))
            )
        groups = self.desk.groups(self.house)
        audience = groups.audience(mailing.list_id, mailing.rules)
        if mailing.kind is Kind.LIVE:
            audience = replace(audience, edition=mailing.edition, mailing=mailing.id)
        counts = freezing.freeze(mailing, audience)
        if counts is None:
            return None
        left_out = ", ".join(f"{n:,} {why}" for why, n in counts.excluded.items())
        self._tell(
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
            self._tell(mailing, f"paused: {why}")
        return True

    def _people(self, step: Step) -> list[tuple[str, str, bytes]]:
        hash_of = self.desk.books.secret.hash_of
        keys = {key(address): address for address in step.addresses}
        return [(address, each, hash_of(each)) for each, address in keys.items()]

    # ------------------------------------------------------------ tests in the plan

    def _start_test(self, mailing: Mailing, step: Step) -> None:
        """Open the test that a step of the plan is, and send it."""
        mailings = self.desk.mailings
        test = mailings.open(
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
        if mailings.move_step(mailing, step, StepState.WAITING, StepState.RUNNING):
            self._tell(mailing, f"step “{step.name}” starts")
        self._run_test(mailing, step, test)

    def _run_test(self, mailing: Mailing, step: Step, test: Mailing) -> None:
        if test.state not in _IDLE:
            self.work_on(test)
            test = self.desk.mailings.get(test.id)
        if test.state is not MailingState.DONE:
            return
        if not self.desk.mailings.reached(test):
            self._tell(mailing, f"step “{step.name}” reached nobody")
            return
        moved = self.desk.mailings.move_step(
            mailing, step, StepState.RUNNING, StepState.DONE
        )
        if moved:
            self.sign_tested(test)

    def sign_tested(self, test: Mailing) -> None:
        """Write down that each of these letters went to an address of our own."""
        if self.desk.mailings.reached(test) != set(self._letters(test)):
            return
        off = SignOff(what="tested", who="press", at=self.desk.clock.now())
        self.desk.mailings.sign(test.edition, test.content, off)

    # ------------------------------------------------------------ handing over

    def _run(self, mailing: Mailing, step: Step) -> None:
        if step.kind is Kind.TEST and mailing.kind is Kind.LIVE:
            parent = replace(mailing, parent=mailing.id, parent_step=step.number)
            test = self.desk.mailings.test_of(parent)
            if test is not None:
                self._run_test(mailing, step, test)
            return
        if mailing.state is not MailingState.SENDING:
            return
        ended = self._sender().hand_over(self._work(mailing, step))
        self._after(mailing, step, ended)

    def _sender(self) -> Sender:
        ledger = Handing(self.desk.books.connection, self.desk.clock)
        return Sender(
            ledger=ledger,
            courier=self.desk.courier,
            settler=self.settler(),
            fencing=self.fencing,
            stop=self.stop,
            watch=self.watch,
        )

    def settler(self) -> Settler:
        """Return what settles doubts."""
        return Settler(
            book=self.desk.doubts,
            courier=self.desk.courier,
            clock=self.desk.clock,
            fencing=self.fencing,
            rules=self.rules,
        )

    def _work(self, mailing: Mailing, step: Step) -> Work:
        live = mailing.kind is Kind.LIVE
        return Work(
            mailing=mailing,
            step=step,
            letters=self._letters(mailing),
            parcel=parcels(self.desk.books.secret),
            budgets=budgets(step, self.warm_up if live else None),
            categories=("digest", f"edition-{mailing.edition}"),
            send_at=holds_until(step, mailing, self.desk.clock.now()),
            hold=self._hold(mailing) if live else str,
            workers=self.workers,
        )

    def _hold(self, mailing: Mailing) -> Callable[[], str]:
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
            why = self._reason_to_stop(mailing)
            ended = time.monotonic()
            rested = ended + REST * (ended - begun)
            return why

        return hold

    def _letters(self, mailing: Mailing) -> dict[str, Letter]:
        return self.desk.mailings.letters(mailing.content)

    def _after(self, mailing: Mailing, step: Step, ended: Ended) -> None:
        """Say how a step's work ended, and close it where nobody is left to claim."""
        states = self.desk.mailings.step_open(mailing, step)
        left = states.get("pending", 0) + states.get("reserved", 0)
        said = ", ".join(
            f"{count:,} {state}" for state, count in sorted(states.items())
        )
        self._tell(mailing, f"step “{step.name}”: {said or 'nobody'}")
        now = self.desk.mailings.get(mailing.id)
        if now.state is MailingState.PAUSED:
            self._tell(mailing, f"paused: {now.why}")
        elif ended is Ended.EMPTY and not left:
            self.desk.mailings.move_step(
                mailing, step, StepState.RUNNING, StepState.DONE
            )

    def _reopen(self, mailing: Mailing, step: Step) -> None:
        """Work on a step again whose doubts turned out not to have been taken."""
        if mailing.state is not MailingState.SENDING:
            return
        states = self.desk.mailings.step_open(mailing, step)
        if states.get("pending", 0) and self.desk.mailings.move_step(
            mailing, step, StepState.DONE, StepState.RUNNING
        ):
            self._run(mailing, replace(step, state=StepState.RUNNING))

    def _settle_doubts(self, mailing: Mailing) -> Mailing:
        """Take over what dead owners left, and settle what is in doubt."""
        Handing(self.desk.books.connection, self.desk.clock).recover(mailing)
        self.desk.events.settle_doubts()
        if self.desk.doubts.doubts(mailing.id):
            made = self.settler().settle(mailing.id)
            settled = made.cancelled + made.taken + made.absent
            if settled:
                self._tell(
                    mailing,
                    f"{settled:,} doubtful requests settled: {made.taken:,} taken,"
                    f" {made.cancelled:,} cancelled, {made.absent:,} absent",
                )
            if made.left:
                self._tell(
                    mailing,
                    f"{made.left:,} requests in doubt;"
                    f" press send resolve {mailing.edition} shows them",
                )
        return self.desk.mailings.get(mailing.id)

    def _tell(self, mailing: Mailing, words: str) -> None:
        where = (
            mailing.edition
            if mailing.kind is Kind.LIVE
            else (f"{mailing.edition}, {mailing.audience}")
        )
        self.told.append(f"{where}: {words}")
