"""How long a provider that takes nothing is tried again, and how often."""

from __future__ import annotations

import threading
import time

#: Seconds between two tries where the provider takes nothing; doubled each time.
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 60.0
#: After so many seconds without anything taken, the work is left for the next call.
PATIENCE = 600.0


class Patience:
    """Of all threads that hand one mailing over."""

    def __init__(self, patience: float = PATIENCE, pause: float = FIRST_PAUSE) -> None:
        """Begin with all of it.

        Args:
            patience: Seconds without anything taken after which it ends.
            pause: Seconds before the first new try.
        """
        self._patience, self._first = patience, pause
        self._lock = threading.Lock()
        self.taken()

    def taken(self) -> None:
        """Have all of it again: something was taken."""
        with self._lock:
            self._since: float | None = None
            self._pause, self._until = self._first, 0.0

    def pause(self) -> float | None:
        """Return how many seconds to wait; None where the work is left.

        Threads that fail together wait together: it is doubled for the next failure.
        """
        with self._lock:
            now = time.monotonic()
            if self._since is None:
                self._since = now
            if now - self._since > self._patience:
                return None
            if now >= self._until:
                self._until = now + self._pause
                self._pause = min(self._pause * 2, LONGEST_PAUSE)
            return self._until - now
