"""Feeds with the full text of articles: RSS, Atom and JSON Feed.

A feed is one step better than the web page: it has the text without the page around it,
but often a beginning only. Such entries are told, and not taken.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import unquote

from press.intake.credit import with_credits
from press.intake.feed_text import breaks_off, html_of, is_beginning, paragraphs_of
from press.intake.markup import plain_line, read_markup
from press.intake.markup.parse import Element
from press.intake.told import Told, day_of, moment_of
from press.intake.xml import XmlError, name_of, root_of, space_of
from press.model.address import join_address, split_address
from press.model.finding import Checked, Finding, Place, error, warning
from press.model.story import Furniture, Left, Origin, Piece, PieceKind, Sought, Story
from press.model.wanted import Wanted

_CONTENT: Final = "purl.org/rss/1.0/modules/content"
_MEDIA: Final = "search.yahoo.com/mrss"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
_BREAK_OFF: Final = re.compile(r"\[(?:…|\.\.\.)\]")
_OBJECT: Final = b"{"


@dataclass(slots=True, kw_only=True)
class _Entry:
    """An entry of a feed.

    Attributes:
        full: Whether its text was given as the whole of it.
    """

    title: str = ""
    id: str = ""
    url: str = ""
    html: str = ""
    full: bool = False
    summary: str = ""
    authors: list[str] = field(default_factory=list)
    date: dt.date | None = None
    modified: dt.datetime | None = None
    filed: list[str] = field(default_factory=list)
    lang: str = ""
    base: str = ""
    lead: Sought | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Feed:
    site: str
    entries: tuple[_Entry, ...]


def read_feed(
    data: bytes, *, name: str, wanted: Wanted, url: str = ""
) -> Checked[tuple[Story, ...]]:
    """Read the articles of a feed.

    Args:
        data: The feed: RSS 1 or 2, Atom, or JSON Feed.
        name: Its name, for findings.
        wanted: Which are taken.
        url: Where it was had; empty for a file.
    """
    place = Place(file=name)
    try:
        is_json = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == _OBJECT
        feed = _of_json(Told.read(data)) if is_json else _of_xml(root_of(data), url)
    except XmlError as fault:
        return Checked(
            value=None, findings=(_unreadable(str(fault), name, fault.line),)
        )
    except ValueError:
        return Checked(value=None, findings=(_unreadable("it is no JSON", name, 0),))
    if feed is None:
        findings = (_unreadable("it is no feed", name, 0),)
        return Checked(value=None, findings=findings)
    several = any(one.full for one in feed.entries)
    asked = [one for one in feed.entries if wanted.covers(one.date)]
    whole = [one for one in asked if _is_whole(one, several=several)]
    short = [one for one in asked if not _is_whole(one, several=several)]
    return Checked(
        value=tuple(_story(one, feed, name, url) for one in whole),
        findings=tuple(_excerpt(one, place) for one in short),
    )


def _is_whole(entry: _Entry, *, several: bool) -> bool:
    """Whether an entry has the text of its article, not its beginning only."""
    if not entry.full:
        return not several and not is_beginning(entry.summary)
    base = entry.base or entry.url
    return bool(entry.html.strip()) and not breaks_off(
        entry.html, url=entry.url, title=plain_line(entry.title), base=base
    )


def _story(entry: _Entry, feed: _Feed, name: str, url: str) -> Story:
    base = entry.base or entry.url or feed.site
    harvest = read_markup(entry.html if entry.full else entry.summary, base=base)
    pieces, left = _without_source(with_credits(harvest.pieces), entry)
    return Story(
        origin=Origin(
            form="feed",
            file="" if url else name,
            site=feed.site,
            id=entry.id or entry.url,
            url=entry.url,
            modified=entry.modified,
        ),
        slug=_slug(entry.url),
        title=plain_line(entry.title),
        standfirst=_standfirst(entry, pieces),
        byline=tuple(dict.fromkeys(filter(None, entry.authors))),
        date=entry.date,
        lang=entry.lang,
        section=next(iter(entry.filed), ""),
        tags=tuple(entry.filed[1:]),
        lead=entry.lead,
        pieces=pieces,
        left=(*harvest.left, *left),
        words=harvest.words,
    )


def _without_source(
    pieces: tuple[Piece, ...], entry: _Entry
) -> tuple[tuple[Piece, ...], tuple[Left, ...]]:
    """Take away the last line, where it only says on which page the text first stood."""
    last = pieces[-1] if pieces else None
    if last is None or last.kind is not PieceKind.PARAGRAPH or not entry.url:
        return pieces, ()
    links = f"]({entry.url})" in last.markdown
    title = plain_line(entry.title)
    if not links or title not in last.text or last.words > len(title.split()) + 20:
        return pieces, ()
    left = Left(kind=Furniture.PAGE, why="where the feed is from", text=last.text)
    return pieces[:-1], (left,)


def _standfirst(entry: _Entry, pieces: Sequence[Piece]) -> str:
    """Return the summary, where it is one and not the beginning of the text."""
    summary = plain_line(entry.summary) if entry.full else ""
    summary = _BREAK_OFF.split(summary)[0].strip()
    start = " ".join(summary.split()[:8])
    said = " ".join(piece.text for piece in pieces[:16])
    return "" if start in said else summary


def _slug(url: str) -> str:
    last = split_address(url).path.rstrip("/").rpartition("/")[2]
    return unquote(last).rpartition(".")[0] or unquote(last)


def _of_xml(root: Element, url: str) -> _Feed | None:
    kind = name_of(root)
    if kind == "feed":
        site = _link(root, root.get(_BASE) or url)
        own = [name for one in root for name in _people(name_of(one), one)]
        entries = [_of_atom(one, site, own) for one in root if name_of(one) == "entry"]
        return _Feed(site=_host(site or url), entries=tuple(entries))
    if kind not in {"rss", "RDF"}:
        return None
    channel = next((one for one in root if name_of(one) == "channel"), root)
    site = next((_text(one) for one in channel if one.tag == "link"), "") or url
    items = [one for one in root.iter() if name_of(one) == "item"]
    return _Feed(site=_host(site), entries=tuple(_of_rss(one, site) for one in items))


def _of_rss(item: Element, site: str) -> _Entry:
    entry = _Entry(base=site)
    for one in item:
        name, space, text = name_of(one), space_of(one), _text(one)
        if name == "encoded" and _CONTENT in space:
            entry.html, entry.full = html_of(one, "html"), True
        elif _MEDIA in space or name == "enclosure":
            entry.lead = entry.lead or _media(one)
        elif name in {"creator", "author"}:
            entry.authors.append(_person(text))
        elif name in {"pubDate", "date", "modified"}:
            _set_time(entry, name, text)
        elif not space:
            _set_rss(entry, name, text)
    entry.url = entry.url or (entry.id if entry.id.startswith("http") else "")
    if entry.full and _count(entry.summary) > _count(entry.html):
        entry.html, entry.summary = entry.summary, entry.html
    return entry


def _count(html: str) -> int:
    return len(plain_line(html).split())


def _set_rss(entry: _Entry, name: str, text: str) -> None:
    match name:
        case "title":
            entry.title = text
        case "guid":
            entry.id = text
        case "link":
            entry.url = text
        case "description":
            entry.summary = text
        case "category":
            entry.filed.append(plain_line(text))
        case _:
            pass


def _set_time(entry: _Entry, name: str, text: str) -> None:
    if name == "pubDate":
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError):
            return
        entry.date = moment.date()
        aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        entry.modified = entry.modified or aware.astimezone(dt.UTC)
    elif name == "modified":
        entry.modified = moment_of(text) or entry.modified
    else:
        entry.date = entry.date or day_of(text)


def _of_atom(item: Element, site: str, people: list[str]) -> _Entry:
    """Return an entry; where it names no writer, the feed's wrote it (RFC 4287, 4.1.1)."""
    base = join_address(site, item.get(_BASE) or "")
    entry = _Entry(base=base, url=_link(item, base), lang=item.get(_LANGUAGE) or "")
    for one in item:
        _set_atom(entry, one)
    entry.authors = entry.authors or people
    entry.date = entry.date or (entry.modified.date() if entry.modified else None)
    return entry


