"""Running text in HTML, written as the Markdown that press reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from press.intake.markup.parse import Element, is_tag
from press.intake.markup.words import APART, BLOCKS
from press.model.address import join_address, split_address

#: A tag and what stands before and after its words.
_MARKS: Final = {
    "em": "*",
    "i": "*",
    "strong": "**",
    "b": "**",
    "del": "~~",
    "s": "~~",
    "strike": "~~",
}
_SCRIPTS: Final = {"sup": "^", "sub": "~"}
_LITERAL: Final = frozenset({"code", "kbd", "samp", "tt", "var"})
_LINKED: Final = frozenset({"http", "https", "mailto", "tel"})

#: What Markdown would read as a mark of its own.
_SPECIAL: Final = re.compile(
    r"""[\\`*~^]
    | (?<!\w)_ | _(?!\w)
    | <(?=[A-Za-z/!?])
    | &(?=\#?\w+;)
    | \[(?=\^) | \](?=[(\[:])
    | !(?=\[)
    | \{(?=\{?[<%] | [:\#])""",
    re.VERBOSE,
)
_AT_START: Final = re.compile(
    r"(?:[#]{1,6}(?=\s|$)|[-+>](?=\s|$)|>|:::|[-=]{3,}\s*$|\|)"
)
_NUMBER: Final = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_EDGES: Final = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_BREAK: Final = "\\\n"


def escaped(text: str) -> str:
    """Return words with all held back that Markdown would read as a mark."""
    return _SPECIAL.sub(lambda match: "\\" + match[0], text)


def at_start(line: str) -> str:
    """Hold back what would make the start of a line a heading, a list or a box."""
    if _AT_START.match(line):
        return "\\" + line
    return _NUMBER.sub(r"\1\\\2", line, count=1) if _NUMBER.match(line) else line


@dataclass(frozen=True, slots=True, kw_only=True)
class Inline:
    """Writes running text.

    Attributes:
        base: The address that relative links are seen from; empty for none.
        note: What stands for an element that refers to a note; None where it refers to none.
    """

    base: str = ""
    note: Callable[[Element], str | None] = lambda _element: None

    def line(self, nodes: Iterable[Element | str]) -> str:
        """Return nodes as one paragraph of Markdown; empty where they say nothing."""
        text = "".join(self._node(node, frozenset()) for node in nodes)
        lines = [_SPACES.sub(" ", part).strip(" ") for part in text.split(_BREAK)]
        while lines and not lines[-1]:
            lines.pop()
        while lines and not lines[0]:
            lines.pop(0)
        return _BREAK.join(at_start(part) for part in lines)

    def inside(self, element: Element) -> str:
        """Return all that stands in an element as one paragraph of Markdown."""
        return self.line(children_of(element))

    def address(self, href: str) -> str:
        """Return the address that a link leads to; empty where paper and mail have none."""
        href = href.strip()
        if not href:
            return ""
        if self.base and not split_address(href).scheme:
            href = join_address(self.base, href)
        parts = split_address(href)
        ok = parts.scheme in _LINKED and (
            parts.netloc or parts.scheme in {"mailto", "tel"}
        )
        return href if ok else ""

    def _node(self, node: Element | str, within: frozenset[str]) -> str:
        if isinstance(node, str):
            return escaped(_SPACES.sub(" ", node))
        reference = self.note(node)
        if reference is not None:
            return reference
        if not is_tag(node) or node.get(APART) is not None or node.tag == "img":
            return ""
        if node.tag == "br":
            return _BREAK
        if node.tag in _LITERAL:
            return _literal("".join(str(part) for part in node.itertext()))
        return self._marked(node, within)

    def _marked(self, node: Element, within: frozenset[str]) -> str:
        mark = _MARKS.get(str(node.tag), "")
        inner = within | {mark} if mark else within
        text = "".join(self._node(child, inner) for child in children_of(node))
        if mark and mark not in within:
            return _around(text, mark, mark)
        if node.tag in _SCRIPTS:
            sign = _SCRIPTS[str(node.tag)]
            return _around(text.strip().replace(" ", "\\ "), sign, sign)
        if node.tag == "q":
            return f"“{text}”"
        if node.tag == "a":
            return self._link(node, text)
        return f" {text} " if node.tag in BLOCKS else text

    def _link(self, node: Element, text: str) -> str:
        address = self.address(node.get("href") or "")
        if not address or not text.strip():
            return text
        safe = address.replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
        plain = safe if not re.search(r"[()\\]", safe) else f"<{safe}>"
        return _around(text, "[", f"]({plain})")


def children_of(element: Element) -> list[Element | str]:
    """Return what stands in an element, words and elements, in their order."""
    found: list[Element | str] = [element.text or ""]
    for child in element:
        found += [child, child.tail or ""]
    return [node for node in found if not isinstance(node, str) or node]


def _around(text: str, before: str, after: str) -> str:
    """Put marks close around words; spaces stay outside, and each line has its own."""
    if _BREAK in text and before != "[":
        return _BREAK.join(_around(part, before, after) for part in text.split(_BREAK))
    match = _EDGES.match(text)
    if match is None or not match[2]:
        return text
    words = match[2].replace(_BREAK, " ") if before == "[" else match[2]
    return f"{match[1]}{before}{words}{after}{match[3]}"


def _literal(text: str) -> str:
    text = _SPACES.sub(" ", text).strip()
    if not text:
        return ""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    room = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{room}{text}{room}{fence}"
