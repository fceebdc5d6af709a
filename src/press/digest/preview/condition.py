"""Conditional comments: what of a mail only Outlook reads, and what it does not.

Outlook for Windows draws mails with Word, which reads `<!--[if mso]>…<![endif]-->` and
passes over `<!--[if !mso]><!-->…<!--<![endif]-->`; for everybody else it is the other
way round.
"""

from __future__ import annotations

import operator
import re

#: The version of Office that is meant: that of 2016 and all since.
MSO = 16

_HIDDEN = re.compile(r"<!--\s*\[if\s([^\]]*)\]>(?!<!)(.*?)<!\[endif\]\s*-->", re.DOTALL)
_REVEALED = re.compile(
    r"<!(?:--)?\s*\[if\s([^\]]*)\]>(?:\s*<!-*>|\s*-->)?(.*?)<!(?:--\s*<!)?\[endif\](?:--)?>",
    re.DOTALL,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_WORD = re.compile(r"[()!&|]|[\w.]+")
_COMPARE = {
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}


def unwrap(html: str) -> str:
    """Return a mail as Outlook reads it: its conditional comments decided."""
    html = _HIDDEN.sub(_decide, html)
    html = _REVEALED.sub(_decide, html)
    return _COMMENT.sub("", html)


def _decide(found: re.Match[str]) -> str:
    return found[2] if holds(found[1]) else ""


def holds(condition: str) -> bool:
    """Whether a condition such as `gte mso 9 | IE` is true of Outlook."""
    return _Condition(condition.lower()).any()


class _Condition:
    """Reads a condition from left to right; what it does not know is not true."""

    def __init__(self, text: str) -> None:
        self._words = _WORD.findall(text)

    def any(self) -> bool:
        """Read conditions of which one must hold."""
        held = self._all()
        while self._take("|"):
            held = self._all() or held
        return held

    def _all(self) -> bool:
        held = self._one()
        while self._take("&"):
            held = self._one() and held
        return held

    def _one(self) -> bool:
        if self._take("!"):
            return not self._one()
        if self._take("("):
            held = self.any()
            self._take(")")
            return held
        compare = next((name for name in _COMPARE if self._take(name)), "")
        return self._feature(compare)

    def _feature(self, compare: str) -> bool:
        name = self._words.pop(0) if self._words else ""
        version = None
        if self._words and re.fullmatch(r"[\d.]+", self._words[0]):
            version = float(self._words.pop(0).strip(".") or 0)
        if name == "mso":
            wanted = MSO if version is None else version
            return bool(_COMPARE.get(compare, operator.eq)(MSO, wanted))
        return name in {"true", "vml"}

    def _take(self, word: str) -> bool:
        if self._words and self._words[0] == word:
            del self._words[0]
            return True
        return False
