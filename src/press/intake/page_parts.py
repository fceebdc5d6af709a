"""The parts of a web page: which holds the article, and what the others are."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from press.intake.markup.words import BLOCKS, words_of
from press.intake.tree import Node, class_names
from press.model.story import Furniture, Left

#: What sites call the part that holds an article's text, the surest first.
_BODIES: Final = (
    "entry-content",
    "wp-block-post-content",
    "post-content",
    "article-body",
    "article__body",
    "article-content",
    "article__content",
    "articlebody",
    "story-body",
    "story__body",
    "storytext",
    "post-body",
    "post__content",
    "content-body",
    "body-content",
    "c-entry-content",
    "rich-text",
    "td-post-content",
    "single-content",
    "gh-content",
    "e-content",
)
_TITLES: Final = re.compile(
    r"(?:entry|post|article|story|page)(?:__|-)?(?:title|headline)|headline"
    r"|wp-block-post-title|p-name"
)
_STANDFIRSTS: Final = re.compile(
    r"standfirst|stand-first|subhead(?:line)?|sub-title|subtitle|dek|deck|lede"
    r"|article-?(?:intro|summary)|entry-(?:summary|excerpt)|wp-block-post-excerpt"
)
_BYLINES: Final = re.compile(
    r"byline|by-line|(?:post|entry|article)-author(?:-name)?|author-name"
    r"|wp-block-post-author(?:-name)?"
)
_DATES: Final = re.compile(
    r"(?:post|entry|article|publish(?:ed)?)-?(?:date|time)|dateline|wp-block-post-date"
)
_LEADS: Final = re.compile(
    r"(?:post|article|entry)?-?(?:featured|lead|hero|main)-?(?:image|picture|media|photo)"
    r"|wp-block-post-featured-image|post-thumbnail"
)
_OTHERS: Final = (
    (re.compile(r"cookie|consent|gdpr"), Furniture.PAGE, "cookie notice"),
    (re.compile(r"share|sharing|social|sharedaddy"), Furniture.PAGE, "share buttons"),
    (re.compile(r"comments?|respond|disqus"), Furniture.PAGE, "readers' comments"),
    (
        re.compile(r"related|recommended|more-from|read-more|also-like"),
        Furniture.RELATED,
        "other articles",
    ),
    (
        re.compile(r"newsletter|subscribe|signup|sign-up|donate|paywall"),
        Furniture.CALL,
        "a call to sign up",
    ),
    (
        re.compile(r"ad|ads|advert(?:isement)?|ad-slot|adslot|sponsor(?:ed)?|dfp|gpt"),
        Furniture.ADVERTISEMENT,
        "an advertisement",
    ),
    (
        re.compile(r"breadcrumbs?|menu|nav(?:igation|bar)?|pagination|skip-link"),
        Furniture.PAGE,
        "menu",
    ),
    (
        re.compile(r"site-(?:header|footer|title|tagline)|masthead"),
        Furniture.PAGE,
        "head of the page",
    ),
)
_TAGS: Final = {
    "nav": (Furniture.PAGE, "menu"),
    "menu": (Furniture.PAGE, "menu"),
    "footer": (Furniture.PAGE, "foot of the page"),
    "form": (Furniture.PAGE, "a form"),
    "noscript": (Furniture.PAGE, "for browsers without scripts"),
    "button": (Furniture.PAGE, "a button"),
}
#: A heading's id is made of its words, and a line's class may be anything: only parts
#: that hold others are told by their names.
_HOLDERS: Final = frozenset(
    {"div", "aside", "section", "ul", "ol", "header", "details", "dl", "table"}
)
#: How WordPress calls what an article is about, in the classes of what holds it.
_FILED: Final = ("category-", "tag-", "type-", "format-", "status-", "post-", "author-")
#: Within an article's text only these are taken out: calls are judged as pieces.
_SURE: Final = frozenset(
    {
        "share buttons",
        "readers' comments",
        "other articles",
        "an advertisement",
        "menu",
        "cookie notice",
    }
)
#: The least share of all paragraphs' words that a part must hold to be the article.
_LEAST: Final = 0.3
BODY, LEAD = "press-body", "press-lead"
TITLE, STANDFIRST = "press-title", "press-standfirst"
BYLINE, DATE = "press-byline", "press-date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """What a part of a page is that is no copy."""

    kind: Furniture
    why: str


def find_body(root: Node) -> Node | None:
    """Return the part of a page that its markup says is the article's text."""
    whole = _paragraph_words(root)
    for found in _candidates(root):
        if whole and _paragraph_words(found) >= _LEAST * whole:
            return found
    return None


def find_article(root: Node) -> Node | None:
    """Return the part that holds an article with head and all, if it is the only one."""
    for name in ("article", "main"):
        found = [
            one
            for one in root.iter(name)
            if not any(above.tag == name for above in one.iterancestors())
        ]
        if len(found) == 1 and _paragraph_words(found[0]):
            return found[0]
    return None


def name_head(root: Node, body: Node, title: str, *, sure: bool) -> None:
    """Give the parts of an article's head the names that we use.

    Args:
        root: The page.
        body: The article's text.
        title: The headline that the page tells machines.
        sure: Whether the page says that this is the text: then its head lies outside.
    """
    inside, around = set(body.iterdescendants()), set(body.iterancestors())
    for node in root.iter():
        if not isinstance(node.tag, str) or node is body:
            continue
        within = node in inside
        if (within and sure) or (node not in around and other_of(node)):
            continue
        if any(
            other_of(above) for above in node.iterancestors() if above not in around
        ):
            continue
        name = _title_name(node, title) if within else _head_name(node)
        if name and not _within_named(node) and words_or_picture(node):
            node.set("class", f"{node.get('class') or ''} {name}".strip())


