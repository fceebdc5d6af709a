"""The format of press.yaml."""

import re
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    WithJsonSchema,
)

from press.manifest.address import (
    SLUG,
    Domain,
    Email,
    HttpsAddress,
    Language,
    Name,
    Zone,
    https,
    slug,
)
from press.manifest.courier_file import Courier, CourierPart, WarmUpPart
from press.manifest.scalar import Line, MaybeLine, listed, maybe_empty, one_of
from press.manifest.schedule_file import OffsetsPart
from press.manifest.schema import FormatVersion, OrBare, Strict, setting
from press.manifest.tree import Settings
from press.manifest.wrong import cited, text_of, wrong
from press.model.house import AdChannel, LinkPolicy
from press.model.issn import check_digit
from press.model.mail_client import MailClient

BRACES = re.compile(r"\{([^{}]*)\}")
DIVIDED = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)+")
ISSN = re.compile(r"(?:ISSN[ :]*)?([0-9]{4})[-– ]?([0-9]{3})([0-9Xx])")
STORE = re.compile(r"[a-z][a-z0-9]*")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,15}")


def _short_address(value: object) -> str:
    text = text_of(
        value, wanted="an address", example="https://q.example/{edition}-{n}"
    )
    known = ("edition", "n")
    for name in BRACES.findall(text):
        if name not in known:
            message = f"{{{name}}} stands for nothing in a short address"
            raise wrong(message, "use {edition} and {n}")
    if "{n}" not in text:
        message = f"{cited(text)} is the same for every link"
        raise wrong(message, "put {n} where the link's number goes")
    https(BRACES.sub("1", text))
    return text


def _replica(value: object) -> str:
    text = text_of(value, wanted="an address", example="https://q.example/{edition}")
    if BRACES.findall(text) != ["edition"]:
        message = f"{cited(text)} is the same for every edition"
        raise wrong(message, "put {edition} where the edition's name goes, once")
    https(BRACES.sub("2024-09", text))
    return text


def _store(value: object) -> str:
    """Return a folder or the address of a store; secrets have no place in it."""
    text = text_of(value, wanted="a folder or a store", example="public/media")
    scheme, address, rest = text.partition("://")
    if not address:
        return text
    if not STORE.fullmatch(scheme) or not rest.strip("/"):
        message = f"{cited(text)} is not the address of a store"
        raise wrong(message, "write s3://bucket/folder, or a folder: public/media")
    if "@" in rest.partition("/")[0]:
        message = f"{cited(scheme + '://…')} holds a name or a key"
        raise wrong(message, "secrets belong into the environment, never into a file")
    return text


def _divided_word(value: str) -> str:
    if not DIVIDED.fullmatch(value):
        raise wrong(
            f"{cited(value)} shows no place to divide it",
            "write one word with a hyphen at each place: Za-por-izh-zhia",
        )
    return value


def _issn(value: object) -> str:
    """Return an ISSN as it is printed, if its check digit is right."""
    text = text_of(value, wanted="an ISSN", example="9876-5434")
    found = ISSN.fullmatch(text)
    if not found:
        raise wrong(
            f"{cited(text)} is not an ISSN",
            "write its eight digits as 9876-5434; the last may be X",
            code="manifest.issn",
        )
    first, second, given = found[1], found[2], found[3].upper()
    right = check_digit(first + second)
    if given != right:
        raise wrong(
            f"{cited(text)} cannot be an ISSN: with these digits the last,"
            f" which checks them, is {right}, not {given}",
            f"compare all eight; if the first seven are right, write {first}-{second}{right}",
            code="manifest.issn",
        )
    return f"{first}-{second}{given}"


def _code(value: object) -> str:
    text = text_of(value, wanted="a short name", example="TQ")
    if not CODE.fullmatch(text):
        raise wrong(
            f"{cited(text)} cannot begin the name of a file",
            "write at most 16 letters from A to Z, digits and hyphens: TQ",
        )
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenSegment:
    """A group of readers as the file has it.

    Attributes:
        name: Its name.
        rule: Who is in it; empty for those who have its name as a tag.
    """

    name: str
    rule: str = ""


def _segments(value: object) -> object:
    """Return names, or pairs of name and rule."""
    if isinstance(value, Settings):
        return tuple(value.items())
    return listed(value)


