"""Readers for tests: invented ones, and a book to write them in."""

from __future__ import annotations

import datetime as dt

from press.adapters.database import Connection
from press.adapters.database.readers import ReaderBook
from press.audience.address import key
from press.audience.secret import Secret
from press.model.subscriber import (
    Basis,
    Consent,
    ListName,
    NewSubscriber,
    Subscriber,
    SubscriberId,
)

SECRET = Secret(keys=(b"of the tests, and of nobody else",))
NOON = dt.datetime(2024, 8, 30, 12, tzinfo=dt.UTC)


class Hands:
    """A clock that is set by hand."""

    def __init__(self, time: dt.datetime = NOON) -> None:
        self.time = time

    def now(self) -> dt.datetime:
        return self.time

    def pass_days(self, days: int) -> None:
        self.time += dt.timedelta(days=days)


def a_book(connection: Connection, clock: Hands | None = None) -> ReaderBook:
    return ReaderBook(connection, SECRET.hash_of, clock or Hands())


def a_newcomer(
    email: str = "ada@reader.example",
    *,
    confirmed: bool = True,
    lists: tuple[str, ...] = ("digest",),
    **fields: object,
) -> NewSubscriber:
    given = {
        "joined_at": NOON - dt.timedelta(days=100),
        "consent": Consent(
            basis=Basis.CONSENT,
            source="form on the website",
            given_at=NOON - dt.timedelta(days=100),
        ),
        **fields,
    }
    return NewSubscriber(
        email=email,
        email_key=key(email),
        confirmed=confirmed,
        lists=tuple(map(ListName, lists)),
        **given,  # type: ignore[arg-type]
    )


def a_reader(
    book: ReaderBook, email: str = "ada@reader.example", **fields: object
) -> SubscriberId:
    """Add a reader; return their number."""
    admission = book.add(a_newcomer(email, **fields))  # type: ignore[arg-type]
    assert admission.id is not None
    return admission.id


def read(book: ReaderBook, reader: SubscriberId) -> Subscriber:
    found = book.by_id(reader)
    assert found is not None
    return found
