"""The format of edition.yaml."""

from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema

from press.manifest.address import EditionName, Email, Language, Name
from press.manifest.digest_file import DigestPart
from press.manifest.offer import AD, ARTICLE, LAYOUT, SECTION, TEMPLATE
from press.manifest.scalar import (
    Date,
    FocusPair,
    Line,
    MaybeLine,
    PageRange,
    Percentage,
    Rate,
    Ratio,
    Share,
    WallTime,
    Whole,
    YesNo,
    listed,
    one_of,
    whole,
)
from press.manifest.schedule_file import SchedulePart
from press.manifest.schema import FormatVersion, OrBare, Strict, setting
from press.manifest.span import Window
from press.manifest.tree import Settings, Text
from press.manifest.wrong import text_of
from press.model.edition import TWELVE_HOURS

MOST_PAGES = 400
AUTO = "auto"
NO_JUMP = 0
NO_PICTURES = ("off", "no")


def _page_count(value: object) -> int | None:
    text = text_of(value, wanted="a page count", example="16")
    return None if text == AUTO else whole(value)


def _jump(value: object) -> int | None:
    text = text_of(value, wanted="a page", example="3")
    return {AUTO: None, "no": NO_JUMP}[text] if text in (AUTO, "no") else whole(value)


def _assignment(value: object) -> object:
    """Take a bare name for {article: name}."""
    if not isinstance(value, Text):
        return value
    settings = Settings(value.tree)
    settings["article"] = value
    return settings


_NEED = {"anyOf": [{"enum": ["approved", "printed"]}, {"type": "string"}]}
_STRING = OrBare(type="string")
Article: TypeAlias = Annotated[Name, WithJsonSchema(ARTICLE)]
Ad: TypeAlias = Annotated[Name, WithJsonSchema(AD)]
Template: TypeAlias = Annotated[Name, WithJsonSchema(TEMPLATE)]
Layout: TypeAlias = Annotated[Name, WithJsonSchema(LAYOUT)]
SectionName: TypeAlias = Annotated[Line, WithJsonSchema(SECTION)]
Page: TypeAlias = Annotated[Whole, Field(ge=1, le=MOST_PAGES)]
PageCount: TypeAlias = Annotated[
    Annotated[int, Field(ge=1, le=MOST_PAGES)] | None,
    BeforeValidator(_page_count),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1}, {"const": AUTO}]}),
]
JumpPage: TypeAlias = Annotated[
    Annotated[int, Field(ge=0, le=MOST_PAGES)] | None,
    BeforeValidator(_jump),
    WithJsonSchema(
        {"anyOf": [{"type": "integer", "minimum": 2}, {"enum": [AUTO, "no"]}]}
    ),
]


class EditionPart(Strict):
    """What the edition is."""

    id: EditionName = setting(
        "Year and month: the name of the edition's folder.", example="2024-09"
    )
    number: Annotated[Whole, Field(ge=1)] = setting("Issue number.", example=67)
    title: Line = setting("As in the dateline.", example="September 2024")
    on_sale: Date = setting("The day it is on sale.", example="2024-08-30")
    price: MaybeLine = setting("With currency sign.", example="£3.95", default="")
    lang: Language = setting(
        "Language of the edition; the paper's where it is not given.",
        example="en-GB",
        default="",
    )


class PicturePart(Strict):
    """What this edition changes about an article's pictures."""

    crop: Ratio | None = setting(
        "Width to height of the lead picture.", example='"3:2"', default=None
    )
    focus: FocusPair | None = setting(
        "The point a crop keeps: shares of width and height.",
        example="[0.5, 0.3]",
        default=None,
    )
    off: YesNo = setting(
        "Whether the article runs without pictures.", example="yes", default=False
    )


def _pictures(value: object) -> object:
    """Take a bare off, or no, for {off: yes}."""
    if not isinstance(value, Text) or value not in NO_PICTURES:
        return value
    settings = Settings(value.tree)
    settings["off"] = off = Text("yes")
    off.tree = value.tree
    return settings


