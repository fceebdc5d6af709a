"""Tracked changes of InCopy stories, carried out before the stories are read.

The names are those of the IDML File Format Specification, chapter on stories: a `Change`
stands around what was inserted, moved here or deleted, wherever text may stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from press.intake.package import Node, given, local
from press.model.story import Furniture, Left

_CHANGE: Final = "Change"
_DELETED: Final = "DeletedText"
_APART: Final = frozenset({"Br", "ParagraphStyleRange", "Cell"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The tracked changes of a file.

    Attributes:
        insertions: How many insertions there are, what was moved here among them.
        deletions: How many deletions.
        left: The words that were deleted.
    """

    insertions: int
    deletions: int
    left: tuple[Left, ...]


def carry_out(root: Node) -> Changes:
    """Take out what was deleted, and let what was inserted stand as if it always had."""
    left = []
    deletions = list(_outermost(root))
    for change in deletions:
        words = " ".join("".join(_words(change)).split())
        if words:
            why = "deleted, by a tracked change"
            left.append(Left(kind=Furniture.PAGE, why=why, text=words))
        _put(change, ())
    insertions = [one for one in root.iter() if local(one) == _CHANGE]
    for change in insertions:
        _put(change, tuple(change))
    return Changes(
        insertions=len(insertions), deletions=len(deletions), left=tuple(left)
    )


def _outermost(node: Node) -> Iterator[Node]:
    """Yield the deletions that do not lie in others."""
    if local(node) == _CHANGE and given(node, "ChangeType") == _DELETED:
        yield node
        return
    for inner in node:
        yield from _outermost(inner)


def _words(node: Node) -> Iterator[str]:
    for one in node.iter():
        if local(one) == "Content":
            yield one.text or ""
        elif local(one) in _APART:
            yield " "


def _put(change: Node, instead: tuple[Node, ...]) -> None:
    """Put nodes in the place of a change."""
    parent = change.getparent()
    if parent is None:
        return
    for node in instead:
        change.addprevious(node)
    parent.remove(change)
