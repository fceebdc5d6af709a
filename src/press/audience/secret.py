"""The paper's secret: what hashes addresses that left, and signs links of readers.

It comes from the environment (PRESS_SECRET). Several, with commas between, are the
present one and those before it: links signed with any of them work; the hash of
addresses goes on with the one that the database was begun with.
"""

from __future__ import annotations

import hmac
import re
from binascii import b2a_base64
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from press.audience import address
from press.model.errors import SecretError
from press.model.subscriber import PublicId

SHORTEST = 32
HOW = "make one with `openssl rand -hex 32`, keep it safe, and export PRESS_SECRET=…"
#: Octets of a signature in a link: 128 bits.
_SIGNED = 16
#: Of these, so many characters of base64.
_CHARACTERS = 22
#: Octets that SHA-256 takes at once, and what HMAC does with a key that fills them.
_BLOCK = 64
_INNER = bytes(octet ^ 0x36 for octet in range(256))
_OUTER = bytes(octet ^ 0x5C for octet in range(256))
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_TOKEN = re.compile(r"([0-9a-f]{32})\.([A-Za-z0-9_-]{22})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """The paper's secret.

    Attributes:
        keys: The present one first. Never shown.
        pepper: Which of them hashes addresses.
    """

    keys: tuple[bytes, ...] = field(repr=False)
    pepper: int = 0

    def hash_of(self, email_key: str) -> bytes:
        """Return the keyed hash of an address by which it is never forgotten.

        HMAC-SHA256: without the secret no address can be tried against it.
        """
        return self.hasher()(email_key)

    def hasher(self) -> Callable[[str], bytes]:
        """Return what hashes addresses so, for many in a row."""
        digest = _hmac(self.keys[self.pepper], b"suppression-v1|")
        return lambda email_key: digest(email_key.encode())

    def hash_of_address(self, email: str) -> bytes:
        """Return the same hash for an address in whatever way it is written."""
        return self.hash_of(address.key(email))

    def ids(self) -> tuple[str, ...]:
        """Return what names each key and tells nothing about it."""
        return tuple(hmac.digest(key, b"id", sha256).hex()[:16] for key in self.keys)

    def sign(self, public_id: PublicId, purpose: str) -> str:
        """Return the token of a link that only this reader has, for one purpose."""
        return self.signer(purpose)(public_id)

    def signer(self, purpose: str) -> Callable[[PublicId], str]:
        """Return what signs links for one purpose, for many readers in a row."""
        digest = _hmac(self.keys[0], _opening(purpose))
        return lambda public_id: f"{public_id}.{_written(digest(public_id.encode()))}"

    def read(self, token: str, purpose: str) -> PublicId | None:
        """Return whose token it is; None for one that is not ours, whatever is wrong."""
        parts = _TOKEN.fullmatch(token)
        if parts is None:
            return None
        good = False
        for key in self.keys:
            made = _signature(key, PublicId(parts[1]), purpose)
            good |= hmac.compare_digest(made, parts[2])
        return PublicId(parts[1]) if good else None


def read_secret(given: str | None) -> Secret:
    """Read PRESS_SECRET.

    Raises:
        SecretError: It is missing or too short.
    """
    words = [word.strip() for word in (given or "").split(",") if word.strip()]
    if not words:
        message = "PRESS_SECRET is not set: without it no reader's link can be signed"
        raise SecretError(message, hint=HOW)
    if any(len(word) < SHORTEST for word in words):
        message = f"PRESS_SECRET is shorter than {SHORTEST} characters"
        raise SecretError(message, hint=HOW)
    return Secret(keys=tuple(word.encode() for word in words))


def _hmac(key: bytes, opening: bytes) -> Callable[[bytes], bytes]:
    """Return HMAC-SHA256 of messages that open alike, for many in a row.

    Key and opening are hashed once, and each message goes on from there, as RFC 2104
    writes it; `hmac` hashes the key anew for each.
    """
    key = (sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    inner = sha256(key.translate(_INNER) + opening).copy
    outer = sha256(key.translate(_OUTER)).copy

    def digest(message: bytes) -> bytes:
        within, made = inner(), outer()
        within.update(message)
        made.update(within.digest())
        return made.digest()

    return digest


def _signature(key: bytes, public_id: PublicId, purpose: str) -> str:
    return _written(hmac.digest(key, _opening(purpose) + public_id.encode(), sha256))


def _opening(purpose: str) -> bytes:
    return f"{purpose}-v1|".encode()


def _written(digest: bytes) -> str:
    base64 = b2a_base64(digest[:_SIGNED], newline=False)[:_CHARACTERS]
    return base64.translate(_URL_SAFE).decode("ascii")
