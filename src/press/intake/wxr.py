"""The export of a WordPress site (Tools, Export): WXR, a kind of RSS.

It is read once, from beginning to end. Only the posts that are wanted are kept, and of
all others what posts refer to: pictures, reusable blocks, writers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import BinaryIO, Final

from press.intake.markup import plain_line
from press.intake.markup.parse import Element
from press.intake.passed import Passed, about_passed
from press.intake.told import day_of, moment_of, number_in
from press.intake.wordpress.content import Shelf, notes_of, read_content
from press.intake.wordpress.library import Library, Medium, credit_of, originals
from press.intake.xml import XmlError, elements, name_of, space_of
from press.model.finding import Checked, Finding, Place, error, warning
from press.model.story import Origin, Sought, Story
from press.model.wanted import LOCKED, PUBLISHED, Wanted

_TAGS: Final = (
    "item",
    "{*}author",
    "{*}base_site_url",
    "{*}base_blog_url",
    "{*}term",
    "{*}category",
)
_UNFILED: Final = frozenset({"uncategorized", "uncategorised"})
#: Where plugins keep the sentence under the headline.
_SUBTITLES: Final = (
    "_subtitle",
    "subtitle",
    "kia_subtitle",
    "wps_subtitle",
    "standfirst",
)
_PRIMARY: Final = "_yoast_wpseo_primary_category"
#: What a plugin that several writers sign with puts before their names.
_CO_AUTHOR: Final = "cap-"


@dataclass(slots=True, kw_only=True)
class _Entry:
    """An item of the export."""

    said: dict[str, str] = field(default_factory=dict)
    content: str = ""
    excerpt: str = ""
    filed: list[tuple[str, str, str]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    line: int = 0

    @property
    def id(self) -> int:
        return number_in(self.said.get("post_id", ""))

    @property
    def status(self) -> str:
        status = self.said.get("status", "") or PUBLISHED
        locked = self.said.get("post_password") and status == PUBLISHED
        return LOCKED if locked else status

    @property
    def title(self) -> str:
        return plain_line(self.said.get("title", ""))


@dataclass(slots=True, kw_only=True)
class _Export:
    """What an export holds of use."""

    site: str = ""
    posts: list[_Entry] = field(default_factory=list)
    media: dict[int, Medium] = field(default_factory=dict)
    blocks: dict[int, str] = field(default_factory=dict)
    writers: dict[str, tuple[str, str]] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)
    passed: list[Passed] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_wxr(
    source: BinaryIO | bytes, *, name: str, wanted: Wanted
) -> Checked[tuple[Story, ...]]:
    """Read the posts of an export.

    Args:
        source: The file.
        name: Its name, for findings.
        wanted: Which are taken.
    """
    place = Place(file=name)
    export = _Export()
    stream = BytesIO(source) if isinstance(source, bytes) else source
    try:
        for element in elements(stream, _TAGS):
            _take(element, export, wanted, place)
    except XmlError as fault:
        export.findings.append(_broken(fault, export, name))
        if not export.posts:
            return Checked(value=None, findings=tuple(export.findings))
    shelf = Shelf(
        site=export.site, library=Library(media=export.media), blocks=export.blocks
    )
    stories = tuple(_story(entry, export, shelf, name) for entry in export.posts)
    return Checked(
        value=stories,
        findings=(*export.findings, *about_passed(export.passed, place)),
    )


def _take(element: Element, export: _Export, wanted: Wanted, place: Place) -> None:
    """Take from an element what is of use."""
    name = name_of(element)
    if name == "item":
        _take_entry(_entry(element), export, wanted, place)
    elif name in {"base_site_url", "base_blog_url"}:
        export.site = (element.text or "").strip().rstrip("/") or export.site
    elif space_of(element):
        said = {name_of(one): (one.text or "").strip() for one in element}
        shown: str | None
        if name == "author":
            login = said.get("author_login", "")
            shown = said.get("author_display_name", "") or login
            export.writers.setdefault(login.lower(), (plain_line(shown), ""))
        elif shown := said.get("cat_name") or said.get("term_name"):
            export.terms[said.get("term_id", "")] = plain_line(shown)


def _take_entry(entry: _Entry, export: _Export, wanted: Wanted, place: Place) -> None:
    sort = entry.said.get("post_type", "post")
    if sort in wanted.sorts:
        _take_post(entry, export, wanted, place)
    elif not entry.id:
        return
    elif sort == "attachment":
        address = entry.said.get("attachment_url", "").strip()
        serialized = entry.meta.get("_wp_attachment_metadata", "")
        if addresses := originals(address, serialized):
            export.media[entry.id] = Medium(
                id=entry.id,
                addresses=addresses,
                alt=entry.meta.get("_wp_attachment_image_alt", ""),
                caption=entry.excerpt.strip(),
                credit=plain_line(credit_of(entry.meta)),
                post=number_in(entry.said.get("post_parent", "")),
                order=number_in(entry.said.get("menu_order", "")),
                title=entry.title,
                date=entry.said.get("post_date", ""),
            )
    elif sort == "wp_block":
        export.blocks[entry.id] = entry.content
    elif sort == "guest-author":
        _take_guest(entry, export)


def _take_post(entry: _Entry, export: _Export, wanted: Wanted, place: Place) -> None:
    if not entry.id:
        export.findings.append(_odd(entry, place))
    elif entry.status not in wanted.statuses:
        if entry.status not in {"auto-draft", "trash", "inherit"}:
            export.passed.append(Passed(status=entry.status, title=entry.title))
    elif wanted.covers(_date(entry)):
        export.posts.append(entry)


def _take_guest(entry: _Entry, export: _Export) -> None:
    """Take a writer who has no account on the site: a plugin keeps them as entries."""
    name = entry.meta.get("cap-display_name") or entry.title
    about = plain_line(entry.meta.get("cap-description", "") or entry.content)
    for login in (entry.meta.get("cap-user_login"), entry.said.get("post_name")):
        if login:
            export.writers[login.lower().removeprefix(_CO_AUTHOR)] = (
                plain_line(name),
                about,
            )


def _entry(element: Element) -> _Entry:
    entry = _Entry(line=element.sourceline or 0)
    for one in element:
        name, text = name_of(one), one.text or ""
        if name == "encoded":
            if "excerpt" in space_of(one):
                entry.excerpt = text
            else:
                entry.content = text
        elif name == "category":
            entry.filed.append(
                (str(one.get("domain") or ""), str(one.get("nicename") or ""), text)
            )
        elif name == "postmeta":
            pair = {name_of(inner): inner.text or "" for inner in one}
            entry.meta[pair.get("meta_key", "")] = pair.get("meta_value", "")
        else:
            entry.said.setdefault(name, text)
    return entry


def _story(entry: _Entry, export: _Export, shelf: Shelf, name: str) -> Story:
    slug = entry.said.get("post_name", "").strip()
    place = Place(file=name, article=slug or None)
    text = read_content(
        entry.content,
        shelf,
        notes=notes_of(entry.meta.get("footnotes", "")),
        post=entry.id,
        place=place,
    )
    writers = _writers(entry, export.writers)
    lead, missing = _lead(entry, shelf, place)
    return Story(
        origin=Origin(
            form="wxr",
            file=name,
            site=export.site,
            id=str(entry.id),
            url=entry.said.get("link", "").strip(),
            modified=_modified(entry),
            status=entry.status,
        ),
        slug=slug,
        title=entry.title,
        standfirst=_standfirst(entry),
        byline=tuple(writers),
        date=_date(entry),
        lang=next((short for short, _ in _filed(entry, "language")), ""),
        section=_section(entry, export.terms),
        tags=tuple(shown for _, shown in _filed(entry, "post_tag")),
        contributor=" ".join(about for about in writers.values() if about),
        lead=lead,
        pieces=text.pieces,
        left=text.left,
        words=text.words,
        findings=(*missing, *text.findings),
    )


def _date(entry: _Entry) -> dt.date | None:
    return day_of(entry.said.get("post_date", ""))


def _modified(entry: _Entry) -> dt.datetime | None:
    given = (entry.said.get(f"post_{one}", "") for one in ("modified_gmt", "date_gmt"))
    return next((moment for one in given if (moment := moment_of(one))), None)


def _standfirst(entry: _Entry) -> str:
    given = (entry.meta.get(name, "") for name in _SUBTITLES)
    return plain_line(entry.excerpt) or next(
        (plain_line(one) for one in given if one), ""
    )


def _filed(entry: _Entry, domain: str) -> list[tuple[str, str]]:
    """Return what an entry is filed under: short names and names."""
    return [
        (nicename, plain_line(text))
        for where, nicename, text in entry.filed
        if where == domain
    ]


def _section(entry: _Entry, terms: Mapping[str, str]) -> str:
    filed = [
        shown for short, shown in _filed(entry, "category") if short not in _UNFILED
    ]
    first = terms.get(entry.meta.get(_PRIMARY, "").strip(), "")
    return first if first in filed else next(iter(filed), "")


def _writers(entry: _Entry, known: Mapping[str, tuple[str, str]]) -> Mapping[str, str]:
    """Return the names of who wrote an entry, and who they are."""
    signed = [
        known.get(short.lower().removeprefix(_CO_AUTHOR), (shown, ""))
        for short, shown in _filed(entry, "author")
    ]
    if not signed:
        login = entry.said.get("creator", "").strip()
        signed = [known.get(login.lower(), (login, ""))]
    return {name: about for name, about in signed if name}


def _lead(
    entry: _Entry, shelf: Shelf, place: Place
) -> tuple[Sought | None, tuple[Finding, ...]]:
    """Return the picture over an entry, and what is said where the export lacks it."""
    number = number_in(entry.meta.get("_thumbnail_id", ""))
    if not number:
        return None, ()
    medium = shelf.library.media.get(number)
    if medium is not None:
        return replace(medium.sought(), lead=True), ()
    missing = warning(
        "intake.lead-picture",
        f"the picture over it, number {number}, is not in the export",
        place,
        "export all content, with media; or fetch the picture from the page on the web",
    )
    return None, (missing,)


def _odd(entry: _Entry, place: Place) -> Finding:
    shown = f" ({entry.title})" if entry.title else ""
    return warning(
        "intake.item",
        f"an entry{shown} has no number, and was left out",
        Place(file=place.file, line=entry.line or None),
        "export it again",
    )


def _broken(fault: XmlError, export: _Export, name: str) -> Finding:
    read = len(export.posts)
    before = f"; the {read} posts before are read" if read else ""
    return error(
        "intake.unreadable",
        f"{fault}{before}",
        Place(file=name, line=fault.line or None),
        "export it again, the whole of it",
    )
