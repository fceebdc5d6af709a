"""The digest as its template sees it: plain values, nothing to work out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from press.digest.xhtml import serialise
from press.model.article import Direction, Slug
from press.model.copy import Runs
from press.model.digest import MailPicture
from press.model.page import Html


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What stands in the mail for addresses that each reader has of their own."""

    unsubscribe: str = "%%unsubscribe_url%%"
    preferences: str = "%%preferences_url%%"
    web: str = "%%web_url%%"

    @property
    def all(self) -> tuple[str, str, str]:
        """All three."""
        return self.unsubscribe, self.preferences, self.web


TOKENS: Final = Tokens()

#: The longest address that a reader's own link may become, in octets.
LONGEST_TOKEN: Final = 180


def room_for_tokens(line: str) -> int:
    """Return by how many octets a text may grow when its tokens become addresses."""
    return sum(line.count(token) * (LONGEST_TOKEN - len(token)) for token in TOKENS.all)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An article in the digest.

    Attributes:
        slug: The article.
        headline: As on the web.
        kicker: The words over the headline, or the section; may be empty.
        teaser: The standfirst, or the first sentences.
        names: Who wrote it.
        minutes: How long it takes to read.
        link: Where it is read, tagged with the campaign.
        picture: Its lead picture; None for none.
        lang: Language of the article.
        direction: Which way its script runs.
    """

    slug: Slug
    headline: str
    kicker: str
    teaser: Runs
    names: tuple[str, ...]
    minutes: int
    link: str
    picture: MailPicture | None
    lang: str
    direction: Direction

    @property
    def summary(self) -> Html:
        """The teaser as markup."""
        return serialise(self.teaser)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A house ad in the digest."""

    headline: str
    text: str
    button: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A section of the printed edition and how many articles it has."""

    section: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestView:
    """The digest as its template sees it.

    Attributes:
        subject: The subject line.
        preheader: What inboxes show after it.
        title: The paper's title.
        strapline: The line under it; may be empty.
        website: The paper's site, tagged with the campaign.
        lang: Language of the edition.
        direction: Which way its script runs.
        number: Issue number.
        edition: Such as "September 2024".
        on_sale: The day the paper is on sale.
        price: With currency sign; may be empty.
        note: The editor's note, paragraph by paragraph.
        hero: The article on top.
        cards: The others, in order.
        offer: The house ad; None for none.
        contents: The sections of the printed edition, in order.
        publisher: Who publishes the paper.
        address: The publisher's postal address, line by line.
        contact: Further lines, such as where letters go.
        notices: Further lines, such as the copyright notice.
    """

    subject: str
    preheader: str
    title: str
    strapline: str
    website: str
    lang: str
    direction: Direction
    number: int
    edition: str
    on_sale: dt.date
    price: str
    note: tuple[str, ...]
    hero: Card
    cards: tuple[Card, ...]
    offer: Offer | None
    contents: tuple[Contents, ...]
    publisher: str
    address: tuple[str, ...]
    contact: tuple[str, ...]
    notices: tuple[str, ...]

    @property
    def stories(self) -> tuple[Card, ...]:
        """All articles, the hero first."""
        return self.hero, *self.cards

    @property
    def rows(self) -> tuple[tuple[Card, ...], ...]:
        """The cards by ones and twos: side by side stand only two of a kind."""
        rows: list[tuple[Card, ...]] = []
        waiting: Card | None = None
        for card in self.cards:
            if waiting is None:
                waiting = card
            elif bool(waiting.picture) == bool(card.picture):
                rows.append((waiting, card))
                waiting = None
            else:
                rows.append((waiting,))
                waiting = card
        return (*rows, (waiting,)) if waiting else tuple(rows)
