"""Gets documents and pictures from websites, with httpx.

Only from hosts that were named. A name is looked up here and the connection made to the
very address that was found good, so that a name cannot lead into a private network
between the look and the call. Proxies, cookies and passwords of the surroundings are not
used. The time limit is for the whole of an answer, and the size limit for what it unpacks
to.
"""

from __future__ import annotations

import json
import socket
import ssl
import time
from base64 import b64encode
from collections.abc import Callable, Sequence
from email.utils import parsedate_to_datetime
from functools import cached_property
from ipaddress import ip_address
from typing import Final, Self
from urllib.parse import SplitResult, urljoin, urlsplit

import httpx

from press.adapters.fetcher.line import Deadline, Line
from press.adapters.fetcher.reach import (
    PORTS,
    Login,
    Reach,
    authority_of,
    host_of,
    is_theirs,
    port_of,
)
from press.adapters.fetcher.unpack import (
    GZIP,
    PLAIN,
    Body,
    CutOffError,
    TooLargeError,
)
from press.model.fetch import Answer, Asked, Fault, Patience, Sort

#: The most bytes that press takes of each sort.
MOST: Final = {Sort.PAGE: 20_000_000, Sort.JSON: 20_000_000, Sort.PICTURE: 60_000_000}
MOST_HOPS: Final = 5

_AGENT: Final = "press"
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_LATER: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_UNCHANGED: Final = 304
_FIRST_BAD: Final = 400
_ACCEPT: Final = {
    Sort.PAGE: "text/html, application/xml;q=0.9, */*;q=0.8",
    Sort.JSON: "application/json",
    Sort.PICTURE: "image/*, */*;q=0.5",
}


class _Refused(Exception):  # noqa: N818 - it never leaves this file
    """An answer that ends before there is one."""

    def __init__(self, *, fault: Fault, why: str, again: bool = False) -> None:
        super().__init__(why)
        self.fault = fault
        self.why = why
        self.again = again


