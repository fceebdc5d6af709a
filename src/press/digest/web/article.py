"""From an article to its page and to its entry in the feeds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from press.digest.address import Addresses
from press.digest.link import clean
from press.digest.teaser import beginning, minutes, open_part, open_pictures, teaser
from press.digest.web.feed import Entry, tag
from press.digest.web.meta import locale, news_article
from press.digest.web.pictures import PictureDesk
from press.digest.web.view import ArticlePage, Head, Shown
from press.digest.xhtml import CopyWriter, Figure
from press.model.article import Article, Picture, WebUse
from press.model.copy import Copy, plain
from press.model.digest import InPrint
from press.model.edition import Edition
from press.model.house import House
from press.model.page import Html

#: Crossheads of an article's page stand one below its headline.
_HEADING = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeArticle:
    """An article's page, what it says about itself, and its entry in the feeds."""

    page: ArticlePage
    head: Head
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDesk:
    """Makes the pages of an edition's articles.

    Attributes:
        edition: The edition, its articles' typography done.
        house: The paper.
        addresses: Where the pages lie.
        pictures: Makes their pictures.
        in_print: What is known of the printed edition.
        published: When the paper is on sale.
    """

    edition: Edition
    house: House
    addresses: Addresses
    pictures: PictureDesk
    in_print: InPrint
    published: dt.datetime

    def make(self, article: Article) -> MadeArticle:
        """Return an article's page with all that belongs to it."""
        copy, shown = shown_of(article)
        lead = self.pictures.lead(article)
        figures = tuple(self._figures(article, copy))
        writer = CopyWriter(heading=_HEADING, address=clean, page=True)
        page = ArticlePage(
            headline=article.title,
            kicker=article.kicker or article.section,
            standfirst=article.standfirst.strip(),
            names=article.byline,
            minutes=minutes(article),
            page=self.in_print.page_of(article.slug),
            edition=self.edition.title,
            number=self.edition.number,
            published=self.edition.on_sale,
            lang=article.lang,
            direction=article.direction,
            lead=lead,
            body=_interleaved(copy, figures, writer),
            notes=writer.notes(copy.notes),
            contributor=article.contributor if shown is Shown.WHOLE else "",
            shown=shown,
            original=clean(article.url),
        )
        head = self._head(article, lead)
        whole = article.web is WebUse.FULL
        content = self._content(article, copy, lead, figures) if whole else ""
        return MadeArticle(page=page, head=head, entry=self._entry(article, content))

    def _figures(self, article: Article, copy: Copy) -> Iterator[tuple[int, Figure]]:
        """Yield the pictures of the text, each with the block that it goes with."""
        if article.web is WebUse.TEASER or not copy.blocks:
            return
        last = len(copy.blocks) - 1
        for picture in open_pictures(article):
            figure = None if picture.lead else self.pictures.within(picture)
            if figure is not None:
                yield _block_of(picture, last), figure

    def _head(self, article: Article, lead: Figure | None) -> Head:
        own = self.addresses.absolute(self.addresses.article(article.slug))
        # Where the paper's own site has the article, that page stands for both.
        address = clean(article.url) or own
        description = _summary(article)
        published = self.published.isoformat()
        picture = self.pictures.shared(lead)
        return Head(
            title=f"{article.title} | {self.house.title}",
            description=description,
            address=address,
            kind="article",
            locale=locale(article.lang),
            published=published,
            authors=article.byline,
            section=article.section,
            tags=article.tags,
            picture=picture,
            data=news_article(
                article,
                self.house,
                address=address,
                description=description,
                published=published,
                picture=picture,
            ),
        )

    def _content(
        self,
        article: Article,
        copy: Copy,
        lead: Figure | None,
        figures: tuple[tuple[int, Figure], ...],
    ) -> str:
        """Return what a feed shows of an article: its copy, and nothing of the site's."""
        writer = CopyWriter(heading=_HEADING, address=clean)
        absolute = tuple((at, self.pictures.absolute(one)) for at, one in figures)
        parts = [
            self.pictures.absolute(lead).markup if lead else "",
            _interleaved(copy, absolute, writer),
            writer.notes(copy.notes),
        ]
        inside = "\n".join(part for part in parts if part)
        return (
            f'<div lang="{article.lang}" dir="{article.direction}">\n{inside}\n</div>'
        )

    def _entry(self, article: Article, content: str) -> Entry:
        name = f"{self.edition.id}/{article.slug}"
        return Entry(
            id=tag(self.addresses.host, self.published, name),
            title=article.title,
            address=self.addresses.absolute(self.addresses.article(article.slug)),
            published=self.published,
            summary=_summary(article),
            content=content,
            authors=article.byline,
            lang=article.lang,
            topics=article.tags,
        )


def shown_of(article: Article) -> tuple[Copy, Shown]:
    """Return what an article's page shows, and how much of it that is."""
    part = open_part(article)
    if article.web is WebUse.TEASER:
        return beginning(part), Shown.TEASER
    return part, Shown.WHOLE if part == article.body else Shown.OPEN


def _summary(article: Article) -> str:
    return " ".join(plain(teaser(article)).split())


def _block_of(picture: Picture, last: int) -> int:
    """Return the block that a picture stands after; those further ones come last."""
    return last if picture.block is None else min(picture.block, last)


def _interleaved(
    copy: Copy, figures: tuple[tuple[int, Figure], ...], writer: CopyWriter
) -> Html:
    parts: list[str] = []
    for number, block in enumerate(copy.blocks):
        parts.append(writer.block(block))
        parts += [figure.markup for at, figure in figures if at == number]
    return Html("\n".join(parts))
