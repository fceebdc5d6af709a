"""What SendGrid's answers mean: taken, not taken, refused, or nobody knows."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any

from press.adapters.sendgrid.line import Answer as Reply
from press.model.discretion import discreet
from press.model.mailing import Answer, Outcome

#: Seconds: who asks for more is asked again after these.
LONGEST_WAIT = 3_600.0

ACCEPTED, OK, BAD_REQUEST, TOO_MANY = 202, 200, 400, 429
#: Nothing was taken, and the next request would fare no better.
_FATAL = frozenset({401, 403, 404, 405, 413})
#: A reader's address, in SendGrid's name of what is at fault.
_READER = re.compile(r"personalizations\.([0-9]{1,4})\.to(?:\.[0-9]+(?:\.email)?)?")
#: Asking again would change nothing.
REFUSED = _FATAL | {BAD_REQUEST}


def judge(reply: Reply, now: dt.datetime, *, rehearsal: bool = False) -> Outcome:
    """Say what an answer to `POST /v3/mail/send` means.

    A 202 with a message id is the one success; only documented refusals are refusals.
    Everything else is in doubt: a server's fault, a redirect, a page of a proxy, half a
    status line.
    """
    status = reply.status
    name = discreet(reply.headers.get("X-Message-Id") or "")
    if status == ACCEPTED and name:
        return Outcome(answer=Answer.ACCEPTED, status=status, message_id=name)
    if rehearsal and status == OK and not reply.body.strip():
        # A request in the sandbox is answered so; nothing is ever sent.
        return Outcome(answer=Answer.ACCEPTED, status=status, detail="rehearsed")
    if status == TOO_MANY:
        wait = _wait(reply.headers, now)
        detail = "SendGrid asks for patience"
        return Outcome(answer=Answer.NOT_TAKEN, status=status, detail=detail, wait=wait)
    if status == BAD_REQUEST:
        refused = Answer.REJECTED if _is_about_readers(reply) else Answer.FATAL
        return Outcome(answer=refused, status=status, detail=words(reply))
    if status in _FATAL:
        return Outcome(answer=Answer.FATAL, status=status, detail=words(reply))
    return Outcome(answer=Answer.IN_DOUBT, status=status, detail=words(reply))


def _is_about_readers(reply: Reply) -> bool:
    """Whether a refusal may be about some readers only, so that the others can go.

    Where every fault that is named is elsewhere, such as in the sender or the content,
    the next request would be refused, too.
    """
    said = data(reply)
    errors = said.get("errors") if isinstance(said, dict) else None
    fields = [
        str(one["field"])
        for one in (errors if isinstance(errors, list) else [])
        if isinstance(one, dict) and one.get("field")
    ]
    return not fields or any(each.startswith("personalizations") for each in fields)


def at_fault(reply: Reply) -> Mapping[int, str]:
    """Return which readers of a refused request are at fault, from 0, and why.

    Empty where one fault, or more, is not of a reader's address: what all readers have in
    common would be told of each in turn, and nobody would be left.
    """
    said = data(reply)
    errors = said.get("errors") if isinstance(said, dict) else None
    found: dict[int, str] = {}
    for one in errors if isinstance(errors, list) else []:
        field = str(one.get("field") or "") if isinstance(one, dict) else ""
        named = _READER.fullmatch(field)
        if named is None:
            return {}
        found[int(named[1])] = discreet(f"{field}: {one.get('message') or ''}")
    return found


def words(reply: Reply) -> str:
    """Return what SendGrid says is wrong, short, with no address in it."""
    said = data(reply)
    errors = said.get("errors") if isinstance(said, dict) else None
    lines = [
        ": ".join(str(one[name]) for name in ("field", "message") if one.get(name))
        for one in (errors if isinstance(errors, list) else [])
        if isinstance(one, dict)
    ]
    return discreet("; ".join(filter(None, lines))) or f"HTTP {reply.status}"


def data(reply: Reply) -> Any:
    """Return the JSON of an answer; None where it holds none."""
    try:
        return json.loads(reply.body)
    except (ValueError, RecursionError):
        return None


def reply_of(response: Any) -> Reply:
    """Return what the package made of an answer as the answer."""
    return Reply(
        status=response.status_code, headers=response.headers, body=response.body
    )


def _wait(headers: Mapping[str, str], now: dt.datetime) -> float | None:
    """Return for how many seconds SendGrid asks to be left alone."""
    after, reset = (
        _number(headers.get(name)) for name in ("Retry-After", "X-RateLimit-Reset")
    )
    if after is None and reset is not None:
        after = reset - now.timestamp()
    return None if after is None else min(max(after, 0.0), LONGEST_WAIT)


def _number(text: str | None) -> float | None:
    return float(text) if text and text.strip().isdecimal() else None
