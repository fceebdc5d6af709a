"""The ledger against a model of it in a few lines, by random walks.

The model knows what the provider really took, which the ledger must find out.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)

from press.adapters.database import Connection, open_database
from press.model.letter import Fence
from press.model.mailing import (
    Answer,
    Claim,
    MailingState,
    Outcome,
    RequestId,
    RequestState,
)
from tests.databases import a_database
from tests.ledgers import Books

READERS = 24
#: Whether anything is on disk is not asked here: memory is quicker.
_SHARED = Path("/dev/shm")  # noqa: S108 -- made by the system, in memory
_MEMORY = _SHARED if _SHARED.is_dir() else None
#: How many cancellations the provider holds here.
MOST_FENCES = 2
R = RequestState
#: What may be known of a request, by whether the provider took it.
ANSWERS = {
    True: (Answer.ACCEPTED, Answer.IN_DOUBT),
    False: (Answer.NOT_TAKEN, Answer.REJECTED, Answer.FATAL, Answer.IN_DOUBT),
}
AFTER = {
    Answer.ACCEPTED: (R.ACCEPTED, "accepted"),
    Answer.NOT_TAKEN: (R.REFUSED, "pending"),
    Answer.FATAL: (R.REFUSED, "pending"),
    Answer.REJECTED: (R.REFUSED, "pending"),
    Answer.IN_DOUBT: (R.IN_DOUBT, "in_doubt"),
}


@dataclass(slots=True, kw_only=True)
class Called:
    """A request, as the model has it."""

    claim: Claim
    readers: list[int]
    state: RequestState = R.RESERVED
    batch: str = ""
    asked: bool = False
    taken: bool | None = None  #: None: the provider was not called.
    dead: bool = False


@dataclass(slots=True)
class Model:
    """Everything that must be so."""

    states: dict[int, str]
    most: dict[int, int]
    sending: bool = True
    left: set[int] = field(default_factory=set)
    requests: dict[str, Called] = field(default_factory=dict)
    got: Counter[int] = field(default_factory=Counter)

    def claimable(self, most: int) -> list[int]:
        """Who is taken for a request of so many: none of them forbids the number."""
        waiting = sorted(
            one for one, state in self.states.items() if state == "pending"
        )
        for count in range(min(most, len(waiting)), 0, -1):
            if all(self.most[one] >= count for one in waiting[:count]):
                return waiting[:count]
        return []

    def move(self, readers: list[int], state: str) -> None:
        self.states.update(dict.fromkeys(readers, state))


@cache
def _template() -> bytes:
    """Return an empty database of press's schema."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o700)
        open_database("press.db", folder).close()
        return (folder / "press.db").read_bytes()


