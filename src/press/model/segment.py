"""Groups of readers, and which of them see a part of the digest."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import NewType

from press.model.finding import NOWHERE, Place

Segment = NewType("Segment", str)

#: The group that reads articles which are for members only.
MEMBERS = Segment("members")


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRule:
    """Who is in a group, as the newspaper's file says it.

    Attributes:
        name: The group.
        text: The rule, as `press.audience.segment` reads it.
        place: Where it stands.
    """

    name: Segment
    text: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTo:
    """Which readers see something: those in all of one set, and in none of another.

    Attributes:
        within: The groups that a reader must be in.
        without: The groups that a reader may not be in.
    """

    within: frozenset[Segment] = frozenset()
    without: frozenset[Segment] = frozenset()

    def admits(self, groups: Collection[Segment]) -> bool:
        """Whether a reader of these groups sees it."""
        return self.within.issubset(groups) and self.without.isdisjoint(groups)

    @property
    def named(self) -> frozenset[Segment]:
        """All groups that it asks about."""
        return self.within | self.without


EVERYBODY = ShowTo()
