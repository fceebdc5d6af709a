"""What SendGrid tells of mails, in the words of the house.

It sends arrays of flat objects (twilio.com, "Event Webhook Reference"). Our own ids come
back as `d`, the number of the delivery, and `r`, the name of the request.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn

from press.model.event import Event, EventKind, Logged
from press.model.subscriber import Cause

#: Octets of one call. A thousand events are about 600 kB.
MOST = 2_000_000
DEEPEST = 8
#: Characters of a reason or an address that are kept.
LONGEST_DETAIL = 300
LONGEST_EMAIL = 320
LONGEST_ID = 100
#: The largest number a column holds.
_LARGEST = 2**63 - 1
#: 2100-01-01: nothing real is told of later.
_LAST_SECOND = 4_102_444_800
_NEVER = dt.datetime.fromtimestamp(0, dt.UTC)


class Refusal(StrEnum):
    """Why a batch is not read."""

    TOO_LARGE = "it is larger than any real one"
    NOT_A_LIST = "it is not a JSON array"
    TOO_DEEP = "it is nested deeper than any real one"
    NOT_JSON = "it is not JSON"
    NOT_EVENTS = "it holds something that is not an event"


class BatchError(ValueError):
    """A batch of events cannot be read.

    Attributes:
        why: What is wrong with it.
    """

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What one of the provider's words means.

    Attributes:
        kind: The house's word for it.
        cause: Why the provider has the address on its own list.
    """

    kind: EventKind
    cause: Cause | None = None


#: SendGrid's `event`, with its `type` or its `reason` where that makes a difference.
WORDS: Mapping[tuple[str, str], Word] = {
    ("processed", ""): Word(kind=EventKind.PROCESSED),
    ("deferred", ""): Word(kind=EventKind.DEFERRED),
    ("delivered", ""): Word(kind=EventKind.DELIVERED),
    ("bounce", ""): Word(kind=EventKind.BOUNCED),
    ("bounce", "bounce"): Word(kind=EventKind.BOUNCED),
    ("bounce", "blocked"): Word(kind=EventKind.BLOCKED),
    ("blocked", ""): Word(kind=EventKind.BLOCKED),
    ("dropped", ""): Word(kind=EventKind.DROPPED),
    ("dropped", "bounced address"): Word(kind=EventKind.DROPPED, cause=Cause.BOUNCED),
    ("dropped", "invalid"): Word(kind=EventKind.DROPPED, cause=Cause.BOUNCED),
    ("dropped", "spam reporting address"): Word(
        kind=EventKind.DROPPED, cause=Cause.COMPLAINED
    ),
    ("dropped", "unsubscribed address"): Word(
        kind=EventKind.DROPPED, cause=Cause.UNSUBSCRIBED
    ),
    ("open", ""): Word(kind=EventKind.OPENED),
    ("click", ""): Word(kind=EventKind.CLICKED),
    ("spamreport", ""): Word(kind=EventKind.COMPLAINED),
    ("unsubscribe", ""): Word(kind=EventKind.UNSUBSCRIBED),
    ("group_unsubscribe", ""): Word(kind=EventKind.UNSUBSCRIBED),
}
_UNKNOWN = Word(kind=EventKind.UNKNOWN)
#: What the Email Logs call a mail's end, as the event that would have told it.
_LOGGED = {"bounced": "bounce"}
#: Which field tells the words of one event apart.
_TELLS = {"bounce": "type", "dropped": "reason"}

