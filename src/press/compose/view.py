"""What a page template sees: everything placed, in lengths from the trim's corner."""

from __future__ import annotations

from dataclasses import dataclass

from press.model.house import HouseAd
from press.model.length import Length
from press.model.page import NO_MARKUP, Html


@dataclass(frozen=True, slots=True, kw_only=True)
class Rect:
    """A place on the page, counted from the trim's upper left corner."""

    left: Length
    top: Length
    width: Length
    height: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class TextView:
    """Set lines and their place."""

    rect: Rect
    html: Html


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineView:
    """A headline's lines, its size and leading, and its place."""

    rect: Rect
    lines: tuple[str, ...]
    size: Length
    leading: Length
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """A picture with its caption, or a panel.

    Attributes:
        rect: The picture's or panel's place.
        src: Name of the prepared file; empty for a panel.
        alt: What it shows.
        whole: Whether it is shown whole, not filled to the edges.
        caption: Caption and credit, under it.
        panel: A panel's inside.
    """

    rect: Rect
    src: str = ""
    alt: str = ""
    whole: bool = False
    caption: TextView | None = None
    panel: Html = NO_MARKUP


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article's part on a page, in reading order.

    Attributes:
        id: The package.
        part: 0 where it begins.
        template: Its template's name.
        priority: 1 to 5.
        lang: Language.
        dir: "ltr" or "rtl".
        rect: Its whole box.
        tint: Whether its box stands on the tint.
        flag: A group's title; empty for none.
        kicker: Words over the headline; empty for none.
        kicker_rect: Their place.
        headline: The headline; None where there is none.
        standfirst: The standfirst; None where it is left out.
        byline: Writers' names; None for none.
        frames: The text, frame by frame.
        figures: Pictures and panels.
        quotes: Pull quotes.
        jump: "Continued on page 3"; empty for none.
        jump_rect: Its place.
        ends: Whether the article ends here.
    """

    id: str
    part: int
    template: str
    priority: int
    lang: str
    dir: str
    rect: Rect
    tint: bool
    flag: str
    kicker: str
    kicker_rect: Rect | None
    headline: HeadlineView | None
    standfirst: TextView | None
    byline: TextView | None
    frames: tuple[TextView, ...]
    figures: tuple[PictureView, ...]
    quotes: tuple[TextView, ...]
    jump: str
    jump_rect: Rect | None
    ends: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AdView:
    """A house ad.

    Attributes:
        ad: The ad.
        rect: Its place.
        design: Name of its design.
        head: Its headline.
        text: Its text.
        act: Room for the QR code, the call to act and the address.
        code: Its address as a QR code (SVG).
        address: Its address, short.
    """

    ad: HouseAd
    rect: Rect
    design: str
    head: TextView
    text: TextView
    act: Rect
    code: Html
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaser:
    """What leads into the paper: a puff, or an entry of the contents panel.

    Attributes:
        rect: Its place.
        section: The article's section.
        page: Where it begins.
        headline: Its headline, set.
        blurb: Its standfirst, set; empty where it is left out.
        src: Name of a prepared picture; empty for none.
        alt: What that shows.
        article: The package it leads to.
    """

    rect: Rect
    section: str
    page: int
    headline: Html
    blurb: Html = NO_MARKUP
    src: str = ""
    alt: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsView:
    """The contents panel."""

    rect: Rect
    entries: tuple[Teaser, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BarcodeView:
    """The issue's bar code.

    Attributes:
        rect: Its place, with the white it needs around its bars.
        svg: Its bars and digits; the white is left to the style sheet.
        code: Its thirteen digits.
        add_on: The two digits of the issue.
    """

    rect: Rect
    svg: Html
    code: str
    add_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """A rule between two articles."""

    rect: Rect
    upright: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprintView:
    """The imprint, column by column, and its place."""

    rect: Rect
    columns: tuple[TextView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceView:
    """Room for an advertisement that was bought; it is put in after the page is drawn.

    Attributes:
        advertisement: Its number in the edition's list, from 0.
        advertiser: Who bought it.
        rect: Its place.
        alone: Whether it has the page for itself, but for the folio.
        whole: Whether it has the whole page and bleeds: no folio stands there either.
    """

    advertisement: int
    advertiser: str
    rect: Rect
    alone: bool
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """One page, for its template.

    Attributes:
        number: Page number.
        left: Whether it is a left-hand page (even).
        front: Whether it is page 1.
        section: Name of its section.
        opens: Whether the section's flag stands on it.
        paper: The paper's title.
        strapline: The paper's strapline.
        website: The paper's address.
        dateline: "September 2024".
        edition: Issue number.
        price: Price; may be empty.
        lang: Language of the page.
        columns: Columns of its grid.
        area: The type area.
        folio: Place of the folio.
        flag: Place of the section's flag; None for none.
        masthead: Place of the masthead; None but on page 1.
        puffs: Teasers under the masthead.
        articles: In reading order.
        ads: House ads.
        space: Room for an advertisement that was bought; None for none.
        contents: The contents panel; None for none.
        imprint: The imprint; None for none.
        barcode: The issue's bar code; None but on page 1 of a paper with an ISSN.
        rules: Rules between articles.
    """

    number: int
    left: bool
    front: bool
    section: str
    opens: bool
    paper: str
    strapline: str
    website: str
    dateline: str
    edition: int
    price: str
    lang: str
    columns: int
    area: Rect
    folio: Rect
    flag: Rect | None
    masthead: Rect | None
    puffs: tuple[Teaser, ...]
    articles: tuple[ArticleView, ...]
    ads: tuple[AdView, ...]
    space: SpaceView | None
    contents: ContentsView | None
    imprint: ImprintView | None
    barcode: BarcodeView | None
    rules: tuple[RuleView, ...]
