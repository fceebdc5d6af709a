"""The database's answer to a rule is that of the rule read in plain Python."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.adapters.database import Connection
from press.adapters.database.segments import condition
from press.audience.segment import parse
from press.model.segment_rule import Asked, Rule
from tests.readers import NOON, a_book, a_reader
from tests.segments import ZONE, Person, means, people, rules

ASKED = Asked(now=NOON, zone=ZONE)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    who=st.lists(people(), min_size=1, max_size=6),
    asked=st.lists(rules(), min_size=4, max_size=8),
)
def test_the_database_answers_as_the_rule_reads(
    connection: Connection, who: list[Person], asked: list[Rule]
) -> None:
    forget_everybody(connection)
    with connection.transaction():
        numbers = write_down(connection, who)

    for rule in asked:
        assert found(connection, rule) == {
            number
            for number, person in zip(numbers, who, strict=True)
            if means(rule, person)
        }, rule


def found(connection: Connection, rule: Rule) -> set[int]:
    asked = condition(rule, connection.dialect, ASKED)
    rows = connection.all(
        f"SELECT s.id FROM subscriber s WHERE {asked.sql}",
        *asked.values,
    )
    return {number for (number,) in rows}


def forget_everybody(connection: Connection) -> None:
    tables = ("event", "delivery", "mailing", "consent", "tag", "membership")
    for table in (*tables, "list", "subscriber"):
        connection.run(f"DELETE FROM {table}")


def write_down(connection: Connection, who: list[Person]) -> list[int]:
    book = a_book(connection)
    ((mailing,),) = connection.all(
        "INSERT INTO mailing (edition, audience, kind, state, state_at, content,"
        " courier) VALUES ('2024-09', 'all', 'test', 'done', 0, 'x', 'outbox')"
        " RETURNING id"
    )
    numbers: list[int] = []
    for index, person in enumerate(who):
        reader = a_reader(
            book,
            f"reader{index}@{person.domain}",
            lists=tuple(person.lists),
            lang=person.lang,
            name=person.name,
            joined_at=person.joined,
            tags=person.tags,
            attributes=person.fields,
        )
        numbers.append(reader)
        for name, standing in person.lists.items():
            connection.run(
                "UPDATE membership SET standing = ? WHERE subscriber_id = ? AND list_id"
                " = (SELECT id FROM list WHERE name = ?)",
                standing,
                reader,
                name,
            )
        ((delivery,),) = connection.all(
            "INSERT INTO delivery (mailing_id, step, subscriber_id, email, email_key,"
            " email_hash, variant) SELECT ?, 1, id, email, email_key, email_hash,"
            " 'everybody' FROM subscriber WHERE id = ? RETURNING id",
            mailing,
            reader,
        )
        for turn, (kind, at, machine) in enumerate(person.did):
            connection.run(
                "INSERT INTO event (key, kind, at, delivery_id, machine, seen_at)"
                " VALUES (?, ?, ?, ?, ?, 0)",
                f"{delivery} {turn}",
                kind,
                int(at.timestamp()),
                delivery,
                int(machine),
            )
    return numbers


@pytest.mark.parametrize(
    "text",
    [
        'tag "x\' OR 1=1 --"',
        'field.city = "%"',
        "domain = %",
        'list "\'; DROP TABLE list"',
        'lang = "%"',
        'name = "?"',
    ],
)
def test_values_never_become_sql(connection: Connection, text: str) -> None:
    a_reader(a_book(connection), attributes={"city": "Leeds"}, lang="en")

    assert found(connection, parse(text)) == set()
