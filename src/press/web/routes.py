"""Every path there is, once: the server and its description are made of this table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from starlette.requests import Request
from starlette.responses import Response

from press.desk.counter import LARGEST_BATCH, LONGEST_NAME, Purpose
from press.web.guard import MOST
from press.web.handlers import SIGNATURE, TIMESTAMP, Handlers

Handler = Callable[[Request], Awaitable[Response]]


class Media(StrEnum):
    """What an answer is written as."""

    PAGE = "text/html"
    WORDS = "text/plain"
    DATA = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A field of a form.

    Attributes:
        name: What it is called.
        about: What it is for.
        longest: Characters at most; None for any number.
        many: Whether it may be there several times.
    """

    name: str
    about: str
    longest: int | None = None
    many: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What can be done at a path.

    Attributes:
        handler: Does it.
        name: What it is called in the description.
        summary: What it does, in a sentence.
        answers: Which statuses there are, and what each says.
        media: What the answer is written as.
        entries: Fields of the form that it takes.
    """

    handler: Handler
    name: str
    summary: str
    answers: Mapping[int, str]
    media: Media = Media.PAGE
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A path, and what can be done there.

    Attributes:
        path: With {token} where a reader's signed name stands.
        operations: By method.
        headers: Headers that it reads, with what they hold.
        most: Octets that are read at most.
    """

    path: str
    operations: Mapping[str, Operation]
    headers: Mapping[str, str] = field(default_factory=dict)
    most: int = MOST


_SHOWN = "the page"
_DONE = "done; the page says so"
_MISSING = "the same page for every link that is not ours"
_BUSY = "nothing was written down; try again"
_LOOK = {200: _SHOWN, 404: _MISSING, 503: _BUSY}
_ACT = {
    200: _DONE,
    400: "it cannot be read",
    404: _MISSING,
    413: "too much",
    503: _BUSY,
}
_ONE_CLICK = Entry(name="List-Unsubscribe", about="One-Click, as RFC 8058 has it")
_NAME = Entry(name="name", about="how mails greet the reader", longest=LONGEST_NAME)
_LISTS = Entry(name="list", about="names of lists", many=True)


def endpoints(handlers: Handlers, prefix: str) -> tuple[Endpoint, ...]:
    """Return all paths.

    Args:
        handlers: Answer them.
        prefix: Path below which readers' pages are: "/mail".
    """
    return (
        Endpoint(
            path=f"{prefix}/{Purpose.UNSUBSCRIBE}/{{token}}",
            operations={
                "GET": Operation(
                    handler=handlers.see_unsubscribe,
                    name="see_unsubscribe",
                    summary="Shows the button with which a reader leaves.",
                    answers=_LOOK,
                ),
                "POST": Operation(
                    handler=handlers.unsubscribe,
                    name="unsubscribe",
                    summary="Lets the reader go. Twice is once.",
                    answers=_ACT,
                    entries=(_ONE_CLICK,),
                ),
            },
        ),
        Endpoint(
            path=f"{prefix}/{Purpose.PREFERENCES}/{{token}}",
            operations={
                "GET": Operation(
                    handler=handlers.see_preferences,
                    name="see_preferences",
                    summary="Shows what a reader gets.",
                    answers=_LOOK,
                ),
                "POST": Operation(
                    handler=handlers.choose,
                    name="choose",
                    summary="Puts the reader on the lists they chose; on none, they leave.",
                    answers=_ACT,
                    entries=(
                        _LISTS,
                        _NAME,
                        Entry(name="do", about="save, or leave for all lists"),
                    ),
                ),
            },
        ),
        Endpoint(
            path=f"{prefix}/{Purpose.CONFIRM}/{{token}}",
            operations={
                "GET": Operation(
                    handler=handlers.see_confirm,
                    name="see_confirm",
                    summary="Shows the button with which a reader confirms.",
                    answers=_LOOK,
                ),
                "POST": Operation(
                    handler=handlers.confirm,
                    name="confirm",
                    summary="Takes the reader's word that they asked. Twice is once.",
                    answers=_ACT,
                ),
            },
        ),
        _subscribe(handlers, prefix),
        _events(handlers),
        Endpoint(
            path="/health",
            operations={
                "GET": Operation(
                    handler=handlers.health,
                    name="health",
                    summary="Says whether the server can do its work.",
                    answers={200: "it can", 503: "it cannot"},
                    media=Media.DATA,
                )
            },
        ),
    )


def _subscribe(handlers: Handlers, prefix: str) -> Endpoint:
    return Endpoint(
        path=f"{prefix}/subscribe",
        operations={
            "GET": Operation(
                handler=handlers.see_subscribe,
                name="see_subscribe",
                summary="Shows the form with which somebody asks for the paper.",
                answers={200: _SHOWN, 503: _BUSY},
            ),
            "POST": Operation(
                handler=handlers.subscribe,
                name="subscribe",
                summary="Writes down that somebody asks, until they confirm by a mail.",
                answers={
                    200: "the same page for known and unknown addresses",
                    400: "it cannot be read",
                    413: "too much",
                    422: "that is not an address",
                    429: "too many at once",
                    503: _BUSY,
                },
                entries=(
                    Entry(name="email", about="the address", longest=254),
                    _NAME,
                    _LISTS,
                ),
            ),
        },
    )


def _events(handlers: Handlers) -> Endpoint:
    return Endpoint(
        path="/provider/sendgrid",
        operations={
            "POST": Operation(
                handler=handlers.take_events,
                name="take_events",
                summary="Takes what SendGrid tells of mails, signed.",
                answers={
                    200: "taken, or known already",
                    400: "signed, and no batch of events",
                    401: "not signed, or long ago",
                    413: "too much",
                    503: "nothing was written down; tell it again",
                },
                media=Media.WORDS,
            )
        },
        headers={
            SIGNATURE: "ECDSA on P-256 over time and body, in base64",
            TIMESTAMP: "ten digits",
        },
        most=LARGEST_BATCH,
    )
