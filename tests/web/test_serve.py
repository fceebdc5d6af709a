"""`press serve` as its own process: it listens, answers, and stops in good order."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from press.model.errors import ExitCode
from tests.house import HOUSE
from tests.web.site import SECRET

COMMAND = (sys.executable, "-m", "press", "serve", "--port")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    (tmp_path / "press.yaml").write_text(HOUSE, "utf-8")
    return tmp_path


@contextmanager
def serving(paper: Path, database: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    environment = {**os.environ, "PRESS_SECRET": SECRET, "PRESS_DATABASE": database}
    process = subprocess.Popen(
        [*COMMAND, "0"],
        cwd=paper,
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        said = process.stderr.readline()
        port = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
        assert port, said + process.stderr.read()
        yield process, int(port[1])
    finally:
        process.kill()
        process.communicate(timeout=30)


def get(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def test_it_answers_and_stops_when_it_is_told(paper: Path, database: str) -> None:
    with serving(paper, database) as (process, port):
        health, page = get(port, "/health"), get(port, "/mail/subscribe")
        process.send_signal(signal.SIGTERM)
        out, errors = process.communicate(timeout=30)

    assert (health, page) == (200, 200)
    assert process.returncode == 0
    assert (out, errors) == ("", "")


def test_a_request_that_is_under_way_is_answered_first(
    paper: Path, database: str
) -> None:
    body = b"email=new%40quoin.example"
    head = (
        "POST /mail/subscribe HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with serving(paper, database) as (process, port):
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            line.sendall(head.encode() + body[:5])
            get(port, "/health")  # Only now is the server surely at the first.
            process.send_signal(signal.SIGTERM)
            timer = threading.Timer(1.0, line.sendall, [body[5:]])
            timer.start()
            said = line.recv(65536)
            timer.join()
        process.communicate(timeout=30)

    assert b" 200 " in said.splitlines()[0]
    assert process.returncode == 0


def test_ctrl_c_ends_as_from_the_keyboard(paper: Path, database: str) -> None:
    with serving(paper, database) as (process, _):
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)

    assert process.returncode == ExitCode.INTERRUPTED
    assert errors == ""


def test_a_port_that_is_taken_is_told(paper: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = subprocess.run(
            [*COMMAND, str(taken.getsockname()[1])],
            cwd=paper,
            env={**os.environ, "PRESS_SECRET": SECRET},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    assert done.returncode == ExitCode.BUSY
    assert "another --port" in done.stderr


def test_without_a_secret_nothing_is_served(paper: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "0"],
        cwd=paper,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == ExitCode.PROVIDER
    assert "PRESS_SECRET" in done.stderr
