"""Markdown with the front matter of Hugo, Jekyll, Eleventy or another program.

Markdown stays Markdown: every block of the text is kept as it was written, but for its
pictures, and for what paper can only show otherwise.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from press.intake.credit import credited, with_credits
from press.intake.head import day_in, names_in
from press.intake.markdown_codes import (
    PICTURE_FILE,
    embed_of,
    is_picture,
    picture_of,
    words_of_picture,
)
from press.intake.markdown_taken import left_of, taken_out
from press.intake.markup import read_markup
from press.intake.member import find_member, missing, with_members
from press.intake.plain import garbled
from press.intake.tree import page_tree, too_deep
from press.intake.word import moment, no_title
from press.model.finding import Checked, Finding, note, warning
from press.model.incoming import (
    CopyFile,
    ForeignCode,
    ForeignSetting,
    MarkdownBlock,
    MarkdownFile,
)
from press.model.story import (
    Origin,
    Piece,
    PieceKind,
    Sought,
    Story,
)

_TITLES: Final = ("title", "headline")
_STANDFIRSTS: Final = tuple(
    "standfirst subtitle subhead deck dek excerpt summary description lead intro".split()  # noqa: SIM905 - a row of names is read more easily
)
_BYLINES: Final = ("byline", "authors", "author", "authors.name", "author.name")
_DATES: Final = ("date", "publishdate", "published", "published_at", "pubdate")
_CHANGES: Final = ("lastmod", "updated", "modified", "last_modified_at", "updated_at")
_LANGUAGES: Final = ("lang", "language", "locale")
_SECTIONS: Final = ("section", "category", "categories")
_TAGS: Final = ("tags", "keywords", "topics", "tag")
_PICTURES: Final = tuple(
    """lead_image.file lead_image featured_image featured_image.src featured_image.url
    featured_image.path image image.src image.url image.path cover cover.image cover_image
    hero hero.image hero.src header.image primary_image thumbnail feature_image""".split()  # noqa: SIM905 - a column of names is read more easily
)
_ABOUT: Final = ("lead_image", "featured_image", "image", "cover", "hero", "header")
_ELSE: Final = ("slug", "canonical", "canonical_url", "url", "source", "contributor")
#: What says to a website's program how to make a page, and nothing of the article.
_PLUMBING: Final = frozenset(
    """aliases build comments draft eleventyexcludefromcollections guid id layout linktitle
    markup math menu menus outputs permalink redirect_from robots sitemap sitemap_exclude
    status template toc type visibility weight""".split()  # noqa: SIM905 - a column of names is read more easily
)
_KNOWN: Final = _PLUMBING.union(
    *(_TITLES, _STANDFIRSTS, _BYLINES, _DATES, _CHANGES, _LANGUAGES, _SECTIONS, _TAGS),
    *(_PICTURES, _ABOUT, _ELSE),
)
_DATED: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-(.+)")
_YES: Final = ("true", "yes", "on", "1")
_NO: Final = ("false", "no", "off", "0")
_UNSEEN: Final = frozenset({"draft", "private", "pending", "future", "archived"})
_PICTURED: Final = frozenset({"img", "image", "figure"})
_IMAGE: Final = re.compile(
    r"!\[(?:[^\[\]]|\[[^\[\]]*\])*\]\((?:[^()\n]|\([^()\n]*\))*\)"
)
#: Copy that says what press writes where a picture stands.
_OURS: Final = re.compile(r"(?<!\\)\{picture:\d")
_LINKED: Final = re.compile(rf"\[\s*(?P<image>{_IMAGE.pattern})\s*\]\([^()\n]*\)")
_WHOLE: Final = re.compile(r"\s*<(?P<tag>[a-z][\w-]*)\b.*</(?P=tag)>\s*", re.DOTALL)
_MARKED: Final = re.compile(r"markdown\s*=|\]\(|\*\*|^\s*[-*] |^#{1,6} ", re.MULTILINE)
_SILENT: Final = re.compile(r"\s*<(?:script|style|!--)", re.IGNORECASE)


def read_markdown(file: CopyFile, markdown: MarkdownFile) -> Checked[tuple[Story, ...]]:
    """Make a story of a Markdown file that was taken apart."""
    settings = _Settings(found=markdown.settings)
    title, blocks = settings.first(*_TITLES), markdown.blocks
    if not title and blocks and blocks[0].level == 1:
        title, blocks = blocks[0].text, blocks[1:]
    made = [piece for block in blocks for piece in _pieces(block)]
    shown = with_members(made, file.beside, place=file.place)
    lead = _lead(settings)
    held = find_member(lead, file.beside) if lead else None
    left = left_of(markdown.taken)
    status = _status(settings)
    found = [*shown.findings, *_reported(blocks), *_garbled(markdown)]
    found += [*taken_out(file, markdown.taken), *_unpublished(file, status)]
    found += _unread(markdown.settings)
    if lead and held and not held.addresses:
        found.append(missing(lead, file.place))
    if not title:
        found.append(no_title(file))
    day, name = _dated(file.own_name)
    slug = settings.first("slug").replace("\\", "/").strip("/").rpartition("/")[2]
    url = settings.first("canonical", "canonical_url", "url", "source.url")
    story = Story(
        origin=Origin(
            form="markdown",
            file=file.name,
            id=file.own_name,
            url=url if url.startswith(("https://", "http://")) else "",
            modified=_moment(settings.first(*_CHANGES)),
            status=status,
        ),
        slug=slug or name,
        title=title,
        standfirst=settings.first(*_STANDFIRSTS),
        byline=settings.names(*_BYLINES),
        date=next((at for one in _DATES if (at := settings.day(one))), day),
        lang=settings.first(*_LANGUAGES).replace("_", "-"),
        section=settings.first(*_SECTIONS),
        tags=settings.all(*_TAGS),
        contributor=settings.first("contributor"),
        lead=held,
        pieces=with_credits(shown.pieces),
        left=left,
        words=sum(_counted(block) for block in blocks) + sum(one.words for one in left),
        findings=tuple(found),
    )
    return Checked(value=(story,), findings=story.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Settings:
    found: tuple[ForeignSetting, ...]

    def all(self, *names: str) -> tuple[str, ...]:
        """Return all that the first of these settings says that says anything."""
        for name in names:
            values = tuple(
                " ".join(value.split())
                for one in self.found
                if one.name == name
                for value in one.values
                if value.strip()
            )
            if values:
                return values
        return ()

    def first(self, *names: str) -> str:
        """Return the first that these settings say; empty for nothing."""
        return next(iter(self.all(*names)), "")

    def day(self, name: str) -> dt.date | None:
        """Return the day that a setting says; None where it says none."""
        return day_in(self.first(name))

    def says(self, name: str, *words: str) -> bool:
        """Whether a setting says one of these words."""
        return self.first(name).lower() in words

    def names(self, *names: str) -> tuple[str, ...]:
        """Return people's names, of a list or of one line."""
        values = self.all(*names)
        return values if len(values) > 1 else tuple(names_in("".join(values)))


