"""Copy that looks like a template or like a provider's token stays copy.

An article about templates may say `{{ name }}`, and one about mail `%%web_url%%`.
Neither Jinja nor the provider that fills a mail for each reader may take that for
an instruction. In HTML the characters in question are held by stand-ins while the
engines work, because engines turn numeric references back into characters, and come
out as references at the very end. Angles are held with them: engines write them bare
into attributes, which is correct HTML, but not every mail program reads it so. Plain
text has no references: there, an invisible WORD JOINER splits what would be read as
syntax.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from press.digest.link import DASHED, clean

T = TypeVar("T")
P = TypeVar("P")

WORD_JOINER = "\u2060"

#: What no text of a newspaper holds: the far end of the last private-use plane.
_FIRST = 0x10F000
_HELD = "{}%|-<>"
_HOLD = {ord(character): _FIRST + n for n, character in enumerate(_HELD)}
_RELEASE = {_FIRST + n: f"&#{ord(character)};" for n, character in enumerate(_HELD)}
_ANY_HELD = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + len(_HELD) - 1)}]")

_ALWAYS = re.compile("[{}%|<>]")

#: The first character of what a template language or a provider reads as syntax.
_SYNTAX = re.compile(
    r"[{}](?=[{}%#])|[%#](?=\})|[$#](?=\{)|<(?=%)|%(?=[%>]|[\w.]+%)|\*(?=\|)|\|(?=\*)"
)


def hold(text: str) -> str:
    """Put stand-ins for all characters that a template or a provider might read."""
    text = _ANY_HELD.sub("\ufffd", text)
    text = DASHED.sub(chr(_HOLD[ord("-")]), text)
    return _ALWAYS.sub(lambda found: chr(_HOLD[ord(found[0])]), text)


def release(html: str) -> str:
    """Turn the stand-ins in finished HTML into numeric references."""
    return _ANY_HELD.sub(lambda held: _RELEASE[ord(held[0])], html)


def split(text: str) -> str:
    """Part the characters of syntax in plain text with invisible joiners.

    An address stays as it is: `clean` has left no syntax in it.
    """
    if text and clean(text) == text:
        return text
    text = DASHED.sub("-" + WORD_JOINER, text)
    return _SYNTAX.sub(lambda found: found[0] + WORD_JOINER, text)


def every_text(value: T, change: Callable[[str], str]) -> T:
    """Return a value of plain frozen data with all of its texts changed."""
    return every(value, str, change)


def every(value: T, kind: type[P], change: Callable[[P], P]) -> T:
    """Return a value of plain frozen data with every part of one kind changed.

    Kinds that are derived from it are left alone: markup is no text.
    """
    if type(value) is kind:
        return cast("T", change(cast("P", value)))
    if isinstance(value, tuple):
        return cast("T", tuple(every(item, kind, change) for item in value))
    if is_dataclass(value) and not isinstance(value, type):
        changed: dict[str, Any] = {
            field.name: every(getattr(value, field.name), kind, change)
            for field in fields(value)
            if field.init
        }
        return replace(value, **changed)
    return value
