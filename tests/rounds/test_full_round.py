"""A whole season by the command line: readers come, are written to, bounce, leave."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode

import pytest

from press.adapters.clock import SystemClock
from tests.databases import KINDS, a_database
from tests.provider import FakeSendGrid
from tests.provider.smtp import FakeMailServer

ROOT = Path(__file__).parents[2]
PRESS = (sys.executable, "-m", "press")
PLAN = """\
send:
  audience: {list: digest}
  steps:
    - {name: desk, to: [desk@quoin.example], at: 2024-08-29 16:00}
    - {name: all, share: rest, at: 2024-08-30 07:00, needs: [desk, approved]}
"""
READERS = "email,name\n" + "".join(
    f"{name.lower()}@mail.example,{name}\n"
    for name in ("Ada", "Ben", "Cleo", "Dov", "Eve", "Fay")
)


@dataclass(slots=True, kw_only=True)
class Paper:
    """A newspaper in a folder of its own, worked on by the command line."""

    folder: Path
    database: str
    port: int = 0
    more: dict[str, str] = field(default_factory=dict)

    def press(self, *words: str, ends: int = 0, stdin: str = "") -> str:
        """Run a command; return what it printed."""
        done = subprocess.run(
            [*PRESS, *words],
            input=stdin,
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == ends, done.stdout + done.stderr
        return done.stdout + done.stderr

    def environment(self) -> dict[str, str]:
        return {
            **{
                name: os.environ[name]
                for name in ("PATH", "HOME", "PYTHONPATH")
                if name in os.environ
            },
            "PRESS_SECRET": "a secret of the tests that is long enough for all",
            "PRESS_DATABASE": self.database,
            **self.more,
        }

    def courier(self, words: str) -> None:
        file = self.folder / "press.yaml"
        text = re.sub(
            r"^courier:.*$", f"courier: {words}", file.read_text(), flags=re.MULTILINE
        )
        file.write_text(text)

    def edition(self, name: str) -> None:
        """Let there be an edition with a short plan."""
        folder = self.folder / "editions" / name
        if not folder.exists():
            shutil.copytree(ROOT / "editions" / "2024-09", folder)
        manifest = folder / "edition.yaml"
        text = re.sub(
            r"^send:.*", PLAN, manifest.read_text(), flags=re.MULTILINE | re.DOTALL
        )
        manifest.write_text(text.replace("id: 2024-09", f"id: {name}"))

    @contextmanager
    def planned(self, usual: str, odd: str) -> Iterator[None]:
        """Let September's plan say something else for a while."""
        manifest = self.folder / "editions" / "2024-09" / "edition.yaml"
        before = manifest.read_text()
        assert usual in before
        manifest.write_text(before.replace(usual, odd))
        yield
        manifest.write_text(before)

    def another_step(self, step: str) -> AbstractContextManager[None]:
        """Let September's plan begin with one more step for a while."""
        return self.planned("  steps:\n", f"  steps:\n    - {step}\n")

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Let the pages of readers be reached."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        server = subprocess.Popen(
            [*PRESS, "serve", "--port", str(self.port)],
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._wait()
            yield
        finally:
            server.terminate()
            assert server.wait(20) == 0

    def _wait(self) -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                self.ask("/health")
            except (URLError, ConnectionError):
                time.sleep(0.1)
            else:
                return
        pytest.fail("press serve does not answer")

    def ask(
        self,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> str:
        """Ask the server as the web server before it would."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=body,
            headers={"Host": "quoin.example", **(headers or {})},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return str(answer.read().decode())

    def post(self, address: str, **form: str) -> str:
        return self.ask(
            address.removeprefix("https://quoin.example"), urlencode(form).encode()
        )

    def send(self, edition: str, readers: int, *more: str, ends: int = 0) -> str:
        self.press("send", "approve", edition, "--by", "Judith")
        confirm = f"{edition} {readers}"
        return self.press(
            *("send", edition, "--late", "--for-real", "--confirm", confirm, *more),
            ends=ends,
        )


@pytest.fixture(
    params=[pytest.param(kind, marks=pytest.mark.long) for kind in KINDS],
)
def paper(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Paper]:
    folder = tmp_path / "paper"
    folder.mkdir()
    for name in ("editions", "layouts"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "press.yaml", folder)
    with a_database(request.param, tmp_path) as database:
        made = Paper(folder=folder, database=database)
        made.edition("2024-09")
        made.edition("2024-10")
        yield made


def now() -> int:
    return int(SystemClock().now().timestamp())


def links(message: bytes) -> dict[str, str]:
    """Return the addresses in a mail's headers and plain text."""
    mail = message_from_bytes(message, policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    confirm = re.search(r"https://\S+/confirm/\S+", body.get_content())
    leave = re.search(r"<(https://[^>]+)>", mail.get("List-Unsubscribe", ""))
    return {
        "to": str(mail["To"]),
        "subject": str(mail["Subject"]),
        "confirm": confirm[0] if confirm else "",
        "leave": leave[1] if leave else "",
    }


def by_mail(messages: list[bytes], who: str) -> str:
    """Return the mail that a mail program writes to leave."""
    asked = next(
        mail["List-Unsubscribe"]
        for mail in (
            message_from_bytes(each, policy=policy.default) for each in messages
        )
        if who in mail["To"]
    )
    found = re.search(r"<mailto:([^?>]+)\?subject=([^>]+)>", asked)
    assert found is not None
    return f"From: somebody@mail.example\nTo: {found[1]}\nSubject: {found[2]}\n\n"


def events(provider: FakeSendGrid, kinds: dict[str, str]) -> bytes:
    """Return what the provider tells of deliveries: the kind, by the address."""
    told = []
    for number, (email, kind) in enumerate(kinds.items()):
        made = next(
            each
            for messages in provider.messages.values()
            for each in messages
            if each.row()["to_email"] == email
        )
        told.append(
            {
                "email": email,
                "event": kind,
                "timestamp": now(),
                "sg_event_id": f"e{number}",
                "type": "bounce",
                **made.whole()["custom_args"],
            }
        )
    return json.dumps(told).encode()


def test_readers_come_are_written_to_bounce_and_leave(  # noqa: PLR0915 -- a season
    paper: Paper,
) -> None:
    (paper.folder / "readers.csv").write_text(READERS)
    consent = ("--basis", "consent", "--source", "fair", "--given", "2024-08-01")

    with FakeMailServer() as mail, FakeSendGrid() as provider:
        paper.courier(f"{{smtp: {{host: 127.0.0.1, port: {mail.port}, tls: none}}}}")
        paper.more = {
            "SENDGRID_API_KEY": "SG.k",
            "PRESS_SENDGRID_HOST": provider.url,
        }
        paper.press(
            *("readers", "import", "readers.csv", "--list", "digest"),
            *(*consent, "--confirmed"),
        )
        # The plan has a step to a list that nobody is on.
        with paper.another_step("{name: seed, list: seed-inboxes}"):
            told = paper.press("send", "2024-09", ends=3)
        assert "nobody is on the list “seed-inboxes”" in told
        # Nor does a slip in a name leave anybody out.
        with paper.planned("list: digest", "list: digest, exclude: [staf]"):
            told = paper.press("send", "2024-09", ends=3)
        assert "“staf”, which the plan leaves out" in told
        with paper.serving():
            # Gus asks for the paper, and confirms by the link in a mail.
            paper.post("/mail/subscribe", email="gus@mail.example", lists="digest")
            assert "6 active" in paper.press("readers", "count")
            paper.press("tick")
            asked = links(mail.messages[0])
            assert "gus@mail.example" in asked["to"]
            paper.post(asked["confirm"])
            assert "7 active" in paper.press("readers", "count")

            # The September digest goes out by a mail server; Ben has moved.
            mail.refusals = {"ben@mail.example": "550 5.1.1 unknown"}
            told = paper.send("2024-09", 7)
            assert "step “all”: 6 accepted, 1 failed" in told
            again = paper.press("send", "2024-09", "--for-real", ends=9)
            assert "has a mailing to digest already" in again
            assert "7 candidates = 7 prepared" in paper.press(
                "send", "status", "2024-09"
            )

            # Cleo leaves with one click, twice.
            cleo = next(
                found["leave"]
                for found in map(links, mail.messages)
                if "cleo@" in found["to"]
            )
            for _ in range(2):
                paper.post(cleo, **{"List-Unsubscribe": "One-Click"})
            # Fay leaves by mail.
            paper.press("readers", "leave", stdin=by_mail(mail.messages, "fay@"))

        # The October digest goes by SendGrid; Dov's bounces, Eve calls it spam.
        key = provider.signer.public_key
        paper.courier(f'{{sendgrid: {{webhook_key: "{key}"}}}}')
        looked = paper.press("send", "rehearse", "2024-10")
        assert "mails for 4 readers in 1 requests, and would refuse 0" in looked
        assert (provider.rehearsed, sum(provider.took.values())) == (4, 0)
        # Three readers fewer are many here: who sends must name the new count.
        refused = paper.send("2024-10", 4, ends=3)
        assert "4 readers, 43 % fewer than the last edition had (7)" in refused
        told = paper.send("2024-10", 4, "--count-moved", "4")
        assert "7 on the list = 4 + 3 left out" in told
        paper.press("tick")
        provider.reach_send_at()
        body = events(
            provider, {"dov@mail.example": "bounce", "eve@mail.example": "spamreport"}
        )
        signed = provider.signer.headers(body, now())
        with paper.serving():
            for _ in range(2):
                paper.ask("/provider/sendgrid", body, dict(signed))

        report = paper.press("send", "report", "2024-10")
        assert re.search(r"bounced +1 ", report)
        assert re.search(r"complained +1 ", report)
        assert "7 candidates = 4 prepared + 3 left out" in report
        count = paper.press("readers", "count")
        assert "2 active" in count

        # Ada is let go by hand while SendGrid may still have her mail.
        paper.press("readers", "suppress", "ada@mail.example")
        pulled = paper.press("events", "pull")
        assert "the provider withholds its mail from 1" in pulled
        assert provider.unwilling == {"ada@mail.example"}

        # An import brings nobody back who left.
        paper.press(
            *("readers", "import", "readers.csv", "--list", "digest", "--partial"),
            *(*consent, "--confirmed"),
        )
        assert "1 active" in paper.press("readers", "count")

    got = Counter(name.partition("@")[0] for name in mail.took.elements())
    assert got == {
        "desk": 2,
        "gus": 2,
        "ada": 1,
        "cleo": 1,
        "dov": 1,
        "eve": 1,
        "fay": 1,
    }
    names = {name.partition("@")[0]: count for name, count in provider.inbox.items()}
    assert names == {
        "desk": 2,
        "ada": 1,
        "dov": 1,
        "eve": 1,
        "gus": 1,
    }
