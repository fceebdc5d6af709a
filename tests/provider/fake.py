"""A SendGrid of our own: it holds every limit, remembers, and counts.

What it answers is written after SendGrid's public OpenAPI files. How it fails is drawn
by weight from a seeded list of faults.
"""

from __future__ import annotations

import datetime as dt
import random
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple
from uuid import uuid4

from tests.provider.events import Signer
from tests.provider.faults import OK, Fault
from tests.provider.http import Server
from tests.provider.told import Json, RefusedError, hold_limits, now

SCOPES = (
    *("mail.send", "mail.batch.create", "user.scheduled_sends.create"),
    *("asm.suppressions.global.create", "asm.suppressions.global.delete"),
    "recipients.erasejob.create",
)
LISTS = ("bounces", "blocks", "spam_reports", "invalid_emails", "unsubscribes")
#: Mails that a search of the logs tells.
MOST_LOGGED = 1_000
#: What became of a mail of which nothing else is said.
NO_END = ("processed", "")
STAMP = "%Y-%m-%dT%H:%M:%SZ"
_TO = re.compile(r"to_email\s*=\s*'([^']*)'")
_UNTIL = re.compile(r'sg_message_id_created_at\s*<\s*TIMESTAMP\s*"([^"]+)"')
_IN = re.compile(r"(status|categories)\s+IN\s+\(([^)]*)\)")
_SINCE = re.compile(r'sg_message_id_created_at\s*>=\s*TIMESTAMP\s*"([^"]+)"')


class Message(NamedTuple):
    """One reader's mail, as the logs have it."""

    id: str
    to_email: str
    delivery: str
    request: str
    from_email: str
    subject: str
    at: float
    categories: tuple[str, ...] = ()

    def row(self, end: tuple[str, str] = NO_END) -> Json:
        """Return what a search tells of it, and of its end: status and reason."""
        stamp = dt.datetime.fromtimestamp(self.at, dt.UTC).strftime(STAMP)
        return {
            "sg_message_id": self.id,
            "to_email": self.to_email,
            "from_email": self.from_email,
            "subject": self.subject,
            "status": end[0],
            "reason": end[1],
            "sg_message_id_created_at": stamp,
        }

    def whole(self, end: tuple[str, str] = NO_END) -> Json:
        """Return what is told of it alone, our own ids among it."""
        args = {"d": self.delivery, "r": self.request}
        return {**self.row(end), "custom_args": args, "events": []}


