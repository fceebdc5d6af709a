"""Lines to SendGrid: HTTP connections that are kept, and never lead elsewhere.

Only the way in which the sendgrid package writes requests is used. Its own way of
sending them opens a connection for each, waits for ever, uses the proxies that the
environment names and follows redirects with the key in hand. A connection here leads to
one host, and whatever answers there is the answer.

What went wrong while connecting or writing is told apart from what went wrong after:
a request of which the last octet was never handed to the network cannot have been
understood (its length stands in its head), and may be sent again.
"""

from __future__ import annotations

import http.client
import io
import logging
import select
import socket
import ssl
import threading
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import IO, Any
from urllib.parse import urlsplit

import python_http_client
from sendgrid import SendGridAPIClient

from press.model.discretion import discreet

#: Seconds that connecting, writing or an answer may take.
PATIENCE = 30.0
#: Seconds after which an unused line is thrown away: the other end may have done so.
IDLE = 10.0
#: How many unused lines are kept.
KEPT = 16
#: Octets: more than any answer needs.
_MOST = 8_000_000
#: The package writes the key and all addresses to its log at DEBUG.
_TALKATIVE = ("python_http_client", "python_http_client.client", "sendgrid")


class UnreachedError(Exception):
    """A request never left completely: nobody can have understood it."""


class UnansweredError(Exception):
    """A request was written, and what came of it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back.

    Attributes:
        status: HTTP status.
        headers: Its headers; names are found in any letter case.
        body: What it holds, as far as it came.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes

    def getcode(self) -> int:
        """Return the status, under the name that the package asks for."""
        return self.status

    def info(self) -> Mapping[str, str]:
        """Return the headers, likewise."""
        return self.headers

    def read(self) -> bytes:
        """Return the body, likewise."""
        return self.body


class Lines:
    """Connections to one host; it may be used by many threads at once."""

    def __init__(self, host: str, patience: float = PATIENCE) -> None:
        """Take an address such as https://api.sendgrid.com; connect to nothing yet."""
        address = urlsplit(host)
        self.host = host
        self._name, self._port = address.hostname or "", address.port
        self._context = (
            ssl.create_default_context() if address.scheme == "https" else None
        )
        self._patience = patience
        self._lock = threading.Lock()
        self._unused: list[tuple[http.client.HTTPConnection, float]] = []

    def ask(self, request: urllib.request.Request) -> Answer:
        """Send a request, once, and return the answer, whatever its status.

        Raises:
            UnreachedError: It never left completely.
            UnansweredError: It did, and no answer came.
        """
        connection = self._take()
        method, headers = request.get_method(), dict(request.header_items())
        try:
            connection.request(method, request.selector, request.data, headers)
        except (OSError, http.client.HTTPException) as fault:
            connection.close()
            raise UnreachedError(_named(fault)) from fault
        try:
            return self._answer(connection)
        except (OSError, http.client.HTTPException) as fault:
            connection.close()
            raise UnansweredError(_named(fault)) from fault

    def close(self) -> None:
        """Let go of the connections that nobody uses now."""
        with self._lock:
            unused, self._unused = self._unused, []
        for connection, _ in unused:
            connection.close()

    def _answer(self, connection: http.client.HTTPConnection) -> Answer:
        until = monotonic() + self._patience
        connection.response_class = _in_time(until)
        response = connection.getresponse()
        try:
            body = response.read(_MOST)
        except (OSError, http.client.HTTPException):
            # The status is the answer; the rest only says why.
            body = b""
        again = response.isclosed() and not response.will_close
        headers: Any = response.headers
        answer = Answer(status=response.status, headers=headers, body=body)
        self._put(connection, again=again)
        return answer

    def _take(self) -> http.client.HTTPConnection:
        while True:
            with self._lock:
                if not self._unused:
                    return self._new()
                connection, since = self._unused.pop()
            if monotonic() - since < IDLE and _silent(connection.sock):
                connection.sock.settimeout(self._patience)
                return connection
            connection.close()

    def _put(self, connection: http.client.HTTPConnection, *, again: bool) -> None:
        with self._lock:
            if again and connection.sock is not None and len(self._unused) < KEPT:
                self._unused.append((connection, monotonic()))
                return
        connection.close()

    def _new(self) -> http.client.HTTPConnection:
        if self._context is None:
            return http.client.HTTPConnection(
                self._name, self._port, timeout=self._patience
            )
        return http.client.HTTPSConnection(
            self._name, self._port, timeout=self._patience, context=self._context
        )


class GuardedClient(python_http_client.Client):  # type: ignore[misc]
    """The sendgrid package's client, on lines of our own."""

    def __init__(
        self, lines: Lines, headers: dict[str, str], path: list[str] | None = None
    ) -> None:
        """Ask with these headers, for this path."""
        super().__init__(lines.host, headers, version=3, url_path=path)
        self._lines = lines

    def _build_client(self, name: str | None = None) -> GuardedClient:
        path = [*self._url_path, name] if name else self._url_path
        return GuardedClient(self._lines, self.request_headers, path)

    def post_written(self, written: bytes) -> Answer:
        """Post JSON that was written already, once.

        The package's own `post` writes every body a second time, for a log that nobody
        reads: of a thousand mails that is a quarter of the work.

        Raises:
            UnreachedError: It never left completely.
            UnansweredError: It did, and no answer came.
        """
        request = urllib.request.Request(  # noqa: S310 -- the host is ours
            self._build_url(None),
            data=written,
            headers=self.request_headers,
            method="POST",
        )
        return self._lines.ask(request)

    def _make_request(
        self, _opener: object, request: urllib.request.Request, timeout: object = None
    ) -> Answer:
        """Send it on a line of ours; the package's opener and its time are not used."""
        return self._lines.ask(request)


class Api(SendGridAPIClient):  # type: ignore[misc]
    """SendGrid's API. What it is asked is JSON that was written already."""

    def __init__(self, key: str, lines: Lines) -> None:
        """Keep the package's loggers from telling, and ask on these lines."""
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        super().__init__(api_key=key, host=lines.host)
        # With this very type the package takes a body that is text as it is.
        kind = {"Content-Type": "application/json; charset=utf-8"}
        self.client = GuardedClient(lines, {**self._default_headers, **kind})


def _named(fault: BaseException) -> str:
    return discreet(f"{type(fault).__name__}: {fault}").rstrip(": ")


def _silent(sock: socket.socket | None) -> bool:
    """Whether a line is open and nothing waits on it that nobody asked for."""
    if sock is None:
        return False
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return not poll.poll(0)


def _in_time(until: float) -> Any:
    """Return what reads an answer that must be there at a time, however it drips."""

    def response(sock: socket.socket, *args: Any, **kwargs: Any) -> Any:
        return http.client.HTTPResponse(_Hurried(sock, until), *args, **kwargs)  # type: ignore[arg-type]

    return response


class _Hurried:
    """As much of a socket as an answer is read from."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self._sock, self._until = sock, until

    def makefile(self, mode: str) -> IO[bytes]:
        del mode
        return io.BufferedReader(_HurriedReader(self._sock, self._until))


class _HurriedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, until: float) -> None:
        self._sock, self._until = sock, until
        self._file = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._until - monotonic()
        if left <= 0:
            raise TimeoutError("the answer took too long")
        self._sock.settimeout(left)
        return self._file.readinto(buffer)

    def close(self) -> None:
        self._file.close()
        super().close()
