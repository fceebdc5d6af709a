"""A test goes to addresses that are some, and counts where it reached somebody."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from press.cli import run
from press.cli.app import app
from press.model.errors import ExitCode
from tests.conftest import ROOT
from tests.provider.smtp import HOST, FakeMailServer

SECRET = "a secret of the tests that is long enough"  # noqa: S105
SIGNED = "SELECT what FROM sign_off"
OPENED = "SELECT count(*) FROM mailing"


@pytest.fixture
def server() -> Iterator[FakeMailServer]:
    with FakeMailServer() as made:
        yield made


@pytest.fixture
def paper(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: FakeMailServer
) -> Path:
    """The sample newspaper, in which commands are typed; a mail server takes its mails."""
    for name in ("editions", "layouts"):
        shutil.copytree(ROOT / name, tmp_path / name)
    courier = f"courier: {{smtp: {{host: {HOST}, port: {server.port}, tls: none}}}}"
    text = (ROOT / "press.yaml").read_text(encoding="utf-8")
    text = re.sub(r"^courier:.*$", courier, text, flags=re.MULTILINE)
    (tmp_path / "press.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("PRESS_SECRET", SECRET)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(paper: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(paper / "press.db")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_what_is_no_address_is_told_at_once_and_nothing_is_sent(
    paper: Path, server: FakeMailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("me@quoin.example", "bad@@", "2024-09", "you")

    code = run(app, ["send", "test", *words])

    told = capsys.readouterr().err
    assert code == ExitCode.NOT_READY
    assert told.count("[mailing.address]") == 3
    assert "--edition 2024-09" in told
    assert not server.took
    assert asked(paper, OPENED) == [(0,)]


def test_a_test_that_reaches_nobody_fails_and_counts_for_nothing(
    paper: Path, server: FakeMailServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.refusals["me@quoin.example"] = "550 5.1.1 unknown"

    code = run(app, ["send", "test", "me@quoin.example"])

    assert code == ExitCode.NOT_READY
    assert "[mailing.unreached]" in capsys.readouterr().err
    assert asked(paper, SIGNED) == []
    server.refusals.clear()
    assert run(app, ["send", "test", "me@quoin.example"]) == ExitCode.OK
    assert asked(paper, SIGNED) == [("tested",)]