class FakeSendGrid:
    """SendGrid on 127.0.0.1, used in a `with` statement or closed by hand.

    Args:
        seed: Decides which faults come when.
        faults: Faults with their weights; none if not given.
        deck: What becomes of the first requests, before anything is drawn.
        poison: Addresses, in small letters, for which a whole request is refused.
        log_delay: Seconds after which the logs know of a mail.
        cancel_cap: How many batch ids may be cancelled at a time; None is no limit.
        port: Where to listen; any if not given.
        latency: Seconds that pass before mails are answered for.

    Attributes:
        url: Where it listens.
        took: How many mails each delivery got, by its number (custom_args `d`).
        inbox: The same by address.
        took_at: When the last one was taken, in Unix seconds.
        by_request: The deliveries of each request of ours that were mailed.
        held: Requests that wait for their time, by batch id.
        cancelled: Batch ids that were cancelled.
        unwilling: Addresses that get nothing: its list of global unsubscribes.
        withheld: How many mails each of them did not get.
        ends: What became of the mails to an address: status and reason.
        searches: How many searches of the logs there were.
        erased: Addresses that it was asked to erase.
        vague: Whether it does not say which address it refuses.
        denies: Endpoints, as the beginning of a path, for which the key has no right.
        requests: How many requests for mails there were.
        kinds: What became of them.
        seen: The last request for mails that was taken, as it was told.
        keys: Authorization headers that it was shown.
        connections: How many lines were opened to it.
        hang: Seconds for which it is silent, where that is the fault.
        ahead: Seconds by which it is later here than elsewhere.
    """

    def __init__(  # noqa: PLR0913 -- what it can be asked to do wrong
        self,
        *,
        seed: int = 0,
        faults: Mapping[Fault, int] | None = None,
        deck: Sequence[Fault] = (),
        poison: Iterable[str] = (),
        log_delay: float = 0.0,
        cancel_cap: int | None = None,
        port: int = 0,
        latency: float = 0.0,
    ) -> None:
        self.latency = latency
        self.faults, self.poison = dict(faults or OK), set(poison)
        self.log_delay, self.cancel_cap = log_delay, cancel_cap
        self.deck = list(deck)
        self.scopes, self.domains = list(SCOPES), ["quoin.example"]
        self.hang, self.retry_after, self.redirect_to = 1.6, 0, ""
        self.ahead = 0.0
        self.rng, self.lock = random.Random(seed), threading.RLock()
        self.took: Counter[int] = Counter()
        self.inbox: Counter[str] = Counter()
        self.took_at: dict[int, float] = {}
        self.by_request: dict[str, set[int]] = defaultdict(set)
        self.held: dict[str, list[list[Message]]] = defaultdict(list)
        self.issued: set[str] = set()
        self.cancelled: set[str] = set()
        self.unwilling: set[str] = set()
        self.withheld: Counter[str] = Counter()
        self.ends: dict[str, tuple[str, str]] = {}
        self.searches = 0
        self.erased: list[str] = []
        self.denies, self.vague = "", False
        self.messages: dict[str, list[Message]] = {}
        self._by_address: dict[str, list[Message]] = defaultdict(list)
        self._sorted = 0
        self.lists: dict[str, list[Json]] = {name: [] for name in LISTS}
        self.kinds: Counter[Fault] = Counter()
        self.keys: Counter[str] = Counter()
        self.requests = self.connections = self.rehearsed = 0
        self.seen: Json = {}
        self.signer = Signer()
        self._server = Server(self, port)
        self.url = self._server.url

    def __enter__(self) -> FakeSendGrid:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop listening, and hang up."""
        self._server.close()

    def draw(self) -> Fault:
        """Draw what becomes of the next request."""
        with self.lock:
            self.requests += 1
            kind = (
                self.deck.pop(0)
                if self.deck
                else self.rng.choices(list(self.faults), list(self.faults.values()))[0]
            )
            self.kinds[kind] += 1
            return kind

    def luck(self) -> float:
        """Draw how a call that cancels fares: 1 is well."""
        with self.lock:
            return self.rng.random() if len(self.faults) > 1 else 1.0

    # --- Mails -----------------------------------------------------------------------

    def hold_limits(self, told: Json) -> None:
        """Refuse what SendGrid refuses."""
        hold_limits(told, issued=self.issued, poison=self.poison, vague=self.vague)

    def take(self, told: Json, message: str) -> None:
        """Take a request: its readers get their mails, at once or at its time."""
        settings = told.get("mail_settings", {})
        sandbox = settings.get("sandbox_mode", {}).get("enable")
        asked_for = settings.get("bypass_unsubscribe_management", {}).get("enable")
        at = now() + self.ahead
        made = list(_messages(told, message, at))
        with self.lock:
            self.seen = told
            if sandbox:
                self.rehearsed += len(made)
                return
            self.messages[message] = made
            if "batch_id" in told:
                self.held[told["batch_id"]].append(made)
            else:
                self._mail(made, at, all_of_them=bool(asked_for))

    def reach_send_at(self) -> tuple[int, int]:
        """Let the time come: what is held and not cancelled is mailed.

        Returns:
            How many batch ids were held, and how many requests of theirs were thrown
            away.
        """
        with self.lock:
            held, self.held = self.held, defaultdict(list)
            thrown = 0
            for batch, waiting in held.items():
                if batch in self.cancelled:
                    thrown += len(waiting)
                    continue
                for made in waiting:
                    self._mail(made, now())
            return len(held), thrown

    def _mail(
        self, made: list[Message], at: float, *, all_of_them: bool = False
    ) -> None:
        if self.unwilling and not all_of_them:
            unwilling = [one.to_email for one in made if one.to_email in self.unwilling]
            self.withheld.update(unwilling)
            made = [one for one in made if one.to_email not in self.unwilling]
        numbers = [int(one.delivery or -1) for one in made]
        self.took.update(numbers)
        self.took_at.update(dict.fromkeys(numbers, at))
        self.inbox.update([one.to_email for one in made])
        for one, number in zip(made, numbers, strict=True):
            self.by_request[one.request].add(number)

    # --- Batch ids, logs, counts -----------------------------------------------------

    def new_batch(self) -> str:
        """Return a new batch id."""
        batch = uuid4().hex
        with self.lock:
            self.issued.add(batch)
        return batch

    def cancel(self, batch: str) -> None:
        """Cancel what has a batch id.

        Raises:
            RefusedError: It is cancelled already, or too many are.
        """
        with self.lock:
            if batch in self.cancelled:
                raise RefusedError("batch id is already cancelled")
            if self.cancel_cap is not None and len(self.cancelled) >= self.cancel_cap:
                raise RefusedError("too many scheduled sends are cancelled")
            self.cancelled.add(batch)

    def withhold(self, addresses: list[str]) -> None:
        """Put addresses on the list of global unsubscribes.

        Raises:
            RefusedError: One is no address.
        """
        if any("@" not in one or not one.isascii() for one in addresses):
            raise RefusedError("not a valid address", "recipient_emails")
        with self.lock:
            self.unwilling.update(addresses)

    def erase(self, addresses: list[str]) -> None:
        """Forget addresses, also that they want nothing."""
        with self.lock:
            self.erased += addresses
            self.unwilling.difference_update(addresses)

    def message(self, name: str) -> Message | None:
        """Return one mail by its name in the logs."""
        stem, _, number = name.rpartition(".")
        made = self.messages.get(stem, [])
        known = number.isdecimal() and int(number) < len(made)
        return made[int(number)] if known else None

    def end_of(self, message: Message) -> tuple[str, str]:
        """Return what became of a mail: status and reason."""
        return self.ends.get(message.to_email, NO_END)

    def search(self, query: str, limit: int) -> list[Message]:
        """Search the logs: conditions joined by AND, those that are needed here.

        Raises:
            RefusedError: More is asked for than is told at once.
        """
        if not 0 < limit <= MOST_LOGGED:
            raise RefusedError("limit is from 1 to 1000", "limit")
        to, since, until = (one.search(query) for one in (_TO, _SINCE, _UNTIL))
        floor = _unix(since[1]) if since else 0.0
        visible = now() + self.ahead - self.log_delay
        ceiling = _unix(until[1]) if until else visible + 1
        wanted = {
            name: re.findall("'([^']*)'", one) for name, one in _IN.findall(query)
        }
        with self.lock:
            self.searches += 1
            hits = [
                one
                for one in self._to(to[1] if to else None)
                if floor <= one.at <= visible and one.at < ceiling
                if self._is_in(one, wanted)
            ]
        return hits[:limit]

    def _to(self, address: str | None) -> Iterable[Message]:
        """Return the mails to an address, all for None."""
        if address is None:
            return chain.from_iterable(self.messages.values())
        if self._sorted != len(self.messages):
            self._sorted, self._by_address = len(self.messages), defaultdict(list)
            for one in chain.from_iterable(self.messages.values()):
                self._by_address[one.to_email].append(one)
        return self._by_address[address]

    def _is_in(self, one: Message, wanted: Mapping[str, list[str]]) -> bool:
        return self.end_of(one)[0] in wanted.get("status", [self.end_of(one)[0]]) and (
            "categories" not in wanted
            or bool(set(wanted["categories"]) & set(one.categories))
        )

    def report(self) -> Json:
        """Return the counts, as they are told over HTTP to another process."""
        with self.lock:
            return {
                "took": dict(self.took),
                "took_at": dict(self.took_at),
                "by_request": {
                    key: sorted(one) for key, one in self.by_request.items()
                },
                "kinds": dict(self.kinds),
                "requests": self.requests,
                "held": {key: len(one) for key, one in self.held.items()},
                "cancelled": sorted(self.cancelled),
            }


def _messages(told: Json, message: str, at: float) -> Iterator[Message]:
    sender, subject = told["from"]["email"], told["subject"]
    categories = tuple(told.get("categories", ()))
    for number, one in enumerate(told["personalizations"]):
        args = one.get("custom_args", {})
        yield Message(
            f"{message}.{number}",
            one["to"][0]["email"],
            args.get("d", ""),
            args.get("r", ""),
            sender,
            subject,
            at,
            categories,
        )


def _unix(stamp: str) -> float:
    return dt.datetime.strptime(stamp, STAMP).replace(tzinfo=dt.UTC).timestamp()
