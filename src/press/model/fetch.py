"""What is asked of websites while copy is taken in, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_GOOD: Final = range(200, 300)
_UNCHANGED: Final = 304


class Sort(StrEnum):
    """What is asked for."""

    PAGE = "page"  #: A page, a feed, a file of text.
    JSON = "json"  #: An answer that is of use only when it is whole.
    PICTURE = "picture"


class Fault(StrEnum):
    """Why an answer is of no use."""

    HOST = "host"  #: Its host is none of those named.
    PRIVATE = "private"  #: Its name leads into a private network.
    SCHEME = "scheme"  #: Its address is none of the web's.
    ELSEWHERE = "elsewhere"  #: It is sent on to a host that was not named.
    CIRCLE = "circle"  #: It is sent on and on.
    LARGE = "large"  #: It is larger than press takes.
    PACKED = "packed"  #: It is packed in a way that was not asked for.
    BROKEN = "broken"  #: It ended too soon, or is not what was asked for.
    SILENT = "silent"  #: No server answered, or not in time.
    STATUS = "status"  #: The server says no.
    BUSY = "busy"  #: The server says: later.


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for.

    Attributes:
        address: Of the web.
        sort: What it should be.
        etag: What the server called the version that is here; empty for none.
        modified: When it last changed, in the server's words; empty for unknown.
    """

    address: str
    sort: Sort = Sort.PAGE
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of asking.

    Attributes:
        address: That was asked for.
        status: Of HTTP; None where no server answered.
        body: What came; empty where nothing did, or it has not changed.
        headers: What the server says of it: small letters, and values.
        fault: Why it is of no use; None where it is.
        why: The same in words; empty where there is no fault.
    """

    address: str
    status: int | None = None
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    fault: Fault | None = None
    why: str = ""

    def header(self, name: str) -> str:
        """Return what the server says under a name; empty where nothing."""
        return dict(self.headers).get(name.lower(), "")

    @property
    def found(self) -> bool:
        """Whether it came, whole."""
        return self.fault is None and self.status in _GOOD

    @property
    def unchanged(self) -> bool:
        """Whether the version that is here is the newest."""
        return self.fault is None and self.status == _UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long servers are waited for, in seconds, and how often they are asked.

    Attributes:
        connect: For the connection.
        step: For each piece of an answer.
        whole: For the whole of it.
        tries: How often the same thing is asked for.
        pause: Before the second try; twice as long before each later one.
        longest: The longest pause that a server may ask for.
    """

    connect: float = 10.0
    step: float = 20.0
    whole: float = 120.0
    tries: int = 4
    pause: float = 1.0
    longest: float = 120.0
