"""Run the server until it is told to stop."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn

from press.desk.counter import ReadersDesk
from press.desk.serve import open_desk
from press.model.errors import BusyError
from press.web.app import make_app

PAGES = Path(__file__).parent / "templates"
#: Seconds that requests have to end when the server is told to stop.
PATIENCE = 20
_STOPS = (signal.SIGTERM, signal.SIGINT)


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
    server = make_server(desk, lambda: ready(f"http://{host}:{port}/"))
    told: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        # The server's own handlers are there only while it runs, and pass on what they
        # were told when it has ended.
        told.append(number)
        server.should_exit = True

    before = {number: signal.signal(number, stop) for number in _STOPS}
    try:
        server.run(sockets=[listening])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        listening.close()
        desk.close()
    if signal.SIGINT in told:
        raise KeyboardInterrupt


class Server(uvicorn.Server):
    """uvicorn's server, which says when it listens and can be told to stop."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets=sockets)
        self._ready()


def make_server(desk: ReadersDesk, ready: Callable[[], None]) -> Server:
    """Return the server of a desk: silent, and patient when it is told to stop."""
    config = uvicorn.Config(
        make_app(desk),
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=PATIENCE,
    )
    return Server(config, ready)


def _family(order: ServeOrder) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in order.host else socket.AF_INET
