"""The documented example for nginx, in a real nginx: it hands on, and logs no token."""

from __future__ import annotations

import contextlib
import http.client
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from press.desk.counter import Purpose
from press.model.subscriber import Status
from tests.browsers import absent
from tests.databases import a_database
from tests.web.site import FORM, Site

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "nginx.conf"
_CONF = """
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log {level};
events {{ worker_connections 64; }}
http {{
    access_log {folder}/access.log;
    {scratch}
    server {{
        listen 127.0.0.1:{port};
        server_name quoin.example;
        {example}
    }}
}}
"""
_SCRATCH = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    """Of one kind: nothing here depends on it."""
    with a_database("sqlite", tmp_path) as address:
        yield address


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """An nginx before a server."""

    folder: Path
    port: int

    def ask(
        self, method: str, path: str, body: bytes = b"", **headers: str
    ) -> tuple[int, Mapping[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            told = {"Host": "quoin.example", "Content-Type": FORM, **headers}
            connection.request(method, path, body, told)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    @property
    def logged(self) -> str:
        return "".join(
            (self.folder / name).read_text() for name in ("access.log", "error.log")
        )


@contextmanager
def a_front(
    folder: Path, behind: int, *, example: str = "", level: str = "error"
) -> Iterator[Front]:
    """Run nginx with the example before the server of a port."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/bin")
    if program is None:
        absent("nginx is not here")
        raise AssertionError
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    text = example or EXAMPLE.read_text(encoding="utf-8")
    scratch = " ".join(f"{one}_temp_path {folder}/{one};" for one in _SCRATCH)
    conf = folder / "nginx.conf"
    conf.write_text(
        _CONF.format(
            folder=folder,
            port=port,
            level=level,
            scratch=scratch,
            example=text.replace(":8025", f":{behind}"),
        ),
        encoding="utf-8",
    )
    process = subprocess.Popen(
        [program, "-e", f"{folder}/error.log", "-p", str(folder), "-c", str(conf)]
    )
    try:
        for _ in range(200):
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, (folder / "error.log").read_text()
            time.sleep(0.02)
        yield Front(folder=folder, port=port)
    finally:
        process.terminate()
        process.wait(30)


def nobody() -> int:
    """Return a port at which nothing answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def test_pages_are_reached_and_readers_leave(site: Site, tmp_path: Path) -> None:
    with a_front(tmp_path / "nginx", site.port) as front:
        look, headers, page = front.ask("GET", site.path(Purpose.UNSUBSCRIBE))
        press, _, _ = front.ask(
            "POST", site.path(Purpose.UNSUBSCRIBE), b"List-Unsubscribe=One-Click"
        )
        inside, _, _ = front.ask("GET", "/health")

    assert (look, press, inside) == (200, 200, 404)
    assert b"<form" in page
    assert headers["cache-control"] == "no-store"
    assert site.status() is Status.UNSUBSCRIBED


def test_no_log_holds_a_token(site: Site, tmp_path: Path) -> None:
    path, token = site.path(Purpose.UNSUBSCRIBE), site.token(Purpose.UNSUBSCRIBE)

    with a_front(tmp_path / "one", site.port, level="info") as front:
        with contextlib.suppress(OSError):  # nginx may hang up before it is all said.
            front.ask("POST", path, b"x" * 4_000_000)
        front.ask("GET", path)
        front.ask("GET", f"/{path}")
        front.ask("GET", "/elsewhere")
    with a_front(tmp_path / "two", nobody(), level="info") as silent:
        assert silent.ask("GET", path)[0] == 502

    assert "/elsewhere" in front.logged
    assert token not in front.logged + silent.logged


def test_without_its_last_lines_the_example_would_leak(
    site: Site, tmp_path: Path
) -> None:
    """The fault planted: what the test above looks for is really there to be found."""
    token = site.token(Purpose.UNSUBSCRIBE)
    whole = EXAMPLE.read_text(encoding="utf-8")
    for number, line in enumerate(("access_log off;", "error_log /dev/null;")):
        assert line in whole
        with a_front(
            tmp_path / str(number), nobody(), example=whole.replace(line, "")
        ) as front:
            front.ask("GET", site.path(Purpose.UNSUBSCRIBE))

        assert token in front.logged
