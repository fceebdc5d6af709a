"""How many pages each section gets: its demand in whole pages, claims kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a section would like.

    Attributes:
        name: The section's name.
        pages: Pages its articles would fill at their best, such as 2.4.
        claim: First and last page the manifest claims for it; None for none.
    """

    name: str
    pages: float
    claim: tuple[int, int] | None = None


def page_count(demands: Sequence[Demand], signature: int) -> int:
    """Return the smallest page count that holds every demand and claim."""
    wanted = sum(
        d.claim[1] - d.claim[0] + 1 if d.claim else max(1.0, d.pages) for d in demands
    )
    claimed = max((d.claim[1] for d in demands if d.claim), default=0)
    least = max(ceil(wanted - 0.25), claimed, len(demands))
    return -(-least // signature) * signature


def allocate(demands: Sequence[Demand], pages: int) -> list[tuple[int, int]] | None:
    """Return the first and last page of every section, in order.

    Sections follow one another; between two claims, pages are shared out by demand
    (largest remainders), at least one page each.

    Returns:
        None when the claims leave a section without a page, or pages without a section.
    """
    out: list[tuple[int, int]] = []
    run: list[Demand] = []
    start = 1
    for demand in demands:
        if demand.claim is None:
            run.append(demand)
            continue
        first, last = demand.claim
        shared = _share(run, start, first - 1)
        if shared is None:
            return None
        out += [*shared, (first, last)]
        run, start = [], last + 1
    shared = _share(run, start, pages)
    return None if shared is None else out + shared


def _share(
    demands: Sequence[Demand], first: int, last: int
) -> list[tuple[int, int]] | None:
    room = last - first + 1
    if not demands:
        return [] if room == 0 else None
    if room < len(demands):
        return None
    counts = [1] * len(demands)
    while sum(counts) < room:  # the next page goes where it is missed most
        missed = [d.pages - c for d, c in zip(demands, counts, strict=True)]
        counts[missed.index(max(missed))] += 1
    out = []
    for count in counts:
        out.append((first, first + count - 1))
        first += count
    return out


def moved(demands: Sequence[Demand], name: str, by: float) -> tuple[Demand, ...]:
    """Return the demands with one section's changed: it needs more pages, or fewer."""
    return tuple(
        Demand(name=d.name, pages=d.pages + by, claim=d.claim) if d.name == name else d
        for d in demands
    )
