"""Choosing what runs: the articles there are, and which of them an edition takes."""

from __future__ import annotations

from dataclasses import dataclass

from press.model.article import Article, Slug
from press.model.edition import EditionId
from press.model.finding import NOWHERE, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A line of the manifest: an article in a section, whether it has copy or not.

    Attributes:
        slug: The article.
        priority: As the manifest gives it.
    """

    slug: Slug
    priority: int
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSection:
    """A section as the manifest lists it."""

    name: str
    articles: tuple[Listed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article in an edition's folder that the manifest does not name.

    Attributes:
        article: The article.
        errors: How many mistakes keep it from being printed.
        featured: Whether its site sets it above others.
        form: What it was imported from; empty where it was not imported.
    """

    article: Article
    errors: int = 0
    featured: bool = False
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What an edition takes in, and what it takes out.

    Attributes:
        edition: The edition.
        slugs: Articles to be taken in, in order.
        section: Where to; empty for the section in which the web filed each.
        priority: How important they are; None leaves it to the manifest's default.
        remove: Articles to be taken out.
    """

    edition: EditionId
    slugs: tuple[str, ...] = ()
    section: str = ""
    priority: int | None = None
    remove: tuple[str, ...] = ()