def _title_name(node: Node, title: str) -> str:
    """Return what a part is that stands in a text whose head nobody marked."""
    names = " ".join(class_names(node)).lower().split()
    if node.tag == "h1" or (node.tag == "h2" and title and words_of(node) == title):
        return TITLE
    if node.tag in {"p", "div", "h2"} and _any(_STANDFIRSTS, names):
        return STANDFIRST
    return BYLINE if node.tag in {"p", "div", "span"} and _any(_BYLINES, names) else ""


def other_of(node: Node) -> Other | None:
    """Return what a part is that is no copy; None for one that may be."""
    if not isinstance(node.tag, str):
        return None
    if node.tag in _TAGS:
        kind, why = _TAGS[node.tag]
        return Other(kind=kind, why=why)
    if node.tag in _HOLDERS and (found := _named_other(node)):
        return found
    if node.tag == "header" and node.find(".//nav") is not None:
        return Other(kind=Furniture.PAGE, why="head of the page")
    return None


def _named_other(node: Node) -> Other | None:
    """Return what a part is by its class names, or by all of its id."""
    names = [one.lower() for one in class_names(node)]
    words = [
        word
        for name in names
        if not name.startswith(_FILED)
        for word in _words_of_name(name)
    ]
    for word in [*words, (node.get("id") or "").lower()]:
        for rule, kind, why in _OTHERS:
            if rule.fullmatch(word):
                return Other(kind=kind, why=why)
    return None


def surely_other(node: Node) -> Other | None:
    """Return what a part within an article's text is that is surely none of it."""
    found = other_of(node)
    return found if found is not None and found.why in _SURE else None


def others_in(node: Node) -> Iterator[Left]:
    """Yield all that is read in a part of a page, and what each of it is."""
    other = other_of(node)
    if other is not None or not _has_blocks(node):
        if words := words_of(node):
            kind = other.kind if other else Furniture.PAGE
            why = other.why if other else "outside the article"
            yield Left(kind=kind, why=why, text=words)
        return
    loose = node.text or ""
    for child in node:
        if isinstance(child.tag, str) and (child.tag in BLOCKS or _has_blocks(child)):
            yield from _loose(loose)
            loose = ""
            yield from others_in(child)
        elif isinstance(child.tag, str):
            loose += words_with_edges(child)
        loose += child.tail or ""
    yield from _loose(loose)


def words_with_edges(node: Node) -> str:
    """Return the words of running text with the spaces around them."""
    text = "".join(str(part) for part in node.itertext())
    return f" {text} " if node.tag == "br" else text


def as_part(node: Node) -> Node:
    """Return a part of a page that may stand within others: of `body`, its inside."""
    if node.tag not in {"body", "html"}:
        return node
    inner = etree.SubElement(node, "div")
    for child in [one for one in node if one is not inner]:
        inner.append(child)
    inner.text, node.text = node.text, None
    return inner


def words_or_picture(node: Node) -> bool:
    """Whether a part shows anything."""
    return bool(words_of(node)) or next(node.iter("img"), None) is not None


def _loose(text: str) -> Iterator[Left]:
    if words := " ".join(text.split()):
        yield Left(kind=Furniture.PAGE, why="outside the article", text=words)


def _candidates(root: Node) -> Iterator[Node]:
    for node in root.iter():
        if isinstance(node.tag, str) and node.get("itemprop") == "articleBody":
            yield node
    for name in _BODIES:
        for node in root.iter():
            if (
                isinstance(node.tag, str)
                and name in (node.get("class") or "").lower().split()
            ):
                yield node


def _paragraph_words(node: Node) -> int:
    return sum(len(words_of(one).split()) for one in node.iter("p"))


def _head_name(node: Node) -> str:
    prop = node.get("itemprop") or ""
    names = " ".join(class_names(node)).lower().split()
    if node.tag == "h1" or prop == "headline" or _any(_TITLES, names, node, "h1 h2"):
        return TITLE
    if prop in {"alternativeHeadline", "description"} or _any(_STANDFIRSTS, names):
        return STANDFIRST
    if node.tag == "figure" or _any(_LEADS, names):
        return LEAD if next(node.iter("img"), None) is not None else ""
    if prop == "author" or _any(_BYLINES, names):
        return BYLINE
    return DATE if node.tag == "time" or _any(_DATES, names) else ""


def _any(
    rule: re.Pattern[str], names: list[str], node: Node | None = None, tags: str = ""
) -> bool:
    if node is not None and node.tag not in tags.split():
        return False
    return any(rule.fullmatch(name) for name in names)


def _within_named(node: Node) -> bool:
    own = {TITLE, STANDFIRST, BYLINE, DATE, LEAD}
    return any(own & set(class_names(above)) for above in node.iterancestors())


def _has_blocks(node: Node) -> bool:
    return any(
        isinstance(one.tag, str) and one.tag in BLOCKS for one in node.iterdescendants()
    )


def _words_of_name(name: str) -> Iterator[str]:
    """Yield the words of a class name, alone and by twos: `wp-ad-slot` says `ad-slot`."""
    yield name
    words = [word for word in re.split(r"[-_]+", name) if word]
    yield from words
    yield from ("-".join(pair) for pair in itertools.pairwise(words))
