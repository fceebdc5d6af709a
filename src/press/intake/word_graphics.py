"""Charts and diagrams of Word documents, which lie in parts of their own (ECMA-376, part 1).

The engine that reads the text passes them over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from press.intake.package import Node, given, local, member_path

#: By the end of the address that says what a graphic is: SmartArt is a diagram.
_KINDS: Final = {"chart": "a chart", "chartex": "a chart", "diagram": "a diagram"}
_NAMES: Final = frozenset({"docPr", "cNvPr"})
_APART: Final = frozenset({"p", "v"})
#: What names the part of a chart, and that of the words of a diagram.
_REFERENCES: Final = ("id", "dm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Graphic:
    """A chart or a diagram.

    Attributes:
        kind: "a chart" or "a diagram".
        words: Its alternative text, then the words and figures in it; what Word calls
            it where it has none.
    """

    kind: str
    words: str


def graphics_in(name: str, texts: Mapping[str, Node]) -> Iterator[Graphic]:
    """Yield the charts and diagrams that a part of a document shows.

    Args:
        name: The part.
        texts: All parts of the document.
    """
    folder, _, last = name.rpartition("/")
    links = {
        given(one, "Id"): given(one, "Target")
        for one in texts.get(f"{folder}/_rels/{last}.rels", ())
    }
    unread = dict(texts)  # a part is read once, however often it is shown
    for data in texts[name].iter():
        kind = _KINDS.get(given(data, "uri").rpartition("/")[2])
        if local(data) != "graphicData" or kind is None:
            continue
        shown = _named(data)
        said = [given(shown, "descr") or given(shown, "title")]
        for target in (links.get(one, "") for one in _references(data)):
            part = unread.pop(_path(target, folder), None)
            said += ["".join(_words(part))] if part is not None else []
        words = " ".join(" ".join(said).split())
        called = words or given(shown, "name") or "without words"
        yield Graphic(kind=kind, words=called)


def _named(data: Node) -> Node:
    """Return what says the name of a graphic, and its alternative text; else itself."""
    for above in data.iterancestors():
        for child in above:
            if local(child) in _NAMES:
                return child
    return data


def _references(data: Node) -> list[str]:
    """Return the numbers of the parts that a graphic is in."""
    return [given(child, name) for child in data for name in _REFERENCES]


def _path(target: str, folder: str) -> str:
    if target.startswith("/"):
        return member_path(target[1:])
    return member_path(target, folder)


def _words(part: Node) -> Iterator[str]:
    for one in part.iter():
        if local(one) in _APART:
            yield " "
        if local(one) in {"t", "v"}:
            yield one.text or ""
