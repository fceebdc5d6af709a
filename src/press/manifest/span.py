"""Spans of time, as the paper's files write them."""

from __future__ import annotations

import re
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, WithJsonSchema

from press.manifest.wrong import cited, text_of, wrong

_SPAN = re.compile(r"([1-9][0-9]{0,4}) ?(minute|min|hour|h|day|d)s?")
_SECONDS = {
    "minute": 60,
    "min": 60,
    "hour": 3600,
    "h": 3600,
    "day": 86_400,
    "d": 86_400,
}
_SHORTEST, _LONGEST = 15 * 60, 72 * 3600


def window(value: object) -> int:
    """Return how long a step may be late, written as 12 h, in seconds."""
    text = text_of(value, wanted="a span of time", example="12 h")
    found = _SPAN.fullmatch(text)
    if found is None:
        hint = f"write {text} h" if text.isdecimal() else "write it as 12 h or 90 min"
        raise wrong(f"{cited(text)} is not a span of time", hint)
    seconds = int(found[1]) * _SECONDS[found[2]]
    if not _SHORTEST <= seconds <= _LONGEST:
        raise wrong(f"{text} is out of range", "windows go from 15 min to 72 h")
    return seconds


Window: TypeAlias = Annotated[
    int,
    BeforeValidator(window),
    WithJsonSchema({"type": "string", "pattern": rf"^{_SPAN.pattern}$"}),
]
