"""What is wrong with a regular expression that an editor wrote.

The engine tries every way to match, so that repetition within repetition, such as
`(a+)+`, can take longer than anybody waits. Such patterns are refused before they run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from press.manifest.wrong import cited

_LONGEST: Final = 300
#: A pattern of more parts without an end can be slow on every paragraph.
_MOST_ENDLESS: Final = 3
_SIGN: Final = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?[^)]{0,20}?[:=!>]|\?P<\w+>|\?[a-z]+\))?"
    r"|\)|\{\d*,?\d*\}|[*+?|]|.",
    re.DOTALL,
)
_ENDLESS: Final = re.compile(r"[*+]|\{\d*,\}")
_OFTEN: Final = re.compile(r"\{(?:\d*,)?(?:[1-9]\d+)\}")
_BACK: Final = re.compile(r"\\[1-9]|\(\?P=")


def fault_in(text: str) -> tuple[str, str | None]:
    """Return what is wrong with a pattern and what to do; empty where it is sound."""
    if not text:
        return "an empty pattern takes every paragraph", "write the words to look for"
    if len(text) > _LONGEST:
        hint = "split it into several rules"
        return f"a pattern of {len(text)} characters is too long", hint
    try:
        made = re.compile(text, re.IGNORECASE)
    except re.error as problem:
        column = (problem.pos or 0) + 1
        told = f"{cited(text)} is not a regular expression: {problem.msg}"
        return f"{told} at its character {column}", _LITERAL
    if made.search(""):
        return f"{cited(text)} takes every paragraph", _OWN_WORDS
    if _can_run_away(text):
        return f"{cited(text)} could run for ever", _SPARING
    return "", None


_LITERAL: Final = (
    "put a backslash before a sign that is meant as it stands: \\? \\( \\*"
)
_OWN_WORDS: Final = "let it hold words that only furniture has"
_SPARING: Final = (
    "repeat nothing within what is repeated itself, and use .* three times at most"
)


@dataclass(slots=True)
class _Group:
    """What stands between two round brackets."""

    repeats: bool = False
    chooses: bool = False


def _can_run_away(text: str) -> bool:
    """Whether something endless stands within something repeated, or much is endless."""
    if _BACK.search(text):
        return True
    groups = [_Group()]
    closed: _Group | None = None
    endless = 0
    for found in _SIGN.finditer(text):
        sign = found[0]
        if _is_repeat(sign):
            if closed and (closed.repeats or closed.chooses):
                return True
            groups[-1].repeats = True
            endless += _ENDLESS.fullmatch(sign) is not None
        closed = _step(sign, groups)
    return endless > _MOST_ENDLESS


def _is_repeat(sign: str) -> bool:
    return bool(_ENDLESS.fullmatch(sign) or _OFTEN.fullmatch(sign))


def _step(sign: str, groups: list[_Group]) -> _Group | None:
    """Go on by a sign; return the group that it closes."""
    if sign == "|":
        groups[-1].chooses = True
    elif sign[0] == "(" and not sign.endswith(")"):
        groups.append(_Group())
    elif sign == ")" and len(groups) > 1:
        closed = groups.pop()
        groups[-1].repeats |= closed.repeats
        return closed
    return None
