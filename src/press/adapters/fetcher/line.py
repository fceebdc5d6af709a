"""Connections that end when the time of an answer is up, however slowly it drips.

A time limit of the engine's own is for each piece that comes: a server that sends a
letter a second is never late. Here every look at a connection waits only for what is
left of the whole. Nothing is unpacked here, and nothing kept of cookies or passwords.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final, cast

import httpcore
import httpx

#: Seconds for which a connection is kept that nobody uses.
_KEPT: Final = 5.0


class Deadline:
    """Until when an answer may take."""

    def __init__(self) -> None:
        self._until = 0.0

    def begin(self, seconds: float) -> None:
        """Begin to count."""
        self._until = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left; none or fewer once it is over."""
        return self._until - time.monotonic()

    @property
    def over(self) -> bool:
        """Whether time is up."""
        return self.left <= 0


class Line(httpx.BaseTransport):
    """Connections to one host, for httpx.

    Args:
        deadline: Until when what is being asked for may take.
        certificates: Whom to trust.
    """

    def __init__(self, deadline: Deadline, certificates: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=certificates,
            keepalive_expiry=_KEPT,
            network_backend=_Backend(deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask, and return the answer as soon as its headers are there."""
        url = request.url
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=url.raw_scheme,
                host=url.raw_host,
                port=url.port,
                target=url.raw_path,
            ),
            headers=request.headers.raw,
            content=cast("Iterable[bytes]", request.stream),
            extensions=request.extensions,
        )
        with _in_words_of_httpx():
            answer = self._pool.handle_request(asked)
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """What comes after the headers, piece by piece, as it comes."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _in_words_of_httpx():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Backend(httpcore.NetworkBackend):
    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._below = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        wait = _wait(self._deadline, timeout, httpcore.ConnectTimeout)
        below = self._below.connect_tcp(host, port, wait, local_address, socket_options)
        return _Stream(below, self._deadline)


class _Stream(httpcore.NetworkStream):
    def __init__(self, below: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._below = below
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        wait = _wait(self._deadline, timeout, httpcore.ReadTimeout)
        return self._below.read(max_bytes, wait)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        wait = _wait(self._deadline, timeout, httpcore.WriteTimeout)
        self._below.write(buffer, wait)

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        wait = _wait(self._deadline, timeout, httpcore.ConnectTimeout)
        below = self._below.start_tls(ssl_context, server_hostname, wait)
        return _Stream(below, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._below.get_extra_info(info)

    def close(self) -> None:
        self._below.close()


def _wait(
    deadline: Deadline, timeout: float | None, late: type[httpcore.TimeoutException]
) -> float:
    """Return how long to wait for the next piece.

    Raises:
        TimeoutException: Time is up.
    """
    if deadline.over:
        raise late
    return min(deadline.left, timeout or deadline.left)


@contextmanager
def _in_words_of_httpx() -> Iterator[None]:
    """Tell what the engine below calls a fault in the words of the one above."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.TimeoutException(str(error)) from error
    except httpcore.ProtocolError as error:
        raise httpx.RemoteProtocolError(str(error)) from error
    except (
        httpcore.NetworkError,
        httpcore.ProxyError,
        httpcore.ConnectionNotAvailable,
        httpcore.UnsupportedProtocol,
    ) as error:
        raise httpx.NetworkError(str(error)) from error
