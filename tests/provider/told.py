"""What the fake SendGrid is told, and what it refuses of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

import orjson

from press.adapters.clock import SystemClock

MOST = 1_000
FARTHEST = dt.timedelta(hours=72)
RESERVED = frozenset({
    "x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type",
    "content-transfer-encoding", "to", "from", "subject", "reply-to", "cc", "bcc",
})  # fmt: skip
Json = dict[str, Any]


class RefusedError(Exception):
    """A request is refused, and nothing of it taken."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


def now() -> float:
    return SystemClock().now().timestamp()


def parsed(raw: bytes) -> Json:
    """Read a body; refuse what is no JSON."""
    try:
        told = orjson.loads(raw or b"{}")
    except ValueError:
        raise RefusedError("the body is no JSON") from None
    if not isinstance(told, dict):
        raise RefusedError("the body is no object")
    return told


def hold_limits(
    told: Json,
    *,
    issued: Collection[str],
    poison: Collection[str],
    vague: bool = False,
) -> None:
    """Refuse what SendGrid refuses.

    Raises:
        RefusedError: With SendGrid's name of the field.
    """
    people = told.get("personalizations") or []
    if not 0 < len(people) <= MOST:
        raise RefusedError("between 1 and 1000 personalizations", "personalizations")
    addresses = [one["to"][0]["email"].lower() for one in people]
    if len(set(addresses)) < len(addresses):
        raise RefusedError("each address should be unique", "personalizations")
    for number, address in enumerate(addresses) if poison else ():
        if address in poison:
            field = f"personalizations.{number}.to.0.email"
            message = f"{address} is not a valid address."
            raise RefusedError(message, None if vague else field)
    kinds = [part["type"] for part in told.get("content", ())]
    if kinds != ["text/plain", "text/html"]:
        raise RefusedError("text/plain comes before text/html", "content")
    if {name.lower() for name in told.get("headers", ())} & RESERVED:
        raise RefusedError("a header is reserved", "headers")
    _hold_time(told, issued)


def _hold_time(told: Json, issued: Collection[str]) -> None:
    if "batch_id" in told and told["batch_id"] not in issued:
        raise RefusedError("unknown batch id", "batch_id")
    if told.get("send_at", 0) > now() + FARTHEST.total_seconds():
        raise RefusedError("send_at is beyond 72 hours", "send_at")
