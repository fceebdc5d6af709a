"""SendGrid's events: every word has one meaning, and nothing odd gets any further."""

from __future__ import annotations

import datetime as dt
import json
import random
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.events.effects import EFFECTS, effect_of
from press.events.sendgrid import (
    MOST,
    WORDS,
    BatchError,
    Refusal,
    read_events,
)
from press.model.event import Event, EventKind, Fate
from press.model.subscriber import Cause

NOW = 1_725_000_000
REQUEST = "0123456789abcdef" * 2


def told(**changes: Any) -> dict[str, Any]:
    event = {
        "email": "ada@quoin.example",
        "timestamp": NOW,
        "event": "delivered",
        "smtp-id": "<x@quoin.example>",
        "sg_event_id": "ZGVsaXZlcmVk",
        "sg_message_id": "14c5d75ce93.dfd.64b469.filter",
        "response": "250 OK",
        "d": "17",
        "r": REQUEST,
    }
    return {**event, **changes}


def one(**changes: Any) -> Event:
    (event,) = read_events(json.dumps([told(**changes)]).encode())
    return event


@pytest.mark.parametrize(
    ("word", "tells", "kind"),
    [
        ("processed", {}, EventKind.PROCESSED),
        ("deferred", {"attempt": "5"}, EventKind.DEFERRED),
        ("delivered", {}, EventKind.DELIVERED),
        ("bounce", {"type": "bounce"}, EventKind.BOUNCED),
        ("bounce", {"type": "blocked"}, EventKind.BLOCKED),
        ("dropped", {"reason": "Bounced Address"}, EventKind.DROPPED),
        ("open", {}, EventKind.OPENED),
        ("click", {"url": "https://quoin.example/"}, EventKind.CLICKED),
        ("spamreport", {}, EventKind.COMPLAINED),
        ("unsubscribe", {}, EventKind.UNSUBSCRIBED),
        ("group_unsubscribe", {"asm_group_id": 1}, EventKind.UNSUBSCRIBED),
        ("group_resubscribe", {"asm_group_id": 1}, EventKind.UNKNOWN),
        ("account_status_change", {}, EventKind.UNKNOWN),
    ],
)
def test_each_word_has_one_meaning(
    word: str, tells: dict[str, Any], kind: EventKind
) -> None:
    event = one(event=word, **tells)

    assert event.kind is kind
    assert event.delivery == 17
    assert event.request == REQUEST
    assert event.at == dt.datetime.fromtimestamp(NOW, dt.UTC)


def test_every_kind_can_be_told_and_has_an_effect() -> None:
    assert {word.kind for word in WORDS.values()} | {EventKind.UNKNOWN} == set(
        EventKind
    )
    assert set(EFFECTS) == set(EventKind)


@pytest.mark.parametrize(
    ("reason", "cause"),
    [
        ("Bounced Address", Cause.BOUNCED),
        ("Invalid", Cause.BOUNCED),
        ("Spam Reporting Address", Cause.COMPLAINED),
        ("Unsubscribed Address", Cause.UNSUBSCRIBED),
        ("Recipient List over Package Quota", None),
        ("Spam Content (if Spam Checker app is enabled)", None),
    ],
)
def test_a_mail_that_was_not_tried_says_why(reason: str, cause: Cause | None) -> None:
    effect = effect_of(one(event="dropped", reason=reason))

    assert effect.fate is Fate.DROPPED
    assert effect.cause is cause


def test_a_refusal_for_this_time_leaves_the_reader_alone() -> None:
    effect = effect_of(one(event="bounce", type="blocked", reason="550 busy"))

    assert effect.fate is Fate.BLOCKED
    assert effect.cause is None


def test_a_machine_that_opens_is_told_from_a_person() -> None:
    assert one(event="open", sg_machine_open=True).machine
    assert not one(event="open", sg_machine_open=False).machine
    assert not one(event="open").machine


