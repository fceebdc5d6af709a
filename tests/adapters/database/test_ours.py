"""Addresses for tests, and of our own, among the readers of a live mailing."""

from __future__ import annotations

import pytest

from press.adapters.database import Connection
from press.adapters.database.ours import Ours
from tests.ledgers import Books, everybody


@pytest.fixture
def books(connection: Connection) -> Books:
    return Books(connection=connection)


def renamed(books: Books, reader: int, address: str) -> None:
    books.connection.run(
        "UPDATE subscriber SET email = ?, email_key = ? WHERE id = ?",
        *(address, address.lower(), reader),
    )


@pytest.mark.parametrize(
    "address",
    [
        "Hal@EXAMPLE.com",
        "a@mail.example.org",
        "a@example.net",
        "a@b.test",
        "a@b.invalid",
    ],
)
def test_an_address_where_nobody_has_a_mailbox_is_found(
    books: Books, address: str
) -> None:
    list_id = books.add_readers(20)
    renamed(books, 7, address)

    assert Ours(books.connection, everybody(list_id)).nobodys() == (1, address)


def test_addresses_of_people_are_not(books: Books) -> None:
    list_id = books.add_readers(20)
    for number, address in enumerate(
        ["a@example.co.uk", "a@myexample.com", "a@test.org", "example.com@x.example"], 1
    ):
        renamed(books, number, address)

    assert Ours(books.connection, everybody(list_id)).nobodys() == (0, "")


def test_who_left_is_not_counted(books: Books) -> None:
    list_id = books.add_readers(20)
    renamed(books, 7, "a@example.com")
    books.leave(7)

    assert Ours(books.connection, everybody(list_id)).nobodys() == (0, "")


def test_addresses_to_which_tests_go_are_found(books: Books) -> None:
    list_id = books.add_readers(20)
    books.connection.run("INSERT INTO list (name) VALUES ('seeds')")
    books.connection.run(
        "INSERT INTO membership (list_id, subscriber_id, standing, standing_at)"
        " SELECT id, 3, 'confirmed', 0 FROM list WHERE name = 'seeds'"
    )
    among = Ours(books.connection, everybody(list_id))

    assert among.ours([], []) == (0, "")
    assert among.ours(["r5@x.example"], []) == (1, "r5@x.example")
    assert among.ours([], ["seeds"]) == (1, "r3@x.example")
    assert among.ours(["r5@x.example", "else@x.example"], ["seeds"])[0] == 2
