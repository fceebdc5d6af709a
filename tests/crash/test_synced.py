"""The order of writes as the kernel sees it (needs strace)."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.crash.conftest import Send

_SYNCED = re.compile(r"f(data)?sync\(\d+<[^>]*-wal>")
_CALLED = re.compile(r"sendto\(.*POST /v3/mail/send")
_ANSWERED = re.compile(r"recvfrom\(.*202 X")


def _why_not() -> str:
    """Return why nothing can be traced here; empty where it can."""
    strace = shutil.which("strace")
    if strace is None:
        return "strace is not installed"
    tried = subprocess.run(
        [strace, "-o", "/dev/null", sys.executable, "-c", ""],
        capture_output=True,
        check=False,
        timeout=30,
    )
    return "" if tried.returncode == 0 else "this machine does not let strace trace"


_WHY_NOT = _why_not()


@pytest.mark.skipif(bool(_WHY_NOT), reason=_WHY_NOT or "it can be traced")
def test_a_synced_mark_before_each_call_and_a_synced_settlement_after_it(
    send: Send, tmp_path: Path
) -> None:
    run = send("sqlite", readers=300)
    trace = tmp_path / "trace"
    calls = "trace=fdatasync,fsync,sendto,recvfrom"

    subprocess.run(
        [
            *("strace", "-f", "-y", "-s", "200", "-e", calls, "-o", str(trace)),
            *(sys.executable, "-m", "tests.crash.sender", run.order.written()),
        ],
        check=True,
        timeout=60,
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PATH": "/usr/bin:/bin"},
    )

    seen = []
    for line in trace.read_text(encoding="utf-8", errors="replace").splitlines():
        if _SYNCED.search(line):
            seen.append("synced")
        elif _CALLED.search(line):
            seen.append("called")
        elif _ANSWERED.search(line):
            seen.append("answered")
    calls_at = [place for place, what in enumerate(seen) if what == "called"]
    answers_at = [place for place, what in enumerate(seen) if what == "answered"]
    assert len(calls_at) == len(answers_at) == 3
    assert {seen[place - 1] for place in calls_at} == {"synced"}
    assert {seen[place + 1] for place in answers_at} == {"synced"}
