"""The month's email."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from press.model.article import Slug
from press.model.segment import Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class MailScheme:
    """The colours of a mail in light or in dark surroundings, as "#rrggbb".

    Attributes:
        desk: Around the sheet.
        sheet: The paper that articles stand on.
        panel: A tinted box on the sheet, such as a house ad's.
        ink: Headlines and text.
        quiet: Bylines, datelines, the imprint.
        rule: Lines between articles; no text stands in it.
        accent: Kickers and links.
        button: A button's ground.
        button_ink: The words on it.
    """

    desk: str
    sheet: str
    panel: str
    ink: str
    quiet: str
    rule: str
    accent: str
    button: str
    button_ink: str


LIGHT = MailScheme(
    desk="#eceae4",
    sheet="#fffefa",
    panel="#f5efe2",
    ink="#1b1a17",
    quiet="#5f5b53",
    rule="#d6d0c3",
    accent="#9c1b1b",
    button="#9c1b1b",
    button_ink="#ffffff",
)
DARK = MailScheme(
    desk="#121110",
    sheet="#1d1b19",
    panel="#2a2621",
    ink="#f2eee6",
    quiet="#b5aea2",
    rule="#4a453e",
    accent="#f09a8c",
    button="#f09a8c",
    button_ink="#1d1b19",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPalette:
    """The colours of a mail."""

    light: MailScheme = LIGHT
    dark: MailScheme = DARK


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPicture:
    """A picture of the digest as a file of its own.

    Attributes:
        name: File name in the digest's folder of pictures, safe in addresses.
        url: Where the mail looks for it.
        data: The file.
        width: Width in CSS pixels at which it is shown.
        height: Height likewise.
        alt: What it shows.
        pixels: Width and height of the file itself; (0, 0) where that is unknown.
    """

    name: str
    url: str
    data: bytes
    width: int
    height: int
    alt: str
    pixels: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class InPrint:
    """What the digest tells of the printed edition.

    Attributes:
        pages: Articles and the page each begins on.
        front: A picture of the front page; None for none.
    """

    pages: tuple[tuple[Slug, int], ...] = ()
    front: MailPicture | None = None

    def page_of(self, slug: Slug) -> int | None:
        """Return the page on which an article begins; None where it is not known."""
        return dict(self.pages).get(slug)


NOT_PRINTED = InPrint()


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The mail as some readers get it, before it is personalised.

    Attributes:
        name: Who gets it: "everybody", or such as "members, not print-subscribers".
        readers: Those groups, of the digest's, in which such readers are: one set
            for each kind of reader.
        html: The HTML part, every line under 998 octets.
        text: The plain-text part, made from the articles.
        blocks: Parts of the HTML in order, each with the most octets it may have
            when it is personalised.
    """

    name: str
    readers: tuple[frozenset[Segment], ...]
    html: str
    text: str
    blocks: tuple[tuple[str, int], ...] = ()

    @property
    def key(self) -> str:
        """Its name in names of files; empty for the mail that the public may see."""
        if frozenset() in self.readers:
            return ""
        return self.name.replace(", ", ".").replace(" ", "-")

    @property
    def stem(self) -> str:
        """The name of its files without their ending."""
        return f"digest.{self.key}" if self.key else "digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The month's email, each variant of it made once.

    Attributes:
        subject: The subject line.
        preheader: What inboxes show after the subject.
        groups: The groups of readers that decide which variant a reader gets.
        variants: The public's first.
        pictures: The files that they show.
    """

    subject: str
    preheader: str
    groups: frozenset[Segment]
    variants: tuple[Variant, ...]
    pictures: tuple[MailPicture, ...] = ()

    @property
    def public(self) -> Variant:
        """The mail of a reader who is in no group."""
        return self.variant_for(())

    def variant_for(self, groups: Collection[Segment]) -> Variant:
        """Return the mail of a reader who is in these groups, and in no others."""
        kind = self.groups.intersection(groups)
        return next(each for each in self.variants if kind in each.readers)
