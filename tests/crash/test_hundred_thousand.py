"""A hundred thousand readers, and everything that can go wrong at once."""

from __future__ import annotations

import random

import pytest

from press.mailing.stage import Stage
from tests.crash.conftest import Send
from tests.crash.day import Chance
from tests.databases import KINDS
from tests.provider import CHAOS, Fault, a_deck

READERS = 100_000
#: Where a sender is killed: the first ones there are reached by every sender.
STAGES = {
    Stage.CLAIMED: 3,
    Stage.PACKED: 2,
    Stage.MARKED: 3,
    Stage.HANDED: 2,
    Stage.SETTLED: 4,
    Stage.DOUBTED: 1,
    Stage.FENCE_ASKED: 1,
    Stage.CANCELLED: 1,
}
FENCE_ONLY = {Stage.FENCE_ASKED, Stage.CANCELLED}


@pytest.mark.long
@pytest.mark.parametrize("fenced", [False, True], ids=["at once", "fenced"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_hundred_thousand_readers_on_the_worst_day(
    kind: str, fenced: bool, send: Send
) -> None:
    """Each fault of the provider, kills at each stage and at random, readers who leave."""
    run = send(
        kind,
        readers=READERS,
        seed=7,
        faults=CHAOS,
        deck=a_deck(random.Random(7)),
        poison=1,
        fenced=fenced,
        size=1_000,
        patience=0.8,
        threads=2 if kind == "sqlite" else 1,
    )
    workers = 4 if kind == "postgres" else 1
    run.fake.hang = 1.0
    stages = [f"{at}:{n}" for at, n in STAGES.items() if fenced or at not in FENCE_ONLY]
    leaving = run.let_leave(600)

    killed = run.kill_at_each(stages, workers=workers)
    anywhere = Chance(requests=(1, 6), seconds=(0.4, 1.2))
    run.until_done(chance=anywhere, kills=18, workers=workers)
    run.until_done([""])
    run.stop_leaving(leaving)
    before, states = None if fenced else run.verdict(), run.states()
    run.settle()

    after = run.verdict()
    assert set(killed) == {stage.partition(":")[0] for stage in stages}
    assert run.kills > len(stages) + 3
    assert set(run.fake.kinds) == set(Fault)
    assert run.gone_before_mark
    assert before is None or before.sound, before
    assert not fenced or not states.get("in_doubt"), (states, run.doubts())
    assert after.sound, after
    assert after.settled, (after.states, run.doubts())
    assert run.finish()
