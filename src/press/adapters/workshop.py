"""Processes that share out pure work: measuring and planning."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


class ForkedWorkshop:
    """Forks processes for a piece of work and lets them go after it.

    A fork shares all that press has read, so it starts at once and takes little memory.
    Where forking is not safe (macOS) or there is one core, work is done in turn.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def map(self, work: Callable[[T], R], items: Sequence[T]) -> Sequence[R]:
        """Return the work done on every item, in their order."""
        count = min(self._workers, len(items))
        if count < 2 or sys.platform != "linux":  # noqa: PLR2004
            return [work(item) for item in items]
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(count, mp_context=context) as pool:
            return list(pool.map(work, items, chunksize=1))
