"""The courier that hands mails to SendGrid."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit

from press.adapters.sendgrid.answers import (
    BAD_REQUEST,
    OK,
    REFUSED,
    at_fault,
    data,
    judge,
    reply_of,
)
from press.adapters.sendgrid.inspection import inspect
from press.adapters.sendgrid.line import (
    PATIENCE,
    Answer,
    Api,
    Lines,
    UnansweredError,
    UnreachedError,
)
from press.adapters.sendgrid.logs import logged, logged_to, taken, took
from press.adapters.sendgrid.payload import MOST_READERS, UnfitError, write_payload
from press.adapters.sendgrid.records import find_in_logs, suppressed
from press.adapters.sendgrid.withholding import forget, release, withhold
from press.model.courier import CourierName, Region, SendGridSettings
from press.model.discretion import discreet
from press.model.errors import ProviderError
from press.model.event import Event, Logged, Taken
from press.model.finding import Finding
from press.model.letter import Consignment
from press.model.mailing import Answer as Word
from press.model.mailing import Evidence, Outcome
from press.ports import Clock

HOSTS = {
    Region.GLOBAL: "https://api.sendgrid.com",
    Region.EU: "https://api.eu.sendgrid.com",
}
LOCAL = "127.0.0.1"
CREATED = 201
#: How often a harmless question is asked, and the pauses between, in seconds.
_TRIES = 12
_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 0.64


class SendGridCourier:
    """The `Fencing` courier of ports.py, with SendGrid.

    Args:
        settings: What press.yaml says.
        clock: Tells the time.
        key: The API key; from SENDGRID_API_KEY if not given.
        host: A stand-in for SendGrid; from PRESS_SENDGRID_HOST if not given.
        rehearsal: Whether SendGrid is to look at everything and to send nothing.
        patience: Seconds that an answer may take.

    Raises:
        ProviderError: The stand-in is one that the key cannot be told safely.
    """

    def __init__(
        self,
        settings: SendGridSettings,
        clock: Clock,
        *,
        key: str | None = None,
        host: str | None = None,
        rehearsal: bool = False,
        patience: float = PATIENCE,
    ) -> None:
        given = os.environ.get("SENDGRID_API_KEY", "") if key is None else key
        other = os.environ.get("PRESS_SENDGRID_HOST", "") if host is None else host
        self._host = _sound(other) if other else HOSTS[settings.region]
        self._key, self._clock, self._rehearsal = given.strip(), clock, rehearsal
        self._lines = Lines(self._host, min(patience, PATIENCE))
        usable = self._key.isascii() and self._key.isprintable() and self._key
        self._api = Api(self._key, self._lines) if usable else None

    @property
    def name(self) -> str:
        """What it is called in press.yaml."""
        return CourierName.SENDGRID

    @property
    def most(self) -> int:
        """How many mails it takes in one request."""
        return MOST_READERS

    @property
    def fences(self) -> bool:
        """Whether what it took can be taken back."""
        return True

    def check(self, sender: str) -> Sequence[Finding]:
        """Return what keeps it from sending for this address (`courier.*`)."""
        stand_in = self._host not in HOSTS.values()
        return tuple(inspect(self._api, self._key, sender, stand_in=stand_in))

    def hand_over(self, consignment: Consignment) -> Outcome:
        """Hand a request over, once, and say what is known of it."""
        now = self._clock.now()
        if self._api is None:
            return Outcome(answer=Word.FATAL, detail="there is no usable API key")
        try:
            written = write_payload(consignment, now, rehearsal=self._rehearsal)
        except UnfitError as unfit:
            return Outcome(answer=unfit.answer, detail=discreet(str(unfit)))
        client = self._api.client
        try:
            answer = client.mail.send.post_written(written)
        except UnreachedError as fault:
            return Outcome(answer=Word.NOT_TAKEN, detail=str(fault))
        except UnansweredError as fault:
            return Outcome(answer=Word.IN_DOUBT, detail=str(fault))
        outcome = judge(answer, self._clock.now(), rehearsal=self._rehearsal)
        if outcome.answer is not Word.REJECTED:
            return outcome
        return replace(outcome, parts=_refused(answer, consignment))

    def look_up(
        self, request: str, addresses: Sequence[str], since: dt.datetime
    ) -> Evidence:
        """Say whether a request was taken, by SendGrid's Email Logs."""
        if self._api is None:
            return Evidence.UNKNOWN
        try:
            return find_in_logs(self._api.client, request, addresses, since)
        except (UnreachedError, UnansweredError):
            return Evidence.UNKNOWN

    def new_batch(self) -> str:
        """Return a new name by which one request can be cancelled; empty without one."""
        if self._api is None:
            return ""
        client = self._api.client
        answer = _asked(client.mail.batch.post, CREATED)
        said = data(answer) if answer else None
        batch = said.get("batch_id") if isinstance(said, dict) else None
        return batch if isinstance(batch, str) else ""

    def cancel(self, batch: str) -> bool:
        """Ask for a request to be cancelled; True only when SendGrid says that it is.

        A 400 means that it is cancelled already, or that too many others are: only
        reading it back tells which.
        """
        if self._api is None or not batch:
            return False
        sends = self._api.client.user.scheduled_sends
        asked = json.dumps({"batch_id": batch, "status": "cancel"})
        answer = _asked(partial(sends.post, request_body=asked), CREATED, BAD_REQUEST)
        if answer is None or answer.status == CREATED:
            return answer is not None
        where = sends._(quote(batch, safe=""))
        listed = _asked(where.get, OK)
        rows = data(listed) if listed else None
        return isinstance(rows, list) and any(
            isinstance(row, dict)
            and (row.get("batch_id"), row.get("status")) == (batch, "cancel")
            for row in rows
        )

    def suppressed(self, since: dt.datetime) -> Iterator[Event]:
        """Yield who is on SendGrid's own lists of those it does not write to.

        Each is an event with an address and without number: bounced, blocked,
        complained, unsubscribed.

        Raises:
            ProviderError: SendGrid does not tell, or cannot be reached.
        """
        with self._asking() as client:
            yield from suppressed(client, since)

    def logged(
        self, category: str, since: dt.datetime, until: dt.datetime
    ) -> Iterator[Logged]:
        """Yield what became of the mails of a category, by its Email Logs.

        Raises:
            ProviderError: It does not tell, asks for patience, or cannot be reached.
        """
        with self._asking() as client:
            yield from logged(client, category, since, until)

    def logged_to(self, email: str, since: dt.datetime) -> Sequence[Logged]:
        """Return what became of the last mails to an address, with our own ids.

        Raises: as `logged`.
        """
        with self._asking() as client:
            return logged_to(client, email, since)

    def taken(self, category: str, since: dt.datetime, until: dt.datetime) -> Taken:
        """Return for whom it took mails of a category, by its Email Logs.

        Raises: as `logged`.
        """
        with self._asking() as client:
            return taken(client, category, since, until)

    def took(self, email: str, category: str, since: dt.datetime) -> bool:
        """Whether it took a mail of a category for an address since then.

        Raises: as `logged`.
        """
        with self._asking() as client:
            return took(client, email, category, since)

    def withhold(self, addresses: Sequence[str]) -> bool:
        """Ask SendGrid to send them nothing; False where one is no address to it.

        Raises:
            ProviderError: It does not do it, or cannot be reached.
        """
        with self._asking() as client:
            return withhold(client, addresses)

    def release(self, addresses: Sequence[str]) -> bool:
        """Ask it to write to them again; see `withhold`."""
        with self._asking() as client:
            return release(client, addresses)

    def forget(self, addresses: Sequence[str]) -> bool:
        """Ask it to erase what it knows of them; see `withhold`."""
        with self._asking() as client:
            return forget(client, addresses)

    @contextmanager
    def _asking(self) -> Iterator[Any]:
        """Lend the client; say what keeps it from asking in the words of the house."""
        if self._api is None:
            raise ProviderError("there is no SendGrid key", hint=_KEY)
        try:
            yield self._api.client
        except (UnreachedError, UnansweredError) as fault:
            message = f"SendGrid cannot be reached: {fault}"
            raise ProviderError(message, hint="try again later") from fault

    def close(self) -> None:
        """Let go of connections."""
        self._lines.close()


