"""Copy on its way to print: polished, cut, its links as paper has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from press.intake.cut import cut_article
from press.intake.link import print_links
from press.intake.typography import set_article, set_text
from press.model.article import Article, Slug
from press.model.edition import Assignment, Edition
from press.model.finding import Finding, note
from press.model.house import House, HouseAd, LinkPolicy
from press.model.package import Package
from press.ports import Codes


class CopyDesk:
    """Makes articles ready for print."""

    def __init__(self, edition: Edition, house: House) -> None:
        self._edition, self._house = edition, house
        self._polished: dict[Slug, Article] = {
            article.slug: set_article(article) for article in edition.articles
        }

    def polished(self, slug: Slug) -> Article:
        """Return an article with its typography done, as print and post share it."""
        return self._polished[slug]

    def ready(self, assignment: Assignment) -> Article:
        """Return an article as this edition prints it."""
        article = self._polished[assignment.slug]
        changed = replace(
            assignment,
            headline=_typeset(assignment.headline, article),
            standfirst=(
                None
                if assignment.standfirst is None
                else _typeset(assignment.standfirst, article)
            ),
        )
        article = changed.apply(article)
        if assignment.cut:
            article = cut_article(article, assignment.cut)
        return print_links(article, self._house.links.paper)

    def find_dropped(self) -> Iterator[Finding]:
        """Yield a note for each pull quote that goes with the text it stood in."""
        for section in self._edition.print.sections:
            for assignment in section.articles:
                if assignment.cut and assignment.slug in self._polished:
                    article = self._polished[assignment.slug]
                    cut = cut_article(article, assignment.cut)
                    yield from _dropped(article, cut.pull_quotes)


def _dropped(article: Article, kept: tuple[str, ...]) -> Iterator[Finding]:
    for quote in article.pull_quotes:
        if quote not in kept:
            yield note(
                "article.pull-quote-cut",
                f"the pull quote “{quote}” is left out: its words were cut",
                article.place_of("pull_quotes"),
                "quote something that is kept, or cut less",
            )


def _typeset(text: str, article: Article) -> str:
    return set_article(replace(article, headline=text)).headline if text else text


def set_house(house: House) -> House:
    """Return the paper with the typography of its own words done."""

    def ad(one: HouseAd) -> HouseAd:
        return replace(
            one,
            headline=set_text(one.headline, lang=house.lang),
            text=set_text(one.text, lang=house.lang),
            button=set_text(one.button, lang=house.lang),
        )

    notices = (set_text(line, lang=house.lang) for line in house.imprint.notices)
    return replace(
        house,
        strapline=set_text(house.strapline, lang=house.lang),
        house_ads=tuple(map(ad, house.house_ads)),
        imprint=replace(house.imprint, notices=tuple(notices)),
    )


def set_digest(edition: Edition, lang: str) -> Edition:
    """Return an edition with the typography of its digest's own words done."""
    plan = edition.digest
    if plan is None:
        return edition
    plan = replace(
        plan,
        subject=set_text(plan.subject, lang=lang),
        preheader=set_text(plan.preheader, lang=lang),
        note=set_text(plan.note, lang=lang),
        greeting=replace(
            plan.greeting,
            named=set_text(plan.greeting.named, lang=lang),
            unnamed=set_text(plan.greeting.unnamed, lang=lang),
        ),
        sections=tuple(
            replace(section, name=set_text(section.name, lang=lang))
            for section in plan.sections
        ),
    )
    return replace(edition, digest=plan)


def with_codes(
    packages: tuple[Package, ...], edition: Edition, house: House, codes: Codes
) -> tuple[Package, ...]:
    """Return packages with QR codes, where the paper prints links so."""
    if house.links.paper is not LinkPolicy.QR:
        return packages
    out = []
    for number, package in enumerate(packages, 1):
        address = _address(package, edition, house, number)
        code = codes.draw(address) if address else ""
        out.append(replace(package, address=address, code=code))
    return tuple(out)


def _address(package: Package, edition: Edition, house: House, number: int) -> str:
    """Return the address a package's code leads to; empty where it has no links."""
    if not any(article.body.addresses for article in package.articles):
        return ""
    if house.links.short:
        return house.links.short.replace("{edition}", edition.id).replace(
            "{n}", str(number)
        )
    return package.article.url
