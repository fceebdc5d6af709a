"""A mailing that is sent while everything goes wrong, and what came of it.

The provider is in this process and counts what each reader really gets. Senders are
processes of their own; they are killed, stopped and started again until nobody is left
to claim. Then the desk settles what is in doubt, as it would the next morning.
"""

from __future__ import annotations

import random
import resource
import signal
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from press.adapters.clock import SystemClock
from press.adapters.database import Connection, open_database
from press.adapters.database.readers import ReaderBook
from press.adapters.sendgrid import SendGridCourier
from press.mailing.doubt import Settlement, Settler
from press.mailing.hand_over import Sender, Work
from press.model.mailing import Kind, MailingState, StepState
from press.model.subscriber import SubscriberId
from press.ports import Fencing
from tests.crash.couriers import a_courier, rules_of
from tests.crash.day import Chance, Day
from tests.crash.far_end import FarEnd, FolderEnd, MailServerEnd, SendGridEnd
from tests.crash.nursery import Child, Nursery
from tests.crash.order import Order
from tests.crash.sender import CODES, AheadClock
from tests.crash.verdict import Verdict, verdict_of
from tests.ledgers import Books, a_parcel, a_step, hash_of
from tests.provider import FakeSendGrid
from tests.provider.smtp import FakeMailServer

#: What a sender may end with: done, later, stopped by a pause, killed.
USUAL = frozenset({*CODES.values(), -9})
#: The next morning: the provider's records are complete, and clocks are right again.
MORNING = 5 * 3600.0
#: Seconds ahead at which fenced requests are let go: beyond the next morning.
HELD = 48 * 3600
#: No run takes longer.
LONGEST = 240.0


