"""A newspaper that is worked on by the command line, and its provider's words."""

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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode

import pytest

from press.adapters.clock import SystemClock
from tests.provider import FakeSendGrid

ROOT = Path(__file__).parents[2]
PRESS = (sys.executable, "-m", "press")
PLAN = """\
send:
  audience: {list: digest}
  steps:
    - {name: desk, to: [desk@quoin.example], at: 2024-08-29 16:00}
    - {name: all, share: rest, at: 2024-08-30 07:00, needs: [desk, approved]}
"""


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
                for name in ("PATH", "HOME")
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

    def send(self, edition: str, readers: int) -> str:
        self.press("send", "approve", edition, "--by", "Judith")
        confirm = f"{edition} {readers}"
        return self.press(
            *("send", edition, "--late", "--for-real", "--confirm", confirm)
        )


def a_paper(folder: Path, database: str) -> Paper:
    """Return a newspaper with two editions that have short plans."""
    folder.mkdir()
    for name in ("editions", "layouts"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "press.yaml", folder)
    made = Paper(folder=folder, database=database)
    made.edition("2024-09")
    made.edition("2024-10")
    return made


def now() -> int:
    return int(SystemClock().now().timestamp())


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
