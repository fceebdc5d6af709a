"""The format of furniture.yaml."""

import re
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema

from press.manifest.pattern import fault_in
from press.manifest.scalar import Line, YesNo, listed, one_of
from press.manifest.schema import FormatVersion, OrBare, Strict, setting
from press.manifest.wrong import cited, text_of, wrong
from press.model.story import Furniture

MARK = re.compile(
    r"[.#][^\s.#<>,*]+\*?|[.#][^\s.#<>,*]*\*|<[a-z][a-z0-9-]*>"
    r"|wp:[a-z][a-z0-9_/-]*\*?|ref:[0-9]+"
)
REUSED = re.compile(r"wp:(?:core/)?block/([0-9]+)")
TAG = re.compile(r"<?/?([a-z][a-z0-9-]*)>?")
TAGS = ("aside", "div", "figure", "footer", "form", "header", "nav", "section")


def mark(value: object) -> str:
    """Return what markup calls a piece, as marks of pieces are written."""
    text = text_of(value, wanted="a class, an id, a tag or a block", example=".cta")
    if reused := REUSED.fullmatch(text):
        return f"ref:{reused[1]}"
    text = text.replace("wp:core/", "wp:")
    if MARK.fullmatch(text) and text not in {".*", "#*", "wp:*"}:
        return text
    hint = "write one class (.cta), id (#h-more), tag (<aside>) or block (wp:block/900)"
    bare = TAG.fullmatch(text)
    if bare:
        meant = f"<{bare[1]}>" if bare[1] in TAGS else f".{bare[1]}"
        hint = f"write {meant}"
    raise wrong(f"{cited(text)} is not a mark of a piece", hint)


def pattern(value: object) -> re.Pattern[str]:
    """Return a regular expression; capitals and small letters are alike to it."""
    text = text_of(value, wanted="a pattern", example="^Read more:")
    message, hint = fault_in(text)
    if message:
        raise wrong(message, hint, code="manifest.pattern")
    return re.compile(text, re.IGNORECASE)


_ONE = OrBare(type="string")
Marks: TypeAlias = Annotated[
    tuple[
        Annotated[str, BeforeValidator(mark), WithJsonSchema({"type": "string"})], ...
    ],
    BeforeValidator(listed),
    _ONE,
]
Names: TypeAlias = Annotated[tuple[Line, ...], BeforeValidator(listed), _ONE]
Pattern: TypeAlias = Annotated[
    re.Pattern[str], PlainValidator(pattern), WithJsonSchema({"type": "string"})
]
Kind: TypeAlias = Annotated[Furniture, BeforeValidator(one_of(Furniture))]


class FurnitureRulePart(Strict):
    """Which blocks of the website's articles are not copy."""

    kind: Kind = setting("What they are.", example="call")
    select: Marks = setting(
        "Marks of which a block has one: class, id, tag or block.",
        example='[.cta-subscribe, "#h-read-more", <aside>, wp:block/900]',
        default=(),
    )
    pattern: Pattern | None = setting(
        "A regular expression that its words hold.",
        example='"^Read more:"',
        default=None,
    )
    name: Line = setting(
        "What reports call the rule.", example="the call to subscribe", default=""
    )


class FurnitureFile(Strict):
    """furniture.yaml: what the website shows with articles that is not copy."""

    press: FormatVersion = setting("Version of this file's format.", example=1)
    names: Names = setting(
        "What calls and mottos call the paper, besides its title.",
        example="[Quoin, The Sunday Quoin]",
        default=(),
    )
    usual: YesNo = setting(
        "Whether the rules that come with press count as well.",
        example="yes",
        default=True,
    )
    rules: tuple[FurnitureRulePart, ...] = setting(
        "The rules; the first that takes a block counts.",
        example="[{kind: call, select: .cta-subscribe}]",
        default=(),
    )
