"""A list of contents is for a screen: on paper nobody can follow it."""

from __future__ import annotations

import re
from typing import Final

from press.manifest.body.tree import Element, Node, Words

#: The number of a note is no entry of a list of contents.
_LETTER: Final = re.compile(r"[^\W\d_]")

#: Headings that announce a list of contents and go with it.
HEADINGS: Final = frozenset(
    {
        "contents",
        "chapters",
        "table of contents",
        "in this article",
        "in this report",
        "on this page",
        "índice",
        "índex",
        "sumário",
        "sommaire",
        "table des matières",
        "inhalt",
        "inhaltsverzeichnis",
        "содержание",
        "съдържание",
        "змест",
        "περιεχόμενα",
        "目次",
        "목차",
    }
)


def leads_only_to_itself(element: Element) -> bool:
    """Whether all its words are links to places in the same article, and some are."""
    links = 0
    stack: list[Node] = element.children[::-1]
    while stack:
        node = stack.pop()
        if isinstance(node, Words):
            if node.text.strip():
                return False
        elif node.tag == "a" and node.get("href"):
            if not node.get("href").startswith("#"):
                return False
            links += 1 if _LETTER.search(node.words()) else 0
        elif node.tag in {"img", "pre"}:
            return False
        else:
            stack += reversed(node.children)
    return links > 0


def announces_contents(text: str) -> bool:
    """Whether a heading stands over a list of contents."""
    return text.strip().rstrip(":").casefold() in HEADINGS
