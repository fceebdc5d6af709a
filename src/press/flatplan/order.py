"""What is to be planned: an edition's packages, measured, and the room there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from press.flatplan.candidate import Leaves
from press.flatplan.space import Bought, Sold, story_lines
from press.model.furniture import Measured
from press.model.house import AdId
from press.model.layout import Layout
from press.model.package import Package


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionCopy:
    """A section's packages, and the pages it claims."""

    name: str
    grid: str
    packages: tuple[Package, ...]
    claim: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be planned.

    Attributes:
        sections: In the order of pages.
        measured: Every package measured, by id.
        leaves: What every package costs in every box, whole and as an opening, by id.
        layout: The layout.
        pages: Page count; None lets press choose.
        ads: House ads that may fill space, in order.
        ad_depths: Least and most lines at which all of them fit, for every design.
        imprint: Lines of the imprint at the foot of the last page.
        last_ad: Lines of the first house ad above it; 0 is none.
        bought: Advertisements that want a page.
        sold: The pages they have got.
    """

    sections: tuple[SectionCopy, ...]
    measured: Mapping[str, Measured]
    leaves: Mapping[str, tuple[Leaves, Leaves]]
    layout: Layout
    pages: int | None
    ads: tuple[AdId, ...]
    ad_depths: tuple[tuple[int, int], ...] = ()
    imprint: int = 0
    last_ad: int = 0
    bought: tuple[Bought, ...] = ()
    sold: Sold = field(default_factory=dict)


def room_of(
    order: Order, number: int, section: str, *, opens: bool, ends: bool
) -> tuple[int, int]:
    """Return a page's story area: its first line of the type area, and its lines.

    Args:
        order: The order.
        number: Page number.
        section: Name of its section.
        opens: Whether the section begins on it.
        ends: Whether it is the last page.
    """
    furniture = order.layout.furniture
    if number == 1:
        others = len(order.sections) > 1  # a puff leads to another section
        top = furniture.masthead + (furniture.puffs if others else 0)
    else:
        top = furniture.folio + (order.layout.section(section).flag if opens else 0)
    lines = order.layout.lines - top
    if ends:
        lines -= order.imprint + last_ad_of(order)
    return top, story_lines(lines, order.sold.get(number), order.layout.gap)


def last_ad_of(order: Order) -> int:
    """Return the lines of the house ad on the last page and the gap above it."""
    if not (order.last_ad and order.ads):
        return 0
    return order.last_ad + order.layout.gap
