"""From an edition to what its digest shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from press.digest.address import article_address
from press.digest.inert import every
from press.digest.link import campaign_link, clean
from press.digest.teaser import minutes, open_part, teaser
from press.digest.variant import NO_GROUPS, Groups
from press.digest.view import (
    AlsoEntry,
    AlsoSection,
    Card,
    CardSection,
    DigestView,
    FrontPage,
    Offer,
)
from press.model.article import Article, Picture, PictureKind, Slug, usual_direction
from press.model.copy import Copy, Run, Runs
from press.model.digest import NOT_PRINTED, InPrint, MailPicture
from press.model.edition import DigestItem, DigestPlan, DigestSection, Edition
from press.model.finding import Checked, Finding, error
from press.model.house import AdChannel, House, HouseAd
from press.model.segment import MEMBERS

#: Width in CSS pixels of the lead picture, and of the picture of a card.
HERO_WIDTH = 592
CARD_WIDTH = 284
#: All cards of a row show pictures of one shape; the lead's is its own.
CARD_SHAPE = 3 / 2


#: A picture and the width that it is wanted in, in CSS pixels.
Wanted: TypeAlias = tuple[Picture, int]


def pictured(edition: Edition, plan: DigestPlan) -> tuple[Wanted, ...]:
    """Return the pictures that the digest shows, each with its width in CSS pixels."""
    wanted: dict[Wanted, None] = {}
    for item in plan.items:
        large = _is_large(plan, item)
        picture = _picture(edition.article(item.slug), large=large)
        if picture is not None:
            wanted[picture, HERO_WIDTH if large else CARD_WIDTH] = None
    return tuple(wanted)


def _is_large(plan: DigestPlan, item: DigestItem) -> bool:
    """Whether an article has the width of the mail to itself."""
    return item is plan.lead or item.whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Composer:
    """Puts together what an edition's digest shows, to one kind of readers at a time.

    Attributes:
        edition: The month's paper, with the articles that the plan names.
        plan: What the month's email says.
        house: The paper.
        pictures: What `pictured` asked for, as far as it could be made.
        in_print: What is known of the printed edition.
        kept: Teasers and reading times, worked out once for all kinds of readers.
    """

    edition: Edition
    plan: DigestPlan
    house: House
    pictures: tuple[tuple[Wanted, MailPicture], ...] = ()
    in_print: InPrint = NOT_PRINTED
    kept: dict[Slug, tuple[Runs, int]] = field(default_factory=dict)

    def compose(self, groups: Groups = NO_GROUPS) -> Checked[DigestView]:
        """Return what the readers of some groups see."""
        edition, plan, house = self.edition, self.plan, self.house
        desk = _Desk(composer=self, groups=groups)
        offer = desk.offer()
        view = DigestView(
            subject=plan.subject,
            preheader=plan.preheader,
            title=house.title,
            strapline=house.strapline,
            website=campaign_link(house.website, edition.id),
            lang=edition.lang,
            direction=usual_direction(edition.lang),
            number=edition.number,
            edition=edition.title,
            on_sale=edition.on_sale,
            price=edition.price,
            greeted=bool(plan.greeting.named or plan.greeting.unnamed),
            note=_paragraphs(plan.note),
            hero=desk.card(plan.lead),
            sections=tuple(desk.sections()),
            front=desk.front_page(),
            offer=offer.value,
            also=tuple(desk.also()),
            publisher=house.imprint.publisher,
            address=house.imprint.address,
            contact=house.imprint.contact,
            notices=house.imprint.notices,
        )
        return Checked(value=view, findings=offer.findings)

    def told(self, article: Article) -> tuple[Runs, int]:
        """Return what an article's card says, and how many minutes it takes to read."""
        if article.slug not in self.kept:
            said = every(teaser(article), Run, _with_clean_link)
            self.kept[article.slug] = said, minutes(article)
        return self.kept[article.slug]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """A digest as it is put together for one kind of readers."""

    composer: Composer
    groups: Groups

    @property
    def edition(self) -> Edition:
        return self.composer.edition

    @property
    def plan(self) -> DigestPlan:
        return self.composer.plan

    @property
    def house(self) -> House:
        return self.composer.house

    @property
    def in_print(self) -> InPrint:
        return self.composer.in_print

    def card(self, item: DigestItem, heading: int = 3) -> Card:
        """Return an article as the digest shows it.

        Crossheads are of the level `heading`, one below the headline.
        """
        article = self.edition.article(item.slug)
        copy, cut = self._copy(item, article)
        told, taken = self.composer.told(article)
        return Card(
            slug=item.slug,
            headline=article.title,
            kicker=article.kicker or article.section,
            teaser=() if copy and not article.standfirst.strip() else told,
            names=article.byline,
            minutes=taken,
            page=self.in_print.page_of(item.slug),
            link=self._link(article),
            picture=self._made(article, large=_is_large(self.plan, item)),
            lang=article.lang,
            direction=article.direction,
            for_members=article.members_only,
            copy=copy,
            cut=cut,
            heading=heading,
        )

    def _made(self, article: Article, *, large: bool) -> MailPicture | None:
        wanted = _picture(article, large=large), HERO_WIDTH if large else CARD_WIDTH
        pictures = self.composer.pictures
        return next((made for asked, made in pictures if asked == wanted), None)

    def _copy(self, item: DigestItem, article: Article) -> tuple[Copy | None, bool]:
        """Return the text that runs in full, and whether members would read on."""
        if not item.whole:
            return None, False
        whole = MEMBERS in self.groups or not article.members_only
        copy = article.body if whole else open_part(article)
        return every(copy, Run, _with_clean_link), not whole

    def _link(self, article: Article) -> str:
        address = article_address(self.house, self.edition.id, article)
        return campaign_link(address or self.house.website, self.edition.id)

    def _seen(self) -> Iterator[tuple[DigestSection, tuple[DigestItem, ...]]]:
        """Yield the sections that these readers see, with the articles they see."""
        for section in self.plan.sections:
            items = tuple(
                one for one in section.items if one.show_to.admits(self.groups)
            )
            if items and section.show_to.admits(self.groups):
                yield section, items

    def sections(self) -> Iterator[CardSection]:
        """Yield the sections and cards that these readers see."""
        for section, items in self._seen():
            heading = 4 if section.name else 3
            cards = tuple(self.card(item, heading) for item in items)
            yield CardSection(name=section.name, cards=cards)

    def front_page(self) -> FrontPage | None:
        """Return the picture of the front page, for those who may see it."""
        show_to, picture = self.plan.front_page, self.in_print.front
        if picture is None or show_to is None or not show_to.admits(self.groups):
            return None
        address = self.house.replica.replace("{edition}", self.edition.id)
        return FrontPage(
            picture=picture,
            link=campaign_link(address or self.house.website, self.edition.id),
            whole=bool(address),
        )

    def also(self) -> Iterator[AlsoSection]:
        """Yield the articles of the printed edition that this digest does not show."""
        if not self.plan.also:
            return
        shown = {item.slug for _, items in self._seen() for item in items}
        shown.add(self.plan.lead.slug)
        for section in self.edition.print.sections:
            entries = tuple(
                self._entry(one.slug)
                for one in section.articles
                if one.slug not in shown
            )
            if entries:
                yield AlsoSection(section=section.name, entries=entries)

    def _entry(self, slug: Slug) -> AlsoEntry:
        article = self.edition.article(slug)
        address = article_address(self.house, self.edition.id, article)
        return AlsoEntry(
            slug=slug,
            headline=article.title,
            page=self.in_print.page_of(slug),
            link=campaign_link(address, self.edition.id) if address else "",
            lang=article.lang,
            direction=article.direction,
        )

    def offer(self) -> Checked[Offer]:
        """Return the first house ad that is for these readers."""
        for wanted in self.plan.house_ads:
            if wanted.show_to.admits(self.groups):
                ad = _ad(self.house, wanted.ad)
                if ad is None:
                    return Checked(value=None, findings=(self._no_ad(wanted.ad),))
                offer = Offer(
                    headline=ad.headline,
                    text=ad.text,
                    button=ad.button,
                    link=campaign_link(ad.url, self.edition.id),
                )
                return Checked(value=offer)
        return Checked(value=None)

    def _no_ad(self, wanted: str) -> Finding:
        known = [
            ad.id for ad in self.house.house_ads if AdChannel.DIGEST in ad.channels
        ]
        return error(
            "digest.house-ad",
            f'press.yaml has no house ad "{wanted}" for the digest',
            self.plan.place,
            f"there is {', '.join(known)}"
            if known
            else "add one, or take the line out",
        )


def _ad(house: House, wanted: str) -> HouseAd | None:
    ads = (ad for ad in house.house_ads if AdChannel.DIGEST in ad.channels)
    return next((ad for ad in ads if ad.id == wanted), None)


def _with_clean_link(run: Run) -> Run:
    return replace(run, link=clean(run.link or "") or None)


def _picture(article: Article, *, large: bool) -> Picture | None:
    """Return an article's lead picture, cropped as the digest wants it."""
    picture = article.lead
    if picture is None or large or picture.kind is not PictureKind.PHOTO:
        return picture
    return replace(picture, crop=CARD_SHAPE)


def _paragraphs(text: str) -> tuple[str, ...]:
    paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
    return tuple(paragraph for paragraph in paragraphs if paragraph)
