"""Copy as it came: from the newsroom's website, a document or a mail, before it is an article.

A reader of one form makes a Story of it: pieces in reading order, each with what it says and
what its source called it. What is no copy is then told from what is, and the rest becomes
an article's folder.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from press.model.finding import NOWHERE, Finding, Place


class PieceKind(StrEnum):
    """What a piece of a story is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST = "list"
    QUOTE = "quote"
    PULL_QUOTE = "pull-quote"  #: Words of the text, shown large beside it.
    TABLE = "table"
    LISTING = "listing"  #: Literal lines.
    PICTURE = "picture"
    GALLERY = "gallery"  #: Several pictures.
    EMBED = "embed"  #: What another site shows here: a post, a film, a chart.
    BUTTON = "button"  #: A call to act.
    BOX = "box"  #: A box of facts.
    SEPARATOR = "separator"
    NOTE = "note"  #: A footnote.


class Furniture(StrEnum):
    """What a web page shows with an article that is not its copy."""

    CALL = "call"  #: A call to subscribe, to give or to sign up.
    MOTTO = "motto"  #: The site's own praise above the text.
    PROMOTION = (
        "promotion"  #: Something else of the paper's: a book, an event, a podcast.
    )
    RELATED = "related"  #: Other articles.
    EMBED = "embed"  #: What paper cannot show.
    ADVERTISEMENT = "advertisement"
    BIOGRAPHY = "biography"  #: Who the writer is: the contributor's note.
    CORRECTION = "correction"  #: What was wrong on the web: for the corrections column.
    PAGE = "page"  #: Of the page, not of the article: menus, share buttons, comments.


class Surety(StrEnum):
    """Who says that a piece is furniture."""

    HAND = "hand"  #: Somebody decided it.
    RULE = "rule"  #: A rule of the house.
    GUESS = "guess"  #: It repeats, or its words are those of calls: look at it.


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Why a piece does not reach copy.

    Attributes:
        kind: What it is.
        surety: Who says so.
        by: In words: "rule cta", "in 5 articles", "its words: 4.5 points".
    """

    kind: Furniture
    surety: Surety
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A picture that a story shows, before it is fetched.

    Attributes:
        addresses: Where it can be had, the largest first: on the web, or as the path of a
            member of the document, or of a file beside it.
        name: What the source calls the file; the last part of the address mostly.
        alt: What it shows.
        caption: What stands under it, in plain words.
        credit: Who made it.
        lead: Whether it stands over the whole article.
        data: The picture itself, where its source holds it and no member of it can be
            read by its address: of .odt, .rtf and .icml files; empty for all others.
    """

    addresses: tuple[str, ...]
    name: str = ""
    alt: str = ""
    caption: str = ""
    credit: str = ""
    lead: bool = False
    data: bytes = field(default=b"", repr=False)


class EmbedKind(StrEnum):
    """What an embed shows."""

    POST = "post"  #: A short post of a social site: becomes a quotation.
    VIDEO = "video"
    AUDIO = "audio"
    CHART = "chart"  #: A live chart or map.
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """What another site shows within a story.

    Attributes:
        kind: What it is.
        address: Where it is to be seen; empty where nothing told.
        site: Whose it is: "YouTube", "X".
        title: What it is called.
        still: A picture of it that the source gave; None for none.
    """

    kind: EmbedKind
    address: str = ""
    site: str = ""
    title: str = ""
    still: Sought | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A block of a story.

    Attributes:
        kind: What it is.
        text: Its words, as they are read: the caption of a picture too.
        markdown: How an article's file says it; a picture as `{picture:N}`, where N counts
            the pictures of the piece from 0. Empty where paper cannot say it.
        marks: What its source called it and all that it lies in, the innermost first:
            ".cta", "#h-read-more", "wp:group", "ref:900", "<aside>".
        pictures: The pictures that it shows.
        embed: What it embeds; None for nothing.
        place: Where it stands in its source.
    """

    kind: PieceKind
    text: str = ""
    markdown: str = ""
    marks: tuple[str, ...] = ()
    pictures: tuple[Sought, ...] = ()
    embed: Embed | None = None
    place: Place = NOWHERE

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a reader of a form left out before there were pieces.

    Attributes:
        kind: What it was.
        why: Why: "menu", "comment of an editor", "hidden".
        text: Its words.
    """

    kind: Furniture
    why: str
    text: str

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a story came from.

    Attributes:
        form: What it was read as: "wordpress", "wxr", "ghost", "feed", "docx", "page" …
        file: The file, as it was named; empty for none.
        site: The address of the site; empty for none.
        id: What the source calls it, unchanging: the number of a post, an id, or the
            file's name. With `form` and `site` it tells whether it is the same story again.
        url: The page on the web; empty where unknown.
        modified: When it was last changed there; None where nothing tells.
        status: What the source says of it: "publish", "draft", "private"; empty if nothing.
        featured: Whether the site sets it above others: WordPress's sticky posts, Ghost's
            featured ones.
    """

    form: str
    file: str = ""
    site: str = ""
    id: str = ""
    url: str = ""
    modified: dt.datetime | None = None
    status: str = ""
    featured: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article as it came.

    Attributes:
        origin: Where from.
        slug: Its name there; empty where it has none.
        title: Its headline; empty where none came with it.
        standfirst: The sentence under the headline.
        byline: Who wrote it.
        date: When it was published, by the site's own calendar.
        lang: BCP 47 language; empty where unknown.
        section: Where the web filed it.
        tags: The web's tags.
        contributor: Who the writer is.
        lead: The picture over it; None for none.
        pieces: Its text, in reading order.
        left: What was left out while it was read.
        words: How many words its source has, counted there, apart from the pieces: what
            the pieces and what was left out must add up to.
        findings: What was odd in it.
    """

    origin: Origin
    slug: str = ""
    title: str = ""
    standfirst: str = ""
    byline: tuple[str, ...] = ()
    date: dt.date | None = None
    lang: str = ""
    section: str = ""
    tags: tuple[str, ...] = ()
    contributor: str = ""
    lead: Sought | None = None
    pieces: tuple[Piece, ...] = ()
    left: tuple[Left, ...] = ()
    words: int = 0
    findings: tuple[Finding, ...] = field(default=())
