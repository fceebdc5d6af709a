"""The month's email."""

from __future__ import annotations

from dataclasses import dataclass


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
