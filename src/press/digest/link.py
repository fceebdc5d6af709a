"""Addresses as they stand in the mail."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

#: What an address may hold as it stands (RFC 3986, 2.2 and 2.3) besides letters,
#: digits and "%" before two hexadecimal digits. The bar and braces are not among them.
_STANDS = "-._~:/?#[]@!$&'()*+,;=%"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
#: A token of the kind -name-, standing free; "mother-in-law" is none.
DASHED = re.compile(r"(?<![\w-])-(?=\w+-(?![\w-]))")
_OURS = ("utm_source", "utm_medium", "utm_campaign")


def clean(address: str) -> str:
    """Write an address with nothing in it that is read as anything else.

    What an address may not hold is percent-encoded; one that is not http, https or
    mailto becomes nothing.
    """
    address = address.strip()
    try:
        parts = urlsplit(address)
    except ValueError:  # such as a bracket that is not closed
        return ""
    if parts.scheme.lower() not in {"http", "https", "mailto"}:
        return ""
    encoded = quote(_STRAY_PERCENT.sub("%25", address), safe=_STANDS)
    return DASHED.sub("%2D", encoded)


def campaign_link(address: str, campaign: str) -> str:
    """Return an address that says once that its reader comes from this digest."""
    address = clean(address)
    if not address.lower().startswith("http"):
        return address
    parts = urlsplit(address)
    asked = [
        field
        for field in parts.query.split("&")
        if field and field.partition("=")[0].lower() not in _OURS
    ]
    ours = ("digest", "email", quote(campaign, safe=""))
    tags = [f"{name}={value}" for name, value in zip(_OURS, ours, strict=True)]
    query = "&".join([*asked, *tags])
    return urlunsplit(parts._replace(path=parts.path or "/", query=query))
