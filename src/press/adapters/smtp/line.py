"""One conversation with a mail server (RFC 5321), private and signed in.

A mail's envelope is said in one breath where the server lets us (PIPELINING, RFC 2920).
What a mail came to is told apart by where the conversation was when it ended: before the
last octet of the message was handed to the network nobody can have taken it.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from select import POLLIN, poll
from time import monotonic

from press.model.courier import Encryption, SmtpSettings
from press.model.discretion import discreet
from press.model.mailing import Answer

PORTS = {Encryption.TLS: 465, Encryption.STARTTLS: 587, Encryption.NONE: 25}
#: Seconds after which an unused line is thrown away: servers hang up after a while.
IDLE = 20.0
#: Seconds that a server has to say goodbye.
_GOODBYE = 1.0
_GO_ON, _CLOSING = 354, 421
#: "5.7.…": not this reader, but who may send here (RFC 3463, 3.8).
_POLICY = re.compile(r"(?:\d{3} )?5\.7\.\d")
#: What is said of a reader whose mailbox, or its server, does not exist (RFC 3463, 3.2;
#: RFC 7505). 5.1.7 and 5.1.8 are said of the sender, and 5.1.0 of whomever.
_NOBODY = re.compile(r"(?:\d{3} )?5\.1\.(?:1|2|3|6|10)(?!\d)")
_AUTHENTICATE = frozenset({530, 535, 538})


class Trouble(StrEnum):
    """Why no conversation began."""

    UNREACHABLE = "unreachable"
    TLS = "tls"
    LOGIN = "login"


class NoLineError(Exception):
    """No conversation began; nobody was named in it.

    Attributes:
        trouble: Why.
        lasting: Whether trying again would fare no better.
    """

    def __init__(self, trouble: Trouble, message: str, *, lasting: bool) -> None:
        super().__init__(message)
        self.trouble, self.lasting = trouble, lasting


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What came of one mail.

    Attributes:
        answer: Of it.
        status: The server's number; None where it said nothing.
        detail: Its words, short; never an address.
        general: Whether it said that of the sender, not of the reader.
        over: Whether the conversation is at an end.
        unknown: Whether there is no such mailbox.
        untried: Whether it was not asked of this reader at all.
    """

    answer: Answer
    status: int | None = None
    detail: str = ""
    general: bool = False
    over: bool = False
    unknown: bool = False
    untried: bool = False


class Line:
    """A conversation with a mail server.

    Raises:
        NoLineError: It did not begin.
    """

    def __init__(self, settings: SmtpSettings, password: str, patience: float) -> None:
        self._server = _opened(settings, patience)
        self._since = monotonic()
        try:
            _made_private(self._server, settings)
            _logged_in(self._server, settings, password)
        except NoLineError:
            self._server.close()
            raise
        except (OSError, smtplib.SMTPException, ValueError) as fault:
            self._server.close()
            raise _unreachable(fault) from fault

    @property
    def fresh(self) -> bool:
        """Whether it can be used on: it is open, and nobody said anything meanwhile."""
        sock = self._server.sock
        if sock is None or monotonic() - self._since > IDLE:
            return False
        waiting = poll()
        waiting.register(sock, POLLIN)
        return not waiting.poll(0)

    def offers(self, extension: str) -> bool:
        """Whether the server knows an extension."""
        return self._server.has_extn(extension)

    def send(self, sender: str, reader: str, message: bytes) -> Said:
        """Send one mail and say what came of it."""
        beyond = not (reader.isascii() and sender.isascii())
        if beyond and not self.offers("smtputf8"):
            detail = "the server takes no address beyond ASCII"
            return Said(answer=Answer.REJECTED, detail=detail)
        self._since = monotonic()
        envelope = (
            f"MAIL FROM:<{sender}>{' SMTPUTF8 BODY=8BITMIME' if beyond else ''}",
            f"RCPT TO:<{reader}>",
            "DATA",
        )
        try:
            refusal = self._addressed(envelope)
            if refusal is not None:
                return refusal
            self._server.send(_stuffed(message))
        except (OSError, smtplib.SMTPException) as fault:
            return self._ended(Answer.NOT_TAKEN, fault)
        try:
            status, words = self._server.getreply()
        except (OSError, smtplib.SMTPException) as fault:
            return self._ended(Answer.IN_DOUBT, fault)
        return _judged(status, words, general=False)

    def close(self) -> None:
        """Say goodbye where anybody listens."""
        sock = self._server.sock
        if sock is not None:
            with suppress(OSError, smtplib.SMTPException):
                sock.settimeout(_GOODBYE)
                self._server.quit()
        self._server.close()

    def _addressed(self, envelope: tuple[str, str, str]) -> Said | None:
        """Say who the mail is from and to; None where the server waits for it."""
        refusal = None
        together = self.offers("pipelining")
        if together:
            self._server.send("".join(f"{one}\r\n" for one in envelope).encode())
        for number, command in enumerate(envelope):
            if not together:
                self._server.send(f"{command}\r\n".encode())
            status, words = self._server.getreply()
            good = status == _GO_ON if command == "DATA" else status // 100 == 2  # noqa: PLR2004
            if good and refusal is None:
                continue
            if good:
                # It waits for a mail that nobody is to get: better to hang up.
                self._server.close()
                break
            refusal = refusal or _refused(status, words, number)
            if refusal.over or not together:
                break
        if refusal is not None:
            self._begin_anew()
        return refusal

    def _begin_anew(self) -> None:
        """Let the server forget an envelope that it refused a part of."""
        if self._server.sock is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._server.rset()

    def _ended(self, answer: Answer, fault: Exception) -> Said:
        self._server.close()
        return Said(answer=answer, detail=_named(fault), over=True)


