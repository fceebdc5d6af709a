"""The month's email."""

from __future__ import annotations

from dataclasses import dataclass


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
    """

    name: str
    url: str
    data: bytes
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """The mail before it is personalised.

    Attributes:
        subject: The subject line.
        preheader: What inboxes show after the subject.
        html: The HTML part, every line under 998 octets.
        text: The plain-text part, made from the articles.
        pictures: The files that `html` shows.
    """

    subject: str
    preheader: str
    html: str
    text: str
    pictures: tuple[MailPicture, ...] = ()
