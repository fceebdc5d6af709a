"""Posts as WordPress's REST interface tells them.

What it tells is described in WordPress's REST API Handbook, under Posts and Media.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from press.intake.markup import plain_line
from press.intake.passed import Passed, about_passed
from press.intake.told import Told, day_of, moment_of
from press.intake.wordpress.content import Shelf, Text, notes_of, read_content
from press.intake.wordpress.library import Library, Medium, credit_of, originals
from press.model.finding import Checked, Finding, Place, error, note, warning
from press.model.story import Origin, Sought, Story
from press.model.wanted import LOCKED, PUBLISHED, Wanted

_UNFILED: Final = frozenset({"uncategorized", "uncategorised"})
_CUT: Final = ("[…]", "[...]", "…", "...")
#: How many words at its start tell that an excerpt is only the beginning of the text.
_TELLING: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where posts are from.

    Attributes:
        name: The file, or the site, for findings.
        form: "wordpress".
        site: The address of the site; empty where it is to be told by the posts' own.
    """

    name: str
    form: str = "wordpress"
    site: str = ""


def read_posts(
    posts: bytes, *, name: str, wanted: Wanted, media: bytes = b""
) -> Checked[tuple[Story, ...]]:
    """Read answers of the REST interface from files.

    Args:
        posts: The answer for posts, with `_embed`.
        name: The file's name, for findings.
        wanted: Which are taken.
        media: The answer for media; empty for none.
    """
    place = Place(file=name)
    try:
        told = Told.read(posts)
        library = library_of(Told.read(media).items) if media else Library()
    except ValueError:
        return Checked(
            value=None,
            findings=(
                error(
                    "intake.unreadable",
                    "it is no JSON, or was cut off",
                    place,
                    "save the answer of the site again, the whole of it",
                ),
            ),
        )
    items = told.items if told.is_list else (told,)
    return stories_of(items, Shelf(library=library), Source(name=name), wanted)


def stories_of(
    posts: Iterable[Told], shelf: Shelf, source: Source, wanted: Wanted
) -> Checked[tuple[Story, ...]]:
    """Return the stories of posts that are wanted, and what is wrong with others."""
    place = Place(file=source.name)
    stories: list[Story] = []
    passed: list[Passed] = []
    findings: list[Finding] = []
    raw = True
    for number, post in enumerate(posts, 1):
        if not post.at("id").number or not _content(post).there:
            findings.append(_odd(number, post, place))
            continue
        status = _status(post)
        if status not in wanted.statuses:
            passed.append(Passed(status=status, title=_title(post)))
        elif wanted.covers(day_of(post.at("date").text)):
            raw = raw and post.at("content", "raw").there
            stories.append(_story(post, shelf, source))
    if stories and not raw:
        findings.append(_only_rendered(place))
    return Checked(
        value=tuple(stories), findings=(*findings, *about_passed(passed, place))
    )


def library_of(media: Iterable[Told]) -> Library:
    """Return the pictures that an answer for media tells of."""
    return Library.of(medium for one in media if (medium := medium_of(one)))


def medium_of(told: Told) -> Medium | None:
    """Return a picture of the library; None where it is none, or nowhere to be had."""
    if told.at("media_type").text not in {"image", ""}:
        return None
    address = told.at("source_url").text or told.at("guid", "rendered").text
    details = told.at("media_details")
    larger = details.at("original_image").text
    beside = address.rpartition("/")[0]
    best = (f"{beside}/{larger}",) if larger and "/" not in larger else ()
    local = told.at("_local").text
    addresses = (*((local,) if local else ()), *best, *originals(address, ""))
    caption = told.at("caption", "raw").text or told.at("caption", "rendered").text
    meta = {
        name: details.at("image_meta", name).text for name in ("credit", "copyright")
    }
    own = {name: told.at("meta", name).text for name in ("_media_credit", "_credit")}
    if not addresses:
        return None
    return Medium(
        id=told.at("id").number,
        addresses=tuple(dict.fromkeys(addresses)),
        alt=told.at("alt_text").text,
        caption=caption.strip(),
        credit=credit_of(own) or meta["credit"] or meta["copyright"],
        post=told.at("post").number,
        order=told.at("menu_order").number,
        title=plain_line(told.at("title", "rendered").text),
        date=told.at("date").text,
    )


