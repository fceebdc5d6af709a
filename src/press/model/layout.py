"""A layout: the page, its grid, its type and its furniture, as the designer set them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from press.model.barcode import BarcodeStyle
from press.model.finding import NOWHERE, Place
from press.model.ink import Colour
from press.model.length import ZERO, Length
from press.model.printer import Printer, Resolution
from press.model.type import Face, TypeStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """The white around the type area."""

    top: Length
    right: Length
    bottom: Length
    left: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Columns of one width.

    Attributes:
        name: The name templates use.
        columns: How many stand side by side.
        column: Width of one, the measure of body type.
        gutter: White between two.
        body: Name of the style of body type on it.
    """

    name: str
    columns: int
    column: Length
    gutter: Length
    body: str

    def width(self, columns: int) -> Length:
        """Width of so many columns with the gutters between them."""
        return self.column * columns + self.gutter * (columns - 1)

    def left(self, column: int) -> Length:
        """Distance of a column, counted from 0, from the type area's left edge."""
        return (self.column + self.gutter) * column


class Head(StrEnum):
    """Where an article's head stands."""

    OVER = "over"  #: Across all its columns, on top.
    UNDER = "under"  #: Across all its columns, under the lead picture.
    SIDE = "side"  #: In its first columns, beside the lead picture.


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineScale:
    """Headline sizes a priority may use, best first, and how far they may run.

    Attributes:
        sizes: By priority 1 to 5, in points.
        lines: By columns spanned, from 1 on: least and most lines.
        leading: Leading as a share of the size, for sizes up to `tight_from`.
        tight: Leading as a share of the size, above it.
        tight_from: In points.
    """

    sizes: tuple[tuple[float, ...], ...]
    lines: tuple[tuple[int, int], ...]
    leading: float = 1.06
    tight: float = 1.0
    tight_from: float = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """How an article of a kind is laid out.

    Attributes:
        name: The name manifests use, and the CSS class of its articles.
        grid: Name of its grid.
        headline: Name of the headline's style; its size comes from `scale`.
        scale: Headline sizes.
        heads: Where the head may stand.
        pictures: How many pictures it may show at most.
        quotes: How many pull quotes it may show at most.
        standfirst_from: Fewest columns at which the standfirst is set.
        drop_cap_to: Lowest priority (highest number) that opens with a drop cap; 0 is
            none.
        group: Whether such articles run together as one box, under `flag`.
        flag: The group's title, such as "In brief".
        tint: Whether its box stands on the tint.
        least_columns: Fewest columns its box may span.
        most_columns: Most columns its box may span.
    """

    name: str
    grid: str
    headline: str
    scale: HeadlineScale
    heads: tuple[Head, ...] = (Head.OVER,)
    pictures: int = 1
    quotes: int = 0
    standfirst_from: int = 2
    drop_cap_to: int = 0
    group: bool = False
    flag: str = ""
    tint: bool = False
    least_columns: int = 1
    most_columns: int = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionStyle:
    """How a section of a name looks; the one named "*" serves all others.

    Attributes:
        name: The section's name.
        template: Template of its articles.
        brief: Template of its articles of priority 5.
        flag: Lines that the section's flag takes on its first page; 0 is none.
        tint: Whether its pages stand on the tint.
    """

    name: str
    template: str
    brief: str = ""
    flag: int = 0
    tint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AdDesign:
    """How a house ad across the page looks at some depths.

    Attributes:
        name: The CSS class of such ads.
        least: Fewest grid lines.
        most: Most grid lines.
        words: Share of its width that the words take; the QR code takes the rest.
        head: Style of its headline.
        text: Style of its text.
    """

    name: str
    least: int
    most: int
    words: float
    head: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A space across the foot of a page that advertisers may buy.

    Attributes:
        name: What editors call it: half.
        lines: Grid lines it is deep.
    """

    name: str
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What stands on pages beside articles, in grid lines.

    Attributes:
        folio: Lines the folio takes on top of every page but the first.
        masthead: Lines the masthead takes on page 1.
        puffs: Lines the puffs under the masthead take; 0 is none.
        contents: Least and most lines of the contents panel; (0, 0) is none.
        imprint: Fewest lines of the imprint at the foot of the last page.
        last_ad: Fewest lines of the first house ad, above the imprint; 0 is none.
        barcode: How the front page shows the bar code of a paper that has an ISSN.
    """

    folio: int
    masthead: int
    puffs: int
    contents: tuple[int, int]
    imprint: int
    last_ad: int = 0
    barcode: BarcodeStyle = field(default_factory=BarcodeStyle)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSettings:
    """How body type is set.

    Attributes:
        indent: First line of a paragraph that follows another.
        list_indent: Items of lists, after their marker.
        quote_indent: Block quotes, on both sides.
        hyphen_word: Letters a word needs to be hyphenated.
        hyphen_before: Letters before the hyphen at least.
        hyphen_after: Letters after it at least.
        tracking: How far letters of a line may be set closer or wider, as a share of
            the measure.
        drop_cap: Lines a drop cap hangs over.
    """

    indent: Length
    list_indent: Length
    quote_indent: Length
    hyphen_word: int = 6
    hyphen_before: int = 3
    hyphen_after: int = 3
    tracking: float = 0.015
    drop_cap: int = 3


