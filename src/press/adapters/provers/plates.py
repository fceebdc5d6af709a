"""Plates: a file's pages as Ghostscript separates them for the press.

The file's own output profile is both where inks come from and where they go, so that
inks reach the plates untouched and anything else is separated as that press would.
Pages come as they are drawn, one at a time: nothing is kept.
"""

from __future__ import annotations

import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

#: A page as height × width × C, M, Y, K; 255 is full ink.
Inks = NDArray[np.uint8]
#: Seconds that one page may take.
PAGE_SECONDS = 120.0
FULL = 255
END = b"ENDHDR"
#: What Ghostscript says of any file.
TOLD = (
    *("GPL Ghostscript", "Copyright", "This software is supplied", "see the file"),
    *("Processing pages", "Page ", "The following", "Output may be incorrect"),
    *("This file had errors", "Please notify the author", "file that it does not"),
    "specification.",
)


class PlatesError(Exception):
    """Ghostscript hung or broke."""


@dataclass(slots=True, kw_only=True)
class Plates:
    """One drawing of a file.

    Attributes:
        program: Ghostscript.
        file: The file.
        ppi: Pixels an inch.
        profile: File of the press's profile; None draws without.
        switches: Further arguments.
        complaints: What Ghostscript said of the file; there when all pages are.
    """

    program: str
    file: Path
    ppi: int
    profile: Path | None
    switches: Sequence[str] = ()
    seconds: float = PAGE_SECONDS
    complaints: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Inks]:
        """Yield the pages.

        Raises:
            PlatesError: Ghostscript hung, or cannot be started.
        """
        with tempfile.TemporaryFile() as said:
            process = self._start(said)
            try:
                while (inks := self._page(process)) is not None:
                    yield inks
                code = process.wait(self.seconds)
            except subprocess.TimeoutExpired as late:
                raise PlatesError(f"did not end in {self.seconds:g} s") from late
            finally:
                process.kill()
                process.communicate()
            if code < 0:
                raise PlatesError(f"killed by signal {-code}")
            said.seek(0)
            self.complaints += _complaints(said.read().decode(errors="replace"))
            if code and not self.complaints:
                self.complaints.append(f"ended with code {code}")

    def _start(self, said: IO[bytes]) -> subprocess.Popen[bytes]:
        colour = (
            (
                f"--permit-file-read={self.profile}",
                f"-sOutputICCProfile={self.profile}",
                f"-sDefaultCMYKProfile={self.profile}",
            )
            if self.profile
            else ()
        )
        command = [
            *(self.program, "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sstdout=%stderr"),
            *("-sDEVICE=pamcmyk32", f"-r{self.ppi}", "-dUseBleedBox"),
            # No smoothing: what is measured is what a plate would carry.
            *("-dGraphicsAlphaBits=1", "-dTextAlphaBits=1"),
            *(*colour, *self.switches, "-sOutputFile=-", str(self.file.absolute())),
        ]
        try:
            return subprocess.Popen(  # noqa: S603 -- found in the path, no shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=said,
            )
        except OSError as error:
            raise PlatesError(f"cannot be started: {error.strerror}") from error

    def _page(self, process: subprocess.Popen[bytes]) -> Inks | None:
        """Return the next page, None after the last."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        watch = threading.Timer(self.seconds, stop)
        watch.start()
        try:
            return _read(process.stdout) if process.stdout else None
        finally:
            watch.cancel()
            if late.is_set():
                raise PlatesError(f"no page in {self.seconds:g} s")


def _read(stream: IO[bytes]) -> Inks | None:
    """Return the next page of a stream of PAM pictures, None at its end."""
    measures: dict[bytes, int] = {}
    while (line := stream.readline().strip()) != END:
        if not line and not stream.peek(1):  # type: ignore[attr-defined]
            return None
        name, _, value = line.partition(b" ")
        if name in {b"WIDTH", b"HEIGHT", b"DEPTH"}:
            measures[name] = int(value)
    height, width = measures[b"HEIGHT"], measures[b"WIDTH"]
    size = height * width * measures[b"DEPTH"]
    data = stream.read(size)
    if len(data) < size:
        return None
    return np.frombuffer(data, np.uint8).reshape(height, width, -1)


def _complaints(said: str) -> list[str]:
    lines = [line.strip(" *\t") for line in said.splitlines()]
    return [line for line in lines if line and not line.startswith(TOLD)]
