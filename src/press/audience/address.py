"""Addresses: whether one is an address at all, and which are the same reader's."""

from __future__ import annotations

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email

LONGEST = 254
LONGEST_LOCAL = 64
#: Names longer than this show their last letter, too, when they are masked.
LONG = 3
#: The ordinary address, for which the thorough reading would say nothing else.
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ORDINARY = re.compile(rf"({_LOCAL})@((?:{_LABEL}\.)+[A-Za-z]{{2,63}})")
#: Names that never are anybody's (RFC 2606, RFC 6761); `example` is let through,
#: for the sample newspaper lives there.
_NOBODY = frozenset({"invalid", "localhost", "local", "test", "onion"})


class AddressError(ValueError):
    """It is not an address; the text says why."""


def check(address: str) -> str:
    """Return an address without the space around it.

    Raises:
        AddressError: It is not an address to which mail can go.
    """
    address = address.strip()
    ordinary = _ORDINARY.fullmatch(address)
    if (
        ordinary is None
        or len(address) > LONGEST
        or len(ordinary[1]) > LONGEST_LOCAL
        or "--" in ordinary[2]
        or ordinary[2].rpartition(".")[2].lower() in _NOBODY
    ):
        return _thorough(address)
    return address


def _thorough(address: str) -> str:
    try:
        found = validate_email(
            address, check_deliverability=False, test_environment=True
        )
    except EmailNotValidError as error:
        raise AddressError(str(error).rstrip(".")) from error
    local, _, domain = found.normalized.rpartition("@")
    if len(local.encode()) > LONGEST_LOCAL or len(f"{local}@{domain}") > LONGEST:
        message = "it is longer than an address can be"
        raise AddressError(message)
    if found.ascii_domain.rpartition(".")[2] in _NOBODY - {"test"}:
        message = f"nobody has an address that ends in {found.ascii_domain}"
        raise AddressError(message)
    return found.normalized


def key(address: str) -> str:
    """Return what makes two addresses the same reader's.

    The part before the @ in one form of Unicode (NFKC) and small letters, the domain as
    the network writes it (IDNA). The standard lets letter case before the @ matter
    (RFC 5321, 2.4); no mailbox provider does.
    """
    if address.isascii():
        return address.lower()
    local, _, domain = on_the_wire(address).rpartition("@")
    return f"{unicodedata.normalize('NFKC', local).lower()}@{domain.lower()}"


def on_the_wire(address: str) -> str:
    """Return an address with its domain as the network writes it (IDNA, RFC 5891).

    Every server takes it so; one with letters beyond ASCII only few do.
    """
    if address.isascii():
        return address
    local, _, domain = address.rpartition("@")
    if not domain.isascii():
        try:
            domain = validate_email(
                f"a@{domain}", check_deliverability=False, test_environment=True
            ).ascii_domain
        except EmailNotValidError:
            domain = unicodedata.normalize("NFKC", domain)
    return f"{local}@{domain}"


def masked(address: str) -> str:
    """Return an address as it may be shown: j…n@quoin.example."""
    local, _, domain = address.rpartition("@")
    last = local[-1] if len(local) > LONG else ""
    return f"{local[:1]}…{last}@{domain}"