def _set_atom(entry: _Entry, one: Element) -> None:
    match name_of(one):
        case "content" if not one.get("src"):
            entry.html, entry.full = html_of(one, one.get("type", "text")), True
        case "summary":
            entry.summary = html_of(one, one.get("type", "text"))
        case "title":
            entry.title = html_of(one, one.get("type", "text"))
        case "id":
            entry.id = _text(one)
        case "updated":
            entry.modified = moment_of(_text(one))
        case "published":
            entry.date = day_of(_text(one))
        case name:
            entry.authors += _people(name, one)
            if name == "category":
                filed = one.get("label") or one.get("term") or ""
                entry.filed.append(plain_line(filed))


def _people(name: str, one: Element) -> list[str]:
    if name != "author":
        return []
    return [plain_line(_text(inner)) for inner in one if name_of(inner) == "name"]


def _link(element: Element, base: str) -> str:
    """Return where the page of a feed or an entry is, as Atom tells it."""
    links = [one for one in element if name_of(one) == "link"]
    for one in links:
        if one.get("rel", "alternate") == "alternate" and one.get("href"):
            return join_address(base, one.get("href") or "")
    return ""


def _of_json(told: Told) -> _Feed | None:
    if not told.at("items").is_list:
        return None
    site = told.at("home_page_url").text or told.at("feed_url").text
    people = _writers(told)
    entries = [_of_item(one, people) for one in told.at("items").items]
    return _Feed(site=_host(site), entries=tuple(entries))


