"""Many workers at one mailing: called by the doorbell, kept apart by the ledger."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from press.adapters.clock import SystemClock
from press.adapters.database import PostgresConnection, open_database
from press.adapters.queue import Called, Doorbell
from press.desk.books import open_books
from press.desk.office import check_clock, open_office
from press.desk.worker import Worker
from press.model.errors import LedgerError
from press.model.letter import Letter
from press.model.mailing import Mailing, MailingId, MailingState
from tests.adapters.couriers.builders import KEY, a_letter
from tests.databases import a_database
from tests.ledgers import Books, StoppedClock, a_step
from tests.newspaper import a_newspaper
from tests.provider import FakeSendGrid

SECRET = "a secret that is long enough for a test"  # noqa: S105
COURIER = "\ncourier: sendgrid\nmail: https://quoin.example/mail\n"
#: A worker that looks every second, for a test cannot wait for the minute.
DRIVER = """
import sys, threading
from pathlib import Path
from press.cli.stopping import stopping
from press.desk.office import check_clock, open_office
from press.desk.worker import Worker
with stopping() as stop:
    Worker(paper=Path.cwd(), stop=stop, say=print, every="* * * * * *").run(2)
"""


def letter() -> Letter:
    return a_letter(
        web="https://quoin.example/editions/2024-09/",
        pages="https://quoin.example/mail/",
        greeting_named="Dear {name},",
        greeting_unnamed="Dear reader,",
    )


@dataclass(kw_only=True)
class Desk:
    """A newspaper, its database, a provider, and workers that are started."""

    paper: Path
    books: Books
    fake: FakeSendGrid
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def worker(self, *command: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *(command or ("-c", DRIVER))],
            cwd=self.paper,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def open(self, readers: int) -> Mailing:
        return self.books.started(readers, letters=[letter()], courier="sendgrid")

    def state(self, mailing: Mailing) -> MailingState:
        return self.books.mailings.get(mailing.id).state

    def stop(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.communicate()


def until(true: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to it in time"
        time.sleep(0.02)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with ExitStack() as ends:
        address = ends.enter_context(a_database("postgres", tmp_path))
        fake = ends.enter_context(FakeSendGrid(latency=0.05))
        paper = a_newspaper(tmp_path / "paper").root
        with (paper / "press.yaml").open("a", encoding="utf-8") as file:
            file.write(COURIER)
        monkeypatch.setenv("PRESS_DATABASE", address)
        monkeypatch.setenv("PRESS_SECRET", SECRET)
        monkeypatch.setenv("PRESS_SENDGRID_HOST", fake.url)
        monkeypatch.setenv("SENDGRID_API_KEY", KEY)
        open_books(paper, SystemClock()).close()
        connection = open_database(address, paper)
        ends.callback(connection.close)
        opened = Desk(paper=paper, books=Books(connection=connection), fake=fake)
        ends.callback(opened.stop)
        yield opened


def test_two_workers_share_a_mailing_and_one_is_killed_and_nobody_gets_two(
    desk: Desk,
) -> None:
    mailing = desk.open(24_000)

    first, second = desk.worker(), desk.worker()
    until(lambda: desk.fake.requests > 4)
    first.kill()
    until(lambda: sum(desk.books.states(mailing).values()) and not _open(desk, mailing))
    second.send_signal(signal.SIGTERM)
    said, _ = second.communicate(timeout=30)

    states = dict(desk.books.states(mailing))
    doubtful = states.pop("in_doubt", 0)
    assert second.returncode == 0, said
    assert states == {"accepted": 24_000 - doubtful}
    assert doubtful <= 16_000  # What the killed one had under way.
    assert set(desk.fake.took.values()) == {1}


def test_a_worker_that_is_asked_to_end_finishes_what_is_under_way(desk: Desk) -> None:
    mailing = desk.open(24_000)

    worker = desk.worker("-m", "press", "worker", "--concurrency", "1")
    until(lambda: desk.fake.requests > 2)
    worker.send_signal(signal.SIGTERM)
    said, _ = worker.communicate(timeout=30)

    states = desk.books.states(mailing)
    assert worker.returncode == 0, said
    assert "finishing what is under way" in said
    assert set(states) <= {"accepted", "pending"}
    assert 0 < states["accepted"] == sum(desk.fake.took.values())


def test_a_worker_that_comes_twice_to_a_mailing_finds_nothing_to_send(
    desk: Desk,
) -> None:
    mailing = desk.open(2_000)
    said: list[str] = []
    worker = Worker(paper=desk.paper, stop=threading.Event(), say=said.append)
    bell(desk).install()

    worker.work(mailing.id)
    requests = desk.fake.requests
    worker.work(mailing.id)

    assert desk.state(mailing) is MailingState.DONE
    assert desk.fake.requests == requests
    assert set(desk.fake.took.values()) == {1}
    assert said == ["2024-09: step “step 1”: 2,000 accepted"]


def test_a_worker_with_work_calls_the_next_one_and_one_without_calls_nobody(
    desk: Desk,
) -> None:
    mailing = desk.open(2_000)
    worker = Worker(paper=desk.paper, stop=threading.Event(), say=print)
    bell(desk).install()

    worker.work(mailing.id)
    called = calls(desk)
    answered(desk)
    worker.work(mailing.id)

    assert called == [mailing.id]
    assert calls(desk) == []


def test_a_tick_calls_workers_to_what_is_under_way(desk: Desk) -> None:
    mailing = desk.open(2_000)
    bell(desk).install()

    with open_office(desk.paper) as office:
        office.round.go()

    assert desk.state(mailing) is MailingState.DONE
    assert calls(desk) == [mailing.id]


def test_a_tick_without_workers_needs_no_bell(desk: Desk) -> None:
    mailing = desk.open(2_000)

    with open_office(desk.paper) as office:
        office.round.go()

    assert desk.state(mailing) is MailingState.DONE


def test_a_worker_whose_mailing_must_wait_leaves_and_is_called_again(
    desk: Desk,
) -> None:
    mailing = desk.books.started(
        20, a_step(rate=5), letters=[letter()], courier="sendgrid"
    )
    worker = Worker(paper=desk.paper, stop=threading.Event(), say=print)
    bell(desk).install()

    worker.work(mailing.id)
    answered(desk)
    worker.work(mailing.id)

    assert desk.books.states(mailing) == {"accepted": 5, "pending": 15}
    assert desk.fake.requests == 1
    assert calls(desk) == [mailing.id]
    [(wanted,)] = connection(desk).all(
        "SELECT extract(epoch FROM scheduled_at - now())::int"
        " FROM press_doorbell.procrastinate_jobs WHERE status = 'todo'"
    )
    assert 0 < wanted <= 60


@pytest.mark.parametrize(("minutes", "which"), [(-20, "behind"), (20, "ahead of")])
def test_a_clock_far_from_the_servers_is_refused(
    desk: Desk, minutes: int, which: str
) -> None:
    clock = StoppedClock(SystemClock().now() + dt.timedelta(minutes=minutes))

    with pytest.raises(LedgerError, match=f"20 minutes {which}") as told:
        check_clock(connection(desk), clock)

    assert "timedatectl" in str(told.value.hint)
    check_clock(connection(desk), SystemClock())


def test_a_mailing_is_called_for_once_however_often_the_bell_rings(desk: Desk) -> None:
    bell(desk).install()

    with connection(desk).itself() as engine:
        rung = [bell(desk).ring(MailingId(number), engine) for number in (1, 1, 2)]

    assert rung == [True, False, True]
    assert calls(desk) == [1, 2]


def test_a_bell_that_rings_in_a_transaction_is_undone_with_it(desk: Desk) -> None:
    bell(desk).install()
    ledger = connection(desk)

    def start_a_step_in_vain() -> None:
        with ledger.transaction(), ledger.itself() as engine:
            bell(desk).ring(MailingId(1), engine)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        start_a_step_in_vain()

    assert calls(desk) == []


def test_a_bell_that_rings_in_vain_leaves_its_transaction_whole(desk: Desk) -> None:
    bell(desk).install()
    ledger = connection(desk)

    with ledger.transaction(), ledger.itself() as engine:
        bell(desk).ring(MailingId(1), engine)
        ledger.run("INSERT INTO list (name) VALUES ('written')")
        bell(desk).ring(MailingId(1), engine)

    assert ledger.one("SELECT 1 FROM list WHERE name = 'written'") == (1,)
    assert calls(desk) == [1]


def test_the_bell_is_hung_once_beside_the_ledger(desk: Desk) -> None:
    hung = [bell(desk).install(), bell(desk).install()]

    assert hung == [True, False]
    assert connection(desk).one("SELECT count(*) FROM migration") is not None


def test_a_bell_of_another_version_is_hung_anew_unless_somebody_listens(
    desk: Desk,
) -> None:
    bell(desk).install()
    ledger = connection(desk)
    ledger.run("COMMENT ON SCHEMA press_doorbell IS '3.0.0'")
    ledger.run("INSERT INTO press_doorbell.procrastinate_workers DEFAULT VALUES")

    with pytest.raises(LedgerError, match="another version"):
        bell(desk).install()
    ledger.run("DELETE FROM press_doorbell.procrastinate_workers")

    assert bell(desk).install()
    assert not bell(desk).install()


def test_a_job_whose_worker_died_is_put_back_by_another_worker(desk: Desk) -> None:
    bell(desk).install()
    ledger = connection(desk)
    with ledger.itself() as engine:
        bell(desk).ring(MailingId(1), engine)
    at_the_bell(
        desk,
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES ('2024-08-30')",
        "UPDATE procrastinate_jobs SET status = 'doing',"
        " worker_id = (SELECT max(id) FROM procrastinate_workers)",
    )
    done: list[int] = []
    stop = threading.Event()

    def work(number: MailingId) -> None:
        done.append(number)
        stop.set()

    ends = threading.Timer(30, stop.set)
    ends.start()
    bell(desk).listen(
        Called(work=work, look=lambda: None),
        stop,
        concurrency=1,
        every="* * * * * *",
    )
    ends.cancel()

    assert done == [1]


def test_workers_on_a_file_are_told_what_to_use_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESS_DATABASE", "press.db")

    with pytest.raises(LedgerError) as told:
        Worker(paper=tmp_path, stop=threading.Event(), say=print)

    assert "PostgreSQL" in str(told.value)
    assert "press run" in str(told.value.hint)
    assert "postgresql://" in str(told.value.hint)


def test_a_doorbell_that_cannot_be_reached_says_so() -> None:
    nowhere = Doorbell("postgresql://127.0.0.1:1/press?connect_timeout=2")

    with pytest.raises(LedgerError) as told:
        nowhere.install()

    assert "does not answer" in str(told.value)


def bell(desk: Desk) -> Doorbell:
    del desk
    return Doorbell(os.environ["PRESS_DATABASE"])


def connection(desk: Desk) -> PostgresConnection:
    found = desk.books.connection
    assert isinstance(found, PostgresConnection)
    return found


def calls(desk: Desk) -> list[int]:
    """Return the mailings that workers are called to."""
    rows = connection(desk).all(
        "SELECT (args->>'mailing')::int FROM press_doorbell.procrastinate_jobs"
        " WHERE task_name = 'hand_over' AND status = 'todo' ORDER BY 1"
    )
    return [row[0] for row in rows]


def answered(desk: Desk) -> None:
    at_the_bell(desk, "DELETE FROM procrastinate_jobs")


def at_the_bell(desk: Desk, *statements: str) -> None:
    """Change the doorbell's tables."""
    ledger = connection(desk)
    with ledger.transaction():
        ledger.run("SET LOCAL search_path TO press_doorbell")
        for statement in statements:
            ledger.run(statement)


def _open(desk: Desk, mailing: Mailing) -> int:
    states = desk.books.states(mailing)
    return states.get("pending", 0) + states.get("reserved", 0)
