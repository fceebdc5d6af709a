"""The round: whatever is due is done; safe to be made at any time, by any number.

Everything that decides stands in the ledger's rows. A round that finds nothing due takes
milliseconds; two rounds at once share the work; one that dies is taken over by the next.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from press.desk import errands, taking_back
from press.desk.brake import Brake
from press.desk.confirming import send_confirmations
from press.desk.parcels import parcels
from press.desk.sending import SendDesk
from press.desk.starting import Starting
from press.mailing.doubt import Rules, Settler
from press.mailing.hand_over import Ended, Sender, Work
from press.mailing.pace import budgets
from press.mailing.plan import holds_until
from press.mailing.stage import Stage
from press.mailing.take_back import TakeBack
from press.model.house import House
from press.model.letter import Letter
from press.model.mailing import (
    Kind,
    Mailing,
    MailingId,
    MailingState,
    SignOff,
    Step,
    StepState,
)
from press.ports import Fencing, Withholding

WORKERS = 8
_IDLE = {MailingState.PAUSED, MailingState.MISSED, MailingState.DONE}
_IDLE |= {MailingState.CANCELLED}


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
        withholding: The courier, where it can be asked not to send what it took.
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
    withholding: Withholding | None = None
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
        self.told += self.run_errands()
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

    def run_errands(self) -> Sequence[str]:
        """Ask the provider what is to be asked about readers; return what happened."""
        runner = errands.Runner(
            connection=self.desk.books.connection,
            clock=self.desk.clock,
            provider=self.withholding,
        )
        return tuple(errands.told(runner.run()))

    def work_on(self, mailing: Mailing) -> None:
        """Do whatever is due of one mailing."""
        if mailing.kind is Kind.LIVE and self.desk.is_restored():
            self._tell(
                mailing,
                "nothing is sent: the database was brought back from a backup;"
                " press send reconcile",
            )
            return
        if mailing.state is MailingState.CANCELLED:
            self._take_back(mailing)
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
            case StepState.WAITING if self._starting().may_start(mailing, step):
                self._start(mailing, step)
            case StepState.WAITING:
                return step.due_at is not None
        return True

    def _start(self, mailing: Mailing, step: Step) -> None:
        if step.kind is Kind.TEST and mailing.kind is Kind.LIVE:
            self._start_test(mailing, step)
            return
        frozen = self._starting().frozen(mailing, step)
        if frozen is None:
            return
        mailings = self.desk.mailings
        with self.desk.books.connection.transaction():
            mailings.move(mailing, MailingState.READY, MailingState.SENDING)
            if mailings.move_step(mailing, step, StepState.WAITING, StepState.RUNNING):
                self.call(mailing)
        self._tell(mailing, f"step “{step.name}” starts")
        self._run(mailings.get(mailing.id), step)

    def _starting(self) -> Starting:
        return Starting(
            desk=self.desk, house=self.house, brake=self._brake(), tell=self._tell
        )

    def _brake(self) -> Brake:
        return Brake(desk=self.desk)

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
        ledger = self.desk.handing
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

    def taker(self) -> TakeBack:
        """Return what takes back the mails of a cancelled mailing."""
        return TakeBack(book=self.desk.held, settler=self.settler(), watch=self.watch)

    def _take_back(self, mailing: Mailing) -> None:
        """Take back what was accepted after the mailing was cancelled."""
        back = self.taker().take_back(mailing.id)
        if back.saved or back.unknown:
            for line in taking_back.done(back):
                self._tell(mailing, line)

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
            hold=self._brake().hold(mailing) if live else str,
            workers=self.workers,
        )

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
        self.desk.handing.recover(mailing)
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
