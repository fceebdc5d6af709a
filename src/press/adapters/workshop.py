"""Processes that share out pure work: measuring and planning."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

PR_SET_PDEATHSIG = 1
T = TypeVar("T")
R = TypeVar("R")

#: The work in hand: forks inherit it, so neither work nor items need to be pickled.
_in_hand: tuple[Callable[[Any], Any], Sequence[Any]] | None = None


class ForkedWorkshop:
    """Forks processes for a piece of work and lets them go after it.

    A fork shares all that press has read, so it starts at once and takes little memory.
    Where forking is not safe (macOS) or there is one core, work is done in turn.

    Attributes:
        workers: How many processes it may use.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def map(self, work: Callable[[T], R], items: Sequence[T]) -> Sequence[R]:
        """Return the work done on every item, in their order."""
        global _in_hand  # noqa: PLW0603  (what forks inherit)
        count = min(self.workers, len(items))
        if count < 2 or sys.platform != "linux":  # noqa: PLR2004
            return [work(item) for item in items]
        _in_hand = (work, items)
        try:
            context = multiprocessing.get_context("fork")
            with ProcessPoolExecutor(
                count, mp_context=context, initializer=_tie, initargs=(os.getpid(),)
            ) as pool:
                with _undisturbed():
                    made = pool.map(_do, range(len(items)), chunksize=1)
                return list(made)
        finally:
            _in_hand = None


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-C wait; what is forked meanwhile leaves it to press for good."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _tie(press: int) -> None:
    """Tie a fork to press, with which it ends.

    A fork holds press's lock and its lines to the drawing processes; one that outlived
    it would keep both.
    """
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != press:
        os.kill(os.getpid(), signal.SIGKILL)


def _do(number: int) -> Any:
    if _in_hand is None:
        raise RuntimeError("no work in hand")
    work, items = _in_hand
    return work(items[number])
