"""The format of layouts/<name>/printer.yaml."""

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema

from press.manifest.scalar import LengthText, Whole
from press.manifest.schema import FormatVersion, Strict, setting
from press.manifest.wrong import cited, text_of, wrong


def _bleed(value: object) -> str:
    """Return "none", the only bleed that pages have so far."""
    text = text_of(value, wanted="none", example="none")
    if text != "none":
        raise wrong(
            f"{cited(text)}: pages are made without bleed",
            "write none; nothing may be printed up to the edge of the paper",
        )
    return text


Bleed: TypeAlias = Annotated[
    str, BeforeValidator(_bleed), WithJsonSchema({"const": "none"})
]
Ppi: TypeAlias = Annotated[Whole, Field(ge=72, le=2400)]


class TrimPart(Strict):
    """The paper after it is cut."""

    width: LengthText = setting("Its width.", example="289 mm")
    height: LengthText = setting("Its height.", example="380 mm")


class ResolutionPart(Strict):
    """Pixels an inch of pictures, at the size at which they are printed."""

    least: Ppi = setting("Photographs with fewer are errors.", example=100)
    wanted: Ppi = setting("Photographs with fewer are warnings.", example=150)
    line_art: Ppi = setting(
        "Charts and maps made of pixels with fewer are warnings.", example=150
    )
    most: Ppi = setting(
        "Pictures are made ready with so many; more would show nothing more.",
        example=220,
    )


class PrinterFile(Strict):
    """printer.yaml: what the printer asks of the pages."""

    press: FormatVersion = setting("Version of this file's format.", example=1)
    trim: TrimPart = setting(
        "The paper after it is cut; layout.yaml's page must have this size.",
        example="{width: 289 mm, height: 380 mm}",
    )
    bleed: Bleed = setting(
        "How far pictures run over the edge that is cut off; always none.",
        example="none",
    )
    signature: Annotated[Whole, Field(ge=1, le=64)] = setting(
        "Pages a sheet folds into: an edition's page count is a multiple of it.",
        example=4,
    )
    resolution: ResolutionPart = setting(
        "Pixels an inch of pictures.",
        example="{least: 100, wanted: 150, line_art: 150, most: 220}",
    )
    smallest_type: LengthText = setting(
        "A type style of layout.yaml below it is an error.", example="6 pt"
    )
    thinnest_rule: LengthText = setting(
        "A rule of a style sheet below it is an error.", example="0.25 pt"
    )
