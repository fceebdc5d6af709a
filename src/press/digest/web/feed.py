"""Feeds of an edition: Atom (RFC 4287) and RSS 2.0, with the same entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from press.digest.xhtml import legal

_DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page in a feed.

    Attributes:
        id: A name for ever (RFC 4151).
        title: Its headline.
        address: Where it is read.
        published: When, with the zone.
        summary: One or two sentences, plain; may be empty.
        content: All that everybody may read, as markup; empty for a teaser.
        authors: Who wrote it.
        lang: Its language.
        topics: What it is about.
    """

    id: str
    title: str
    address: str
    published: dt.datetime
    summary: str
    content: str = ""
    authors: tuple[str, ...] = ()
    lang: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed.

    Attributes:
        title: The paper's title.
        subtitle: The line under it; may be empty.
        address: The page that the feed is about.
        atom: Where the Atom feed is; its name for ever, too.
        rss: Where the RSS feed is.
        publisher: Who publishes it.
        lang: The paper's language.
        updated: When it changed last.
        entries: The newest first.
    """

    title: str
    subtitle: str
    address: str
    atom: str
    rss: str
    publisher: str
    lang: str
    updated: dt.datetime
    entries: Sequence[Entry]


def tag(host: str, published: dt.datetime, name: str) -> str:
    """Return a name for ever of a page, which no other page has (RFC 4151).

    The year alone is its date: a day of sale may be corrected.
    """
    return f"tag:{host},{published.year}:{name}"


def write_atom(feed: Feed) -> bytes:
    """Write a feed as Atom."""
    root = ET.Element(
        "feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.lang}
    )
    _add(root, "id", feed.atom)
    _add(root, "title", feed.title)
    if feed.subtitle:
        _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", feed.updated.isoformat())
    _add(_add(root, "author"), "name", feed.publisher)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.atom)
    _add(root, "link", rel="alternate", type="text/html", href=feed.address)
    for entry in feed.entries:
        _atom_entry(root, entry)
    return _written(root)


def _atom_entry(root: ET.Element, entry: Entry) -> None:
    lang = {"xml:lang": entry.lang} if entry.lang else {}
    item = ET.SubElement(root, "entry", lang)
    _add(item, "id", entry.id)
    _add(item, "title", entry.title)
    _add(item, "link", rel="alternate", type="text/html", href=entry.address)
    _add(item, "published", entry.published.isoformat())
    _add(item, "updated", entry.published.isoformat())
    for name in entry.authors:
        _add(_add(item, "author"), "name", name)
    for topic in entry.topics:
        _add(item, "category", term=topic)
    if entry.summary:
        _add(item, "summary", entry.summary)
    if entry.content:
        _add(item, "content", entry.content, type="html")


def write_rss(feed: Feed) -> bytes:
    """Write a feed as RSS 2.0."""
    root = ET.Element(
        "rss",
        {
            "version": "2.0",
            "xmlns:atom": "http://www.w3.org/2005/Atom",
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        },
    )
    channel = _add(root, "channel")
    _add(channel, "title", feed.title)
    _add(channel, "link", feed.address)
    _add(channel, "description", feed.subtitle or feed.title)
    _add(channel, "language", feed.lang.lower())
    _add(channel, "lastBuildDate", format_datetime(feed.updated))
    _add(channel, "atom:link", rel="self", type="application/rss+xml", href=feed.rss)
    for entry in feed.entries:
        _rss_item(channel, entry)
    return _written(root)


def _rss_item(channel: ET.Element, entry: Entry) -> None:
    item = _add(channel, "item")
    _add(item, "title", entry.title)
    _add(item, "link", entry.address)
    _add(item, "guid", entry.id, isPermaLink="false")
    _add(item, "pubDate", format_datetime(entry.published))
    for name in entry.authors:
        _add(item, "dc:creator", name)
    for topic in entry.topics:
        _add(item, "category", topic)
    if entry.summary:
        _add(
            item,
            "description",
            entry.summary.replace("&", "&amp;").replace("<", "&lt;"),
        )
    if entry.content:
        _add(item, "content:encoded", entry.content)


def _add(
    parent: ET.Element, name: str, text: str = "", /, **settings: str
) -> ET.Element:
    attributes = {key: legal(value) for key, value in settings.items()}
    element = ET.SubElement(parent, name, attributes)
    if text:
        element.text = legal(text)
    return element


def _written(root: ET.Element) -> bytes:
    ET.indent(root, space=" ")
    written: str = ET.tostring(root, encoding="unicode")
    return _DECLARATION + written.encode() + b"\n"