def test_an_unknown_word_is_kept_and_has_no_effect() -> None:
    event = one(event="teleported")

    assert event.kind is EventKind.UNKNOWN
    assert event.detail == "teleported"
    assert effect_of(event) == effect_of(one(event="group_resubscribe"))


def test_no_reader_stands_in_what_is_kept_of_a_reason() -> None:
    token = "0" * 32 + "." + "A" * 22

    bounced = one(event="bounce", reason="550 5.1.1 <ada@quoin.example>: no such user")
    clicked = one(event="click", url=f"https://quoin.example/mail/web/{token}?a=b")

    assert bounced.detail == "550 5.1.1 <…@…>: no such user"
    assert clicked.detail == "https://quoin.example/mail/web/…?a=b"


@pytest.mark.parametrize("number", [0, -1, 2**63, "01", "1.5", "x", "", None, 2.5])
def test_a_number_that_is_none_of_ours_is_none(number: object) -> None:
    assert one(d=number).delivery is None


@pytest.mark.parametrize("time", [None, "1725000000", 1.5, -1, 10**12, 10**40, True])
def test_an_event_without_a_time_is_unknown(time: object) -> None:
    assert one(timestamp=time).kind is EventKind.UNKNOWN


def test_signs_that_no_database_takes_are_left_out() -> None:
    event = one(reason="a\x00b\ud800c\x1bd", email="ada\x00@quoin.example")

    assert event.detail == "abcd"
    assert event.email == "ada@quoin.example"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", Refusal.NOT_A_LIST),
        (b"{}", Refusal.NOT_A_LIST),
        (b"\xef\xbb\xbf[]", Refusal.NOT_A_LIST),
        (b"[" * 100_000, Refusal.TOO_DEEP),
        (b'[{"a":' * 100_000, Refusal.TOO_DEEP),
        (b'["\\"' * 100_000, Refusal.NOT_JSON),
        (b"[", Refusal.NOT_JSON),
        (b"[{]", Refusal.NOT_JSON),
        (b"[\xff]", Refusal.NOT_JSON),
        (b"[NaN]", Refusal.NOT_JSON),
        (b'[{"d": ' + b"9" * 5000 + b"}]", Refusal.NOT_JSON),
        (b"[1]", Refusal.NOT_EVENTS),
        (b"[[]]", Refusal.NOT_EVENTS),
        (b"[null, {}]", Refusal.NOT_EVENTS),
        (b"[" + b" " * MOST + b"]", Refusal.TOO_LARGE),
    ],
    ids=range(15),
)
def test_what_is_no_batch_is_refused(body: bytes, why: Refusal) -> None:
    with pytest.raises(BatchError) as refused:
        read_events(body)

    assert refused.value.why is why


def test_brackets_within_words_are_words() -> None:
    assert one(reason='[[[[[[[[[[[["{{{{{{{{{{{').detail == '[[[[[[[[[[[["{{{{{{{{{{{'


SCALAR = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9)
)
JSON = SCALAR | st.lists(SCALAR, max_size=2)
FIELDS = sorted(told())


WORD = st.sampled_from([*FIELDS, "type", "url"])


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.dictionaries(WORD, JSON, max_size=5), max_size=3))
def test_odd_values_are_read_or_refused_and_nothing_else(
    batch: list[dict[str, object]],
) -> None:
    try:
        events = read_events(json.dumps(batch).encode())
    except BatchError:
        return

    assert len(events) == len(batch)
    for event in events:
        event.key.encode()
        assert effect_of(event) == EFFECTS[event.kind] or event.cause


@given(st.binary(max_size=200))
def test_any_octets_are_read_or_refused(body: bytes) -> None:
    with suppress(BatchError):
        assert read_events(b"[" + body) is not None


def test_two_megabytes_are_read_in_a_moment() -> None:
    random.seed(1)
    batch = [
        told(d=str(n), event=random.choice(["open", "click"])) for n in range(6000)
    ]

    body = json.dumps(batch).encode()[:MOST]

    assert len(read_events(body[: body.rindex(b", {")] + b"]")) > 5000
