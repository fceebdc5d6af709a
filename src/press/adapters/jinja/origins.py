"""Marks in a filled template that tell which line of which file made what.

While a template is compiled, each stretch of its own text, and each line in it, is
led by a mark with line and column, and followed by one with the line alone: what
comes then came out of a value. After filling, the marks are taken out and their
offsets kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from jinja2 import Environment
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from press.adapters.jinja.explain import shown
from press.adapters.jinja.include import Change, included
from press.model.template import Filled, Origin

# Two characters for private use at the far end of Unicode, which no copy holds; and
# if one did, only the line of a message would be wrong.
_OPEN, _CLOSE = "\U0010fe00", "\U0010fe01"
_MARK = re.compile(f"{_OPEN}([^{_CLOSE}]*:[0-9]+:[0-9]*){_CLOSE}")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_LINE_END = re.compile(r"\r\n|\r|\n")


class Marking(Extension):
    """Puts a mark before each line of a template's own text, and one after the text."""

    #: Before the extension that turns includes: columns are those of the file.
    priority = 10

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        #: The templates as they were written, line by line, by name.
        self.sources: dict[str, tuple[str, ...]] = {}
        self._source = ""
        self._changes: tuple[Change, ...] = ()

    def preprocess(
        self, source: str, name: str | None, filename: str | None = None
    ) -> str:
        """Return a template's source as it is, and remember it."""
        lines = tuple(_LINE_END.split(source))
        self.sources[name or ""] = lines
        self._source, self._changes = included("\n".join(lines), name, filename)
        return source

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Return the template's tokens, marked."""
        source = self._source
        offsets = self._own(source, stream.name)
        written = _Written(source, self._changes)
        for token in stream:
            if token.type == "data":
                marked = written.marked(token, next(offsets), stream.name or "")
                yield Token(token.lineno, "data", marked)
            else:
                yield token

    def _own(self, source: str, name: str | None) -> Iterator[int]:
        """Yield where in the source each stretch of its own text begins.

        Jinja's lexer gives lines only. What it leaves out between two tokens is white
        space, and never before a stretch of text.
        """
        position = 0
        lexer = self.environment.lexer
        for _, kind, text in lexer.tokeniter(source, name):
            position = source.index(text, position)
            if kind == "data":
                yield position
            position += len(text)


def sources_of(environment: Environment) -> dict[str, tuple[str, ...]]:
    """Return the lines of each template that a marking environment has compiled."""
    marking = environment.extensions[Marking.identifier]
    return marking.sources if isinstance(marking, Marking) else {}


class _Written:
    """Where the source of a template stood before includes were changed in it."""

    def __init__(self, source: str, changes: tuple[Change, ...]) -> None:
        self._source = source
        self._changes = changes

    def marked(self, token: Token, start: int, name: str) -> str:
        """Return a stretch of text with its marks."""
        pieces: list[str] = []
        line, offset = token.lineno, start
        for text in self._cut(token.value, start):
            column = self._column(offset)
            pieces.append(f"{_OPEN}{name}:{line}:{column}{_CLOSE}{text}")
            offset += len(text)
            line += text.endswith("\n")
        return "".join([*pieces, f"{_OPEN}{name}:{line}:{_CLOSE}"])

    def _cut(self, text: str, start: int) -> Iterator[str]:
        """Yield the lines of a text, cut where an include ended that was changed."""
        end = 0
        ends = [change.end - start for change in self._changes]
        for line in _LINE.finditer(text):
            for cut in [
                *(at for at in ends if line.start() < at < line.end()),
                line.end(),
            ]:
                yield text[end:cut]
                end = cut

    def _column(self, offset: int) -> int:
        start = self._source.rfind("\n", 0, offset) + 1
        shift = sum(
            change.longer for change in self._changes if start <= change.end <= offset
        )
        return max(1, offset - start - shift + 1)


def read_marks(marked: str, root: Path, sources: dict[str, tuple[str, ...]]) -> Filled:
    """Take the marks out of a filled template."""
    pieces: list[str] = []
    origins: list[Origin] = []
    files = {name: shown(root, name) for name in sources}
    meant: dict[str, tuple[str, int, int | None]] = {}
    length = end = 0
    for found in _MARK.finditer(marked):
        mark, start = found[1], found.start()
        if start > end:
            pieces.append(marked[end:start])
            length += start - end
        elif origins:
            origins.pop()  # nothing came out between the last mark and this
        end = found.end()
        if mark not in meant:
            name, line, column = mark.rsplit(":", 2)
            file = files.get(name) or shown(root, name)
            meant[mark] = (file, int(line), int(column) if column else None)
        file, number, place = meant[mark]
        origins.append(Origin(offset=length, file=file, line=number, column=place))
    pieces.append(marked[end:])
    return Filled(
        text="".join(pieces),
        origins=tuple(origins),
        sources={files[name]: lines for name, lines in sources.items()},
    )