class Ledger(RuleBasedStateMachine):
    """A mailing to a few readers, and whatever may happen to it."""

    kind: ClassVar[str] = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        self._ends = ExitStack()
        folder = Path(
            self._ends.enter_context(tempfile.TemporaryDirectory(dir=_MEMORY))
        )
        connection = self._open(folder)
        self._ends.callback(connection.close)
        self.books = Books(connection=connection)
        self.mailing = self.books.started(READERS)
        self.handing, self.doubts = self.books.handing, self.books.doubts
        rows = connection.all("SELECT id FROM delivery ORDER BY id")
        everybody = [row[0] for row in rows]
        self.first = everybody[0]
        self.model = Model(
            dict.fromkeys(everybody, "pending"), dict.fromkeys(everybody, 1000)
        )

    def _open(self, folder: Path) -> Connection:
        if self.kind == "sqlite":
            folder.chmod(0o700)
            file = folder / "press.db"
            file.write_bytes(_template())
            file.chmod(0o600)
            return open_database("press.db", folder, check=False)
        address = self._ends.enter_context(a_database(self.kind, folder))
        return open_database(address, folder)

    def teardown(self) -> None:
        self._ends.close()

    def of(self, *states: RequestState) -> list[Called]:
        return [each for each in self.model.requests.values() if each.state in states]

    def pick(self, data: st.DataObject, *states: RequestState) -> Called:
        return data.draw(st.sampled_from(self.of(*states)))

    # ------------------------------------------------------------ handing over

    @rule(most=st.integers(1, 6))
    def claim(self, most: int) -> None:
        self._claim(most)

    @rule(most=st.integers(1, 6), fenced=st.booleans(), taken=st.booleans())
    def claim_and_call(self, most: int, fenced: bool, taken: bool) -> None:
        if called := self._claim(most):
            self._call(called, fenced=fenced, taken=taken)

    @rule(data=st.data(), most=st.integers(1, 6), fenced=st.booleans())
    def hand_over(self, data: st.DataObject, most: int, fenced: bool) -> None:
        taken = data.draw(st.booleans())
        called = self._claim(most)
        if called is not None:
            self._call(called, fenced=fenced, taken=taken)
            if called.state is R.INFLIGHT:
                self._settle(called, data.draw(st.sampled_from(ANSWERS[taken])))

    def _claim(self, most: int) -> Called | None:
        expected = self.model.claimable(most) if self.model.sending else []
        gone = [one for one in expected if one in self.model.left]
        staying = [one for one in expected if one not in self.model.left]

        claim = self.handing.claim(self.mailing, self.mailing.steps[0], most, ())

        assert isinstance(claim, Claim) == bool(expected)
        if not isinstance(claim, Claim):
            return None
        assert [each.delivery for each in claim.readers] == staying
        self.model.move(gone, "skipped")
        self.model.move(staying, "reserved")
        if not staying:
            return None
        called = Called(claim=claim, readers=staying)
        self.model.requests[claim.request] = called
        return called

    @precondition(lambda self: self.of(R.RESERVED))
    @rule(data=st.data(), fenced=st.booleans(), taken=st.booleans())
    def mark_and_call(self, data: st.DataObject, fenced: bool, taken: bool) -> None:
        self._call(self.pick(data, R.RESERVED), fenced=fenced, taken=taken)

    def _call(self, called: Called, *, fenced: bool, taken: bool) -> None:
        """Only what is marked is handed over; what the provider does it does once."""
        gone = [one for one in called.readers if one in self.model.left]
        send_at = int(self.books.clock.now().timestamp()) + 3_600
        batch = f"b{len(self.model.requests)}" if fenced else ""
        fence = Fence(batch=batch, send_at=send_at) if fenced else None

        marked = self.handing.mark(called.claim, "body", fence)

        if gone:
            called.readers = [one for one in called.readers if one not in gone]
            self.model.move(gone, "skipped")
            assert marked is not None
            assert [each.delivery for each in marked] == called.readers
            called.claim = replace(called.claim, readers=marked)
            if not called.readers:
                self.handing.release(called.claim)
                called.state = R.REFUSED
            return
        if called.dead or not self.model.sending:
            assert marked is None
            return
        assert marked is not None
        called.state, called.batch, called.taken = R.INFLIGHT, batch, taken
        if taken:
            self.model.got.update(called.readers)

    @precondition(lambda self: self.of(R.INFLIGHT))
    @rule(data=st.data())
    def settle(self, data: st.DataObject) -> None:
        called = self.pick(data, R.INFLIGHT)
        answers = ANSWERS[bool(called.taken)]
        self._settle(called, data.draw(st.sampled_from(answers)))

    def _settle(self, called: Called, answer: Answer) -> None:
        outcome = Outcome(answer=answer, detail="said")

        ours = self.handing.settle(called.claim, outcome)

        assert ours != called.dead
        if not ours:
            return
        called.state, after = AFTER[answer]
        if answer is Answer.REJECTED:
            half = len(called.readers) // 2
            after = "pending" if half else "failed"
            for one in called.readers:
                self.model.most[one] = min(self.model.most[one], max(half, 1))
        if answer is Answer.FATAL:
            self.model.sending = False
        self.model.move(called.readers, after)

    @precondition(lambda self: self.of(R.RESERVED))
    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        called = self.pick(data, R.RESERVED)

        self.handing.release(called.claim)

        called.state = R.REFUSED
        self.model.move(called.readers, "pending")

    # ------------------------------------------------------------ what happens besides

    @precondition(lambda self: len(self.model.left) < READERS // 3)
    @rule(reader=st.integers(1, READERS))
    def leave(self, reader: int) -> None:
        self.books.leave(reader)
        self.model.left.add(self.first + reader - 1)

    @precondition(lambda self: self.model.sending)
    @rule()
    def pause(self) -> None:
        before, after = MailingState.SENDING, MailingState.PAUSED
        assert self.books.mailings.move(self.mailing, before, after, "by hand")
        self.model.sending = False

    @precondition(lambda self: not self.model.sending)
    @rule()
    def resume(self) -> None:
        before, after = MailingState.PAUSED, MailingState.SENDING
        assert self.books.mailings.move(self.mailing, before, after)
        self.model.sending = True

    @precondition(lambda self: self.of(R.RESERVED, R.INFLIGHT))
    @rule(data=st.data())
    def die(self, data: st.DataObject) -> None:
        """The owner of a request dies; it may still wake up, as a stopped one does."""
        called = self.pick(data, R.RESERVED, R.INFLIGHT)
        gone = "1 0 -" if self.kind == "sqlite" else "1 0.000000"
        self.books.connection.run(
            "UPDATE request SET owner = 'dead', process = ? WHERE id = ?",
            *(gone, called.claim.request),
        )
        called.dead = True

    @rule()
    def recover(self) -> None:
        dead = [each for each in self.of(R.RESERVED, R.INFLIGHT) if each.dead]

        assert self.handing.recover(self.mailing) == len(dead)

        for each in dead:
            was_called = each.state is R.INFLIGHT
            each.state = R.IN_DOUBT if was_called else R.REFUSED
            self.model.move(each.readers, "in_doubt" if was_called else "pending")

    # ------------------------------------------------------------ doubts

    @precondition(lambda self: self.of(R.IN_DOUBT))
    @rule(data=st.data(), confirmed=st.booleans())
    def fence(self, data: st.DataObject, confirmed: bool) -> None:
        called = self.pick(data, R.IN_DOUBT)
        request = called.claim.request
        open_ones = [
            each
            for each in self.model.requests.values()
            if each.asked and each is not called
        ]

        asked = self.doubts.ask_fence(request, MOST_FENCES)

        assert asked == (bool(called.batch) and len(open_ones) < MOST_FENCES)
        called.asked |= asked
        if asked and confirmed:
            assert self.doubts.refuse(request, "cancelled", fenced=True)
            called.state = R.REFUSED
            self.model.move(called.readers, "pending")
            if called.taken:
                self.model.got.subtract(called.readers)

    @precondition(lambda self: self.of(R.IN_DOUBT))
    @rule(data=st.data())
    def see_evidence(self, data: st.DataObject) -> None:
        called = self.pick(data, R.IN_DOUBT)
        request: RequestId = called.claim.request

        if called.taken:
            settled = self.doubts.accept(request, "seen")
        else:
            settled = self.doubts.refuse(request, "absent")

        assert settled != called.asked
        if settled:
            called.state = R.ACCEPTED if called.taken else R.REFUSED
            self.model.move(called.readers, "accepted" if called.taken else "pending")

    # ------------------------------------------------------------ what must hold

    @invariant()
    def states_are_equal(self) -> None:
        rows = self.books.connection.all("SELECT id, state FROM delivery")
        assert dict(rows) == self.model.states
        rows = self.books.connection.all("SELECT id, state FROM request")
        assert dict(rows) == {
            name: each.state for name, each in self.model.requests.items()
        }

    @invariant()
    def nobody_gets_it_twice(self) -> None:
        assert all(count in {0, 1} for count in self.model.got.values())

    @invariant()
    def who_counts_as_settled_is(self) -> None:
        for one, state in self.model.states.items():
            if state == "accepted":
                assert self.model.got[one] == 1
            elif state in {"pending", "skipped", "failed"}:
                assert self.model.got[one] == 0

    @invariant()
    def counts_close(self) -> None:
        assert self.books.counts(self.mailing).prepared == READERS

    @invariant()
    def done_means_done(self) -> None:
        counts = self.books.counts(self.mailing)
        assert counts.open == sum(
            state in {"pending", "reserved", "in_doubt"}
            for state in self.model.states.values()
        )


class LedgerOnPostgres(Ledger):
    """The same on a server."""

    kind: ClassVar[str] = "postgres"


#: A walk that fails is shown as it was found: to make it short takes minutes.
_CALM: Any = {
    "phases": (Phase.explicit, Phase.reuse, Phase.generate),
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "stateful_step_count": 50,
}
TestLedger = Ledger.TestCase
TestLedger.settings = settings(max_examples=60, **_CALM)
TestLedgerOnPostgres = pytest.mark.long(LedgerOnPostgres.TestCase)
TestLedgerOnPostgres.settings = settings(max_examples=12, **_CALM)
