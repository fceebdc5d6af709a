"""Letters and readers to hand over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from press.digest.token import TOKENS
from press.model.letter import Consignment, Letter, Parcel

KEY = "SG.the-key-that-nobody-may-see"
SENDER = "digest@quoin.example"
REQUEST = f"{7:032x}"


def a_letter(**changes: Any) -> Letter:
    given: dict[str, Any] = {
        "variant": "everybody",
        "subject": "September: the tax on “knowing” things",
        "sender_name": "The Quoin",
        "sender_email": SENDER,
        "reply_to": "desk@quoin.example",
        "text": f"{TOKENS.greeting}\n\nNews.\n\nUnsubscribe: {TOKENS.unsubscribe}\n",
        "html": f"<p>{TOKENS.greeting_html}</p><p>News — all of it.</p>"
        f'<a href="{TOKENS.unsubscribe}">Unsubscribe</a>',
        "lang": "en-GB",
        "headers": (
            ("List-Id", "The Quoin <digest.quoin.example>"),
            (
                "List-Unsubscribe",
                f"<{TOKENS.unsubscribe}>, <mailto:leave@quoin.example>",
            ),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ("List-Help", f"<{TOKENS.preferences}>"),
        ),
    }
    return Letter(**{**given, **changes})


def a_parcel(number: int = 1, **changes: Any) -> Parcel:
    site = "https://quoin.example"
    given: dict[str, Any] = {
        "delivery": number,
        "email": f"reader{number}@mill.example",
        "message_id": f"{number:032x}@quoin.example",
        "values": values(f"Reader {number}", f"{site}/mail/unsubscribe/{number:032x}"),
    }
    return Parcel(**{**given, **changes})


def values(name: str, unsubscribe: str) -> dict[str, str]:
    return {
        TOKENS.unsubscribe: unsubscribe,
        TOKENS.preferences: "https://quoin.example/mail/preferences/x",
        TOKENS.web: "https://quoin.example/editions/2024-09/",
        TOKENS.greeting: f"Dear {name},",
        TOKENS.greeting_html: f"Dear {name},",
    }


def a_consignment(
    count: int = 3,
    *,
    letter: Letter | None = None,
    parcels: Sequence[Parcel] | None = None,
    **changes: Any,
) -> Consignment:
    given: dict[str, Any] = {
        "request": REQUEST,
        "letter": letter or a_letter(),
        "parcels": tuple(parcels or map(a_parcel, range(1, count + 1))),
        "categories": ("digest",),
    }
    return Consignment(**{**given, **changes})
