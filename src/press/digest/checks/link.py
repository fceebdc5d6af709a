"""Whether links lead somewhere, and say where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from press.digest.checks.facts import Link
from press.digest.checks.mail import Mail
from press.digest.token import TOKENS
from press.model.finding import Finding, Place, Severity, error, warning

_HTTPS = "begin it with https://"
_WHITE = re.compile(r"\s")
#: First labels of hosts on which a site is tried out before it is public.
_STAGING = frozenset({"staging", "stage", "dev", "test", "preview", "uat", "qa"})
_LOCAL = (".localhost", ".local", ".internal", ".test", ".invalid", ".lan")
#: Labels that make up a registered name, such as "quoin.example".
_REGISTERED = 2
_TAGS = ("utm_source", "utm_medium", "utm_campaign")
#: What says nothing to somebody who hears the links of a mail read out.
_VAGUE = frozenset(
    {
        *("click here", "click", "here", "this", "this link", "link", "go", "tap here"),
        *("more", "read more", "learn more", "see more", "find out more", "continue"),
        *("details", "more info", "more information", "read on", "web page", "page"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """What a link is judged by: where it stands, and the paper's own host."""

    place: Place
    home: str
    campaign: frozenset[str]


def check_links(mail: Mail) -> Iterator[Finding]:
    """Find links that lead nowhere, or to where readers cannot follow."""
    home = urlsplit(mail.view.website).hostname or ""
    context = _Context(
        place=mail.place,
        home=home.removeprefix("www."),
        campaign=frozenset(_bare(card.link) for card in mail.view.stories),
    )
    places = dict(_places(mail))
    for link in dict.fromkeys(mail.facts.links):
        place = places.get(link.address, mail.place)
        yield from _check_words(link, place)
        if link.address not in TOKENS.addresses:
            yield from _check_address(link, replace(context, place=place))
    yield from _check_same_words(mail)


def _places(mail: Mail) -> Iterator[tuple[str, Place]]:
    """Yield the addresses that articles bring along, and the articles' files."""
    for card in mail.view.stories:
        place = mail.article(card.slug).place
        copied = card.copy.addresses if card.copy else ()
        told = (run.link for run in card.teaser if run.link)
        for address in (*told, *copied):
            yield address, place


def _bare(address: str) -> str:
    return re.split(r"[?#]", address, maxsplit=1)[0]


# --- Words ---------------------------------------------------------------------------


def _check_words(link: Link, place: Place) -> Iterator[Finding]:
    if not link.words:
        yield error(
            "digest.link-words",
            f"the link to {link.address or 'nowhere'} has no words",
            place,
            "a linked picture needs an alternative text",
        )
    elif _said(link.words) in _VAGUE:
        yield warning(
            "digest.link-words",
            f'the link "{link.words}" does not say where it leads ({link.address})',
            place,
            "name what is behind it; many readers hear the links by themselves",
        )


def _check_same_words(mail: Mail) -> Iterator[Finding]:
    leads: dict[str, dict[str, str]] = {}
    for link in mail.facts.links:
        said = _said(link.words)
        if said and said not in _VAGUE and not link.pictured:
            leads.setdefault(said, {})[link.address] = link.words
    for addresses in leads.values():
        if len(addresses) > 1:
            first, second, *_ = addresses
            yield warning(
                "digest.link-words",
                f'{len(addresses)} links say "{addresses[first]}" and lead to different '
                f"places ({first}, {second})",
                mail.place,
                "give each its own words, such as the headline",
            )


def _said(words: str) -> str:
    return words.casefold().strip(" .…!→›»>:")


# --- Addresses -----------------------------------------------------------------------


def _check_address(link: Link, context: _Context) -> Iterator[Finding]:
    named = f'the link "{link.words}"'
    address = link.address
    if not address.strip():
        yield error("digest.link", f"{named} leads nowhere", context.place)
        return
    if _WHITE.search(address):
        message = f"{named} has white space in its address ({address!r})"
        hint = "take it out, or write %20"
        yield error("digest.link", message, context.place, hint)
        return
    parts = _split(address)
    if parts is not None and parts.scheme == "mailto":
        return
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        message = f"{named} leads to {address!r}, which is no web address"
        yield error("digest.link", message, context.place, _HTTPS)
        return
    yield from _check_host(named, parts, context)
    yield from _check_query(named, address, parts, context)


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port, parts.hostname
    except ValueError:
        return None
    return parts


def _check_host(named: str, parts: SplitResult, context: _Context) -> Iterator[Finding]:
    host = parts.hostname or ""
    if _is_private(host):
        message = f"{named} leads to {host}, which readers cannot reach"
        yield error("digest.link", message, context.place)
        return
    ours = f".{host}".endswith(f".{context.home}") if context.home else False
    severity = Severity.ERROR if ours else Severity.WARNING
    if _is_staging(host):
        yield Finding(
            code="digest.link",
            severity=severity,
            message=f"{named} leads to {host}, where a site is tried out",
            place=context.place,
            hint="link to the public site",
        )
    if parts.port is not None:
        yield Finding(
            code="digest.link",
            severity=severity,
            message=f"{named} names a port ({host}:{parts.port})",
            place=context.place,
            hint="link to the public site; it needs none",
        )
    if parts.scheme == "http":
        message = f"{named} is not encrypted ({parts.geturl()})"
        yield warning("digest.link", message, context.place, _HTTPS)


def _is_private(host: str) -> bool:
    """Whether a host cannot be reached from outside its own network."""
    try:
        return not ip_address(host.strip("[]")).is_global
    except ValueError:
        return host.endswith(_LOCAL) or host == "localhost" or "." not in host


def _is_staging(host: str) -> bool:
    return any(label in _STAGING for label in host.split(".")[:-_REGISTERED])


def _check_query(
    named: str, address: str, parts: SplitResult, context: _Context
) -> Iterator[Finding]:
    if "?" in parts.query:
        message = f"{named} has two question marks ({address})"
        hint = "what follows the second is lost; join them with &"
        make = error if re.search(r"\?utm_", parts.query) else warning
        yield make("digest.link", message, context.place, hint)
        return
    names = [field.partition("=")[0].lower() for field in parts.query.split("&")]
    tagged = any(name.startswith("utm_") for name in names)
    if not tagged and _bare(address) not in context.campaign:
        return
    others = (name for name in names if name.startswith("utm_"))
    for tag in dict.fromkeys((*_TAGS, *others)):
        if (times := names.count(tag)) != 1:
            often = "lacks" if not times else f"has {times} times"
            yield warning(
                "digest.campaign",
                f"{named} {often} {tag} ({address})",
                context.place,
                "tag it once, or not at all; the digest's own values tag it once",
            )
