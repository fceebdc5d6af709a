"""Whom a plan leaves out: a slip in a name mails those who were meant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from press.adapters.database import Connection, open_database
from press.desk.audience import nobody_named
from press.model.edition import SendPlan
from press.model.segment import Segment, SegmentRule
from press.model.subscriber import ListName
from tests.digest.builders import a_house
from tests.ledgers import add_readers

HOUSE = a_house(
    lists={ListName("digest"): "The digest", ListName("staff"): ""},
    segment_rules=(SegmentRule(name=Segment("loyal"), text="tag members"),),
)


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Connection]:
    connection = open_database("press.db", tmp_path)
    add_readers(connection, 2)
    connection.run("INSERT INTO tag (subscriber_id, name) VALUES (1, 'members')")
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("staf", "did you mean “staff”?"),
        ("member", "did you mean “members”?"),
        (
            "nosuch",
            "correct it; for a tag to come, write segments: {nosuch: tag nosuch}",
        ),
    ],
)
def test_who_is_left_out_by_a_name_that_means_nobody_is_asked_about(
    books: Connection, name: str, hint: str
) -> None:
    plan = SendPlan(audience="digest", exclude=("staff", name))

    (found,) = nobody_named(plan, HOUSE, books)

    assert found.code == "mailing.exclude"
    assert f"“{name}”" in found.message
    assert found.hint == hint


def test_lists_segments_tags_and_states_are_known(books: Connection) -> None:
    known = ("bounced", "unsubscribed", "staff", "loyal", "members")

    assert nobody_named(SendPlan(audience="digest", exclude=known), HOUSE, books) == []
