"""One month's paper: what runs, where, how large; the digest; the send plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import NewType

from press.model.article import Article, Focus, Slug
from press.model.finding import NOWHERE, Place
from press.model.house import AdId
from press.model.schedule import Due
from press.model.segment import EVERYBODY, ShowTo

EditionId = NewType("EditionId", str)
#: In seconds: how long after its time a step still goes without asking.
TWELVE_HOURS = 43_200


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureOrder:
    """What this edition changes about an article's lead picture.

    Attributes:
        crop: Width to height; None leaves it open.
        focus: The point the crop keeps; None leaves the article's.
        off: Whether the article runs without pictures.
    """

    crop: float | None = None
    focus: Focus | None = None
    off: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """An article's place in a section, with what this edition changes.

    Attributes:
        slug: The article.
        priority: 1 leads the section, 5 is a brief; 4 and 5 may be held over.
        headline: The headline for this edition; empty keeps the article's.
        standfirst: Likewise; None keeps the article's, "" drops it.
        cut: Print about this many words, whole paragraphs from the top; None is all.
        page: The page it must stand on.
        columns: The columns it must span.
        picture: What changes about its pictures.
        jump: The page it continues on; None leaves it to the flatplan, 0 forbids it.
        template: The page template's name; empty takes the section's.
        place: Where the manifest says so.
    """

    slug: Slug
    priority: int = 3
    headline: str = ""
    standfirst: str | None = None
    cut: int | None = None
    page: int | None = None
    columns: int | None = None
    picture: PictureOrder = PictureOrder()
    jump: int | None = None
    template: str = ""
    place: Place = NOWHERE

    def apply(self, article: Article) -> Article:
        """Return the article as this edition wants it (all but `cut`)."""
        pictures = () if self.picture.off else article.pictures
        lead = next(iter(pictures), None)
        if lead is not None:
            lead = replace(
                lead,
                crop=self.picture.crop or lead.crop,
                focus=self.picture.focus or lead.focus,
            )
            pictures = (lead, *pictures[1:])
        return replace(
            article,
            headline=self.headline or article.headline,
            standfirst=(
                article.standfirst if self.standfirst is None else self.standfirst
            ),
            pictures=pictures,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the paper with its articles in order.

    Attributes:
        name: As printed in the folio.
        articles: In the editor's order.
        pages: First and last page it claims; None lets the flatplan choose.
        template: The template of its articles; empty takes the layout's.
    """

    name: str
    articles: tuple[Assignment, ...]
    pages: tuple[int, int] | None = None
    template: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Advertisement:
    """Space in the paper that somebody bought, and what stands in it.

    Attributes:
        file: Path of a PDF from the newspaper's folder.
        size: Name of a space of the layout.
        advertiser: Who bought it: said to those who cannot see it.
        page: The page it was sold for; None lets the flatplan choose.
        not_beside: Sections that it may not stand with, nor face.
    """

    file: str
    size: str
    advertiser: str
    page: int | None = None
    not_beside: tuple[str, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintPlan:
    """What is printed.

    Attributes:
        layout: Name of a folder in layouts/.
        pages: Page count; None lets the flatplan choose.
        sections: In the order of pages.
        house_ads: The ads that may fill space, in order; empty means all.
        advertisements: Those that were bought.
    """

    layout: str
    sections: tuple[Section, ...]
    pages: int | None = None
    house_ads: tuple[AdId, ...] = ()
    advertisements: tuple[Advertisement, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestItem:
    """An article in the digest.

    Attributes:
        slug: The article.
        show_to: Who sees it.
        whole: Whether it runs in full, not as a teaser.
    """

    slug: Slug
    show_to: ShowTo = EVERYBODY
    whole: bool = False
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSection:
    """Articles of the digest that stand together.

    Attributes:
        name: The words over them; empty for none.
        items: The articles, in order.
        show_to: Who sees the section at all.
    """

    name: str
    items: tuple[DigestItem, ...]
    show_to: ShowTo = EVERYBODY
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestAd:
    """A house ad in the digest."""

    ad: AdId
    show_to: ShowTo = EVERYBODY
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """How readers are greeted.

    Attributes:
        named: To those whose name is known, with "{name}" in it; empty for none.
        unnamed: To all others; empty for none.
    """

    named: str = ""
    unnamed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestPlan:
    """What the month's email says.

    Attributes:
        subject: The subject line.
        preheader: The line that inboxes show after it.
        lead: The article on top, for everybody.
        sections: The others; those that stand in no section come first.
        house_ads: Ads under them; each reader sees the first that is for them.
        greeting: How readers are greeted.
        note: The editor's note; empty for none.
        front_page: Who sees a picture of the front page; None for nobody.
        also: Whether the other articles of the printed edition are listed.
    """

    subject: str
    preheader: str
    lead: DigestItem
    sections: tuple[DigestSection, ...] = ()
    house_ads: tuple[DigestAd, ...] = ()
    greeting: Greeting = Greeting()
    note: str = ""
    front_page: ShowTo | None = EVERYBODY
    also: bool = True
    place: Place = NOWHERE

    @property
    def items(self) -> tuple[DigestItem, ...]:
        """All articles, the lead first."""
        return self.lead, *(item for section in self.sections for item in section.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendStep:
    """One step of a mailing.

    Attributes:
        name: What later steps call it.
        at: Wall time in the paper's zone; None is by hand.
        fold: Which is meant where that time exists twice, 0 or 1; None where not said.
        to: Addresses of our own; empty where a list or share is meant.
        list_name: A seed list; empty for none.
        share: Share of the audience, 0 to 1; 1 is everybody who is left.
        needs: Names of steps, or "approved" and "printed", that must come first.
        rate: Messages a minute at most; None is no limit.
        stop_bounce: Share of bounces that stops the mailing; None is no limit.
        stop_complaint: Share of complaints that stops it; None is no limit.
    """

    name: str
    at: dt.datetime | None = None
    fold: int | None = None
    to: tuple[str, ...] = ()
    list_name: str = ""
    share: float | None = None
    needs: tuple[str, ...] = ()
    rate: int | None = None
    stop_bounce: float | None = None
    stop_complaint: float | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class SendPlan:
    """To whom the digest goes, and in which steps. Read here, acted on elsewhere.

    Attributes:
        audience: The list whose members get it.
        exclude: Groups that are left out.
        window: Seconds after its time in which a step still goes without asking.
        steps: Its steps, in order.
    """

    audience: str
    exclude: tuple[str, ...] = ()
    window: int = TWELVE_HOURS
    steps: tuple[SendStep, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One month's paper.

    Attributes:
        id: Its folder's name, such as 2024-09.
        number: Issue number.
        title: As in the dateline: "September 2024".
        on_sale: The day it is on sale.
        price: With currency sign; empty for none.
        lang: BCP 47 language.
        print: What is printed.
        digest: What is mailed; None for no digest.
        send: How it is mailed; None for no plan.
        articles: Every article that print or digest names, by slug.
        schedule: Its deadlines, in the month's order.
    """

    id: EditionId
    number: int
    title: str
    on_sale: dt.date
    print: PrintPlan
    price: str = ""
    lang: str = "en-GB"
    digest: DigestPlan | None = None
    send: SendPlan | None = None
    articles: tuple[Article, ...] = ()
    schedule: tuple[Due, ...] = ()
    place: Place = NOWHERE

    def article(self, slug: Slug) -> Article:
        """Return the article of that name.

        Raises:
            KeyError: The edition names no such article.
        """
        for article in self.articles:
            if article.slug == slug:
                return article
        raise KeyError(slug)