#: A string, also one that never ends; or a bracket.
_NESTING = re.compile(rb'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
_REQUEST = re.compile(r"[0-9a-f]{32}")
_NUMBER = re.compile(r"[1-9][0-9]{0,18}")
#: What mailboxes write into reasons, and links to readers' own pages hold.
_ADDRESS = re.compile(r"[^\s<>@:;,]+@[^\s<>@:;,]+")
_READERS_LINK = re.compile(r"[0-9a-f]{32}\.[A-Za-z0-9_-]{22}")
#: Controls and halves of characters, which no database takes.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


def read_events(body: bytes) -> tuple[Event, ...]:
    """Read a batch of events as SendGrid posts it.

    Words that press does not know, and events without a time, are kept as unknown.

    Raises:
        BatchError: It is no batch of events.
    """
    if len(body) > MOST:
        raise BatchError(Refusal.TOO_LARGE)
    if not body.lstrip(b" \t\r\n").startswith(b"["):
        raise BatchError(Refusal.NOT_A_LIST)
    if _depth(body) > DEEPEST:
        raise BatchError(Refusal.TOO_DEEP)
    try:
        read = json.loads(body.decode("utf-8"), parse_constant=_no_number)
    except ValueError as error:  # Also: not UTF-8; a number of thousands of digits.
        raise BatchError(Refusal.NOT_JSON) from error
    if not isinstance(read, list) or not all(isinstance(one, dict) for one in read):
        raise BatchError(Refusal.NOT_EVENTS)
    return tuple(_event(one) for one in read)


def logged_event(logged: Logged, delivery: int, request: str) -> Event:
    """Return the event that a line of SendGrid's Email Logs stands for.

    Args:
        logged: The line.
        delivery: Our number of the mail.
        request: Our name of its request.
    """
    name = _LOGGED.get(logged.status, logged.status)
    tells = logged.reason.lower() if name in _TELLS else ""
    word = WORDS.get((name, tells)) or WORDS.get((name, ""), _UNKNOWN)
    return Event(
        kind=word.kind,
        at=logged.at,
        delivery=delivery,
        request=request,
        email=logged.email,
        detail=_bare(logged.reason),
        cause=word.cause,
    )


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _depth(body: bytes) -> int:
    """Return how deep lists and objects are nested; reading stops beyond the deepest."""
    depth = deepest = 0
    for found in _NESTING.finditer(body):
        sign = found[0]
        if sign in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in b"]}":
            depth -= 1
        if deepest > DEEPEST:
            break
    return deepest


def _event(told: Mapping[str, object]) -> Event:
    word = _word(told)
    at = _time(told.get("timestamp"))
    return Event(
        kind=EventKind.UNKNOWN if at is None else word.kind,
        at=at or _NEVER,
        delivery=_delivery(told.get("d")),
        request=_request(told.get("r")),
        email=_text(told.get("email"), LONGEST_EMAIL),
        machine=told.get("sg_machine_open") is True,
        detail=_detail(told, word),
        provider_id=_text(told.get("sg_event_id"), LONGEST_ID),
        cause=word.cause,
    )


def _word(told: Mapping[str, object]) -> Word:
    name = _text(told.get("event"), LONGEST_ID).lower()
    tells = _text(told.get(_TELLS.get(name, "")), LONGEST_DETAIL).lower()
    return WORDS.get((name, tells)) or WORDS.get((name, ""), _UNKNOWN)


def _detail(told: Mapping[str, object], word: Word) -> str:
    """Return the link or the reason, without anything that names a reader."""
    if word is _UNKNOWN:
        return _text(told.get("event"), LONGEST_ID)
    said = told.get("url") or told.get("reason") or told.get("response")
    return _bare(said)


def _bare(said: object) -> str:
    """Return words of a mailbox without what names a reader."""
    bare = _READERS_LINK.sub("…", _text(said, 4 * LONGEST_DETAIL))
    return _ADDRESS.sub("…@…", bare)[:LONGEST_DETAIL]


def _time(given: object) -> dt.datetime | None:
    if isinstance(given, bool) or not isinstance(given, int):
        return None
    if not 0 < given < _LAST_SECOND:
        return None
    return dt.datetime.fromtimestamp(given, dt.UTC)


def _delivery(given: object) -> int | None:
    text = str(given) if isinstance(given, str | int) else ""
    number = int(text) if _NUMBER.fullmatch(text) else None
    return number if number is not None and number <= _LARGEST else None


def _request(given: object) -> str:
    return given if isinstance(given, str) and _REQUEST.fullmatch(given) else ""


def _text(given: object, most: int) -> str:
    return _UNFIT.sub("", given)[:most].strip() if isinstance(given, str) else ""
