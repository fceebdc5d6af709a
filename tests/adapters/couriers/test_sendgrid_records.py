"""SendGrid is asked: whether it would take mails, took them, gave them back."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from press.adapters.clock import SystemClock
from press.adapters.sendgrid import SendGridCourier
from press.model.courier import Region, SendGridSettings
from press.model.errors import ProviderError
from press.model.event import EventKind
from press.model.finding import Severity
from press.model.letter import Fence
from press.model.mailing import Answer, Evidence
from tests.adapters.couriers.builders import (
    KEY,
    REQUEST,
    SENDER,
    a_consignment,
    a_parcel,
)
from tests.provider import CHAOS, FakeSendGrid, Fault

READERS = [f"reader{number}@mill.example" for number in (1, 2, 3)]


@contextmanager
def a_courier(host: str, **changes: Any) -> Iterator[SendGridCourier]:
    given: dict[str, Any] = {"key": KEY, "host": host, "patience": 0.5}
    courier = SendGridCourier(SendGridSettings(), SystemClock(), **{**given, **changes})
    try:
        yield courier
    finally:
        courier.close()


@pytest.fixture
def fake() -> Iterator[FakeSendGrid]:
    with FakeSendGrid() as made:
        yield made


def now() -> dt.datetime:
    return SystemClock().now()


# --- Before anybody is mailed --------------------------------------------------------


def codes(courier: SendGridCourier, sender: str = SENDER) -> list[tuple[str, Severity]]:
    return [
        (finding.code, finding.severity)
        for finding in courier.check(sender)
        if finding.code != "courier.stand-in"
    ]


def test_a_stand_in_is_told_and_nothing_else_where_all_is_well(
    fake: FakeSendGrid,
) -> None:
    with a_courier(fake.url) as courier:
        (finding,) = courier.check(SENDER)

    assert (finding.code, finding.severity) == ("courier.stand-in", Severity.WARNING)


@pytest.mark.parametrize("key", ["", "  ", "Bearer\nNone", "SG.\u2013"])
def test_without_a_usable_key_nothing_is_asked(fake: FakeSendGrid, key: str) -> None:
    with a_courier(fake.url, key=key) as courier:
        found = codes(courier)
        outcome = courier.hand_over(a_consignment())
        batch = courier.new_batch()

    assert found == [("courier.key", Severity.ERROR)]
    assert outcome.answer is Answer.FATAL
    assert batch == ""
    assert not fake.keys


def test_a_key_that_is_none_of_sendgrids_is_not_told_to_it() -> None:
    with a_courier("", key="sk_test_1") as courier:
        (finding,) = courier.check(SENDER)

    assert finding.code == "courier.key"
    assert "sk_test" not in f"{finding}"


def test_a_key_that_may_not_send_is_told(fake: FakeSendGrid) -> None:
    fake.scopes.remove("mail.send")
    with a_courier(fake.url) as courier:
        assert codes(courier) == [("courier.scope", Severity.ERROR)]


@pytest.mark.parametrize(
    ("sender", "signed"),
    [
        (SENDER, True),
        ("digest@mail.quoin.example", True),
        ("digest@QUOIN.example", True),
        ("digest@other.example", False),
        ("digest@notquoin.example", False),
    ],
)
def test_a_domain_that_sendgrid_does_not_sign_for_is_told(
    fake: FakeSendGrid, sender: str, signed: bool
) -> None:
    with a_courier(fake.url) as courier:
        found = codes(courier, sender)

    assert found == ([] if signed else [("courier.domain", Severity.ERROR)])


def test_a_sendgrid_that_is_not_there_is_told(fake: FakeSendGrid) -> None:
    fake.close()
    with a_courier(fake.url) as courier:
        assert codes(courier) == [("courier.unreachable", Severity.ERROR)]


@pytest.mark.parametrize(
    "host",
    [
        "http://api.sendgrid.com",
        "http://localhost:4010",
        "http://127.0.0.1@evil.example",
        "ftp://127.0.0.1",
        "https://user@evil.example",
        "https://evil.example/path",
        "https://evil.example?x",
        "evil.example",
        "//127.0.0.1",
    ],
)
def test_the_key_is_told_to_no_host_in_the_clear(host: str) -> None:
    with pytest.raises(ProviderError) as told:
        SendGridCourier(SendGridSettings(), SystemClock(), key=KEY, host=host)

    assert told.value.hint


def test_secrets_come_from_the_environment(
    fake: FakeSendGrid, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENDGRID_API_KEY", f"{KEY}\n")
    monkeypatch.setenv("PRESS_SENDGRID_HOST", fake.url)
    courier = SendGridCourier(SendGridSettings(region=Region.EU), SystemClock())

    assert courier.hand_over(a_consignment()).answer is Answer.ACCEPTED
    assert set(fake.keys) == {f"Bearer {KEY}"}
    assert KEY not in repr(courier)
    courier.close()


# --- Whether it took a request -------------------------------------------------------


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.SERVER_TAKEN, Fault.CLOSED_TAKEN])
def test_a_request_in_doubt_that_was_taken_is_found(fault: Fault) -> None:
    began = now()
    with FakeSendGrid(faults={fault: 1}) as fake, a_courier(fake.url) as courier:
        outcome = courier.hand_over(a_consignment())
        evidence = courier.look_up(REQUEST, READERS, began)

    assert (outcome.answer, evidence) == (Answer.IN_DOUBT, Evidence.TAKEN)


def test_one_canary_is_enough(fake: FakeSendGrid) -> None:
    began = now()
    with a_courier(fake.url) as courier:
        courier.hand_over(a_consignment(parcels=[a_parcel(3)]))

        assert courier.look_up(REQUEST, READERS, began) is Evidence.TAKEN


def test_another_months_mail_to_the_same_reader_is_no_evidence(
    fake: FakeSendGrid,
) -> None:
    began = now()
    with a_courier(fake.url) as courier:
        courier.hand_over(a_consignment(request=f"{8:032x}"))

        assert courier.look_up(REQUEST, READERS, began) is Evidence.UNKNOWN


def test_an_absence_counts_only_where_a_later_request_is_seen(
    fake: FakeSendGrid,
) -> None:
    long_ago = now() - dt.timedelta(hours=2)
    with a_courier(fake.url) as courier:
        before = courier.look_up(REQUEST, READERS, long_ago)
        later = a_consignment(request=f"{8:032x}", parcels=[a_parcel(50)])
        courier.hand_over(later)
        after = courier.look_up(REQUEST, READERS, long_ago)

    assert (before, after) == (Evidence.UNKNOWN, Evidence.ABSENT)


def test_logs_that_lag_behind_prove_nothing() -> None:
    with FakeSendGrid(log_delay=60) as fake, a_courier(fake.url) as courier:
        courier.hand_over(a_consignment())

        assert courier.look_up(REQUEST, READERS, now()) is Evidence.UNKNOWN


def test_logs_that_cannot_be_asked_prove_nothing(fake: FakeSendGrid) -> None:
    fake.close()
    with a_courier(fake.url) as courier:
        assert courier.look_up(REQUEST, READERS, now()) is Evidence.UNKNOWN


@pytest.mark.parametrize(
    "odd", ["o'brien@mill.example", 'a"b@mill.example', "ö@é.example"]
)
def test_an_address_cannot_say_something_else_in_a_query(
    fake: FakeSendGrid, odd: str
) -> None:
    long_ago = now() - dt.timedelta(hours=2)
    with a_courier(fake.url) as courier:
        courier.hand_over(a_consignment(request=f"{8:032x}"))

        assert courier.look_up(REQUEST, [odd], long_ago) is Evidence.UNKNOWN


# --- Taking it back ------------------------------------------------------------------


def held(courier: SendGridCourier) -> Fence:
    return Fence(batch=courier.new_batch(), send_at=int(now().timestamp()) + 1_500)


def test_a_request_that_waits_can_be_taken_back(fake: FakeSendGrid) -> None:
    with a_courier(fake.url) as courier:
        fence = held(courier)
        courier.hand_over(a_consignment(fence=fence))
        cancelled = courier.cancel(fence.batch)
        fake.reach_send_at()

    assert cancelled
    assert not fake.took


def test_a_request_that_waits_is_mailed_at_its_time(fake: FakeSendGrid) -> None:
    with a_courier(fake.url) as courier:
        outcome = courier.hand_over(a_consignment(fence=held(courier)))
        before = dict(fake.took)
        fake.reach_send_at()

    assert outcome.answer is Answer.ACCEPTED
    assert (before, len(fake.took)) == ({}, 3)


def test_cancelling_twice_is_cancelling_once(fake: FakeSendGrid) -> None:
    with a_courier(fake.url) as courier:
        batch = courier.new_batch()

        assert [courier.cancel(batch), courier.cancel(batch)] == [True, True]


def test_too_many_cancellations_are_not_taken_for_one() -> None:
    with FakeSendGrid(cancel_cap=1) as fake, a_courier(fake.url) as courier:
        first, second = courier.new_batch(), courier.new_batch()

        assert [courier.cancel(first), courier.cancel(second)] == [True, False]


def test_a_cancellation_is_asked_for_until_it_is_answered() -> None:
    with FakeSendGrid(seed=3, faults=CHAOS) as fake, a_courier(fake.url) as courier:
        batches = [courier.new_batch() for _ in range(30)]

        assert all(map(courier.cancel, batches))
    assert fake.cancelled == set(batches)


def test_nobody_cancels_where_nobody_answers(
    fake: FakeSendGrid, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("press.adapters.sendgrid.courier._LONGEST_PAUSE", 0.02)
    fake.close()
    with a_courier(fake.url) as courier:
        assert courier.new_batch() == ""
        assert courier.cancel("B1") is False
        assert courier.cancel("") is False


# --- Whom it does not write to -------------------------------------------------------


def test_sendgrids_own_lists_are_read_to_their_ends(fake: FakeSendGrid) -> None:
    kinds = {
        "bounces": EventKind.BOUNCED,
        "blocks": EventKind.BLOCKED,
        "spam_reports": EventKind.COMPLAINED,
        "invalid_emails": EventKind.BOUNCED,
        "unsubscribes": EventKind.UNSUBSCRIBED,
    }
    at = int(now().timestamp())
    for name in kinds:
        fake.lists[name] = [
            {"created": at, "email": f"{name}{n}@mill.example", "reason": "550 <a@b.c>"}
            for n in range(501)
        ]
    fake.lists["bounces"].append({"created": 1, "email": "old@mill.example"})

    with a_courier(fake.url) as courier:
        events = list(courier.suppressed(now() - dt.timedelta(days=1)))

    assert len(events) == 5 * 501
    assert {event.kind for event in events} == set(kinds.values())
    assert all(event.email.startswith(tuple(kinds)) for event in events)
    assert all("a@b.c" not in event.detail for event in events)
    assert {event.delivery for event in events} == {None}


def test_lists_that_are_not_told_are_an_error(fake: FakeSendGrid) -> None:
    del fake.lists["blocks"]
    with a_courier(fake.url) as courier, pytest.raises(ProviderError) as told:
        list(courier.suppressed(now()))

    assert "blocks" in str(told.value)
    assert told.value.hint


def test_lists_of_a_sendgrid_that_is_not_there_are_an_error(
    fake: FakeSendGrid,
) -> None:
    fake.close()
    with a_courier(fake.url) as courier, pytest.raises(ProviderError):
        list(courier.suppressed(now()))


def test_nothing_that_is_asked_tells_key_or_address(
    fake: FakeSendGrid, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    at = int(now().timestamp())
    fake.lists["bounces"] = [{"created": at, "email": "bounced@mill.example"}]
    with a_courier(fake.url) as courier:
        found = courier.check(SENDER)
        courier.hand_over(a_consignment(fence=held(courier)))
        courier.look_up(REQUEST, READERS, now())
        list(courier.suppressed(now() - dt.timedelta(days=1)))

    assert KEY not in f"{caplog.text} {found}"
    assert "mill.example" not in caplog.text


def test_a_key_that_may_not_take_mails_back_is_told(fake: FakeSendGrid) -> None:
    fake.scopes.remove("user.scheduled_sends.create")

    with a_courier(fake.url) as courier:
        assert codes(courier) == [("courier.scope", Severity.ERROR)]
        (found,) = (one for one in courier.check(SENDER) if one.code == "courier.scope")

    assert "user.scheduled_sends.create is missing" in found.message


def test_a_key_that_cannot_ask_for_leavers_may_send_and_is_told(
    fake: FakeSendGrid,
) -> None:
    fake.scopes = [one for one in fake.scopes if not one.startswith("asm.")]

    with a_courier(fake.url) as courier:
        assert codes(courier) == [("courier.scope", Severity.WARNING)] * 2
