"""Filters that know the kind of value they let through."""

from __future__ import annotations

import math
import re

from press.model.length import Length

_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x20\x7f]+", re.IGNORECASE)
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})|[a-z]+")


def urlsafe(address: str) -> str:
    """Return an http, https or mailto address as it is, anything else as nothing."""
    return address if _ADDRESS.fullmatch(address) else ""


def mm(length: object) -> str:
    """Write a length in millimetres: `12.5mm`."""
    return _number(_known(length).mm) + "mm"


def pt(length: object) -> str:
    """Write a length in points: `9.25pt`."""
    return _number(_known(length).pt) + "pt"


def colour(value: str) -> str:
    """Return a colour as it is.

    Raises:
        ValueError: It is neither `#rgb`, `#rrggbb` nor a name in small letters.
    """
    if not _COLOUR.fullmatch(value):
        message = f'"{value}" is not a colour such as #7a1f1f or black'
        raise ValueError(message)
    return value


def _known(length: object) -> Length:
    """Refuse a bare number: nobody can tell its unit."""
    if not isinstance(length, Length):
        message = f"{length} is a {type(length).__name__}, not a length"
        raise TypeError(message)
    return length


def _number(value: float) -> str:
    """Write a number with three decimals at most, without an exponent."""
    if not math.isfinite(value):
        message = f"{value} is not a length"
        raise ValueError(message)
    written = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written
