"""The paper's signature on its mails: DKIM (RFC 6376), by dkimpy."""

from __future__ import annotations

import dkim
from dkim.crypto import UnparsableKeyError, parse_pem_private_key

from press.model.courier import Dkim

#: What a mailbox must be able to rely on. Mailbox providers ask for the two headers of
#: one-click leaving to be among them (RFC 8058, 4).
SIGNED = (
    b"From",
    b"Reply-To",
    b"To",
    b"Subject",
    b"Date",
    b"Message-ID",
    b"List-Id",
    b"List-Unsubscribe",
    b"List-Unsubscribe-Post",
    b"List-Help",
    b"Feedback-ID",
    b"MIME-Version",
    b"Content-Type",
    b"Content-Language",
)
_SIGNED = frozenset(name.lower() for name in SIGNED)


class KeyFaultError(Exception):
    """What was given is no private key."""


class Signature:
    """Signs messages with the paper's key.

    Args:
        settings: The key's name and the domain.
        pem: The private key in PEM; line breaks may be written as backslash and n.

    Raises:
        KeyFaultError: It is no key.
    """

    def __init__(self, settings: Dkim, pem: str) -> None:
        self._selector = settings.selector.encode()
        self._domain = settings.domain.encode("idna")
        self._pem = pem.replace("\\n", "\n").strip().encode()
        try:
            parse_pem_private_key(self._pem)
        except (UnparsableKeyError, ValueError, KeyError, IndexError) as fault:
            raise KeyFaultError("it is no private key in PEM") from fault

    def signed(self, message: bytes) -> bytes:
        """Return a message with its signature on top."""
        head = message.partition(b"\r\n\r\n")[0]
        names = [line.partition(b":")[0].lower() for line in head.split(b"\r\n")]
        there = [name for name in names if name in _SIGNED]
        header: bytes = dkim.sign(
            message,
            self._selector,
            self._domain,
            self._pem,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=there,
        )
        return header + message
