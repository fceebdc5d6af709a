"""A quick reader of finished mails.

It reads what the engine writes, and what people write, as `html.parser` does, and is
asked the same way; but a mail is read by several checks and in several variants, and
most of its tags are the same ones again and again. Each is taken apart once.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

Attributes = list[tuple[str, str | None]]

_MARK = re.compile(
    r"""<(?:
        !--(?P<comment>.*?)-->
      | !(?P<declared>[^>]*)>
      | \?(?P<instruction>[^>]*)>
      | /(?P<end>[A-Za-z][^\s/>]*)[^>]*>
      | (?P<start>[A-Za-z][^\s/>]*)(?P<values>(?:[^>"']|"[^"]*"|'[^']*')*)>
    )""",
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"""([^\s=>"'/][^\s=>/]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
)
#: What stands in these is no markup.
_LITERAL = {
    name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("style", "script")
}
_KEPT = 4096


class MarkupReader:
    """Goes over HTML; what wants to hear of it has a method of the name given here."""

    def feed(self, html: str) -> None:
        """Read a whole document."""
        position = 0
        while mark := _MARK.search(html, position):
            if mark.start() > position:
                self.handle_data(unescape(html[position : mark.start()]))
            position = mark.end()
            kind = mark.lastgroup
            if kind == "values":
                position = self._start(html, mark)
            elif kind == "end":
                self.handle_endtag(mark["end"].lower())
            elif kind == "comment":
                self.handle_comment(mark["comment"])
            elif kind == "declared" and mark["declared"].startswith("["):
                self.unknown_decl(mark["declared"].strip("[]"))
        if position < len(html):
            self.handle_data(unescape(html[position:]))

    def close(self) -> None:
        """Say that there is no more."""

    def _start(self, html: str, mark: re.Match[str]) -> int:
        """Tell of a tag; return where reading goes on."""
        tag, attributes, closed = _taken_apart(mark["start"], mark["values"])
        if closed:
            self.handle_startendtag(tag, list(attributes))
            return mark.end()
        self.handle_starttag(tag, list(attributes))
        literal = _LITERAL.get(tag)
        end = literal.search(html, mark.end()) if literal else None
        if end is None:
            return mark.end()
        if end.start() > mark.end():
            self.handle_data(html[mark.end() : end.start()])
        return end.start()

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """Hear of `<br />`; as a start and an end unless somebody asks for it."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Hear of a tag, its name in small letters, and its attributes."""

    def handle_endtag(self, tag: str) -> None:
        """Hear of the end of an element."""

    def handle_data(self, data: str) -> None:
        """Hear words."""

    def handle_comment(self, data: str) -> None:
        """Hear what stands in a comment."""

    def unknown_decl(self, data: str) -> None:
        """Hear of `<![endif]>` and its like."""


@lru_cache(maxsize=_KEPT)
def _taken_apart(
    name: str, values: str
) -> tuple[str, tuple[tuple[str, str | None], ...], bool]:
    """Return a tag's name, its attributes and whether it closes itself."""
    closed = values.endswith("/")
    attributes = tuple(
        (found[1].lower(), _value(found[2]))
        for found in _ATTRIBUTE.finditer(values[:-1] if closed else values)
    )
    return name.lower(), attributes, closed


def _value(written: str | None) -> str | None:
    if written is None:
        return None
    bare = written[1:-1] if written[:1] in {'"', "'"} else written
    return unescape(bare)
