"""What a page says about itself to search engines and to those who share it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from press.digest.web.view import SharedPicture
from press.digest.xhtml import legal
from press.model.article import Article
from press.model.house import House
from press.model.page import Html

#: What could end the element, or a line in old readers of JavaScript.
_ESCAPED = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


def locale(lang: str) -> str:
    """Return a language as Open Graph writes it; empty where it names no land."""
    parts = lang.split("-")
    land = next((p for p in parts[1:] if len(p) == 2 and p.isupper()), "")  # noqa: PLR2004 - ISO 3166
    return f"{parts[0]}_{land}" if land else ""


def structured(facts: Mapping[str, object]) -> Html:
    """Return facts as an element with JSON-LD, which no text in it can end."""
    written = json.dumps(facts, ensure_ascii=False).translate(_ESCAPED)
    return Html(f'<script type="application/ld+json">{legal(written)}</script>')


def news_article(
    article: Article,
    house: House,
    *,
    address: str,
    description: str,
    published: str,
    picture: SharedPicture | None,
) -> Html:
    """Return the facts of an article (schema.org, NewsArticle)."""
    facts: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": description,
        "datePublished": published,
        "inLanguage": article.lang,
        "mainEntityOfPage": address,
        "url": address,
        "isAccessibleForFree": not article.members_only,
        "publisher": {
            "@type": "Organization",
            "name": house.title,
            "url": house.website,
        },
    }
    if article.byline:
        facts["author"] = [{"@type": "Person", "name": name} for name in article.byline]
    if article.section:
        facts["articleSection"] = article.section
    if article.tags:
        facts["keywords"] = list(article.tags)
    if picture is not None:
        facts["image"] = {
            "@type": "ImageObject",
            "url": picture.address,
            "width": picture.width,
            "height": picture.height,
        }
    return structured({key: value for key, value in facts.items() if value != ""})
