"""The book of readers: coming in, choosing, leaving, on both kinds of database."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import threading
from pathlib import Path

import pytest

from press.adapters.database import Connection, open_database
from press.audience.address import key
from press.model.admission import Entry
from press.model.subscriber import (
    Cause,
    ListName,
    Standing,
    Status,
    SubscriberId,
)
from tests.readers import NOON, Hands, a_book, a_newcomer, a_reader, read

ADA = "ada@reader.example"
CAUSES = (Cause.UNSUBSCRIBED, Cause.BOUNCED, Cause.BY_HAND, Cause.COMPLAINED)


def test_a_reader_is_found_by_any_writing_of_the_address(
    connection: Connection,
) -> None:
    book = a_book(connection)

    a_reader(book, "Ada@BÜCHER.example", name="Ada", tags=frozenset({"members"}))

    found = book.find(key("ada@xn--bcher-kva.example"))
    assert found is not None
    assert (found.email, found.name) == ("Ada@BÜCHER.example", "Ada")
    assert found.tags == {"members"}
    assert found.lists == {"digest": Standing.CONFIRMED}
    assert found.status is Status.ACTIVE
    assert book.by_public_id(found.public_id) == found


def test_a_known_reader_gets_what_is_new_and_loses_nothing(
    connection: Connection,
) -> None:
    book = a_book(connection)
    first = a_reader(book, name="Ada", attributes={"city": "Leeds", "age": "40"})

    again = book.add(
        a_newcomer(lang="en", attributes={"city": "York"}, lists=("events",))
    )

    assert (again.entry, again.id) == (Entry.KNOWN, first)
    found = read(book, first)
    assert (found.name, found.lang) == ("Ada", "en")
    assert found.attributes == {"city": "York", "age": "40"}
    assert set(found.lists) == {"digest", "events"}


def test_the_same_consent_is_written_down_once(connection: Connection) -> None:
    book = a_book(connection)
    reader = a_reader(book)

    book.add(a_newcomer())

    assert len(book.consents(reader)) == 1


@pytest.mark.parametrize("cause", CAUSES)
def test_whoever_left_is_not_brought_back_by_the_paper(
    connection: Connection, cause: Cause
) -> None:
    book = a_book(connection)
    reader = a_reader(book)
    book.part(reader, cause, source="told so")

    again = book.add(a_newcomer("ADA@reader.example", name="Ada"))

    assert again.entry is Entry.STAYS_OUT
    assert again.suppression is not None
    assert again.suppression.cause is cause
    found = read(book, reader)
    assert found.status is not Status.ACTIVE
    assert found.name == ""
    assert set(found.lists.values()) == {Standing.WITHDRAWN}


def test_a_list_that_a_reader_withdrew_from_stays_so(connection: Connection) -> None:
    book = a_book(connection)
    reader = a_reader(book, lists=("digest", "events"))
    book.choose(reader, [ListName("digest")], source="preferences")

    book.add(a_newcomer(lists=("events",)))

    assert read(book, reader).lists["events"] is Standing.WITHDRAWN
    assert read(book, reader).status is Status.ACTIVE


def test_leaving_the_last_list_is_leaving(connection: Connection) -> None:
    book = a_book(connection)
    reader = a_reader(book)

    book.choose(reader, [], source="preferences")

    assert read(book, reader).status is Status.UNSUBSCRIBED
    assert book.suppression(ADA) is not None


def test_leaving_twice_is_leaving_once(connection: Connection) -> None:
    clock = Hands()
    book = a_book(connection, clock)
    reader = a_reader(book)
    book.leave(reader, source="link")
    clock.pass_days(3)

    assert book.leave(reader, source="link again")

    found = book.suppression(ADA)
    assert found is not None
    assert (found.since, found.source) == (NOON, "link")
    assert read(book, reader).status_at == NOON


@pytest.mark.parametrize("order", list(itertools.permutations(CAUSES)))
def test_the_strongest_cause_holds_in_whatever_order_they_come(
    tmp_path: Path, order: tuple[Cause, ...]
) -> None:
    connection = open_database("press.db", tmp_path)
    book = a_book(connection)
    reader = a_reader(book)

    for day, cause in enumerate(order):
        book.part(reader, cause, source=cause, at=NOON + dt.timedelta(days=day))

    found = book.suppression(ADA)
    assert found is not None
    assert found.cause is Cause.COMPLAINED
    assert read(book, reader).status is Status.COMPLAINED
    connection.close()


def test_nobodys_address_can_be_suppressed(connection: Connection) -> None:
    book = a_book(connection)

    assert book.suppress(ADA, Cause.BY_HAND, source="a letter") is None

    assert book.add(a_newcomer()).entry is Entry.STAYS_OUT
    assert book.find(ADA) is None


def test_a_reader_who_asks_is_pending_until_they_confirm(
    connection: Connection,
) -> None:
    book = a_book(connection)

    asked = book.ask(a_newcomer(confirmed=False))

    assert asked.id is not None
    pending = read(book, asked.id)
    assert pending.status is Status.PENDING
    assert pending.lists == {"digest": Standing.UNCONFIRMED}
    assert book.confirm(asked.id, source="link of a mail")
    active = read(book, asked.id)
    assert active.status is Status.ACTIVE
    assert active.lists == {"digest": Standing.CONFIRMED}
    assert [consent.source for consent in book.consents(asked.id)] == [
        "form on the website",
        "link of a mail",
    ]
    assert book.confirm(asked.id, source="link of a mail")


def test_only_their_own_confirmation_brings_back_those_who_left(
    connection: Connection,
) -> None:
    book = a_book(connection)
    reader = a_reader(book)
    book.leave(reader, source="link")

    assert not book.confirm(reader, source="an old mail")
    asked = book.ask(a_newcomer(confirmed=False))
    assert asked.id == reader
    assert read(book, reader).status is Status.PENDING
    assert book.suppression(ADA) is not None
    assert book.confirm(reader, source="link of a mail")

    assert read(book, reader).status is Status.ACTIVE
    assert book.suppression(ADA) is None


@pytest.mark.parametrize("cause", [Cause.BOUNCED, Cause.BY_HAND, Cause.COMPLAINED])
def test_no_other_suppression_is_lifted_by_confirming(
    connection: Connection, cause: Cause
) -> None:
    book = a_book(connection)
    asked = book.ask(a_newcomer(confirmed=False))
    assert asked.id is not None
    book.part(asked.id, cause, source="told so")

    assert book.ask(a_newcomer(confirmed=False)).entry is Entry.STAYS_OUT
    assert not book.confirm(asked.id, source="link of a mail")

    assert book.suppression(ADA) is not None
    assert read(book, asked.id).status is not Status.ACTIVE


def test_asking_with_anothers_address_changes_nothing_of_theirs(
    connection: Connection,
) -> None:
    book = a_book(connection)
    reader = a_reader(book, name="Ada")

    book.ask(a_newcomer(confirmed=False, name="Eve", lists=("digest", "events")))

    found = read(book, reader)
    assert (found.name, found.status) == ("Ada", Status.ACTIVE)
    assert found.lists == {
        "digest": Standing.CONFIRMED,
        "events": Standing.UNCONFIRMED,
    }


def test_readers_choose_their_lists(connection: Connection) -> None:
    book = a_book(connection)
    book.name_lists({ListName("events"): "Events", ListName("digest"): "The digest"})
    reader = a_reader(book)

    assert book.choose(reader, [ListName("events")], source="preferences")

    assert read(book, reader).lists == {
        "events": Standing.CONFIRMED,
        "digest": Standing.WITHDRAWN,
    }
    assert book.consents(reader)[-1].list_name == "events"
    assert book.choose(reader, [], source="preferences")
    assert read(book, reader).status is Status.UNSUBSCRIBED
    assert not book.choose(reader, [ListName("digest")], source="preferences")


def test_lists_keep_the_title_that_was_given_last(connection: Connection) -> None:
    book = a_book(connection)

    book.name_lists({ListName("digest"): "Digest"})
    book.name_lists({ListName("digest"): "The monthly digest"})

    assert book.lists() == {"digest": "The monthly digest"}


def test_what_fails_half_way_leaves_nothing(connection: Connection) -> None:
    book = a_book(connection)
    reader = a_reader(book)
    connection.run("DROP TABLE membership")

    with pytest.raises(Exception, match="membership"):
        book.leave(reader, source="link")

    assert connection.all("SELECT cause FROM suppression") == []
    assert connection.all("SELECT status FROM subscriber") == [("active",)]


def test_many_who_ask_at_once_are_one_reader(connection: Connection) -> None:
    numbers: list[SubscriberId | None] = []

    def ask() -> None:
        mine = connection.for_thread()
        numbers.append(a_book(mine).ask(a_newcomer(confirmed=False)).id)
        if mine is not connection:
            mine.close()

    a_book(connection).name_lists({ListName("digest"): "Digest"})
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(numbers) == 8
    assert len(set(numbers)) == 1


def test_a_reader_can_have_everything_that_is_known(connection: Connection) -> None:
    book = a_book(connection)
    reader = a_reader(book, name="Ada", tags=frozenset({"members"}))
    a_mail_to(connection, reader)
    book.leave(reader, source="link")

    told = json.loads(book.everything(reader))

    assert told["reader"]["email"] == ADA
    assert told["reader"]["tags"] == ["members"]
    assert told["lists"][0]["standing"] == "withdrawn"
    assert told["consents"][0]["given_at"] == "2024-05-22T12:00:00+00:00"
    assert told["mails"][0]["edition"] == "2024-09"
    assert {event["detail"] for event in told["events"]} == {
        ADA,
        "https://quoin.example/a",
    }
    assert told["suppressed"][0]["cause"] == "unsubscribed"


def a_mail_to(connection: Connection, reader: SubscriberId) -> int:
    """Write down that a reader got a mail and clicked; return the delivery's number."""
    ((mailing,),) = connection.all(
        "INSERT INTO mailing (edition, audience, kind, state, state_at, content,"
        " courier) VALUES ('2024-09', 'all', 'test', 'done', 0, 'x', 'outbox')"
        " RETURNING id"
    )
    ((number,),) = connection.all(
        "INSERT INTO delivery (mailing_id, step, subscriber_id, email, email_key,"
        " email_hash, variant, state, reason) SELECT ?, 1, id, email, email_key,"
        " email_hash, 'everybody', 'failed', email FROM subscriber WHERE id = ?"
        " RETURNING id",
        mailing,
        reader,
    )
    for kind, detail in (("clicked", "https://quoin.example/a"), ("bounced", ADA)):
        connection.run(
            "INSERT INTO event (key, kind, at, delivery_id, detail, seen_at)"
            " VALUES (?, ?, 1, ?, ?, 1)",
            f"{kind}|{number}||1|{detail}",
            kind,
            number,
            detail,
        )
    connection.run(
        "INSERT INTO event (key, kind, at, seen_at) VALUES (?, 'bounced', 1, 1)",
        f"bounced|{ADA.upper()}||1|",
    )
    return int(number)


