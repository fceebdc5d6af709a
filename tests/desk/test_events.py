"""The provider's lists: read on where they were read last, with the effects of events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from press.adapters.clock import SystemClock
from press.adapters.database import Connection
from press.adapters.database.events import EventBook
from press.adapters.database.readers import ReaderBook
from press.adapters.sendgrid import SendGridCourier
from press.audience.secret import Secret
from press.cli import run
from press.cli.app import app
from press.desk.events import OVERLAP, NotYetError, pull, take
from press.model.courier import SendGridSettings
from press.model.errors import ExitCode, ManifestError, ProviderError
from press.model.event import Event, EventKind
from press.model.subscriber import Status
from tests.databases import connection, database
from tests.house import HOUSE
from tests.provider import FakeSendGrid
from tests.web.site import a_reader

__all__ = ["connection", "database"]

SECRET = Secret(keys=(b"a-secret-of-the-tests-that-is-long-enough",))
AT = dt.datetime(2024, 9, 1, tzinfo=dt.UTC)


class ASource:
    """A provider that breaks off where it is told to."""

    def __init__(self, events: list[Event], breaks_at: int | None = None) -> None:
        self.events, self.breaks_at = events, breaks_at
        self.asked: list[dt.datetime] = []

    def suppressed(self, since: dt.datetime) -> Iterator[Event]:
        self.asked.append(since)
        for number, event in enumerate(self.events):
            if number == self.breaks_at:
                raise ProviderError("it does not answer")
            yield event


class Dated(ASource):
    """A provider that tells what it wrote down since a time."""

    def suppressed(self, since: dt.datetime) -> Iterator[Event]:
        return (event for event in super().suppressed(since) if event.at >= since)


class Later(SystemClock):
    """A clock that is three days ahead."""

    def now(self) -> dt.datetime:
        return super().now() + dt.timedelta(days=3)


def told(name: str, kind: EventKind, reason: str = "") -> Event:
    return Event(kind=kind, at=AT, email=f"{name}@Quoin.example", detail=reason)


def a_book(connection: Connection) -> EventBook:
    return EventBook(connection, SECRET.hash_of_address, SystemClock())


def with_readers(connection: Connection, *names: str) -> ReaderBook:
    readers = ReaderBook(connection, SECRET.hash_of, SystemClock())
    for name in names:
        readers.add(a_reader(name))
    return readers


def status(readers: ReaderBook, name: str) -> Status:
    found = readers.find(f"{name}@quoin.example")
    assert found is not None
    return found.status


def test_the_lists_have_the_effects_of_events(connection: Connection) -> None:
    readers = with_readers(connection, "ada", "bob", "cy", "di")
    source = ASource(
        [
            told("ada", EventKind.BOUNCED, "550 no such user\x00\ud800"),
            told("bob", EventKind.BLOCKED),
            told("cy", EventKind.COMPLAINED),
            told("di", EventKind.UNSUBSCRIBED),
            told("nobody", EventKind.UNSUBSCRIBED),
        ]
    )

    pulled = take(source, a_book(connection), SystemClock(), None)

    assert status(readers, "ada") is Status.BOUNCED
    assert status(readers, "bob") is Status.ACTIVE
    assert status(readers, "cy") is Status.COMPLAINED
    assert status(readers, "di") is Status.UNSUBSCRIBED
    assert readers.suppression("nobody@quoin.example") is not None
    assert pulled.applied.new == 5
    assert pulled.applied.suppressed == 3
    assert pulled.kinds[EventKind.UNSUBSCRIBED] == 2


def test_the_next_time_reads_on_and_changes_nothing_twice(
    connection: Connection,
) -> None:
    source = ASource([told("ada", EventKind.BOUNCED)])
    book = a_book(connection)
    before = SystemClock().now()

    take(source, book, SystemClock(), None)
    again = take(source, book, SystemClock(), None)

    assert source.asked[0].year == 1970
    assert before - OVERLAP - dt.timedelta(seconds=2) < source.asked[1] < before
    assert (again.applied.new, again.applied.known) == (0, 1)


def test_a_time_that_breaks_off_is_taken_up_from_the_same_place(
    connection: Connection,
) -> None:
    events = [told(f"r{number}", EventKind.BOUNCED) for number in range(1200)]
    source = ASource(events, breaks_at=1100)
    book = a_book(connection)

    with pytest.raises(ProviderError):
        take(source, book, SystemClock(), None)
    source.breaks_at = None
    again = take(source, book, SystemClock(), None)

    assert source.asked[0] == source.asked[1]
    assert (again.applied.new, again.applied.known) == (200, 1000)


def test_a_later_start_than_the_last_end_leaves_no_hole(connection: Connection) -> None:
    source, book = ASource([]), a_book(connection)
    take(source, book, SystemClock(), None)
    first = book.last_pulled()

    for back in (dt.timedelta(0), OVERLAP / 2):
        take(source, book, Later(), Later().now() - dt.timedelta(days=3) - back)

    assert book.last_pulled() == first


def test_an_earlier_start_than_the_last_end_counts_as_one_more_time(
    connection: Connection,
) -> None:
    source, book = ASource([]), a_book(connection)
    take(source, book, SystemClock(), None)

    take(source, book, Later(), AT)

    found = book.last_pulled()
    assert found is not None
    assert found > SystemClock().now() + dt.timedelta(days=2)


def test_the_first_time_reads_everything_whatever_was_read_of_it_before(
    connection: Connection,
) -> None:
    readers = with_readers(connection, "ada")
    source, book = Dated([told("ada", EventKind.UNSUBSCRIBED)]), a_book(connection)

    part = take(source, book, SystemClock(), AT + dt.timedelta(days=1))
    before = status(readers, "ada")
    whole = take(source, book, SystemClock(), None)

    assert (part.applied.new, before) == (0, Status.ACTIVE)
    assert (whole.applied.new, status(readers, "ada")) == (1, Status.UNSUBSCRIBED)


def test_nothing_is_read_from_a_time_that_is_yet_to_come(
    connection: Connection,
) -> None:
    source, book = ASource([]), a_book(connection)

    with pytest.raises(NotYetError, match="is yet to come"):
        take(source, book, SystemClock(), Later().now())

    assert source.asked == []
    assert book.last_pulled() is None


def test_a_day_to_come_is_refused_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "press.yaml").write_text(f"{HOUSE}courier: sendgrid\n", "utf-8")
    monkeypatch.setenv("PRESS_SECRET", SECRET.keys[0].decode())
    monkeypatch.setenv("SENDGRID_API_KEY", "SG.x")
    monkeypatch.chdir(tmp_path)

    code = run(app, ["events", "pull", "--since", "2999-01-01"])

    assert code == ExitCode.USAGE
    assert "2999-01-01 00:00 UTC is yet to come" in capsys.readouterr().err


def test_the_sendgrid_courier_is_such_a_source(connection: Connection) -> None:
    readers = with_readers(connection, "ada")
    with FakeSendGrid(seed=1) as fake:
        fake.lists["bounces"].append(
            {
                "email": "ada@quoin.example",
                "created": int(AT.timestamp()),
                "reason": "x",
            }
        )
        source = SendGridCourier(
            SendGridSettings(), SystemClock(), key="SG.x", host=fake.url
        )
        take(source, a_book(connection), SystemClock(), None)
        source.close()

    assert status(readers, "ada") is Status.BOUNCED


def test_a_courier_without_such_lists_is_told(tmp_path: Path) -> None:
    (tmp_path / "press.yaml").write_text(HOUSE, "utf-8")

    with pytest.raises(ManifestError, match="keeps no lists"):
        pull(tmp_path, None)
