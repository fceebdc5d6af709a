"""A newspaper whose mailing is sent by the real commands, each a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError

from press.adapters.clock import SystemClock
from press.adapters.database import Connection, open_database
from press.adapters.database.freezing import Freezing
from press.desk.books import Books, open_books
from press.desk.counter import Purpose
from press.model.letter import Letter
from press.model.mailing import AudienceRules, Mailing, SignOff
from press.model.subscriber import PublicId
from tests.adapters.couriers.builders import KEY, a_letter
from tests.conftest import ROOT
from tests.crash.verdict import Verdict, verdict_of
from tests.ledgers import Books as Ledger
from tests.ledgers import a_step
from tests.newspaper import a_newspaper
from tests.provider import FakeSendGrid

SECRET = "a secret that is long enough for a test"  # noqa: S105
ENDS = 120.0
_HEADERS = {"Host": "quoin.example", "Content-Type": "application/json"}


def a_web_letter() -> Letter:
    return a_letter(
        web="https://quoin.example/editions/2024-09/",
        pages="https://quoin.example/mail/",
        greeting_named="Dear {name},",
        greeting_unnamed="Dear reader,",
    )


@dataclass(kw_only=True)
class Desk:
    """A newspaper, its database, a provider; and what is done with them.

    Attributes:
        paper: Its folder.
        address: Its database.
        fake: The provider.
        gone_before_mark: Who had left before their mail was marked.
        codes: What commands ended with.
    """

    paper: Path
    address: str
    fake: FakeSendGrid
    ends: ExitStack
    gone_before_mark: set[int] = field(default_factory=set)
    codes: list[int] = field(default_factory=list)
    port: int = 0

    # ------------------------------------------------------------ commands

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command."""
        process = subprocess.Popen(
            [sys.executable, "-m", "press", *words],
            cwd=self.paper,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.ends.callback(_end, process)
        return process

    def ended(self, process: subprocess.Popen[str]) -> tuple[int, str]:
        """Wait for a command; return its exit code, and what it said."""
        said, _ = process.communicate(timeout=ENDS)
        self.codes.append(process.returncode)
        assert "Traceback" not in said, said
        return process.returncode, said

    def press(self, *words: str) -> tuple[int, str]:
        """Run a command; return its exit code, and what it said."""
        return self.ended(self.start(*words))

    def stand_still(self, process: subprocess.Popen[str]) -> None:
        """Stop a command wherever it is, but between its writes.

        Within one it would hold the whole of SQLite's file, and everybody waits for it.
        """

        def stopped() -> bool:
            process.send_signal(signal.SIGSTOP)
            os.waitid(os.P_PID, process.pid, os.WSTOPPED)
            if _is_free(Path(self.address)):
                return True
            process.send_signal(signal.SIGCONT)
            return False

        until(stopped)

    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.paper),
            "PYTHONPATH": str(ROOT / "src"),
            "PRESS_SECRET": SECRET,
            "PRESS_DATABASE": self.address,
            "PRESS_SENDGRID_HOST": self.fake.url,
            "SENDGRID_API_KEY": KEY,
        }

    # ------------------------------------------------------------ the ledger

    def connect(self) -> Connection:
        """Open the database; it is closed at the end at the latest."""
        connection = open_database(self.address, self.paper)
        self.ends.callback(connection.close)
        return connection

    def open(self, readers: int) -> Mailing:
        """Open a mailing that is due, tested and confirmed."""
        connection = self.connect()
        ledger = Ledger(connection=connection, clock=SystemClock())  # type: ignore[arg-type]
        list_id = ledger.add_readers(readers)
        step = a_step(1, name="all", due_at=SystemClock().now())
        mailing = ledger.open(
            list_id,
            step,
            letters=[a_web_letter()],
            courier="sendgrid",
            confirmed=readers,
            rules=AudienceRules(variants=("everybody",)),
        )
        off = SignOff(what="tested", who="Hal", at=SystemClock().now())
        ledger.mailings.sign(mailing.edition, mailing.content, off)
        connection.close()
        return mailing

    def states(self, mailing: Mailing) -> dict[str, int]:
        """Return how many are in each state."""
        connection = self.connect()
        counts = Freezing(connection, SystemClock()).counts(mailing)
        connection.close()
        assert counts.closes
        return {str(state): count for state, count in counts.states.items()}

    def verdict(self, mailing: Mailing) -> Verdict:
        """Hold what readers got against what the ledger says."""
        self.fake.reach_send_at()
        took, inbox = self.fake.took, self.fake.inbox
        connection = self.connect()
        verdict = verdict_of(
            connection,
            mailing,
            Freezing(connection, SystemClock()).counts(mailing),
            lambda number, email: max(took.get(number, 0), inbox.get(email, 0)),
            self.gone_before_mark,
        )
        connection.close()
        return verdict

    # ------------------------------------------------------------ the web

    def serve(self) -> None:
        """Let readers' pages be reached."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start("serve", "--port", str(self.port))
        until(lambda: self.ask("/health", None) == 200)

    def ask(self, path: str, body: bytes | None, **headers: str) -> int:
        """Ask the server; return its answer's number, 0 where there was none."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=body,
            headers={
                **_HEADERS,
                **{name.replace("_", "-"): headers[name] for name in headers},
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                return int(answer.status)
        except HTTPError as refused:
            return refused.code
        except (URLError, OSError):
            return 0

    def let_leave(self, readers: list[int], mailing: Mailing) -> threading.Thread:
        """Let readers leave by one click, one after the other.

        Who was not marked yet when the page said so, and never is, had left in time.
        """

        def leave() -> None:
            connection = open_database(self.address, self.paper, check=False)
            books = _books(self)
            for number in readers:
                token = books.secret.sign(
                    PublicId(f"{number:032x}"), Purpose.UNSUBSCRIBE
                )
                said = self.ask(
                    f"/mail/unsubscribe/{token}",
                    b"List-Unsubscribe=One-Click",
                    Content_Type="application/x-www-form-urlencoded",
                )
                row = connection.one(
                    "SELECT d.state, coalesce(r.state, '') FROM delivery d"
                    " LEFT JOIN request r ON r.id = d.request_id"
                    " WHERE d.mailing_id = ? AND d.subscriber_id = ?",
                    *(mailing.id, number),
                )
                # What is unmarked after the page's answer was unmarked when they left.
                free = row is None or row[0] == "pending"
                if said == 200 and (free or row == ("reserved", "reserved")):
                    self.gone_before_mark.add(number)
                time.sleep(0.05)
            connection.close()
            books.close()

        thread = threading.Thread(target=leave, daemon=True)
        thread.start()
        return thread

    def tell_events(self, kinds: dict[str, str]) -> int:
        """Let the provider tell what became of mails: the kind, by the address."""
        told = []
        for email, kind in kinds.items():
            made = next(
                (
                    each
                    for messages in list(self.fake.messages.values())
                    for each in messages
                    if each.to_email == email
                ),
                None,
            )
            if made is None:
                continue
            told.append(
                {
                    "email": email,
                    "event": kind,
                    "timestamp": int(SystemClock().now().timestamp()),
                    "sg_event_id": f"{kind} {email}",
                    "type": "bounce",
                    **made.whole()["custom_args"],
                }
            )
        body = json.dumps(told).encode()
        now = int(SystemClock().now().timestamp())
        signed = dict(self.fake.signer.headers(body, now))
        return self.ask("/provider/sendgrid", body, **signed)


def a_desk(folder: Path, address: str, ends: ExitStack, **fake: float) -> Desk:
    """Return a newspaper that sends by a stand-in for SendGrid."""
    provider = ends.enter_context(FakeSendGrid(**fake))  # type: ignore[arg-type]
    paper = a_newspaper(folder).root
    key = provider.signer.public_key
    with (paper / "press.yaml").open("a", encoding="utf-8") as file:
        file.write(
            f'\ncourier: {{sendgrid: {{webhook_key: "{key}"}}}}\n'
            "mail: https://quoin.example/mail\n"
        )
    made = Desk(paper=paper, address=address, fake=provider, ends=ends)
    _books(made).close()
    return made


def until(true: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to it in time"
        time.sleep(0.02)


def _is_free(file: Path) -> bool:
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as writer:
        try:
            writer.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                return False
            raise
        writer.execute("ROLLBACK")
        return True


def _books(desk: Desk) -> Books:
    before = {name: os.environ.get(name) for name in ("PRESS_SECRET", "PRESS_DATABASE")}
    os.environ.update({name: desk.environment()[name] for name in before})
    try:
        return open_books(desk.paper, SystemClock(), check=False)
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGCONT)
        process.kill()
    process.communicate()