class Run:
    """One mailing. Used in a `with` statement."""

    def __init__(self, nursery: Nursery, database: str, day: Day, **order: Any) -> None:
        self.nursery, self.database = nursery, database
        readers, fenced = day.readers, day.fenced
        self.readers, self.rng = readers, random.Random(day.seed)
        self.poison = {self.rng.randint(1, readers) for _ in range(day.poison)}
        self._ends = ExitStack()
        self.connection = open_database(database, Path("/"))
        self._ends.callback(self.connection.close)
        courier = order.get("courier", "sendgrid")
        self.far = self._far_end(courier, day)
        self._ends.callback(self.far.close)
        clock: Any = AheadClock(0)
        self.books = Books(connection=self.connection, clock=clock)
        self.mailing = self.books.started(readers, courier=courier, fenced=fenced)
        send_at = int(SystemClock().now().timestamp()) + HELD if fenced else 0
        self.order = Order(
            database=database,
            provider=self.far.url,
            mailing=self.mailing.id,
            send_at=send_at,
            **{"fences": 1000, **order},
        )
        self.left: dict[int, float] = {}
        self.gone_before_mark: set[int] = set()
        self.kills = self.resumed = 0
        self.codes: list[int] = []
        self._stay = threading.Event()
        self.until = time.monotonic() + LONGEST

    def _far_end(self, courier: str, day: Day) -> FarEnd:
        poison = {f"r{number}@x.example" for number in self.poison}
        if courier == "outbox":
            folder = self._ends.enter_context(TemporaryDirectory(prefix="press-out-"))
            return FolderEnd(Path(folder) / "outbox")
        if courier == "smtp":
            return MailServerEnd(day, poison)
        return SendGridEnd(day, poison)

    @property
    def fake(self) -> FakeSendGrid:
        """The stand-in for SendGrid."""
        assert isinstance(self.far, SendGridEnd)
        return self.far.fake

    @property
    def server(self) -> FakeMailServer:
        """The mail server."""
        assert isinstance(self.far, MailServerEnd)
        return self.far.server

    def __enter__(self) -> Run:
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.close()
        self.until = 0

    # ------------------------------------------------------------ senders

    def start(self, **changes: Any) -> Child:
        return self.nursery.start(replace(self.order, **changes))

    def end(
        self, child: Child, seconds: float | None = None, *, also: Sequence[int] = ()
    ) -> int:
        """Wait for a sender; kill it after so many seconds. Return its exit code."""
        left = max(self.until - time.monotonic(), 0.1)
        code = child.wait(min(seconds, left) if seconds is not None else left)
        if code is None:
            assert seconds is not None, f"a sender never ended: {child.said}"
            code = child.kill()
        assert code in USUAL | set(also), f"exit code {code}: {child.said}"
        self.kills += code == -9
        self.codes.append(code)
        return code

    def until_done(
        self,
        traps: Sequence[str] = (),
        *,
        chance: Chance | None = None,
        kills: int = 1_000,
        workers: int = 1,
        ahead: Sequence[float] = (0.0,),
        rounds: int = 1_000,
    ) -> None:
        """Start senders until nobody is left to claim.

        Args:
            traps: Where senders end, one after the other; then nowhere.
            chance: When one is killed, wherever it is then.
            kills: How often at most.
            workers: How many are at work at once.
            ahead: By how much their clocks are wrong, in turn.
            rounds: How often senders are started at most.
        """
        waiting = list(traps)
        for _ in range(rounds):
            if not (waiting or self.is_open()):
                return
            assert time.monotonic() < self.until, "time is up"
            at = [waiting.pop(0) if waiting else "" for _ in range(workers)]
            children = [
                self.start(at=trap, ahead=self.order.ahead + ahead[n % len(ahead)])
                for n, trap in enumerate(at)
            ]
            for child in children:
                if chance and self.kills < kills:
                    self.end_by_chance(child, chance)
                else:
                    self.end(child)
            self.resume()

    def kill_at_each(self, stages: Sequence[str], *, workers: int = 1) -> Counter[str]:
        """Let senders be killed at each stage; return how often each killed one.

        A sender that never came to its stage is followed by another that may.
        """
        waiting, killed = list(stages), Counter[str]()
        while waiting and self.is_open():
            assert time.monotonic() < self.until, "time is up"
            begun = [(trap, self.start(at=trap)) for trap in waiting[:workers]]
            del waiting[:workers]
            for trap, child in begun:
                if self.end(child) == -signal.SIGKILL:
                    killed[trap.partition(":")[0]] += 1
                else:
                    waiting.append(trap)
            self.resume()
        return killed

    def until_stopped(self, child: Child) -> None:
        """Wait until a sender has stopped itself."""
        while not child.stopped:
            assert child.code is None, f"it ended: {child.said}"
            assert time.monotonic() < self.until, "it never stopped"
            time.sleep(0.005)

    def end_by_chance(self, child: Child, chance: Chance) -> int:
        """Kill a sender in the midst of its work, however fast that goes here."""
        until = time.monotonic() + self.rng.uniform(*chance.seconds)
        enough = self.requests() + self.rng.randint(*chance.requests)
        while time.monotonic() < until and self.requests() < enough:
            if child.wait(0.002) is not None:
                break
        return self.end(child, self.rng.uniform(0, chance.more))

    def halt(self, child: Child) -> None:
        """Stop a sender wherever it is."""
        child.signal(signal.SIGSTOP)

    def go_on(self, child: Child) -> None:
        """Let a stopped sender go on."""
        child.signal(signal.SIGCONT)

    def wait(self, seconds: float) -> None:
        """Let it be so much later for senders."""
        self.order = replace(self.order, ahead=seconds)

    def is_open(self) -> bool:
        """Whether anybody is left to claim, or left behind by who died."""
        found = self.connection.one(
            "SELECT 1 FROM delivery WHERE mailing_id = ?"
            " AND state IN ('pending', 'reserved') LIMIT 1",
            self.mailing.id,
        )
        return found is not None

    def requests(self) -> int:
        """Return how many requests were claimed so far."""
        found = self.connection.one(
            "SELECT count(*) FROM request WHERE mailing_id = ?", self.mailing.id
        )
        assert found is not None
        return int(found[0])

    def resume(self) -> None:
        """Let a paused mailing go on, as an editor would who looked at why."""
        self.resumed += self.books.mailings.move(
            self.mailing, MailingState.PAUSED, MailingState.SENDING, "resumed by hand"
        )

    def log_size(self) -> int:
        """Return how long the write-ahead log is."""
        return Path(f"{self.database}-wal").stat().st_size

    def limit_files(self, child: Child, octets: int) -> None:
        """Let no file of a sender's grow beyond so many octets from now on."""
        resource.prlimit(child.number, resource.RLIMIT_FSIZE, (octets, octets))

    def connect(self) -> None:
        """Open the database again."""
        self.connection = open_database(self.database, Path("/"))
        self._ends.callback(self.connection.close)
        self.books.connection = self.connection

    # ------------------------------------------------------------ readers who leave

    def let_leave(self, count: int, pause: float = 0.01) -> threading.Thread:
        """Let readers leave, one after the other, while the mailing is sent."""
        chosen = self.rng.sample(range(1, self.readers + 1), count)

        def leave_all() -> None:
            with ExitStack() as ends:
                connection = open_database(self.database, Path("/"), check=False)
                ends.callback(connection.close)
                for number in chosen:
                    if time.monotonic() > self.until or self._stay.is_set():
                        return
                    self._leave(connection, number)
                    time.sleep(pause)

        thread = threading.Thread(target=leave_all, daemon=True)
        thread.start()
        return thread

    def stop_leaving(self, leaving: threading.Thread) -> None:
        """Let nobody else leave: the mailing is at its end."""
        self._stay.set()
        leaving.join()

    def _leave(self, connection: Connection, number: int) -> None:
        """Let one leave, and write down whether their mail was marked before.

        Whoever leaves holds the reader's row until the commit, and the last look at
        it holds it too: what is seen here is what was marked before that commit.
        """
        book = ReaderBook(connection, hash_of, SystemClock())
        with connection.transaction():
            book.leave(SubscriberId(number), source="the link in a mail")
            row = connection.one(
                "SELECT d.state, coalesce(r.state, '') FROM delivery d"
                " LEFT JOIN request r ON r.id = d.request_id"
                " WHERE d.mailing_id = ? AND d.subscriber_id = ?",
                *(self.mailing.id, number),
            )
        assert row is not None
        if row[0] == "pending" or (row[0], row[1]) == ("reserved", "reserved"):
            self.gone_before_mark.add(number)
        self.left[number] = time.monotonic()

    # ------------------------------------------------------------ the next morning

    def settle(self) -> Settlement:
        """Settle doubts as the desk does the next morning, and send what that frees.

        What the provider holds can be proven absent only after it has let go.
        """
        self.far.calm()
        settlement = self._settle_at(MORNING)
        if self.order.send_at and settlement.left:
            self.fake.reach_send_at()
            settlement = self._settle_at(HELD + MORNING)
        return settlement

    def _settle_at(self, ahead: float) -> Settlement:
        if isinstance(self.far, SendGridEnd):
            self.fake.ahead = ahead
        clock: Any = AheadClock(ahead)
        self.books.clock = clock
        # Nobody hurries any more: a machine that is busy is no provider that is silent.
        self.order = replace(self.order, ahead=ahead, patience=20.0)
        courier = a_courier(self.order, self.books.clock)
        fencing: Fencing | None = None
        if isinstance(courier, SendGridCourier):
            self._send_to_the_desk(courier)
            fencing = courier if self.order.send_at else None
        settler = Settler(
            book=self.books.doubts,
            courier=courier,
            clock=self.books.clock,
            fencing=fencing,
            rules=rules_of(self.order),
        )
        settlement = settler.settle(self.mailing.id)
        self.until_done()
        courier.close()
        return settlement

    def doubts(self) -> list[str]:
        """Return why requests are in doubt, for a proof that fails."""
        found = self.books.doubts.doubts(self.mailing.id)
        return [f"{each.detail}; owner gone: {each.owner_gone}" for each in found]

    def decide(self, *, taken: bool) -> None:
        """Settle what is in doubt as an editor does who asked whoever keeps the server."""
        book = self.books.doubts
        for doubt in book.doubts(self.mailing.id):
            assert book.decide(doubt.request, "says Hal", taken=taken)

    def _send_to_the_desk(self, courier: SendGridCourier) -> None:
        """Send a mail to the desk: what the records must show before silence counts."""
        step = a_step(1, kind=Kind.TEST, share=None)
        test = self.books.open(
            None, step, kind=Kind.TEST, audience="desk", courier="sendgrid"
        )
        people = [("desk@quoin.example", "desk@quoin.example", b"desk")]
        self.books.freezing().freeze_addresses(test, people, 1)
        test = self.books.start(test)
        settler = Settler(
            book=self.books.doubts, courier=courier, clock=self.books.clock
        )
        sender = Sender(ledger=self.books.handing, courier=courier, settler=settler)
        sender.hand_over(
            Work(
                mailing=test,
                step=test.steps[0],
                letters=self.books.mailings.letters(test.content),
                parcel=a_parcel,
            )
        )
        assert self.books.states(test) == {"accepted": 1}

    def finish(self) -> bool:
        """Declare the mailing done, where it is."""
        step = self.mailing.steps[0]
        self.books.mailings.move_step(
            self.mailing, step, StepState.RUNNING, StepState.DONE
        )
        return self.books.mailings.finish(self.mailing)

    # ------------------------------------------------------------ what came of it

    def verdict(self) -> Verdict:
        """Hold what the provider counted against what the ledger says."""
        verdict = verdict_of(
            self.connection,
            self.mailing,
            self.books.freezing().counts(self.mailing),
            self.far.counted(),
            self.gone_before_mark,
        )
        verdict.closes &= sum(verdict.states.values()) == self.readers
        return verdict

    def states(self) -> Mapping[str, int]:
        """Return how many are in each state, without letting held mails go."""
        return self.books.states(self.mailing)

    def naive_verdict(self) -> Verdict:
        """The same of a sender that keeps no ledger: everybody is to have it once."""
        verdict = self.verdict()
        got = {
            row[0]
            for row in self.connection.all("SELECT subscriber_id, id FROM delivery")
            if self.fake.took.get(row[1])
        }
        verdict.unaccounted = set()
        verdict.lost = set(range(1, self.readers + 1)) - got
        return verdict
