"""The nursery's other end: senders are asked for, waited for, stopped and killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from queue import Queue

from tests.conftest import ROOT
from tests.crash.order import Order


class Child:
    """A sender at work."""

    def __init__(self, number: int, log: Path) -> None:
        self.number, self._log = number, log
        self.code: int | None = None
        self._ended = threading.Event()

    def end(self, code: int) -> None:
        self.code = code
        self._ended.set()

    def wait(self, seconds: float) -> int | None:
        """Return its exit code; None where it has not ended in that time."""
        self._ended.wait(seconds)
        return self.code

    def signal(self, number: signal.Signals) -> None:
        if self.code is None:
            with suppress(ProcessLookupError):
                os.kill(self.number, number)

    def kill(self) -> int:
        self.signal(signal.SIGKILL)
        code = self.wait(10)
        assert code is not None, "a killed sender did not end"
        return code

    @property
    def stopped(self) -> bool:
        with suppress(OSError):
            said = Path(f"/proc/{self.number}/stat").read_text(encoding="utf-8")
            return said.rpartition(")")[2].split()[0] == "T"
        return False

    @property
    def said(self) -> str:
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""


class Nursery:
    """Lets senders be born in a few milliseconds each."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._count = folder, 0
        self._children: dict[int, Child] = {}
        self._born: Queue[Child] = Queue()
        path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.sender", "--nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            cwd=ROOT,
            text=True,
            bufsize=1,
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def start(self, order: Order) -> Child:
        self._count += 1
        log = self._folder / f"{self._count}.log"
        assert self._process.stdin is not None
        self._process.stdin.write(f"{log}\t{order.written()}\n")
        return self._born.get(timeout=30)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told = json.loads(line)
            if "born" in told:
                child = Child(told["born"], Path(told["told"]))
                self._children[child.number] = child
                self._born.put(child)
            else:
                self._children.pop(told["ended"]).end(told["code"])

    def close(self) -> None:
        for child in list(self._children.values()):
            child.kill()
        self._process.communicate(timeout=10)
        self._listener.join(10)
