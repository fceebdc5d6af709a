"""The signature under events: good, or not good, and never anything else."""

from __future__ import annotations

import datetime as dt
from base64 import b64encode
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from press.adapters.webhook import SignedEvents
from press.model.errors import SecretError

NOW = 1_725_000_000
BODY = b'[{"event": "delivered", "email": "\xc3\xa4da@quoin.example"}]'
KEY = ec.generate_private_key(ec.SECP256R1())


@dataclass
class AClock:
    """A clock that stands."""

    seconds: int = NOW

    def now(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self.seconds, dt.UTC)


def public(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey = KEY) -> str:
    der = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return b64encode(der).decode()


def sign(
    timestamp: str = str(NOW),
    body: bytes = BODY,
    key: ec.EllipticCurvePrivateKey = KEY,
) -> str:
    signed = key.sign(timestamp.encode() + body, ec.ECDSA(SHA256()))
    return b64encode(signed).decode()


def good(
    body: bytes = BODY,
    signature: str | None = None,
    timestamp: str | None = str(NOW),
) -> bool:
    return SignedEvents(public(), AClock()).good(body, signature, timestamp)


def test_what_the_provider_signed_is_good() -> None:
    assert good(signature=sign())


def test_a_retry_of_a_day_later_is_good_and_two_days_later_is_not() -> None:
    day, two = str(NOW - 25 * 3600), str(NOW - 50 * 3600)

    assert good(signature=sign(day), timestamp=day)
    assert not good(signature=sign(two), timestamp=two)


def test_a_year_old_signature_is_not_good() -> None:
    year = str(NOW - 365 * 86400)

    assert not good(signature=sign(year), timestamp=year)


def test_a_little_ahead_is_good_and_an_hour_ahead_is_not() -> None:
    little, hour = str(NOW + 60), str(NOW + 3600)

    assert good(signature=sign(little), timestamp=little)
    assert not good(signature=sign(hour), timestamp=hour)


def test_a_digit_that_moves_between_time_and_body_is_not_good() -> None:
    body = b"1" + BODY
    signature = sign(str(NOW), body)

    assert good(body, signature)
    assert not good(BODY, signature, f"{NOW}1")
    assert not good(str(NOW)[-1].encode() + body, signature, str(NOW)[:-1])


def test_another_body_is_not_good() -> None:
    assert not good(BODY + b" ", sign())


def test_another_time_is_not_good() -> None:
    assert not good(signature=sign(), timestamp=str(NOW - 1))


def test_another_key_is_not_good() -> None:
    other = ec.generate_private_key(ec.SECP256R1())

    assert not good(signature=sign(key=other))


def test_a_missing_header_is_not_good() -> None:
    assert not good(signature=None)
    assert not good(signature=sign(), timestamp=None)


@pytest.mark.parametrize("signature", ["", "A", "!!!!", "MEUCIQ==", "ä", "A" * 10**6])
def test_a_signature_that_cannot_be_read_is_not_good(signature: str) -> None:
    assert not good(signature=signature)


@pytest.mark.parametrize(
    "timestamp",
    ["", "x", "172500000", "17250000000", "1725000000 ", "1725000000\n", "+725000000",
     "1725000000.0", "１７２５００００００", "-172500000"],
)  # fmt: skip
def test_a_time_that_is_no_ten_digits_is_not_good(timestamp: str) -> None:
    assert not good(signature=sign(timestamp), timestamp=timestamp)


def test_another_hash_is_not_good() -> None:
    signed = KEY.sign(str(NOW).encode() + BODY, ec.ECDSA(SHA512()))

    assert not good(signature=b64encode(signed).decode())


@pytest.mark.parametrize(
    "key",
    [
        "",
        "x",
        "ä",
        "AAAA",
        public()[:-8],
        public(ed25519.Ed25519PrivateKey.generate()),
        public(ec.generate_private_key(ec.SECP384R1())),
    ],
    # Keys are made anew in every process; names of tests must not be.
    ids=["empty", "letter", "umlaut", "short", "cut-off", "ed25519", "p384"],
)
def test_a_key_of_another_kind_is_told_at_once(key: str) -> None:
    with pytest.raises(SecretError, match="P-256") as told:
        SignedEvents(key, AClock())

    assert told.value.hint
