"""What stands before all routes: headers, the most that is read, how often is asked."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Octets of a form.
MOST = 65_536


class TooLargeError(Exception):
    """More was sent than is read."""


class Guard:
    """Puts the same headers on every answer, and reads no more than is asked for.

    Args:
        app: What answers.
        policy: The Content-Security-Policy.
        most: Octets that are read at most, by path; `MOST` for all others.
    """

    def __init__(self, app: ASGIApp, *, policy: str, most: Mapping[str, int]) -> None:
        self._app = app
        self._most = most
        self._headers = [
            (name.encode(), value.encode())
            for name, value in (
                ("content-security-policy", policy),
                ("referrer-policy", "no-referrer"),
                ("x-content-type-options", "nosniff"),
                ("x-frame-options", "DENY"),
                ("x-robots-tag", "noindex"),
                ("cache-control", "no-store"),
            )
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = self._most.get(scope["path"], MOST)
        read = 0

        async def measured() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise TooLargeError
            return message

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *self._headers]}
            await send(message)

        await self._app(scope, measured, with_headers)


class RateLimit:
    """Counts how often something is asked in a minute, by each and by all together."""

    def __init__(self, *, each: int, all_together: int) -> None:
        self._each = each
        self._all = all_together
        self._minute = 0
        self._together = 0
        self._asked: Counter[str] = Counter()

    def passes(self, who: str) -> bool:
        """Count one more; return whether that is not too many."""
        minute = int(time.monotonic() // 60)
        if minute != self._minute:
            self._minute = minute
            self._together = 0
            self._asked.clear()
        self._together += 1
        if self._together > self._all:
            # Whoever it is: a flood of names is neither counted nor kept.
            return False
        self._asked[who] += 1
        return self._asked[who] <= self._each
