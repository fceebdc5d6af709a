"""Which kinds of readers a digest tells apart."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations
from typing import Final, TypeAlias

from press.model.edition import DigestPlan, Edition
from press.model.house import House
from press.model.segment import EVERYBODY, MEMBERS, Segment

Groups: TypeAlias = frozenset[Segment]
NO_GROUPS: Final[Groups] = frozenset()


def groups_of(plan: DigestPlan, edition: Edition, house: House) -> Groups:
    """Return the groups of readers that a digest asks about.

    Members are among them where an article that only they may read runs in full.
    """
    shown = (
        *(item.show_to for item in plan.items),
        *(section.show_to for section in plan.sections),
        *(ad.show_to for ad in plan.house_ads),
        plan.front_page or EVERYBODY,
    )
    named = Groups().union(*(each.named for each in shown))
    walled = any(
        item.whole and edition.article(item.slug).members_only for item in plan.items
    )
    return named | {MEMBERS} if walled and MEMBERS in house.segments else named


def kinds_of_readers(groups: Groups) -> tuple[Groups, ...]:
    """Return every set of groups that a reader can be in, the empty one first."""
    names = sorted(groups)
    return tuple(
        Groups(chosen)
        for count in range(len(names) + 1)
        for chosen in combinations(names, count)
    )


def name_of(readers: Collection[Groups], groups: Groups) -> str:
    """Name the readers of one variant by what they have in common.

    Args:
        readers: The kinds of readers who get it.
        groups: All groups that the digest asks about.
    """
    if len(readers) == 2 ** len(groups):
        return "everybody"
    inside = groups.intersection(*readers)
    outside = groups.difference(*readers)
    common = (
        group if group in inside else f"not {group}"
        for group in sorted(inside | outside)
    )
    return ", ".join(common) or "others"
