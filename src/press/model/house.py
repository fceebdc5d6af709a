"""The paper's own facts: what press.yaml says once for all editions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from press.model.courier import CourierSettings, OutboxSettings
from press.model.finding import NOWHERE, Place
from press.model.mail_client import USUAL_CLIENTS, MailClient
from press.model.schedule import Offset
from press.model.segment import Segment, SegmentRule
from press.model.subscriber import ListName

AdId = NewType("AdId", str)


class LinkPolicy(StrEnum):
    """What becomes of a hyperlink on paper."""

    QR = "qr"  #: One QR code and short address an article.
    ENDNOTES = "endnotes"  #: Numbered in the text, addresses at the article's end.
    NONE = "none"  #: The words only.


class AdChannel(StrEnum):
    """Where a house ad may stand."""

    PRINT = "print"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseAd:
    """The paper's own advertisement, made once for print and post.

    Attributes:
        id: Its name in manifests.
        headline: The large line.
        text: One or two sentences.
        button: The call to act: "Subscribe for £39 a year".
        url: Where it leads; printed short and as a QR code on paper.
        channels: Where it may stand.
    """

    id: AdId
    headline: str
    text: str
    button: str
    url: str
    channels: frozenset[AdChannel] = frozenset(AdChannel)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """Who answers for the paper, and who printed it.

    A printed paper must carry its printer's name and address.

    Attributes:
        publisher: Name of the publishing company or person.
        address: Postal address of the publisher, one line each.
        printer: Name of the printer.
        printer_address: Address of the printer, one line each.
        staff: (role, name) pairs in order.
        contact: Lines such as telephone or address for letters.
        notices: Further lines, such as the regulator's or the copyright notice.
    """

    publisher: str
    address: tuple[str, ...]
    printer: str
    printer_address: tuple[str, ...]
    staff: tuple[tuple[str, str], ...] = ()
    contact: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Whom the digest comes from.

    Attributes:
        name: The name readers see.
        email: The address it is sent from.
        reply_to: Where answers go; empty for `email`.
        domain: The domain that the provider signs for; empty for that of `email`.
        unsubscribe: Where a mail ends the subscription of whoever sent it; may be empty.
    """

    name: str
    email: str
    reply_to: str = ""
    domain: str = ""
    unsubscribe: str = ""

    @property
    def signed_domain(self) -> str:
        """The domain that mail is authenticated for, in small letters."""
        return (self.domain or self.email.rpartition("@")[2]).lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class WarmUp:
    """How a new sender makes itself known to mailboxes: a few mails, then more.

    Attributes:
        start: The first day.
        first: How many mails may go out on it.
        days: After how many days as many go out as are wanted.
        most: How many mails may go out on the last of them.
    """

    start: dt.date
    first: int
    days: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What becomes of links on paper.

    Attributes:
        paper: The policy.
        short: Pattern of short addresses with {edition} and {n}; empty for none.
    """

    paper: LinkPolicy = LinkPolicy.NONE
    short: str = ""

    @property
    def prints_short(self) -> bool:
        """Whether short addresses are printed, which somebody must set up."""
        return self.paper is LinkPolicy.QR and bool(self.short)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The paper.

    Attributes:
        title: As on the masthead.
        strapline: The line under it; empty for none.
        lang: BCP 47 language of the paper.
        timezone: IANA zone in which wall times are meant.
        website: Address of the paper's site.
        imprint: Who answers for it.
        sender: Whom the digest comes from.
        links: What becomes of links on paper.
        house_ads: In the order in which they fill space.
        hyphenation: Words with their only breaks marked by "-": "Za-por-izh-zhia".
        mail_clients: The mail programs that its readers use.
        media: Address under which pictures of the digest are served; may be empty.
        media_store: Where those pictures are put to be served so: a folder, or the
            address of a store; may be empty.
        web: Address under which the web pages of editions are served; empty for none.
        code: Short name, with which names of files for the printer begin.
        issn: The paper's ISSN, such as 9876-5434; empty for none.
        replica: Pattern, with {edition}, of where readers find the pages as a PDF;
            may be empty.
        segments: Groups of readers that parts of the digest may be meant for.
        mail: Address under which readers reach the pages by which they leave, confirm
            and choose; empty for `mail/` below the website.
        courier: Who takes mails away.
        warm_up: How a new sender makes itself known; None where it is known.
        segment_rules: Who is in each of them.
        lists: Lists that readers are on, with the titles that they see.
        schedule: By when before the day of sale things are due, in the month's order.
    """

    title: str
    lang: str
    timezone: str
    website: str
    imprint: Imprint
    sender: Sender
    strapline: str = ""
    links: Links = Links()
    house_ads: tuple[HouseAd, ...] = ()
    hyphenation: tuple[str, ...] = ()
    mail_clients: tuple[MailClient, ...] = USUAL_CLIENTS
    media: str = ""
    media_store: str = ""
    web: str = ""
    code: str = ""
    issn: str = ""
    replica: str = ""
    segments: tuple[Segment, ...] = ()
    mail: str = ""
    courier: CourierSettings = field(default_factory=OutboxSettings)
    warm_up: WarmUp | None = None
    segment_rules: tuple[SegmentRule, ...] = ()
    lists: Mapping[ListName, str] = field(default_factory=dict)
    schedule: tuple[Offset, ...] = ()
    place: Place = NOWHERE

    @property
    def mail_pages(self) -> str:
        """Where the pages of readers are reached; it ends with a slash."""
        return f"{(self.mail or self.website.rstrip('/') + '/mail').rstrip('/')}/"
