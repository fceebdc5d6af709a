"""Ending gently: a signal lets what is under way be finished."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from press.cli.terminal import put


class Stop(threading.Event):
    """Set by whoever wants a command to end; it knows whether the keyboard did."""

    by_keyboard = False


@contextmanager
def stopping() -> Iterator[Stop]:
    """Yield an event that SIGTERM, SIGHUP and the first Ctrl-C set.

    A second Ctrl-C ends the command at once; what was under way is then in doubt.
    """
    stop = Stop()

    def asked(number: int, frame: FrameType | None) -> None:
        del frame
        if stop.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stop.by_keyboard |= number == signal.SIGINT
        stop.set()
        put("press: finishing what is under way", sys.stderr)

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {each: signal.signal(each, asked) for each in signals}
    try:
        yield stop
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
