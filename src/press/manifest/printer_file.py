"""The format of layouts/<name>/printer.yaml, and of the printers that come with press."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from press.manifest.address import Name
from press.manifest.scalar import Decimal, LengthText, Line, Whole, YesNo, one_of
from press.manifest.schema import FormatVersion, OrBare, Strict, setting
from press.model.printer import Delivery, Standard

Ppi: TypeAlias = Annotated[Whole, Field(ge=72, le=2400)]
Coverage: TypeAlias = Annotated[Decimal, Field(ge=100, le=400)]
Pages: TypeAlias = Annotated[Whole, Field(ge=1, le=400)]


class SizePart(Strict):
    """A width and a height."""

    width: LengthText | None = setting("Its width.", example="289 mm", default=None)
    height: LengthText | None = setting("Its height.", example="380 mm", default=None)


class BleedPart(Strict):
    """How far ink runs over each edge that is cut off."""

    top: LengthText | None = setting("At the head.", example="3 mm", default=None)
    right: LengthText | None = setting("On the right.", example="3 mm", default=None)
    bottom: LengthText | None = setting("At the foot.", example="3 mm", default=None)
    left: LengthText | None = setting("On the left.", example="3 mm", default=None)


def _bleed(value: object) -> object:
    """Take one length for all four edges, and none for no bleed."""
    if not isinstance(value, str):
        return value
    length = "0 mm" if value == "none" else value
    return dict.fromkeys(("top", "right", "bottom", "left"), length)


Bleed: TypeAlias = Annotated[BleedPart, BeforeValidator(_bleed), OrBare(type="string")]


class ProfilePart(Strict):
    """The ICC profile of press and paper."""

    name: Line | None = setting(
        "Its file: a path from the newspaper's folder, or a name in the system's"
        " colour folders.",
        example="WAN-IFRAnewspaper26v5",
        default=None,
    )
    condition: Line | None = setting(
        "Its OutputConditionIdentifier.", example="IFRA26", default=None
    )
    describes: Line | None = setting(
        "The printing condition in words.", example="Newsprint, 26 %", default=None
    )


class InkPart(Strict):
    """The most ink, in per cent of one ink."""

    point: Coverage | None = setting("At any point.", example=220, default=None)
    window: Coverage | None = setting(
        "As the mean of any square.", example=245, default=None
    )
    side: LengthText | None = setting(
        "Side of that square.", example="15 mm", default=None
    )


class ResolutionPart(Strict):
    """Pixels an inch of pictures, at the size at which they are printed."""

    least: Ppi | None = setting(
        "Photographs with fewer are errors.", example=100, default=None
    )
    wanted: Ppi | None = setting(
        "Photographs with fewer are warnings.", example=150, default=None
    )
    line_art: Ppi | None = setting(
        "Charts and maps made of pixels with fewer are warnings.",
        example=150,
        default=None,
    )
    most: Ppi | None = setting(
        "Pictures are made ready with so many; more would show nothing more.",
        example=220,
        default=None,
    )
    bits_least: Ppi | None = setting(
        "Pictures of black and white pixels with fewer are errors.",
        example=550,
        default=None,
    )
    bits_wanted: Ppi | None = setting(
        "And with fewer than these, warnings.", example=800, default=None
    )


class SmallestPart(Strict):
    """The smallest that prints well."""

    positive: LengthText | None = setting(
        "In one ink on paper.", example="6 pt", default=None
    )
    reversed: LengthText | None = setting(
        "White out of ink.", example="10 pt", default=None
    )
    several: LengthText | None = setting(
        "In more than one ink.", example="10 pt", default=None
    )


class ThinnestPart(SmallestPart):
    """The thinnest that prints well."""

    positive: LengthText | None = setting(
        "In one ink on paper.", example="0.25 pt", default=None
    )
    reversed: LengthText | None = setting(
        "White out of ink.", example="0.5 pt", default=None
    )
    several: LengthText | None = setting(
        "In more than one ink.", example="0.5 pt", default=None
    )


class OverprintPart(Strict):
    """Black that is printed over what lies below, so that no white shows beside it."""

    type_below: LengthText | None = setting(
        "Black type smaller than this.", example="12 pt", default=None
    )
    rules_below: LengthText | None = setting(
        "Black rules thinner than this.", example="2 pt", default=None
    )


class PagesPart(Strict):
    """How many pages are bound."""

    least: Pages | None = setting("The fewest.", example=4, default=None)
    most: Pages | None = setting("The most.", example=64, default=None)
    signature: Annotated[Whole, Field(ge=1, le=64)] | None = setting(
        "Pages a sheet folds into: an edition's page count is a multiple of it.",
        example=4,
        default=None,
    )


class PrinterFile(Strict):
    """printer.yaml: what the printer asks of the pages."""

    press: FormatVersion = setting("Version of this file's format.", example=1)
    use: Name | None = setting(
        "A printer that comes with press; what else is said changes it.",
        example="newsprint-tabloid",
        default=None,
    )
    about: Line | None = setting(
        "What it is, in a sentence.", example="Digital newspaper", default=None
    )
    trim: SizePart | None = setting(
        "The paper after it is cut; layout.yaml's page must have this size.",
        example="{width: 289 mm, height: 380 mm}",
        default=None,
    )
    type_area: SizePart | None = setting(
        "In the middle of the page; nothing else is printed outside of it than what"
        " bleeds.",
        example="{width: 259 mm, height: 350 mm}",
        default=None,
    )
    bleed: Bleed | None = setting(
        "How far ink runs over the edges that are cut off: none, a length, or each"
        " edge's.",
        example="none",
        default=None,
    )
    marks: YesNo | None = setting(
        "Whether crop and register marks are wanted.", example="no", default=None
    )
    standard: Annotated[Standard, BeforeValidator(one_of(Standard))] | None = setting(
        "The kind of PDF: x-1a:2003 or x-4.", example="x-1a:2003", default=None
    )
    profile: ProfilePart | None = setting(
        "The ICC profile of press and paper.",
        example="{name: WAN-IFRAnewspaper26v5, condition: IFRA26}",
        default=None,
    )
    ink: InkPart | None = setting(
        "The most ink, in per cent.", example="{point: 220, window: 245}", default=None
    )
    resolution: ResolutionPart | None = setting(
        "Pixels an inch of pictures.",
        example="{least: 100, wanted: 150, line_art: 150, most: 220}",
        default=None,
    )
    type: SmallestPart | None = setting(
        "Smallest type; a type style of layout.yaml below it is an error.",
        example="{positive: 6 pt, reversed: 10 pt, several: 10 pt}",
        default=None,
    )
    lines: ThinnestPart | None = setting(
        "Thinnest lines; a rule of a style sheet below it is an error.",
        example="{positive: 0.25 pt, reversed: 0.5 pt, several: 0.5 pt}",
        default=None,
    )
    overprint: OverprintPart | None = setting(
        "What black overprints.",
        example="{type_below: 12 pt, rules_below: 2 pt}",
        default=None,
    )
    pages: PagesPart | None = setting(
        "How many pages.", example="{least: 4, most: 64, signature: 4}", default=None
    )
    delivery: Annotated[Delivery, BeforeValidator(one_of(Delivery))] | None = setting(
        "What the printer takes: pages, or spreads; both are made.",
        example="pages",
        default=None,
    )
    creep: LengthText | None = setting(
        "How far each inner sheet of the spreads is pushed to the spine.",
        example="0.1 mm",
        default=None,
    )
    file_name: Line | None = setting(
        "Names of the page files, with {code}, {edition}, {issue} and {page:03}.",
        example='"{code}_{edition}_{page:03}.pdf"',
        default=None,
    )
