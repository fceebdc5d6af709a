"""Whether the pages of a mail's links are there: asked only when the editor wants it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from press.digest.checks.facts import MailFacts
from press.digest.token import TOKENS
from press.model.finding import NOWHERE, Finding, Place, error, note, warning
from press.model.second_look import LinkAnswer
from press.ports import LinkProbe

#: What a server says to programs that it does not know, though a page is there.
_TO_PROGRAMS = frozenset({401, 403, 405, 429, 503, 999})
_NOT_FOUND = frozenset({404, 410})


def check_online(
    mails: Iterable[MailFacts], probe: LinkProbe, place: Place = NOWHERE
) -> Iterator[Finding]:
    """Ask for every page that mails lead to, each once."""
    named: dict[str, str] = {}
    for mail in mails:
        for link in mail.links:
            if _can_be_asked(link.address):
                named.setdefault(link.address, f'the link "{link.words}"')
    for answer in probe.ask(list(named)):
        yield from _judge(answer, named[answer.address], place)


def _can_be_asked(address: str) -> bool:
    if address in TOKENS.all:
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _judge(answer: LinkAnswer, named: str, place: Place) -> Iterator[Finding]:
    address = answer.address
    if answer.fault:
        message = f"{named} cannot be followed: {answer.fault} ({address})"
        yield warning("digest.online", message, place, "try it in a browser")
    elif answer.status in _NOT_FOUND:
        message = f"{named} leads to no page: {answer.status} ({address})"
        yield error("digest.online", message, place, "correct the address")
    elif not answer.found:
        hint = (
            "servers say so to programs too; try it in a browser"
            if answer.status in _TO_PROGRAMS
            else "try it in a browser, and again later"
        )
        message = f"{named} is answered with {answer.status} ({address})"
        yield warning("digest.online", message, place, hint)
    elif answer.hops:
        message = f"{named} is sent on to {answer.hops[-1]} ({address})"
        yield note("digest.online", message, place, "link there at once")
