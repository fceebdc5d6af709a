"""Measured articles and orders on the square layout: 40 lines of three columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from press.flatplan.candidate import Candidate, PageRoom, SectionTask
from press.flatplan.grower import grow
from press.flatplan.order import Order, SectionCopy
from press.model.flatplan import AdBox, Box, PagePlan, PanelBox
from press.model.furniture import (
    Figure,
    FigureShape,
    HeadShape,
    Measured,
    QuoteShape,
)
from press.model.galley import BlockKind, Galley, GalleyBlock, GalleyLine, LineEnd
from press.model.house import AdId
from press.model.layout import Layout
from press.model.package import Package
from tests.builders import COLUMN, COLUMNS, LAYOUT, a_package, an_article

HEAD = 3
#: Words of the square font that fill a line.
WORDS_A_LINE = 4


def a_block(
    height: int, kind: BlockKind = BlockKind.TEXT, above: int = 0, orphans: int = 2
) -> GalleyBlock:
    line = GalleyLine(html="word", indent=0, measure=COLUMN)
    last = GalleyLine(html="word", indent=0, measure=COLUMN, end=LineEnd.PARAGRAPH)
    solid = kind is BlockKind.SOLID
    return GalleyBlock(
        kind=kind,
        css="body",
        tag="p",
        height=height,
        lines=() if solid else (*(line,) * (height - 1), last),
        above=above,
        orphans=orphans,
    )


def a_galley(*blocks: GalleyBlock) -> Galley:
    return Galley(measure=COLUMN, blocks=blocks)


def paragraphs(lines: int, each: int = 8) -> Galley:
    """Make a galley of so many lines, in paragraphs of `each` lines or a few more."""
    heights = [each] * (lines // each)
    if heights:
        heights[-1] += lines % each
    return a_galley(*(a_block(height) for height in heights or [lines]))


def a_head(columns: int, depth: int = HEAD, cost: float = 0.0) -> HeadShape:
    return HeadShape(
        columns=columns,
        size=20,
        leading=20,
        headline=("Headline",),
        standfirst=(),
        kicker=0,
        headline_depth=depth,
        standfirst_depth=0,
        cost=cost,
    )


def a_photo(depth: float = 8, number: int = 0) -> Figure:
    """Make a photograph `depth` lines deep for every column it spans."""
    shapes = tuple(
        FigureShape(
            columns=columns,
            natural=depth * columns,
            least=round(depth * columns * 0.75),
            most=round(depth * columns * 1.25),
            caption_depth=2,
        )
        for columns in range(1, COLUMNS + 1)
    )
    return Figure(picture=number, shapes=shapes)


def a_panel(columns: int = 1, depth: int = 8) -> Figure:
    shape = FigureShape(
        columns=columns,
        natural=depth,
        least=depth,
        most=depth,
        caption_depth=1,
        html="<div></div>",
    )
    return Figure(picture=None, shapes=(shape,))


def a_quote(depth: int = 6) -> QuoteShape:
    return QuoteShape(lines=(), depth=depth)


def a_measured(lines: int, *figures: Figure, **changes: Any) -> Measured:
    heads = tuple(a_head(columns) for columns in range(1, COLUMNS + 1))
    return Measured(
        **{
            "package": "taxes",
            "galley": paragraphs(lines),
            "heads": heads,
            "figures": figures,
            "jump_heads": heads,
            **changes,
        }
    )


def a_story(
    name: str, lines: int, *figures: Figure, **changes: Any
) -> tuple[Package, Measured]:
    """Make a package with so many lines of text, four words each."""
    measured = {key: changes.pop(key) for key in ("quotes", "byline") if key in changes}
    article = an_article(name, words=lines * WORDS_A_LINE)
    package = a_package(article, **changes)
    return package, a_measured(lines, *figures, package=name, **measured)


Story = tuple[Package, Measured]


def a_candidate(story: Story, layout: Layout = LAYOUT) -> Candidate:
    package, measured = story
    leaves, openings = grow(package, measured, layout)
    return Candidate(
        package=package, measured=measured, leaves=leaves, openings=openings
    )


def rooms(first: int, last: int, lines: int = 38) -> tuple[PageRoom, ...]:
    """Return pages inside: a folio of two lines, and no flag."""
    return tuple(
        PageRoom(number=number, lines=lines) for number in range(first, last + 1)
    )


def a_task(stories: Iterable[Story], **changes: Any) -> SectionTask:
    return SectionTask(
        **{
            "name": "News",
            "candidates": tuple(map(a_candidate, stories)),
            "pages": rooms(2, 3),
            "layout": LAYOUT,
            "grid": "news",
            "ads": (),
            **changes,
        }
    )


def an_order(sections: Mapping[str, Sequence[Story]], **changes: Any) -> Order:
    """Make an order; `claims` names pages that sections claim."""
    claims: dict[str, tuple[int, int]] = changes.pop("claims", {})
    layout: Layout = changes.get("layout", LAYOUT)
    stories = [story for section in sections.values() for story in section]
    return Order(
        **{
            "sections": tuple(
                SectionCopy(
                    name=name,
                    grid="news",
                    packages=tuple(package for package, _ in section),
                    claim=claims.get(name),
                )
                for name, section in sections.items()
            ),
            "measured": {package.id: measured for package, measured in stories},
            "leaves": {
                package.id: grow(package, measured, layout)
                for package, measured in stories
            },
            "layout": layout,
            "pages": None,
            "ads": (AdId("one"), AdId("two"), AdId("three")),
            "ad_depths": ((6, 15), (16, 40)),
            "imprint": 4,
            "last_ad": 6,
            **changes,
        }
    )


# ---------------------------------------------------------------- reading plans

#: A rectangle of a page: column, line, columns, lines.
Rectangle = tuple[int, int, int, int]


def rectangles(page: PagePlan) -> list[Rectangle]:
    """Return all that stands on a page, in the columns and lines of its story area."""
    panels = [page.contents] if page.contents else []
    standing: list[Box | AdBox | PanelBox] = [*page.boxes, *page.ads, *panels]
    return [(one.column, one.line, one.columns, one.lines) for one in standing]


def cells(rectangle: Rectangle) -> set[tuple[int, int]]:
    column, line, columns, lines = rectangle
    return {
        (c, n)
        for c in range(column, column + columns)
        for n in range(line, line + lines)
    }


def inside(box: Box) -> Iterator[Rectangle]:
    """Yield all that stands in a box: head, byline, figures, quotes and frames."""
    setting = box.setting
    if setting.head is not None:
        head = setting.head
        yield setting.head_column, setting.head_line, head.columns, head.depth
    for figure in setting.figures:
        # the white under a panel or caption may be cut off by the foot of the box
        depth = min(figure.lines, box.lines - figure.line)
        yield figure.column, figure.line, figure.shape.columns, depth
    for quote in setting.quotes:
        yield quote.column, quote.line, 1, quote.lines
    for frame in setting.frames:
        yield frame.column, frame.line, 1, frame.lines


def overlap(rectangles: Iterable[Rectangle]) -> bool:
    seen: set[tuple[int, int]] = set()
    for one in rectangles:
        here = cells(one)
        if seen & here:
            return True
        seen |= here
    return False