def _writers(told: Told) -> list[str]:
    people = told.at("authors").items or (told.at("author"),)
    return [name for one in people if (name := plain_line(one.at("name").text))]


def _of_item(item: Told, people: list[str]) -> _Entry:
    """Return an entry of a JSON Feed (version 1.1)."""
    html, words = item.at("content_html").text, item.at("content_text").text
    published, modified = item.at("date_published").text, item.at("date_modified").text
    return _Entry(
        title=item.at("title").text,
        id=item.at("id").text,
        url=item.at("url").text,
        html=html or paragraphs_of(words),
        full=bool(html or words),
        summary=item.at("summary").text,
        authors=_writers(item) or people,
        date=day_of(published) or day_of(modified),
        modified=moment_of(modified or published),
        filed=[plain_line(one.text) for one in item.at("tags").items],
        lang=item.at("language").text,
        lead=_picture(item.at("image").text or item.at("banner_image").text),
    )


def _media(element: Element) -> Sought | None:
    """Return a picture as Media RSS tells of it."""
    if name_of(element) == "group":
        found = (_media(one) for one in element)
        return next((one for one in found if one), None)
    kind = element.get("medium") or element.get("type") or ""
    if name_of(element) not in {"content", "enclosure"} or "image" not in kind[:5]:
        return None
    said = {name_of(one): _text(one) for one in element}
    shown = _picture(element.get("url") or "")
    return shown and replace(
        shown,
        caption=plain_line(said.get("description", "")),
        credit=plain_line(said.get("credit", "")),
    )


def _picture(address: str) -> Sought | None:
    name = unquote(split_address(address).path.rpartition("/")[2])
    return Sought(addresses=(address,), name=name, lead=True) if address else None


def _person(text: str) -> str:
    """Return the name of a writer, of whom RSS wants an address with the name in brackets."""
    named = re.fullmatch(r"\S+@\S+\s*\((.+)\)", text)
    return plain_line(named[1] if named else "" if "@" in text else text)


def _text(element: Element) -> str:
    return (element.text or "").strip()


def _host(address: str) -> str:
    parts = split_address(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def _excerpt(entry: _Entry, place: Place) -> Finding:
    return warning(
        "intake.excerpt",
        f"the feed has only the beginning of “{plain_line(entry.title)}”; it was not taken",
        place,
        f"take it from the site's database, or from its page: {entry.url}",
    )


def _unreadable(why: str, name: str, line: int) -> Finding:
    return error(
        "intake.unreadable",
        why,
        Place(file=name, line=line or None),
        "fetch it again, the whole of it",
    )
