"""An article's head at every width: kicker, headline, standfirst."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from press.measure.composer import Composer, Room
from press.measure.headline import Broken, break_headline
from press.model.article import Article
from press.model.copy import Run
from press.model.furniture import TOP_PT, HeadShape
from press.model.galley import GalleyLine
from press.model.layout import Grid, Layout, Template
from press.model.length import Length
from press.model.package import Package
from press.model.type import TypeStyle

#: White under a headline's descenders, and under a standfirst.
UNDER_PT = 3.0
#: White between a kicker on the line above and a headline's capitals, over TOP_PT.
KICKER_PT = 3.0
#: What descenders take, as a share of the size.
DESCENDERS = 0.24
#: A standfirst is never wider than so many columns: longer lines cannot be read.
STANDFIRST_COLUMNS = 4
SIZE_STEP = 1.2
#: Price of a head without its standfirst, by priority 1 to 5.
NO_STANDFIRST = (9.0, 5.0, 4.5, 4.0, 4.0)
SHORT_HEADLINE = 1.6
UNEVEN = 0.8
LARGE_PT = 40.0
#: A continuation's head has the size of a lower priority.
JUMP_STEP = 2


def measure_heads(
    package: Package, layout: Layout, composer: Composer
) -> tuple[HeadShape, ...]:
    """Return the ways to set a package's head, for every width it may have."""
    template = layout.template(package.template)
    grid = layout.grid(package.grid)
    most = min(template.most_columns, grid.columns)
    out: list[HeadShape] = []
    for columns in range(1, most + 1):
        if template.group:
            out.append(_flag(columns))
        else:
            out += _heads(package, columns, template, grid, (layout, composer))
    return tuple(out)


def measure_jump_heads(
    package: Package, layout: Layout, composer: Composer
) -> tuple[HeadShape, ...]:
    """Return the ways to set the head of a continuation: smaller, no standfirst."""
    template = layout.template(package.template)
    grid = layout.grid(package.grid)
    article = package.article
    words = article.short_headline or article.printed_headline
    short = replace(
        article, headline=words, short_headline="", standfirst="", kicker="from"
    )
    continued = replace(
        package, articles=(short,), priority=min(5, package.priority + JUMP_STEP)
    )
    out: list[HeadShape] = []
    for columns in range(1, grid.columns + 1):
        out += _heads(continued, columns, template, grid, (layout, composer))
    return tuple(out)


def measure_byline(
    article: Article, grid: Grid, layout: Layout, composer: Composer
) -> tuple[GalleyLine, ...]:
    """Return the lines of an article's byline over one column."""
    if not article.byline:
        return ()
    *others, last = article.byline
    names = f"{', '.join(others)} and {last}" if others else last
    return composer.lines(
        (Run(text=names),),
        layout.style("byline"),
        Room(width=grid.column.pt),
        article.lang,
        divide=False,
    )


def _flag(columns: int) -> HeadShape:
    """Return the head of a group: its flag, set by the page's template."""
    return HeadShape(
        columns=columns,
        size=0,
        leading=0,
        headline=(),
        standfirst=(),
        kicker=0,
        headline_depth=3,
        standfirst_depth=0,
        cost=0,
    )


def _heads(
    package: Package,
    columns: int,
    template: Template,
    grid: Grid,
    room: tuple[Layout, Composer],
) -> Iterator[HeadShape]:
    layout, composer = room
    article, scale = package.article, template.scale
    width = grid.width(columns).pt
    texts = [(article.printed_headline, 0.0)]
    if article.short_headline:
        texts.append((article.short_headline, SHORT_HEADLINE))
    standfirst = _standfirst(article, columns, template, grid, room)
    without = NO_STANDFIRST[package.priority - 1]
    for step, size in enumerate(scale.sizes[package.priority - 1]):
        kicker = _kicker_depth(article, size)
        style = replace(layout.style(template.headline), size=Length(size))
        for text, price in texts:
            broken = _broken(text, style, width, scale.lines[columns - 1], composer)
            if broken is None:
                continue
            cost = SIZE_STEP * step + price + UNEVEN * broken.cost
            top = TOP_PT + (KICKER_PT if kicker == 1 else 0.0)
            leading = size * (scale.tight if size > scale.tight_from else scale.leading)
            shape = HeadShape(
                columns=columns,
                size=size,
                leading=leading,
                headline=broken.lines,
                standfirst=(),
                kicker=kicker,
                headline_depth=_headline_depth(broken, style, leading, top, room),
                standfirst_depth=0,
                cost=cost + (without if standfirst else 0),
                lift=_lift(style, leading, top, composer),
            )
            yield shape
            if standfirst:
                depth = len(standfirst) * layout.style("standfirst").leading.pt
                yield replace(
                    shape,
                    standfirst=standfirst,
                    standfirst_depth=ceil((depth + UNDER_PT) / layout.leading.pt),
                    cost=cost,
                )


def _kicker_depth(article: Article, size: float) -> int:
    """Return the lines of the kicker: large type wants white above it."""
    if not article.kicker:
        return 0
    return 2 if size >= LARGE_PT else 1


def _broken(
    text: str,
    style: TypeStyle,
    width: float,
    limits: tuple[int, int],
    composer: Composer,
) -> Broken | None:
    """Return the most even way to set a headline within its limits of lines.

    Ways with fewer lines that end in a small word come first.
    """
    words = text.split(" ")
    widths = [composer.width(word, style) for word in words]
    space = composer.width(" ", style)
    ways = [
        way
        for lines in range(limits[0], min(limits[1], len(words)) + 1)
        if (way := break_headline(words, widths, space, width, lines)) is not None
    ]
    return min(ways, key=lambda way: (way.small, way.cost), default=None)


def _headline_depth(
    broken: Broken,
    style: TypeStyle,
    leading: float,
    top: float,
    room: tuple[Layout, Composer],
) -> int:
    layout, composer = room
    cap = composer.cap_height(style)
    depth = top + cap + (len(broken.lines) - 1) * leading
    return ceil((depth + DESCENDERS * style.size.pt + UNDER_PT) / layout.leading.pt)


def _lift(style: TypeStyle, leading: float, top: float, composer: Composer) -> float:
    """Return where the first line box begins for its capitals to stand at `top`."""
    line = replace(style, leading=Length(leading))
    return top + composer.cap_height(style) - composer.baseline(line)


def _standfirst(
    article: Article,
    columns: int,
    template: Template,
    grid: Grid,
    room: tuple[Layout, Composer],
) -> tuple[GalleyLine, ...]:
    layout, composer = room
    if not article.standfirst or columns < template.standfirst_from:
        return ()
    width = grid.width(min(columns, STANDFIRST_COLUMNS)).pt
    return composer.lines(
        (Run(text=article.standfirst),),
        layout.style("standfirst"),
        Room(width=width),
        article.lang,
        divide=False,
    )
