"""The format of layouts/<name>/layout.yaml."""

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema

from press.manifest.address import Name
from press.manifest.scalar import (
    Colour,
    Decimal,
    Inks,
    LengthText,
    Line,
    Percentage,
    Whole,
    YesNo,
    listed,
    one_of,
    percentage,
)
from press.manifest.schema import FormatVersion, Strict, setting
from press.manifest.wrong import cited, text_of, wrong
from press.model.barcode import LEAST, MOST, BarcodePlace
from press.model.ink import Ink
from press.model.layout import Head
from press.model.type import TextAlign


def _span(value: object) -> tuple[int, int]:
    """Return two numbers written as 2-6; one number is both."""
    text = text_of(value, wanted="two numbers", example="2-6")
    first, _, last = text.partition("-")
    if not (first.isdecimal() and (not last or last.isdecimal())):
        raise wrong(f"{cited(text)} is not a span of lines", "write it as 2-6")
    return int(first), int(last or first)


def _barcode_size(value: object) -> float:
    size = percentage(value)
    if not LEAST <= size <= MOST:
        raise wrong(
            f"a bar code of {size:.0%} is none that tills read, or wastes room",
            f"write {LEAST:.0%} to {MOST:.0%}",
        )
    return size


Span: TypeAlias = Annotated[tuple[int, int], BeforeValidator(_span)]
BarcodeSize: TypeAlias = Annotated[
    float,
    BeforeValidator(_barcode_size),
    WithJsonSchema({"type": "string", "pattern": r"^[\d.]+ ?%$"}),
]
Count: TypeAlias = Annotated[Whole, Field(ge=0, le=200)]
Lines: TypeAlias = Annotated[Whole, Field(ge=0, le=400)]
Weight: TypeAlias = Annotated[Whole, Field(ge=100, le=900)]
Heads: TypeAlias = Annotated[
    tuple[Annotated[Head, BeforeValidator(one_of(Head))], ...], BeforeValidator(listed)
]
Sizes: TypeAlias = tuple[Annotated[Decimal, Field(gt=3, lt=400)], ...]


class MarginsPart(Strict):
    """The white around the type area."""

    top: LengthText = setting("White at the top.", example="14 mm")
    right: LengthText = setting("White on the right.", example="15 mm")
    bottom: LengthText = setting("White at the foot.", example="15.5 mm")
    left: LengthText = setting("White on the left.", example="15 mm")


class PagePart(Strict):
    """The page and its baseline grid."""

    width: LengthText = setting("Width of the trimmed page.", example="289 mm")
    height: LengthText = setting("Height of the trimmed page.", example="380 mm")
    margins: MarginsPart = setting(
        "The white around the type area.",
        example="{top: 14 mm, right: 15 mm, bottom: 15 mm, left: 15 mm}",
    )
    leading: LengthText = setting(
        "The baseline grid: every height is a whole number of its lines.",
        example="11 pt",
    )
    gutter: LengthText = setting("White between two columns.", example="4.5 mm")
    gap: Annotated[Whole, Field(ge=1, le=8)] = setting(
        "Lines between two articles, one above the other.", example=2, default=2
    )


class GridPart(Strict):
    """Columns of one width across the type area."""

    name: Name = setting("What templates call it.", example="news")
    columns: Annotated[Whole, Field(ge=1, le=12)] = setting(
        "How many columns stand side by side.", example=5
    )
    body: Name = setting("The style of body type on it.", example="body")


class FontPart(Strict):
    """One cut of a typeface as a file."""

    family: Line = setting("What styles call it.", example="Press Serif")
    file: Line = setting("The font file.", example="SourceSerifPro-Regular.ttf")
    package: Name = setting(
        "The Python package that holds it; without one, the layout's fonts/ folder.",
        example="font-source-serif-pro",
        default="",
    )
    weight: Weight = setting("100 to 900.", example=400, default=400)
    italic: YesNo = setting("Whether it is the italic.", example="yes", default=False)


class ScriptPart(Strict):
    """A face for another script, used where the machine has it."""

    script: Line = setting("The script's name in Unicode.", example="Arabic")
    family: Line = setting("What style sheets call it.", example="Press Arabic")
    file: Line = setting("The font file.", example="NotoNaskhArabic-Regular.ttf")
    package: Name = setting(
        "The Debian package that brings it.", example="fonts-noto-core"
    )


