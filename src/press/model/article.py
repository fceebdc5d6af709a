"""An article and its pictures, as the writer and the picture desk give them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from press.model.copy import NOTHING, Copy
from press.model.finding import NOWHERE, Place

Slug = NewType("Slug", str)


class Direction(StrEnum):
    """Which way a script runs."""

    LTR = "ltr"
    RTL = "rtl"


#: Languages whose usual script runs from right to left.
_RIGHT_TO_LEFT = frozenset(
    {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
)


def usual_direction(lang: str) -> Direction:
    """Return which way a language (BCP 47) runs, where its script is the usual one."""
    subtags = lang.split("-")
    if subtags[0].lower() in _RIGHT_TO_LEFT and "Latn" not in subtags:
        return Direction.RTL
    return Direction.LTR


class PictureKind(StrEnum):
    """What a picture is, for cropping and for the page."""

    PHOTO = "photo"  #: May be cropped within limits.
    CHART = "chart"  #: Chart, map, diagram, screenshot: always shown whole.
    PORTRAIT = "portrait"  #: A face: stands small beside a byline.


class WebUse(StrEnum):
    """How much of an article stands among the paper's web pages."""

    FULL = "full"  #: All of it; of a members' article, what everybody may read.
    TEASER = "teaser"  #: Its beginning.
    NONE = "none"  #: Nothing: its page is elsewhere, or it is for print alone.


class LegalRead(StrEnum):
    """How an article stands with the law."""

    NEEDED = "needed"  #: A lawyer must still read it.
    READ = "read"  #: A lawyer has read it.


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """The point a crop keeps, as shares of the width and of the height (0 to 1)."""

    x: float = 0.5
    y: float = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that belongs to an article.

    Attributes:
        file: Path from the newspaper's folder, with forward slashes.
        alt: What it shows, for those who cannot see it.
        caption: Printed under it; empty for none.
        credit: Who made it; printed after the caption.
        kind: Photograph, chart or portrait.
        focus: What a crop keeps.
        crop: Width to height the editor asked for, such as 1.5; None leaves it open.
        lead: Whether it is the article's lead picture.
        pixels: Width and height as seen upright; (0, 0) until it was looked at.
        drawn: Whether it is a drawing, sharp at any size.
        made_for: Width in points that a drawing was made for; 0 where it is not told.
        filed_credit: Who made it, as its file says; never printed by itself.
        filed_rights: What may be done with it, as its file says.
        block: The block of the text that it goes with, counted from 0; None where the
            text does not show it.
    """

    file: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    kind: PictureKind = PictureKind.PHOTO
    focus: Focus = Focus()
    crop: float | None = None
    lead: bool = False
    pixels: tuple[int, int] = (0, 0)
    drawn: bool = False
    made_for: float = 0.0
    filed_credit: str = ""
    filed_rights: str = ""
    block: int | None = None
    place: Place = NOWHERE

    def said(self, title: str) -> str:
        """Return what a page says to those who cannot see it.

        Where nobody said what it shows, that is its caption; without one, the title of
        its article.
        """
        return self.alt.strip() or self.caption.strip() or title

    @property
    def ratio(self) -> float:
        """Height for a width of 1, as the editor wants it shown."""
        if self.crop:
            return 1 / self.crop
        width, height = self.pixels
        return height / width if width else 2 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as it stands in articles/<slug>/index.md.

    Attributes:
        slug: Its name everywhere: folder, manifest, findings.
        title: The headline on the web.
        headline: The headline in print; empty where the web's serves.
        short_headline: A still shorter one for narrow places; empty for none.
        standfirst: The sentence under the headline; empty for none.
        kicker: The words over the headline; empty for none.
        byline: Writers' names.
        date: When it was published.
        lang: BCP 47 language of the text.
        direction: Which way its script runs.
        section: Where the web filed it.
        tags: The web's tags.
        url: Its address on the web; empty where unknown.
        pictures: The lead first, then in order of appearance.
        pull_quotes: Sentences to pull out.
        contributor: "X is a …" at the end; empty for none.
        body: The text.
        web: How much of it stands among the paper's web pages.
        members_only: Whether only members may read all of it, in mail and on the web.
        paywall: How many blocks of the text stand before the paywall line; None where
            it has none.
        legal: How it stands with the law; None where no lawyer is needed.
        place: The file, for findings about the whole article.
        places: Where single settings of the front matter stand, by name.
    """

    slug: Slug
    title: str
    headline: str = ""
    short_headline: str = ""
    standfirst: str = ""
    kicker: str = ""
    byline: tuple[str, ...] = ()
    date: dt.date | None = None
    lang: str = "en-GB"
    direction: Direction = Direction.LTR
    section: str = ""
    tags: tuple[str, ...] = ()
    url: str = ""
    pictures: tuple[Picture, ...] = ()
    pull_quotes: tuple[str, ...] = ()
    contributor: str = ""
    body: Copy = NOTHING
    web: WebUse = WebUse.NONE
    members_only: bool = False
    paywall: int | None = None
    legal: LegalRead | None = None
    place: Place = NOWHERE
    places: tuple[tuple[str, Place], ...] = field(default=())

    @property
    def printed_headline(self) -> str:
        """The headline that print uses."""
        return self.headline or self.title

    @property
    def lead(self) -> Picture | None:
        """Its lead picture; None for none."""
        return next((picture for picture in self.pictures if picture.lead), None)

    def place_of(self, name: str) -> Place:
        """Return where a setting of the front matter stands; the file if unknown."""
        return next((place for key, place in self.places if key == name), self.place)
