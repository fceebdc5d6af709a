"""A request to SendGrid says exactly what each reader has, whatever stands in it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from press.adapters.clock import SystemClock
from press.adapters.sendgrid.payload import write_payload
from press.digest.token import TOKENS
from tests.adapters.couriers.builders import REQUEST, a_consignment, a_letter, a_parcel

ODD = "{}\"\\<>&'%|/ aé日\U0001f600\u202e0"
texts = st.text(alphabet=ODD, max_size=20)


@given(addresses=st.lists(texts, min_size=1, max_size=4), name=texts, header=texts)
def test_every_value_arrives_as_it_was(
    addresses: list[str], name: str, header: str
) -> None:
    told = {
        TOKENS.unsubscribe: f"https://x.example/{name}",
        TOKENS.preferences: name,
        TOKENS.greeting: f"Dear {name},",
        TOKENS.greeting_html: header,
    }
    parcels = [
        a_parcel(number, email=f"{number}{address}", values=told, message_id=name)
        for number, address in enumerate(addresses, start=1)
    ]
    head = "".join(filter(str.isascii, header))
    letter = a_letter(
        text=f"{TOKENS.greeting} {TOKENS.unsubscribe}",
        html=f"<p>{TOKENS.greeting_html}</p>",
        headers=(
            ("X-Both", f"{head} <{TOKENS.unsubscribe}>, {{0}} {TOKENS.preferences}"),
            ("X-{1}", f"{TOKENS.preferences}"),
            ("X-Plain", "{2}"),
        ),
    )

    written = write_payload(
        a_consignment(letter=letter, parcels=parcels), SystemClock().now()
    )

    made = json.loads(written)
    assert made["headers"] == {"X-Plain": "{2}"}
    assert made["personalizations"] == [
        {
            "to": [{"email": parcel.email}],
            "headers": {
                "Message-ID": f"<{name}>",
                "X-Both": f"{head} <{told[TOKENS.unsubscribe]}>, {{0}} {name}",
                "X-{1}": name,
            },
            "substitutions": {
                token: told[token]
                for token in (
                    TOKENS.unsubscribe,
                    TOKENS.greeting,
                    TOKENS.greeting_html,
                )
            },
            "custom_args": {"d": str(parcel.delivery), "r": REQUEST},
        }
        for parcel in parcels
    ]
