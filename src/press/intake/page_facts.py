"""What a web page says about its article, for machines: JSON-LD, Open Graph, meta."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from press.intake.head import day_in, names_in
from press.intake.tree import Node
from press.model.address import join_address

_ARTICLES: Final = frozenset(
    """Article NewsArticle BlogPosting ReportageNewsArticle OpinionNewsArticle
    AnalysisNewsArticle ReviewNewsArticle BackgroundNewsArticle LiveBlogPosting
    Report""".split()  # noqa: SIM905 - a column of types is read more easily
)
_TITLES: Final = ("og:title", "twitter:title", "dc.title", "citation_title")
_STANDFIRSTS: Final = ("og:description", "description", "twitter:description")
_AUTHORS: Final = ("author", "article:author", "dc.creator", "parsely-author")
_DATES: Final = ("article:published_time", "date", "dc.date", "parsely-pub-date")
_PICTURES: Final = ("og:image", "og:image:url", "twitter:image")
_DEEPEST: Final = 6
_BETWEEN: Final = (" – ", " — ", " | ", " - ", " · ")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What a page says about its article; what it does not say is empty.

    Attributes:
        title: Its headline.
        standfirst: What it is about.
        byline: Who wrote it.
        date: When it was published.
        modified: When it was last changed.
        lang: In which language.
        section: Where it is filed.
        url: The address that it gives itself.
        site: The name of the site.
        picture: The address of its picture.
    """

    title: str = ""
    standfirst: str = ""
    byline: tuple[str, ...] = ()
    date: dt.date | None = None
    modified: dt.datetime | None = None
    lang: str = ""
    section: str = ""
    url: str = ""
    site: str = ""
    picture: str = ""


def read_facts(root: Node, base: str = "") -> PageFacts:
    """Read what a page says about its article.

    Args:
        root: The page, head and all.
        base: Its address; empty for none.
    """
    meta = _Meta.of(root)
    article = next(_articles(root), {})
    site = meta.first("og:site_name")
    title = _text(article.get("headline")) or meta.first(*_TITLES)
    picture = _address(article.get("image")) or meta.first(*_PICTURES)
    url = _canonical(root) or meta.first("og:url")
    date = _text(article.get("datePublished")) or meta.first(*_DATES)
    changed = _text(article.get("dateModified")) or meta.first("article:modified_time")
    return PageFacts(
        title=title or _without_site(_page_title(root), site),
        standfirst=_text(article.get("description")) or meta.first(*_STANDFIRSTS),
        byline=_authors(article.get("author")) or _names(meta),
        date=day_in(date) if date else None,
        modified=_moment(changed),
        lang=_language(root, article),
        section=_text(article.get("articleSection")) or meta.first("article:section"),
        url=join_address(base, url) if url else base,
        site=site,
        picture=join_address(base, picture) if picture else "",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meta:
    found: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, root: Node) -> _Meta:
        pairs = (
            (
                (one.get("property") or one.get("name") or "").lower(),
                " ".join((one.get("content") or "").split()),
            )
            for one in root.iter("meta")
        )
        return cls(found=tuple(pair for pair in pairs if all(pair)))

    def first(self, *names: str) -> str:
        """Return the first of these that is given."""
        for name in names:
            for key, value in self.found:
                if key == name:
                    return value
        return ""


def _articles(root: Node) -> Iterator[dict[str, Any]]:
    """Yield what JSON-LD says of articles, wherever it says so."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _typed(data, 0)


def _typed(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for one in data:
            yield from _typed(one, depth + 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        named = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(one, str) and one in _ARTICLES for one in named):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _typed(data.get(key), depth + 1)


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next(iter(value), "")
    return " ".join(value.split()) if isinstance(value, str) else ""


def _address(value: Any) -> str:
    if isinstance(value, list):
        value = next(iter(value), "")
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl")
    return value.strip() if isinstance(value, str) else ""


def _authors(value: Any) -> tuple[str, ...]:
    named = value if isinstance(value, list) else [value]
    found = (one.get("name") if isinstance(one, dict) else one for one in named)
    names = (_text(one) for one in found)
    return tuple(name for name in names if name and not name.startswith("http"))


def _names(meta: _Meta) -> tuple[str, ...]:
    found = (meta.first(name) for name in _AUTHORS)
    author = next((one for one in found if one and not one.startswith("http")), "")
    return names_in(author) if author else ()


def _moment(text: str) -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(dt.UTC) if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _language(root: Node, article: dict[str, Any]) -> str:
    top = root.getroottree().getroot()
    lang = top.get("lang") or top.get("{http://www.w3.org/XML/1998/namespace}lang")
    given = lang or top.get("xml:lang") or _text(article.get("inLanguage"))
    return given.strip().replace("_", "-")


def _canonical(root: Node) -> str:
    links = (one for one in root.iter("link") if one.get("rel") == "canonical")
    return next((one.get("href") or "" for one in links), "")


def _page_title(root: Node) -> str:
    found = next(root.iter("title"), None)
    return " ".join((found.text or "").split()) if found is not None else ""


def _without_site(title: str, site: str) -> str:
    """Return a page's title without the name of the site after it."""
    for mark in _BETWEEN:
        head, found, tail = title.rpartition(mark)
        if found and site and tail.strip().lower() == site.lower():
            return head.strip()
    return title
