"""The courier that hands mails to a mail server."""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from press.adapters.smtp.line import Line, NoLineError, Said, Trouble
from press.adapters.smtp.signature import KeyFaultError, Signature
from press.model.courier import CourierName, SmtpSettings
from press.model.discretion import discreet
from press.model.finding import Finding, error
from press.model.header import UnsafeError, safe
from press.model.letter import Consignment, Letter, Parcel
from press.model.mailing import Answer, Evidence, Outcome
from press.ports import Clock

MOST = 20
PATIENCE = 30.0
#: Seconds for which a server that says "later" is left alone.
LATER = 60.0
#: What is said of a request whose mails fared differently: the first that is among them.
_GRAVEST = (
    Answer.FATAL,
    Answer.IN_DOUBT,
    Answer.ACCEPTED,
    Answer.NOT_TAKEN,
    Answer.REJECTED,
)
_CODES = {
    Trouble.UNREACHABLE: "courier.unreachable",
    Trouble.TLS: "courier.tls",
    Trouble.LOGIN: "courier.login",
}
_HINTS = {
    Trouble.UNREACHABLE: "look at courier.smtp in press.yaml, and at the network",
    Trouble.TLS: "ask who keeps the server for its certificate; SSL_CERT_FILE names"
    " others to trust",
    Trouble.LOGIN: "look at courier.smtp.user, and export PRESS_SMTP_PASSWORD=…",
}


class SmtpCourier:
    """The `Courier` of ports.py, with a mail server.

    Args:
        settings: What press.yaml says.
        write: Brings a letter into form, which writes one reader's message.
        clock: Tells the time.
        password: From PRESS_SMTP_PASSWORD if not given.
        dkim_key: From PRESS_DKIM_KEY if not given.
        patience: Seconds that each reply may take.
    """

    #: What it is called in press.yaml.
    name: str = CourierName.SMTP
    #: How many mails it takes in one request.
    most: int = MOST
    #: Whether what it took can be taken back.
    fences: bool = False

    def __init__(
        self,
        settings: SmtpSettings,
        write: Callable[[Letter], Callable[[Parcel, dt.datetime], bytes]],
        clock: Clock,
        *,
        password: str | None = None,
        dkim_key: str | None = None,
        patience: float = PATIENCE,
    ) -> None:
        environment = os.environ
        self._settings, self._clock, self._write = settings, clock, write
        given = environment.get("PRESS_SMTP_PASSWORD", "")
        self._password = given if password is None else password
        given = environment.get("PRESS_DKIM_KEY", "")
        self._signature, self._no_signature = _signature(
            settings, given if dkim_key is None else dkim_key
        )
        self._patience = min(patience, PATIENCE)
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(settings.connections)
        self._unused: list[Line] = []

    def check(self, sender: str) -> Sequence[Finding]:
        """Return what keeps it from sending for this address (`courier.*`)."""
        del sender
        found = []
        if self._no_signature:
            message = f"press cannot sign mails: {self._no_signature}"
            hint = 'export PRESS_DKIM_KEY="$(cat key.pem)"'
            found.append(error("courier.dkim", message, hint=hint))
        try:
            line = self._take()
        except NoLineError as fault:
            message = discreet(f"the mail server {self._settings.host} does not do: ")
            message += discreet(str(fault), self._password)
            code, hint = _CODES[fault.trouble], _HINTS[fault.trouble]
            found.append(error(code, message, hint=hint))
        else:
            self._put(line)
        return tuple(found)

    def hand_over(self, consignment: Consignment) -> Outcome:
        """Hand a request over, mail after mail, and say what is known of each."""
        letter = consignment.letter
        if self._no_signature:
            return Outcome(answer=Answer.FATAL, detail=self._no_signature)
        try:
            form = self._write(letter)
        except UnsafeError as fault:
            return Outcome(answer=Answer.FATAL, detail=str(fault))
        with self._free:
            said = dict(self._conversation(consignment, form))
        return _summed_up(said)

    def look_up(
        self, request: str, addresses: Sequence[str], since: dt.datetime
    ) -> Evidence:
        """Say that nobody knows: a mail server tells nothing afterwards."""
        del request, addresses, since
        return Evidence.UNKNOWN

    def close(self) -> None:
        """Let go of connections."""
        with self._lock:
            unused, self._unused = self._unused, []
        for line in unused:
            line.close()

    def _conversation(
        self, consignment: Consignment, form: Callable[[Parcel, dt.datetime], bytes]
    ) -> Iterator[tuple[int, Said]]:
        """Yield what came of each mail; nobody is tried after what ends all."""
        sender, now = consignment.letter.sender_email, self._clock.now()
        line: Line | None = None
        ended: Said | None = None
        for parcel in consignment.parcels:
            if ended is not None:
                yield parcel.delivery, ended
                continue
            try:
                message = self._message(parcel, form, now)
                line = line or self._take()
            except UnsafeError as fault:
                yield parcel.delivery, Said(answer=Answer.REJECTED, detail=str(fault))
                continue
            except NoLineError as fault:
                answer = Answer.FATAL if fault.lasting else Answer.NOT_TAKEN
                detail = discreet(str(fault), self._password)
                ended = Said(answer=answer, detail=detail, untried=True)
                yield parcel.delivery, ended
                continue
            said = line.send(sender, parcel.email, message)
            yield parcel.delivery, said
            ended = _for_all(said)
            if said.over:
                line.close()
                line = None
        if line is not None:
            self._put(line)

    def _message(
        self,
        parcel: Parcel,
        form: Callable[[Parcel, dt.datetime], bytes],
        now: dt.datetime,
    ) -> bytes:
        if not safe(parcel.email):
            raise UnsafeError("an address holds what none holds")
        message = form(parcel, now)
        return self._signature.signed(message) if self._signature else message

    def _take(self) -> Line:
        """Return a line that is open."""
        while True:
            with self._lock:
                line = self._unused.pop() if self._unused else None
            if line is None:
                return Line(self._settings, self._password, self._patience)
            if line.fresh:
                return line
            line.close()

    def _put(self, line: Line) -> None:
        with self._lock:
            if line.fresh and len(self._unused) < self._settings.connections:
                self._unused.append(line)
                return
        line.close()


