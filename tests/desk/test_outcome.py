"""What a build says, writes and returns, in good days and bad ones."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from press.cli import run
from press.cli.app import app
from press.model.errors import ExitCode
from tests.newspaper import COMMAND, ID, LONGEST, Newspaper, hashes, surroundings

pytestmark = pytest.mark.rendered

SHORT = ("preheader: And who paid it, from the first bushel to the last of them",)
#: Ends as the program it is given, which may write no file longer than so many bytes.
WITH_LITTLE_ROOM = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
os.execv(sys.argv[2], sys.argv[2:])
"""


def a_warning(newspaper: Newspaper) -> None:
    newspaper.change(f"editions/{ID}/edition.yaml", *SHORT, "preheader: Who paid")


def test_the_ticket_names_everything_with_its_sum(built_once: Newspaper) -> None:
    ticket = built_once.read("ticket.json")

    made = hashes(built_once.built)
    del made["ticket.json"]
    assert {name: one["sha256"] for name, one in ticket["files"].items()} == made
    for name, one in ticket["files"].items():
        assert one["bytes"] == (built_once.built / name).stat().st_size
    inputs = {n: s for n, s in ticket["inputs"].items() if not n.startswith("layouts/")}
    assert "layouts/a4/" in ticket["inputs"]
    used = {
        file.relative_to(built_once.root).as_posix()
        for file in [built_once.root / "press.yaml", *built_once.edition.rglob("*")]
        if file.is_file()
    }
    assert set(inputs) == used
    for name, known in inputs.items():
        data = (built_once.root / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == known
    assert ticket["edition"] == ID
    assert ticket["versions"]["weasyprint"].startswith("70.")
    assert any(name.startswith("Press Serif 400") for name in ticket["fonts"])


def test_a_warning_is_said_and_kept_and_holds_nothing_up_but_a_strict_build(
    newspaper: Newspaper,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(newspaper.root)
    before = hashes(newspaper.built)
    a_warning(newspaper)

    strict = run(app, ["build-edition", ID, "--strict"])

    assert strict == ExitCode.NOT_READY
    told = capfd.readouterr()
    assert told.out == ""
    assert "warning: the preheader has 8 characters [digest.preheader]" in told.err
    assert hashes(newspaper.built) == before

    code = run(app, ["build-edition", ID, "--json", "--proof", "-o", "elsewhere"])

    assert code == ExitCode.OK
    told = capfd.readouterr()
    assert told.err == ""
    outcome = json.loads(told.out)
    assert outcome["ready"] is True
    assert [one["code"] for one in outcome["findings"]] == ["digest.preheader"]
    out = newspaper.root / "elsewhere"
    assert {out / name for name in hashes(out)} == set(map(Path, outcome["files"]))
    kept = json.loads((out / "findings.json").read_text())["findings"]
    for one in outcome["findings"]:
        assert {k: v for k, v in one.items() if v is not None} in kept
    assert [size_of(file) for file in sorted((out / "proof").iterdir())] == [
        (827, 1170)
    ] * 4
    assert hashes(newspaper.built) == before


def test_a_folder_that_is_no_build_is_never_replaced(
    newspaper: Newspaper,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(newspaper.root)
    everything = hashes(newspaper.root)

    code = run(app, ["build-edition", ID, "--out", "editions"])

    assert code == ExitCode.CANNOT_WRITE
    assert "holds files that are no build" in capfd.readouterr().err
    assert hashes(newspaper.root) == everything


def test_a_link_to_a_folder_stays_a_link(
    newspaper: Newspaper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(newspaper.root)
    (tmp_path / "disk").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "disk")

    code = run(app, ["build-edition", ID, "--out", str(link)])

    assert code == ExitCode.OK
    assert link.is_symlink()
    assert hashes(tmp_path / "disk") == hashes(newspaper.built)


@pytest.mark.parametrize("out", ["press.yaml/out", "press.yaml", "/dev/null/out"])
def test_an_output_folder_that_cannot_be_is_said(
    out: str,
    newspaper: Newspaper,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(newspaper.root)

    code = run(app, ["build-edition", ID, "--out", out])

    assert code == ExitCode.CANNOT_WRITE
    told = capfd.readouterr()
    assert told.out == ""
    assert "cannot be written" in told.err
    assert "hint:" in told.err


def test_a_second_build_of_an_edition_waits_for_nobody(
    newspaper: Newspaper,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(newspaper.root)
    with (newspaper.root / "build" / f".{ID}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        code = run(app, ["build-edition", ID])

    assert code == ExitCode.BUSY
    assert "is being built by" in capfd.readouterr().err


@pytest.mark.parametrize("room", ["for pages only", "for nothing"])
def test_a_full_disk_is_said_and_leaves_the_last_build(
    room: str, newspaper: Newspaper
) -> None:
    before = hashes(newspaper.built)
    if room == "for nothing":
        newspaper.change(
            "layouts/a4/layout.yaml", 'screen: "#555555"', 'screen: "#555556"'
        )
    size = (newspaper.built / "print.pdf").stat().st_size
    most = size - 1 if room == "for pages only" else 4000

    done = subprocess.run(
        [sys.executable, "-c", WITH_LITTLE_ROOM, str(most), *COMMAND],
        cwd=newspaper.root,
        env=surroundings({}),
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )

    assert done.returncode == ExitCode.CANNOT_WRITE, done.stderr
    assert "File too large" in done.stderr
    assert "hint:" in done.stderr
    assert "Traceback" not in done.stderr
    assert hashes(newspaper.built) == before


def test_a_terminal_sees_the_pages_come(newspaper: Newspaper) -> None:
    newspaper.change("press.yaml", "title: The Lamp", "title: The Lantern")
    ours, theirs = pty.openpty()

    with subprocess.Popen(
        COMMAND,
        cwd=newspaper.root,
        env=surroundings({"TERM": "xterm", "COLUMNS": "80"}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        shown = everything_on(ours)

    assert process.returncode == 0, shown
    assert "4/4 pages" in shown
    assert shown.endswith("\r\x1b[K")


def size_of(file: Path) -> tuple[int, int]:
    with Image.open(file) as image:
        return image.size


def everything_on(terminal: int) -> str:
    """Return what is written to a terminal until nobody holds its other end."""
    parts = []
    while select.select([terminal], [], [], LONGEST)[0]:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # Linux says so when the other end is closed.
            break
        if not part:
            break
        parts.append(part)
    os.close(terminal)
    return b"".join(parts).decode()
