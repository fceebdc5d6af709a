"""Which claim or pin keeps an edition's pages from being shared out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from press.flatplan.allocate import Demand, Span, possible_spans
from press.flatplan.order import SectionCopy
from press.model.finding import NOWHERE, Finding, error


def in_the_way(
    sections: Sequence[SectionCopy],
    demands: Sequence[Demand],
    pages: int,
    width: int,
) -> Iterator[Finding]:
    """Say of every claim and pin that the pages can be shared out without it.

    Args:
        sections: The sections.
        demands: What they would like, in the same order.
        pages: Page count.
        width: How far page counts may be from the demands.
    """
    for number, (section, demand) in enumerate(zip(sections, demands, strict=True)):
        if demand.claim is not None:
            span = _without(demands, number, replace(demand, claim=None), pages, width)
            if span is not None:
                place = section.packages[0].place if section.packages else NOWHERE
                yield error(
                    "plan.sections",
                    f"{pages} pages cannot be shared out: {section.name} claims "
                    f"pages: {_pages(demand.claim)}",
                    place,
                    hint="take the claim away, or move it to pages: " + _pages(span),
                )
        for package in section.packages:
            if package.page is None:
                continue
            rest = tuple(p.page for p in section.packages if p.page and p != package)
            span = _without(demands, number, replace(demand, pins=rest), pages, width)
            if span is not None:
                yield error(
                    "plan.sections",
                    f"{pages} pages cannot be shared out: “{package.id}” asks for "
                    f"page: {package.page}",
                    package.place,
                    hint="take it away, or name a page of " + _pages(span),
                )


def _without(
    demands: Sequence[Demand], number: int, changed: Demand, pages: int, width: int
) -> Span | None:
    """Return the pages a section may have once it asks for less; None for none."""
    tried = [*demands[:number], changed, *demands[number + 1 :]]
    spans = possible_spans(tried, pages, width)[number]

    def distance(span: Span) -> tuple[float, Span]:
        return abs(span[1] - span[0] + 1 - changed.pages), span

    return min(spans, key=distance, default=None)


def _pages(span: Span) -> str:
    return f"{span[0]}-{span[1]}" if span[1] > span[0] else f"{span[0]}"
