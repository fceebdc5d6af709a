"""The proofs are sharp: senders with a fault in them are noticed by the same counts."""

from __future__ import annotations

import pytest

from press.mailing.stage import Stage
from tests.crash.conftest import Send
from tests.crash.harness import Run
from tests.crash.naive import NAIVE
from tests.provider import CHAOS, Fault

LOSES = {Fault.OK: 2, Fault.LOST: 1}
MARKED, HANDED = (f"{stage}:{2}" for stage in (Stage.MARKED, Stage.HANDED))


def through(run: Run, *traps: str) -> Run:
    """Kill a naive sender at some points, and let it come to its end."""
    for trap in (*traps, ""):
        run.end(run.start(at=trap))
    return run


def test_a_sender_that_tries_again_on_any_error_repeats(send: Send) -> None:
    run = send("sqlite", readers=1_000, faults=LOSES, kind="retry any error")

    verdict = through(run, MARKED, HANDED).naive_verdict()

    assert verdict.repeated
    assert not verdict.sound


def test_a_sender_that_moves_a_cursor_when_it_reads_loses(send: Send) -> None:
    run = send("sqlite", readers=1_000, faults=CHAOS, seed=1, kind="cursor when read")
    run.fake.hang = 0.1

    verdict = through(run, MARKED, HANDED).naive_verdict()

    assert verdict.lost
    assert not verdict.sound


def test_there_are_two_naive_senders() -> None:
    assert set(NAIVE) == {"retry any error", "cursor when read"}


@pytest.mark.parametrize(
    ("kind", "faults", "traps", "fenced"),
    [
        ("lost is not taken", LOSES, (), False),
        ("in flight is put back", {Fault.OK: 1}, (HANDED,), False),
        ("marked after the call", {Fault.OK: 1}, (HANDED,), False),
        ("any 2xx is accepted", {Fault.OK: 3, Fault.PROXY: 1}, (), False),
        ("a cancellation asked for is one", LOSES, (), True),
    ],
)
def test_a_mutation_is_caught(
    send: Send,
    kind: str,
    faults: dict[Fault, int],
    traps: tuple[str, ...],
    fenced: bool,
) -> None:
    caught, sound = (
        send("sqlite", readers=1_000, faults=faults, fenced=fenced, kind=each)
        for each in (kind, "ledger")
    )

    for run in (caught, sound):
        run.until_done(traps)

    assert not caught.verdict().sound
    assert sound.verdict().sound


def test_without_a_last_look_those_who_left_are_mailed(send: Send) -> None:
    caught, sound = (
        send("sqlite", readers=300, kind=kind) for kind in ("no last look", "ledger")
    )

    for run in (caught, sound):
        child = run.start(at=f"{Stage.PACKED}:2", stops=True)
        run.until_stopped(child)
        run.let_leave(300, 0).join()
        run.go_on(child)
        run.end(child)

    assert caught.verdict().late
    assert sound.verdict().sound
    assert sound.verdict().states == {"accepted": 100, "skipped": 200}
