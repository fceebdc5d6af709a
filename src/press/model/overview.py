"""How an edition stands: its pages, its copy, its pictures, its deadlines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from press.model.article import LegalRead, Slug
from press.model.edition import EditionId
from press.model.schedule import Deadline


class CopyState(StrEnum):
    """How far an article's copy is."""

    EMPTY = "empty"  #: There is none yet.
    COPY_IN = "copy in"  #: It is there, with mistakes that hold up the edition.
    CHECKED = "checked"  #: It is there, and nothing in it holds up the edition.


class Progress(StrEnum):
    """How a deadline stands."""

    DONE = "done"  #: Nothing is left to do for it.
    OPEN = "open"  #: It is still to come.
    OVERDUE = "overdue"  #: It has passed, and something is left to do.
    PASSED = "passed"  #: It has passed; press cannot know whether it was kept.


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleStand:
    """How an article stands.

    Attributes:
        slug: The article.
        section: Its section.
        priority: As the manifest gives it.
        headline: The headline that print uses.
        copy: How far its copy is.
        words: How many words of it are printed.
        errors: Mistakes that hold up the edition.
        warnings: What the editor must look at.
        pictures: How many pictures it has.
        pictures_missing: How many it names that are not there.
        legal: How it stands with the law; None where no lawyer is needed.
        held_over: Whether it found no room.
    """

    slug: Slug
    section: str
    priority: int
    headline: str = ""
    copy: CopyState = CopyState.EMPTY
    words: int = 0
    errors: int = 0
    warnings: int = 0
    pictures: int = 0
    pictures_missing: int = 0
    legal: LegalRead | None = None
    held_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePart:
    """What of an article, or of a group of articles, stands on a page.

    Attributes:
        articles: The articles.
        group: Words over a group, such as "In brief"; empty for one article alone.
        part: 0 where it begins, 1 on its first continuation, and so on.
        goes_on: The page it continues on; None where it ends here.
        comes_from: The page it comes from; None where it begins here.
        lines: Grid lines of its box, over all columns.
        under: Lines that stay empty in it.
        pictures: How many pictures stand here.
        ppi: The fewest pixels an inch of those; None where none is made of pixels.
        coarse: Whether that is fewer than the printer wants.
    """

    articles: tuple[Slug, ...]
    group: str = ""
    part: int = 0
    goes_on: int | None = None
    comes_from: int | None = None
    lines: int = 0
    under: int = 0
    pictures: int = 0
    ppi: int | None = None
    coarse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStand:
    """What stands on a page.

    Attributes:
        number: Counted from 1.
        section: Its section.
        parts: Articles, downwards and to the right.
        house_ads: House ads that fill it.
        advertiser: Who bought space on it; empty for nobody.
        imprint: Whether the imprint stands at its foot.
    """

    number: int
    section: str
    parts: tuple[PagePart, ...]
    house_ads: tuple[str, ...] = ()
    advertiser: str = ""
    imprint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DueStand:
    """How a deadline stands.

    Attributes:
        deadline: What is due.
        at: When, UTC.
        local: The same in the paper's own time.
        progress: How it stands.
        left: How many articles are still to be done for it.
    """

    deadline: Deadline
    at: dt.datetime
    local: dt.datetime
    progress: Progress
    left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How an edition stands.

    Attributes:
        edition: The edition.
        title: As in the dateline.
        on_sale: The day it is on sale.
        days_left: Days until then; below 0 when it is past.
        articles: Every article that a section lists, in the manifest's order.
        pages: Its pages; none where no flat plan can be made.
        sections: Its sections in order, those without articles too.
        schedule: Its deadlines, in the month's order.
    """

    edition: EditionId
    title: str
    on_sale: dt.date
    days_left: int
    articles: tuple[ArticleStand, ...]
    pages: tuple[PageStand, ...] = ()
    sections: tuple[str, ...] = ()
    schedule: tuple[DueStand, ...] = ()

    @property
    def words(self) -> int:
        """How many words there are to print."""
        return sum(one.words for one in self.articles if not one.held_over)

    def article(self, slug: Slug) -> ArticleStand:
        """Return how an article stands.

        Raises:
            KeyError: No section lists it.
        """
        for one in self.articles:
            if one.slug == slug:
                return one
        raise KeyError(slug)
