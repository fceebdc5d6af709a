"""Spaces that were bought: on which page each advertisement stands.

Right-hand pages come first, then pages far from the others. Where an advertisement may
not stand with a section, that section may have neither its page nor the one it faces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from press.flatplan.allocate import Span

#: Ways to place an edition's advertisements that are tried, best first.
TRIED = 8
#: What a left-hand page is worth less, in pages of distance from the place wanted.
LEFT_HAND = 4.0
#: A page with fewer lines left has no story.
LEAST_STORY = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """An advertisement that wants a page.

    Attributes:
        number: Its number in the edition's list, from 0.
        lines: Grid lines it is deep.
        page: The page it was sold for; None leaves it open.
        not_beside: Sections that it may not stand with, nor face.
    """

    number: int
    lines: int
    page: int | None = None
    not_beside: tuple[str, ...] = ()


#: The advertisement of every page that has one.
Sold = Mapping[int, Bought]


def placements(
    bought: Sequence[Bought], pages: int, sections: Mapping[int, str]
) -> Iterator[Sold]:
    """Yield ways to place advertisements, best first, each on a page of its own.

    Args:
        bought: The advertisements.
        pages: Page count of the paper.
        sections: The section that each page will probably have.
    """
    seen = set()
    for shift in range(TRIED):
        sold = _placed(bought, pages, sections, shift)
        key = tuple(sorted((page, one.number) for page, one in (sold or {}).items()))
        if sold is not None and key not in seen:
            seen.add(key)
            yield sold


def _placed(
    bought: Sequence[Bought], pages: int, sections: Mapping[int, str], shift: int
) -> Sold | None:
    sold = {one.page: one for one in bought if one.page is not None}
    free = sorted(
        (one for one in bought if one.page is None),
        key=lambda one: (-len(one.not_beside), -one.lines, one.number),
    )
    for number, one in enumerate(free):
        wanted = 2 + (number + 0.5) * (pages - 2) / len(free) + shift * (-1) ** shift
        open_pages = [
            page
            for page in range(2, pages)
            if page not in sold
            and not {sections.get(page), sections.get(facing(page))}
            & set(one.not_beside)
        ]
        if not open_pages:
            return None
        sold[min(open_pages, key=lambda page: _price(page, wanted))] = one
    return dict(sorted(sold.items()))


def _price(page: int, wanted: float) -> tuple[float, int]:
    return abs(page - wanted) + (0 if page % 2 else LEFT_HAND), page


def facing(page: int) -> int:
    """Return the page that lies beside one when the paper is open."""
    return page + 1 if page % 2 == 0 else page - 1


def allowed(section: str, span: Span, sold: Sold) -> bool:
    """Whether a section may have a span of pages: no advertisement keeps it away."""
    return not any(
        section in one.not_beside
        and any(span[0] <= near <= span[1] for near in (page, facing(page)))
        for page, one in sold.items()
    )


def story_lines(lines: int, one: Bought | None, gap: int) -> int:
    """Return what an advertisement leaves of a page's lines to stories."""
    if one is None:
        return lines
    left = lines - one.lines - gap
    return left if left >= LEAST_STORY else 0
