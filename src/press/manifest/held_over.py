"""Articles that one edition had no room for, as the next one lists them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from press.manifest.folder import articles_of, edition_folder
from press.manifest.plain import flow
from press.manifest.tree import Mapping, Node, Scalar, Sequence, Tree

#: What an assignment says about the pages of its own edition.
OF_ITS_PAGES = frozenset({"page", "jump"})


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOver:
    """An article that may be taken into another edition.

    Attributes:
        slug: Its name.
        section: The section that it was in.
        line: Its place there as edition.yaml lists it, without what is said of pages.
        folder: Where its copy and its pictures lie.
    """

    slug: str
    section: str
    line: str
    folder: Path


def articles_to_hold(root: Path, edition_id: str, tree: Tree) -> tuple[HeldOver, ...]:
    """Return the articles that an edition prints, in its order, where they have copy.

    Args:
        root: The newspaper's folder.
        edition_id: The edition.
        tree: Its manifest.
    """
    home = root / edition_folder(edition_id) / "articles"
    there = articles_of(root, edition_id)
    return tuple(
        HeldOver(slug=slug, section=section, line=line, folder=home / slug)
        for section, slug, line in _listed(tree)
        if slug in there
    )


def _listed(tree: Tree) -> Iterator[tuple[str, str, str]]:
    sections = tree.at("print", "sections")
    if sections is None or not isinstance(sections.root, Sequence):
        return
    for section in sections.root.items:
        if not isinstance(section, Mapping):
            continue
        name, articles = section.entry("section"), section.entry("articles")
        if not name or not isinstance(name.value, Scalar):
            continue
        if articles and isinstance(articles.value, Sequence):
            for item in articles.value.items:
                if slug := slug_of(item):
                    yield name.value.text, slug, flow(_without_pages(item))


def slug_of(item: Node) -> str:
    """Return the article that an item of a section's list names; empty for none."""
    if isinstance(item, Scalar):
        return item.text
    entry = item.entry("article") if isinstance(item, Mapping) else None
    return entry.value.text if entry and isinstance(entry.value, Scalar) else ""


def _without_pages(item: Node) -> Node:
    if not isinstance(item, Mapping):
        return item
    kept = tuple(e for e in item.entries if e.key.text not in OF_ITS_PAGES)
    return replace(item, entries=kept)