def _unread(settings: Sequence[ForeignSetting]) -> Iterator[Finding]:
    unknown = {one.name.partition(".")[0]: one.place for one in reversed(settings)}
    names = sorted(unknown.keys() - _KNOWN)
    if names:
        told = f"the front matter's {', '.join(names)} says nothing to press"
        hint = "take over by hand what belongs to the article"
        yield note("intake.settings", told, unknown[names[0]], hint)


def _dated(stem: str) -> tuple[dt.date | None, str]:
    """Return the day that Jekyll reads in a file's name, and the name without it."""
    match = _DATED.fullmatch(stem)
    if match is None:
        return None, stem
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3])), match[4]
    except ValueError:
        return None, stem


def _status(settings: _Settings) -> str:
    """Return what is said of a text that the website does not show; empty for nothing."""
    if settings.says("draft", *_YES) or settings.says("published", *_NO):
        return "draft"
    status = settings.first("status").lower()
    return status if status in _UNSEEN else ""


def _unpublished(file: CopyFile, status: str) -> Iterator[Finding]:
    if status:
        shown = "a draft" if status == "draft" else status
        yield warning(
            "intake.not-published",
            f"{file.name} says of itself that it is {shown}; it was taken, as it was named",
            file.place,
            "ask whether it may be printed",
        )


def _moment(text: str) -> dt.datetime | None:
    return moment(text) if text else None


def _lead(settings: _Settings) -> Sought | None:
    address = settings.first(*_PICTURES)
    about = [
        *(f"{one}.{{}}" for one in _ABOUT),
        "image_{}",
        "featured_image_{}",
        "hero_{}",
    ]
    said = {
        what: settings.first(*(one.format(what) for one in about))
        for what in ("alt", "caption", "figcaption", "credit")
    }
    is_file = PICTURE_FILE.search(address.partition("?")[0])
    words = said["caption"] or said["figcaption"] or said["credit"]
    if not address or not (is_file or words):
        return None
    picture = Sought(
        addresses=(address,),
        name=address.partition("?")[0].rpartition("/")[2],
        alt=said["alt"],
        caption=said["caption"] or said["figcaption"],
        credit=said["credit"],
        lead=True,
    )
    return credited(picture)


def _pieces(block: MarkdownBlock) -> Iterator[Piece]:
    """Yield the pieces of a block: its pictures before it, each by itself."""
    if block.is_html:
        yield from _html(block)
    elif code := _lone_code(block):
        yield from _shown_by(code, block)
    else:
        yield from _marked(block)


