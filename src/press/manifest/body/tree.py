"""The tree between Markdown and copy: elements as HTML names them, with their lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias

#: Deeper elements lose their markup and keep their words.
DEEPEST: Final = 100

#: Names that no writer can type, because HTML has no colon at a name's start.
NOTE: Final = ":note"
REFERENCE: Final = ":reference"
CONTAINER: Final = ":container"
PAYWALL: Final = ":paywall"

NO_ATTRIBUTES: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(slots=True, eq=False)
class Words:
    """Text; literal text is code, which nobody polishes."""

    text: str
    line: int
    literal: bool = False


@dataclass(slots=True, eq=False)
class Element:
    """A piece of markup and what stands in it."""

    tag: str
    line: int
    attributes: Mapping[str, str] = field(default_factory=lambda: NO_ATTRIBUTES)
    children: list[Node] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return an attribute; empty if it is not given."""
        return self.attributes.get(name, "")

    def has_class(self, *parts: str) -> bool:
        """Whether one of its classes contains one of these words."""
        classes = self.get("class").lower()
        return any(part in classes for part in parts)

    def walk(self) -> Iterator[Node]:
        """Yield all that stands in it, in reading order."""
        stack: list[Node] = self.children[::-1]
        while stack:
            node = stack.pop()
            yield node
            if isinstance(node, Element):
                stack += reversed(node.children)

    def elements(self) -> Iterator[Element]:
        """Yield its own children that are elements."""
        return (child for child in self.children if isinstance(child, Element))

    def words(self) -> str:
        """Return its text."""
        return "".join(node.text for node in self.walk() if isinstance(node, Words))

    def blank(self) -> bool:
        """Whether neither a word nor a picture stands in it."""
        return not any(
            node.text.strip() if isinstance(node, Words) else node.tag == "img"
            for node in self.walk()
        )


Node: TypeAlias = Words | Element


def tags(names: str) -> frozenset[str]:
    """Return the tags that a text names."""
    return frozenset(names.split())


VOID: Final = tags(
    "area base br col embed hr img input link meta param source track wbr"
)

#: Opening the first ends an open second, unless a third stands between them.
_ENDS: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "tr": (frozenset({"tr"}), frozenset({"table", "thead", "tbody", "tfoot"})),
    "thead": (frozenset({"thead", "tbody", "tfoot", "tr"}), frozenset({"table"})),
    "tbody": (frozenset({"thead", "tbody", "tfoot", "tr"}), frozenset({"table"})),
    "tfoot": (frozenset({"thead", "tbody", "tfoot", "tr"}), frozenset({"table"})),
    "p": (frozenset({"p"}), frozenset({"div", "td", "li", "blockquote", "aside"})),
}


@dataclass(slots=True)
class _Scope:
    """What a writer's HTML may close: nothing that Markdown opened."""

    tag: str
    depth: int
    open: Counter[str] = field(default_factory=Counter)


class Builder:
    """Builds the tree from Markdown, which nests well, and from HTML, which may not."""

    def __init__(self) -> None:
        self.root = Element(tag="body", line=0)
        self.notes: list[Element] = []
        self.too_deep: int | None = None
        self._stack: list[tuple[str, Element]] = [("body", self.root)]
        self._scopes: list[_Scope] = [_Scope(tag="body", depth=1)]

    @property
    def current(self) -> Element:
        """The element that the next text goes to."""
        return self._stack[-1][1]

    @property
    def in_listing(self) -> bool:
        """Whether the writer's HTML has opened a listing here."""
        return self._scopes[-1].open["pre"] > 0

    def words(self, text: str, line: int, *, literal: bool = False) -> None:
        """Add text."""
        self.current.children.append(Words(text=text, line=line, literal=literal))

    def open(self, element: Element) -> None:
        """Begin an element of Markdown; its own `close` ends it and all in it."""
        self._push(element)
        self._scopes.append(_Scope(tag=element.tag, depth=len(self._stack)))
        if element.tag == NOTE:
            self.notes.append(element)

    def close(self) -> None:
        """End the last element of Markdown."""
        if len(self._scopes) > 1:
            scope = self._scopes.pop()
            del self._stack[scope.depth - 1 :]

    def add(self, element: Element) -> None:
        """Add an element that holds nothing more."""
        self.current.children.append(element)

    def open_html(self, element: Element) -> None:
        """Begin an element of the writer's HTML."""
        self._end_implied(element.tag)
        self._push(element)
        self._scopes[-1].open[element.tag] += 1

    def close_html(self, tag: str) -> None:
        """End an element of the writer's HTML, if one is open."""
        scope = self._scopes[-1]
        if scope.open[tag] > 0:
            self._pop_to(tag)

    def _push(self, element: Element) -> None:
        parent = self.current
        if len(self._stack) > DEEPEST:
            self.too_deep = self.too_deep or element.line
            element.children = parent.children  # its words go to the parent
        else:
            parent.children.append(element)
        self._stack.append((element.tag, element))

    def _pop_to(self, tag: str) -> None:
        scope = self._scopes[-1]
        while len(self._stack) > scope.depth:
            name, _ = self._stack.pop()
            scope.open[name] -= 1
            if name == tag:
                return

    def _end_implied(self, tag: str) -> None:
        if tag not in _ENDS:
            return
        ended, between = _ENDS[tag]
        scope = self._scopes[-1]
        if not any(scope.open[name] > 0 for name in ended):
            return
        for name, _ in reversed(self._stack[scope.depth :]):
            if name in between:
                return
            if name in ended:
                self._pop_to(name)
                if tag not in {"thead", "tbody", "tfoot"}:
                    return
