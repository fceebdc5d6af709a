"""The real commands, killed, stopped and called too often: nobody twice, nobody lost."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from press.model.errors import ExitCode
from press.model.mailing import Mailing
from tests.crash.at_the_desk import Desk, a_desk, until
from tests.databases import a_database
from tests.provider import Fault

Opened = Callable[..., Desk]
LOSES = {Fault.OK: 12, Fault.LOST: 1, Fault.TOO_MANY: 1, Fault.SERVER_NOT_TAKEN: 1}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Opened]:
    """Open a newspaper on a kind of database."""
    with ExitStack() as ends:

        def opened(kind: str = "sqlite", **fake: Any) -> Desk:
            address = ends.enter_context(a_database(kind, tmp_path))
            return a_desk(tmp_path / "paper", address, ends, **fake)

        yield opened


def test_fault_10_of_three_ticks_at_once_one_works(desk: Opened) -> None:
    """The first stands still in its midst: it is alive, and nobody takes its place."""
    lamp = desk(latency=0.3)
    mailing = lamp.open(2_000)
    first = lamp.start("tick")
    until(lambda: lamp.fake.requests)
    lamp.stand_still(first)

    others = [lamp.start("tick"), lamp.start("tick")]
    said = [lamp.ended(other) for other in others]
    first.send_signal(signal.SIGCONT)
    code, words = lamp.ended(first)

    assert [each[0] for each in said] == [ExitCode.BUSY, ExitCode.BUSY]
    assert "another press sends what is due" in said[0][1]
    assert code == ExitCode.OK, words
    assert lamp.verdict(mailing).sound
    assert lamp.states(mailing) == {"accepted": 2_000}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SIGTERM", ExitCode.PARTLY_SENT),
        pytest.param("SIGHUP", ExitCode.PARTLY_SENT, marks=pytest.mark.long),
        ("SIGINT", ExitCode.INTERRUPTED),
    ],
)
def test_fault_19_who_is_asked_to_stop_finishes_and_the_same_command_goes_on(
    desk: Opened, name: str, expected: ExitCode
) -> None:
    lamp = desk(latency=0.8)
    mailing = lamp.open(12_000)
    first = lamp.start("tick")
    until(lambda: lamp.fake.requests)

    first.send_signal(signal.Signals[name])
    code, said = lamp.ended(first)
    halfway = lamp.states(mailing)
    again, words = lamp.press("tick")

    assert code == expected, said
    assert "finishing what is under way" in said
    assert set(halfway) == {"accepted", "pending"}, halfway
    assert again == ExitCode.OK, words
    assert lamp.states(mailing) == {"accepted": 12_000}
    assert lamp.verdict(mailing).sound
    assert set(lamp.fake.took.values()) == {1}


@pytest.mark.long
@pytest.mark.parametrize("since", ["nothing", "the rest"])
def test_fault_15_a_restored_database_sends_the_rest_once_somebody_looked(
    desk: Opened, since: str
) -> None:
    """At night it was half sent; the disk is lost later, and the backup brought back."""
    lamp = desk(latency=0.8)
    mailing = lamp.open(9_000)
    first = lamp.start("tick")
    until(lambda: lamp.fake.requests)
    first.send_signal(signal.SIGTERM)
    lamp.ended(first)
    assert lamp.press("backup", "last-night.db")[0] == ExitCode.OK
    halfway = lamp.states(mailing)
    left = halfway["pending"]
    if since == "the rest":
        assert lamp.press("tick")[0] == ExitCode.OK

    restored = lamp.press("restore", "last-night.db", "--yes")
    requests = lamp.fake.requests
    ticked = lamp.press("tick")
    resumed = lamp.press("send", "resume", "2024-09")
    proposed = lamp.press("send", "2024-09", "--late", "--for-real", "--confirm", "x")

    assert restored[0] == ExitCode.OK, restored
    assert "nothing is sent: the database was brought back" in ticked[1]
    assert resumed[0] != ExitCode.OK
    assert proposed[0] != ExitCode.OK
    assert lamp.fake.requests == requests
    assert lamp.states(mailing) == halfway

    reconciled = lamp.press("send", "reconcile", "--by", "Hal")
    quiet = lamp.press("tick")
    assert lamp.fake.requests == requests, quiet  # It is paused until somebody says so.
    again = lamp.press("send", "resume", "2024-09")

    assert "paused" in reconciled[1], reconciled
    assert again[0] == ExitCode.OK, again
    if since == "the rest":
        assert f"{left:,} readers are never sent it again" in reconciled[1]
        assert lamp.states(mailing) == {"accepted": 9_000 - left, "skipped": left}
    else:
        assert lamp.verdict(mailing).sound
        assert lamp.states(mailing) == {"accepted": 9_000}
    assert len(lamp.fake.took) == 9_000
    assert set(lamp.fake.took.values()) == {1}


def _begun(lamp: Desk, tick: subprocess.Popen[str], before: int) -> bool:
    return lamp.fake.requests > before or tick.poll() is not None


def chaos(lamp: Desk, mailing: Mailing, *, kills: int, seed: int) -> None:
    """Kill ticks at random while people steer, readers leave, and events come."""
    rng = random.Random(seed)
    lamp.serve()
    readers = rng.sample(range(1, 6_000), 40)
    leaving = lamp.let_leave(readers, mailing)
    for number in range(kills):
        tick = lamp.start("tick")
        before = lamp.fake.requests
        until(partial(_begun, lamp, tick, before))
        time.sleep(rng.uniform(0, 0.3))
        tick.kill()
        lamp.ended(tick)
        steer = rng.choice(["pause", "resume"])
        if number % 2:
            lamp.press("send", steer, "2024-09")
        bounced = {f"r{rng.randint(1, 2_000)}@x.example": "bounce" for _ in range(5)}
        assert lamp.tell_events(bounced) in {200, 204}
    leaving.join(60)


def finished(lamp: Desk, mailing: Mailing) -> None:
    """Let ticks come to the end as an editor would who looks in the morning."""
    lamp.fake.faults = {Fault.OK: 1}
    lamp.fake.latency = 0.0
    for _ in range(4):
        lamp.press("send", "resume", "2024-09")
        lamp.press("tick")
        states = lamp.states(mailing)
        if not states.get("pending", 0) + states.get("reserved", 0):
            break


@pytest.mark.parametrize(
    ("kind", "readers", "kills"),
    [
        ("sqlite", 3_000, 1),
        pytest.param("sqlite", 20_000, 5, marks=pytest.mark.long),
        pytest.param("postgres", 20_000, 5, marks=pytest.mark.long),
    ],
)
def test_ticks_are_killed_while_people_steer_and_readers_leave(
    desk: Opened, kind: str, readers: int, kills: int
) -> None:
    # A tick that is to be killed once must still be at work then.
    lamp = desk(kind, latency=0.6 if kills == 1 else 0.2, faults=LOSES)
    mailing = lamp.open(readers)

    chaos(lamp, mailing, kills=kills, seed=5)
    before = lamp.verdict(mailing)
    finished(lamp, mailing)

    after = lamp.verdict(mailing)
    assert lamp.codes.count(-9) >= 1
    assert lamp.gone_before_mark
    assert before.sound, before
    assert after.sound, after
    assert not after.states.get("pending", 0) + after.states.get("reserved", 0)
    assert after.states["accepted"] > readers / 3


@pytest.mark.long
def test_a_cancelled_mailing_mails_nobody_else(desk: Opened) -> None:
    lamp = desk(latency=0.5)
    mailing = lamp.open(12_000)
    tick = lamp.start("tick")
    until(lambda: lamp.fake.requests)

    lamp.stand_still(tick)
    cancelled = lamp.press("send", "cancel", "2024-09", "--yes")
    tick.send_signal(signal.SIGCONT)
    code, said = lamp.ended(tick)
    taken = lamp.fake.requests
    lamp.press("tick")

    assert cancelled[0] == ExitCode.OK, cancelled
    assert code in {ExitCode.OK, ExitCode.PARTLY_SENT}, said
    assert lamp.fake.requests == taken
    assert lamp.verdict(mailing).sound