def _segment(value: object) -> GivenSegment:
    if not isinstance(value, tuple):
        return GivenSegment(name=slug(value))
    name, rule = value
    return GivenSegment(name=slug(name), rule="" if rule is None else maybe_empty(rule))


_LINE = OrBare(type=["string", "number"])
Lines: TypeAlias = Annotated[tuple[Line, ...], BeforeValidator(listed), _LINE]
GivenLines: TypeAlias = Annotated[
    tuple[Line, ...], Field(min_length=1), BeforeValidator(listed), _LINE
]
Channel: TypeAlias = Annotated[AdChannel, BeforeValidator(one_of(AdChannel))]
Client: TypeAlias = Annotated[MailClient, BeforeValidator(one_of(MailClient))]
Policy: TypeAlias = Annotated[LinkPolicy, BeforeValidator(one_of(LinkPolicy))]
Store: TypeAlias = Annotated[
    str, BeforeValidator(_store), WithJsonSchema({"type": "string"})
]
ShortAddress: TypeAlias = Annotated[str, BeforeValidator(_short_address)]
Replica: TypeAlias = Annotated[str, BeforeValidator(_replica)]
Segments: TypeAlias = Annotated[
    tuple[Annotated[GivenSegment, PlainValidator(_segment)], ...],
    BeforeValidator(_segments),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"type": "string"}},
                {
                    "type": "object",
                    "propertyNames": {"pattern": f"^{SLUG.pattern}$"},
                    "additionalProperties": {"type": ["string", "null"]},
                },
            ]
        }
    ),
]
DividedWord: TypeAlias = Annotated[Line, AfterValidator(_divided_word)]
Issn: TypeAlias = Annotated[
    str,
    BeforeValidator(_issn),
    WithJsonSchema({"type": ["string", "number"], "pattern": f"^{ISSN.pattern}$"}),
]
Code: TypeAlias = Annotated[
    str,
    BeforeValidator(_code),
    WithJsonSchema({"type": ["string", "number"], "pattern": f"^{CODE.pattern}$"}),
]


class StaffPart(Strict):
    """A member of the staff."""

    role: Line = setting("What they do.", example="Editor")
    name: Line = setting("Who they are.", example="Ada Marsh")


class ImprintPart(Strict):
    """Who answers for the paper, and who printed it."""

    publisher: Line = setting(
        "Name of the publishing company or person.", example="Quoin Press Ltd"
    )
    address: GivenLines = setting(
        "Postal address of the publisher, one line each.",
        example="[12 Forme Yard, London E1 4XX]",
    )
    printer: Line = setting(
        "Name of the printer, which a printed paper must carry.",
        example="Stonehand Web Offset Ltd",
    )
    printer_address: GivenLines = setting(
        "Address of the printer, which a printed paper must carry.",
        example="[Unit 3, Platen Way, Peterborough PE2 9XX]",
    )
    staff: tuple[StaffPart, ...] = setting(
        "The staff, in order.", example="[{role: Editor, name: Ada Marsh}]", default=()
    )
    contact: Lines = setting(
        "Lines such as telephone or address for letters.",
        example='["Letters: letters@quoin.example"]',
        default=(),
    )
    notices: Lines = setting(
        "Further lines, such as the copyright notice.",
        example="[© Quoin Press Ltd 2024]",
        default=(),
    )


class SenderPart(Strict):
    """Whom the digest comes from."""

    name: Line = setting("The name readers see.", example="The Quoin")
    email: Email = setting(
        "The address it is sent from.", example="digest@quoin.example"
    )
    reply_to: Email = setting(
        "Where answers go.", example="desk@quoin.example", default=""
    )
    domain: Domain = setting(
        "The domain that your mail is authenticated for (SPF and DKIM).",
        example="mail.quoin.example",
        default="",
    )
    unsubscribe: Email = setting(
        "Where readers may write to leave, besides the page.",
        example="leave@quoin.example",
        default="",
    )


class LinksPart(Strict):
    """What becomes of links on paper."""

    paper: Policy = setting(
        "One QR code an article, addresses at its end, or nothing.",
        example="qr",
        default=LinkPolicy.NONE,
    )
    short: ShortAddress = setting(
        "Pattern of the short addresses, with {edition} and {n}.",
        example='"https://quoin.example/r/{edition}-{n}"',
        default="",
    )