def _opened(settings: SmtpSettings, patience: float) -> smtplib.SMTP:
    port = settings.port or PORTS[settings.tls]
    own = socket.gethostname() or "localhost"
    try:
        if settings.tls is Encryption.TLS:
            return smtplib.SMTP_SSL(
                settings.host,
                port,
                local_hostname=own,
                timeout=patience,
                context=ssl.create_default_context(),
            )
        return smtplib.SMTP(settings.host, port, local_hostname=own, timeout=patience)
    except ssl.SSLError as fault:
        raise NoLineError(Trouble.TLS, _named(fault), lasting=True) from fault
    except (OSError, smtplib.SMTPException) as fault:
        raise _unreachable(fault) from fault


def _made_private(server: smtplib.SMTP, settings: SmtpSettings) -> None:
    """Encrypt a conversation before anything is said in it."""
    if settings.tls is not Encryption.STARTTLS:
        server.ehlo_or_helo_if_needed()
        return
    try:
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
    except smtplib.SMTPNotSupportedError as fault:
        message = "the server offers no encryption (STARTTLS)"
        raise NoLineError(Trouble.TLS, message, lasting=True) from fault
    except (smtplib.SMTPResponseException, ssl.SSLError) as fault:
        raise NoLineError(Trouble.TLS, _named(fault), lasting=True) from fault


def _logged_in(server: smtplib.SMTP, settings: SmtpSettings, password: str) -> None:
    if not settings.user:
        return
    try:
        server.login(settings.user, password)
    except smtplib.SMTPAuthenticationError as fault:
        lasting = fault.smtp_code // 100 == 5  # noqa: PLR2004
        words = _words(fault.smtp_code, fault.smtp_error)
        raise NoLineError(Trouble.LOGIN, words, lasting=lasting) from None
    except smtplib.SMTPNotSupportedError as fault:
        message = "the server lets nobody log in"
        raise NoLineError(Trouble.LOGIN, message, lasting=True) from fault


def _unreachable(fault: Exception) -> NoLineError:
    lasting = isinstance(fault, ssl.SSLCertVerificationError)
    trouble = Trouble.TLS if lasting else Trouble.UNREACHABLE
    return NoLineError(trouble, _named(fault), lasting=lasting)


def _refused(status: int, words: bytes, number: int) -> Said:
    """Say what a reply to the envelope means: 0 is the sender's line, 1 the reader's."""
    said = _judged(status, words, general=number == 0)
    nobody = number == 1 and said.answer is Answer.REJECTED
    return replace(said, unknown=nobody and bool(_NOBODY.match(said.detail)))


def _judged(status: int, words: bytes, *, general: bool) -> Said:
    """Say what a reply means: 2 is yes, 4 is later, 5 is never."""
    detail = _words(status, words)
    over = status == _CLOSING
    match status // 100:
        case 2:
            return Said(answer=Answer.ACCEPTED, status=status, detail=detail)
        case 4:
            later = Answer.NOT_TAKEN
            return Said(
                answer=later, status=status, detail=detail, general=general, over=over
            )
        case 5:
            general = general or status in _AUTHENTICATE or bool(_POLICY.match(detail))
            answer = Answer.REJECTED
            return Said(answer=answer, status=status, detail=detail, general=general)
        case _:
            return Said(answer=Answer.IN_DOUBT, status=status, detail=detail, over=True)


def _stuffed(message: bytes) -> bytes:
    """Return a message as it is sent: dots at beginnings of lines twice, and its end."""
    if message.startswith(b"."):
        message = b"." + message
    whole = message.replace(b"\r\n.", b"\r\n..")
    return whole + (b".\r\n" if whole.endswith(b"\r\n") else b"\r\n.\r\n")


def _words(status: int, words: bytes | str) -> str:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return discreet(f"{status} {said}")


def _named(fault: BaseException) -> str:
    if isinstance(fault, smtplib.SMTPResponseException):
        return _words(fault.smtp_code, fault.smtp_error)
    return discreet(f"{type(fault).__name__}: {fault}").rstrip(": ")
