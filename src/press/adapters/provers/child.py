"""Ask a child process about many files, and learn which one it did not survive.

The child reads one JSON object from its input, says in a line of JSON that it is ready,
and answers with another for each file, in order. When it dies or hangs, the file after
its last answer is to blame; a new child is asked about those that are left.
"""

from __future__ import annotations

import json
import queue
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

#: How much of what a dying child said is told.
LAST_WORDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """How a child is started.

    Attributes:
        command: Program and arguments.
        env: Its whole environment.
        start: Seconds until it must be ready.
        each: Seconds until it must have answered about a file.
    """

    command: Sequence[str]
    env: Mapping[str, str]
    start: float = 60.0
    each: float = 120.0


@dataclass(frozen=True, slots=True)
class Silence:
    """There is no answer about a file, because the child died or hung."""

    why: str


Answer = dict[str, Any] | Silence


def ask(child: Child, count: int, order: Callable[[int], object]) -> list[Answer]:
    """Return an answer about each of `count` files.

    `order` makes the child's input, for the files from a number on.
    """
    answers: list[Answer] = []
    while len(answers) < count:
        left = count - len(answers)
        ready, said, why = _run(child, json.dumps(order(len(answers))), left)
        answers += said
        if not ready:
            answers += [Silence(why)] * left
        elif len(said) < left:
            answers.append(Silence(why))
    return answers


def _run(child: Child, order: str, count: int) -> tuple[bool, list[Answer], str]:
    """Return whether a child got ready, its answers, and why there are no more."""
    with tempfile.TemporaryFile() as errors, _started(child, order, errors) as process:
        lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        reader = threading.Thread(target=_read, args=(process, lines), daemon=True)
        reader.start()
        said: list[Answer] = []
        why, ready, patience = "", False, child.start
        while len(said) < count:
            try:
                answer = json.loads(lines.get(timeout=patience))
            except queue.Empty:
                why = f"no answer in {patience:g} s"
                break
            except ValueError:
                process.wait()
                why = _last_words(process, errors)
                break
            if ready:
                said.append(answer)
            ready, patience = True, child.each
        process.kill()
        reader.join()
        return ready, said, why


@contextmanager
def _started(
    child: Child, order: str, errors: IO[bytes]
) -> Iterator[subprocess.Popen[bytes]]:
    with tempfile.TemporaryFile() as given:
        given.write(order.encode())
        given.seek(0)
        with subprocess.Popen(  # noqa: S603 -- our own script, no shell
            child.command,
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=dict(child.env),
        ) as process:
            yield process


def _read(process: subprocess.Popen[bytes], lines: queue.SimpleQueue[bytes]) -> None:
    """Pass on what a process says, line by line; an empty line at its end."""
    if process.stdout:
        for line in process.stdout:
            lines.put(line)
    lines.put(b"")


def _last_words(process: subprocess.Popen[bytes], errors: IO[bytes]) -> str:
    code = process.returncode
    ended = f"killed by signal {-code}" if code < 0 else f"ended with code {code}"
    errors.seek(0)
    words = " ".join(errors.read().decode(errors="replace").split())[-LAST_WORDS:]
    return f"{ended}: {words}" if words else ended