class HouseAdPart(Strict):
    """The paper's own advertisement, made once for print and post."""

    id: Name = setting("Its name in manifests.", example="subscribe")
    headline: Line = setting("The large line.", example="Read it on paper")
    text: Line = setting("One or two sentences.", example="Twelve editions a year.")
    button: Line = setting("The call to act.", example="Subscribe for £39 a year")
    url: HttpsAddress = setting(
        "Where it leads.", example="https://quoin.example/subscribe"
    )
    channels: Annotated[
        tuple[Channel, ...],
        BeforeValidator(listed),
        OrBare(enum=[channel.value for channel in AdChannel]),
    ] = setting(
        "Where it may stand.", example="[print, digest]", default=tuple(AdChannel)
    )


class HouseFile(Strict):
    """press.yaml: the paper's own facts."""

    press: FormatVersion = setting("Version of this file's format.", example=1)
    title: Line = setting("The paper's name, as on the masthead.", example="The Quoin")
    strapline: MaybeLine = setting(
        "The line under it.", example="The monthly of print and post", default=""
    )
    code: Code = setting(
        "Short name that begins the names of files for the printer.",
        example="TQ",
        default="",
    )
    issn: Issn = setting(
        "The paper's ISSN; the front page then carries it as a bar code.",
        example="9876-5434",
        default="",
    )
    lang: Language = setting("Language of the paper (BCP 47).", example="en-GB")
    timezone: Zone = setting(
        "Time zone in which all times are meant (IANA).", example="Europe/London"
    )
    website: HttpsAddress = setting(
        "Address of the paper's site.", example="https://quoin.example"
    )
    imprint: ImprintPart = setting(
        "Who answers for the paper, and who printed it.",
        example="{publisher: …, address: …, printer: …, printer_address: …}",
    )
    sender: SenderPart = setting(
        "Whom the digest comes from.",
        example="{name: The Quoin, email: digest@quoin.example}",
    )
    links: LinksPart = setting(
        "What becomes of links on paper.", example="{paper: qr}", default=LinksPart()
    )
    mail_clients: Annotated[
        tuple[Client, ...],
        BeforeValidator(listed),
        OrBare(enum=[client.value for client in MailClient]),
    ] = setting(
        "The mail programs that your readers use.",
        example="[apple-mail, gmail, outlook-windows]",
        default=(),
    )
    media: HttpsAddress = setting(
        "Address under which the digest's pictures are served.",
        example="https://media.quoin.example",
        default="",
    )
    replica: Replica = setting(
        "Where readers find the pages as a PDF: an address with {edition} in it.",
        example='"https://quoin.example/paper/{edition}.pdf"',
        default="",
    )
    segments: Segments = setting(
        "Groups of readers that parts of the digest may be meant for: tags, or names"
        " with rules.",
        example="{members: tag members, loyal: opened within 90 days}",
        default=(),
    )
    lists: dict[Name, MaybeLine] = setting(
        "Lists that readers are on, with the titles that they see; one with the title"
        ' "" is the paper\'s own.',
        example="{digest: The monthly digest}",
        default={},
    )
    media_store: Store = setting(
        "Where `press publish-media` puts them, to be served so: a folder, seen from this"
        " one, or the address of a store.",
        example="public/media",
        default="",
    )
    web: HttpsAddress = setting(
        "Address under which the web pages of editions are served; none are made"
        " without it.",
        example="https://quoin.example/editions/",
        default="",
    )
    mail: HttpsAddress = setting(
        "Address under which readers reach the pages by which they leave, confirm and"
        " choose.",
        example="https://quoin.example/mail/",
        default="",
    )
    courier: Courier = setting(
        "Who takes mails away: outbox, smtp or sendgrid.",
        example="outbox",
        default=CourierPart(),
    )
    warm_up: WarmUpPart | None = setting(
        "How a new sender makes itself known to mailboxes.",
        example="{from: 2024-09-01, first: 200, days: 42, most: 20000}",
        default=None,
    )
    schedule: OffsetsPart | None = setting(
        "By when before the day of sale things are due.",
        example="{copy: 10 days before at 12:00, press: 3 days before at 12:00}",
        default=None,
    )
    hyphenation: tuple[DividedWord, ...] = setting(
        "Words with the only places where they may be divided.",
        example="[Za-por-izh-zhia]",
        default=(),
    )
    house_ads: tuple[HouseAdPart, ...] = setting(
        "The paper's own advertisements, in the order in which they fill space.",
        example="[{id: subscribe, …}]",
        default=(),
    )
