"""The export of a Ghost site (Settings, Migration, Export), and Ghost's answers for posts.

Ghost keeps each text three ways: as its editor has it, as HTML and as plain words. The HTML
is what its pages show, and that is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from press.intake.credit import credited, with_credits
from press.intake.markup import plain_line, read_markup
from press.intake.passed import Passed, about_passed
from press.intake.told import Told, day_of, moment_of
from press.model.address import split_address
from press.model.finding import Checked, Finding, Place, error, warning
from press.model.story import Origin, Sought, Story
from press.model.wanted import PUBLISHED, Wanted

#: What Ghost writes instead of its own address.
_SELF: Final = "__GHOST_URL__"
#: Ghost's words for what WordPress says otherwise.
_STATUSES: Final = {"published": PUBLISHED, "sent": PUBLISHED, "scheduled": "future"}
_HIDDEN_TAG: Final = "#"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """What posts refer to by numbers.

    Attributes:
        address: Of the site; empty where unknown.
        name: Of the file, for findings.
        authors: Of each post: names and who they are.
        tags: Of each post.
        pictures: Of each post: what is said of the picture over it.
    """

    address: str
    name: str
    authors: Mapping[str, list[tuple[str, str]]]
    tags: Mapping[str, list[str]]
    pictures: Mapping[str, Told]


def read_ghost(
    data: bytes, *, name: str, wanted: Wanted, site: str = ""
) -> Checked[tuple[Story, ...]]:
    """Read the posts of an export.

    Args:
        data: The file.
        name: Its name, for findings.
        wanted: Which are taken; Ghost's "published" is "publish" here.
        site: The address of the site, which the export does not tell.
    """
    place = Place(file=name)
    try:
        told = Told.read(data)
    except ValueError:
        return Checked(value=None, findings=(_unreadable("it is no JSON", place),))
    held = _held(told)
    if not held.at("posts").is_list:
        return Checked(value=None, findings=(_unreadable("it has no posts", place),))
    around = _around(held, name, site.rstrip("/"))
    stories: list[Story] = []
    passed: list[Passed] = []
    findings: list[Finding] = []
    for post in held.at("posts").items:
        if not _is_wanted_sort(post, wanted):
            continue
        status = _status(post)
        title = plain_line(post.at("title").text)
        if status not in wanted.statuses:
            passed.append(Passed(status=status, title=title))
        elif not post.at("html").text:
            findings.append(_without_text(title, place))
        elif wanted.covers(day_of(post.at("published_at").text)):
            stories.append(_story(post, around))
    return Checked(
        value=tuple(stories), findings=(*findings, *about_passed(passed, place))
    )


def _held(told: Told) -> Told:
    """Return what holds the posts: an export's data, or an answer itself."""
    first = next(iter(told.at("db").items), Told())
    choices = (first.at("data"), told.at("data"), told)
    return next((one for one in choices if one.at("posts").there), Told())


def _around(held: Told, name: str, site: str) -> _Site:
    people = {
        one.at("id").text: (one.at("name").text, one.at("bio").text)
        for one in held.at("users").items
    }
    tags = {one.at("id").text: one.at("name").text for one in held.at("tags").items}
    signed = _joined(held.at("posts_authors").items, "author_id")
    filed = _joined(held.at("posts_tags").items, "tag_id")
    return _Site(
        address=site,
        name=name,
        authors={
            post: [people[one] for one in ids if one in people]
            for post, ids in signed.items()
        },
        tags={
            post: [tags[one] for one in ids if one in tags]
            for post, ids in filed.items()
        },
        pictures={one.at("post_id").text: one for one in held.at("posts_meta").items},
    )


def _joined(rows: Iterable[Told], other: str) -> dict[str, list[str]]:
    """Return what belongs to each post, in the order that Ghost gives it."""
    found: dict[str, list[tuple[int, str]]] = {}
    for row in rows:
        pair = (row.at("sort_order").number, row.at(other).text)
        found.setdefault(row.at("post_id").text, []).append(pair)
    return {
        post: [one for _, one in sorted(pairs, key=lambda pair: pair[0])]
        for post, pairs in found.items()
    }


def _is_wanted_sort(post: Told, wanted: Wanted) -> bool:
    sort = post.at("type").text or ("page" if post.at("page").yes else "post")
    return sort in wanted.sorts


def _status(post: Told) -> str:
    status = post.at("status").text or "published"
    return _STATUSES.get(status, status)


def _story(post: Told, around: _Site) -> Story:
    number = post.at("id").text
    slug = post.at("slug").text
    html = post.at("html").text.replace(_SELF, around.address)
    harvest = read_markup(html, base=around.address)
    authors = _authors(post, around.authors.get(number, []))
    tags = around.tags.get(number) or [
        one.at("name").text for one in post.at("tags").items
    ]
    public = [plain_line(tag) for tag in tags if tag and tag[0] != _HIDDEN_TAG]
    url = post.at("url").text.replace(_SELF, around.address)
    at_home = f"{around.address}/{slug}/" if around.address and slug else ""
    return Story(
        origin=Origin(
            form="ghost",
            file=around.name,
            site=around.address,
            id=post.at("uuid").text or number,
            url=url or at_home,
            modified=moment_of(post.at("updated_at").text),
            status=_status(post),
        ),
        slug=slug,
        title=plain_line(post.at("title").text),
        standfirst=plain_line(post.at("custom_excerpt").text),
        byline=tuple(dict.fromkeys(name for name, _ in authors if name)),
        date=day_of(post.at("published_at").text),
        lang=post.at("locale").text,
        section=next(iter(public), ""),
        tags=tuple(public[1:]),
        contributor=" ".join(plain_line(about) for _, about in authors if about),
        lead=_lead(post, around),
        pieces=with_credits(harvest.pieces),
        left=harvest.left,
        words=harvest.words,
    )


def _authors(post: Told, joined: list[tuple[str, str]]) -> list[tuple[str, str]]:
    listed = post.at("authors").items or (post.at("primary_author"),)
    own = [(one.at("name").text, one.at("bio").text) for one in listed]
    return joined or own


def _lead(post: Told, around: _Site) -> Sought | None:
    address = post.at("feature_image").text.replace(_SELF, around.address)
    if not address:
        return None
    beside = around.pictures.get(post.at("id").text, Told())
    alt = beside.at("feature_image_alt").text or post.at("feature_image_alt").text
    caption = (
        beside.at("feature_image_caption").text or post.at("feature_image_caption").text
    )
    shown = Sought(
        addresses=(address,),
        name=unquote(split_address(address).path.rpartition("/")[2]),
        alt=plain_line(alt),
        caption=plain_line(caption),
        lead=True,
    )
    return credited(shown)


def _unreadable(why: str, place: Place) -> Finding:
    return error(
        "intake.unreadable",
        f"{why}, or was cut off",
        place,
        "export it again in Ghost: Settings, Migration, Export",
    )


def _without_text(title: str, place: Place) -> Finding:
    return warning(
        "intake.item",
        f"the post “{title}” has no text in HTML, and was left out",
        place,
        "open it in Ghost, save it, and export again",
    )
