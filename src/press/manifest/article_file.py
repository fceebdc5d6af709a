"""The format of an article's front matter."""

from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, WithJsonSchema

from press.manifest.address import Language, WebAddress
from press.manifest.scalar import (
    DateOrMoment,
    FocusPair,
    MaybeLine,
    Ratio,
    listed,
    one_of,
)
from press.manifest.schema import OrBare, Strict, setting
from press.manifest.tree import Settings, Text
from press.model.article import Direction, LegalRead, PictureKind, WebUse


class Access(StrEnum):
    """Who may read all of an article, in mail and on the web."""

    EVERYBODY = "everybody"  #: Whoever comes by.
    MEMBERS = "members"  #: Members; others read its beginning.


def _picture(value: object) -> object:
    """Take a bare file name for {file: name}."""
    if not isinstance(value, Text):
        return value
    settings = Settings(value.tree)
    settings["file"] = value
    return settings


Lines: TypeAlias = Annotated[
    tuple[MaybeLine, ...],
    BeforeValidator(listed),
    OrBare(type=["string", "number", "null"]),
]
Kind: TypeAlias = Annotated[PictureKind, BeforeValidator(one_of(PictureKind))]
Runs: TypeAlias = Annotated[Direction, BeforeValidator(one_of(Direction))]
Use: TypeAlias = Annotated[WebUse, BeforeValidator(one_of(WebUse))]
Law: TypeAlias = Annotated[LegalRead, BeforeValidator(one_of(LegalRead))]
Who: TypeAlias = Annotated[Access, BeforeValidator(one_of(Access))]


class PictureFacts(Strict):
    """A picture and what is to be known about it."""

    file: MaybeLine = setting(
        "Path from the article's folder.", example="images/press.jpg"
    )
    alt: MaybeLine = setting(
        "What it shows, for those who cannot see it.",
        example="A hand press",
        default="",
    )
    caption: MaybeLine = setting(
        "Printed under it.", example="The press of 1800", default=""
    )
    credit: MaybeLine = setting("Who made it.", example="Ada Marsh", default="")
    kind: Kind | None = setting(
        "photo may be cropped, chart (charts, maps, screenshots) never is, portrait"
        " stands small; chart for .svg, .png and .gif files and screenshots, else photo.",
        example="chart",
        default=None,
    )
    focus: FocusPair | None = setting(
        "The point a crop keeps: shares of width and height.",
        example="[0.5, 0.4]",
        default=None,
    )
    crop: Ratio | None = setting("Width to height.", example='"3:2"', default=None)


Picture: TypeAlias = Annotated[
    PictureFacts, BeforeValidator(_picture), OrBare(type="string")
]


class SourcePart(Strict):
    """Where a text was taken from. Kept out of print."""

    name: MaybeLine = setting("Its publisher.", example="Quoin archive", default="")
    url: MaybeLine = setting(
        "Its address.", example="https://quoin.example/1", default=""
    )
    licence: MaybeLine = setting("Its licence.", example="CC BY 4.0", default="")
    repo: MaybeLine = setting("Its repository.", example="quoin/archive", default="")
    path: MaybeLine = setting("Its path there.", example="posts/1.md", default="")


class ArticleFile(Strict):
    """The front matter of an article: what is known about it besides its text."""

    title: MaybeLine = setting(
        "The headline as on the web.", example="Taxes on knowledge", default=""
    )
    headline: MaybeLine = setting(
        "The headline in print, 5 to 10 words; the title where it is not given.",
        example="Paid for twice",
        default="",
    )
    short_headline: MaybeLine = setting(
        "Five words at most, for narrow places in print.",
        example="Paid twice",
        default="",
    )
    kicker: MaybeLine = setting(
        "The words over the headline in print.", example="Follow the money", default=""
    )
    standfirst: MaybeLine = setting(
        "The sentence under the headline.", example="One sentence.", default=""
    )
    byline: Lines = setting(
        "Who wrote it: one name or a list.", example="[Ada Marsh]", default=()
    )
    date: DateOrMoment | None = setting(
        "When it was published.", example="2024-08-12", default=None
    )
    lang: Language = setting(
        "Language of the text (BCP 47); the edition's where it is not given.",
        example="en-GB",
        default="",
    )
    dir: Runs | None = setting(
        "Which way the script runs: ltr or rtl; known for most languages.",
        example="rtl",
        default=None,
    )
    section: MaybeLine = setting("Where the web filed it.", example="News", default="")
    tags: Lines = setting("The web's tags.", example="[tax, history]", default=())
    url: WebAddress = setting(
        "Its address on the web.",
        example="https://quoin.example/2024/08/taxes-on-knowledge",
        default="",
    )
    lead_image: Picture | None = setting(
        "The lead picture.", example='{file: images/press.jpg, alt: "…"}', default=None
    )
    images: tuple[Picture, ...] = setting(
        "Facts about pictures that the text shows, or further pictures.",
        example="[{file: images/duty.svg, caption: Duty per copy}]",
        default=(),
    )
    pull_quotes: Lines = setting(
        "Exact words of the text, to pull out in print.",
        example="[A tax on reading is a tax on thinking.]",
        default=(),
    )
    contributor: MaybeLine = setting(
        "Who the writer is, printed at the end.",
        example="Ada Marsh writes on the economics of print.",
        default="",
    )
    slug: MaybeLine = setting(
        "The folder's name; anything else is an error.",
        example="taxes-on-knowledge",
        default="",
    )
    source: SourcePart | None = setting(
        "Where the text was taken from; kept out of print.",
        example="{name: Quoin archive}",
        default=None,
    )
    word_count: MaybeLine = setting(
        "Accepted and ignored: press counts.", example=900, default=""
    )
    images_missing: Annotated[
        Lines, WithJsonSchema({"type": ["array", "boolean", "string"]})
    ] = setting(
        "Pictures of the web article that never came: yes, or a list; each a finding.",
        example="[images/mill.jpg]",
        default=(),
    )
    web: Use = setting(
        "How much of it stands among the web pages that press makes: full, teaser or"
        " none.",
        example="full",
        default=WebUse.NONE,
    )
    legal: Law | None = setting(
        "Whether a lawyer must read it: needed, or read once that is done.",
        example="needed",
        default=None,
    )
    access: Who = setting(
        "Who may read all of it, in mail and on the web: everybody or members.",
        example="members",
        default=Access.EVERYBODY,
    )