def _story(post: Told, shelf: Shelf, source: Source) -> Story:
    slug = post.at("slug").text
    place = Place(file=source.name, article=slug or None)
    link = post.at("link").text
    lead = _lead(post, shelf)
    site = source.site or site_of_link(link)
    html = _content(post)
    text = read_content(
        html.text,
        replace(shelf, site=shelf.site or site, library=_with(shelf.library, post)),
        notes=notes_of(post.at("meta", "footnotes").text),
        rendered=not post.at("content", "raw").there,
        post=post.at("id").number,
        place=place,
    )
    authors = _authors(post)
    return Story(
        origin=Origin(
            form=source.form,
            file="" if source.site else source.name,
            site=site,
            id=post.at("id").text,
            url=link,
            modified=_modified(post),
            status=_status(post),
        ),
        slug=slug,
        title=_title(post),
        standfirst=_standfirst(post, text),
        byline=tuple(name for name, _ in authors),
        date=day_of(post.at("date").text),
        lang=post.at("lang").text,
        section=next(iter(_terms(post, "category")), ""),
        tags=_terms(post, "post_tag"),
        contributor=" ".join(about for _, about in authors if about),
        lead=lead,
        pieces=text.pieces,
        left=text.left,
        words=text.words,
        findings=text.findings,
    )


def site_of_link(link: str) -> str:
    """Return the address of the site that a page lies on."""
    scheme, found, rest = link.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}" if found else ""


def _content(post: Told) -> Told:
    raw = post.at("content", "raw")
    return raw if raw.there else post.at("content", "rendered")


def _title(post: Told) -> str:
    raw = post.at("title", "raw")
    return plain_line((raw if raw.there else post.at("title", "rendered")).text)


def _status(post: Told) -> str:
    status = post.at("status").text or PUBLISHED
    locked = post.at("content", "protected").yes or bool(post.at("password").text)
    return LOCKED if locked and status == PUBLISHED else status


def _modified(post: Told) -> dt.datetime | None:
    return moment_of(post.at("modified_gmt").text) or moment_of(
        post.at("modified").text
    )


def _authors(post: Told) -> tuple[tuple[str, str], ...]:
    """Return the writers, each with who they are: as plugins name them, or as embedded."""
    embedded = post.at("_embedded", "author").items
    found = [(one.at("name").text, one.at("description").text) for one in embedded]
    about = dict(found)
    several = [(name, about.get(name, "")) for name in _terms(post, "author")]
    listed = [
        (one.at("display_name").text, one.at("description").text)
        for one in post.at("authors").items
    ]
    chosen = next((names for names in (several, listed, found) if any(names)), [])
    return tuple(
        (name, plain_line(said))
        for name, said in {plain_line(n): said for n, said in chosen if n}.items()
    )


def _terms(post: Told, taxonomy: str) -> tuple[str, ...]:
    """Return what a post is filed under."""
    return tuple(
        plain_line(term.at("name").text)
        for group in post.at("_embedded", "wp:term").items
        for term in group.items
        if term.at("taxonomy").text == taxonomy
        and term.at("slug").text not in _UNFILED
        and term.at("name").text
    )


def _with(library: Library, post: Told) -> Library:
    """Return a library with the picture over a post in it."""
    here = (medium_of(one) for one in post.at("_embedded", "wp:featuredmedia").items)
    more = {one.id: one for one in here if one and one.id not in library.media}
    return Library(media={**library.media, **more}) if more else library


def _lead(post: Told, shelf: Shelf) -> Sought | None:
    number = post.at("featured_media").number
    medium = _with(shelf.library, post).media.get(number) if number else None
    return replace(medium.sought(), lead=True) if medium else None


def _standfirst(post: Told, text: Text) -> str:
    """Return the excerpt that somebody wrote; none that WordPress cut from the text."""
    raw = post.at("excerpt", "raw")
    if raw.there:
        return plain_line(raw.text)
    given = plain_line(post.at("excerpt", "rendered").text)
    for mark in _CUT:
        given = given.removesuffix(mark).strip()
    start = " ".join(given.split()[:_TELLING])
    said = " ".join(one.text for one in text.pieces[: 2 * _TELLING])
    return "" if start in said else given


def _odd(number: int, post: Told, place: Place) -> Finding:
    title = _title(post)
    shown = f" ({title})" if title else ""
    return warning(
        "intake.item",
        f"entry {number}{shown} has no number or no text, and was left out",
        place,
        "look at it on the web; import it again when it is mended",
    )


def _only_rendered(place: Place) -> Finding:
    return note(
        "intake.rendered",
        "the site gave the text as its pages show it: reusable blocks are not told by"
        " their numbers",
        place,
        "with the name and the application password of an editor"
        " (PRESS_WORDPRESS_USER, PRESS_WORDPRESS_PASSWORD) it gives the blocks",
    )
