"""Many workers at one mailing: called by the doorbell, kept apart by the ledger."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from press.adapters.clock import SystemClock
from press.adapters.database import open_database
from press.desk.books import open_books
from press.model.letter import Letter
from press.model.mailing import Mailing, MailingState
from tests.adapters.couriers.builders import KEY, a_letter
from tests.databases import a_database
from tests.ledgers import Books
from tests.newspaper import a_newspaper
from tests.provider import FakeSendGrid

SECRET = "a secret that is long enough for a test"
COURIER = "\ncourier: sendgrid\nmail: https://quoin.example/mail\n"
#: A worker that looks every second, for a test cannot wait for the minute.
DRIVER = """
import sys, threading
from pathlib import Path
from press.cli.stopping import stopping
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
    mailing = desk.open(60_000)

    first, second = desk.worker(), desk.worker()
    until(lambda: desk.fake.requests > 8)
    first.kill()
    until(lambda: sum(desk.books.states(mailing).values()) and not _open(desk, mailing))
    second.send_signal(signal.SIGTERM)
    said, _ = second.communicate(timeout=30)

    states = dict(desk.books.states(mailing))
    doubtful = states.pop("in_doubt", 0)
    assert second.returncode == 0, said
    assert states == {"accepted": 60_000 - doubtful}
    assert doubtful <= 16_000  # what the killed one had under way
    assert set(desk.fake.took.values()) == {1}


def _open(desk: Desk, mailing: Mailing) -> int:
    states = desk.books.states(mailing)
    return states.get("pending", 0) + states.get("reserved", 0)
