"""The format of style.yaml."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from press.manifest.address import Language
from press.manifest.scalar import Line, MaybeLine, Whole, YesNo, listed
from press.manifest.schema import FormatVersion, OrBare, Strict, setting
from press.model.style import OVERLONG

_LINE = OrBare(type=["string", "number"])
Lines: TypeAlias = Annotated[tuple[Line, ...], BeforeValidator(listed), _LINE]
Forms: TypeAlias = Annotated[
    tuple[Line, ...], Field(min_length=1), BeforeValidator(listed), _LINE
]
Languages: TypeAlias = Annotated[
    tuple[Language, ...], BeforeValidator(listed), OrBare(type="string")
]
Words: TypeAlias = Annotated[Whole, Field(ge=20, le=2000)]


class ChecksPart(Strict):
    """Which looks are taken at copy."""

    spellings: YesNo = setting(
        "Spellings that the list above forbids.", example="yes", default=True
    )
    avoid: YesNo = setting(
        "Words and phrases that the paper does not use.", example="yes", default=True
    )
    slips: YesNo = setting(
        "Slips that everybody makes, by a list that press brings (English).",
        example="yes",
        default=True,
    )
    names: YesNo = setting(
        "Names spelt two ways, in an article or across the edition.",
        example="yes",
        default=True,
    )
    endings: YesNo = setting(
        "One word with -ise here and -ize there (English).",
        example="yes",
        default=True,
    )
    doubled: YesNo = setting(
        "A word written twice (English).", example="yes", default=True
    )
    marks: YesNo = setting(
        "Quotation marks and brackets that are not closed, or never opened.",
        example="yes",
        default=True,
    )
    stops: YesNo = setting(
        "Stops and commas inside quotation marks where British use has them outside.",
        example="no",
        default=True,
    )
    length: YesNo = setting("Overlong paragraphs.", example="no", default=True)


class StyleFile(Strict):
    """style.yaml: how the paper spells, and what subs are shown."""

    press: FormatVersion = setting("Version of this file's format.", example=1)
    languages: Languages = setting(
        "Of which articles it speaks (BCP 47); the paper's language where it is not"
        " given.",
        example="[en-GB]",
        default=(),
    )
    spellings: dict[Line, Forms] = setting(
        "What the paper writes, with the forms that it does not.",
        example="{organisation: [organization], jail: [gaol]}",
        default={},
    )
    avoid: dict[Line, MaybeLine] = setting(
        "Words and phrases that it does not use, each with the reason.",
        example="{very unique: a thing is unique or it is not}",
        default={},
    )
    names: Lines = setting(
        "Names as the paper spells them; two that are alike are both right.",
        example="[Zaporizhzhia, Pyongyang]",
        default=(),
    )
    overlong: Words = setting(
        "Words from which on a paragraph is too long.", example=120, default=OVERLONG
    )
    checks: ChecksPart = setting(
        "Looks that are not taken.", example="{stops: no}", default=ChecksPart()
    )