Pictures: TypeAlias = Annotated[
    PicturePart, BeforeValidator(_pictures), OrBare(enum=list(NO_PICTURES))
]


class ArticlePart(Strict):
    """An article's place in a section, with what this edition changes."""

    article: Article = setting(
        "The article: its folder's name.", example="taxes-on-knowledge"
    )
    priority: Annotated[Whole, Field(ge=1, le=5)] = setting(
        "1 leads the section, 5 is a brief; 4 and 5 may be held over.",
        example=2,
        default=3,
    )
    headline: MaybeLine = setting(
        "The headline for this edition.", example="Paid for twice", default=""
    )
    standfirst: MaybeLine | None = setting(
        'The standfirst for this edition; "" drops it.',
        example="One sentence.",
        default=None,
    )
    cut: Annotated[Whole, Field(ge=1)] | None = setting(
        "Print about this many words, whole paragraphs from the top.",
        example=650,
        default=None,
    )
    page: Page | None = setting("The page it must stand on.", example=3, default=None)
    columns: Annotated[Whole, Field(ge=1, le=12)] | None = setting(
        "The columns it must span.", example=3, default=None
    )
    picture: Pictures = setting(
        "What this edition changes about its pictures; off runs it without.",
        example='{crop: "3:2"}',
        default=PicturePart(),
    )
    jump: JumpPage = setting(
        "The page it continues on; auto leaves it to press, no forbids it.",
        example=3,
        default=None,
    )
    template: Template = setting(
        "The page template; the section's where it is not given.",
        example="comment",
        default="",
    )


Assignment: TypeAlias = Annotated[
    ArticlePart, BeforeValidator(_assignment), OrBare(**ARTICLE)
]


class SectionPart(Strict):
    """A part of the paper with its articles in order."""

    section: SectionName = setting("Its name, as in the folio.", example="News")
    pages: PageRange | None = setting(
        "The pages it claims; press chooses where they are not given.",
        example="10-11",
        default=None,
    )
    template: Template = setting(
        "The page template of its articles; the layout's where it is not given.",
        example="comment",
        default="",
    )
    articles: tuple[Assignment, ...] = setting(
        "Its articles in order: a name, or settings with the name.",
        example="[taxes-on-knowledge, {article: penny-post, priority: 2}]",
        default=(),
    )


class AdvertisementPart(Strict):
    """An advertisement that was bought: a PDF for a space of the layout."""

    file: Line = setting(
        "The PDF, as a path from the edition's folder.", example="ads/bookshop.pdf"
    )
    size: Name = setting("A space of the layout.", example="half")
    advertiser: Line = setting("Who bought it.", example="The Book Shop")
    page: Page | None = setting(
        "The page it was sold for; press prefers right-hand pages where it is not given.",
        example=5,
        default=None,
    )
    not_beside: Annotated[tuple[SectionName, ...], BeforeValidator(listed), _STRING] = (
        setting(
            "Sections on whose pages, and opposite which, it may not stand.",
            example="[Comment]",
            default=(),
        )
    )


class PrintPart(Strict):
    """What is printed."""

    layout: Layout = setting("Name of a folder in layouts/.", example="tabloid")
    pages: PageCount = setting(
        "Page count: a multiple of the layout's signature, or auto.",
        example=16,
        default=None,
    )
    house_ads: Annotated[tuple[Ad, ...], BeforeValidator(listed), OrBare(**AD)] = (
        setting(
            "The house ads that may fill space, in order; all where it is not given.",
            example="[subscribe]",
            default=(),
        )
    )
    advertisements: tuple[AdvertisementPart, ...] = setting(
        "Advertisements that were bought.",
        example="[{file: ads/bookshop.pdf, size: half, advertiser: The Book Shop}]",
        default=(),
    )
    sections: Annotated[tuple[SectionPart, ...], Field(min_length=1)] = setting(
        "The sections in the order of pages.",
        example="[{section: News, articles: [taxes-on-knowledge]}]",
    )


