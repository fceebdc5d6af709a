"""A build that is killed leaves the last good one, and nothing else."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from press.model.errors import ExitCode
from tests.newspaper import ID, LONGEST, Newspaper, hashes

pytestmark = pytest.mark.rendered

Moment = Callable[[Newspaper, Path], bool]


def kept(kind: str) -> Moment:
    return lambda paper, _: any(paper.cache.glob(f"{kind}/*/*"))


def written(name: str) -> Moment:
    return lambda paper, _: (paper.root / "build" / f".{ID}.new" / name).exists()


#: Moments of a build, from its start to its end.
MOMENTS: dict[str, Moment] = {
    "the drawing process starts": lambda _, scratch: any(scratch.iterdir()),
    "articles are being measured": kept("measured"),
    "pages are being planned": kept("sections"),
    "pages are being drawn": kept("pages"),
    "the first file is written": written(""),
    "the last file is written": written("ticket.json"),
}


def end_at(
    moment: Moment, paper: Newspaper, scratch: Path, how: signal.Signals
) -> tuple[int, str, list[psutil.Process]]:
    """Begin a build, and end it at some moment; return also what it had started."""
    process = paper.begin(TMPDIR=str(scratch))
    until = time.monotonic() + LONGEST
    while process.poll() is None and not moment(paper, scratch):
        assert time.monotonic() < until, "the moment never came"
        time.sleep(0.002)
    time.sleep(random.random() * 0.05)
    started: list[psutil.Process] = []
    if process.poll() is None:
        started = psutil.Process(process.pid).children(recursive=True)
        if how is signal.SIGINT:
            os.killpg(process.pid, how)  # as a terminal does
        else:
            os.kill(process.pid, how)
    _, said = process.communicate(timeout=LONGEST)
    return process.returncode, said.decode(), started


@pytest.mark.long
def test_a_build_killed_at_any_moment_leaves_the_last_good_one(
    newspaper: Newspaper, tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    before = hashes(newspaper.built)
    newspaper.change("press.yaml", "title: The Lamp", "title: The Lantern")
    left: dict[str, dict[str, str]] = {}

    for name, moment in MOMENTS.items():
        subprocess.run(["rm", "-rf", str(newspaper.cache)], check=True)
        code, said, started = end_at(moment, newspaper, scratch, signal.SIGKILL)
        left[name] = hashes(newspaper.built)
        assert code in {-signal.SIGKILL, ExitCode.OK}, (name, said)
        _, alive = psutil.wait_procs(started, timeout=20)
        assert [one.cmdline() for one in alive] == [], name
        assert list(scratch.iterdir()) == [], name

    last = newspaper.build(TMPDIR=str(scratch))

    assert last.returncode == 0, last.stderr
    after = hashes(newspaper.built)
    assert after != before
    for name, files in left.items():
        assert files in (before, after), name
    assert left["pages are being drawn"] == before
    assert sorted(p.name for p in (newspaper.root / "build").iterdir()) == [
        f".{ID}.lock",
        ID,
    ]


@pytest.mark.parametrize(
    "name", ["articles are being measured", "pages are being drawn"]
)
def test_a_build_stopped_from_the_keyboard_ends_in_silence_with_130(
    name: str, newspaper: Newspaper, tmp_path: Path
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    before = hashes(newspaper.built)
    subprocess.run(["rm", "-rf", str(newspaper.cache)], check=True)

    code, said, started = end_at(MOMENTS[name], newspaper, scratch, signal.SIGINT)

    assert (code, said) == (ExitCode.INTERRUPTED, "")
    assert hashes(newspaper.built) == before
    assert not psutil.wait_procs(started, timeout=20)[1]
    assert list(scratch.iterdir()) == []
    assert not (newspaper.root / "build" / f".{ID}.new").exists()
