"""Whether links lead somewhere, and say where."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from press.digest.checks.facts import Link
from press.digest.checks.mail import Mail
from press.digest.token import TOKENS
from press.model.finding import Finding, Place, error, warning


def check_links(mail: Mail) -> Iterator[Finding]:
    """Find links that lead nowhere, or to where readers cannot follow."""
    seen: set[Link] = set()
    for link in mail.facts.links:
        if link not in seen:
            seen.add(link)
            yield from _check_link(link, mail.place)


def _check_link(link: Link, place: Place) -> Iterator[Finding]:
    if not link.words:
        yield error(
            "digest.link-words",
            f"the link to {link.address or 'nowhere'} has no words",
            place,
            "a linked picture needs an alternative text",
        )
    if link.address in TOKENS.addresses:
        return
    named = f'the link "{link.words}"'
    parts = urlsplit(link.address)
    if not link.address.strip():
        yield error("digest.link", f"{named} leads nowhere", place)
    elif parts.scheme == "mailto":
        return
    elif parts.scheme not in {"http", "https"} or not parts.hostname:
        message = f"{named} leads to {link.address!r}, which is no web address"
        yield error("digest.link", message, place, "begin it with https://")
    elif _is_local(parts.hostname):
        message = f"{named} leads to {parts.hostname}, which readers cannot reach"
        yield error("digest.link", message, place)
    elif parts.scheme == "http":
        message = f"{named} is not encrypted ({link.address})"
        yield warning("digest.link", message, place, "begin it with https://")


def _is_local(host: str) -> bool:
    return (
        host in {"localhost", "0.0.0.0", "::1"}  # noqa: S104 - compared, not bound
        or host.startswith(("127.", "10.", "192.168."))
        or host.endswith((".localhost", ".local", ".internal", ".test"))
        or "." not in host
    )
