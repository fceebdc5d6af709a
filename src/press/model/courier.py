"""Couriers: who takes mails away, and how press.yaml says it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

#: Servers that are on this machine.
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1"})


class CourierName(StrEnum):
    """Who takes mails away."""

    OUTBOX = "outbox"  #: Nobody: they are written into a folder.
    SMTP = "smtp"  #: A mail server.
    SENDGRID = "sendgrid"  #: Twilio SendGrid, by its API.


class Encryption(StrEnum):
    """How a connection to a mail server is kept private."""

    STARTTLS = "starttls"  #: It begins in the clear, and no word is said there.
    TLS = "tls"  #: From the first octet.
    NONE = "none"  #: Not at all: only for a server on the same machine.


class Region(StrEnum):
    """Where SendGrid keeps what it is told."""

    GLOBAL = "global"
    EU = "eu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dkim:
    """With which key mails are signed (RFC 6376).

    Attributes:
        selector: The key's name below `_domainkey` of the domain.
        domain: The domain that signs.
    """

    selector: str
    domain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxSettings:
    """Mails are written into a folder, seen from the newspaper's own."""

    folder: str = "outbox"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """Mails go to a mail server.

    Attributes:
        host: Its name.
        port: Its port; None is the usual one of its encryption.
        tls: How the connection is kept private.
        user: The name to log in with; empty for none.
        connections: How many are kept open at once.
        dkim: With which key press signs; None where the server does.
    """

    host: str
    port: int | None = None
    tls: Encryption = Encryption.STARTTLS
    user: str = ""
    connections: int = 4
    dkim: Dkim | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendGridSettings:
    """Mails go to SendGrid.

    Attributes:
        region: Where it keeps what it is told.
        webhook_key: The public key with which it signs events; empty for none.
    """

    region: Region = Region.GLOBAL
    webhook_key: str = ""


CourierSettings: TypeAlias = OutboxSettings | SmtpSettings | SendGridSettings
