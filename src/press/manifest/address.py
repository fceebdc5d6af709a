"""Names and addresses of the wider world: mail, web, time zones, languages, slugs."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Annotated, TypeAlias
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import BeforeValidator, WithJsonSchema

from press.manifest.nearest import nearest
from press.manifest.wrong import cited, text_of, wrong
from press.model.errors import MissingToolError

MAIL_NAME = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII
)
DOMAIN = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]+", re.IGNORECASE
)
NOT_IN_ADDRESS = re.compile(r"[\s<>\"\\^`|\x00-\x20]")
LONGEST_NAME = 64
LONGEST_ADDRESS = 254
LANGUAGE = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-[a-z0-9]{5,8})*",
    re.IGNORECASE,
)
SCRIPT_LENGTH = 4
REGION_LENGTH = 2
NO_REGIONS = {"UK": "GB", "EN": "GB"}
SLUG = re.compile(r"[a-z0-9][a-z0-9_-]*")
ZONE_NAME = re.compile(r"UTC|[A-Za-z]+(?:/[A-Za-z0-9_+-]+)+")
EDITION_ID = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])(?:-[a-z0-9]+)*")
LONGEST_SLUG = 120
OUTSIDE = re.compile(r"^(?:[/\\~]|[a-zA-Z]:|file:)|(?:^|[/\\])\.\.(?:[/\\]|$)|\0")


def email(value: object) -> str:
    """Return a mail address."""
    text = text_of(value, wanted="a mail address", example="desk@quoin.example")
    name, at, domain = text.rpartition("@")
    fits = len(name) <= LONGEST_NAME and len(text) <= LONGEST_ADDRESS
    if at and fits and MAIL_NAME.fullmatch(name) and DOMAIN.fullmatch(domain):
        return text
    hint = "write it as desk@quoin.example, without name and brackets"
    raise wrong(f"{cited(text)} is not a mail address", hint)


def domain(value: object) -> str:
    """Return a domain in small letters."""
    text = text_of(value, wanted="a domain", example="mail.quoin.example")
    if DOMAIN.fullmatch(text):
        return text.lower()
    host = urlsplit(text).hostname if "://" in text else text.rpartition("@")[2]
    meant = host if host and DOMAIN.fullmatch(host) else "it as mail.quoin.example"
    raise wrong(f"{cited(text)} is not a domain", f"write {meant}")


def https(value: object) -> str:
    """Return a web address that begins with https."""
    text = text_of(value, wanted="a web address", example="https://quoin.example")
    if _is_web(text, "https"):
        return text
    hint = "write it as https://quoin.example/page"
    if text.startswith("http://"):
        hint = f"write https{text.removeprefix('http')}"
    elif DOMAIN.match(text):
        hint = f"write https://{text}"
    raise wrong(f"{cited(text)} is not a web address with https", hint)


def web(value: object) -> str:
    """Return a web address, encrypted or not."""
    text = text_of(value, wanted="a web address", example="https://quoin.example")
    return text if _is_web(text, "http") else https(text)


def _is_web(text: str, scheme: str) -> bool:
    if NOT_IN_ADDRESS.search(text):
        return False
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError:
        return False
    no_login = parts.username is None and parts.password is None
    return parts.scheme == scheme and no_login and DOMAIN.fullmatch(host) is not None


def zone(value: object) -> str:
    """Return the name of a time zone of the IANA database."""
    text = text_of(value, wanted="a time zone", example="Europe/London")
    if _is_zone(text):
        return text
    cities = {name.rpartition("/")[2].lower(): name for name in sorted(zones())}
    near = cities.get(text.lower().replace(" ", "_")) or nearest(text, zones())
    hint = f"did you mean “{near}”?" if near else "write it as Europe/London"
    raise wrong(f"{cited(text)} is not a time zone", hint)


def _is_zone(text: str) -> bool:
    # Looking one zone up is quick; listing all of them reads six hundred files.
    if ZONE_NAME.fullmatch(text) is None:
        return False
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return False
    return True


@cache
def zones() -> frozenset[str]:
    """Return the names of all time zones.

    Raises:
        MissingToolError: This machine knows no time zones.
    """
    names = frozenset(name for name in available_timezones() if "/" in name)
    if not names:
        raise MissingToolError(
            "this machine has no time zone database", hint="install the package tzdata"
        )
    return names


def language(value: object) -> str:
    """Return a language tag (BCP 47) in its usual spelling."""
    text = text_of(value, wanted="a language", example="en-GB")
    tag = text.replace("_", "-")
    parts = [_subtag(part, place) for place, part in enumerate(tag.split("-"))]
    meant = "-".join(parts)
    if LANGUAGE.fullmatch(text) and meant.lower() == text.lower():
        return meant
    hint = f"write {meant}" if LANGUAGE.fullmatch(meant) else "write it as en-GB"
    raise wrong(f"{cited(text)} is not a language tag", hint)


def _subtag(part: str, place: int) -> str:
    if place == 0:
        return part.lower()
    if len(part) == SCRIPT_LENGTH:
        return part.title()
    if len(part) == REGION_LENGTH:
        return NO_REGIONS.get(part.upper(), part.upper())
    return part.lower()


def slug(value: object) -> str:
    """Return the name of an article, ad or template: small letters, digits, hyphens."""
    text = text_of(value, wanted="a name", example="taxes-on-knowledge")
    if SLUG.fullmatch(text) and len(text) <= LONGEST_SLUG:
        return text
    if OUTSIDE.search(text):
        message = f"{cited(text)} lies outside this newspaper's folder"
        hint = "write the article's name only, without folders"
        raise wrong(message, hint, code="article.outside")
    meant = slug_from(text)
    hint = f"write {meant}" if meant else "write it as taxes-on-knowledge"
    message = f"{cited(text)} is not a name: small letters, digits and hyphens only"
    if re.match(r"\w+:\S", text):
        hint = "a space is missing after the colon"
    raise wrong(message, hint)


def slug_from(text: str) -> str:
    """Return the name that a path or a title most likely means."""
    text = re.sub(r"^(?:.*/)?articles/|/?(?:index)?\.md$", "", text)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:LONGEST_SLUG]


def edition_id(value: object) -> str:
    """Return the name of an edition: year and month."""
    text = text_of(value, wanted="year and month", example="2024-09")
    if EDITION_ID.fullmatch(text):
        return text
    found = re.match(r"([0-9]{4})\D?([0-9]{1,2})$", text)
    meant = f"{found[1]}-{int(found[2]):02}" if found else ""
    hint = f"write {meant if EDITION_ID.fullmatch(meant) else 'it as 2024-09'}"
    raise wrong(f"{cited(text)} is not an edition's name", hint)


_NAME = {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$"}
_WEB = {"type": "string", "format": "uri"}
Email: TypeAlias = Annotated[
    str,
    BeforeValidator(email),
    WithJsonSchema({"type": "string", "format": "email"}),
]
Domain: TypeAlias = Annotated[
    str,
    BeforeValidator(domain),
    WithJsonSchema({"type": "string", "format": "hostname"}),
]
HttpsAddress: TypeAlias = Annotated[
    str, BeforeValidator(https), WithJsonSchema({**_WEB, "pattern": "^https://"})
]
WebAddress: TypeAlias = Annotated[str, BeforeValidator(web), WithJsonSchema(_WEB)]
Zone: TypeAlias = Annotated[
    str,
    BeforeValidator(zone),
    WithJsonSchema({"type": "string", "examples": ["Europe/London"]}),
]
Language: TypeAlias = Annotated[
    str,
    BeforeValidator(language),
    WithJsonSchema({"type": "string", "examples": ["en-GB"]}),
]
Name: TypeAlias = Annotated[str, BeforeValidator(slug), WithJsonSchema(_NAME)]
EditionName: TypeAlias = Annotated[
    str,
    BeforeValidator(edition_id),
    WithJsonSchema(
        {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])(-[a-z0-9]+)*$"}
    ),
]
