"""Twenty faults that sending and building must survive, each by its number.

Those that are proven elsewhere are named in `ELSEWHERE`, with where.
"""

from __future__ import annotations

import importlib
import socket
import time
from collections.abc import Mapping

import pytest

from press.mailing.hand_over import Ended
from press.mailing.stage import Stage
from press.model.mailing import MailingState
from tests.crash.conftest import Send
from tests.crash.harness import Run
from tests.crash.sender import CODES, a_sender, work_of
from tests.provider import Fault

LATER = CODES[Ended.LATER]
_EVENTS, _BUILDS = "tests.adapters.database.test_events", "tests.desk.test_killed"
_CLOCKS = "tests.desk.test_clocks"
ELSEWHERE: Mapping[int, tuple[str, ...]] = {
    1: (
        "tests.crash.test_killed_sender:test_killed_once_at_every_stage",
        "tests.crash.test_killed_sender:test_killed_at_any_stage_of_any_request",
    ),
    10: (
        "tests.crash.test_contention:test_three_senders_with_clocks_four_hours_apart",
    ),
    11: (
        "tests.crash.test_contention:test_a_stopped_owner_takes_nothing_back",
        "tests.crash.test_contention:test_an_owner_whose_database_forgot_it_settles_nothing",
    ),
    12: (
        "tests.crash.test_contention:test_three_senders_with_clocks_four_hours_apart",
        f"{_CLOCKS}:test_what_is_due_around_a_change_of_the_clocks_goes_once_at_its_time",
        f"{_CLOCKS}:test_a_clock_that_is_set_two_hours_off_and_back_sends_nothing_twice",
        f"{_CLOCKS}:test_a_new_law_while_a_mailing_waits_moves_nothing_and_is_told",
    ),
    13: (
        "tests.crash.test_disk:test_a_locked_database_is_waited_for",
        "tests.crash.test_disk:test_who_is_killed_while_waiting_for_a_lock_leaves_a_doubt",
    ),
    14: (
        "tests.crash.test_disk:test_a_full_disk_stops_before_the_call_or_leaves_a_doubt",
    ),
    15: (
        "tests.crash.test_disk:test_a_power_cut_leaves_a_whole_database",
        "tests.crash.test_disk:test_a_lost_index_of_the_log_is_made_anew",
    ),
    16: (
        "tests.crash.test_disk:test_a_damaged_file_is_found_before_anybody_is_mailed",
    ),
    17: (f"{_EVENTS}:test_order_repetition_and_loss_change_nothing",),
    20: (f"{_BUILDS}:test_a_build_killed_at_any_moment_leaves_the_last_good_one",),
}


def once(run: Run, **changes: object) -> int:
    """Let one sender work, and return its exit code."""
    return run.end(run.start(**changes))


def in_the_end(run: Run) -> Mapping[str, int]:
    """Let the provider be well, the desk settle, and senders finish."""
    assert run.verdict().sound
    run.fake.faults = {Fault.OK: 1}
    run.resume()
    run.until_done()
    run.settle()
    verdict = run.verdict()
    assert verdict.sound
    assert run.finish()
    return verdict.states


def test_every_fault_has_a_proof() -> None:
    here = {int(name[11:13]) for name in globals() if name.startswith("test_fault_")}

    assert sorted(here | set(ELSEWHERE)) == list(range(1, 21))
    for places in ELSEWHERE.values():
        for place in places:
            module, _, name = place.partition(":")
            assert callable(getattr(importlib.import_module(module), name))


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.SERVER_TAKEN])
def test_fault_02_03_an_answer_lost_after_taking_is_settled_by_evidence(
    send: Send, fault: Fault
) -> None:
    run = send("sqlite", readers=400, faults={fault: 1})

    code = once(run)

    assert code == LATER
    assert run.verdict().states == {"in_doubt": 300, "pending": 100}
    assert in_the_end(run) == {"accepted": 400}
    assert run.fake.requests == 5  # The last is the desk's own.


def test_fault_03_and_by_the_fence_where_there_is_time(send: Send) -> None:
    run = send("sqlite", readers=400, faults={Fault.SERVER_TAKEN: 1}, fenced=True)

    once(run)

    assert len(run.fake.cancelled) == 3
    assert run.verdict().states == {"pending": 400}
    assert in_the_end(run) == {"accepted": 400}


@pytest.mark.parametrize(
    "fault", [Fault.TOO_MANY, Fault.TOO_MANY_RESET, Fault.TOO_MANY_BARE]
)
def test_fault_04_a_storm_of_429_is_waited_out(send: Send, fault: Fault) -> None:
    run = send("sqlite", readers=300, faults={fault: 1}, waits=0.5)

    code = once(run)
    after_the_storm = run.verdict().states
    run.fake.faults = {Fault.OK: 1}

    assert code == LATER
    assert after_the_storm == {"pending": 300}
    assert run.fake.requests > 2
    assert in_the_end(run) == {"accepted": 300}


