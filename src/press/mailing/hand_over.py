"""Hand a step of a mailing over: claim, pack, mark, call, settle, again and again."""

from __future__ import annotations

import datetime as dt
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256

from press.mailing.doubt import Settler
from press.mailing.patience import FIRST_PAUSE, PATIENCE, Patience
from press.mailing.plan import LONGEST_HOLD, SHORTEST_HOLD
from press.mailing.stage import Stage, unwatched
from press.model.letter import Consignment, Fence, Letter, Parcel
from press.model.mailing import (
    Answer,
    Budget,
    Claim,
    Claimed,
    Hold,
    Mailing,
    Outcome,
    Step,
    Wait,
)
from press.ports import Courier, Fencing, Ledger

#: A wait longer than this is left for the next call.
LONGEST_WAIT = 90.0
#: A mark older than so many seconds is not followed by a call: the process, or its
#: machine, was stopped in between, and others may have settled the request.
FRESH = 60.0
#: Seconds after which a thread that only reckons lets another go on. With Python's own 5 ms
#: whoever comes back from the database waits so long for each answer, and all others
#: for the database.
TURN = 0.001
#: Answers in a row that may come from something that is not the provider.
STRANGE = 3


class Ended(StrEnum):
    """Why the work ended."""

    EMPTY = "empty"  #: Nobody is left to claim.
    TURN = "turn"  #: Its turn is over; it could go on at once.
    LATER = "later"  #: Somebody is, but not now: a rate, a mailbox, a provider that is away.
    STOPPED = "stopped"  #: It was asked to stop, or the mailing was paused.


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """All that handing over one step needs.

    Attributes:
        mailing: The mailing, which is being sent.
        step: The step, which is running.
        letters: Its letters, by variant.
        parcel: Makes, for a letter, what makes what goes to one reader.
        budgets: How many may go in which span of time.
        categories: For the provider's statistics.
        send_at: When the provider lets the first fenced request go; None for at once.
        hold: Returns why the mailing must stop now; empty for nothing.
        workers: How many requests are under way at once.
        turn: Seconds after which the floor is given back, and at once where one would
            wait; None for staying until nobody is left.
        patience: Seconds without anything taken after which the work is left.
        pause: Seconds before the first new try where nothing was taken.
        fresh: Seconds that may pass between the mark and the call.
        tries: What is left of the patience, where an earlier turn began it.
    """

    mailing: Mailing
    step: Step
    letters: Mapping[str, Letter]
    parcel: Callable[[Letter], Callable[[Claimed], Parcel]]
    budgets: Sequence[Budget] = ()
    categories: tuple[str, ...] = ()
    send_at: dt.datetime | None = None
    hold: Callable[[], str] = str
    workers: int = 1
    turn: float | None = None
    patience: float = PATIENCE
    pause: float = FIRST_PAUSE
    fresh: float = FRESH
    tries: Patience | None = None


@dataclass(slots=True, kw_only=True)
class Sender:
    """Hands steps over.

    Attributes:
        ledger: Where everything is written first.
        courier: Who takes it.
        settler: Settles doubts by the fence while there is time.
        stop: Set by whoever wants the work to end after the open requests.
        watch: Is told at every stage.
        wait: Seconds after which something may be done again, where it ended for later.
    """

    ledger: Ledger
    courier: Courier
    settler: Settler
    fencing: Fencing | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    watch: Callable[[Stage], None] = unwatched
    wait: float | None = None
    _failed: threading.Event = field(default_factory=threading.Event)

    @property
    def ends(self) -> bool:
        """Whether to end after the open request: asked to, or a thread has failed."""
        return self.stop.is_set() or self._failed.is_set()

    def hand_over(self, work: Work) -> Ended:
        """Hand over a step; return why it ended.

        Every thread finishes the request it has begun, whatever happens.
        """
        self.ledger.recover(work.mailing)
        self.wait = None
        tries = work.tries or Patience(work.patience, work.pause)
        if work.send_at is not None:
            self.settler.fence(work.mailing.id)
        if work.workers == 1:
            return _Hand(self, work, self.ledger, tries).run()
        with (
            _short_turns(),
            ThreadPoolExecutor(work.workers, thread_name_prefix="hand") as pool,
        ):
            running = [
                pool.submit(self._thread, work, tries) for _ in range(work.workers)
            ]
            try:
                ended = {each.result() for each in running}
            except BaseException:
                self._failed.set()
                raise
        order = (Ended.STOPPED, Ended.TURN, Ended.LATER, Ended.EMPTY)
        return next(each for each in order if each in ended)

    def come_back(self, seconds: float) -> None:
        """Note when something may be done again; the soonest counts."""
        self.wait = seconds if self.wait is None else min(self.wait, seconds)

    def _thread(self, work: Work, tries: Patience) -> Ended:
        ledger = self.ledger.for_thread()
        try:
            return _Hand(self, work, ledger, tries).run()
        except BaseException:
            self._failed.set()
            raise
        finally:
            if ledger is not self.ledger:
                ledger.close()


