"""Events as SendGrid posts and signs them: ECDSA P-256 over timestamp and raw body."""

from __future__ import annotations

import json
import random
from base64 import b64encode
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature"
TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp"


class Signer:
    """A key pair, as SendGrid has one for each webhook."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    @property
    def public_key(self) -> str:
        """The public key as SendGrid shows it: DER in base64."""
        der = self._key.public_key().public_bytes(
            Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        )
        return b64encode(der).decode()

    def headers(self, body: bytes, at: int) -> dict[str, str]:
        """Return the headers with which a body is posted at a Unix time."""
        signed = self._key.sign(f"{at}".encode() + body, ec.ECDSA(SHA256()))
        return {SIGNATURE: b64encode(signed).decode(), TIMESTAMP: str(at)}

    def forged(self, body: bytes, at: int) -> dict[str, str]:
        """Return such headers by somebody else's key."""
        return Signer().headers(body, at)


def an_event(kind: str, row: dict[str, Any], at: int, **more: object) -> dict[str, Any]:
    """Return one event of a message, as SendGrid tells it."""
    return {
        "email": row["to_email"],
        "timestamp": at,
        "event": kind,
        "sg_event_id": uuid4().hex,
        "sg_message_id": row["sg_message_id"],
        **row["custom_args"],
        **more,
    }


def batches(
    events: Sequence[dict[str, Any]], rng: random.Random, *, chaos: bool = False
) -> Iterator[bytes]:
    """Yield events as bodies of requests, from 1 to 50 each.

    With chaos some come twice, the second time under another id, and none in order.
    """
    told = list(events)
    if chaos:
        again = rng.sample(told, len(told) // 3)
        told += [{**one, "sg_event_id": uuid4().hex} for one in again]
        rng.shuffle(told)
    while told:
        size = rng.randint(1, 50)
        body, told = told[:size], told[size:]
        yield json.dumps(body).encode()
