"""Furniture: what an article brings beside its text, measured at every width."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from press.model.galley import Galley, GalleyLine
from press.model.house import AdId

#: White between the top of a box and the tops of capitals, headlines and pictures, in
#: points: as much as body type has above its capitals.
TOP_PT = 2.3
#: White between a picture and its caption, in points.
CAPTION_PT = 3.5
#: White between the edge of a panel and its words, in points.
PANEL_PT = 7.0
#: White between the edge of a house ad and its words, and above its text, in points.
AD_PT, AD_TEXT_PT = 12.0, 5.0
#: Puffs under the masthead; shares of a puff that its picture and its words take.
PUFFS, PUFF_PICTURE, PUFF_WORDS = 3, 0.36, 0.61
#: White between two puffs, in gutters.
PUFF_GUTTERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadShape:
    """One way to set an article's head.

    Attributes:
        columns: Columns it spans.
        size: Headline size, in points.
        leading: Headline leading, in points.
        headline: The headline's lines.
        standfirst: The standfirst's lines; empty where it is left out.
        kicker: Grid lines of the kicker; 0 is none.
        headline_depth: Grid lines of the headline.
        standfirst_depth: Grid lines of the standfirst.
        lift: Points from the top of the headline's grid lines to the top of its first
            line box, so that its capitals stand level with pictures.
        cost: What the page loses by it against the best head of this article.
    """

    columns: int
    size: float
    leading: float
    headline: tuple[str, ...]
    standfirst: tuple[GalleyLine, ...]
    kicker: int
    headline_depth: int
    standfirst_depth: int
    cost: float
    lift: float = 0.0

    @property
    def depth(self) -> int:
        """Grid lines of the whole head."""
        return self.kicker + self.headline_depth + self.standfirst_depth


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureShape:
    """A picture or panel over so many columns.

    Attributes:
        columns: Columns it spans.
        natural: Depth of the picture uncropped, or of the panel, in grid lines.
        least: Least depth a crop may leave it.
        most: Most depth a crop may give it.
        caption: Lines of caption and credit.
        caption_depth: Grid lines of the caption and the white under it.
        html: A panel's inside; empty for a picture.
        ppi: Pixels an inch that it has uncropped; endless for drawings and panels.
    """

    columns: int
    natural: float
    least: int
    most: int
    caption: tuple[GalleyLine, ...] = ()
    caption_depth: int = 0
    html: str = ""
    ppi: float = inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture, table or fact box that stands beside the text.

    Attributes:
        picture: Its number among the article's pictures; None for a panel.
        shapes: Its shape at each width at which it may stand.
        portrait: Whether it is a face that stands small beside the byline.
    """

    picture: int | None
    shapes: tuple[FigureShape, ...]
    portrait: bool = False

    def over(self, columns: int) -> FigureShape | None:
        """Return its shape over so many columns, None where it may not stand so."""
        for shape in self.shapes:
            if shape.columns == columns:
                return shape
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteShape:
    """A pull quote over one column.

    Attributes:
        lines: Its lines.
        depth: Grid lines, white above and below included.
    """

    lines: tuple[GalleyLine, ...]
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TeaserShape:
    """The lines with which the front page leads to an article inside.

    Attributes:
        entry: Its headline in the contents panel.
        blurb: Its standfirst there.
        puff: Its headline in a puff under the masthead.
    """

    entry: tuple[GalleyLine, ...]
    blurb: tuple[GalleyLine, ...]
    puff: tuple[GalleyLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdShape:
    """A house ad in one design.

    Attributes:
        design: The design's name.
        head: Lines of its headline.
        text: Lines of its text.
        words: Depth of the words, in points.
        depth: Fewest grid lines it needs.
    """

    design: str
    head: tuple[GalleyLine, ...]
    text: tuple[GalleyLine, ...]
    words: float
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseShapes:
    """The paper's own matter, set.

    Attributes:
        ads: Every house ad in every design, by the ad's id.
        imprint: Lines of the imprint's columns.
        imprint_depth: Grid lines it takes, the white above it included.
    """

    ads: tuple[tuple[AdId, tuple[AdShape, ...]], ...]
    imprint: tuple[tuple[GalleyLine, ...], ...]
    imprint_depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A package measured: all that the flatplan needs to know of it.

    Attributes:
        package: The package's id.
        galley: Its text, set.
        heads: Its head at every width and size.
        figures: Pictures and panels, the lead first.
        quotes: Pull quotes.
        byline: Lines of the byline at the top of the first column.
        jump_heads: The head of a continuation at every width and size.
        teaser: How the front page leads to it; None for a group.
    """

    package: str
    galley: Galley
    heads: tuple[HeadShape, ...]
    figures: tuple[Figure, ...] = ()
    quotes: tuple[QuoteShape, ...] = ()
    byline: tuple[GalleyLine, ...] = ()
    jump_heads: tuple[HeadShape, ...] = ()
    teaser: TeaserShape | None = None

    @property
    def byline_depth(self) -> int:
        """Grid lines of the byline with its rule and the white under it; 0 is none."""
        return len(self.byline) + 1 if self.byline else 0
