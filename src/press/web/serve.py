"""Run the server until it is told to stop."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from press.desk.counter import ReadersDesk
from press.desk.serve import open_desk
from press.model.errors import BusyError
from press.web.app import make_app

PAGES = Path(__file__).parent / "templates"
#: Seconds that requests have to end when the server is told to stop.
PATIENCE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOrder:
    """An order to serve readers and providers.

    Attributes:
        paper: The newspaper's folder.
        host: Address of this machine at which it listens.
        port: Which port; 0 for any that is free.
    """

    paper: Path
    host: str = "127.0.0.1"
    port: int = 8025


def serve(order: ServeOrder, ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; requests that are under way are answered first.

    Paths hold readers' tokens: no request is ever logged.

    Args:
        order: What to serve, and where.
        ready: Is told the address when it listens.

    Raises:
        BusyError: It cannot listen there.
        PressError: See `open_desk`.
    """
    desk = open_desk(order.paper, PAGES)
    try:
        listening = socket.create_server(
            (order.host, order.port), family=_family(order)
        )
    except OSError as error:
        desk.close()
        raise BusyError(
            f"press cannot listen at {order.host}, port {order.port}: {error.strerror}",
            hint="is another server there? give another --port",
        ) from error
    host, port = listening.getsockname()[:2]
    server = make_server(desk)
    # The server passes a signal on when it has ended; ending was all it asked for.
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        ready(f"http://{host}:{port}/")
        server.run(sockets=[listening])
    finally:
        signal.signal(signal.SIGTERM, before)
        listening.close()


def make_server(desk: ReadersDesk) -> uvicorn.Server:
    """Return the server of a desk: silent, and patient when it is told to stop."""
    return uvicorn.Server(
        uvicorn.Config(
            make_app(desk),
            log_config=None,
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="on",
            timeout_graceful_shutdown=PATIENCE,
        )
    )


def _family(order: ServeOrder) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in order.host else socket.AF_INET
