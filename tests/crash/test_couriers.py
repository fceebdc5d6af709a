"""Killed senders with the other couriers: a mail server, and a folder."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from press.mailing.stage import Stage
from tests.crash.conftest import Send
from tests.crash.couriers import RENAMED, WRITING, WRITTEN
from tests.crash.day import Chance
from tests.crash.harness import Run
from tests.databases import KINDS
from tests.provider.smtp import Drop

#: A mail server on a bad day: what comes how often, of all mails.
BAD: Mapping[Drop, float] = {
    Drop.AT_RCPT: 0.01,
    Drop.IN_DATA: 0.01,
    Drop.AFTER_TAKING: 0.01,
    Drop.AFTER_FORGETTING: 0.01,
    Drop.SILENT: 0.002,
    Drop.LATER: 0.03,
    Drop.BUSY: 0.01,
}
STAGES = (Stage.CLAIMED, Stage.PACKED, Stage.MARKED, Stage.HANDED, Stage.SETTLED)
#: The small runs are of the quick suite on one kind of database.
SMALL = pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.long)]
)
#: No mailbox says "later" for longer.
HOURS = 3600.0


def send_by_mail_server(run: Run, *, workers: int = 1) -> None:
    """Kill senders at each stage, then let the hours pass that mailboxes ask for."""
    stages = [f"{stage}:2" for stage in STAGES]

    killed = run.kill_at_each(stages, workers=workers)
    for hour in range(12):
        run.wait(hour * HOURS)
        run.until_done(rounds=1, workers=workers)

    assert set(killed) == set(STAGES)


def check_mail_server(run: Run) -> None:
    """Nobody twice, nobody lost; what nobody can know is in doubt until somebody says.

    A mail server tells nothing afterwards: no evidence settles a doubt.
    """
    before = run.verdict()
    settlement = run.settle()
    doubtful = run.verdict()
    run.decide(taken=True)
    after = run.verdict()

    assert before.sound, before
    assert doubtful.sound, doubtful
    assert not settlement.cancelled + settlement.taken + settlement.absent
    assert doubtful.states["in_doubt"] >= 20
    assert doubtful.states["failed"] > 0
    assert not after.repeated
    assert not after.late
    assert after.closes
    assert after.settled, after.states
    assert run.finish()


@SMALL
def test_a_mail_server_gets_each_mail_once(kind: str, send: Send) -> None:
    """It refuses, defers, hangs up before and after a mail, and says nothing."""
    run = send(kind, courier="smtp", readers=400, odds=BAD, poison=3, patience=0.3)
    leaving = run.let_leave(20)

    send_by_mail_server(run)

    leaving.join()
    check_mail_server(run)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_server_gets_thousands_of_mails_once(kind: str, send: Send) -> None:
    run = send(
        kind,
        courier="smtp",
        readers=4_000,
        odds={fault: odds / 2 for fault, odds in BAD.items()},
        poison=20,
        patience=0.3,
        threads=4 if kind == "sqlite" else 1,
    )
    workers = 4 if kind == "postgres" else 1
    leaving = run.let_leave(100)

    anywhere = Chance(requests=(1, 4), seconds=(0.2, 1.0))
    run.until_done(chance=anywhere, kills=8, rounds=4)
    send_by_mail_server(run, workers=workers)

    run.stop_leaving(leaving)
    check_mail_server(run)
    assert set(run.server.dropped) == set(BAD)


@SMALL
def test_a_folder_gets_each_mail_once(kind: str, send: Send) -> None:
    """Killed while it writes, before the folder has its name, and after it."""
    run = send(kind, courier="outbox", readers=900, size=50)
    stages = [*(f"{stage}:2" for stage in STAGES), f"{WRITING}:70"]
    stages += [f"{WRITTEN}:1", f"{RENAMED}:2"]

    leaving = run.let_leave(20)
    killed = run.kill_at_each(stages)
    run.until_done([""])
    leaving.join()
    before = run.verdict()
    settlement = run.settle()

    after = run.verdict()
    assert len(killed) == len(stages)
    assert before.sound, before
    # In flight: not begun, half written, written, named, handed over.
    assert settlement.taken == 2
    assert settlement.absent == 3
    assert after.sound, after
    assert after.settled, after.states
    assert run.finish()


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_a_folder_gets_thousands_of_mails_once(kind: str, send: Send) -> None:
    run = send(kind, courier="outbox", readers=4_000, size=200)
    leaving = run.let_leave(200)

    anywhere = Chance(requests=(1, 2), seconds=(0.1, 0.5))
    workers = 4 if kind == "postgres" else 1
    run.until_done(chance=anywhere, kills=12, workers=workers)

    run.stop_leaving(leaving)
    before = run.verdict()
    run.settle()
    after = run.verdict()
    assert run.kills >= 4
    assert before.sound, before
    assert after.sound, after
    assert after.settled, after.states
    assert run.finish()
