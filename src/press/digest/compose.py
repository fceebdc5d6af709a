"""From an edition to what its digest shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from press.digest.link import campaign_link, clean
from press.digest.teaser import minutes, teaser
from press.digest.view import Card, Contents, DigestView, Offer
from press.model.article import Article, Direction, Picture, PictureKind, Slug
from press.model.copy import Runs
from press.model.digest import MailPicture
from press.model.edition import DigestPlan, Edition
from press.model.finding import Checked, Finding, error
from press.model.house import AdChannel, House

#: Width in CSS pixels of the lead picture, and of the picture of a card.
HERO_WIDTH = 592
CARD_WIDTH = 284
#: All cards of a row show pictures of one shape; the lead's is its own.
CARD_SHAPE = 3 / 2

#: Languages whose usual script runs from right to left.
_RIGHT_TO_LEFT = frozenset(
    {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}
)


def pictured(edition: Edition, plan: DigestPlan) -> tuple[tuple[Picture, int], ...]:
    """Return the pictures that the digest shows, each with its width in CSS pixels."""
    return tuple(
        (picture, HERO_WIDTH if slug == plan.lead else CARD_WIDTH)
        for slug in _slugs(plan)
        if (picture := _picture(edition.article(slug), hero=slug == plan.lead))
    )


def compose(
    edition: Edition,
    plan: DigestPlan,
    house: House,
    pictures: Iterable[tuple[Picture, MailPicture]] = (),
) -> Checked[DigestView]:
    """Put together what the digest shows.

    Args:
        edition: The month's paper, with the articles that the plan names.
        plan: What the month's email says.
        house: The paper.
        pictures: What `pictured` asked for, as far as it could be made.
    """
    made = tuple(pictures)
    cards = tuple(_card(edition, plan, house, slug, made) for slug in _slugs(plan))
    offer = _offer(plan, house, edition)
    view = DigestView(
        subject=plan.subject,
        preheader=plan.preheader,
        title=house.title,
        strapline=house.strapline,
        website=campaign_link(house.website, edition.id),
        lang=edition.lang,
        direction=_direction(edition.lang),
        number=edition.number,
        edition=edition.title,
        on_sale=edition.on_sale,
        price=edition.price,
        note=_paragraphs(plan.note),
        hero=cards[0],
        cards=cards[1:],
        offer=offer.value,
        contents=_contents(edition),
        publisher=house.imprint.publisher,
        address=house.imprint.address,
        contact=house.imprint.contact,
        notices=house.imprint.notices,
    )
    return Checked(value=view, findings=offer.findings)


def _slugs(plan: DigestPlan) -> tuple[Slug, ...]:
    """Return the articles in order, each once."""
    return tuple(dict.fromkeys((plan.lead, *plan.articles)))


def _card(
    edition: Edition,
    plan: DigestPlan,
    house: House,
    slug: Slug,
    pictures: tuple[tuple[Picture, MailPicture], ...],
) -> Card:
    article = edition.article(slug)
    wanted = _picture(article, hero=slug == plan.lead)
    return Card(
        slug=slug,
        headline=article.title,
        kicker=article.kicker or article.section,
        teaser=_with_clean_links(teaser(article)),
        names=article.byline,
        minutes=minutes(article),
        link=campaign_link(article.url or house.website, edition.id),
        picture=next((made for asked, made in pictures if asked == wanted), None),
        lang=article.lang,
        direction=article.direction,
    )


def _with_clean_links(runs: Runs) -> Runs:
    return tuple(replace(run, link=clean(run.link or "") or None) for run in runs)


def _picture(article: Article, *, hero: bool) -> Picture | None:
    """Return an article's lead picture, cropped as the digest wants it."""
    picture = next((picture for picture in article.pictures if picture.lead), None)
    if picture is None or hero or picture.kind is not PictureKind.PHOTO:
        return picture
    return replace(picture, crop=CARD_SHAPE)


def _direction(lang: str) -> Direction:
    rtl = lang.partition("-")[0].lower() in _RIGHT_TO_LEFT
    return Direction.RTL if rtl else Direction.LTR


def _paragraphs(text: str) -> tuple[str, ...]:
    paragraphs = (" ".join(part.split()) for part in text.split("\n\n"))
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def _offer(plan: DigestPlan, house: House, edition: Edition) -> Checked[Offer]:
    if plan.house_ad is None:
        return Checked(value=None)
    for ad in house.house_ads:
        if ad.id == plan.house_ad and AdChannel.DIGEST in ad.channels:
            offer = Offer(
                headline=ad.headline,
                text=ad.text,
                button=ad.button,
                link=campaign_link(ad.url, edition.id),
            )
            return Checked(value=offer)
    return Checked(value=None, findings=(_no_ad(plan, house),))


def _no_ad(plan: DigestPlan, house: House) -> Finding:
    known = [ad.id for ad in house.house_ads if AdChannel.DIGEST in ad.channels]
    return error(
        "digest.house-ad",
        f'press.yaml has no house ad "{plan.house_ad}" for the digest',
        plan.place,
        f"there is {', '.join(known)}" if known else "add one, or take the line out",
    )


def _contents(edition: Edition) -> tuple[Contents, ...]:
    return tuple(
        Contents(section=section.name, articles=len(section.articles))
        for section in edition.print.sections
        if section.articles
    )
