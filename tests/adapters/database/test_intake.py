"""A list comes into the books whole, or not at all; who left stays out."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from press.adapters.database import Connection, open_database
from press.adapters.database.intake import Intake
from press.audience.address import key
from press.model.finding import Severity
from press.model.importing import Arrival, Departure, ImportCounts, Remark, Row
from press.model.subscriber import Cause, ListName, Standing, Status
from tests.readers import NOON, SECRET, Hands, a_book, a_newcomer, a_reader, read

BAD = Remark(9, "list.address", Severity.ERROR, "no address")


def arrivals(*emails: str, **fields: object) -> list[Row]:
    return [
        Arrival(line, a_newcomer(email, **fields))  # type: ignore[arg-type]
        for line, email in enumerate(emails, 2)
    ]


def departure(line: int, email: str, cause: Cause, days: int = 0) -> Departure:
    return Departure(line, key(email), cause, NOON - dt.timedelta(days=days), "a list")


def take(
    connection: Connection,
    rows: Iterable[Row],
    *,
    partial: bool = False,
    dry: bool = False,
) -> tuple[ImportCounts, list[Remark]]:
    with Intake(connection, SECRET.hash_of, Hands()) as intake:
        for _ in intake.stage(rows):
            pass
        counts = intake.settle([ListName("digest")], partial=partial, dry=dry)
        return counts, list(intake.remarks())


def test_a_list_is_taken_with_everything_it_says(connection: Connection) -> None:
    rows = arrivals(
        "Ada@a.example",
        "b@b.example",
        name="Ada",
        lang="en",
        tags=frozenset({"x", "y"}),
        attributes={"city": 'Le"eds\\', "straße": "ß"},
    )

    counts, remarks = take(connection, rows)

    assert (counts.new, counts.known, counts.kept, remarks) == (2, 0, True, [])
    found = a_book(connection).find("ada@a.example")
    assert found is not None
    assert (found.email, found.name, found.status) == (
        "Ada@a.example",
        "Ada",
        Status.ACTIVE,
    )
    assert found.tags == {"x", "y"}
    assert found.attributes == {"city": 'Le"eds\\', "straße": "ß"}
    assert found.lists == {"digest": Standing.CONFIRMED}
    assert len(a_book(connection).consents(found.id)) == 1


def test_the_same_list_again_changes_nothing(connection: Connection) -> None:
    rows = arrivals("a@a.example", "b@b.example", tags=frozenset({"x"}))
    take(connection, rows)

    counts, _ = take(connection, rows)

    assert (counts.new, counts.known) == (0, 2)
    for table, count in (("subscriber", 2), ("consent", 2), ("tag", 2)):
        assert connection.one(f"SELECT count(*) FROM {table}") == (count,)


def test_a_bad_row_keeps_the_whole_list_out(connection: Connection) -> None:
    counts, remarks = take(connection, [*arrivals("a@a.example"), BAD])

    assert (counts.kept, counts.refused, remarks) == (False, 1, [BAD])
    assert connection.one("SELECT count(*) FROM subscriber") == (0,)
    assert connection.one("SELECT count(*) FROM list") == (0,)


def test_good_rows_are_kept_where_that_was_asked_for(connection: Connection) -> None:
    counts, _ = take(connection, [*arrivals("a@a.example"), BAD], partial=True)

    assert (counts.new, counts.kept) == (1, True)
    assert connection.one("SELECT count(*) FROM subscriber") == (1,)


def test_a_dry_run_counts_and_keeps_nothing(connection: Connection) -> None:
    twice = arrivals("a@a.example", "A@a.example")

    counts, remarks = take(connection, twice, dry=True)

    assert (counts.new, counts.kept) == (1, False)
    assert [remark.code for remark in remarks] == ["list.twice"]
    assert connection.one("SELECT count(*) FROM subscriber") == (0,)


def test_two_rows_of_one_reader_are_one_with_the_tags_of_both(
    connection: Connection,
) -> None:
    first = Arrival(2, a_newcomer("ada@bücher.example", tags=frozenset({"x"})))
    again = Arrival(
        3, a_newcomer("ADA@xn--bcher-kva.example", name="No", tags=frozenset({"y"}))
    )

    counts, remarks = take(connection, [first, again])

    assert counts.new == 1
    assert [(remark.line, remark.severity) for remark in remarks] == [
        (3, Severity.NOTE)
    ]
    assert "line 2" in remarks[0].message
    found = a_book(connection).find(first.reader.email_key)
    assert found is not None
    assert (found.name, found.tags) == ("", frozenset({"x", "y"}))


def test_whoever_left_stays_out_and_it_is_said_when(connection: Connection) -> None:
    book = a_book(connection)
    reader = a_reader(book, "a@a.example")
    book.leave(reader, source="link")
    book.suppress("b@b.example", Cause.COMPLAINED, source="x", at=NOON)

    counts, remarks = take(connection, arrivals("A@a.example", "b@b.example"))

    assert (counts.new, counts.known, counts.kept) == (0, 0, True)
    assert [remark.message for remark in remarks] == [
        "this reader left on 30 August 2024 and stays out",
        "this reader called a mail spam on 30 August 2024 and stays out",
    ]
    assert read(book, reader).status is Status.UNSUBSCRIBED
    assert len(book.consents(reader)) == 1


def test_whoever_withdrew_from_a_list_stays_off_it(connection: Connection) -> None:
    book = a_book(connection)
    reader = a_reader(book, "a@a.example", lists=("digest", "events"))
    book.choose(reader, [ListName("events")], source="preferences")

    _, remarks = take(connection, arrivals("a@a.example"))

    assert [remark.code for remark in remarks] == ["list.left"]
    assert "left the list digest" in remarks[0].message
    assert read(book, reader).lists["digest"] is Standing.WITHDRAWN


def test_whoever_the_list_says_has_left_is_suppressed_and_no_reader(
    connection: Connection,
) -> None:
    book = a_book(connection)
    reader = a_reader(book, "a@a.example")
    strong = a_reader(book, "c@c.example")
    book.part(strong, Cause.COMPLAINED, source="provider")
    rows: list[Arrival | Departure | Remark] = [
        departure(2, "a@a.example", Cause.UNSUBSCRIBED, days=7),
        departure(3, "a@a.example", Cause.BOUNCED, days=3),
        departure(4, "b@b.example", Cause.BOUNCED),
        departure(5, "c@c.example", Cause.UNSUBSCRIBED),
        Arrival(6, a_newcomer("b@b.example")),
    ]

    counts, remarks = take(connection, rows)

    assert (counts.new, counts.suppressed) == (0, 4)
    assert [(remark.line, remark.code) for remark in remarks] == [(6, "list.left")]
    found = read(book, reader)
    assert (found.status, found.lists["digest"]) == (
        Status.BOUNCED,
        Standing.WITHDRAWN,
    )
    assert found.status_at == NOON - dt.timedelta(days=3)
    assert book.find("b@b.example") is None
    assert book.suppression("b@b.example") is not None
    assert read(book, strong).status is Status.COMPLAINED


def test_a_pending_reader_is_confirmed_by_a_list_of_the_confirmed(
    connection: Connection,
) -> None:
    book = a_book(connection)
    asked = book.ask(a_newcomer("a@a.example", confirmed=False))
    assert asked.id is not None

    take(connection, arrivals("a@a.example", attributes={"city": "Leeds"}))

    found = read(book, asked.id)
    assert (found.status, found.lists) == (
        Status.ACTIVE,
        {"digest": Standing.CONFIRMED},
    )
    assert found.attributes == {"city": "Leeds"}


def test_an_unconfirmed_list_leaves_the_confirmed_as_they_are(
    connection: Connection,
) -> None:
    book = a_book(connection)
    reader = a_reader(book, "a@a.example")

    take(connection, arrivals("a@a.example", "b@b.example", confirmed=False))

    assert read(book, reader).lists == {"digest": Standing.CONFIRMED}
    new = book.find("b@b.example")
    assert new is not None
    assert (new.status, new.lists) == (
        Status.PENDING,
        {"digest": Standing.UNCONFIRMED},
    )


def test_remarks_come_in_the_order_of_the_file_however_many(
    connection: Connection,
) -> None:
    many = (
        Remark(line, code, Severity.ERROR, "x")
        for line in range(12_000, 0, -1)
        for code in ("list.value", "list.role")
    )

    _, remarks = take(connection, many)

    assert [remark.line for remark in remarks] == sorted(r.line for r in remarks)
    assert len(remarks) == 24_000


KILLED = """
import os, signal, sys
from pathlib import Path
from press.adapters.database import open_database
from press.adapters.database.intake import Intake
from tests.adapters.database.test_intake import arrivals
from tests.readers import SECRET, Hands

connection = open_database(sys.argv[1], Path(sys.argv[1]).parent)
intake = Intake(connection, SECRET.hash_of, Hands())
for _ in intake.stage(arrivals(*(f"r{n}@a.example" for n in range(20000)))):
    pass
run = connection.run
def stop(sql, *values):
    if sys.argv[2] in sql:
        os.kill(os.getpid(), signal.SIGKILL)
    return run(sql, *values)
connection.run = stop
intake.settle(["digest"], partial=False, dry=False)
"""


def test_a_killed_import_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "press.db"
    open_database(str(file), tmp_path).close()

    for moment in ("INSERT INTO membership", "INSERT INTO consent"):
        ended = subprocess.run(
            [sys.executable, "-c", KILLED, str(file), moment],
            check=False,
            cwd=Path(__file__).parents[3],
            env=os.environ | {"PYTHONPATH": f"src{os.pathsep}."},
        )

        assert ended.returncode == -signal.SIGKILL
        connection = open_database(str(file), tmp_path)
        assert connection.one("SELECT count(*) FROM subscriber") == (0,)
        assert b"r77@a.example" not in file.read_bytes()
        counts, _ = take(connection, arrivals("a@a.example"), dry=True)
        assert counts.new == 1
        connection.close()