class _Hand:
    """One thread of the work."""

    def __init__(
        self, sender: Sender, work: Work, ledger: Ledger, tries: Patience
    ) -> None:
        self._sender, self._work, self._ledger = sender, work, ledger
        self._tries = tries
        self._most = sender.courier.most
        self._held = _held(work)
        self._strange = 0
        self._began = time.monotonic()
        self._marked = 0.0
        self._batch = ""

    def run(self) -> Ended:
        while not self._sender.ends:
            claim = self._ledger.claim(
                self._work.mailing,
                self._work.step,
                self._most,
                self._work.budgets,
                self._held,
            )
            if claim is None:
                return Ended.EMPTY
            if isinstance(claim, Wait):
                if not self._waits(claim.seconds):
                    return Ended.LATER
                continue
            self._sender.watch(Stage.CLAIMED)
            if why := self._work.hold():
                self._ledger.release(claim)
                self._ledger.pause(claim, why)
                return Ended.STOPPED
            outcome = self._one(claim) if claim.readers else None
            if outcome is not None and not self._goes_on(claim, outcome):
                return Ended.LATER
            if self._turn_is_over:
                return Ended.TURN
        return Ended.STOPPED

    @property
    def _turn_is_over(self) -> bool:
        turn = self._work.turn
        return turn is not None and time.monotonic() - self._began >= turn

    def _waits(self, seconds: float) -> bool:
        """Wait, where this is not left for a later call, or the floor given to others."""
        self._sender.come_back(seconds)
        if seconds > LONGEST_WAIT or self._work.turn is not None:
            return False
        self._sender.stop.wait(seconds)
        return True

    def _one(self, claim: Claim) -> Outcome | None:
        """Hand one request over; None where it was not ours to send any more."""
        self._batch = self._new_batch() if claim.send_at else ""
        if claim.send_at and not self._batch:
            # Nothing can be taken back without it: wait, as where nothing is taken.
            self._ledger.release(claim)
            return Outcome(answer=Answer.NOT_TAKEN, detail="no name to cancel it by")
        packed = self._mark(claim)
        if packed is None:
            return None
        claim, consignment = packed
        self._sender.watch(Stage.MARKED)
        if _awake() - self._marked <= self._work.fresh:
            outcome = self._sender.courier.hand_over(consignment)
        else:
            outcome = Outcome(answer=Answer.NOT_TAKEN, detail="stopped before the call")
        self._sender.watch(Stage.HANDED)
        ours = self._ledger.settle(claim, outcome)
        self._sender.watch(Stage.SETTLED)
        return outcome if ours else None

    def _mark(self, claim: Claim) -> tuple[Claim, Consignment] | None:
        """Pack and mark a claim, anew as often as somebody leaves meanwhile."""
        while claim.readers:
            consignment = self._pack(claim)
            self._sender.watch(Stage.PACKED)
            body = _hash(consignment)
            self._marked = _awake()
            readers = self._ledger.mark(claim, body, consignment.fence)
            if readers is None:
                self._ledger.release(claim)
                return None
            if len(readers) == len(claim.readers):
                return claim, consignment
            claim = replace(claim, readers=readers)
        self._ledger.release(claim)
        return None

    def _pack(self, claim: Claim) -> Consignment:
        letter = self._work.letters[claim.variant]
        make = self._work.parcel(letter)
        return Consignment(
            request=claim.request,
            letter=letter,
            parcels=tuple(map(make, claim.readers)),
            categories=self._work.categories,
            fence=self._fence(claim),
        )

    def _new_batch(self) -> str:
        fencing = self._sender.fencing
        return fencing.new_batch() if fencing is not None else ""

    def _fence(self, claim: Claim) -> Fence | None:
        if not self._batch or claim.send_at is None:
            return None
        return Fence(batch=self._batch, send_at=int(claim.send_at.timestamp()))

    def _goes_on(self, claim: Claim, outcome: Outcome) -> bool:
        """Whether to claim more after an answer; wait where it asks for that."""
        match outcome.answer:
            case Answer.ACCEPTED | Answer.REJECTED:
                self._tries.taken()
                self._strange = 0
                return True
            case Answer.FATAL:
                return False
            case Answer.IN_DOUBT:
                return self._doubt(claim, outcome)
            case Answer.NOT_TAKEN:
                return self._not_taken(outcome)

    def _doubt(self, claim: Claim, outcome: Outcome) -> bool:
        """Cancel in time where that can be; pause where a stranger seems to answer."""
        self._sender.watch(Stage.DOUBTED)
        if self._work.send_at is not None:
            self._sender.settler.fence(claim.mailing)
        self._strange += 1
        redirected = outcome.status is not None and outcome.status // 100 in {2, 3}
        if redirected or self._strange >= STRANGE:
            why = f"something answers that is not {self._sender.courier.name}"
            if not redirected:
                why = f"{self._sender.courier.name} does not answer"
            self._ledger.pause(claim, f"{why}: {outcome.detail}")
            return False
        return True

    def _not_taken(self, outcome: Outcome) -> bool:
        """Wait where the provider does not say for how long.

        Where it does, the next claim says it: the ledger knows of the provider, and of
        each mailbox, which waits longer every time.
        """
        pause = self._tries.pause()
        if pause is None:
            return False
        return self._waits(pause) if not outcome.wait else True


def _held(work: Work) -> Hold | None:
    """Return how the provider is to hold the requests of a work."""
    if work.send_at is None:
        return None
    window = dt.timedelta(seconds=work.mailing.window)
    return Hold(
        at=work.send_at,
        until=work.send_at + window,
        notice=int(SHORTEST_HOLD.total_seconds()),
        longest=int(LONGEST_HOLD.total_seconds()),
    )


@contextmanager
def _short_turns() -> Iterator[None]:
    """Let threads take turns more often."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def _awake() -> float:
    """Return seconds that pass while a process is stopped, and a machine asleep too."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


def _hash(consignment: Consignment) -> str:
    """Return what names exactly this: the letter and what each reader gets of it."""
    lines = [consignment.letter.variant]
    lines += [f"{each.delivery}|{each.message_id}" for each in consignment.parcels]
    return sha256("\n".join(lines).encode()).hexdigest()
