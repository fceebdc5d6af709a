"""What was read back from a press file: the file, its fonts, and what its pages paint.

Neighbours that are alike in all that a printer asks about are one mark with a count, so
that the facts of an edition stay small. Areas are millimetres from the upper left corner
of the trim; sizes of type and weights of lines are points on paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from press.model.facts import PageFacts
from press.model.finding import Area
from press.model.ink import Ink

#: A page box as PDF writes it: left, bottom, right, top, in points.
Box = tuple[float, float, float, float]


class Zone(StrEnum):
    """How far out a mark stands."""

    PAGE = "page"  #: On the trimmed page, if only in part.
    BLEED = "bleed"  #: In the bleed, and nowhere on the trimmed page.
    SLUG = "slug"  #: Outside of the bleed: what the printer's marks may do.


class Outline(StrEnum):
    """How a line is drawn."""

    STROKE = "stroke"  #: A stroked path.
    FILL = "fill"  #: A filled rectangle so thin that it prints as a line.
    EDGE = "edge"  #: The stroke around what is filled by the same operator.
    FRAME = "frame"  #: What is left between two filled rectangles, one in the other.


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour as the file names it.

    Attributes:
        space: Its colour space: DeviceCMYK, DeviceGray, DeviceRGB, ICCBased:3,
            Separation:All, Indexed:DeviceRGB, Pattern, Lab, …
        values: Its components; empty for patterns.
    """

    space: str
    values: tuple[float, ...] = ()

    @property
    def ink(self) -> Ink | None:
        """The process inks it prints with; None where the file does not say."""
        if self.space == "DeviceCMYK" and len(self.values) == 4:  # noqa: PLR2004
            return Ink(*self.values)
        if self.space == "DeviceGray" and len(self.values) == 1:
            return Ink(black=1 - self.values[0])
        return None


@dataclass(frozen=True, slots=True)
class Laid:
    """How ink is laid over what is there already.

    Attributes:
        overprint: Whether it leaves the other inks below as they are.
        mode: Overprint mode (OPM): with 1, a part of 0 leaves its ink alone too.
    """

    overprint: bool = False
    mode: int = 0


KNOCK_OUT = Laid()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextMark:
    """Text of one font, size and colour.

    Attributes:
        size: Type size on paper, in points.
        paint: Its colour.
        laid: How its ink is laid.
        font: Name of the font without the prefix of a subset.
        mode: Text rendering mode: 0 fill, 1 stroke, 2 both, 3 neither, from 4 clip.
        zone: How far out it stands.
        count: How many pieces of text there are of it.
        letters: How many glyphs there are in them.
        missing: How many of these are the font's sign for a missing glyph (.notdef).
        area: Where the first piece stands, about.
    """

    size: float
    paint: Paint
    laid: Laid
    font: str
    mode: int
    zone: Zone
    count: int
    letters: int
    missing: int
    area: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMark:
    """Lines of one weight and colour.

    Attributes:
        weight: In points; 0 is the thinnest line that the device can draw.
        paint: Their colour.
        laid: How their ink is laid.
        outline: How they are drawn.
        zone: How far out they stand.
        count: How many there are.
        area: Where the first stands.
    """

    weight: float
    paint: Paint
    laid: Laid
    outline: Outline
    zone: Zone
    count: int
    area: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class FillMark:
    """Filled areas of one colour, thin ones (see LineMark) too.

    Attributes:
        paint: Their colour.
        laid: How their ink is laid.
        zone: How far out they stand.
        count: How many there are.
        area: Where the first stands.
    """

    paint: Paint
    laid: Laid
    zone: Zone
    count: int
    area: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class JpegFacts:
    """What a JPEG says of itself.

    Attributes:
        components: 1 for grey, 3, or 4 for inks.
        adobe: Whether it has an APP14 segment, which says how its inks are written.
        progressive: Whether it is drawn in passes.
        profile: Whether it carries an ICC profile.
        quality: About the quality it was saved with, 1 to 100.
        subsampled: Whether colours have fewer pixels than lightness.
        comment: What its comment says, at most 80 characters.
    """

    components: int
    adobe: bool
    progressive: bool
    profile: bool
    quality: int
    subsampled: bool
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tones:
    """The ends of a picture's scale of tones, as shares of its pixels from 0 to 1.

    Attributes:
        faint: With some ink, but less of any than the press can print (under 3 %).
        choked: With more black ink than keeps apart from solid (over 95 %).
    """

    faint: float
    choked: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageMark:
    """A picture made of pixels, as it is placed.

    Attributes:
        space: Its colour space, as in Paint; "mask" for a stencil of one colour.
        pixels: Its width and height.
        bits: Bits of each component.
        ppi: Pixels an inch at its printed size, the lesser of the two directions.
        filters: How it is packed: DCTDecode, FlateDecode, …
        soft_mask: Whether it is transparent in part.
        inline: Whether it stands in the page's own content.
        jpeg: What its JPEG says of itself; None for others, or where it is damaged.
        tones: The ends of its scale of tones, where they were measured.
        laid: How its ink is laid.
        zone: How far out it stands.
        count: How often it is placed so.
        area: Where it stands first.
    """

    space: str
    pixels: tuple[int, int]
    bits: int
    ppi: float
    filters: tuple[str, ...]
    soft_mask: bool = False
    inline: bool = False
    jpeg: JpegFacts | None = None
    tones: Tones | None = None
    laid: Laid = KNOCK_OUT
    zone: Zone = Zone.PAGE
    count: int = 1
    area: Area


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadingMark:
    """A gradient.

    Attributes:
        space: Its colour space, as in Paint.
        components: How many components its colour space has; 0 where that is not known.
        outputs: How many its function gives; 0 where that is not known.
    """

    space: str
    components: int
    outputs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMark:
    """A transparency group.

    Attributes:
        space: Its blend space, as in Paint; empty for none.
        page: Whether it is the page itself.
    """

    space: str
    page: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMarks:
    """One page as it stands in the file.

    Attributes:
        number: Page number, from 1.
        boxes: The page's own boxes by name (MediaBox, TrimBox, …), inherited ones too.
        rotate: By how many degrees viewers turn it.
        user_unit: UserUnit; 1 is a point.
        annotations: Kinds of its annotations.
        actions: Whether it does something when it is opened or closed.
        spaces: Colour spaces that it chooses, whether or not it paints in them.
        texts: Its text.
        lines: Its lines.
        fills: Its filled areas.
        images: Its pictures made of pixels.
        shadings: Its gradients.
        groups: Its transparency groups.
        transparency: What is transparent, in words: "ca 0.5", "soft mask".
        faults: What is wrong with its content, in words.
    """

    number: int
    boxes: tuple[tuple[str, Box], ...]
    rotate: int = 0
    user_unit: float = 1.0
    annotations: tuple[str, ...] = ()
    actions: bool = False
    spaces: tuple[str, ...] = ()
    texts: tuple[TextMark, ...] = ()
    lines: tuple[LineMark, ...] = ()
    fills: tuple[FillMark, ...] = ()
    images: tuple[ImageMark, ...] = ()
    shadings: tuple[ShadingMark, ...] = ()
    groups: tuple[GroupMark, ...] = ()
    transparency: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    def box(self, name: str) -> Box | None:
        """Return a box of the page, None where it has none."""
        return dict(self.boxes).get(name)


