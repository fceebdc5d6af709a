"""Text of WordPress's older editor: blank lines between paragraphs, and few tags.

WordPress itself puts the tags in whenever it shows such a text; its export and its files
have the text as it was typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from press.intake.markup.words import BLOCKS

_LITERAL: Final = frozenset({"pre", "script", "style", "textarea"})
#: Elements within which single lines are lines, and blank lines end nothing.
_LINES: Final = frozenset({"p"})
#: Elements that hold one line, whatever its breaks.
_WHOLE: Final = frozenset(
    """h1 h2 h3 h4 h5 h6 dt summary figcaption caption legend address button iframe option ul ol
    dl table thead tbody tfoot tr select figure video audio object picture menu""".split()  # noqa: SIM905 - a column of tags is read more easily
)
#: Elements whose text is in paragraphs only where there are several.
_LOOSE: Final = frozenset({"li", "dd", "td", "th"})
_SINGLE: Final = frozenset({"hr", "embed", "source"})
_NAMES: Final = sorted((BLOCKS - {"picture"}) | _LITERAL | _SINGLE, key=len)[::-1]
_TAG: Final = re.compile(
    rf"(</?(?:{'|'.join(_NAMES)})(?=[\s/>])[^<>]*>)", re.IGNORECASE
)
_NAME: Final = re.compile(r"</?([a-zA-Z0-9]+)")
_BLANK: Final = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_BREAK: Final = re.compile(r"[ \t]*\n[ \t]*")
_AFTER_BREAK: Final = re.compile(r"(<br[ \t]*/?>)[ \t]*\n", re.IGNORECASE)


def paragraphs(text: str) -> str:
    """Return a text with its paragraphs and line breaks as tags."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _AFTER_BREAK.sub(r"\1", text)
    writer = _Writer()
    for number, part in enumerate(_TAG.split(text)):
        if number % 2:
            writer.tag(part)
        else:
            writer.text(part)
    return "".join(writer.out)


@dataclass(slots=True)
class _Writer:
    out: list[str] = field(default_factory=list)
    within: list[str] = field(default_factory=list)

    def tag(self, tag: str) -> None:
        match = _NAME.match(tag)
        name = match[1].lower() if match else ""
        literal = bool(self.within) and self.within[-1] in _LITERAL
        if tag.startswith("</"):
            if name in self.within and (not literal or self.within[-1] == name):
                while self.within.pop() != name:
                    pass
        elif not literal and name not in _SINGLE:
            if self.within and self.within[-1] == "p":
                self.within.pop()
            self.within.append(name)
        self.out.append(tag)

    def text(self, text: str) -> None:
        holder = self.within[-1] if self.within else ""
        if not text.strip() or _LITERAL & set(self.within) or holder in _WHOLE:
            self.out.append(text)
            return
        parts = [part.strip() for part in _BLANK.split(text)]
        parts = [_BREAK.sub("<br>\n", part) for part in parts if part]
        if holder in _LINES:
            self.out.append("</p>\n<p>".join(parts))
        elif holder in _LOOSE and len(parts) == 1:
            self.out.append(parts[0])
        else:
            self.out += [f"\n<p>{part}</p>\n" for part in parts]
