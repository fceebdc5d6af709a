"""Asks the DNS for what domains say of themselves, and of their mail."""

from __future__ import annotations

from collections.abc import Sequence

import dns.exception
import dns.name
import dns.resolver

from press.model.errors import ProviderError

#: Seconds that all servers of names have together for one answer.
PATIENCE = 8.0


class DnsRecords:
    """The `DomainRecords` of ports.py, asked of the machine's own servers of names."""

    def __init__(
        self, servers: Sequence[str] = (), port: int = 53, patience: float = PATIENCE
    ) -> None:
        """Take other servers than the machine's, by their addresses, where given."""
        self._servers, self._port, self._patience = tuple(servers), port, patience

    def texts(self, name: str) -> tuple[str, ...]:
        """Return what a name says of itself in words (TXT); nothing for nothing."""
        return tuple(
            b"".join(record.strings).decode(errors="replace")
            for record in self._asked(name, "TXT")
        )

    def takes_mail(self, domain: str) -> bool:
        """Whether mail can be sent to a domain: it names a server, or is one itself."""
        exchanges = [record.exchange for record in self._asked(domain, "MX")]
        if exchanges:  # A single dot says that none is taken (RFC 7505).
            return exchanges != [dns.name.root]
        return any(list(self._asked(domain, kind)) for kind in ("A", "AAAA"))

    def _asked(self, name: str, kind: str) -> dns.resolver.Answer | tuple[()]:
        try:
            resolver = dns.resolver.Resolver(configure=not self._servers)
            if self._servers:
                resolver.nameservers, resolver.port = [*self._servers], self._port
            resolver.lifetime = self._patience
            return resolver.resolve(f"{name.rstrip('.')}.", kind)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return ()
        except dns.exception.DNSException as fault:
            raise ProviderError(
                f"the DNS does not say what {name} is: {type(fault).__name__}",
                hint="is this machine on the network?",
            ) from fault
