"""Names for folders and files: small letters, digits, hyphens."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final
from urllib.parse import unquote

from anyascii import anyascii

_LONGEST: Final = 60


def slug_of(*told: str) -> str:
    """Return an article's name, made of the first of these that says anything.

    Args:
        told: The source's own name for it, its headline, the name of its file.
    """
    return next((made for one in told if (made := file_stem(unquote(one)))), "article")


def file_stem(text: str) -> str:
    """Return words as a name: other scripts in Latin letters, cut at a word's end."""
    name = re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower()).strip("-")
    if len(name) <= _LONGEST:
        return name
    cut = name[: _LONGEST + 1].rpartition("-")[0]
    return cut or name[:_LONGEST]


def free(name: str, taken: Container[str]) -> str:
    """Return a name that nobody has: this one, or this one with a number."""
    number, made = 1, name
    while made in taken:
        number += 1
        made = f"{name}-{number}"
    return made
