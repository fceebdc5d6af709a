"""Where providers tell of mails: 200, 400, 401, 413 or 503, and never anything else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from press.adapters.clock import SystemClock
from press.model.errors import LedgerError
from press.model.subscriber import Status
from tests.web.site import Site, signed

PATH = "/provider/sendgrid"


def a_bounce(name: str = "ada", **changes: object) -> dict[str, object]:
    now = int(SystemClock().now().timestamp())
    event = {
        "email": f"{name}@quoin.example",
        "timestamp": now,
        "event": "bounce",
        "type": "bounce",
        "reason": f"550 no such user {name}@quoin.example",
    }
    return {**event, **changes}


def test_signed_events_are_taken_and_have_their_effects(site: Site) -> None:
    events = [a_bounce()]

    answers = [site.tell(events) for _ in range(3)]

    assert [answer.status for answer in answers] == [200, 200, 200]
    assert site.status() is Status.BOUNCED
    assert site.books.connection.one("SELECT count(*) FROM event") == (1,)


def test_no_address_is_kept_with_an_event(site: Site) -> None:
    site.tell([a_bounce()])

    ((key, detail),) = site.books.connection.all("SELECT key, detail FROM event")
    assert "ada" not in key
    assert "ada" not in detail


def test_forged_events_change_nothing(site: Site) -> None:
    body = json.dumps([a_bounce()]).encode()
    now = str(int(SystemClock().now().timestamp()))
    good = signed(body, now)
    name = "X-Twilio-Email-Event-Webhook-"
    forged = [
        {},
        {**good, f"{name}Signature": ""},
        {**good, f"{name}Signature": "AAAA"},
        {**good, f"{name}Timestamp": str(int(now) - 1)},
        {**good, f"{name}Timestamp": now + "1"},
        signed(body + b" ", now),
    ]

    answers = [site.ask("POST", PATH, body, headers) for headers in forged]

    assert [answer.status for answer in answers] == [401] * len(forged)
    assert site.status() is Status.ACTIVE


def test_a_replay_of_two_days_ago_is_refused_and_one_of_a_day_is_known(
    site: Site,
) -> None:
    assert site.tell([a_bounce()], age=25 * 3600).status == 200
    assert site.tell([a_bounce()], age=50 * 3600).status == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{}", 400),
        (b"[" * 100_000, 400),
        (b"[\xff]", 400),
        (b"[1]", 400),
        (b"[" + b" " * 2_100_000 + b"]", 413),
        (b"[" + b" " * 1_500_000 + b"]", 200),
        (b'[{"event": "teleported"}]', 200),
        (b'[{"event": "open", "timestamp": 1e999, "d": {}, "email": ["x"]}]', 200),
        (b'[{"event": "open", "timestamp": 1725000000, "email": "\\ud800@x"}]', 200),
    ],
    ids=range(10),
)
def test_odd_bodies_have_an_answer(site: Site, body: bytes, status: int) -> None:
    assert site.tell(body).status == status


def test_a_batch_of_a_megabyte_is_taken(site: Site) -> None:
    events = [a_bounce(f"nobody{number}", pad="x" * 500) for number in range(1800)]
    assert len(json.dumps(events)) > 1_000_000

    assert site.tell(events).status == 200


def test_without_a_database_the_provider_is_asked_to_tell_it_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise LedgerError("the database does not answer")

    monkeypatch.setattr("press.adapters.database.events.EventBook.apply", gone)

    answer = site.tell([a_bounce()])

    assert answer.status == 503
    assert answer.headers["retry-after"] == "60"


def test_the_address_tells_nothing_without_the_right_method(site: Site) -> None:
    answer = site.get(PATH)

    assert answer.status == 405
    assert answer.headers["allow"] == "POST"


def test_health_says_whether_the_database_answers(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = json.loads(site.get("/health").body)
    site.tell([a_bounce()])
    after = json.loads(site.get("/health").body)

    assert before["database"] is True
    assert before["current"] is True
    assert before["last_event"] is None
    assert after["last_event"].endswith("+00:00")
    site.books.connection.run("INSERT INTO migration (number, name) VALUES (99, 'x')")
    answer = site.get("/health")
    assert answer.status == 503
    assert json.loads(answer.body)["schema"] == 99
