"""The far ends of couriers, which count what readers really get."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tests.provider import OK, FakeSendGrid
from tests.provider.smtp import HOST, FakeMailServer

if TYPE_CHECKING:
    from tests.crash.day import Day

#: How often a reader got it, by the delivery's number and the address.
Count = Callable[[int, str], int]


class FarEnd(Protocol):
    """Where mails arrive."""

    @property
    def url(self) -> str:
        """Where senders find it."""
        ...

    def counted(self) -> Count:
        """Count what arrived by now, what is held for its time included."""
        ...

    def calm(self) -> None:
        """Let nothing go wrong any more."""
        ...

    def close(self) -> None:
        """Stop listening."""
        ...


class SendGridEnd:
    """The stand-in for SendGrid."""

    def __init__(self, day: Day, poison: Collection[str]) -> None:
        self.fake = FakeSendGrid(
            seed=day.seed,
            faults=day.faults,
            deck=day.deck,
            poison=poison,
            cancel_cap=day.cancel_cap,
        )
        self.url, self.close = self.fake.url, self.fake.close

    def counted(self) -> Count:
        self.fake.reach_send_at()
        took, inbox = self.fake.took, self.fake.inbox
        return lambda number, email: max(took.get(number, 0), inbox.get(email, 0))

    def calm(self) -> None:
        self.fake.faults, self.fake.deck = dict(OK), []


class MailServerEnd:
    """A mail server, that refuses the poisonous for good."""

    def __init__(self, day: Day, poison: Collection[str]) -> None:
        self.server = FakeMailServer(seed=day.seed, odds=day.odds)
        self.server.refusals = dict.fromkeys(poison, "550 5.1.1 unknown")
        self.url, self.close = f"{HOST}:{self.server.port}", self.server.close

    def counted(self) -> Count:
        with self.server.lock:
            took = Counter(self.server.took)
        return lambda _, email: took[email]

    def calm(self) -> None:
        self.server.odds = {}


class FolderEnd:
    """A folder: what lies in a request's own folder has arrived."""

    def __init__(self, folder: Path) -> None:
        self.url, self._folder = str(folder), folder

    def counted(self) -> Count:
        found = Counter(int(file.stem) for file in self._folder.glob("[!.]*/*.eml"))
        return lambda number, _: found[number]

    def calm(self) -> None:
        """Nothing ever goes wrong with it but its senders."""

    def close(self) -> None:
        """Nothing listens."""
