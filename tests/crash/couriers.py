"""Couriers as senders have them, that can be killed in their midst."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from press.adapters.outbox import OutboxCourier
from press.adapters.sendgrid import SendGridCourier
from press.adapters.smtp import SmtpCourier
from press.mailing.doubt import Rules
from press.mailing.mime import Form
from press.model.courier import Encryption, SendGridSettings, SmtpSettings
from press.model.letter import Consignment, Letter, Parcel
from press.model.mailing import Answer, Outcome
from press.ports import Clock, Courier
from tests.adapters.couriers.builders import KEY
from tests.crash.order import Order

#: Points in the outbox's work, as traps know them.
WRITING, WRITTEN, RENAMED = "while_writing", "before_rename", "after_rename"
Watch = Callable[[str], None]
Write = Callable[[Parcel, dt.datetime], bytes]


class SmallRequests(SendGridCourier):
    """SendGrid, with fewer readers in a request than it would take."""

    size = 100

    @property
    def most(self) -> int:
        return self.size


class SmallFolders(OutboxCourier):
    """The outbox, that tells how far it is."""

    most = 100
    watch: Watch

    def _publish(
        self, part: Path, folder: Path, refused: dict[int, tuple[Answer, str]]
    ) -> Outcome:
        self.watch(WRITTEN)
        outcome = super()._publish(part, folder, refused)
        self.watch(RENAMED)
        return outcome


class ShortWaits(SmtpCourier):
    """A mail server, for which no sender of a test waits a minute.

    One that takes nothing is asked again at once. A mailbox that says "later" is left
    for the next sender, some hours later.
    """

    def hand_over(self, consignment: Consignment) -> Outcome:
        outcome = super().hand_over(consignment)
        if outcome.answer is Answer.NOT_TAKEN:
            return replace(outcome, wait=0.02)
        return replace(outcome, wait=600.0) if outcome.wait else outcome


def unwatched(point: str) -> None:
    del point


def a_courier(order: Order, clock: Clock, watch: Watch = unwatched) -> Courier:
    """Return the courier that an order asks for."""
    match order.courier:
        case "smtp":
            host, _, port = order.provider.partition(":")
            settings = SmtpSettings(host=host, port=int(port), tls=Encryption.NONE)
            return ShortWaits(
                settings, _writer(unwatched), clock, patience=order.patience
            )
        case "outbox":
            folders = SmallFolders(Path(order.provider), _writer(watch), clock)
            folders.most, folders.watch = order.size, watch
            return folders
        case _:
            sendgrid = SmallRequests(
                SendGridSettings(),
                clock,
                key=KEY,
                host=order.provider,
                patience=order.patience,
            )
            sendgrid.size = order.size
            return sendgrid


def rules_of(order: Order) -> Rules:
    """Return how careful its doubts are settled; a folder is never late."""
    if order.courier == "outbox":
        return Rules(quiet=dt.timedelta(0), control=False)
    return Rules(most_fences=order.fences)


def _writer(watch: Watch) -> Callable[[Letter], Write]:
    def brought_into_form(letter: Letter) -> Write:
        form = Form(letter)

        def write(parcel: Parcel, now: dt.datetime) -> bytes:
            watch(WRITING)
            return form.write(parcel, now)

        return write

    return brought_into_form
