"""The round: whatever is due is done; safe to be made at any time, by any number.

Everything that decides stands in the ledger's rows. A round that finds nothing due takes
milliseconds; two rounds at once share the work; one that dies is taken over by the next.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from press.desk import errands, taking_back
from press.desk.brake import Brake
from press.desk.confirming import Newcomers
from press.desk.parcels import parcels
from press.desk.sending import SendDesk
from press.desk.starting import Starting
from press.mailing.doubt import Rules, Settler
from press.mailing.hand_over import LONGEST_WAIT, Ended, Sender, Work
from press.mailing.pace import budgets
from press.mailing.patience import Patience
from press.mailing.plan import leaves_at
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
#: Seconds for which one mailing has the floor while others may want it.
TURN = 30.0
#: Seconds between two looks at the provider's records of one mailing, in one round.
SETTLE_EVERY = 60.0
_IDLE = {MailingState.PAUSED, MailingState.MISSED, MailingState.DONE}
_IDLE |= {MailingState.CANCELLED}


def _nothing(stage: Stage) -> None:
    del stage


def unheard(mailing: Mailing) -> None:
    """Call nobody."""
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
        under_way: Is told of a mailing that is being handed over, once.
        tries: How long each mailing's provider is tried, where it takes nothing.
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
    call: Callable[[Mailing], None] = unheard
    under_way: Callable[[Mailing], None] = unheard
    tries: dict[MailingId, Patience] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    halted: bool = False
    _length: float | None = None
    _wait: float | None = None
    _first: dict[MailingId, MailingState] = field(default_factory=dict)
    _settled: dict[MailingId, float] = field(default_factory=dict)
    _later: dict[tuple[MailingId, int], tuple[Mailing, Step]] = field(
        default_factory=dict
    )

    def go(self) -> Sequence[str]:
        """Do whatever is due, mailing by mailing in turns; return what happened.

        One that must wait a little gives the floor to the others, and is looked at again;
        it ends when nothing can be done for longer than that. Who asks for the paper
        meanwhile is written to.
        """
        newcomers = Newcomers(desk=self.desk, house=self.house, stop=self.stop)
        while not self.stop.is_set():
            self.told += filter(None, (newcomers.write(), *self.run_errands()))
            waits = [
                wait
                for mailing in self.desk.mailings.open_ones()
                if (wait := self.take_turn(mailing)) is not None
            ]
            if not waits:
                break
            self.told += filter(None, (newcomers.wait(min(waits)),))
        return self.say()

    def take_turn(self, mailing: Mailing) -> float | None:
        """Give a mailing its turn; return after how many seconds it could use another.

        None where nothing is left to do before the next look at what is due.
        """
        if self.stop.is_set():
            return None
        self._wait = None
        first = self._first.setdefault(mailing.id, mailing.state)
        self.work_on(mailing, turn=TURN)
        now = self.desk.mailings.get(mailing.id).state
        self.halted |= now is MailingState.PAUSED and first is not MailingState.PAUSED
        soon = self._wait is not None and self._wait <= LONGEST_WAIT
        return self._wait if soon else None

    def say(self) -> Sequence[str]:
        """Say how those stand that are not done; return all that happened."""
        for mailing, step in self._later.values():
            self._say_how_it_stands(mailing, step)
        self._later.clear()
        return self.told

    def run_errands(self) -> Sequence[str]:
        """Ask the provider what is to be asked about readers; return what happened."""
        books, clock = self.desk.books, self.desk.clock
        return errands.run(books.connection, clock, self.withholding)

    def work_on(self, mailing: Mailing, *, turn: float | None = None) -> None:
        """Do whatever is due of one mailing.

        Args:
            mailing: Which.
            turn: Seconds after which the floor is given back; None to stay to its end.
        """
        self._length = turn
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
        mailing = mailings.get(mailing.id)
        self._run(mailing, mailing.steps[step.number - 1])

    def _starting(self) -> Starting:
        brake = Brake(desk=self.desk)
        return Starting(desk=self.desk, house=self.house, brake=brake, tell=self._tell)

    # ------------------------------------------------------------ tests in the plan

    def _start_test(self, mailing: Mailing, step: Step) -> None:
        """Open the test that a step of the plan is, and send it."""
        mailings = self.desk.mailings
        test = self._starting().test(mailing, step)
        if mailings.move_step(mailing, step, StepState.WAITING, StepState.RUNNING):
            self._tell(mailing, f"step “{step.name}” starts")
        self._run_test(mailing, step, test)

    def _run_test(self, mailing: Mailing, step: Step, test: Mailing) -> None:
        if test.state not in _IDLE:
            self.work_on(test, turn=self._length)
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
        if mailing.state is not MailingState.SENDING or self._starting().is_left(
            mailing, step
        ):
            return
        if mailing.id not in self.tries:
            self.under_way(mailing)
        sender = self._sender()
        ended = sender.hand_over(self._work(mailing, step))
        self.desk.mailings.look_at(mailing, step, sender.wait or 0.0)
        if ended is Ended.TURN:
            self._come_back(0.0)
        elif ended is Ended.LATER and sender.wait is not None:
            self._come_back(sender.wait)
        self._after(mailing, step, ended)

    def _come_back(self, seconds: float) -> None:
        self._wait = seconds if self._wait is None else min(self._wait, seconds)

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
            send_at=leaves_at(step, mailing),
            hold=Brake(desk=self.desk).hold(mailing) if live else str,
            workers=self.workers,
            turn=self._length,
            tries=self.tries.setdefault(mailing.id, Patience()),
        )

    def _letters(self, mailing: Mailing) -> dict[str, Letter]:
        return self.desk.mailings.letters(mailing.content)

    def _after(self, mailing: Mailing, step: Step, ended: Ended) -> None:
        """Say how a step's work ended, and close it where nobody is left to claim."""
        if ended in {Ended.TURN, Ended.LATER} and self._length is not None:
            # It is said once, when the last turn of all is over.
            self._later[mailing.id, step.number] = mailing, step
            return
        self._later.pop((mailing.id, step.number), None)
        left = self._say_how_it_stands(mailing, step)
        if ended is Ended.EMPTY and not left:
            self.desk.mailings.move_step(
                mailing, step, StepState.RUNNING, StepState.DONE
            )

    def _say_how_it_stands(self, mailing: Mailing, step: Step) -> int:
        """Say how many of a step are where; return how many are left to hand over."""
        states = self.desk.mailings.step_open(mailing, step)
        said = ", ".join(
            f"{count:,} {state}" for state, count in sorted(states.items())
        )
        self._tell(mailing, f"step “{step.name}”: {said or 'nobody'}")
        now = self.desk.mailings.get(mailing.id)
        if now.state is MailingState.PAUSED:
            self._tell(mailing, f"paused: {now.why}")
        return states.get("pending", 0) + states.get("reserved", 0)

    def _reopen(self, mailing: Mailing, step: Step) -> None:
        """Work on a step again whose doubts turned out not to have been taken."""
        if mailing.state is not MailingState.SENDING:
            return
        mailings = self.desk.mailings
        if mailings.has_pending(mailing, step) and mailings.move_step(
            mailing, step, StepState.DONE, StepState.RUNNING
        ):
            self._run(mailing, replace(step, state=StepState.RUNNING))

    def _settle_doubts(self, mailing: Mailing) -> Mailing:
        """Take over what dead owners left, and settle what is in doubt."""
        self.desk.handing.recover(mailing)
        if not self._is_time_to_settle(mailing):
            return self.desk.mailings.get(mailing.id)
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

    def _is_time_to_settle(self, mailing: Mailing) -> bool:
        """Whether records may say more than at the last turn: they cost a call each."""
        now = time.monotonic()
        last = self._settled.get(mailing.id)
        if last is not None and now - last < SETTLE_EVERY:
            return False
        self._settled[mailing.id] = now
        return True

    def _tell(self, mailing: Mailing, words: str) -> None:
        where = (
            mailing.edition
            if mailing.kind is Kind.LIVE
            else (f"{mailing.edition}, {mailing.audience}")
        )
        self.told.append(f"{where}: {words}")
