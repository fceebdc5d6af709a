"""Which addresses a reader may be sent to."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import unquote, urlsplit

_SCHEME: Final = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*+):")
_SPACE: Final = re.compile(r"\s")
_UNSEEN: Final = re.compile(r"[\x00-\x20\x7f]+")
_NOT_IN_ANCHORS: Final = re.compile(r"[\W_]+")
_NUMBER: Final = re.compile(r"(?:0x[0-9a-f]+|[\d.]+)", re.IGNORECASE)

_WEB: Final = frozenset({"http", "https"})
_OTHER: Final = frozenset({"mailto", "tel"})


class AddressKind(StrEnum):
    """What an address is to a reader."""

    OPEN = "open"  #: On the web, or a mail or telephone link.
    ANCHOR = "anchor"  #: A place in the same article.
    SITE = "site"  #: A place on the paper's own web site, without its name.
    SCHEME = "scheme"  #: Something else than web, mail or telephone.
    INSIDE = "inside"  #: A computer that only its owner can reach.
    BROKEN = "broken"  #: No address at all.


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address, judged.

    Attributes:
        kind: What it is to a reader.
        text: The address; for an anchor its name alone.
    """

    kind: AddressKind
    text: str


def _is_inside(host: str) -> bool:
    host = host.rstrip(".").lower()
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    if not (host[-1:].isdigit() or ":" in host or host.startswith("0x")):
        return False  # a name, not a number
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return _NUMBER.fullmatch(host) is not None  # other ways to write numbers


def _web(text: str) -> Address:
    try:
        host = urlsplit(text).hostname
    except ValueError:
        host = None
    if not host:
        return Address(kind=AddressKind.BROKEN, text=text)
    kind = AddressKind.INSIDE if _is_inside(host) else AddressKind.OPEN
    return Address(kind=kind, text=text)


def judge(written: str) -> Address:
    """Say what an address is to a reader."""
    text = _UNSEEN.sub("", written)
    if text.startswith("#"):
        return Address(kind=AddressKind.ANCHOR, text=text[1:])
    if text.startswith(("//", "\\\\")):
        return _web("https:" + text.replace("\\", "/"))
    scheme = _SCHEME.match(text)
    if scheme is None:
        return Address(kind=AddressKind.SITE, text=text)
    name = scheme[1].lower()
    if name in _WEB:
        broken = _SPACE.search(written.strip()) is not None
        return Address(kind=AddressKind.BROKEN, text=text) if broken else _web(text)
    kind = AddressKind.OPEN if name in _OTHER else AddressKind.SCHEME
    return Address(kind=kind, text=text)


def anchor_key(name: str) -> str:
    """Return what anchors are compared by: every web site makes them another way."""
    return _NOT_IN_ANCHORS.sub("", unquote(name)).casefold()
