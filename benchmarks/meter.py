"""What a command took: time, time of all processors, and memory of all its processes."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

#: Seconds between two looks at the memory.
PAUSE = 0.05


@dataclass(frozen=True)
class Reading:
    """What a command took.

    Attributes:
        wall: Seconds on the clock.
        cpu: Seconds of processors, all its processes together.
        memory: Most megabytes at once over all its processes, shared pages counted once
            (proportional set size); 0 where the system does not tell.
    """

    wall: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:9.2f}{self.cpu:9.2f}{self.memory:8.0f}"


def measured(command: Sequence[str | Path], cwd: Path) -> Reading:
    """Run a command to its end and return what it took.

    Raises:
        SystemExit: The command failed; what it said is shown.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        list(map(str, command)),
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    watch = Watch(process.pid)
    watch.start()
    _, said = process.communicate()
    wall = time.perf_counter() - start
    watch.stop()
    if process.returncode:
        raise SystemExit(said.decode()[-2000:])
    return Reading(wall=wall, cpu=watch.seconds, memory=watch.most / 1024)


class Watch(threading.Thread):
    """Looks at a process and all its descendants until it is stopped.

    What a process used since the last look before its end is not seen.
    """

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process, self._done = process, threading.Event()
        self._ticks: dict[int, int] = {}
        self.most = 0  #: Kilobytes.

    @property
    def seconds(self) -> float:
        """Seconds of processors that all of them used."""
        return sum(self._ticks.values()) / os.sysconf("SC_CLK_TCK")

    def run(self) -> None:
        """Look, again and again."""
        while not self._done.wait(PAUSE):
            family = _family(self._process)
            self._ticks |= family
            self.most = max(self.most, sum(map(_kilobytes, family)))

    def stop(self) -> None:
        """Stop looking."""
        self._done.set()
        self.join()


def _family(process: int) -> dict[int, int]:
    """Return a process and its descendants, with their clock ticks so far."""
    parents: dict[int, int] = {}
    ticks: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        one = int(folder.name)
        parents[one], ticks[one] = int(fields[1]), int(fields[11]) + int(fields[12])
    family = [process]
    for one in family:
        family += [child for child, parent in parents.items() if parent == one]
    return {one: ticks[one] for one in family if one in ticks}


def _kilobytes(process: int) -> int:
    try:
        lines = Path("/proc", str(process), "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
