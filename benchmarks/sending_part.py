"""One part of sending, measured in a process of its own; says what it took as JSON.

`python -m benchmarks.sending_part send …` is started by `benchmarks.sending`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from press.adapters.clock import SystemClock
from press.adapters.database import open_database
from press.adapters.database.doubts import Doubts
from press.adapters.database.freezing import Audience, Freezing
from press.adapters.database.handing import Handing
from press.adapters.database.mailings import Mailings
from press.adapters.sendgrid import SendGridCourier
from press.audience.secret import Secret
from press.desk.parcels import parcels
from press.mailing.doubt import Settler
from press.mailing.hand_over import Ended, Sender, Work
from press.model.courier import SendGridSettings
from press.model.edition import EditionId
from press.model.letter import Letter
from press.model.mailing import (
    Claimed,
    DeliveryState,
    Kind,
    Mailing,
    MailingId,
    MailingState,
    Step,
    StepState,
)
from press.model.subscriber import PublicId

ROOT = Path(__file__).resolve().parents[1]
KEY = "SG.nobody"
SECRET = Secret(keys=(b"a secret for a benchmark, of no use",))
SITE = "https://quoin.example/"
MOST = 1_000
#: As long as the parts of the sample's digest with twenty articles.
TEXT, HTML = 20_000, 86_000
FIRST = ("Ada", "Zoë", "Seán", "Łucja", "Jean-Luc", "Muḥammad", "O’Brien", "")


def letter() -> Letter:
    """Return a letter of a digest's size."""
    line = "All the news that a small town makes in a month, and what it costs.\n"
    text = line * (TEXT // len(line))
    html = f"<p>{line}</p>\n" * (HTML // (len(line) + 8))
    return Letter(
        variant="everybody",
        subject="September: the tax on knowing things",
        sender_name="The Quoin",
        sender_email="digest@quoin.example",
        text=f"%%greeting%%\n{text}%%unsubscribe_url%% %%preferences_url%% %%web_url%%\n",
        html=f'<p>%%greeting_html%%</p>{html}<a href="%%unsubscribe_url%%">Leave</a>'
        '<a href="%%preferences_url%%">Choose</a><a href="%%web_url%%">Read</a>',
        lang="en-GB",
        headers=(
            ("List-Id", "The Quoin <digest.quoin.example>"),
            ("List-Unsubscribe", "<%%unsubscribe_url%%>"),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ("List-Help", "<%%preferences_url%%>"),
        ),
        greeting_named="Dear {name},",
        greeting_unnamed="Dear reader,",
        web=f"{SITE}editions/2024-09/",
        pages=f"{SITE}mail/",
    )


def fill(given: argparse.Namespace) -> dict[str, object]:
    """Write readers into an empty database."""
    connection = open_database(given.database, Path())
    names = f"CASE n % {len(FIRST)} " + "".join(
        f"WHEN {place} THEN '{name}{' Lovelace' if name else ''}' "
        for place, name in enumerate(FIRST)
    )
    if "json" in connection.dialect.among:
        numbers = (
            "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c"
            f" WHERE n < {given.readers})"
        )
        source, hashed = "c", "randomblob(32)"
        public = "lower(hex(randomblob(16)))"
    else:
        numbers, source = "", f"generate_series(1, {given.readers}) AS c(n)"
        hashed, public = "sha256(n::text::bytea)", "md5(n::text)"
    with connection.transaction():
        connection.run("INSERT INTO list (name) VALUES ('digest')")
        connection.run(
            "INSERT INTO subscriber (id, public_id, email, email_key, email_hash, name,"
            f" status, status_at, joined_at) {numbers} SELECT n, {public},"
            " 'reader' || n || '@mail.example', 'reader' || n || '@mail.example',"
            f" {hashed}, {names} END, 'active', 0, 0 FROM {source}"
        )
        connection.run(
            "INSERT INTO membership (list_id, subscriber_id, standing, standing_at)"
            " SELECT 1, id, 'confirmed', 0 FROM subscriber"
        )
    connection.close()
    return {}


def rows(given: argparse.Namespace) -> dict[str, object]:
    """Write a list of readers as a file."""
    with Path(given.file).open("w", encoding="utf-8", newline="") as file:
        file.write("email,name,given,source\r\n")
        for number in range(given.readers):
            name = FIRST[number % len(FIRST)]
            file.write(
                f"reader{number}@mail.example,{name and name + ' Lovelace'},"
                f"2024-0{number % 6 + 1}-15,form on the website\r\n"
            )
    return {}


def freeze(given: argparse.Namespace) -> dict[str, object]:
    """Freeze a mailing to all of them, in two steps; one in twenty is a canary."""
    connection = open_database(given.database, Path(), check=False)
    clock = SystemClock()
    mailings = Mailings(connection, clock)
    steps = (
        Step(number=1, name="canary", kind=Kind.LIVE, share=0.05),
        Step(number=2, name="readers", kind=Kind.LIVE, share=0.95),
    )
    content = mailings.keep([letter()])
    mailing = mailings.open(
        Mailing(
            id=MailingId(0),
            edition=EditionId("2024-09"),
            audience="digest",
            kind=Kind.LIVE,
            state=MailingState.SCHEDULED,
            content=content,
            courier="sendgrid",
            list_id=1,
            steps=steps,
        )
    )
    audience = Audience(list_id=1, variants={0: "everybody"})
    freezing = Freezing(connection, clock)
    start = time.perf_counter()
    counts = freezing.freeze(mailing, audience)
    seconds = time.perf_counter() - start
    assert counts is not None
    assert counts.prepared == given.readers
    mailings.move(mailing, MailingState.READY, MailingState.SENDING)
    for step in steps:
        mailings.move_step(mailing, step, StepState.WAITING, StepState.RUNNING)
    connection.close()
    return {"seconds": seconds}


def send(given: argparse.Namespace) -> dict[str, object]:
    """Hand the mailing over, as one of as many processes as there are."""
    connection = open_database(given.database, Path(), check=False)
    clock = SystemClock()
    mailings = Mailings(connection, clock)
    mailing = mailings.get(MailingId(1))
    courier = SendGridCourier(SendGridSettings(), clock, key=KEY, host=given.url)
    sender = Sender(
        ledger=Handing(connection, clock),
        courier=courier,
        settler=Settler(book=Doubts(connection, clock), courier=courier, clock=clock),
    )
    work = Work(
        mailing=mailing,
        step=mailing.steps[0],
        letters=mailings.letters(mailing.content),
        parcel=parcels(SECRET),
        categories=("digest",),
        workers=given.connections,
    )
    start, begun = time.perf_counter(), time.process_time()
    for step in mailing.steps:
        assert sender.hand_over(replace(work, step=step)) is Ended.EMPTY
    seconds, cpu = time.perf_counter() - start, time.process_time() - begun
    if given.alone:
        counts = Freezing(connection, clock).counts(mailing)
        assert counts.states == {DeliveryState.ACCEPTED: given.readers}
    connection.close()
    return {"seconds": seconds, "cpu": cpu}


def plain(given: argparse.Namespace) -> dict[str, object]:
    """Send as the package's own examples do: its Mail classes, its client, a loop."""
    from sendgrid import SendGridAPIClient
    from sendgrid.helpers.mail import (
        Content,
        CustomArg,
        From,
        Header,
        Mail,
        Personalization,
        Subject,
        Substitution,
        To,
    )

    client = SendGridAPIClient(KEY, host=given.url)
    readers = [_reader(number) for number in range(given.readers)]
    sent = letter()
    make = parcels(SECRET)(sent)

    def one(first: int) -> None:
        mail = Mail(
            from_email=From(sent.sender_email, sent.sender_name),
            subject=Subject(sent.subject),
            plain_text_content=Content("text/plain", sent.text),
            html_content=Content("text/html", sent.html),
        )
        for reader in readers[first : first + MOST]:
            parcel = make(reader)
            person = Personalization()
            person.add_to(To(parcel.email))
            person.add_header(Header("Message-ID", f"<{parcel.message_id}>"))
            for token, value in parcel.values.items():
                person.add_substitution(Substitution(token, value))
            person.add_custom_arg(CustomArg("d", str(parcel.delivery)))
            mail.add_personalization(person)
        assert client.send(mail).status_code == 202  # noqa: PLR2004

    start = time.perf_counter()
    firsts = range(0, given.readers, MOST)
    if given.connections == 1:
        for first in firsts:
            one(first)
    else:
        with ThreadPoolExecutor(given.connections) as pool:
            list(pool.map(one, firsts))
    return {"seconds": time.perf_counter() - start}


def personal(given: argparse.Namespace) -> dict[str, object]:
    """Make what each reader has of their own, and throw it away."""
    make = parcels(SECRET)(letter())
    readers = [_reader(number) for number in range(min(given.readers, 200_000))]
    start = time.perf_counter()
    for reader in readers:
        make(reader)
    seconds = time.perf_counter() - start
    return {"seconds": seconds * given.readers / len(readers)}


def _reader(number: int) -> Claimed:
    first = FIRST[number % len(FIRST)]
    return Claimed(
        delivery=number,
        email=f"reader{number}@mail.example",
        name=first and f"{first} Lovelace",
        public_id=PublicId(f"{number:032x}"),
    )


def memory() -> float:
    """Return the most megabytes that this process had at once."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


PARTS: dict[str, Callable[[argparse.Namespace], dict[str, object]]] = {
    "rows": rows,
    "fill": fill,
    "freeze": freeze,
    "send": send,
    "plain": plain,
    "personal": personal,
}


def main() -> None:
    """Run one part."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("part", choices=PARTS)
    asked.add_argument("--database", default="")
    asked.add_argument("--file", default="")
    asked.add_argument("--url", default="")
    asked.add_argument("--readers", type=int, default=10_000)
    asked.add_argument("--connections", type=int, default=12)
    asked.add_argument("--alone", default="")
    given = asked.parse_args()
    taken = PARTS[given.part](given)
    cpu = time.process_time()
    json.dump({"cpu": cpu, **taken, "memory": memory()}, sys.stdout)


if __name__ == "__main__":
    main()
