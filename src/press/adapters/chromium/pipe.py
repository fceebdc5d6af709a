"""The line to a running Chromium: JSON over two pipes.

Chromium started with --remote-debugging-pipe reads commands from its file descriptor 3
and writes answers and events to 4, each closed by a NUL (Chrome DevTools Protocol).
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import select
import shutil
import signal
import tempfile
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

from press.adapters.chromium.program import arguments, environment
from press.model.errors import EngineError

#: How much of what a dying browser said is told.
LAST_WORDS = 300
#: Seconds a browser may take to end by itself.
_END_S = 3.0
_READS, _WRITES = 3, 4
_FREE = 10
_CHUNK = 1 << 16

Message = dict[str, Any]
Heard = Callable[[Message], None]


class Pipe:
    """A browser process, and what is said to it and by it.

    Args:
        program: Chromium.
        hear: Is told every event while an answer is waited for.
    """

    def __init__(self, program: str, hear: Heard) -> None:
        self._hear = hear
        self._number = 0
        self._unsent = bytearray()
        self._heard = bytearray()
        self._messages: deque[Message] = deque()
        self._ended: int | None = None
        self._scratch = Path(tempfile.mkdtemp(prefix="press-browser-"))
        try:
            self._start(program)
        except OSError as error:
            shutil.rmtree(self._scratch, ignore_errors=True)
            message = f"{program} cannot be started: {error.strerror}"
            raise EngineError(message) from error

    def _start(self, program: str) -> None:
        """Start the program in a group of its own, so that all of it can be ended."""
        theirs_in, self._out = _pair()
        self._in, theirs_out = _pair()
        errors = os.open(
            self._scratch / "stderr", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600
        )
        nothing = os.open(os.devnull, os.O_RDWR)
        try:
            self._pid = os.posix_spawn(
                program,
                arguments(program, self._scratch / "profile"),
                environment(self._scratch),
                file_actions=[
                    (os.POSIX_SPAWN_DUP2, nothing, 0),
                    (os.POSIX_SPAWN_DUP2, nothing, 1),
                    (os.POSIX_SPAWN_DUP2, errors, 2),
                    (os.POSIX_SPAWN_DUP2, theirs_in, _READS),
                    (os.POSIX_SPAWN_DUP2, theirs_out, _WRITES),
                ],
                setpgroup=0,
            )
        except OSError:
            os.close(self._in)
            os.close(self._out)
            raise
        finally:
            for number in (theirs_in, theirs_out, errors, nothing):
                os.close(number)
        os.set_blocking(self._in, False)
        os.set_blocking(self._out, False)

    def send(
        self, method: str, values: Message | None = None, session: str = ""
    ) -> int:
        """Say something, and return its number; it leaves with the next `call`."""
        self._number += 1
        message: Message = {
            "id": self._number,
            "method": method,
            "params": values or {},
        }
        if session:
            message["sessionId"] = session
        self._unsent += json.dumps(message).encode() + b"\0"
        return self._number

    def call(
        self,
        method: str,
        values: Message | None = None,
        *,
        session: str = "",
        until: float,
    ) -> Message:
        """Say something, and return the answer.

        Args:
            method: A method of the protocol, such as "Page.navigate".
            values: Its parameters.
            session: The page that is meant; the browser itself where it is empty.
            until: When to give up, by the monotonic clock.

        Raises:
            EngineError: The browser refuses, has ended, or does not answer in time.
        """
        number = self.send(method, values, session)
        while True:
            message = self.next(until, method)
            if message.get("id") == number:
                if "error" in message:
                    said = message["error"].get("message", "")
                    raise EngineError(f"Chromium refuses {method}: {said}")
                return dict(message.get("result", {}))

    def next(self, until: float, what: str) -> Message:
        """Return the next message; an event has been heard, too.

        Raises:
            EngineError: The browser has ended, or says nothing in time.
        """
        while not self._messages:
            self._exchange(until, what)
        message = self._messages.popleft()
        if "method" in message:
            self._hear(message)
        return message

    def _exchange(self, until: float, what: str) -> None:
        """Write what is unsent and read what is there; wait until one is possible."""
        left = until - time.monotonic()
        writing = [self._out] if self._unsent else []
        ready = select.select([self._in], writing, [], max(left, 0.0))
        if not ready[0] and not ready[1] and left <= 0:
            raise EngineError(
                f"Chromium gave no answer in time ({what})",
                hint="try again when the machine is less busy",
            )
        if ready[1]:
            self._write()
        if ready[0]:
            self._read(what)

    def _write(self) -> None:
        # A pipe that is broken is noticed when it is read: there is nothing at its end.
        with contextlib.suppress(BlockingIOError, BrokenPipeError):
            del self._unsent[: os.write(self._out, self._unsent[:_CHUNK])]

    def _read(self, what: str) -> None:
        data = os.read(self._in, _CHUNK)
        if not data:
            raise EngineError(f"Chromium {self._end()} ({what})")
        self._heard += data
        if b"\0" in data:
            *whole, rest = bytes(self._heard).split(b"\0")
            self._heard = bytearray(rest)
            self._messages.extend(json.loads(message) for message in whole)

    def _end(self) -> str:
        """Wait for the end, and return how it came."""
        self._wait(_END_S)
        code = os.waitstatus_to_exitcode(self._ended) if self._ended is not None else 0
        end = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
        with contextlib.suppress(OSError):
            words = " ".join((self._scratch / "stderr").read_text("utf-8").split())
            return f"{end}: {words[-LAST_WORDS:]}" if words else end
        return end

    def _wait(self, seconds: float) -> None:
        """Wait for the process to end, no longer than so many seconds."""
        until = time.monotonic() + seconds
        while self._ended is None:
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self._ended = status
            elif time.monotonic() > until:
                break
            else:
                time.sleep(0.01)

    def close(self) -> None:
        """End the browser and everything it started, and take its files away."""
        if self._ended is None:
            with contextlib.suppress(EngineError):
                self.call("Browser.close", until=time.monotonic() + _END_S)
                self._wait(_END_S)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._pid, signal.SIGKILL)
        self._wait(_END_S)
        os.close(self._in)
        os.close(self._out)
        _remove(self._scratch)


def _pair() -> tuple[int, int]:
    """Return a pipe's ends, both above those that the child gives away anew."""
    ends = os.pipe()
    try:
        read, write = (fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _FREE) for end in ends)
    finally:
        for end in ends:
            os.close(end)
    return read, write


def _remove(folder: Path) -> None:
    """Remove a folder in which a process that is ending may still write."""
    for _ in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.05)
