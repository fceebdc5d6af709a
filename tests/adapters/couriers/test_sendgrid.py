"""What comes of a request to SendGrid is told apart, however it ends."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from press.adapters.clock import SystemClock
from press.adapters.sendgrid import SendGridCourier
from press.adapters.sendgrid.answers import at_fault
from press.adapters.sendgrid.line import Answer as Answered
from press.model.courier import SendGridSettings
from press.model.mailing import Answer, Outcome
from tests.adapters.couriers.builders import (
    KEY,
    REQUEST,
    a_consignment,
    a_letter,
    a_parcel,
)
from tests.provider import CHAOS, FakeSendGrid, Fault

PATIENCE = 0.4
HANG = 0.7
#: More than a socket takes without being read.
LONG = "word " * 4_000_000


@contextmanager
def a_courier(host: str, **changes: Any) -> Iterator[SendGridCourier]:
    given: dict[str, Any] = {"key": KEY, "host": host, "patience": PATIENCE}
    courier = SendGridCourier(SendGridSettings(), SystemClock(), **{**given, **changes})
    try:
        yield courier
    finally:
        courier.close()


@contextmanager
def a_fake(fault: Fault = Fault.OK) -> Iterator[FakeSendGrid]:
    with FakeSendGrid(faults={fault: 1}) as fake:
        fake.hang = HANG
        yield fake


def handed(host: str, text: str = "") -> Outcome:
    letter = a_letter(text=text) if text else a_letter()
    with a_courier(host) as courier:
        return courier.hand_over(a_consignment(letter=letter))


def test_a_202_with_a_message_id_is_the_one_success() -> None:
    with a_fake() as fake:
        outcome = handed(fake.url)

    assert outcome.answer is Answer.ACCEPTED
    assert outcome.message_id
    assert fake.took == {1: 1, 2: 1, 3: 1}
    assert fake.by_request == {REQUEST: {1, 2, 3}}


@pytest.mark.parametrize(
    ("fault", "answer", "status", "taken"),
    [
        (Fault.LATE, Answer.ACCEPTED, 202, True),
        (Fault.TOO_MANY, Answer.NOT_TAKEN, 429, False),
        (Fault.UNAUTHORISED, Answer.FATAL, 401, False),
        (Fault.FORBIDDEN, Answer.FATAL, 403, False),
        (Fault.NOT_FOUND, Answer.FATAL, 404, False),
        (Fault.NOT_ALLOWED, Answer.FATAL, 405, False),
        (Fault.TOO_LARGE, Answer.FATAL, 413, False),
        (Fault.SERVER_NOT_TAKEN, Answer.IN_DOUBT, 500, False),
        (Fault.BAD_GATEWAY, Answer.IN_DOUBT, 502, False),
        (Fault.SERVER_TAKEN, Answer.IN_DOUBT, 503, True),
        (Fault.PROXY, Answer.IN_DOUBT, 200, False),
        (Fault.REDIRECT_302, Answer.IN_DOUBT, 302, False),
        (Fault.REDIRECT_307, Answer.IN_DOUBT, 307, False),
        (Fault.REDIRECT_308, Answer.IN_DOUBT, 308, False),
        (Fault.HALF, Answer.IN_DOUBT, 202, True),
        (Fault.LOST, Answer.IN_DOUBT, None, True),
        (Fault.CLOSED_TAKEN, Answer.IN_DOUBT, None, True),
        (Fault.RESET_NOT_TAKEN, Answer.IN_DOUBT, None, False),
        (Fault.HANG_TAKEN, Answer.IN_DOUBT, None, True),
        (Fault.HANG_NOT_TAKEN, Answer.IN_DOUBT, None, False),
        (Fault.DRIP_TAKEN, Answer.IN_DOUBT, None, True),
    ],
)
def test_every_answer_has_its_class(
    fault: Fault, answer: Answer, status: int | None, taken: bool
) -> None:
    with a_fake(fault) as fake:
        outcome = handed(fake.url)

    assert (outcome.answer, outcome.status) == (answer, status)
    assert bool(fake.took) == taken


@pytest.mark.parametrize(
    "fault", [Fault.RESET_EARLY, Fault.STALL_EARLY, Fault.TOO_LARGE_EARLY]
)
def test_a_request_that_was_not_written_whole_was_not_taken(fault: Fault) -> None:
    with a_fake(fault) as fake:
        outcome = handed(fake.url, LONG)

    assert (outcome.answer, outcome.status) == (Answer.NOT_TAKEN, None)
    assert not fake.took


def test_a_host_that_refuses_connections_took_nothing() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        outcome = handed(f"http://127.0.0.1:{free.getsockname()[1]}")

    assert outcome.answer is Answer.NOT_TAKEN


def test_a_host_that_does_not_exist_took_nothing() -> None:
    assert handed("https://nowhere.invalid").answer is Answer.NOT_TAKEN


def test_a_host_that_speaks_no_tls_took_nothing() -> None:
    with a_fake() as fake:
        outcome = handed(fake.url.replace("http:", "https:"))

    assert outcome.answer is Answer.NOT_TAKEN
    assert fake.requests == 0


@pytest.mark.parametrize(
    ("fault", "waits"),
    [
        (Fault.TOO_MANY, range(20, 21)),
        (Fault.TOO_MANY_RESET, range(18, 22)),
        (Fault.TOO_MANY_BARE, None),
    ],
)
def test_who_asks_for_patience_is_asked_how_long(
    fault: Fault, waits: range | None
) -> None:
    with a_fake(fault) as fake:
        fake.retry_after = 20
        outcome = handed(fake.url)

    assert outcome.answer is Answer.NOT_TAKEN
    assert (outcome.wait is None) == (waits is None)
    assert waits is None or (outcome.wait is not None and round(outcome.wait) in waits)


def test_one_bad_address_refuses_the_whole_request_and_is_not_shown() -> None:
    with FakeSendGrid(poison=["reader2@mill.example"]) as fake:
        outcome = handed(fake.url)

    assert (outcome.answer, outcome.status) == (Answer.REJECTED, 400)
    assert "personalizations.1.to.0.email" in outcome.detail
    assert "…@…" in outcome.detail
    assert "mill.example" not in outcome.detail
    assert not fake.took


def test_who_is_refused_by_name_is_told_apart() -> None:
    with FakeSendGrid(poison=["reader2@mill.example"]) as fake:
        named = handed(fake.url)
        fake.vague = True
        vague = handed(fake.url)

    assert {number: part[0] for number, part in named.parts.items()} == {
        2: Answer.REJECTED
    }
    assert "mill.example" not in named.parts[2][1]
    assert not vague.parts


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (["personalizations.17.to.0.email"], {17}),
        (["personalizations.0.to.0.email", "personalizations.3.to"], {0, 3}),
        (["personalizations.17.to.0.email", "from.email"], set()),
        (["personalizations.17.to.0.email", None], set()),
        (["personalizations.17.headers"], set()),
        (["personalizations.17.substitutions"], set()),
        (["personalizations.to.0.email"], set()),
        (["personalizations"], set()),
        ([], set()),
    ],
)
def test_only_where_every_fault_is_a_readers_address_are_readers_named(
    fields: list[str | None], found: set[int]
) -> None:
    errors = [{"field": field, "message": "no"} for field in fields]
    body = json.dumps({"errors": errors}).encode()

    assert set(at_fault(Answered(status=400, headers={}, body=body))) == found


@pytest.mark.parametrize(
    "fault", [Fault.REDIRECT_302, Fault.REDIRECT_307, Fault.REDIRECT_308]
)
def test_the_key_goes_to_no_other_host(fault: Fault) -> None:
    with a_fake() as thief, a_fake(fault) as fake:
        fake.redirect_to = f"{thief.url}/v3/mail/send"
        handed(fake.url)

    assert fake.keys == {f"Bearer {KEY}": 1}
    assert not thief.keys


def test_proxies_of_the_environment_are_not_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with a_fake() as thief, a_fake() as fake:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY"):
            monkeypatch.setenv(name, thief.url)
        outcome = handed(fake.url)

    assert outcome.answer is Answer.ACCEPTED
    assert not thief.keys


@pytest.mark.parametrize("fault", [*CHAOS, Fault.TOO_LARGE, Fault.REDIRECT_302])
def test_neither_key_nor_address_is_ever_told(
    fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with a_fake(fault) as fake:
        outcome = handed(fake.url)

    told = f"{caplog.text} {outcome!r}"
    assert KEY not in told
    assert "mill.example" not in told


def test_lines_are_kept_and_used_again() -> None:
    with a_fake() as fake, a_courier(fake.url) as courier:
        for _ in range(5):
            assert courier.hand_over(a_consignment()).answer is Answer.ACCEPTED

    assert fake.connections == 1


def test_many_threads_have_a_line_each_and_nobody_gets_two() -> None:
    each = [
        a_consignment(
            parcels=[a_parcel(n * 50 + k) for k in range(50)], request=f"{n:032x}"
        )
        for n in range(40)
    ]
    with a_fake() as fake, a_courier(fake.url, patience=10) as courier:
        threads = [
            threading.Thread(target=lambda k=k: [*map(courier.hand_over, each[k::8])])
            for k in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(fake.took) == 2_000
    assert set(fake.took.values()) == {1}
    assert fake.connections <= 8


def test_a_line_that_was_hung_up_while_nobody_used_it_costs_no_doubt() -> None:
    with a_fake() as first, a_courier(first.url) as courier:
        port = int(first.url.rpartition(":")[2])
        assert courier.hand_over(a_consignment()).answer is Answer.ACCEPTED
        first.close()
        with FakeSendGrid(port=port) as second:
            outcome = courier.hand_over(a_consignment())

    assert outcome.answer is Answer.ACCEPTED
    assert second.took == {1: 1, 2: 1, 3: 1}


def test_a_rehearsal_sends_nothing() -> None:
    with a_fake() as fake, a_courier(fake.url, rehearsal=True) as courier:
        outcome = courier.hand_over(a_consignment())

    assert (outcome.answer, outcome.status) == (Answer.ACCEPTED, 200)
    assert (fake.rehearsed, len(fake.took)) == (3, 0)


def test_a_200_of_a_proxy_is_no_success_of_a_rehearsal_either() -> None:
    with (
        a_fake(Fault.PROXY) as fake,
        a_courier(fake.url, rehearsal=True) as courier,
    ):
        assert courier.hand_over(a_consignment()).answer is Answer.IN_DOUBT
