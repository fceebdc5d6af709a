"""What an OpenDocument text says besides its copy: comments, changes, properties.

The names are those of OpenDocument 1.3, part 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from press.intake.package import Node, given, local
from press.model.story import Furniture, Left

_APART: Final = frozenset({"p", "h", "table-cell"})
#: What is in the file and not read as its text.
_UNREAD: Final = frozenset(
    {
        "annotation",
        "annotation-end",
        "tracked-changes",
        "note-citation",
        "sequence-decls",
    }
)
_MEANINGS: Final = {
    "Title": ".press-title",
    "Subtitle": ".press-standfirst",
    "Standfirst": ".press-standfirst",
    "Author": ".press-byline",
    "Byline": ".press-byline",
    "Date": ".press-date",
    "Caption": ".press-caption",
    "FigureCaption": ".press-caption",
    "Figure": ".press-caption",
    "Illustration": ".press-caption",
}
_SPACES: Final = frozenset({"tab", "line-break", "s"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenText:
    """The text of an OpenDocument file, counted apart from the engine.

    Attributes:
        words: How many words its text has.
        left: Its comments and what was deleted.
        insertions: How many tracked insertions there are.
        deletions: How many tracked deletions.
        styled: The paragraphs in styles that mean something: what, and their words.
    """

    words: int
    left: tuple[Left, ...]
    insertions: int = 0
    deletions: int = 0
    styled: tuple[tuple[str, str], ...] = ()


def read_open_text(content: Node) -> OpenText:
    """Count the words of `content.xml`, and tell what is no copy."""
    body = next((one for one in content.iter() if local(one) == "text"), content)
    left = []
    for one in content.iter():
        if local(one) == "annotation":
            left.append(_left("comment of an editor", one))
        elif local(one) == "deletion":
            left.append(_left("deleted, by a tracked change", one))
    return OpenText(
        words=len("".join(_texts(body)).split()),
        left=tuple(each for each in left if each.text),
        insertions=sum(1 for one in content.iter() if local(one) == "insertion"),
        deletions=sum(1 for one in content.iter() if local(one) == "deletion"),
        styled=tuple(_styled(content, body)),
    )


def _styled(content: Node, body: Node) -> Iterator[tuple[str, str]]:
    """Yield what the styles of paragraphs mean; a style may be made from another."""
    parents = {
        given(one, "name"): given(one, "parent-style-name")
        for one in content.iter()
        if local(one) == "style"
    }
    for one in body.iter():
        if local(one) not in {"p", "h"}:
            continue
        style = given(one, "style-name")
        meaning = _MEANINGS.get(style) or _MEANINGS.get(parents.get(style, ""))
        words = " ".join("".join(_texts(one)).split())
        if meaning and words:
            yield meaning, words


def _left(why: str, node: Node) -> Left:
    said = [
        "".join(str(part) for part in one.itertext())
        for one in node.iter()
        if local(one) in {"p", "h"}
    ]
    return Left(kind=Furniture.PAGE, why=why, text=" ".join(" ".join(said).split()))


def _texts(node: Node) -> Iterator[str]:
    name = local(node)
    if name in _UNREAD:
        return
    apart = " " if name in _APART or name in _SPACES else ""
    yield apart
    yield node.text or ""
    for child in node:
        yield from _texts(child)
        yield child.tail or ""
    yield apart
