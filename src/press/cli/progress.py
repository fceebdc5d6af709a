"""Show how far a build is: one line on the terminal, gone when it ends."""

from __future__ import annotations

import shutil
from types import TracebackType
from typing import Self, TextIO

from press.cli.terminal import cells, is_terminal, printable

_ERASE = "\r\x1b[K"
_BAR = 24


class Bar:
    """A progress bar; where nobody watches, it stays silent.

    It is a `press.ports.Progress` and is used in a `with`, which erases it at the end
    and when something breaks.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._watched = is_terminal(stream)
        self._drawn = ""

    def step(self, what: str, done: int, of: int) -> None:
        """Show that `done` of `of` things are ready; `what` names them: "pages"."""
        if not self._watched:
            return
        line = _line(what, done, of, shutil.get_terminal_size().columns - 1)
        if line != self._drawn:
            self._write(_ERASE + line)
            self._drawn = line

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._drawn:
            self._write(_ERASE)
            self._drawn = ""

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:  # A terminal that was closed must not end the build.
            self._watched = False


def _line(what: str, done: int, of: int, columns: int) -> str:
    done = max(0, min(done, of))
    filled = _BAR * done // of if of else 0
    line = f"[{'#' * filled}{'.' * (_BAR - filled)}] {done}/{of} {printable(what)}"
    while cells(line) > columns > 0:
        line = line[:-1]
    return line
