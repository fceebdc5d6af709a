"""Whose words a quotation is: found where writers put it, in markup or after a dash."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from press.manifest.body.tree import Element, Node, Words

#: A longer line is a sentence of the quotation, not somebody's name.
_LONGEST: Final = 160
_DASH: Final = re.compile(r"\s*(?:[–—―]|--|-(?=\s))\s*")
_ENDED: Final = re.compile(r"[.!?…\"'”’»)\]]\s*$")
_CREDIT_TAGS: Final = frozenset({"footer", "cite", "figcaption"})
_LINE_TAGS: Final = frozenset({"span", "small", "em", "i"})
_PARAGRAPHS: Final = frozenset({"p", "div"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A quotation and whose words it is.

    Attributes:
        body: The quotation.
        credit: The credit; None if the writer gave none.
    """

    body: Element
    credit: Element | None = None


def _last(children: list[Node]) -> int:
    """Return the index of the last child that is not blank; -1 if there is none."""
    for index in range(len(children) - 1, -1, -1):
        child = children[index]
        if isinstance(child, Element) or child.text.strip():
            return index
    return -1


def _is_line(element: Element) -> bool:
    text = element.words().strip()
    return len(text) <= _LONGEST and _DASH.match(text) is not None


def _without_dash(element: Element) -> Element:
    """Take the dash away: the page shows a credit in its own way."""
    for node in element.walk():
        if isinstance(node, Words) and node.text.strip():
            node.text = _DASH.sub("", node.text, count=1)
            break
    return element


def _shell(element: Element, children: list[Node], tag: str = "") -> Element:
    return Element(
        tag=tag or element.tag,
        line=element.line,
        attributes=element.attributes,
        children=children,
    )


def _marked(element: Element) -> bool:
    """Whether markup says that this is the credit."""
    if element.tag in _CREDIT_TAGS or element.has_class("credit", "attribution"):
        return True
    return element.tag in _LINE_TAGS | _PARAGRAPHS and _is_line(element)


def _tail(children: list[Node], last: int) -> int:
    """Return where the text that follows the last block begins (a tweet's signature)."""
    start = last
    while start > 0:
        before = children[start - 1]
        if isinstance(before, Element) and before.tag in _PARAGRAPHS | {"blockquote"}:
            return start
        start -= 1
    return last + 1


def _split_line(paragraph: Element) -> tuple[list[Node], list[Node]]:
    """Split a paragraph before its last line; the second is empty if it has one line."""
    children = paragraph.children
    for index in range(len(children) - 1, -1, -1):
        child = children[index]
        if isinstance(child, Element):
            if child.tag == "br":
                return children[:index], children[index + 1 :]
        elif "\n" in child.text.rstrip("\n") or child.text == "\n":
            head, _, tail = child.text.rpartition("\n")
            first = Words(text=head, line=child.line, literal=child.literal)
            second = Words(text=tail, line=child.line, literal=child.literal)
            return [*children[:index], first], [second, *children[index + 1 :]]
    return children, []


def _from_last_line(quote: Element, last: int) -> Quotation | None:
    """Find the credit in the last line of the last paragraph."""
    paragraph = quote.children[last]
    if not isinstance(paragraph, Element) or paragraph.tag not in _PARAGRAPHS:
        return None
    before, after = _split_line(paragraph)
    line = _shell(paragraph, after, "p")
    body = _shell(paragraph, before)
    if not after or not _is_line(line) or not _ENDED.search(body.words()):
        return None
    return Quotation(
        body=_shell(quote, [*quote.children[:last], body]), credit=_without_dash(line)
    )


def find_credit(quote: Element) -> Quotation:
    """Part a quotation from its credit."""
    children = quote.children
    last = _last(children)
    if last < 1:
        inner = children[last] if last == 0 else None
        if isinstance(inner, Element) and inner.tag in {"div", "blockquote"}:
            found = find_credit(inner)
            if found.credit is not None:
                return Quotation(body=_shell(quote, [found.body]), credit=found.credit)
    if last < 0:
        return Quotation(body=quote)
    child = children[last]
    if last > 0 and isinstance(child, Element) and _marked(child):
        body = _shell(quote, children[:last])
        return Quotation(body=body, credit=_without_dash(child))
    start = _tail(children, last)
    if start <= last:
        line = _shell(quote, children[start : last + 1], "p")
        if _is_line(line):
            body = _shell(quote, children[:start])
            return Quotation(body=body, credit=_without_dash(line))
    return _from_last_line(quote, last) or Quotation(body=quote)
