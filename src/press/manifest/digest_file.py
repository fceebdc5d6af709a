"""The format of the part of edition.yaml that says what the digest is."""

import re
from enum import StrEnum
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema

from press.manifest.address import Name, slug
from press.manifest.offer import AD, ARTICLE, SECTION
from press.manifest.scalar import Line, MaybeLine, Paragraphs, YesNo, listed, one_of
from press.manifest.schema import OrBare, Strict, setting
from press.manifest.tree import Settings, Text
from press.manifest.wrong import cited, text_of, wrong

Article: TypeAlias = Annotated[Name, WithJsonSchema(ARTICLE)]
Ad: TypeAlias = Annotated[Name, WithJsonSchema(AD)]
SectionName: TypeAlias = Annotated[Line, WithJsonSchema(SECTION)]

NOT = "not "
BRACES = re.compile(r"\{([^{}]*)\}")


class Extent(StrEnum):
    """How much of an article runs in the digest."""

    TEASER = "teaser"
    FULL = "full"


def _condition(value: object) -> str:
    """Return "members" or "not members"."""
    text = text_of(value, wanted="a group of readers", example="not members")
    negated = text.lower().startswith(NOT)
    name = slug(text[len(NOT) :].strip() if negated else text)
    return f"{NOT}{name}" if negated else name


def _named(name: str) -> BeforeValidator:
    """Take a bare name for {name: …}."""

    def take(value: object) -> object:
        if not isinstance(value, Text):
            return value
        settings = Settings(value.tree)
        settings[name] = value
        return settings

    return BeforeValidator(take)


def _named_greeting(value: object) -> str:
    text = text_of(value, wanted="a greeting", example='"Dear {name},"')
    if text and set(BRACES.findall(text)) != {"name"}:
        message = f"{cited(text)} does not say where the reader's name goes"
        raise wrong(message, "write {name} there, and nothing else in braces")
    return text


def _front_page(value: object) -> object:
    """Take a bare yes or no for {show: …}."""
    if not isinstance(value, Text):
        return value
    settings = Settings(value.tree)
    settings["show"] = value
    return settings


_CONDITION = {"type": "string", "examples": ["members", "not print-subscribers"]}
Condition: TypeAlias = Annotated[
    str, BeforeValidator(_condition), WithJsonSchema(_CONDITION)
]
Conditions: TypeAlias = Annotated[
    tuple[Condition, ...], BeforeValidator(listed), OrBare(**_CONDITION)
]


def _show_to() -> Any:
    return setting(
        "The readers it is for: groups of press.yaml, each alone or after not;"
        " everybody where it is not given.",
        example="[members, not print-subscribers]",
        default=(),
    )


class ItemPart(Strict):
    """An article in the digest."""

    article: Article = setting(
        "The article: its folder's name.", example="taxes-on-knowledge"
    )
    show_to: Conditions = _show_to()
    text: Annotated[Extent, BeforeValidator(one_of(Extent))] = setting(
        "How much of it runs: teaser or full.", example="full", default=Extent.TEASER
    )


Item: TypeAlias = Annotated[ItemPart, _named("article"), OrBare(**ARTICLE)]
Items: TypeAlias = Annotated[
    tuple[Item, ...], BeforeValidator(listed), OrBare(**ARTICLE)
]


class DigestSectionPart(Strict):
    """Articles of the digest that stand together."""

    section: SectionName = setting("The words over them.", example="World")
    articles: Items = setting(
        "Its articles in order: a name, or settings with the name.",
        example="[penny-post, {article: jikji, show_to: members}]",
        default=(),
    )
    show_to: Conditions = _show_to()


class DigestAdPart(Strict):
    """A house ad in the digest."""

    ad: Ad = setting("The house ad.", example="subscribe")
    show_to: Conditions = _show_to()


DigestAd: TypeAlias = Annotated[DigestAdPart, _named("ad"), OrBare(**AD)]


class GreetingPart(Strict):
    """How readers are greeted."""

    named: Annotated[str, BeforeValidator(_named_greeting)] = setting(
        "To those whose name is known, with {name} in it.",
        example='"Dear {name},"',
        default="",
    )
    unnamed: MaybeLine = setting("To all others.", example="Dear reader,", default="")


class FrontPagePart(Strict):
    """The picture of the front page."""

    show: YesNo = setting("Whether it is there.", example="yes", default=True)
    show_to: Conditions = _show_to()


class DigestPart(Strict):
    """What the month's email says."""

    subject: Line = setting("The subject line.", example="September in The Quoin")
    preheader: Line = setting(
        "The line that inboxes show after the subject.",
        example="Taxes on knowledge, and who paid them",
    )
    lead: Item = setting("The article on top.", example="taxes-on-knowledge")
    articles: Items = setting(
        "Others that stand under it, in order.", example="[penny-post]", default=()
    )
    sections: Annotated[tuple[DigestSectionPart, ...], Field(max_length=20)] = setting(
        "Further articles, section by section.",
        example="[{section: World, articles: [jikji]}]",
        default=(),
    )
    house_ad: Annotated[tuple[DigestAd, ...], BeforeValidator(listed), OrBare(**AD)] = (
        setting(
            "The house ad under them; of several, each reader sees the first for them.",
            example="[{ad: subscribe, show_to: not members}, gift]",
            default=(),
        )
    )
    greeting: GreetingPart = setting(
        "How readers are greeted.",
        example='{named: "Dear {name},", unnamed: "Dear reader,"}',
        default=GreetingPart(),
    )
    note: Paragraphs = setting(
        "The editor's note, plain text.", example="Dear readers, …", default=""
    )
    front_page: Annotated[
        FrontPagePart, BeforeValidator(_front_page), OrBare(enum=["yes", "no"])
    ] = setting(
        "The picture of the front page, which leads to the whole paper.",
        example="{show_to: members}",
        default=FrontPagePart(),
    )
    also: YesNo = setting(
        "Whether the other articles of the printed edition are listed.",
        example="no",
        default=True,
    )
