"""What every courier promises, whoever it is."""

from __future__ import annotations

import logging
import threading

import pytest

from press.adapters.clock import SystemClock
from press.model.finding import ready
from press.model.mailing import Answer, Evidence
from press.ports import Courier
from tests.adapters.couriers.builders import (
    REQUEST,
    SENDER,
    a_consignment,
    a_letter,
    a_parcel,
)
from tests.adapters.couriers.conftest import COURIERS, Post


def test_it_is_called_as_press_yaml_calls_it(post: Post) -> None:
    courier: Courier = post.courier

    assert courier.name in COURIERS
    assert courier.most >= 1


def test_it_says_beforehand_that_it_can_send(post: Post) -> None:
    assert ready(post.courier.check(SENDER))


def test_it_hands_everybody_one_mail(post: Post) -> None:
    outcome = post.courier.hand_over(a_consignment(5))

    assert outcome.answer is Answer.ACCEPTED
    assert not outcome.parts
    assert post.got() == [1, 2, 3, 4, 5]


def test_it_takes_as_many_at_once_as_it_says(post: Post) -> None:
    count = post.courier.most

    outcome = post.courier.hand_over(a_consignment(count))

    assert outcome.answer is Answer.ACCEPTED
    assert post.got() == list(range(1, count + 1))


def test_it_takes_one_reader_alone(post: Post) -> None:
    assert post.courier.hand_over(a_consignment(1)).answer is Answer.ACCEPTED
    assert post.got() == [1]


def test_many_threads_may_use_it(post: Post) -> None:
    each = [
        a_consignment(
            parcels=[a_parcel(n * 10 + k) for k in range(10)], request=f"{n:032x}"
        )
        for n in range(16)
    ]
    answers: list[Answer] = []

    def work(share: int) -> None:
        handed = (post.courier.hand_over(one) for one in each[share::8])
        answers.extend(outcome.answer for outcome in handed)

    threads = [threading.Thread(target=work, args=(share,)) for share in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [Answer.ACCEPTED] * 16
    assert post.got() == list(range(160))


@pytest.mark.parametrize(
    "unsafe", ["\r\nBcc: all@example.org", "\n", "\0", "\x85", "\u2028", "\ud800"]
)
@pytest.mark.parametrize("field", ["subject", "sender_name", "sender_email", "header"])
def test_a_letter_that_would_bring_headers_along_goes_to_nobody(
    post: Post, field: str, unsafe: str
) -> None:
    bad = f"x{unsafe}"
    letter = a_letter(
        **({"headers": (("List-Id", bad),)} if field == "header" else {field: bad})
    )

    outcome = post.courier.hand_over(a_consignment(letter=letter))

    assert outcome.answer is Answer.FATAL
    assert post.got() == []


@pytest.mark.parametrize(
    "unsafe", ["\r\nBcc: all@example.org", "\n", "\0", "\x85", "\u2028", "\ud800"]
)
@pytest.mark.parametrize("field", ["email", "message_id", "value"])
def test_a_reader_who_would_bring_headers_along_gets_nothing(
    post: Post, field: str, unsafe: str
) -> None:
    parcel, bad = a_parcel(), f"x{unsafe}@mill.example"
    match field:
        case "email":
            parcel = parcel._replace(email=bad)
        case "message_id":
            parcel = parcel._replace(message_id=bad)
        case _:
            values = {**parcel.values, "%%unsubscribe_url%%": bad}
            parcel = parcel._replace(values=values)

    outcome = post.courier.hand_over(a_consignment(parcels=[parcel]))

    assert outcome.answer is Answer.REJECTED
    assert "example.org" not in repr(outcome)
    assert post.got() == []


def test_no_address_is_told_while_it_works(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    outcome = post.courier.hand_over(a_consignment())
    post.courier.look_up(REQUEST, ["reader1@mill.example"], SystemClock().now())

    ours = [one for one in caplog.records if one.name.partition(".")[0] != "mail"]
    told = " ".join(one.getMessage() for one in ours)
    assert "mill.example" not in f"{told} {outcome!r}"


def test_what_it_says_of_a_request_afterwards_is_never_wrong(post: Post) -> None:
    began = SystemClock().now()
    readers = [f"reader{number}@mill.example" for number in (1, 2, 3)]

    never = post.courier.look_up(f"{9:032x}", readers, began)
    post.courier.hand_over(a_consignment())
    taken = post.courier.look_up(REQUEST, readers, began)

    assert never is not Evidence.TAKEN
    assert taken is not Evidence.ABSENT
    assert taken is Evidence.TAKEN or post.courier.name == "smtp"


def test_it_can_be_closed_twice_and_used_after(post: Post) -> None:
    post.courier.close()
    post.courier.close()

    assert post.courier.hand_over(a_consignment()).answer is Answer.ACCEPTED
