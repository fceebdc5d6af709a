"""Whole pages as trees, and the few cuts that readers of pages make in them."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from lxml import etree, html

from press.intake.markup.words import words_of
from press.model.finding import Finding, error
from press.model.incoming import CopyFile

Node: TypeAlias = etree._Element  # noqa: SLF001 - lxml's one name for it

#: Characters that no document may hold.
_UNREAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufdd0-\ufdef\ufffe\uffff]")
_DEEPEST: Final = 150
_NOT_SHOWN: Final = ("script", "style", "template", "head", "title", "noscript")


def page_tree(text: str) -> Node:
    """Return a page as a tree, head and all; nothing is fetched, nothing acts."""
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_pis=True, huge_tree=False
    )
    clean = _UNREAL.sub("", text)
    try:
        return html.document_fromstring(clean.encode(), parser=parser)
    except etree.ParserError:  # nothing, or nothing but an end tag or a comment
        return html.document_fromstring(b"<html><body></body></html>", parser=parser)


def too_deep(root: Node) -> bool:
    """Whether tags are nested deeper than people or their programs nest them.

    Parsers cut off what lies deeper still, so that words would be lost.
    """
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False


def refuse_depth(file: CopyFile) -> Finding:
    """Say that a file's tags are nested too deeply."""
    return error(
        "intake.too-deep",
        f"{file.name} has tags nested more than {_DEEPEST} deep; it is not read",
        file.place,
        "take its words over by hand; was the file made by a program that went wrong?",
    )


def written(node: Node) -> str:
    """Return what stands in a tree as HTML."""
    tail, node.tail = node.tail, None
    text = etree.tostring(node, encoding="unicode", method="html")
    node.tail = tail
    return text


def class_names(node: Node) -> tuple[str, ...]:
    """Return the class names of an element."""
    return tuple((node.get("class") or "").split())


def drop(node: Node) -> None:
    """Take an element out of its tree; what follows it stays."""
    parent = node.getparent()
    if parent is None:
        return
    tail = node.tail or ""
    before = node.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    node.tail = None
    parent.remove(node)


def shown_words(node: Node) -> str:
    """Return the words of an element that a reader sees, one space between them."""
    for hidden in list(node.iter(*_NOT_SHOWN)):
        drop(hidden)
    return words_of(node)
