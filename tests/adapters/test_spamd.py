"""The spam filter is asked by its own protocol, and its answers are understood."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest

from press.adapters.spamd import Spamd
from press.model.errors import EngineError
from press.model.second_look import SpamRule

MUST = os.environ.get("PRESS_PROVE") == "all"
REPORT = b"""\
Spam detection software, running on the system "desk", has
identified this incoming email as possible spam.
 12.0 NOT_A_RULE            before the table

 pts rule name              description
---- ---------------------- --------------------------------------------------
 1.4 MISSING_DATE           Missing Date: header
-0.0 NO_RELAYS              Informational: message was not relayed via SMTP
2.25 LONG_STORY             BODY: a description that goes
                            on in another line
1000 GTUBE                  a test
"""
HEAD = b"SPAMD/1.1 0 EX_OK\r\nContent-length: 9\r\nSpam: True ; 6.6 / 5.0\r\n\r\n"


@contextmanager
def serving(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Serve one answer to one question; yield the address and what was asked."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                data = b""
                while piece := connection.recv(65536):
                    data += piece
                asked.append(data)
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}", asked
        thread.join(10)


def a_message(subject: str, text: str, **headers: str) -> bytes:
    message = EmailMessage()
    message["From"] = "The Quoin <digest@quoin.example>"
    message["To"] = "A Reader <reader@mill.example>"
    message["Subject"] = subject
    message["Date"] = "Fri, 30 Aug 2024 07:00:00 +0100"
    message["Message-ID"] = "<2024-09@quoin.example>"
    for name, value in headers.items():
        message[name] = value
    message.set_content(text)
    return message.as_bytes()


def test_a_whole_message_is_handed_over_with_its_length() -> None:
    message = a_message("Tax", "Grüße")

    with serving(HEAD + REPORT) as (address, asked):
        Spamd(address).judge(message)

    head, _, body = asked[0].partition(b"\r\n\r\n")
    assert head.split(b"\r\n") == [
        b"REPORT SPAMC/1.5",
        b"Content-length: %d" % len(message),
    ]
    assert body == message


def test_an_answer_is_read_with_its_rules_the_dearest_first() -> None:
    with serving(HEAD + REPORT) as (address, _):
        verdict = Spamd(address).judge(b"x")

    assert verdict is not None
    assert (verdict.score, verdict.limit) == (6.6, 5.0)
    assert [rule.name for rule in verdict.rules] == [
        "GTUBE",
        "LONG_STORY",
        "MISSING_DATE",
        "NO_RELAYS",
    ]
    assert verdict.rules[1] == SpamRule(
        name="LONG_STORY",
        points=2.25,
        about="BODY: a description that goes on in another line",
    )


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"SPAMD/1.1 76 Bad header line\r\n\r\n",
        b"SPAMD/1.1 0 EX_OK\r\nContent-length: 0\r\n\r\n",
    ],
)
def test_an_answer_that_is_none_is_said_to_be_so(answer: bytes) -> None:
    with (
        serving(answer) as (address, _),
        pytest.raises(EngineError, match="spamd said"),
    ):
        Spamd(address).judge(b"x")


def test_where_no_filter_runs_there_is_no_verdict() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]

    assert Spamd(f"127.0.0.1:{free}").judge(b"x") is None


def test_the_environment_says_where_the_filter_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serving(HEAD) as (address, asked):
        monkeypatch.setenv("PRESS_SPAMD", address)
        verdict = Spamd().judge(b"x")

    assert asked
    assert verdict is not None
    assert verdict.rules == ()


def test_an_address_without_a_port_is_refused() -> None:
    with pytest.raises(EngineError, match="names no port"):
        Spamd("desk:http").judge(b"x")


# --- The real one


@pytest.fixture(scope="module")
def spamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spamd]:
    program = shutil.which("spamd", path="/usr/sbin:/usr/bin:/usr/local/bin")
    if program is None:
        if MUST:
            pytest.fail("spamd is missing; install the package spamd")
        pytest.skip("spamd is not installed (package spamd)")
    folder = tmp_path_factory.mktemp("spamd")
    log = folder / "log"
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    options = ("-L", "-x", "-m", "1", "-i", "127.0.0.1", "-p", str(port))
    with log.open("wb") as written:
        process = subprocess.Popen(
            [program, *options, "-s", "stderr", "-H", str(folder)], stderr=written
        )
    try:
        wait_for(process, log)
        yield Spamd(f"127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(20)


def wait_for(process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until spamd says that its child is there."""
    for _ in range(600):
        if b"server started" in log.read_bytes():
            return
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(f"spamd ended: {log.read_text()}")
    pytest.fail("spamd did not start in a minute")


def test_the_real_filter_passes_a_clean_message(spamd: Spamd) -> None:
    text = "The tax on newspapers was a penny a copy, and lasted for a century.\n"

    verdict = spamd.judge(a_message("The tax that made papers large", text))

    assert verdict is not None
    assert verdict.limit == 5.0
    assert verdict.score < 1.0


def test_the_real_filter_stops_a_spammy_message_and_says_why(spamd: Spamd) -> None:
    text = (
        "DEAR FRIEND, CLICK HERE to claim $10,000,000 US dollars from the bank of "
        "Nigeria!!! Buy cheap VIAGRA and Cialis now, 100% FREE, no prescription "
        "needed, act now, money back guarantee, risk free, lose weight fast!!!\n"
        "http://192.0.2.1/cheap-viagra\n"
    )

    verdict = spamd.judge(a_message("FREE VIAGRA - MAKE MONEY FAST!!!", text))

    assert verdict is not None
    assert verdict.score >= 5.0
    assert verdict.rules[0].points > 1
    assert any("DRUG" in rule.name for rule in verdict.rules)
