"""What is done in which language: little, unless it is English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from press.intake.typography.english import (
    AFTER_QUOTES,
    BEFORE_QUOTES,
    BOUND_DASH,
    ELLIPSES,
    NBSP,
    SPACES,
)
from press.intake.typography.line import Rule
from press.intake.typography.quotes import Marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The typography of a language.

    Attributes:
        before: Rules before the quotation marks.
        marks: Its quotation marks; None leaves them alone.
        after: Rules after the quotation marks.
        bound: Rules that only serve the breaking of lines.
    """

    before: tuple[Rule, ...] = (SPACES,)
    marks: Marks | None = None
    after: tuple[Rule, ...] = ()
    bound: tuple[Rule, ...] = ()


def _with_marks(opening: str, closing: str) -> Usage:
    return Usage(before=(SPACES, *ELLIPSES), marks=Marks(double=(opening, closing)))


_FRENCH_SPACES: Final = (
    Rule(
        name="inside opening mark",
        pattern=re.compile("«(?P<at> ?)(?=[^\\s])"),
        instead=NBSP,
        signs=("«",),
    ),
    Rule(
        name="inside closing mark",
        pattern=re.compile("(?<=[^\\s])(?P<at> ?)»"),
        instead=NBSP,
        signs=("»",),
    ),
    Rule(
        name="before high punctuation",
        pattern=re.compile(r"(?<=\S)(?P<at> )(?=[;:!?](?:\s|$|»|[!?]))"),
        instead=NBSP,
    ),
)

ENGLISH: Final = Usage(
    before=BEFORE_QUOTES,
    marks=Marks(double=("“", "”"), single=("‘", "’"), primes=True),
    after=AFTER_QUOTES,
    bound=(BOUND_DASH,),
)

#: Safe in every script; Chinese and Japanese have an ellipsis of their own.
ANY: Final = Usage(before=(SPACES, *ELLIPSES))

USAGES: Final[Mapping[str, Usage]] = {
    "en": ENGLISH,
    "fr": Usage(
        before=(SPACES, *ELLIPSES),
        marks=Marks(double=("«", "»")),
        after=_FRENCH_SPACES,
    ),
    "de": _with_marks("„", "“"),
    "es": _with_marks("«", "»"),
    "pt": _with_marks("“", "”"),
    "ca": _with_marks("«", "»"),
    "ru": _with_marks("«", "»"),
    "bg": _with_marks("„", "“"),
    "el": _with_marks("«", "»"),
    "zh": Usage(),
    "ja": Usage(),
}


def usage_of(lang: str) -> Usage:
    """Return what is done in a language, given as BCP 47."""
    return USAGES.get(lang.split("-", 1)[0].lower(), ANY)
