"""Read and check what an edition says of its digest."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from typing import TypeAlias

from press.manifest.digest_file import (
    NOT,
    DigestAdPart,
    DigestPart,
    DigestSectionPart,
    Extent,
    FrontPagePart,
    ItemPart,
)
from press.manifest.nearest import did_you_mean
from press.manifest.plan import find_unknown_ads
from press.model.article import Slug
from press.model.edition import (
    DigestAd,
    DigestItem,
    DigestPlan,
    DigestSection,
    Greeting,
)
from press.model.finding import Finding, Place, error, warning
from press.model.house import AdChannel, AdId, House
from press.model.segment import Segment, ShowTo

Found: TypeAlias = Iterator[Finding]
Shown: TypeAlias = ItemPart | DigestSectionPart | DigestAdPart | FrontPagePart

#: With each group the number of different mails may double.
MOST_GROUPS = 5


def items_of(digest: DigestPart) -> Iterator[tuple[ItemPart, ShowTo]]:
    """Yield the articles in order, each with who sees it, its section's told apart."""
    yield digest.lead, show_to(digest.lead)
    for item in digest.articles:
        yield item, show_to(item)
    for section in digest.sections:
        for item in section.articles:
            yield item, _both(show_to(section), show_to(item))


def show_to(part: Shown) -> ShowTo:
    """Return who sees a part."""
    names = part.show_to
    return ShowTo(
        within=frozenset(Segment(name) for name in names if not name.startswith(NOT)),
        without=frozenset(
            Segment(name.removeprefix(NOT)) for name in names if name.startswith(NOT)
        ),
    )


def _both(one: ShowTo, other: ShowTo) -> ShowTo:
    return ShowTo(within=one.within | other.within, without=one.without | other.without)


def make_plan(digest: DigestPart, articles: Collection[str]) -> DigestPlan | None:
    """Return what the digest says; None where its lead could not be read.

    Args:
        digest: As the manifest gives it.
        articles: Names of the articles that could be read.
    """
    if digest.lead.article not in articles:
        return None
    loose = DigestSection(name="", items=_items(digest.articles, articles))
    named = (
        DigestSection(
            name=part.section,
            items=_items(part.articles, articles),
            show_to=show_to(part),
            place=part.place_of("section"),
        )
        for part in digest.sections
    )
    front = digest.front_page
    return DigestPlan(
        subject=digest.subject,
        preheader=digest.preheader,
        lead=_item(digest.lead),
        sections=tuple(section for section in (loose, *named) if section.items),
        house_ads=tuple(
            DigestAd(ad=AdId(part.ad), show_to=show_to(part), place=part.place_of("ad"))
            for part in digest.house_ad
        ),
        greeting=Greeting(named=digest.greeting.named, unnamed=digest.greeting.unnamed),
        note=digest.note,
        front_page=show_to(front) if front.show else None,
        also=digest.also,
        place=digest.place_of("subject"),
    )


def _items(
    parts: tuple[ItemPart, ...], articles: Collection[str]
) -> tuple[DigestItem, ...]:
    return tuple(_item(part) for part in parts if part.article in articles)


def _item(part: ItemPart) -> DigestItem:
    return DigestItem(
        slug=Slug(part.article),
        show_to=show_to(part),
        whole=part.text is Extent.FULL,
        place=part.place_of("article"),
    )


# --- Faults --------------------------------------------------------------------------


def find_digest_faults(digest: DigestPart, house: House) -> Found:
    """Yield what is wrong with the choice of articles, ads and readers."""
    yield from _twice(digest)
    yield from find_unknown_ads(
        [part.ad for part in digest.house_ad],
        house,
        AdChannel.DIGEST,
        [part.place_of("ad") for part in digest.house_ad],
    )
    if digest.lead.show_to:
        yield error(
            "digest.lead-for-all",
            "the lead is for everybody, and this one is kept from some",
            digest.lead.place_of("show_to"),
            "take show_to: away, or let another article lead",
        )
    parts = list(_shown(digest))
    for part in parts:
        yield from _groups(part, house)
    yield from _too_many_groups(digest, parts)


def _shown(digest: DigestPart) -> Iterator[Shown]:
    yield from chain(
        (item for item, _ in items_of(digest)),
        digest.sections,
        digest.house_ad,
        (digest.front_page,),
    )


def _twice(digest: DigestPart) -> Found:
    seen: dict[str, list[tuple[ShowTo, Place]]] = {}
    for item, shown in items_of(digest):
        place = item.place_of("article")
        earlier = seen.setdefault(item.article, [])
        if _may_meet(shown, earlier):
            first = earlier[0][1]
            yield error(
                "article.twice",
                f"“{item.article}” is in the digest twice (first on line {first.line})",
                place,
                "delete one of them, or show them to different readers (show_to:)",
            )
        earlier.append((shown, place))


def _may_meet(shown: ShowTo, earlier: list[tuple[ShowTo, Place]]) -> bool:
    return any(
        shown.within.isdisjoint(other.without)
        and other.within.isdisjoint(shown.without)
        for other, _ in earlier
    )


def _groups(part: Shown, house: House) -> Found:
    for number, name in enumerate(part.show_to):
        bare = name.removeprefix(NOT)
        if bare not in house.segments:
            meant = did_you_mean(bare, house.segments)
            yield error(
                "digest.unknown-group",
                f"there is no group of readers “{bare}” in press.yaml",
                part.place_of("show_to", number),
                meant or f"write it there: segments: [{bare}]",
            )
    shown = show_to(part)
    for name in sorted(shown.within & shown.without):
        yield error(
            "digest.shown-to-nobody",
            f"nobody is both in “{name}” and not in it",
            part.place_of("show_to"),
            "delete one of the two",
        )


def _too_many_groups(digest: DigestPart, parts: list[Shown]) -> Found:
    named = frozenset[Segment]().union(*(show_to(part).named for part in parts))
    if len(named) > MOST_GROUPS:
        yield error(
            "digest.too-many-groups",
            f"the digest asks about {len(named)} groups of readers,"
            f" and {MOST_GROUPS} are as many as can be looked after",
            digest.place_of("subject"),
            f"leave some out of: {', '.join(sorted(named))}",
        )


def find_unprinted(digest: DigestPart, printed: frozenset[str]) -> Found:
    """Yield the articles of the digest that are not in print."""
    for item, _ in items_of(digest):
        if item.article not in printed:
            yield warning(
                "plan.not-printed",
                f"“{item.article}” is in the digest, but not in print",
                item.place_of("article"),
                "list it in a section, or let it pass if that is meant",
            )
