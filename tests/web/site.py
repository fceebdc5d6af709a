"""A server of the house on a real socket, and what tests ask of it."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from press.adapters.clock import SystemClock
from press.adapters.jinja import JinjaTemplates
from press.adapters.webhook import SignedEvents
from press.audience import address
from press.desk.books import Books, open_books
from press.desk.counter import Purpose, ReadersDesk
from press.model.digest import MailPalette
from press.model.house import House
from press.model.subscriber import (
    Basis,
    Consent,
    ListName,
    NewSubscriber,
    PublicId,
    Status,
    SubscriberId,
)
from press.web.serve import PAGES, make_server
from tests.digest.builders import a_house

SECRET = "a-secret-of-the-tests-that-is-long-enough"  # noqa: S105
KEY = ec.generate_private_key(ec.SECP256R1())
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
FORM = "application/x-www-form-urlencoded"
LISTS = {
    ListName("digest"): "The monthly digest",
    ListName("weekend"): "At the weekend",
    ListName("seeds"): "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A server, the books behind it, and a reader."""

    port: int
    books: Books
    desk: ReadersDesk
    readers: dict[str, PublicId] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return Answer(
                status=answer.status,
                headers={name.lower(): value for name, value in answer.getheaders()},
                body=answer.read(),
            )
        finally:
            connection.close()

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.ask("GET", path, headers=headers)

    def post(
        self, path: str, fields: object = ONE_CLICK, headers: Mapping[str, str] = {}
    ) -> Answer:
        body = urlencode(fields, doseq=True).encode()  # type: ignore[arg-type]
        return self.ask("POST", path, body, {"Content-Type": FORM, **headers})

    def tell(self, events: object, age: int = 0) -> Answer:
        """Post events as the provider does, or so many seconds ago."""
        body = events if isinstance(events, bytes) else json.dumps(events).encode()
        timestamp = str(int(SystemClock().now().timestamp()) - age)
        return self.ask("POST", "/provider/sendgrid", body, signed(body, timestamp))

    def token(self, purpose: Purpose, reader: str = "ada") -> str:
        return self.books.secret.sign(self.readers[reader], purpose)

    def path(self, purpose: Purpose, reader: str = "ada") -> str:
        return f"/mail/{purpose}/{self.token(purpose, reader)}"

    def number(self, reader: str = "ada") -> SubscriberId:
        found = self.books.readers.by_public_id(self.readers[reader])
        assert found is not None
        return found.id

    def status(self, reader: str = "ada") -> Status:
        found = self.books.readers.by_public_id(self.readers[reader])
        assert found is not None
        return found.status

    def lists(self, reader: str = "ada") -> dict[str, str]:
        found = self.books.readers.by_public_id(self.readers[reader])
        assert found is not None
        return {name: str(standing) for name, standing in found.lists.items()}


def signed(body: bytes, timestamp: str) -> dict[str, str]:
    signature = KEY.sign(timestamp.encode() + body, ec.ECDSA(SHA256()))
    return {
        "Content-Type": "application/json",
        "X-Twilio-Email-Event-Webhook-Signature": b64encode(signature).decode(),
        "X-Twilio-Email-Event-Webhook-Timestamp": timestamp,
    }


def events_key() -> str:
    der = KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return b64encode(der).decode()


def a_reader(
    name: str, *, confirmed: bool = True, full_name: str = ""
) -> NewSubscriber:
    now = SystemClock().now()
    email = f"{name}@quoin.example"
    return NewSubscriber(
        email=email,
        email_key=address.key(email),
        joined_at=now,
        consent=Consent(basis=Basis.CONSENT, source="a test", given_at=now),
        confirmed=confirmed,
        name=full_name or name.title(),
        lists=(ListName("digest"),),
    )


def a_desk(books: Books, house: House | None = None) -> ReadersDesk:
    clock = SystemClock()
    return ReadersDesk(
        house or a_house(),
        books,
        clock,
        palette=MailPalette(),
        templates=JinjaTemplates(PAGES),
        signed=SignedEvents(events_key(), clock),
    )


def fill(books: Books) -> dict[str, PublicId]:
    """Put three readers into the books: Ada reads, Bob has to confirm, Eve is erased."""
    books.readers.name_lists(LISTS)
    found: dict[str, PublicId] = {}
    for name, confirmed in (("ada", True), ("bob", False), ("eve", True)):
        added = books.readers.add(a_reader(name, confirmed=confirmed))
        assert added.public_id is not None
        assert added.id is not None
        found[name] = added.public_id
        if name == "eve":
            books.readers.erase(added.id, source="a test")
    return found


@contextmanager
def a_site(paper: Path, house: House | None = None) -> Iterator[Site]:
    """Serve a paper whose books the environment names."""
    books = open_books(paper, SystemClock())
    desk = a_desk(books, house)
    listening = socket.create_server(("127.0.0.1", 0))
    server = make_server(desk, lambda: None)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield Site(
            port=listening.getsockname()[1],
            books=books,
            desk=desk,
            readers=fill(books),
        )
    finally:
        server.should_exit = True
        thread.join(30)
        listening.close()
        desk.close()


@pytest.fixture
def site(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    """A server with its books in each kind of database in turn."""
    monkeypatch.setenv("PRESS_SECRET", SECRET)
    monkeypatch.setenv("PRESS_DATABASE", database)
    with a_site(tmp_path) as served:
        yield served