_Named = TypeVar("_Named", Colour, Space, TypeStyle, Grid, Template, SectionStyle)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The look of the paper.

    Attributes:
        name: Name of its folder in layouts/.
        folder: That folder's path.
        width: Trim width.
        height: Trim height.
        margins: The white around the type area.
        leading: The baseline grid.
        gap: Lines between two articles, one above the other.
        grids: Columns, by name.
        faces: Faces of type.
        styles: Type styles, by name.
        palette: Its colours; has paper, ink, accent and tint.
        text: How body type is set.
        furniture: What stands beside articles.
        ads: How house ads look, the shallowest first.
        spaces: What advertisers may buy.
        templates: Article templates, by name.
        sections: Looks of sections, by name.
        printer: What the printer asks of its pages.
        fingerprint: Hash of all its files, for caches.
    """

    name: str
    folder: str
    width: Length
    height: Length
    margins: Margins
    leading: Length
    gap: int
    grids: tuple[Grid, ...]
    faces: tuple[Face, ...]
    styles: tuple[TypeStyle, ...]
    palette: tuple[Colour, ...]
    text: TextSettings
    furniture: Furniture
    ads: tuple[AdDesign, ...]
    templates: tuple[Template, ...]
    sections: tuple[SectionStyle, ...]
    printer: Printer
    spaces: tuple[Space, ...] = ()
    fingerprint: str = ""
    place: Place = NOWHERE

    @property
    def signature(self) -> int:
        """Pages a sheet has; the page count is a multiple of it."""
        return self.printer.count.signature

    @property
    def resolution(self) -> Resolution:
        """Pixels an inch that pictures need."""
        return self.printer.pictures

    @property
    def lines(self) -> int:
        """Grid lines of the type area."""
        room = self.height - self.margins.top - self.margins.bottom
        return int(room.pt / self.leading.pt + 0.01)

    @property
    def area(self) -> Length:
        """Width of the type area."""
        return self.width - self.margins.left - self.margins.right

    @property
    def narrowest(self) -> Length:
        """Width of the narrowest column of any grid."""
        return min(grid.column for grid in self.grids)

    @property
    def code_family(self) -> str:
        """The family of literal text."""
        return self.style("code").family

    def style(self, name: str) -> TypeStyle:
        """Return the type style of that name.

        Raises:
            KeyError: The layout has none.
        """
        return _named(self.styles, name)

    def grid(self, name: str) -> Grid:
        """Return the grid of that name."""
        return _named(self.grids, name)

    def template(self, name: str) -> Template:
        """Return the template of that name."""
        return _named(self.templates, name)

    def space(self, name: str) -> Space:
        """Return the space of that name."""
        return _named(self.spaces, name)

    def is_whole(self, space: Space) -> bool:
        """Whether a space is the whole trimmed page: where it may bleed, and is so deep."""
        deep = space.lines >= self.lines - self.furniture.folio
        return deep and self.printer.bleed.most > ZERO

    def size(self, space: Space) -> tuple[Length, Length]:
        """Return the width and height of a space, and of what stands in it."""
        if self.is_whole(space):
            return self.width, self.height
        return self.area, self.leading * space.lines

    def section(self, name: str) -> SectionStyle:
        """Return the look of a section; the one named "*" where it has none."""
        try:
            return _named(self.sections, name)
        except KeyError:
            return _named(self.sections, "*")

    def colour(self, name: str) -> Colour:
        """Return a colour of the palette."""
        return _named(self.palette, name)


def _named(values: tuple[_Named, ...], name: str) -> _Named:
    for value in values:
        if value.name == name:
            return value
    raise KeyError(name)
