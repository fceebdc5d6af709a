"""The application: routes, and what stands before them."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from press.desk.counter import ReadersDesk
from press.model.errors import PressError
from press.web.guard import Guard, TooLargeError
from press.web.handlers import Handlers
from press.web.openapi import describe
from press.web.page import Pages
from press.web.routes import Endpoint, Media, endpoints

log = logging.getLogger(__name__)

LOCAL = "127.0.0.1"
DESCRIPTION = "/openapi.json"


def make_app(desk: ReadersDesk) -> Starlette:
    """Return the application that serves readers and providers.

    It answers under the host of the readers' address, and under 127.0.0.1.
    """
    address = urlsplit(desk.house.mail_pages)
    pages = Pages(desk)
    handlers = Handlers(desk, pages, address.path.rstrip("/"))
    table = endpoints(handlers, address.path.rstrip("/"))
    described = describe(table, desk.house.title)

    async def description(request: Request) -> Response:
        del request
        return Response(described, media_type=Media.DATA)

    app = Starlette(
        routes=[*map(_route, table), Route(DESCRIPTION, description)],
        middleware=[
            Middleware(
                Guard,
                policy=pages.policy,
                most={endpoint.path: endpoint.most for endpoint in table},
            ),
            Middleware(
                TrustedHostMiddleware,
                allowed_hosts=[address.hostname or LOCAL, LOCAL],
                www_redirect=False,
            ),
        ],
        exception_handlers=_answers_to_faults(handlers),
    )
    app.router.redirect_slashes = False
    return app


def _route(endpoint: Endpoint) -> Route:
    """Return one route for all methods of a path.

    With a route for each, the answer to a third method would name the first's alone.
    """

    async def answer(request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        return await endpoint.operations[method].handler(request)

    return Route(endpoint.path, answer, methods=list(endpoint.operations))


def _answers_to_faults(
    handlers: Handlers,
) -> dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]]:
    async def refused(request: Request, error: Exception) -> Response:
        del request
        status = error.status_code if isinstance(error, HTTPException) else 400
        headers = (error.headers if isinstance(error, HTTPException) else None) or {}
        match status:
            case 404:
                return handlers.missing()
            case 405:
                return handlers.method(headers.get("Allow", ""))
            case _:
                return handlers.unread()

    async def large(request: Request, error: Exception) -> Response:
        del request, error
        return handlers.large()

    async def busy(request: Request, error: Exception) -> Response:
        del request
        log.warning(
            "a request could not be answered",
            extra={"action": "request_failed", "fault": type(error).__name__},
        )
        return handlers.busy()

    return {HTTPException: refused, TooLargeError: large, PressError: busy}