class StylePart(Strict):
    """How a kind of text is set."""

    name: Name = setting("What press or the grid calls it.", example="body")
    family: Line = setting("One of the families under fonts.", example="Press Serif")
    size: LengthText = setting("Type size.", example="9 pt")
    leading: LengthText = setting("Distance between baselines.", example="11 pt")
    weight: Weight = setting("100 to 900.", example=400, default=400)
    italic: YesNo = setting("Whether it is italic.", example="yes", default=False)
    tracking: Decimal = setting(
        "Space after every letter, in em.", example=-0.014, default=0.0
    )
    colour: Name = setting("A name under colours.", example="accent", default="ink")
    align: Annotated[TextAlign, BeforeValidator(one_of(TextAlign))] = setting(
        "How lines stand: justify, start, center or end.",
        example="justify",
        default=TextAlign.START,
    )
    caps: YesNo = setting("Whether shown in capitals.", example="yes", default=False)
    strong: Weight = setting("Weight of bold words in it.", example=700, default=700)


class HyphensPart(Strict):
    """How short a divided word may be, in letters."""

    word: Count = setting("Letters of the word.", example=6, default=6)
    before: Count = setting("Letters before the hyphen.", example=3, default=3)
    after: Count = setting("Letters after it.", example=3, default=3)


class TextPart(Strict):
    """How body type is set."""

    indent: LengthText = setting("First line of a paragraph.", example="9 pt")
    list_indent: LengthText = setting("Items of lists.", example="9 pt")
    quote_indent: LengthText = setting("Block quotes, both sides.", example="9 pt")
    hyphens: HyphensPart = setting(
        "How short a divided word may be.",
        example="{word: 6, before: 3, after: 3}",
        default=HyphensPart(),
    )
    tracking: Percentage = setting(
        "How far letters of a line may be set closer or wider.",
        example="1.5%",
        default=0.015,
    )
    drop_cap: Count = setting("Lines a drop cap hangs over.", example=3, default=3)


class BarcodePart(Strict):
    """The bar code on the front page of a paper that has an ISSN."""

    size: BarcodeSize = setting(
        "Of its nominal size, 46.2 × 27.5 mm: 80% to 100%.",
        example="80%",
        default=LEAST,
    )
    where: Annotated[BarcodePlace, BeforeValidator(one_of(BarcodePlace))] = setting(
        "Under the contents panel, or on the right of the masthead.",
        example="contents",
        default=BarcodePlace.CONTENTS,
    )


class FurniturePart(Strict):
    """What stands beside articles, in grid lines."""

    folio: Lines = setting("The folio.", example=3)
    masthead: Lines = setting("The masthead of page 1.", example=12)
    puffs: Lines = setting("The puffs under it; 0 is none.", example=9, default=0)
    contents: Span = setting(
        "Least and most lines of the contents panel; 0 is none.",
        example="26-70",
        default=(0, 0),
    )
    imprint: Lines = setting("The imprint at the end, at least.", example=7)
    last_ad: Lines = setting(
        "The first house ad above the imprint, at least; 0 is none.",
        example=10,
        default=0,
    )
    barcode: BarcodePart = setting(
        "The bar code of a paper that has an ISSN.",
        example="{size: 80%, where: contents}",
        default=BarcodePart(),
    )


class AdPart(Strict):
    """How house ads look at some depths; the deeper, the larger their type."""

    name: Name = setting("The CSS class of such ads.", example="strip")
    lines: Span = setting("Least and most lines.", example="9-15")
    words: Percentage = setting(
        "Share of the width for the words; the QR code stands beside.", example="62%"
    )
    head: Name = setting("Style of the headline.", example="ad-head")
    text: Name = setting("Style of the text.", example="ad-text")


class SpacePart(Strict):
    """A space across the foot of a page that advertisers may buy."""

    name: Name = setting("What editors call it.", example="half")
    lines: Annotated[Lines, Field(ge=4)] = setting(
        "Grid lines it is deep.", example="43"
    )


class ScalePart(Strict):
    """Headline sizes and how many lines they may run."""

    name: Name = setting("What templates call it.", example="news")
    sizes: Annotated[tuple[Sizes, ...], Field(min_length=5, max_length=5)] = setting(
        "For priority 1 to 5: sizes in points, best first.",
        example="[[72, 60], [46, 38], [33, 27], [24, 20], [18, 16]]",
    )
    lines: tuple[Span, ...] = setting(
        "For 1, 2 … columns: least and most lines.", example="[2-6, 1-4, 1-3]"
    )
    leading: Decimal = setting(
        "Leading as a share of the size.", example=1.06, default=1.06
    )
    tight: Decimal = setting(
        "The same for sizes above tight_from.", example=1.0, default=1.0
    )
    tight_from: Decimal = setting("In points.", example=40, default=40.0)


