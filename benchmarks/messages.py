"""How long it takes to write messages, and to make SendGrid's requests.

Run it with `python -m benchmarks.messages`; the best of several rounds is printed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from time import perf_counter

from press.adapters.sendgrid.payload import write_payload
from press.digest.token import TOKENS
from press.mailing.mime import Form
from press.model.letter import Consignment, Letter, Parcel

NOON = dt.datetime(2024, 8, 30, 12, tzinfo=dt.UTC)
ROUNDS = 8
MESSAGES = 500
READERS = 1000
LETTER = Letter(
    variant="everybody",
    subject="The September paper",
    sender_name="The Quoin",
    sender_email="digest@quoin.example",
    text=f"{TOKENS.greeting}\n" + "The vans were late.\n" * 500,
    html=f"<p>{TOKENS.greeting_html}</p>"
    + f'<p><a href="{TOKENS.unsubscribe}">Leave</a></p>\n' * 20
    + '<td style="width:600px">The vans were late — again.</td>\n' * 900,
    lang="en-GB",
)


def a_parcel(number: int) -> Parcel:
    page = (
        f"https://quoin.example/mail/unsubscribe/{number:032x}.abcdefghijklmnopqrstuv"
    )
    values = dict.fromkeys(TOKENS.all, page)
    return Parcel(
        delivery=number,
        email=f"reader{number}@mail.example",
        values=values,
        message_id=f"{number}@quoin.example",
    )


def best(work: Callable[[], object]) -> float:
    """Return the seconds of the best round."""
    taken = []
    for _ in range(ROUNDS):
        began = perf_counter()
        work()
        taken.append(perf_counter() - began)
    return min(taken)


def main() -> None:
    form, parcels = Form(LETTER), [a_parcel(number) for number in range(READERS)]
    size = len(form.write(parcels[0], NOON))
    seconds = best(lambda: [form.write(each, NOON) for each in parcels[:MESSAGES]])
    print(f"messages of {size / 1000:.0f} kB: {MESSAGES / seconds:,.0f} a second")
    request = Consignment(request="0" * 32, letter=LETTER, parcels=tuple(parcels))
    told = best(lambda: write_payload(request, NOON))
    print(f"a request for {READERS:,} readers: {1000 * told:.1f} ms")


if __name__ == "__main__":
    main()
