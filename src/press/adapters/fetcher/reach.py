"""Which hosts may be asked while copy is taken in, and at which addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final, Self
from urllib.parse import SplitResult

from press.model.address import split_address

PORTS: Final = {"http": 80, "https": 443}
#: Addresses of IPv6 in which one of IPv4 hides.
_TUNNELS: Final = (ip_network("64:ff9b::/96"), ip_network("2002::/16"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A name and a password for one site; neither is ever shown.

    Attributes:
        site: The address of the site.
        user: The name.
        password: The password, as WordPress gives it to an application.
    """

    site: str
    user: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Which hosts may be asked, each with its port.

    Attributes:
        secure: Over TLS.
        plain: Without.
        literal: Machines of a private network that may be asked: those named by their
            numbers, and "localhost".
    """

    secure: frozenset[tuple[str, int]]
    plain: frozenset[tuple[str, int]]
    literal: frozenset[str]

    @classmethod
    def of(cls, named: Sequence[str]) -> Self:
        """Return the hosts of addresses as somebody typed them, with and without `www.`."""
        secure, plain, literal = set(), set(), set()
        for typed in named:
            parts = split_address(typed if "//" in typed else f"//{typed}")
            host, port = host_of(parts), port_of(parts)
            if not host or port is None:
                continue
            local = host == "localhost" or _is_number(host)
            if local:
                literal.add(_in_full(host))
            hosts = {host} if local else {host, _twin(host)}
            if parts.scheme == "http" or (not parts.scheme and is_loopback(host)):
                plain |= {(one, port or PORTS["http"]) for one in hosts}
            if parts.scheme != "http" or not port:
                secure |= {(one, port or PORTS["https"]) for one in hosts}
        return cls(
            secure=frozenset(secure), plain=frozenset(plain), literal=frozenset(literal)
        )

    def admits(self, address: str) -> str | None:
        """Return how an address is asked for; None where its host was not named.

        One without TLS is asked for with it where the host was named with it.
        """
        parts = split_address(address)
        host, port = host_of(parts), port_of(parts)
        if port is None:
            return None
        if parts.scheme == "https":
            return address if (host, port or PORTS["https"]) in self.secure else None
        if (host, port or PORTS["http"]) in self.plain:
            return address
        safe = (host, PORTS["https"]) in self.secure and port in {0, PORTS["http"]}
        return parts._replace(scheme="https", netloc=host).geturl() if safe else None

    def opens(self, host: str, found: IPv4Address | IPv6Address) -> bool:
        """Whether a host may be asked at an address that its name leads to.

        One of a private network only where that very machine was named: a name that leads
        there is refused, even to a machine that was named besides.
        """
        inner = found.ipv4_mapped if isinstance(found, IPv6Address) else None
        number = inner or found
        if _in_full(host) in self.literal:
            itself = _in_full(host) in {str(found), str(number)}
            return itself or (host == "localhost" and number.is_loopback)
        hidden = any(number in net for net in _TUNNELS if net.version == number.version)
        return number.is_global and not number.is_multicast and not hidden


def host_of(parts: SplitResult) -> str:
    """Return the host of an address, in small letters of ASCII."""
    host = (parts.hostname or "").rstrip(".")
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def authority_of(parts: SplitResult) -> str:
    """Return host and port of an address, as the Host header says them (RFC 9110, 7.2)."""
    host, port = host_of(parts), port_of(parts)
    named = f"[{host}]" if ":" in host else host
    return f"{named}:{port}" if port else named


def is_loopback(host: str) -> bool:
    """Whether a host is this very machine."""
    return host == "localhost" or (_is_number(host) and ip_address(host).is_loopback)


def port_of(parts: SplitResult) -> int | None:
    """Return the port of an address, 0 where it names none; None where it is none."""
    try:
        return parts.port or 0
    except ValueError:
        return None


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _in_full(host: str) -> str:
    """Return the number of a machine in the one form that it is compared in."""
    return str(ip_address(host)) if _is_number(host) else host


def is_same_site(one: str, other: str) -> bool:
    """Whether two addresses, as somebody typed them, are of one site.

    With or without `www.`, with TLS or without; of one machine's ports each is its own.
    """
    return _site_of(one) == _site_of(other)


def _site_of(typed: str) -> tuple[str, int | None]:
    parts = split_address(typed if "//" in typed else f"//{typed}")
    port = port_of(parts)
    usual = port in {0, PORTS.get(parts.scheme or "https")}
    return host_of(parts).removeprefix("www."), 0 if usual else port


def is_private_way(site: str) -> bool:
    """Whether nobody can listen on the way to a site: TLS, or this very machine."""
    parts = split_address(site)
    return parts.scheme == "https" or is_loopback(host_of(parts))


def _twin(host: str) -> str:
    return host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"


def is_theirs(login: Login, parts: SplitResult) -> bool:
    """Whether a password may go to an address: the site's own, and nobody listens."""
    site = split_address(login.site)
    same = host_of(site) == host_of(parts) and _real_port(site) == _real_port(parts)
    return same and (parts.scheme == "https" or is_loopback(host_of(parts)))


def _real_port(parts: SplitResult) -> int | None:
    return port_of(parts) or PORTS.get(parts.scheme)
