"""The digest as its template sees it: plain values, nothing to work out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from press.digest.xhtml import CopyWriter, serialise
from press.model.article import Direction, Slug
from press.model.copy import Copy, Runs
from press.model.digest import MailPicture
from press.model.page import Html


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
        page: The page of the paper it begins on; None where it is not known.
        link: Where it is read, tagged with the campaign.
        picture: Its lead picture; None for none.
        lang: Language of the article.
        direction: Which way its script runs.
        for_members: Whether only members may read all of it.
        copy: Its text where it runs in full, as far as these readers may read it;
            None for a teaser.
        cut: Whether `copy` ends where members read on.
        heading: Level of the highest crossheads in `copy`.
    """

    slug: Slug
    headline: str
    kicker: str
    teaser: Runs
    names: tuple[str, ...]
    minutes: int
    page: int | None
    link: str
    picture: MailPicture | None
    lang: str
    direction: Direction
    for_members: bool = False
    copy: Copy | None = None
    cut: bool = False
    heading: int = 3

    @property
    def kind(self) -> tuple[bool, bool]:
        """Whether it has a picture, and whether it runs in full."""
        return self.picture is not None, self.copy is not None

    @property
    def summary(self) -> Html:
        """The teaser as markup."""
        return serialise(self.teaser)

    @property
    def body(self) -> Html:
        """The text in full as markup; empty for a teaser."""
        if self.copy is None:
            return Html("")
        writer = CopyWriter(heading=self.heading)
        parts = (writer.blocks(self.copy.blocks), writer.notes(self.copy.notes))
        return Html("\n".join(str(part) for part in parts if str(part)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A house ad in the digest."""

    headline: str
    text: str
    button: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSection:
    """Articles that stand together under a name, which may be empty."""

    name: str
    cards: tuple[Card, ...]

    @property
    def rows(self) -> tuple[tuple[Card, ...], ...]:
        """The cards by ones and twos.

        Side by side stand only two of a kind; an article in full stands alone.
        """
        rows: list[tuple[Card, ...]] = []
        waiting: Card | None = None
        for card in self.cards:
            if waiting and card.kind == waiting.kind and card.copy is None:
                rows.append((waiting, card))
                waiting = None
                continue
            if waiting:
                rows.append((waiting,))
            waiting = card
        return (*rows, (waiting,)) if waiting else tuple(rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage:
    """A picture of the front page.

    Attributes:
        picture: The picture.
        link: Where it leads.
        whole: Whether the whole paper is there to be read.
    """

    picture: MailPicture
    link: str
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AlsoEntry:
    """An article of the printed edition that the digest only names.

    Attributes:
        slug: The article.
        headline: As on the web.
        page: The page it begins on; None where it is not known.
        link: Where it is read; may be empty.
        lang: Language of the article.
        direction: Which way its script runs.
    """

    slug: Slug
    headline: str
    page: int | None
    link: str
    lang: str
    direction: Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class AlsoSection:
    """A section of the printed edition, with what the digest only names."""

    section: str
    entries: tuple[AlsoEntry, ...]


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
        greeted: Whether readers are greeted.
        note: The editor's note, paragraph by paragraph.
        hero: The article on top.
        sections: The others, in order.
        front: A picture of the front page; None for none.
        offer: The house ad; None for none.
        also: The other articles of the printed edition, section by section.
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
    greeted: bool
    note: tuple[str, ...]
    hero: Card
    sections: tuple[CardSection, ...]
    front: FrontPage | None
    offer: Offer | None
    also: tuple[AlsoSection, ...]
    publisher: str
    address: tuple[str, ...]
    contact: tuple[str, ...]
    notices: tuple[str, ...]

    @property
    def stories(self) -> tuple[Card, ...]:
        """All articles that are shown, the hero first."""
        return self.hero, *(card for section in self.sections for card in section.cards)

    @property
    def pictures(self) -> tuple[MailPicture, ...]:
        """All pictures, in order."""
        front = (self.front.picture,) if self.front else ()
        return *(card.picture for card in self.stories if card.picture), *front
