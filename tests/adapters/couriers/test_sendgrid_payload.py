"""What SendGrid is told of a request, and what it is never told."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.adapters.sendgrid.payload import UnfitError, write_payload
from press.digest.token import TOKENS
from press.model.letter import Consignment, Fence, Letter
from press.model.mailing import Answer
from tests.adapters.couriers.builders import (
    REQUEST,
    SENDER,
    a_consignment,
    a_letter,
    a_parcel,
    values,
)

NOW = dt.datetime(2024, 8, 30, 6, tzinfo=dt.UTC)
LINK = "https://quoin.example/mail/unsubscribe/k3"


def told(consignment: Consignment, *, rehearsal: bool = False) -> dict[str, Any]:
    written = json.loads(write_payload(consignment, NOW, rehearsal=rehearsal))
    assert isinstance(written, dict)
    return written


def refused(consignment: Consignment) -> UnfitError:
    with pytest.raises(UnfitError) as unfit:
        write_payload(consignment, NOW)
    assert "mill.example" not in str(unfit.value)
    return unfit.value


def test_what_is_the_same_for_all_is_said_once() -> None:
    said = told(a_consignment())

    letter = a_letter()
    assert said["from"] == {"email": SENDER, "name": "The Quoin"}
    assert said["reply_to"] == {"email": "desk@quoin.example"}
    assert said["subject"] == "September: the tax on “knowing” things"
    assert said["content"] == [
        {"type": "text/plain", "value": letter.text},
        {"type": "text/html", "value": letter.html},
    ]
    assert said["headers"] == {
        "List-Id": "The Quoin <digest.quoin.example>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert said["categories"] == ["digest"]


def test_each_reader_has_their_own_and_two_opaque_names() -> None:
    said = told(a_consignment())

    unsubscribe = f"https://quoin.example/mail/unsubscribe/{2:032x}"
    assert said["personalizations"][1] == {
        "to": [{"email": "reader2@mill.example"}],
        "headers": {
            "Message-ID": f"<{2:032x}@quoin.example>",
            "List-Unsubscribe": f"<{unsubscribe}>, <mailto:leave@quoin.example>",
            "List-Help": "<https://quoin.example/mail/preferences/x>",
        },
        "substitutions": {
            TOKENS.unsubscribe: unsubscribe,
            TOKENS.greeting: "Dear Reader 2,",
            TOKENS.greeting_html: "Dear Reader 2,",
        },
        "custom_args": {"d": "2", "r": REQUEST},
    }


def test_sendgrid_adds_nothing_and_counts_nothing() -> None:
    said = told(a_consignment())

    tracking = said["tracking_settings"]
    assert {name: one["enable"] for name, one in tracking.items()} == {
        "click_tracking": False,
        "open_tracking": False,
        "subscription_tracking": False,
        "ganalytics": False,
    }
    assert tracking["click_tracking"]["enable_text"] is False
    assert "asm" not in said
    assert "mail_settings" not in said


def test_a_rehearsal_is_said_to_be_one() -> None:
    said = told(a_consignment(), rehearsal=True)

    assert said["mail_settings"] == {"sandbox_mode": {"enable": True}}


def test_what_can_be_taken_back_waits_under_its_own_name() -> None:
    fence = Fence(batch="B1", send_at=int(NOW.timestamp()) + 1_500)

    said = told(a_consignment(fence=fence))

    assert (said["batch_id"], said["send_at"]) == ("B1", fence.send_at)


NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="%"),
    max_size=60,
)


@given(name=NAMES, other=NAMES)
def test_any_name_arrives_as_it_was_typed(name: str, other: str) -> None:
    parcels = [
        a_parcel(1, values=values(name, LINK)),
        a_parcel(2, values=values(other, LINK)),
    ]

    said = told(a_consignment(parcels=parcels))

    greetings = [
        one["substitutions"][TOKENS.greeting] for one in said["personalizations"]
    ]
    assert greetings == [f"Dear {name},", f"Dear {other},"]
    links = {one["headers"]["List-Unsubscribe"] for one in said["personalizations"]}
    assert links == {f"<{LINK}>, <mailto:leave@quoin.example>"}


@pytest.mark.parametrize("name", ['"', "\\", '{0} {} {"a": 1}', "\\u0022", "{{x}}"])
def test_a_name_that_looks_like_json_is_a_name(name: str) -> None:
    parcel = a_parcel(values=values(name, LINK))

    said = told(a_consignment(parcels=[parcel]))

    greeting = said["personalizations"][0]["substitutions"][TOKENS.greeting]
    assert greeting == f"Dear {name},"


# --- Limits --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "letter",
    [
        a_letter(subject=" "),
        a_letter(text=""),
        a_letter(html="\n"),
        a_letter(html="half \ud800"),
        a_letter(headers=(("Subject", "other"),)),
        a_letter(headers=(("x-SG-eid", "other"),)),
        a_letter(headers=(("List-Id", "é <a.b>"),)),
        a_letter(headers=(("List-Id", "a"), ("list-id", "b"))),
        a_letter(html="x" * 30_000_001),
    ],
    ids=range(9),
)
def test_a_letter_that_sendgrid_would_not_take_ends_everything(letter: Letter) -> None:
    assert refused(a_consignment(letter=letter)).answer is Answer.FATAL


@pytest.mark.parametrize(
    "changes",
    [
        {"count": 1_001},
        {"count": 0},
        {"categories": tuple(map(str, range(11)))},
        {"categories": ("a", "a")},
        {"categories": ("x" * 256,)},
        {"categories": ("",)},
        {"fence": Fence(batch="B", send_at=int(NOW.timestamp()) + 72 * 3_600 + 1)},
        {"fence": Fence(batch="", send_at=int(NOW.timestamp()) + 60)},
    ],
    ids=range(8),
)
def test_a_request_that_sendgrid_would_not_take_ends_everything(
    changes: dict[str, Any],
) -> None:
    assert refused(a_consignment(**changes)).answer is Answer.FATAL


@pytest.mark.parametrize(
    "parcels",
    [
        [a_parcel(1), a_parcel(2, email="READER1@mill.example")],
        [a_parcel(1), a_parcel(2, values=values("é" * 2_600, LINK))],
        [a_parcel(1), a_parcel(2, values=values(TOKENS.unsubscribe, LINK))],
        [a_parcel(1), a_parcel(2, email="a\r\nb@mill.example")],
    ],
    ids=range(4),
)
def test_a_reader_who_is_at_fault_is_found_by_asking_for_fewer(
    parcels: list[Any],
) -> None:
    assert refused(a_consignment(parcels=parcels)).answer is Answer.REJECTED
    told(a_consignment(parcels=parcels[:1]))


def test_a_request_that_is_too_large_is_tried_with_fewer_readers() -> None:
    letter = a_letter(html="x" * 29_998_000)

    assert refused(a_consignment(3, letter=letter)).answer is Answer.REJECTED