def test_an_erased_reader_is_nowhere_but_in_a_hash(connection: Connection) -> None:
    book = a_book(connection)
    reader = a_reader(book, name="Ada", attributes={"city": "Leeds"})
    public_id = read(book, reader).public_id
    a_mail_to(connection, reader)
    ((hashed,),) = connection.all("SELECT email_hash FROM subscriber")
    connection.run(
        "INSERT INTO event (key, kind, at, seen_at) VALUES (?, 'bounced', 1, 1)",
        f"bounced|{bytes(hashed).hex()}||2|",
    )
    connection.run(
        "INSERT INTO confirmation (subscriber_id, written_at) VALUES (?, 1)", reader
    )

    assert book.erase(reader, source="a letter")
    book.compact()

    everything = str(
        [
            connection.all(f"SELECT * FROM {table}")
            for table in (
                "subscriber",
                "delivery",
                "event",
                "consent",
                "tag",
                "membership",
                "suppression",
                "audit",
            )
        ]
    ).lower()
    assert "ada" not in everything
    assert "leeds" not in everything
    assert connection.one("SELECT count(*) FROM event") == (2,)
    assert connection.one("SELECT count(*) FROM confirmation") == (0,)
    assert "quoin.example/a" not in everything
    found = book.by_public_id(public_id)
    assert found is not None
    assert found.status is Status.ERASED
    assert book.leave(reader, source="link")
    assert book.add(a_newcomer()).entry is Entry.STAYS_OUT
    assert book.ask(a_newcomer(confirmed=False)).entry is Entry.STAYS_OUT
    assert book.erase(reader, source="again")


def test_neither_file_nor_log_holds_an_erased_address(tmp_path: Path) -> None:
    connection = open_database("press.db", tmp_path)
    book = a_book(connection)
    for number in range(300):
        a_reader(book, f"reader{number}@reader.example")
    reader = a_reader(book, name="Adalbert")
    connection.run("UPDATE subscriber SET lang = 'en' WHERE id = ?", reader)
    assert ADA.encode() in contents(tmp_path)

    book.erase(reader, source="a letter")
    book.compact()

    kept = contents(tmp_path)
    assert ADA.encode() not in kept
    assert b"Adalbert" not in kept
    assert b"reader7@reader.example" in kept
    connection.close()


def contents(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("press.db*"))