def test_fault_04_whoever_asks_for_an_hour_is_left_alone_at_once(send: Send) -> None:
    run = send("sqlite", readers=300, faults={Fault.TOO_MANY: 1})
    run.fake.retry_after = 3_600

    code = once(run)

    assert (code, run.fake.requests) == (LATER, 1)
    assert run.verdict().states == {"pending": 300}


def test_fault_05_a_provider_that_is_down_leaves_nothing_in_doubt(send: Send) -> None:
    run = send("sqlite", readers=300, waits=0.3)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}"

        refused = once(run, provider=nobody)

    assert refused == LATER
    assert run.verdict().states == {"pending": 300}
    assert once(run, provider="https://nowhere.invalid") == LATER
    assert run.verdict().states == {"pending": 300}
    assert in_the_end(run) == {"accepted": 300}


def test_fault_06_silence_ends_in_doubt_in_time(send: Send) -> None:
    run = send("sqlite", readers=100, faults={Fault.HANG_TAKEN: 1}, patience=0.2)
    run.fake.hang = 5
    began = time.monotonic()

    once(run)

    assert time.monotonic() - began < 4
    assert run.verdict().states == {"in_doubt": 100}
    assert in_the_end(run) == {"accepted": 100}


@pytest.mark.parametrize("fault", [Fault.PROXY, Fault.REDIRECT_302])
def test_fault_07_a_stranger_who_answers_pauses_the_mailing(
    send: Send, fault: Fault
) -> None:
    run = send("sqlite", readers=300, faults={fault: 1})
    other = send("sqlite", readers=1)
    run.fake.redirect_to = f"{other.fake.url}/v3/mail/send"

    once(run)

    mailing = run.books.mailings.get(run.mailing.id)
    assert mailing.state is MailingState.PAUSED
    assert "something answers that is not sendgrid" in mailing.why
    assert run.verdict().states == {"in_doubt": 100, "pending": 200}
    assert not other.fake.keys
    assert in_the_end(run) == {"accepted": 300}


@pytest.mark.parametrize(("vague", "requests"), [(False, 2), (True, 22)])
def test_fault_08_one_bad_address_fails_alone(
    send: Send, vague: bool, requests: int
) -> None:
    """Named by the provider, or found by halving."""
    run = send("sqlite", readers=1_000, poison=1, size=1_000)
    run.fake.vague = vague

    once(run)

    assert run.verdict().states == {"accepted": 999, "failed": 1}
    row = run.connection.one(
        "SELECT subscriber_id, reason FROM delivery WHERE state = 'failed'"
    )
    assert row is not None
    assert row[0] in run.poison
    assert "not a valid address" in row[1]
    assert "@x.example" not in row[1]
    assert run.fake.requests <= requests


def test_fault_09_a_revoked_key_pauses_and_marks_nobody(send: Send) -> None:
    run = send("sqlite", readers=300)
    run.end(run.start(at=f"{Stage.SETTLED}:1"))
    run.fake.faults = {Fault.UNAUTHORISED: 1}

    once(run)

    assert run.books.mailings.get(run.mailing.id).state is MailingState.PAUSED
    assert run.verdict().states == {"accepted": 100, "pending": 200}
    assert in_the_end(run) == {"accepted": 300}


@pytest.mark.parametrize(
    "stage", [Stage.CLAIMED, Stage.PACKED, Stage.MARKED, Stage.HANDED, Stage.SETTLED]
)
def test_fault_18_who_leaves_at_any_stage_is_left_out_until_the_mark(
    send: Send, stage: Stage
) -> None:
    """All leave while a sender stands still; only what was marked is mailed."""
    run = send("sqlite", readers=300)
    child = run.start(at=f"{stage}:2", stops=True)
    run.until_stopped(child)

    run.let_leave(300, 0).join()
    run.go_on(child)
    run.end(child)

    verdict = run.verdict()
    mailed = 100 if stage in {Stage.CLAIMED, Stage.PACKED} else 200
    assert verdict.sound
    assert verdict.states == {"accepted": mailed, "skipped": 300 - mailed}
    assert len(run.gone_before_mark) == 300 - mailed


def test_fault_19_who_is_asked_to_stop_finishes_the_open_request(send: Send) -> None:
    run = send("sqlite", readers=500)
    parts = a_sender(run.order, run.connection)

    def stop(stage: Stage) -> None:
        if stage is Stage.MARKED:
            parts.sender.stop.set()

    parts.sender.watch = stop
    ended = parts.sender.hand_over(work_of(run.order, run.connection))
    parts.courier.close()

    assert ended is Ended.STOPPED
    assert run.verdict().states == {"accepted": 100, "pending": 400}
    assert in_the_end(run) == {"accepted": 500}


def test_fault_19_a_worker_killed_for_its_memory_is_one_killed_anywhere(
    send: Send,
) -> None:
    run = send("sqlite", readers=500)

    run.until_done([f"{Stage.HANDED}:3"])

    assert run.verdict().states == {"accepted": 400, "in_doubt": 100}
    assert in_the_end(run) == {"accepted": 500}
