"""A sender that is killed anywhere mails nobody twice, and nobody is forgotten."""

from __future__ import annotations

import pytest

from press.mailing.stage import Stage
from tests.crash.conftest import Send
from tests.databases import KINDS
from tests.provider import CHAOS, Fault

#: A provider whose answers get lost, so that there are doubts.
LOSES = {Fault.OK: 3, Fault.LOST: 1, Fault.RESET_NOT_TAKEN: 1}
ORDINARY = tuple(
    stage for stage in Stage if stage not in {Stage.FENCE_ASKED, Stage.CANCELLED}
)


def each_once(stages: tuple[Stage, ...], number: int = 2) -> list[str]:
    return [f"{stage}:{number}" for stage in stages]


@pytest.mark.parametrize("kind", KINDS)
def test_killed_once_at_every_stage(kind: str, send: Send) -> None:
    run = send(kind, readers=2_000, faults=LOSES, poison=1)
    leaving = run.let_leave(40)

    run.until_done([f"{stage}:{n}" for stage in ORDINARY for n in (1, 3)])
    leaving.join()
    before = run.verdict()
    run.settle()

    after = run.verdict()
    assert run.kills >= 8
    assert before.sound, before
    assert after.sound, after
    assert after.settled, after.states
    assert run.finish()


@pytest.mark.parametrize("kind", KINDS)
def test_a_fenced_mailing_leaves_nothing_in_doubt(kind: str, send: Send) -> None:
    run = send(kind, readers=2_000, faults=LOSES, fenced=True)
    leaving = run.let_leave(40)

    run.until_done(each_once(tuple(Stage), 1))
    leaving.join()
    run.until_done([""])

    verdict = run.verdict()
    assert run.kills >= 6
    assert verdict.sound, verdict
    assert verdict.settled, verdict.states
    assert run.finish()


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_stage_of_any_request(kind: str, seed: int, send: Send) -> None:
    """Everything goes wrong at once: the provider, addresses, readers, senders."""
    run = send(kind, readers=3_000, seed=seed, faults=CHAOS, poison=2, patience=0.4)
    run.fake.hang = 0.6
    leaving = run.let_leave(60)
    stages = [run.rng.choice(ORDINARY) for _ in range(16)]

    run.until_done(
        [f"{stage}:{run.rng.randint(1, 4)}" for stage in stages],
        workers=4 if kind == "postgres" else 1,
    )
    leaving.join()

    before = run.verdict()
    run.settle()
    after = run.verdict()
    assert before.sound, before
    assert after.sound, after
    assert after.settled, after.states
    assert run.finish()


@pytest.mark.long
@pytest.mark.parametrize(("seed", "cap"), [(0, None), (1, None), (2, 10)])
@pytest.mark.parametrize("kind", KINDS)
def test_fenced_and_killed_anywhere(
    kind: str, seed: int, cap: int | None, send: Send
) -> None:
    """Where the provider's cap allows it, nothing is left in doubt."""
    run = send(
        kind,
        readers=3_000,
        seed=seed,
        faults=CHAOS,
        poison=1,
        fenced=True,
        cancel_cap=cap,
        fences=8 if cap else 1_000,
        patience=0.4,
    )
    run.fake.hang = 0.6
    leaving = run.let_leave(60)
    stages = [run.rng.choice(tuple(Stage)) for _ in range(16)]

    run.until_done(
        [f"{stage}:{run.rng.randint(1, 3)}" for stage in stages],
        workers=4 if kind == "postgres" else 1,
    )
    leaving.join()
    run.until_done([""])
    before = run.states()
    run.settle()

    after = run.verdict()
    assert cap or not before.get("in_doubt"), before
    assert after.sound, after
    assert after.settled, after.states
    assert run.finish()
