"""From the digest to its page: what the public sees, and links that stay on the site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from press.digest.address import Addresses, article_file
from press.digest.link import clean
from press.digest.view import Card, DigestView
from press.digest.web.meta import locale
from press.digest.web.pictures import PictureDesk
from press.digest.web.view import DigestPage, Head, Story, StorySection
from press.model.article import Article, Slug
from press.model.digest import InPrint
from press.model.edition import Edition
from press.model.house import House
from press.model.page import NO_MARKUP


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDesk:
    """Makes the page of an edition's digest.

    Attributes:
        edition: The edition, its articles' typography done.
        house: The paper.
        addresses: Where the pages lie.
        pictures: Makes their pictures.
        in_print: What is known of the printed edition.
        paged: The articles that have pages of their own.
    """

    edition: Edition
    house: House
    addresses: Addresses
    pictures: PictureDesk
    in_print: InPrint
    paged: Collection[Slug]

    def make(self, view: DigestView) -> DigestPage:
        """Return the page of a digest as the public sees it."""
        return DigestPage(
            edition=view.edition,
            number=view.number,
            on_sale=view.on_sale,
            price=view.price,
            subject=view.subject,
            note=view.note,
            hero=self._story(view.hero, hero=True),
            sections=tuple(
                StorySection(
                    name=section.name,
                    stories=tuple(self._story(card) for card in section.cards),
                )
                for section in view.sections
            ),
            also=tuple(self._also(view)),
        )

    def head(self, view: DigestView, published: dt.datetime) -> Head:
        """Return what that page says about itself."""
        hero = self.pictures.lead(self.edition.article(view.hero.slug))
        return Head(
            title=f"{view.subject} | {self.house.title}",
            description=view.preheader,
            address=self.addresses.absolute(self.addresses.digest),
            kind="article",
            locale=locale(view.lang),
            published=published.isoformat(),
            picture=self.pictures.shared(hero),
        )

    def _story(self, card: Card, *, hero: bool = False) -> Story:
        article = self.edition.article(card.slug)
        picture = self.pictures.lead(article) if hero else self.pictures.card(article)
        return Story(
            headline=card.headline,
            kicker=card.kicker,
            teaser=card.teaser,
            names=card.names,
            minutes=card.minutes,
            page=card.page,
            link=self._link(article),
            members=article.members_only,
            body=card.body,
            cut=card.cut,
            picture=picture,
            lang=card.lang,
            direction=card.direction,
        )

    def _link(self, article: Article) -> str:
        """Return where an article is read: its own page, or its page elsewhere."""
        if article.slug in self.paged:
            return article_file(article.slug)
        return clean(article.url)

    def _also(self, view: DigestView) -> Iterator[StorySection]:
        """Yield what the digest only names."""
        for section in view.also:
            articles = (self.edition.article(entry.slug) for entry in section.entries)
            yield StorySection(
                name=section.section,
                stories=tuple(self._named(article) for article in articles),
            )

    def _named(self, article: Article) -> Story:
        return Story(
            headline=article.title,
            kicker="",
            teaser=(),
            names=article.byline,
            minutes=0,
            page=self.in_print.page_of(article.slug),
            link=self._link(article),
            members=article.members_only,
            body=NO_MARKUP,
            picture=None,
            lang=article.lang,
            direction=article.direction,
        )
