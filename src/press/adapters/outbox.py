"""The courier that takes mails nowhere: it writes them into a folder.

A request becomes a folder of files that mail programs open, whole or not at all.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import stat
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from press.model.courier import CourierName
from press.model.discretion import discreet
from press.model.finding import Finding, error, note
from press.model.forgotten import Forgotten
from press.model.header import UnsafeError
from press.model.letter import Consignment, Letter, Parcel
from press.model.mailing import Answer, Evidence, Outcome
from press.ports import Clock

MOST = 1_000
_PART = ".part"
_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,63}")
#: A request's folder, or what a writer who died left of one.
_FOLDER = re.compile(rf"{_NAME.pattern}|\.{_NAME.pattern}{re.escape(_PART)}")
#: The number of mails that belong to no mailing, such as those to confirm.
_NO_DELIVERY = 0
_TO = re.compile(rb"^To: <([^<>\r\n]+)>\r?$", re.MULTILINE)
#: Octets in which the headers of a mail end; they are a few hundred.
_HEADERS = 1 << 16
#: A link is never followed, and a pipe not waited for.
_LOOK = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


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

    def forget(
        self, deliveries: Collection[int], addresses: Collection[str]
    ) -> Forgotten:
        """Delete the mails to one reader, and nothing else: see `Forgetting`.

        A file is known by its number and by whom it is to: numbers of another database
        may lie here, too. Folders stay, for they say that a request was taken.
        """
        names = {f"{number}.eml" for number in (_NO_DELIVERY, *deliveries)}
        theirs = {address.casefold() for address in addresses}
        mails, left = 0, list[str]()
        try:
            with _opened(self._folder) as outbox:
                for file, fault in _theirs_deleted(outbox, names, theirs):
                    if fault:
                        left.append(f"{self._shown}/{file}: {fault}")
                    else:
                        mails += 1
        except FileNotFoundError:
            return Forgotten()
        except OSError as fault:
            left.append(f"{self._shown}: {fault.strerror}")
        return Forgotten(mails=mails, left=tuple(left))

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


@contextmanager
def _opened(folder: Path | str, within: int | None = None) -> Iterator[int]:
    """Open a folder that is one, and no link to one."""
    descriptor = os.open(folder, _LOOK | os.O_DIRECTORY, dir_fd=within)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _theirs_deleted(
    outbox: int, names: Collection[str], theirs: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Delete a reader's mails in all requests; yield each, with what kept it from that."""
    for request in filter(_FOLDER.fullmatch, _names(outbox)):
        try:
            if not _is(stat.S_ISDIR, request, outbox):
                continue
            with _opened(request, outbox) as folder:
                for name in filter(names.__contains__, _names(folder)):
                    fault = _delete(folder, name, theirs)
                    if fault is not None:
                        yield f"{request}/{name}", fault
        except OSError as fault:
            yield request, fault.strerror or type(fault).__name__


def _delete(folder: int, name: str, theirs: Collection[str]) -> str | None:
    """Delete a mail; return what kept us from it, and None where it is not theirs."""
    try:
        if not _is_to(folder, name, theirs):
            return None
        os.unlink(name, dir_fd=folder)
    except FileNotFoundError:
        return None  # Somebody else was quicker.
    except OSError as fault:
        return fault.strerror or type(fault).__name__
    return ""


def _is_to(folder: int, name: str, theirs: Collection[str]) -> bool:
    """Whether a file is a mail to one of these addresses."""
    if not _is(stat.S_ISREG, name, folder):
        return False
    with os.fdopen(os.open(name, _LOOK, dir_fd=folder), "rb") as file:
        head = file.read(_HEADERS).partition(b"\r\n\r\n")[0]
    to = _TO.search(head)
    return to is not None and to[1].decode(errors="replace").casefold() in theirs


def _is(kind: Callable[[int], bool], name: str, within: int) -> bool:
    """Whether a name stands for a file of a kind, and for no link to one."""
    return kind(os.stat(name, dir_fd=within, follow_symlinks=False).st_mode)


def _names(folder: int) -> Sequence[str]:
    """Return what an open folder holds, in order."""
    with os.scandir(folder) as found:
        return sorted(each.name for each in found)
