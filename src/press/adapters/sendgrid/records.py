"""What SendGrid remembers: its Email Logs, and its lists of addresses not written to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from press.adapters.sendgrid.answers import OK, data, reply_of, words
from press.model.discretion import discreet
from press.model.errors import ProviderError
from press.model.event import Event, EventKind
from press.model.mailing import Evidence

#: How far the clocks of both sides may be apart. Looking too far back does no harm:
#: what is found is asked for its request.
SLACK = dt.timedelta(hours=24)
#: A request handed over so much later must be visible before an absence counts.
LATER = dt.timedelta(seconds=60)
#: How many messages are opened for one canary, and for the control.
_OPENED = 10
_PAGE = 500
_LISTS = {
    "bounces": EventKind.BOUNCED,
    "blocks": EventKind.BLOCKED,
    "spam_reports": EventKind.COMPLAINED,
    "invalid_emails": EventKind.BOUNCED,
    "unsubscribes": EventKind.UNSUBSCRIBED,
}
#: Characters with which an address could say something else in a query.
_QUOTES = frozenset("'\"\\")


def find_in_logs(
    client: Any, request: str, addresses: Sequence[str], since: dt.datetime
) -> Evidence:
    """Say whether a request was taken, by Email Logs.

    Three canaries are asked for: one answer of SendGrid's covers a whole request, so
    that one of them settles it. That none is there counts only where a request that was
    handed over later is.

    Raises:
        UnreachedError: SendGrid cannot be reached.
        UnansweredError: It does not answer.
    """
    canaries = _canaries(addresses)
    complete = bool(canaries)
    for address in canaries:
        query = f"to_email='{address}' AND {_after(since - SLACK)}"
        found = _search(client, query)
        if found is None:
            complete = False
            continue
        for name in found:
            whose = _request_of(client, name)
            if whose == request:
                return Evidence.TAKEN
            complete = complete and whose is not None
    if complete and _control(client, request, since):
        return Evidence.ABSENT
    return Evidence.UNKNOWN


def suppressed(client: Any, since: dt.datetime) -> Iterator[Event]:
    """Yield everybody whom SendGrid does not write to, list after list.

    Raises:
        ProviderError: It does not tell.
        UnreachedError: SendGrid cannot be reached.
        UnansweredError: It does not answer.
    """
    start = int(since.timestamp())
    for name, kind in _LISTS.items():
        offset, rows = 0, [None] * _PAGE
        while len(rows) == _PAGE:
            asked = {"start_time": start, "limit": _PAGE, "offset": offset}
            answer = reply_of(client.suppression._(name).get(query_params=asked))
            rows = data(answer)
            if answer.status != OK or not isinstance(rows, list):
                message = f"SendGrid does not tell its list of {name}: {words(answer)}"
                hint = "let the key read suppressions, in SendGrid's settings"
                raise ProviderError(message, hint=hint)
            yield from filter(None, (_event(kind, row) for row in rows))
            offset += _PAGE


def _event(kind: EventKind, row: Any) -> Event | None:
    if not isinstance(row, dict):
        return None
    email, created = row.get("email"), row.get("created")
    if not isinstance(email, str) or not isinstance(created, int):
        return None
    at = dt.datetime.fromtimestamp(created, dt.UTC)
    reason = discreet(str(row.get("reason") or ""))
    return Event(kind=kind, at=at, email=email, detail=reason)


def _canaries(addresses: Sequence[str]) -> tuple[str, ...]:
    """Return the first, the middle and the last that can be asked for."""
    plain = [one for one in addresses if not _QUOTES & set(one) and one.isascii()]
    if not plain:
        return ()
    chosen = (plain[0], plain[len(plain) // 2], plain[-1])
    return tuple(dict.fromkeys(chosen))


def _after(at: dt.datetime) -> str:
    stamp = at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return f'sg_message_id_created_at >= TIMESTAMP "{stamp}"'


def _search(client: Any, query: str) -> list[str] | None:
    """Return SendGrid's names of some messages; None where it does not tell."""
    asked = json.dumps({"query": query, "limit": _OPENED})
    answer = reply_of(client.logs.post(request_body=asked))
    said = data(answer)
    rows = said.get("messages") if isinstance(said, dict) else None
    if answer.status != OK or not isinstance(rows, list):
        return None
    return [str(row["sg_message_id"]) for row in rows if "sg_message_id" in row]


def _request_of(client: Any, name: str) -> str | None:
    """Return our name of the request that a message came with; empty for none."""
    answer = reply_of(client.logs._(quote(name, safe="")).get())
    said = data(answer)
    if answer.status != OK or not isinstance(said, dict):
        return None
    ours = said.get("custom_args")
    return str(ours.get("r") or "") if isinstance(ours, dict) else ""


def _control(client: Any, request: str, since: dt.datetime) -> bool:
    """Whether a request that was handed over later is in the logs already."""
    for name in _search(client, _after(since + LATER)) or ():
        if (_request_of(client, name) or request) != request:
            return True
    return False
