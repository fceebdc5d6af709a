"""The signature under a provider's events: ECDSA on P-256, over time and raw body.

The library of the provider accepts a signature a year old, and raises something else for
each way in which one can be wrong. Here a signature is good or it is not.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from press.model.errors import SecretError
from press.ports import Clock

#: Seconds. The provider tries for a day.
OLDEST = 26 * 3600
EARLIEST = 5 * 60
_TIME = re.compile(r"[0-9]{10}")
#: Characters: a signature of this curve has 96.
_LONGEST = 200


class SignedEvents:
    """Tells whether events are the provider's.

    Time and body are signed together without a sign between them. A digit that moves
    across makes a time of nine or eleven digits, which is refused.
    """

    def __init__(self, key: str, clock: Clock) -> None:
        """Take the public key as the provider shows it: DER in base64.

        Raises:
            SecretError: It is not such a key.
        """
        self._key = _read(key)
        self._clock = clock

    def good(self, body: bytes, signature: str | None, timestamp: str | None) -> bool:
        """Whether the provider signed exactly this, and not long ago."""
        if signature is None or timestamp is None or not self._fresh(timestamp):
            return False
        try:
            signed = b64decode(signature[:_LONGEST].encode("ascii"), validate=True)
            self._key.verify(
                signed, timestamp.encode("ascii") + body, ec.ECDSA(SHA256())
            )
        except (binascii.Error, UnicodeEncodeError, InvalidSignature):
            return False
        return True

    def _fresh(self, timestamp: str) -> bool:
        if not _TIME.fullmatch(timestamp):
            return False
        age = self._clock.now().timestamp() - int(timestamp)
        return -EARLIEST <= age <= OLDEST


def _read(key: str) -> ec.EllipticCurvePublicKey:
    try:
        found = load_der_public_key(b64decode(key.encode("ascii"), validate=True))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _no_key() from error
    if not isinstance(found, ec.EllipticCurvePublicKey):
        raise _no_key()
    if not isinstance(found.curve, ec.SECP256R1):
        raise _no_key()
    return found


def _no_key() -> SecretError:
    return SecretError(
        "the key for the provider's events is not a public key of the curve P-256",
        hint="copy it whole from the provider's page on the event webhook",
    )
