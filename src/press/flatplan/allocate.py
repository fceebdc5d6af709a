"""Which pages each section gets: claims kept, and the rest at the least cost in all.

Sections follow one another, so an allocation is a path: section i takes pages a to b,
section i + 1 begins on page b + 1, and the last ends on the last page. Every section is
tried with page counts near its demand; of all paths, the one whose sections cost least
together is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf

#: First and last page.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a section would like.

    Attributes:
        name: The section's name.
        pages: Pages its articles would fill at their best, such as 2.4.
        claim: First and last page the manifest claims for it; None for none.
        pins: Pages on which the manifest wants articles of it.
    """

    name: str
    pages: float
    claim: Span | None = None
    pins: tuple[int, ...] = ()


def page_count(demands: Sequence[Demand], signature: int, space: float = 0.0) -> int:
    """Return the smallest page count that holds every demand and claim.

    Args:
        demands: The sections.
        signature: The count is a multiple of it.
        space: Pages that advertisements take.
    """
    wanted = space + sum(
        d.claim[1] - d.claim[0] + 1 if d.claim else max(1.0, d.pages) for d in demands
    )
    claimed = max((d.claim[1] for d in demands if d.claim), default=0)
    least = max(ceil(wanted - 0.25), claimed, len(demands))
    return -(-least // signature) * signature


def possible_spans(
    demands: Sequence[Demand], pages: int, width: int
) -> list[list[Span]]:
    """Return the spans that each section may have on some path, in order.

    Args:
        demands: The sections.
        pages: Page count.
        width: How far page counts may be from the demands, in pages.

    Returns:
        A list for every section; all of them empty where there is no path.
    """
    free = [d for d in demands if d.claim is None]
    claimed = sum(d.claim[1] - d.claim[0] + 1 for d in demands if d.claim)
    wanted = sum(d.pages for d in free) or 1.0
    scale = (pages - claimed) / wanted
    forward: list[list[Span]] = []
    starts = {1}
    for demand in demands:
        found = sorted(
            span
            for start in starts
            for span in _spans(demand, start, scale, width)
            if span[1] <= pages
        )
        forward.append(found)
        starts = {last + 1 for _, last in found}
    ends = {pages}
    out: list[list[Span]] = []
    for found in reversed(forward):
        kept = [span for span in found if span[1] in ends]
        out.append(kept)
        ends = {first - 1 for first, _ in kept}
    return out[::-1]


def _spans(demand: Demand, start: int, scale: float, width: int) -> list[Span]:
    if demand.claim is not None:
        return [demand.claim] if demand.claim[0] == start else []
    wanted = demand.pages * scale
    least = max(1, floor(wanted) - width + 1)
    most = max(1, ceil(wanted) + width - 1)
    return [
        (start, start + count - 1)
        for count in range(least, most + 1)
        if all(start <= pin < start + count for pin in demand.pins)
    ]


def choose_spans(
    spans: Sequence[Sequence[Span]], costs: Mapping[tuple[int, Span], float]
) -> list[Span] | None:
    """Return the path of least cost, one span a section; None where there is none.

    Args:
        spans: What each section may have.
        costs: What a section, by its number, costs on a span; missing is endless.
    """
    best: dict[int, tuple[float, list[Span]]] = {0: (0.0, [])}
    for number, found in enumerate(spans):
        reached: dict[int, tuple[float, list[Span]]] = {}
        for first, last in found:
            if first - 1 not in best:
                continue
            before, path = best[first - 1]
            cost = before + costs.get((number, (first, last)), inf)
            if cost < reached.get(last, (inf, []))[0]:
                reached[last] = cost, [*path, (first, last)]
        best = reached
    if not best:
        return None
    (_, path), *_ = best.values()
    return path