def _signature(settings: SmtpSettings, pem: str) -> tuple[Signature | None, str]:
    """Return what signs mails, or why nothing can, where something is to."""
    if settings.dkim is None:
        return None, ""
    if not pem.strip():
        return None, "PRESS_DKIM_KEY is not set"
    try:
        return Signature(settings.dkim, pem), ""
    except KeyFaultError as fault:
        return None, f"PRESS_DKIM_KEY: {fault}"


def _for_all(said: Said) -> Said | None:
    """Return what became of the others, where what was said holds for all of them."""
    later = said.answer is Answer.NOT_TAKEN and said.status is not None
    if later and (said.over or said.general):
        return replace(said, general=True, over=False, untried=True)
    return None


def _summed_up(said: Mapping[int, Said]) -> Outcome:
    """Say what became of a request, and of whom something else became.

    Where the sender was refused, and nobody taken, the next request would fare the same.
    """
    answers = {delivery: one.answer for delivery, one in said.items()}
    if len(said) > 1 and all(_refused_for_the_sender(one) for one in said.values()):
        answers = dict.fromkeys(answers, Answer.FATAL)
    present = set(answers.values())
    whole = next(answer for answer in _GRAVEST if answer in present)
    if whole is Answer.REJECTED and len(said) > 1:
        # Nothing was taken, and each is told why; nobody needs to be tried again.
        whole = Answer.NOT_TAKEN
    first = next((one for one in said.values() if one.answer is whole), None)
    first = first or next(iter(said.values()))
    later = any(one.status and one.status // 100 == 4 for one in said.values())  # noqa: PLR2004
    return Outcome(
        answer=whole,
        status=first.status,
        detail=first.detail,
        wait=LATER if later else None,
        parts={
            delivery: (answer, said[delivery].detail)
            for delivery, answer in answers.items()
            if answer is not whole or _is_told_later(said[delivery])
        },
        unknown=frozenset(number for number, one in said.items() if one.unknown),
        untried=frozenset(number for number, one in said.items() if one.untried),
    )


def _is_told_later(said: Said) -> bool:
    """Whether a mailbox put this one mail off, as greylisting does."""
    return said.answer is Answer.NOT_TAKEN and not said.general and bool(said.status)


def _refused_for_the_sender(said: Said) -> bool:
    return said.answer is Answer.REJECTED and said.general
