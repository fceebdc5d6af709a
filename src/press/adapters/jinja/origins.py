"""Marks in a filled template that tell which line of which file made what.

While a template is compiled, each stretch of its own text, and each line in it, is
led by a mark. After filling, the marks are taken out and their offsets kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from press.adapters.jinja.explain import shown
from press.model.template import Filled, Origin

# Two characters for private use at the far end of Unicode, which no copy holds; and
# if one did, only the line of a message would be wrong.
_OPEN, _CLOSE = "\U0010fe00", "\U0010fe01"
_MARK = re.compile(f"{_OPEN}([^{_CLOSE}]*):([0-9]+){_CLOSE}")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Marking(Extension):
    """Puts a mark before each line of a template's own text."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Return the template's tokens, marked."""
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, "data", _marked(token, stream.name or ""))
            else:
                yield token


def _marked(token: Token, name: str) -> str:
    lines = _LINE.findall(token.value)
    return "".join(
        f"{_OPEN}{name}:{line}{_CLOSE}{text}"
        for line, text in enumerate(lines, token.lineno)
    )


def read_marks(marked: str, root: Path) -> Filled:
    """Take the marks out of a filled template."""
    pieces: list[str] = []
    origins: list[Origin] = []
    length = end = 0
    for mark in _MARK.finditer(marked):
        pieces.append(marked[end : mark.start()])
        length += mark.start() - end
        end = mark.end()
        file = shown(root, mark[1])
        origins.append(Origin(offset=length, file=file, line=int(mark[2])))
    pieces.append(marked[end:])
    return Filled(text="".join(pieces), origins=tuple(origins))
