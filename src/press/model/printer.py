"""What the printer asks of the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from press.model.finding import NOWHERE, Place
from press.model.length import ZERO, Length

WINDOW = Length.of_mm(15)
TYPE_BELOW = Length.of_pt(12)
RULES_BELOW = Length.of_pt(2)
#: Square millimetres of a page that may have more ink than its limit at a point where
#: fine black that overprints alone is to blame: too little to smear, and without it the
#: white beside a line that is out of register would show more.
FINE_BLACK = 4.0


class Standard(StrEnum):
    """The kind of PDF the printer takes (ISO 15930)."""

    X1A = "x-1a:2003"  #: ISO 15930-4: PDF 1.4, inks only, nothing transparent.
    X4 = "x-4"  #: ISO 15930-7: PDF 1.6; press makes the same pages of it.

    @property
    def label(self) -> str:
        """What a file of it calls itself."""
        return "PDF/X-1a:2003" if self is Standard.X1A else "PDF/X-4"

    @property
    def pdf_version(self) -> str:
        """The version of PDF it is written in."""
        return "1.4" if self is Standard.X1A else "1.6"


class Delivery(StrEnum):
    """How the printer takes the pages: every build makes both, one is asked for."""

    PAGES = "pages"  #: One file a page.
    SPREADS = "spreads"  #: Printer's spreads, in the order of the sheets.


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """A measure at each edge of the page, seen as it is printed."""

    top: Length = ZERO
    right: Length = ZERO
    bottom: Length = ZERO
    left: Length = ZERO

    @property
    def most(self) -> Length:
        """The largest of the four."""
        return max(self.top, self.right, self.bottom, self.left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Pixels an inch of pictures at their printed size.

    Attributes:
        least: Photographs with fewer are errors.
        wanted: Photographs with fewer are warnings.
        line_art: Charts and maps made of pixels with fewer are warnings.
        most: Pictures are made ready with so many; more show nothing more.
        bits_least: Pictures of black and white pixels with fewer are errors.
        bits_wanted: And with fewer than these, warnings.
    """

    least: float = 100.0
    wanted: float = 150.0
    line_art: float = 150.0
    most: int = 240
    bits_least: float = 550.0
    bits_wanted: float = 800.0


@dataclass(frozen=True, slots=True, kw_only=True)
class InkLimit:
    """The most ink that paper and press bear, in per cent of one ink.

    Attributes:
        point: At any point.
        window: As the mean of any square of the size `side`.
        side: Side of that square.
    """

    point: float = 220.0
    window: float = 245.0
    side: Length = WINDOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Smallest:
    """The smallest that prints well: sizes of type, or weights of lines.

    Attributes:
        positive: In one ink on paper.
        reversed: White out of ink.
        several: In more than one ink.
    """

    positive: Length
    reversed: Length
    several: Length


@dataclass(frozen=True, slots=True, kw_only=True)
class Overprint:
    """Black that is printed over what lies below, so that no white shows beside it.

    Attributes:
        type_below: Black type smaller than this overprints; larger knocks out.
        rules_below: Black rules thinner than this overprint.
    """

    type_below: Length = TYPE_BELOW
    rules_below: Length = RULES_BELOW


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCount:
    """How many pages the printer binds.

    Attributes:
        least: The fewest.
        most: The most.
        signature: Pages a sheet has; the page count is a multiple of it.
    """

    least: int = 4
    most: int = 96
    signature: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PressProfile:
    """The ICC profile the printer asks for.

    Attributes:
        name: Its file, as a path, or as a name in the system's colour folders.
        condition: Its OutputConditionIdentifier, such as "IFRA26".
        describes: The OutputCondition in words.
        place: Where printer.yaml names it.
    """

    name: str
    condition: str
    describes: str = ""
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """What the printer asks of the pages.

    Attributes:
        name: Name of the shipped printer it starts from, empty where it is told whole.
        about: What it is, in a sentence.
        width: Trim width.
        height: Trim height.
        type_width: Width of the type area, which lies in the middle of the trim.
        type_height: Its height. Nothing but bleeding pictures is printed outside of it.
        bleed: How far ink runs over each edge that is cut; 0 is no bleed.
        marks: Whether the printer wants crop and register marks.
        standard: The kind of PDF.
        profile: The ICC profile of the press and paper.
        ink: The most ink.
        pictures: How many pixels pictures need.
        type: Smallest type.
        lines: Thinnest lines.
        overprint: What black overprints.
        count: How many pages.
        delivery: Single pages or spreads.
        creep: How far each inner sheet is pushed towards the spine.
        file_name: Pattern of the files' names, with {code}, {edition}, {issue}, {page}.
        named_at: Where printer.yaml says so.
    """

    name: str = ""
    about: str = ""
    width: Length
    height: Length
    type_width: Length
    type_height: Length
    bleed: Edges = field(default_factory=Edges)
    marks: bool = False
    standard: Standard = Standard.X1A
    profile: PressProfile
    ink: InkLimit = field(default_factory=InkLimit)
    pictures: Resolution = field(default_factory=Resolution)
    type: Smallest
    lines: Smallest
    overprint: Overprint = field(default_factory=Overprint)
    count: PageCount = field(default_factory=PageCount)
    delivery: Delivery = Delivery.PAGES
    creep: Length = ZERO
    file_name: str = "{code}_{edition}_{page:03}.pdf"
    named_at: Place = field(default=NOWHERE, compare=False)
