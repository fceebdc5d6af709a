"""The address of an article's page on the web, as its file may give it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from press.model.finding import Finding, note, warning

_DOMAIN: Final = re.compile(r"(?:[\w-]+\.)+[^\W\d_][\w-]+")
_OLD_PORT: Final = re.compile(r"^([^/?#:]+):80(?=[/?#]|$)")
_NEVER: Final = re.compile(r"[\s<>\"\\^`|\x00-\x20]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAddress:
    """The address of a page, and what is odd about it."""

    url: str = ""
    findings: tuple[Finding, ...] = ()


def page_address(url: str) -> PageAddress:
    """Return the address that an article's file gives: one with https, or none.

    Readers are led to it, from paper too: an address that is not encrypted is written
    with https, which nearly every site answers; one that leads readers nowhere, such as
    that of a test site on one's own machine, is left out. Both are told.
    """
    if not url:
        return PageAddress()
    scheme, found, rest = url.partition("://")
    if scheme.lower() == "http":
        rest = _OLD_PORT.sub(r"\1", rest)
    if not found or scheme.lower() not in {"http", "https"} or not _is_public(url):
        finding = warning(
            "intake.address",
            f"the address of its page, {url}, is none that readers can open: it is left out",
            hint="write the right one: `url` in the front matter",
        )
        return PageAddress(findings=(finding,))
    if scheme.lower() == "https":
        return PageAddress(url=f"https://{rest}")
    finding = note(
        "intake.address",
        f"the address of its page began with http; it is written as https://{rest}",
        hint="open it: is the page there?",
    )
    return PageAddress(url=f"https://{rest}", findings=(finding,))


def _is_public(url: str) -> bool:
    """Whether an address has the name of a site, and nobody's name and password."""
    if _NEVER.search(url):
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    plain = parts.username is None and parts.password is None
    # A port of http does not answer to https.
    answers = parts.scheme == "https" or port in {None, 80}
    return plain and answers and _DOMAIN.fullmatch(parts.hostname or "") is not None
