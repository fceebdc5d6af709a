"""Check what an edition prints and mails before anything is measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from press.manifest.edition_file import ArticlePart, PrintPart, SectionPart
from press.manifest.known import Known
from press.manifest.nearest import did_you_mean
from press.model.finding import Finding, Place, error, warning
from press.model.house import AdChannel, House

Found: TypeAlias = Iterator[Finding]
SPREAD = 2
LEAD = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCheck:
    """What a print plan is held against."""

    plan: PrintPart
    house: House
    known: Known

    def findings(self) -> Found:
        """Yield everything wrong with the plan."""
        yield from self._layout()
        yield from self._page_count()
        yield from self._templates()
        yield from find_unknown_ads(
            self.plan.house_ads, self.house, AdChannel.PRINT, self._ad_places()
        )
        yield from self._claims()
        for section in self.plan.sections:
            yield from _leads(section)
            for article in section.articles:
                yield from self._pin(section, article)
                yield from self._jump(section, article)

    def _ad_places(self) -> list[Place]:
        count = len(self.plan.house_ads)
        return [self.plan.place_of("house_ads", number) for number in range(count)]

    def _layout(self) -> Found:
        name = self.plan.layout
        if self.known.layout(name) is None:
            yield error(
                "plan.unknown-layout",
                f"there is no layout “{name}” in layouts/",
                self.plan.place_of("layout"),
                did_you_mean(name, self.known.names),
            )

    def _page_count(self) -> Found:
        layout = self.known.layout(self.plan.layout)
        pages = self.plan.pages
        if layout is None or pages is None:
            return
        count, place = layout.count, self.plan.place_of("pages")
        if pages % count.signature:
            fewer = pages // count.signature * count.signature
            more = fewer + count.signature
            yield error(
                "manifest.page-count",
                f"{pages} pages cannot be folded:"
                f" the count must be a multiple of {count.signature}",
                place,
                f"use {fewer} or {more}" if fewer else f"use {more}",
            )
        elif not count.least <= pages <= count.most:
            yield error(
                "manifest.page-count",
                f"{pages} pages cannot be bound: the printer takes {count.least} to"
                f" {count.most}",
                place,
                "change the count, or ask the printer and change printer.yaml",
            )

    def _templates(self) -> Found:
        layout = self.known.layout(self.plan.layout)
        if layout is None:
            return
        for owner in self._owners():
            name = owner.template
            if name and name not in layout.templates:
                yield error(
                    "plan.unknown-template",
                    f"there is no page template “{name}” in layouts/{layout.name}",
                    owner.place_of("template"),
                    did_you_mean(name, layout.templates),
                )

    def _owners(self) -> Iterator[SectionPart | ArticlePart]:
        for section in self.plan.sections:
            yield section
            yield from section.articles

    def _claims(self) -> Found:
        """Sections stand in the order of pages, each page in one of them at most."""
        earlier: list[SectionPart] = []
        for section in self.plan.sections:
            if section.pages is None:
                continue
            place = section.place_of("pages")
            yield from self._within(section.pages[1], place, f"“{section.section}”")
            yield from _not_facing(section.pages, place)
            if clash := next((e for e in earlier if _share_page(e, section)), None):
                line = clash.place_of("pages").line
                both = max(section.pages[0], clash.pages[0] if clash.pages else 0)
                yield error(
                    "plan.pages-twice",
                    f"page {both} is claimed twice"
                    f" (also by “{clash.section}” on line {line})",
                    place,
                    "let each page belong to one section",
                )
            elif earlier and section.pages < (earlier[-1].pages or (0, 0)):
                last = earlier[-1]
                yield error(
                    "plan.pages-order",
                    f"“{section.section}” claims pages before those of"
                    f" “{last.section}” (line {last.place_of('pages').line})",
                    place,
                    "put the sections in the order of their pages",
                )
            earlier.append(section)

    def _within(self, page: int, place: Place, what: str) -> Found:
        count = self.plan.pages
        if count is not None and page > count:
            yield error(
                "plan.page-beyond",
                f"{what} asks for page {page}, but the edition has {count} pages",
                place,
                f"use a page up to {count}, or raise the page count",
            )

    def _pin(self, section: SectionPart, article: ArticlePart) -> Found:
        page, place = article.page, article.place_of("page")
        if page is None:
            return
        beyond = tuple(self._within(page, place, f"“{article.article}”"))
        yield from beyond
        if beyond:
            return
        if section.pages and not section.pages[0] <= page <= section.pages[1]:
            yield error(
                "plan.page-outside",
                f"“{article.article}” asks for page {page},"
                f" but “{section.section}” has pages {_range(section.pages)}",
                place,
                "move the article to another section, or change one of the two",
            )

    def _jump(self, section: SectionPart, article: ArticlePart) -> Found:
        jump, place = article.jump, article.place_of("jump")
        if not jump:
            return
        yield from self._within(jump, place, f"the jump of “{article.article}”")
        first = article.page or (section.pages[0] if section.pages else 1)
        if jump <= first:
            where = "begins" if article.page or not section.pages else "may begin"
            yield error(
                "plan.jump",
                f"“{article.article}” cannot continue on page {jump}:"
                f" it {where} on page {first}"
                + ("" if first > 1 else " at the earliest"),
                place,
                f"name a page from {first + 1} on, or write jump: auto",
            )


def _share_page(one: SectionPart, other: SectionPart) -> bool:
    if one.pages is None or other.pages is None:
        return False
    return one.pages[0] <= other.pages[1] and other.pages[0] <= one.pages[1]


def _range(pages: tuple[int, int]) -> str:
    first, last = pages
    return str(first) if first == last else f"{first}–{last}"


def _not_facing(pages: tuple[int, int], place: Place) -> Found:
    first, last = pages
    if last - first + 1 == SPREAD and first % 2:
        earlier = f"{first - 1}-{first} or " if first > 1 else ""
        yield warning(
            "plan.not-facing",
            f"pages {first} and {last} do not face each other:"
            " a spread is an even page and the next odd one",
            place,
            f"write {earlier}{last}-{last + 1} if a spread is meant",
        )


def find_empty(sections: Iterable[SectionPart]) -> Found:
    """Yield the sections without articles."""
    for section in sections:
        if not section.articles:
            yield warning(
                "plan.no-articles",
                f"section “{section.section}” has no articles",
                section.place_of("section"),
                "list them under articles:, or delete the section",
            )


def _leads(section: SectionPart) -> Found:
    leads = [each for each in section.articles if each.priority == LEAD]
    for lead in leads[1:]:
        if lead.page and leads[0].page and lead.page != leads[0].page:
            continue
        first = leads[0]
        yield warning(
            "plan.slot-taken",
            f"section “{section.section}” already has a lead:"
            f" “{first.article}” on line {first.place.line}",
            lead.place_of("priority"),
            "give one of the two priority 2",
        )


def find_twice(sections: Iterable[SectionPart]) -> Found:
    """Yield the articles that stand in two places, and sections of one name."""
    articles: dict[str, int | None] = {}
    names: dict[str, int | None] = {}
    for section in sections:
        place = section.place_of("section")
        if section.section in names:
            yield warning(
                "plan.section-twice",
                f"section “{section.section}” is given twice"
                f" (first on line {names[section.section]})",
                place,
                "put their articles into one",
            )
        names.setdefault(section.section, place.line)
        for article in section.articles:
            place = article.place_of("article")
            if article.article in articles:
                yield _planned_twice(article.article, place, articles[article.article])
            articles.setdefault(article.article, place.line)


def _planned_twice(name: str, place: Place, line: int | None) -> Finding:
    return error(
        "article.twice",
        f"“{name}” is planned twice (first on line {line})",
        place,
        "delete one of them; an article that continues elsewhere has jump: PAGE",
    )


def find_unknown_ads(
    names: Iterable[str], house: House, channel: AdChannel, places: Iterable[Place]
) -> Found:
    """Yield the house ads that press.yaml does not have, or not for this channel."""
    known = {ad.id: ad for ad in house.house_ads}
    for name, place in zip(names, places, strict=True):
        ad = next((ad for own, ad in known.items() if own == name), None)
        if ad is None:
            yield error(
                "plan.unknown-house-ad",
                f"there is no house ad “{name}” in press.yaml",
                place,
                did_you_mean(name, known) or "write it under house_ads: in press.yaml",
            )
        elif channel not in ad.channels:
            yield error(
                "plan.house-ad-channel",
                f"house ad “{name}” is not made for {channel.value}",
                place,
                f"add {channel.value} to its channels in press.yaml",
            )
