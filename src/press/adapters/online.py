"""Asks the servers of links whether their pages are there.

First for the head of a page, then, where a server refuses that, for the page. One
request at a time goes to a host, and to eight hosts at once.
"""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from press.model.second_look import LinkAnswer

#: Seconds that a server has for each step of its answer.
PATIENCE = 10.0
HOSTS_AT_ONCE = 8
MOST_HOPS = 5

_MOVED = frozenset({301, 302, 303, 307, 308})
_FIRST_BAD = 400
_AGENT = "press (link check)"
_STANDS = "/?#[]@!$&'()*+,;=%-._~:"


class OnlineProbe:
    """Asks over the network; the one part of the checks that does."""

    def __init__(self, patience: float = PATIENCE) -> None:
        """Give servers `patience` seconds for each step."""
        self._patience = patience

    def ask(self, addresses: Sequence[str]) -> Sequence[LinkAnswer]:
        """Return what came of asking for each address, in their order."""
        hosts: dict[str, list[str]] = {}
        for address in dict.fromkeys(addresses):
            hosts.setdefault(_host(address), []).append(address)
        with ThreadPoolExecutor(max_workers=HOSTS_AT_ONCE) as workers:
            answers = {
                answer.address: answer
                for host in workers.map(self._ask_host, hosts.values())
                for answer in host
            }
        return [answers[address] for address in addresses]

    def _ask_host(self, addresses: Sequence[str]) -> list[LinkAnswer]:
        return [self._follow(address) for address in addresses]

    def _follow(self, address: str) -> LinkAnswer:
        hops: list[str] = []
        here = address
        while True:
            answer, onward = self._step(here)
            if not onward:
                return replace(answer, address=address, hops=tuple(hops))
            here = urljoin(here, onward)
            if len(hops) == MOST_HOPS or here in {address, *hops}:
                loops = here in {address, *hops}
                fault = "it is sent in a circle" if loops else "it is sent on for ever"
                return LinkAnswer(
                    address=address,
                    status=answer.status,
                    fault=fault,
                    hops=tuple(hops),
                )
            hops.append(here)

    def _step(self, address: str) -> tuple[LinkAnswer, str]:
        """Return the answer for one address, and where it is sent on to."""
        try:
            parts = urlsplit(address)
            status, onward = self._request("HEAD", parts)
            if status >= _FIRST_BAD:
                status, onward = self._request("GET", parts)
        except (OSError, http.client.HTTPException, ValueError) as fault:
            return LinkAnswer(address=address, status=None, fault=_words(fault)), ""
        return LinkAnswer(address=address, status=status), onward

    def _request(self, method: str, parts: SplitResult) -> tuple[int, str]:
        connection = self._connection(parts)
        path = quote(parts.path or "/", safe=_STANDS)
        query = f"?{quote(parts.query, safe=_STANDS)}" if parts.query else ""
        try:
            headers = {"User-Agent": _AGENT, "Accept": "*/*"}
            connection.request(method, path + query, headers=headers)
            response = connection.getresponse()
            moved = response.status in _MOVED
            return response.status, (response.getheader("Location") or "") * moved
        finally:
            connection.close()

    def _connection(self, parts: SplitResult) -> http.client.HTTPConnection:
        host = parts.hostname
        if not host or parts.scheme not in {"http", "https"}:
            message = f"it is sent to {parts.geturl()!r}, which is no web address"
            raise ValueError(message)
        if parts.scheme == "https":
            return http.client.HTTPSConnection(
                host,
                parts.port,
                timeout=self._patience,
                context=ssl.create_default_context(),
            )
        return http.client.HTTPConnection(host, parts.port, timeout=self._patience)


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _words(fault: Exception) -> str:
    if isinstance(fault, TimeoutError):
        return "its server did not answer in time"
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"its certificate is not good: {fault.verify_message}"
    if isinstance(fault, ssl.SSLError):
        return "its server does not speak TLS"
    if isinstance(fault, ConnectionError):
        return "its server refuses or breaks the connection"
    return str(fault) or type(fault).__name__