_KEY = "export SENDGRID_API_KEY=…"


def _refused(
    answer: Answer, consignment: Consignment
) -> Mapping[int, tuple[Word, str]]:
    """Return whom SendGrid refuses by name; nobody where it names one who is not there."""
    faults, parcels = at_fault(answer), consignment.parcels
    if any(number >= len(parcels) for number in faults):
        return {}
    return {
        parcels[number].delivery: (Word.REJECTED, why) for number, why in faults.items()
    }


def _sound(host: str) -> str:
    """Return the address of a stand-in to which the key may be told."""
    address = urlsplit(host)
    private = address.scheme == "https" or address.hostname == LOCAL
    bare = address.path in {"", "/"} and not (address.query or address.username)
    if address.scheme in {"http", "https"} and address.hostname and private and bare:
        return f"{address.scheme}://{address.netloc}"
    message = "PRESS_SENDGRID_HOST names a host to which the key is not told"
    raise ProviderError(message, hint=f"write https://… or http://{LOCAL}:port")


def _asked(ask: Callable[[], object], *wanted: int) -> Answer | None:
    """Ask something that does no harm when it is asked again, until it is answered."""
    pause = _FIRST_PAUSE
    for _ in range(_TRIES):
        try:
            answer = reply_of(ask())
        except (UnreachedError, UnansweredError):
            answer = None
        if answer and answer.status in wanted:
            return answer
        if answer and answer.status in REFUSED:
            return None
        time.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)
    return None
