"""The courier that takes mails nowhere: it writes them into a folder.

A request becomes a folder of files that mail programs open, whole or not at all.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from press.model.courier import CourierName
from press.model.discretion import discreet
from press.model.finding import Finding, error, note
from press.model.header import UnsafeError
from press.model.letter import Consignment, Letter, Parcel
from press.model.mailing import Answer, Evidence, Outcome
from press.ports import Clock

MOST = 1_000
_PART = ".part"
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,63}")


class OutboxCourier:
    """The `Courier` of ports.py, with a folder.

    Files are named by the number of the delivery, never by an address; nobody but their
    owner can read them.

    Args:
        folder: Where the mails go; it is made where it is not there.
        write: Brings a letter into form, which writes one reader's message.
        clock: Tells the time.
    """

    #: What it is called in press.yaml.
    name: str = CourierName.OUTBOX
    #: How many mails it takes in one request.
    most: int = MOST
    #: Whether what it took can be taken back.
    fences: bool = False

    def __init__(
        self,
        folder: Path,
        write: Callable[[Letter], Callable[[Parcel, dt.datetime], bytes]],
        clock: Clock,
    ) -> None:
        self._shown, self._folder = folder.name, folder
        self._write, self._clock = write, clock

    def check(self, sender: str) -> Sequence[Finding]:
        """Return what keeps it from writing (`courier.*`)."""
        del sender
        try:
            self._make()
            probe = self._folder / f".probe{_PART}"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as fault:
            message = f"{self._shown} cannot be written: {fault.strerror}"
            return (error("courier.folder", message, hint="let press write there"),)
        message = f"mails are written into {self._shown} and reach nobody"
        hint = "name a courier in press.yaml to reach readers"
        return (note("courier.outbox", message, hint=hint),)

    def hand_over(self, consignment: Consignment) -> Outcome:
        """Write a request's mails, once, and say what is known of it."""
        name = consignment.request
        if not _NAME.fullmatch(name):
            return Outcome(answer=Answer.FATAL, detail="a request has an odd name")
        try:
            form = self._write(consignment.letter)
        except UnsafeError as fault:
            return Outcome(answer=Answer.FATAL, detail=str(fault))
        part = self._folder / f".{name}{_PART}"
        refused: dict[int, tuple[Answer, str]] = {}
        try:
            self._make()
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(mode=0o700)
            for delivery, message in self._messages(consignment, form, refused):
                _put(part / f"{delivery}.eml", message)
            _sync(part)
        except OSError as fault:
            shutil.rmtree(part, ignore_errors=True)
            return Outcome(answer=Answer.NOT_TAKEN, detail=_named(fault))
        if len(refused) == len(consignment.parcels):
            shutil.rmtree(part, ignore_errors=True)
            return _all_refused(refused)
        return self._publish(part, self._folder / name, refused)

    def look_up(
        self, request: str, addresses: Sequence[str], since: dt.datetime
    ) -> Evidence:
        """Say whether a request was written: its folder is there, or it is not.

        One that was begun is not written. Whether somebody is writing it still is for
        whoever asks to know: a killed process leaves what it began lying there.
        """
        del addresses, since
        there = (self._folder / request).is_dir()
        return Evidence.TAKEN if there else Evidence.ABSENT

    def close(self) -> None:
        """Do nothing: nothing is kept open."""

    def _make(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _messages(
        self,
        consignment: Consignment,
        form: Callable[[Parcel, dt.datetime], bytes],
        refused: dict[int, tuple[Answer, str]],
    ) -> Iterator[tuple[int, bytes]]:
        """Yield the messages; who cannot be written to is put among the refused."""
        now = self._clock.now()
        for parcel in consignment.parcels:
            try:
                yield parcel.delivery, form(parcel, now)
            except UnsafeError as fault:
                refused[parcel.delivery] = (Answer.REJECTED, str(fault))

    def _publish(
        self, part: Path, folder: Path, refused: dict[int, tuple[Answer, str]]
    ) -> Outcome:
        try:
            part.rename(folder)
        except OSError as fault:
            shutil.rmtree(part, ignore_errors=True)
            # What lies there already may be these very mails.
            there = folder.exists()
            answer = Answer.IN_DOUBT if there else Answer.NOT_TAKEN
            return Outcome(answer=answer, detail=_named(fault))
        try:
            _sync(self._folder)
        except OSError as fault:
            return Outcome(answer=Answer.IN_DOUBT, detail=_named(fault))
        return Outcome(answer=Answer.ACCEPTED, message_id=folder.name, parts=refused)


def _all_refused(refused: dict[int, tuple[Answer, str]]) -> Outcome:
    """Return that nobody could be written to; each is told with the reason."""
    if len(refused) == 1:
        ((answer, detail),) = refused.values()
        return Outcome(answer=answer, detail=detail)
    return Outcome(answer=Answer.NOT_TAKEN, parts=refused)


def _put(file: Path, data: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _named(fault: OSError) -> str:
    return discreet(f"{type(fault).__name__}: {fault.strerror or 'cannot be written'}")
