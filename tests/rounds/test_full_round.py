"""A whole season by the command line: readers come, are written to, bounce, leave."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.databases import a_database
from tests.provider import FakeSendGrid
from tests.provider.smtp import FakeMailServer
from tests.rounds.paper import Paper, a_paper, events, now

READERS = "email,name\n" + "".join(
    f"{name.lower()}@mail.example,{name}\n"
    for name in ("Ada", "Ben", "Cleo", "Dov", "Eve", "Fay")
)


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.long)],
)
def paper(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Paper]:
    with a_database(request.param, tmp_path) as database:
        yield a_paper(tmp_path / "paper", database)


def links(message: bytes) -> dict[str, str]:
    """Return the addresses in a mail's headers and plain text."""
    mail = message_from_bytes(message, policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    confirm = re.search(r"https://\S+/confirm/\S+", body.get_content())
    leave = re.search(r"<(https://[^>]+)>", mail.get("List-Unsubscribe", ""))
    return {
        "to": str(mail["To"]),
        "subject": str(mail["Subject"]),
        "confirm": confirm[0] if confirm else "",
        "leave": leave[1] if leave else "",
    }


def by_mail(messages: list[bytes], who: str) -> str:
    """Return the mail that a mail program writes to leave."""
    asked = next(
        mail["List-Unsubscribe"]
        for mail in (
            message_from_bytes(each, policy=policy.default) for each in messages
        )
        if who in mail["To"]
    )
    found = re.search(r"<mailto:([^?>]+)\?subject=([^>]+)>", asked)
    assert found is not None
    return f"From: somebody@mail.example\nTo: {found[1]}\nSubject: {found[2]}\n\n"


def test_readers_come_are_written_to_bounce_and_leave(  # noqa: PLR0915 -- a season
    paper: Paper,
) -> None:
    (paper.folder / "readers.csv").write_text(READERS)
    consent = ("--basis", "consent", "--source", "fair", "--given", "2024-08-01")

    with FakeMailServer() as mail, FakeSendGrid() as provider:
        paper.courier(f"{{smtp: {{host: 127.0.0.1, port: {mail.port}, tls: none}}}}")
        paper.more = {
            "SENDGRID_API_KEY": "SG.k",
            "PRESS_SENDGRID_HOST": provider.url,
        }
        paper.press(
            *("readers", "import", "readers.csv", "--list", "digest"),
            *(*consent, "--confirmed"),
        )
        with paper.serving():
            # Gus asks for the paper, and confirms by the link in a mail.
            paper.post("/mail/subscribe", email="gus@mail.example", lists="digest")
            assert "6 active" in paper.press("readers", "count")
            paper.press("tick")
            asked = links(mail.messages[0])
            assert "gus@mail.example" in asked["to"]
            paper.post(asked["confirm"])
            assert "7 active" in paper.press("readers", "count")

            # The September digest goes out by a mail server; Ben has moved.
            mail.refusals = {"ben@mail.example": "550 5.1.1 unknown"}
            told = paper.send("2024-09", 7)
            assert "step “all”: 6 accepted, 1 failed" in told
            again = paper.press("send", "2024-09", "--for-real", ends=9)
            assert "has a mailing to digest already" in again
            assert "7 candidates = 7 prepared" in paper.press(
                "send", "status", "2024-09"
            )

            # Cleo leaves with one click, twice.
            cleo = next(
                found["leave"]
                for found in map(links, mail.messages)
                if "cleo@" in found["to"]
            )
            for _ in range(2):
                paper.post(cleo, **{"List-Unsubscribe": "One-Click"})
            # Fay leaves by mail.
            paper.press("readers", "leave", stdin=by_mail(mail.messages, "fay@"))

        # The October digest goes by SendGrid; Dov's bounces, Eve calls it spam.
        key = provider.signer.public_key
        paper.courier(f'{{sendgrid: {{webhook_key: "{key}"}}}}')
        paper.send("2024-10", 5)
        paper.press("tick")
        provider.reach_send_at()
        body = events(
            provider, {"dov@mail.example": "bounce", "eve@mail.example": "spamreport"}
        )
        signed = provider.signer.headers(body, now())
        with paper.serving():
            for _ in range(2):
                paper.ask("/provider/sendgrid", body, dict(signed))

        report = paper.press("send", "report", "2024-10")
        assert re.search(r"bounced +1 ", report)
        assert re.search(r"complained +1 ", report)
        assert "7 candidates = 5 prepared + 2 left out" in report
        count = paper.press("readers", "count")
        assert "3 active" in count

        # An import brings nobody back who left.
        paper.press(
            *("readers", "import", "readers.csv", "--list", "digest", "--partial"),
            *(*consent, "--confirmed"),
        )
        assert "3 active" in paper.press("readers", "count")

    got = Counter(name.partition("@")[0] for name in mail.took.elements())
    assert got == {
        "desk": 2,
        "gus": 2,
        "ada": 1,
        "cleo": 1,
        "dov": 1,
        "eve": 1,
        "fay": 1,
    }
    names = {name.partition("@")[0]: count for name, count in provider.inbox.items()}
    assert names == {
        "desk": 2,
        "ada": 1,
        "ben": 1,
        "dov": 1,
        "eve": 1,
        "gus": 1,
    }