class WebFetcher:
    """The `Fetcher` of ports.py.

    Args:
        named: Addresses of the site, and of the hosts that may be asked besides.
        login: A name and password for one of them; sent to no other.
        patience: How long servers are waited for.
        wait: Lets seconds go by.
    """

    def __init__(
        self,
        named: Sequence[str],
        *,
        login: Login | None = None,
        patience: Patience | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._reach = Reach.of(named)
        self._login = login
        self._patience = patience or Patience()
        self._wait = wait
        self._deadline = Deadline()
        self._clients: dict[str, httpx.Client] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    def get(self, asked: Asked) -> Answer:
        """Return what came of asking, after the tries that help."""
        for attempt in range(self._patience.tries):
            last = attempt + 1 == self._patience.tries
            try:
                answer = self._follow(asked, attempt)
            except _Refused as refused:
                answer = Answer(
                    address=asked.address, fault=refused.fault, why=refused.why
                )
                if last or not refused.again:
                    return answer
                self._wait(self._patience.pause * 2**attempt)
                continue
            pause = self._pause(answer, attempt)
            if last or pause is None or pause > self._patience.longest:
                return answer
            self._wait(pause)
        return answer

    def _pause(self, answer: Answer, attempt: int) -> float | None:
        """Return how long to wait before the next try; None where none would help."""
        if answer.status not in _LATER:
            return None
        asked_for = _seconds(answer.header("retry-after"), answer.header("date"))
        return max(asked_for, self._patience.pause * float(2**attempt))

    def _follow(self, asked: Asked, attempt: int) -> Answer:
        here, hops = asked.address, 0
        self._deadline.begin(self._patience.whole)
        while True:
            address = self._admitted(here, Fault.ELSEWHERE if hops else Fault.HOST)
            answer = self._step(asked, address, attempt)
            onward = answer.header("location")
            if answer.status not in _MOVED or not onward:
                return answer
            hops += 1
            if hops > MOST_HOPS:
                raise _Refused(fault=Fault.CIRCLE, why="it is sent on for ever")
            here = urljoin(address, onward)

    def _admitted(self, address: str, fault: Fault) -> str:
        try:
            parts = urlsplit(address)
            known = parts.scheme in PORTS and bool(parts.hostname)
        except ValueError:
            known = False
        if not known or "@" in parts.netloc:
            raise _Refused(fault=Fault.SCHEME, why="that is no address of the web")
        admitted = self._reach.admits(address)
        if admitted is None:
            shown = f"{parts.scheme}://{parts.netloc}"
            sent = "it is sent on to" if fault is Fault.ELSEWHERE else "its host is"
            raise _Refused(fault=fault, why=f"{sent} {shown}, which was not named")
        return admitted

    def _step(self, asked: Asked, address: str, attempt: int) -> Answer:
        parts = urlsplit(address)
        host = host_of(parts)
        number = self._number(host, port_of(parts) or PORTS[parts.scheme], attempt)
        client = self._client(host)
        try:
            url = httpx.URL(address).copy_with(host=number)
            request = client.build_request(
                "GET",
                url,
                headers=self._headers(asked, parts),
                extensions={"sni_hostname": host},
            )
            response = client.send(request, stream=True)
            try:
                return self._read(asked, response)
            finally:
                response.close()
        except httpx.TimeoutException as error:
            raise self._late() from error
        except (httpx.RemoteProtocolError, httpx.DecodingError, CutOffError) as error:
            raise _Refused(
                fault=Fault.BROKEN, why="its answer ended too soon", again=True
            ) from error
        except (httpx.HTTPError, httpx.StreamError, OSError) as error:
            raise _Refused(
                fault=Fault.SILENT,
                why="its server cannot be reached, or breaks off",
                again=True,
            ) from error
        except (httpx.InvalidURL, ValueError) as error:
            raise _Refused(
                fault=Fault.SCHEME, why="that is no address of the web"
            ) from error

    def _late(self) -> _Refused:
        """Return what is said of a server that is too slow; a drip is not asked again."""
        if self._deadline.over:
            return _Refused(fault=Fault.SILENT, why="its answer takes too long")
        why = "its server did not answer in time"
        return _Refused(fault=Fault.SILENT, why=why, again=True)

    def _number(self, host: str, port: int, attempt: int) -> str:
        """Return the address to connect to; at each try the next of those there are."""
        try:
            told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise _Refused(
                fault=Fault.SILENT, why=f"there is no host {host}", again=True
            ) from error
        found = list(dict.fromkeys(str(one[4][0]).partition("%")[0] for one in told))
        good = [one for one in found if self._reach.opens(host, ip_address(one))]
        if not good:
            raise _Refused(
                fault=Fault.PRIVATE, why=f"{host} leads into a private network"
            )
        good.sort(key=lambda one: ":" in one)
        return good[attempt % len(good)]

    @cached_property
    def _certificates(self) -> ssl.SSLContext:
        """Whom to trust; read once, which takes a quarter of a second."""
        return httpx.create_ssl_context(trust_env=False)

    def _client(self, host: str) -> httpx.Client:
        """Return the connections to a host: shared with no other of the same number."""
        if host not in self._clients:
            limit = self._patience.step
            self._clients[host] = httpx.Client(
                transport=Line(self._deadline, self._certificates),
                trust_env=False,
                follow_redirects=False,
                timeout=httpx.Timeout(limit, connect=self._patience.connect),
            )
        client = self._clients[host]
        client.cookies.clear()
        return client

    def _headers(self, asked: Asked, parts: SplitResult) -> dict[str, str]:
        picture = asked.sort is Sort.PICTURE
        made = {
            "Host": authority_of(parts),
            "User-Agent": _AGENT,
            "Accept": _ACCEPT[asked.sort],
            "Accept-Encoding": "identity" if picture else "gzip",
        }
        if asked.etag:
            made["If-None-Match"] = asked.etag
        if asked.modified:
            made["If-Modified-Since"] = asked.modified
        if self._login and is_theirs(self._login, parts):
            pair = f"{self._login.user}:{self._login.password}".encode()
            made["Authorization"] = f"Basic {b64encode(pair).decode('ascii')}"
        return made

    def _read(self, asked: Asked, response: httpx.Response) -> Answer:
        return _judged(
            asked,
            Answer(
                address=asked.address,
                status=response.status_code,
                body=self._body(asked, response),
                headers=tuple(
                    (name.lower(), value) for name, value in response.headers.items()
                ),
            ),
        )

    def _body(self, asked: Asked, response: httpx.Response) -> bytes:
        """Return what an answer holds, unpacked."""
        status, most = response.status_code, MOST[asked.sort]
        if status in _MOVED:
            return b""
        coding = response.headers.get("content-encoding", "").strip().lower()
        if coding not in PLAIN | GZIP:
            if status >= _FIRST_BAD:
                return b""
            why = f"it is packed in a way that nobody asked for ({coding[:40]})"
            raise _Refused(fault=Fault.PACKED, why=why)
        body = Body(packed=coding in GZIP, most=most)
        length = response.headers.get("content-length", "")
        if length.isdecimal() and int(length) > most:
            raise _too_large(most)
        try:
            for piece in response.iter_raw():
                body.add(piece)
        except TooLargeError as error:
            raise _too_large(most) from error
        return body.end()


def _judged(asked: Asked, answer: Answer) -> Answer:
    """Return an answer with its fault, where it has one."""
    status = answer.status or 0
    if status >= _FIRST_BAD:
        busy = status in _LATER
        return Answer(
            address=answer.address,
            status=status,
            body=answer.body,
            headers=answer.headers,
            fault=Fault.BUSY if busy else Fault.STATUS,
            why=f"its server answers {status}",
        )
    whole = status in _MOVED or status == _UNCHANGED or asked.sort is not Sort.JSON
    if not whole and not _is_json(answer.body):
        html = "html" in answer.header("content-type")
        raise _Refused(
            fault=Fault.BROKEN,
            why="a page came where data was asked for"
            if html
            else "its data is cut off",
            again=not html,
        )
    return answer


def _too_large(most: int) -> _Refused:
    return _Refused(
        fault=Fault.LARGE, why=f"it is larger than {most // 1_000_000} megabytes"
    )


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def _seconds(given: str, now: str) -> float:
    """Return how long a server asks to be left alone: seconds, or until a time."""
    given = given.strip()
    if given.isdecimal():
        return float(given)
    try:
        later = parsedate_to_datetime(given) - parsedate_to_datetime(now)
    except (ValueError, TypeError):
        return 0.0
    return max(later.total_seconds(), 0.0)