class AudiencePart(Strict):
    """To whom the digest goes."""

    list_name: Name = setting("The list of readers.", example="digest", name="list")
    exclude: Annotated[tuple[Name, ...], BeforeValidator(listed), _STRING] = setting(
        "Groups that are left out.", example="[bounced, unsubscribed]", default=()
    )


class StopPart(Strict):
    """What stops a mailing."""

    bounce_rate: Percentage | None = setting(
        "Share of bounces.", example="3%", default=None
    )
    complaint_rate: Percentage | None = setting(
        "Share of complaints.", example="0.1%", default=None
    )


class Fold(StrEnum):
    """Which of two is meant where the clocks go back, so that a time exists twice."""

    FIRST = "first"
    SECOND = "second"


class StepPart(Strict):
    """One step of a mailing: to addresses, to a list, or to a share of the readers."""

    name: Name = setting("What later steps call it.", example="canary")
    at: WallTime | None = setting(
        "Time in the paper's zone; by hand where it is not given.",
        example="2024-08-30 07:00",
        default=None,
    )
    fold: Annotated[Fold, BeforeValidator(one_of(Fold))] | None = setting(
        "Which is meant where the clocks go back and that time exists twice.",
        example="first",
        default=None,
    )
    to: Annotated[tuple[Email, ...], BeforeValidator(listed), _STRING] = setting(
        "Addresses of our own.", example="[desk@quoin.example]", default=()
    )
    list_name: Name = setting(
        "A list of our own.", example="seed-inboxes", default="", name="list"
    )
    share: Share | None = setting(
        "Share of the readers; rest is everybody who is left.",
        example="2%",
        default=None,
    )
    needs: Annotated[
        tuple[Annotated[Name, WithJsonSchema(_NEED)], ...],
        BeforeValidator(listed),
        OrBare(**_NEED),
    ] = setting(
        "Earlier steps, or approved and printed, that must be done first.",
        example="[approved]",
        default=(),
    )
    rate: Rate | None = setting(
        "The most messages a minute.", example="2000/minute", default=None
    )
    stop_if: StopPart = setting(
        "What stops the mailing.", example="{bounce_rate: 3%}", default=StopPart()
    )


class SendPart(Strict):
    """How the digest is mailed."""

    instead = (
        ("hold_until", "write needs: [printed] in the step that must wait"),
        ("schedule", "each step has its time: at: 2024-08-30 07:00"),
    )

    audience: AudiencePart = setting("To whom it goes.", example="{list: digest}")
    window: Window = setting(
        "How long after its time a step still goes without asking.",
        example="6 h",
        default=TWELVE_HOURS,
    )
    steps: Annotated[tuple[StepPart, ...], Field(min_length=1)] = setting(
        "The steps in order; the last goes to the rest.",
        example="[{name: all, share: rest}]",
    )


class EditionFile(Strict):
    """edition.yaml: what runs this month, where and how large; the digest; its sending."""

    press: FormatVersion = setting("Version of this file's format.", example=1)
    edition: EditionPart = setting(
        "What the edition is.",
        example="{id: 2024-09, number: 67, title: September 2024, on_sale: 2024-08-30}",
    )
    print: PrintPart = setting(
        "What is printed.", example="{layout: tabloid, sections: […]}"
    )
    schedule: SchedulePart | None = setting(
        "When things are due; the paper's offsets where it is not given.",
        example="{copy: 2024-08-20 12:00, press: 2024-08-27 12:00}",
        default=None,
    )
    digest: DigestPart | None = setting(
        "What the month's email says; no email where it is not given.",
        example="{subject: …, preheader: …, lead: taxes-on-knowledge}",
        default=None,
    )
    send: SendPart | None = setting(
        "How it is mailed; no plan where it is not given.",
        example="{audience: {list: digest}, steps: […]}",
        default=None,
    )