class FontProgram(StrEnum):
    """The kind of font program that a file carries."""

    NONE = "none"  #: None: the font is not embedded.
    TYPE1 = "type1"  #: FontFile.
    TRUETYPE = "truetype"  #: FontFile2.
    CFF = "cff"  #: FontFile3, Type1C or CIDFontType0C.
    OPENTYPE = "opentype"  #: FontFile3, OpenType: from PDF 1.6 on.
    DRAWN = "drawn"  #: Type 3: every glyph is a small drawing.


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFacts:
    """A font of the file.

    Attributes:
        name: Its PostScript name, without the prefix of a subset.
        family: Its family, as far as the file says or the name tells.
        subset: Whether it holds the glyphs that are used and no others.
        kind: Type0, TrueType, Type1, Type3, MMType1.
        program: The font program that the file carries.
        embedding: The font's own word on embedding (fsType of its OS/2 table); None
            where it has none.
        pages: Pages that use it.
    """

    name: str
    family: str
    subset: bool
    kind: str
    program: FontProgram
    embedding: int | None
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentFacts:
    """An output intent.

    Attributes:
        kind: GTS_PDFX, GTS_PDFA1, …
        condition: OutputConditionIdentifier.
        profile_class: Class of its ICC profile: prtr for printers; empty for no profile.
        profile_space: Colour space of the profile: CMYK, RGB, GRAY.
        profile_version: Version of the profile, such as 2.1.
    """

    kind: str
    condition: str
    profile_class: str = ""
    profile_space: str = ""
    profile_version: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """A file as a whole.

    Attributes:
        name: Its name, without folders; empty where it has none yet.
        sha256: Hash of its bytes, in hexadecimal.
        unreadable: Why it cannot be read at all; empty where it can.
        encrypted: Whether it is encrypted, or asks for a password.
        repairs: What had to be repaired or is wrong in its structure.
        version: Version of PDF: the header's, or the catalogue's if that is higher.
        ids: Whether it has both of its identifiers.
        info: Entries of its information dictionary, by name.
        trapped: True or False as it says; empty where it says neither.
        standard: GTS_PDFXVersion as the information dictionary or the metadata say.
        xmp: Whether it has metadata (XMP).
        intents: Its output intents.
        extras: What has no place in a press file: "JavaScript", "attachments", …
    """

    name: str = ""
    sha256: str = ""
    unreadable: str = ""
    encrypted: bool = False
    repairs: tuple[str, ...] = ()
    version: str = ""
    ids: bool = False
    info: tuple[tuple[str, str], ...] = ()
    trapped: str = ""
    standard: str = ""
    xmp: bool = False
    intents: tuple[IntentFacts, ...] = ()
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeMark:
    """A barcode, as it was decoded from the printed page.

    Attributes:
        text: What it says, the add-on after a plus sign: "9772632791007+09".
        page: Page number, from 1.
        area: Where it stands, without its quiet zones.
        inks: The plates on which it has ink, by name: ("Black",).
        module: Width of its thinnest bar, in millimetres: 0.33 at full size.
        quiet: White to its left and to its right, in modules; None if not measured.
    """

    text: str
    page: int
    area: Area
    inks: tuple[str, ...]
    module: float
    quiet: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PressFacts:
    """What a press file is and what it prints.

    Attributes:
        file: The file as a whole.
        fonts: Its fonts.
        pages: Its pages, in order.
        words: The text of its pages, as another engine reads it (see PdfReader).
        codes: Its barcodes, as they were decoded from the printed pages.
    """

    file: FileFacts
    fonts: tuple[FontFacts, ...] = ()
    pages: tuple[PageMarks, ...] = ()
    words: tuple[PageFacts, ...] = ()
    codes: tuple[CodeMark, ...] = ()