def _marked(block: MarkdownBlock) -> Iterator[Piece]:
    source, apart = block.source, block.kind is PieceKind.PARAGRAPH
    unlinked = _LINKED.sub(lambda match: match["image"], source)
    if (
        apart
        and block.pictures
        and len(_IMAGE.findall(unlinked)) == len(block.pictures)
    ):
        for picture in block.pictures:
            yield Piece(
                kind=PieceKind.PICTURE,
                text=picture.caption,
                markdown="{picture:0}",
                pictures=(picture,),
                place=block.place,
            )
        source = re.sub(r"[ \t]{2,}", " ", _IMAGE.sub("", unlinked)).strip()
        if source:
            yield _piece(block, source)
        return
    if block.pictures:
        numbers = iter(range(len(block.pictures)))
        if len(_IMAGE.findall(source)) == len(block.pictures):
            source = _OURS.sub(r"\\\g<0>", source)
            source = _IMAGE.sub(lambda _: f"{{picture:{next(numbers)}}}", source)
    yield replace(_piece(block, source), pictures=block.pictures)


def _piece(block: MarkdownBlock, source: str) -> Piece:
    return Piece(kind=block.kind, text=block.text, markdown=source, place=block.place)


def _html(block: MarkdownBlock) -> Iterator[Piece]:
    """Yield a block of HTML: as Markdown where it is all HTML, else as it stands."""
    if not _is_all_html(block) and too_deep(page_tree(block.source)):
        yield _piece(block, block.source)
        return
    harvest = read_markup(block.source)
    if _is_all_html(block):
        yield from (replace(one, place=block.place) for one in harvest.pieces)
        return
    yield Piece(
        kind=PieceKind.PARAGRAPH,
        text=block.text,
        markdown=block.source,
        marks=tuple(dict.fromkeys(m for one in harvest.pieces for m in one.marks)),
        pictures=tuple(each for one in harvest.pieces for each in one.pictures),
        place=block.place,
    )


def _is_all_html(block: MarkdownBlock) -> bool:
    """Whether no Markdown lies in a block of HTML, and nothing of it outside."""
    if too_deep(page_tree(block.source)):
        return False
    whole = _WHOLE.fullmatch(block.source) and not _MARKED.search(block.source)
    return bool(whole or _SILENT.match(block.source))


def _counted(block: MarkdownBlock) -> int:
    """How many words a block has; a caption is none of Markdown's words, but is read."""
    if block.is_html and _is_all_html(block):
        return read_markup(block.source).words
    captions = sum(len(one.caption.split()) for one in block.pictures)
    apart = block.kind is PieceKind.PARAGRAPH and captions
    code = _lone_code(block)
    shown = words_of_picture(picture_of(code)) if code and is_picture(code) else ""
    return len(block.text.split()) + (captions if apart else 0) + len(shown.split())


def _lone_code(block: MarkdownBlock) -> ForeignCode | None:
    """Return the shortcode that a block is nothing but."""
    alone = len(block.codes) == 1 and block.source.strip() == block.codes[0].source
    return block.codes[0] if alone else None


def _shown_by(code: ForeignCode, block: MarkdownBlock) -> Iterator[Piece]:
    """Yield what a shortcode shows: a picture, a post, a film; else it as it stands."""
    if is_picture(code):
        picture = picture_of(code)
        yield Piece(
            kind=PieceKind.PICTURE,
            text=words_of_picture(picture),
            markdown="{picture:0}",
            pictures=(picture,),
            place=block.place,
        )
    elif embed := embed_of(code):
        yield Piece(
            kind=PieceKind.EMBED,
            embed=embed,
            marks=(f"{{{{{code.name}}}}}",),
            place=block.place,
        )
    else:
        yield _piece(block, block.source)


def _garbled(markdown: MarkdownFile) -> Iterator[Finding]:
    """Say where a text was once read in the wrong encoding, for its head and its text."""
    head = ((one.place, value) for one in markdown.settings for value in one.values)
    text = ((one.place, one.source) for one in markdown.blocks)
    for texts in (head, text):
        for place, said in texts:
            if finding := garbled(said, place):
                yield finding
                break


def _reported(blocks: Iterable[MarkdownBlock]) -> Iterator[Finding]:
    """Say which shortcodes are left in a text, each name once."""
    names: dict[str, list[ForeignCode]] = {}
    for block in blocks:
        for code in block.codes:
            shown = is_picture(code) or embed_of(code)
            if code.name in _PICTURED and not is_picture(code):
                called = code.setting("src", "file", "path")
                yield missing(Sought(addresses=(), name=called), code.place)
            elif not code.known and not (shown and _lone_code(block)):
                names.setdefault(code.name, []).append(code)
    for name, codes in names.items():
        times = f", {len(codes)} times" if len(codes) > 1 else ""
        yield warning(
            "intake.shortcode",
            f"the website's machine would fill in “{name}” here{times}: it stays as it"
            " stands",
            codes[0].place,
            "write what it shows, or take it out",
        )
