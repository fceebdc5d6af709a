"""Erasing a reader: in the books, and in the outbox where their mails lie in files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from press.adapters.database.erasure import mails_of
from press.adapters.outbox import OutboxCourier
from press.audience.address import masked, on_the_wire
from press.desk.readers import ReaderDesk
from press.mailing.mime import Form
from press.model.courier import OutboxSettings
from press.model.errors import CannotWriteError
from press.model.forgotten import Forgotten
from press.model.subscriber import Subscriber
from press.ports import Forgetting


def erase(paper: Path, desk: ReaderDesk, reader: Subscriber) -> Iterator[str]:
    """Forget a reader for ever; yield what was done, in words.

    Their mails in the outbox go first, while it is known whose they are, and once more
    when nobody writes to them any more.

    Args:
        paper: The newspaper's folder.
        desk: The desk for readers.
        reader: Whom to forget.

    Raises:
        BusyError: Another process is at work; their address is still in the files.
        CannotWriteError: All else is done, but there may be mails to them yet.
    """
    shown = masked(reader.email) if reader.email else reader.public_id
    deliveries, known = mails_of(desk.books.connection, reader.id)
    addresses = {on_the_wire(each) for each in (*known, reader.email) if each}
    outbox = _outbox(paper, desk)
    gone = outbox.forget(deliveries, addresses)
    yield from _told(gone.mails, gone.left)
    try:
        until = desk.erase(reader)
    finally:
        more = outbox.forget(deliveries, addresses)
    yield from _told(more.mails, tuple(sorted({*more.left} - {*gone.left})))
    yield f"{shown} is forgotten"
    if until is not None:
        yield (
            "the provider will be asked to forget them, too: press tick does so from"
            f" {until:%Y-%m-%d %H:%M} UTC, and the address is kept for that until then"
        )
    if more.left:
        raise CannotWriteError(
            f"mails to {shown} may still lie in the outbox",
            hint="look there, and delete what is to them",
        )


def _told(mails: int, left: tuple[str, ...]) -> Iterator[str]:
    if mails:
        yield f"deleted in the outbox: {mails:,} {'mail' if mails == 1 else 'mails'}"
    for each in left:
        yield f"not deleted: {each}"


def _outbox(paper: Path, desk: ReaderDesk) -> Forgetting:
    """Return the outbox of press.yaml; the usual one, where another courier is named.

    A paper that has a courier now may have tried the outbox before.
    """
    courier = desk.house.courier
    settings = courier if isinstance(courier, OutboxSettings) else OutboxSettings()
    folder = paper / settings.folder
    if _is_of(paper, settings.folder):
        return OutboxCourier(folder, Form, desk.clock)
    return _Elsewhere(folder=folder, shown=settings.folder)


def _is_of(paper: Path, folder: str) -> bool:
    """Whether a folder lies within the paper's own, and no link leads to it."""
    own = paper.resolve()
    straight = Path(os.path.normpath(own / folder))
    return straight.is_relative_to(own) and straight.resolve() == straight


@dataclass(frozen=True, slots=True, kw_only=True)
class _Elsewhere:
    """An outbox that is no folder of this paper: others' mails may lie there, too."""

    folder: Path
    shown: str

    def forget(self, deliveries: object, addresses: object) -> Forgotten:
        """Delete nothing, and say so where there is something."""
        del deliveries, addresses
        if not os.path.lexists(self.folder):
            return Forgotten()
        return Forgotten(left=(f"{self.shown}: it is no folder of this paper",))
