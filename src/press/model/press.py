"""What goes to press: the profile, the order for finishing, sheets, and the replica."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from press.model.ink import Colour
from press.model.page import Bookmark
from press.model.printer import Printer


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An ICC profile of a press and its paper, found and looked at.

    Attributes:
        data: The whole file.
        description: What it calls itself.
        version: Its version, such as 2.4.
        condition: The OutputConditionIdentifier that the file may carry with it.
        describes: The OutputCondition in words.
        stand_in: Whether it stands in for the one the printer asked for.
        sha256: Hash of the file, in hexadecimal: part of every cache key.
    """

    data: bytes = field(repr=False)
    description: str
    version: float
    condition: str
    describes: str = ""
    stand_in: bool = False
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPicture:
    """A picture's files behind the one that stood in for it when the page was drawn.

    Attributes:
        press: File name of the picture in the press's inks.
        screen: File name of the picture as screens show it.
    """

    press: str
    screen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedAd:
    """An advertisement that was bought, in its place: a PDF of one page.

    Its trim lies in the middle of the place, at its own size.

    Attributes:
        page: Page number, from 1.
        left: Distance from the trim's left edge, in points.
        top: Distance from its upper edge.
        width: Width of its place.
        height: Height of its place.
        advertiser: Who bought it.
        data: The PDF.
        whole: Whether it has the whole trimmed page, and runs into the bleed.
        see_through: Whether anything in it is transparent.
        pictures: How many pictures made of pixels it shows.
        families: Families of type that it uses.
    """

    page: int
    left: float
    top: float
    width: float
    height: float
    advertiser: str
    data: bytes = field(repr=False)
    whole: bool = False
    see_through: bool = False
    pictures: int = 0
    families: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        """Hash of the PDF, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class PressJob:
    """All that is needed to make the press file of bound pages.

    Attributes:
        printer: What the printer asks.
        profile: The profile of press and paper.
        pictures: By the name of the stand-in that was drawn (see PreparedPicture.name).
        folder: Folder of those pictures' files.
        date: When the file was made, as seconds since 1970.
        drawn_bleed: Points of bleed the pages were drawn with, the same on every edge.
        slug: Words that stand outside the bleed where marks are wanted: paper, edition.
        advertisements: Those that were bought, put in as they are.
    """

    printer: Printer
    profile: Profile
    pictures: Mapping[str, PlacedPicture]
    folder: str
    date: int
    drawn_bleed: float = 0.0
    slug: str = ""
    advertisements: tuple[PlacedAd, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotspot:
    """A rectangle of a page that leads somewhere when it is touched.

    Attributes:
        page: Page number, from 1.
        left: Distance from the page's left edge, in points.
        top: Distance from its upper edge, in points.
        width: In points.
        height: In points.
        says: What it leads to, in words, for those who cannot see it.
        url: Address; empty where it leads to a page.
        to_page: Page it leads to; 0 where it leads to an address.
        to_top: How far down that page, in points.
        article: Name of the article it stands in; empty for furniture.
    """

    page: int
    left: float
    top: float
    width: float
    height: float
    says: str
    url: str = ""
    to_page: int = 0
    to_top: float = 0.0
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bead:
    """A column of an article, one of the steps a reader takes through it.

    Attributes:
        article: The article's title.
        page: Page number, from 1.
        left: Distance from the page's left edge, in points.
        top: Distance from its upper edge, in points.
        width: In points.
        height: In points.
    """

    article: str
    page: int
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplicaJob:
    """All that is needed to make the readers' file of bound pages.

    Attributes:
        title: Title of the file.
        lang: BCP 47 language.
        date: When it was made, as seconds since 1970.
        palette: The layout's colours, in ink and on screens.
        profile: The profile by which other inks are shown.
        pictures: By the name of the stand-in that was drawn.
        folder: Folder of those pictures' files.
        bookmarks: The outline.
        hotspots: What may be touched.
        beads: Columns of the articles' text, article after article, in reading order.
        drawn_bleed: Points of bleed the pages were drawn with.
        advertisements: Those that were bought, shown as pictures.
    """

    title: str
    lang: str
    date: int
    palette: tuple[Colour, ...]
    profile: Profile
    pictures: Mapping[str, PlacedPicture]
    folder: str
    bookmarks: tuple[Bookmark, ...] = ()
    hotspots: tuple[Hotspot, ...] = ()
    beads: tuple[Bead, ...] = ()
    drawn_bleed: float = 0.0
    advertisements: tuple[PlacedAd, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSide:
    """One side of a sheet, as the printer's spreads show it.

    Attributes:
        left: Page number on the left.
        right: Page number on the right.
        push: Points by which both pages are pushed towards the spine (creep).
    """

    left: int
    right: int
    push: float = 0.0