class TemplatePart(Strict):
    """How articles of a kind are laid out."""

    name: Name = setting("What manifests call it.", example="news")
    grid: Name = setting("Its grid.", example="news")
    headline: Name = setting("The headline's style.", example="headline")
    scale: Name = setting("The headline's sizes.", example="news")
    heads: Heads = setting(
        "Where the head may stand: over, under, side.",
        example="[over, side]",
        default=(Head.OVER,),
    )
    pictures: Count = setting("Pictures it shows at most.", example=3, default=1)
    quotes: Count = setting("Pull quotes it shows at most.", example=2, default=0)
    standfirst_from: Count = setting(
        "Fewest columns at which the standfirst is set.", example=2, default=2
    )
    drop_cap_to: Count = setting(
        "Lowest priority that opens with a drop cap; 0 is none.", example=1, default=0
    )
    group: YesNo = setting(
        "Whether such articles run together in one box.", example="yes", default=False
    )
    flag: Line = setting("The group's title.", example="In brief", default="")
    tint: YesNo = setting(
        "Whether it stands on the tint.", example="yes", default=False
    )
    least_columns: Count = setting("Fewest columns.", example=1, default=1)
    most_columns: Count = setting("Most columns.", example=2, default=99)


class ColourPart(Strict):
    """A colour of the palette: as it is printed, and as screens show it."""

    ink: Inks = setting(
        "Cyan, magenta, yellow and black in per cent; what only mail uses needs none.",
        example="0 100 85 15",
        default=Ink(),
    )
    screen: Colour = setting(
        "How mail and the readers' file show it.", example='"#b3121d"'
    )


class SectionPart(Strict):
    """How a section looks; the one named "*" serves all others."""

    name: Line = setting("The section's name.", example="Comment")
    template: Name = setting("Template of its articles.", example="comment")
    brief: Name = setting(
        "Template of its articles of priority 5.", example="brief", default=""
    )
    flag: Lines = setting(
        "Lines of its flag on its first page; 0 is none.", example=5, default=0
    )


class LayoutFile(Strict):
    """layout.yaml: the look of the paper."""

    press: FormatVersion = setting("Version of this file's format.", example=1)
    page: PagePart = setting("The page and its grid.", example="{width: 289 mm, …}")
    grids: Annotated[tuple[GridPart, ...], Field(min_length=1)] = setting(
        "Columns.", example="[{name: news, columns: 5, body: body}]"
    )
    colours: dict[str, ColourPart] = setting(
        "The palette; paper, ink, accent, grey, rule and tint must be there.",
        example='{ink: {ink: 0 0 0 100, screen: "#111111"}}',
    )
    fonts: Annotated[tuple[FontPart, ...], Field(min_length=1)] = setting(
        "Faces of type.", example="[{family: Press Serif, file: …}]"
    )
    scripts: tuple[ScriptPart, ...] = setting(
        "Faces for other scripts.", example="[{script: Arabic, …}]", default=()
    )
    type: Annotated[tuple[StylePart, ...], Field(min_length=1)] = setting(
        "Type styles.", example="[{name: body, …}]"
    )
    text: TextPart = setting("How body type is set.", example="{indent: 9 pt, …}")
    furniture: FurniturePart = setting(
        "What stands beside articles.", example="{folio: 3, masthead: 12, …}"
    )
    ads: Annotated[tuple[AdPart, ...], Field(min_length=1)] = setting(
        "House ads, the shallowest first.", example="[{name: strip, lines: 9-15, …}]"
    )
    spaces: tuple[SpacePart, ...] = setting(
        "What advertisers may buy; none where it is not given.",
        example="[{name: half, lines: 43}]",
        default=(),
    )
    headlines: Annotated[tuple[ScalePart, ...], Field(min_length=1)] = setting(
        "Headline sizes.", example="[{name: news, sizes: …, lines: …}]"
    )
    templates: Annotated[tuple[TemplatePart, ...], Field(min_length=1)] = setting(
        "Article templates.", example="[{name: news, …}]"
    )
    sections: Annotated[tuple[SectionPart, ...], Field(min_length=1)] = setting(
        "Looks of sections.", example='[{name: "*", template: news}]'
    )
