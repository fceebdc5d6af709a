"""Many senders at once, clocks that are wrong, owners that are stopped and go on."""

from __future__ import annotations

import threading
import time

import pytest

from press.mailing.hand_over import Ended
from press.mailing.stage import Stage
from press.model.errors import ExitCode
from tests.crash.conftest import Send
from tests.crash.harness import Run
from tests.crash.sender import a_sender, work_of
from tests.databases import KINDS
from tests.provider import CHAOS, Fault

#: Seconds by which the clocks of three machines are ahead.
APART = (-7200.0, 0.0, 7200.0)
LOSES = {Fault.OK: 4, Fault.LOST: 1, Fault.TOO_MANY: 1}


def check(run: Run) -> None:
    """Hold the counts, before and after the next morning."""
    before = run.verdict()
    assert before.sound, before
    run.settle()
    after = run.verdict()
    assert after.sound, after
    assert after.settled, after.states
    assert run.finish()


@pytest.mark.parametrize("kind", KINDS)
def test_three_senders_with_clocks_four_hours_apart(kind: str, send: Send) -> None:
    run = send(kind, readers=2_000, faults=LOSES)
    leaving = run.let_leave(20)

    run.until_done([f"{Stage.MARKED}:2", f"{Stage.HANDED}:3"], workers=3, ahead=APART)

    leaving.join()
    check(run)


def test_threads_of_one_process_share_the_ledger(send: Send) -> None:
    run = send("sqlite", readers=2_000, faults=LOSES, threads=4)
    leaving = run.let_leave(20)

    run.until_done([f"{stage}:5" for stage in (Stage.MARKED, Stage.SETTLED)])

    leaving.join()
    check(run)


@pytest.mark.parametrize("kind", KINDS)
def test_no_thread_takes_what_there_is_for_all(kind: str, send: Send) -> None:
    """Each waits with its first request in hand until all the others have one."""
    run = send(kind, readers=400, threads=4)
    parts = a_sender(run.order, run.connection)
    all_have_one = threading.Barrier(4, timeout=30)

    def wait(stage: Stage) -> None:
        if stage is Stage.CLAIMED:
            all_have_one.wait()

    parts.sender.watch = wait
    ended = parts.sender.hand_over(work_of(run.order, run.connection))
    parts.courier.close()

    assert ended is Ended.EMPTY
    assert run.verdict().states == {"accepted": 400}
    assert run.fake.requests == 4


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stage", [Stage.PACKED, Stage.MARKED, Stage.HANDED])
def test_a_stopped_owner_takes_nothing_back(
    kind: str, stage: Stage, send: Send
) -> None:
    """Others go on beside it; when it wakes up it finishes what is still its own."""
    run = send(kind, readers=500)
    stopped = run.start(at=f"{stage}:2", stops=True)
    run.until_stopped(stopped)

    run.end(run.start())
    beside = run.verdict()
    run.go_on(stopped)
    run.end(stopped)

    assert beside.states == {"accepted": 400, "reserved": 100}
    assert run.verdict().states == {"accepted": 500}
    assert run.verdict().sound


@pytest.mark.parametrize("kind", KINDS)
def test_a_mark_that_grew_old_is_followed_by_no_call(kind: str, send: Send) -> None:
    run = send(kind, readers=300, fresh=0.2)
    stopped = run.start(at=f"{Stage.MARKED}:2", stops=True)
    run.until_stopped(stopped)

    time.sleep(0.3)
    before = run.fake.requests
    run.connection.run("UPDATE delivery SET not_before = 4000000000")
    run.go_on(stopped)
    run.end(stopped)

    assert run.fake.requests == before
    assert run.verdict().states == {"accepted": 100, "pending": 200}


def test_an_owner_whose_database_forgot_it_settles_nothing(send: Send) -> None:
    """Its line to the server is cut while it is stopped; others take over meanwhile."""
    run = send("postgres", readers=300)
    stopped = run.start(at=f"{Stage.HANDED}:2", stops=True)
    run.until_stopped(stopped)
    run.connection.all(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    run.end(run.start())
    beside = run.verdict()
    run.go_on(stopped)
    code = run.end(stopped, also=[ExitCode.MISSING_TOOL])

    assert beside.states == {"accepted": 200, "in_doubt": 100}
    assert code == ExitCode.MISSING_TOOL
    check(run)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_owners_are_stopped_and_go_on_all_the_time(kind: str, send: Send) -> None:
    run = send(kind, readers=4_000, faults=CHAOS, patience=0.4)
    run.fake.hang = 0.6
    leaving = run.let_leave(50)

    while run.is_open():
        children = [run.start(ahead=by) for by in APART]
        for _ in range(3):
            chosen = run.rng.choice(children)
            time.sleep(run.rng.uniform(0.02, 0.1))
            run.halt(chosen)
            time.sleep(0.1)
            run.go_on(chosen)
        for child in children:
            run.end(child)
        run.resume()

    leaving.join()
    check(run)
