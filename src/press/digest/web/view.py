"""Web pages as their templates see them: plain values, nothing to work out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from press.digest.view import Offer
from press.digest.xhtml import Figure, serialise
from press.model.article import Direction
from press.model.copy import Runs
from press.model.page import NO_MARKUP, Html


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What all pages share.

    Attributes:
        title: The paper's title.
        strapline: The line under it; may be empty.
        website: The paper's own site.
        lang: Language of the paper.
        direction: Which way its script runs.
        root: The way from the page to the folder that is served: "" or "../".
        css: The style sheet, as seen from the page.
        digest: The digest of this edition, from that folder.
        publisher: Who publishes the paper.
        address: The publisher's postal address, line by line.
        contact: Further lines, such as where letters go.
        notices: Further lines, such as the copyright notice.
        offer: The house ad that calls to subscribe; None for none.
    """

    title: str
    strapline: str
    website: str
    lang: str
    direction: Direction
    root: str
    css: str
    digest: str
    publisher: str
    address: tuple[str, ...]
    contact: tuple[str, ...]
    notices: tuple[str, ...]
    offer: Offer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPicture:
    """The picture that others show with a link to the page: its own size, in pixels."""

    address: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page says about itself to programs.

    Attributes:
        title: The page's title.
        description: One or two sentences; may be empty.
        address: The address that stands for the page everywhere.
        kind: What Open Graph calls it: "article" or "website".
        locale: Language as Open Graph writes it, "en_GB"; empty where it names no land.
        published: When, with the zone; empty where it makes no sense.
        authors: Who wrote it.
        section: Where it stands in the paper; may be empty.
        tags: What it is about.
        picture: What others show with a link to it; None for none.
        data: The facts for search engines (JSON-LD), a whole element; may be empty.
    """

    title: str
    description: str
    address: str
    kind: str = "website"
    locale: str = ""
    published: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""
    tags: tuple[str, ...] = ()
    picture: SharedPicture | None = None
    data: Html = NO_MARKUP


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article on the digest's page.

    Attributes:
        headline: As on the web.
        kicker: The words over the headline, or the section; may be empty.
        teaser: The standfirst, or the first sentences.
        names: Who wrote it.
        minutes: How long it takes to read.
        page: The page of the paper it begins on; None where it is not known.
        link: Where it is read; empty where it stands in print alone.
        members: Whether only members may read all of it.
        body: The text, where the digest runs it in full; may be empty.
        picture: Its lead picture; None for none.
        cut: Whether `body` ends where members read on.
        lang: Language of the article.
        direction: Which way its script runs.
    """

    headline: str
    kicker: str
    teaser: Runs
    names: tuple[str, ...]
    minutes: int
    page: int | None
    link: str
    members: bool
    body: Html
    picture: Figure | None
    lang: str
    direction: Direction
    cut: bool = False

    @property
    def summary(self) -> Html:
        """The teaser as markup."""
        return serialise(self.teaser)


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySection:
    """Articles that stand together under a name, which may be empty."""

    name: str
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPage:
    """The digest's page.

    Attributes:
        edition: Such as "September 2024".
        number: Issue number.
        on_sale: The day the paper is on sale.
        price: With currency sign; may be empty.
        subject: The digest's subject line.
        note: The editor's note, paragraph by paragraph.
        hero: The article on top.
        sections: The others, in order.
        also: Further articles of the printed edition, section by section.
    """

    edition: str
    number: int
    on_sale: dt.date
    price: str
    subject: str
    note: tuple[str, ...]
    hero: Story
    sections: tuple[StorySection, ...]
    also: tuple[StorySection, ...]


class Shown(StrEnum):
    """How much of an article its page shows."""

    WHOLE = "whole"  #: All of it.
    TEASER = "teaser"  #: Its beginning.
    OPEN = "open"  #: What everybody may read; the rest is for members.


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """An article's page.

    Attributes:
        headline: As on the web.
        kicker: The words over the headline, or the section; may be empty.
        standfirst: The sentence under the headline; may be empty.
        names: Who wrote it.
        minutes: How long all of it takes to read.
        page: The page of the paper it begins on; None where it is not known.
        edition: Such as "September 2024".
        number: Issue number.
        published: The day the paper is on sale.
        lang: Language of the article.
        direction: Which way its script runs.
        lead: Its lead picture; None for none.
        body: The text with its pictures.
        notes: Its notes; may be empty.
        contributor: "X is a …"; empty where the text is not whole.
        shown: How much of it there is.
        original: Where all of it is on the web; may be empty.
    """

    headline: str
    kicker: str
    standfirst: str
    names: tuple[str, ...]
    minutes: int
    page: int | None
    edition: str
    number: int
    published: dt.date
    lang: str
    direction: Direction
    lead: Figure | None
    body: Html
    notes: Html
    contributor: str
    shown: Shown
    original: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueEntry:
    """An edition in the list of editions."""

    link: str
    title: str
    number: int
    published: dt.date
    subject: str
    preheader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage:
    """The list of editions, the newest first."""

    issues: tuple[IssueEntry, ...]
