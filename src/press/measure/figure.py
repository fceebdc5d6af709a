"""Pictures and pull quotes at every width at which they may stand."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor, inf

from press.measure.composer import Composer, Room
from press.model.article import Article, Picture, PictureKind
from press.model.copy import Mark, Run
from press.model.furniture import (
    CAPTION_PT,
    TOP_PT,
    Figure,
    FigureShape,
    QuoteShape,
)
from press.model.galley import GalleyLine
from press.model.layout import Grid, Layout, Template

#: How far a photograph's depth may be cut or extended by cropping.
CROP_LEAST, CROP_MOST = 0.74, 1.26
#: How much narrower than its columns a chart may be shown, whole.
CHART_LEAST = 0.9
#: White under a caption.
UNDER_PT = 5.0
#: A portrait's depth for its width.
PORTRAIT = 1.2
SHALLOWEST, DEEPEST = 4, 80
#: How much smaller or larger a drawing may be set than the width it was made for: its
#: lettering goes with it.
SMALLER, LARGER = 0.9, 1.4
#: A chart less upright than this cannot be read in one column.
UPRIGHT = 1.4
INCH_PT = 72.0


def measure_pictures(
    article: Article, template: Template, grid: Grid, layout: Layout, composer: Composer
) -> tuple[Figure, ...]:
    """Return an article's pictures, the lead first, as many as its template shows."""
    out = []
    for number, picture in enumerate(article.pictures[: template.pictures]):
        shapes = tuple(_shapes(picture, grid, layout, composer, article.lang))
        portrait = picture.kind is PictureKind.PORTRAIT
        out.append(Figure(picture=number, shapes=shapes, portrait=portrait))
    return tuple(out)


def _shapes(
    picture: Picture, grid: Grid, layout: Layout, composer: Composer, lang: str
) -> Iterator[FigureShape]:
    widths = _widths(picture, grid)
    for columns in widths:
        width = grid.width(columns).pt
        ppi = _ppi(picture, width)
        if ppi < layout.resolution.least and columns > widths[0]:
            return
        natural = (width * picture.ratio + TOP_PT) / layout.leading.pt
        caption = _caption(picture, width, layout, composer, lang)
        leading = layout.style("caption").leading.pt
        under = len(caption) * leading + UNDER_PT + (CAPTION_PT if caption else 0)
        shallow, deep = _depths(picture, natural, layout)
        if natural <= DEEPEST:
            yield FigureShape(
                columns=columns,
                natural=natural,
                least=max(SHALLOWEST, shallow),
                most=max(SHALLOWEST, shallow, deep),
                ppi=ppi,
                caption=caption,
                caption_depth=ceil(under / layout.leading.pt),
            )


def _widths(picture: Picture, grid: Grid) -> range:
    """Return the columns a picture may span."""
    if picture.kind is PictureKind.PORTRAIT:
        return range(1, 2)
    least, most = 1, grid.columns
    if picture.made_for:
        scales = [
            grid.width(columns).pt / picture.made_for
            for columns in range(1, grid.columns + 1)
        ]
        least += min(sum(scale < SMALLER for scale in scales), most - 1)
        most = max(least, sum(scale <= LARGER for scale in scales))
    elif picture.kind is PictureKind.CHART and picture.ratio < UPRIGHT:
        least = min(2, most)
    return range(least, most + 1)


def _depths(picture: Picture, natural: float, layout: Layout) -> tuple[int, int]:
    """Return the least and most depth of a picture, in grid lines.

    A deeper crop shows less of the width, with fewer pixels an inch: no photograph is
    cropped to fewer than are wanted at least.
    """
    if picture.kind is PictureKind.CHART:
        return ceil(natural * CHART_LEAST), ceil(natural)
    sharp = inf
    if not picture.drawn and picture.pixels[1]:
        deepest = picture.pixels[1] * INCH_PT / layout.resolution.least + TOP_PT
        sharp = max(natural, deepest / layout.leading.pt)
    if picture.crop is not None:
        depth = ceil(natural) if ceil(natural) <= sharp else floor(natural)
        return depth, depth
    return ceil(natural * CROP_LEAST), floor(min(natural * CROP_MOST, sharp, DEEPEST))


def _ppi(picture: Picture, width: float) -> float:
    """Return the pixels an inch of a picture set so many points wide."""
    if picture.drawn or not picture.pixels[0]:
        return inf
    across, down = picture.pixels
    shown = min(across, down / picture.ratio) if picture.crop else across
    return shown * INCH_PT / width


def _caption(
    picture: Picture, width: float, layout: Layout, composer: Composer, lang: str
) -> tuple[GalleyLine, ...]:
    runs = [Run(text=picture.caption)] if picture.caption else []
    if picture.credit:
        space = " " if runs else ""
        credit = Run(text=space + picture.credit, marks=frozenset({Mark.EMPHASIS}))
        runs.append(credit)
    style = layout.style("caption")
    return composer.lines(tuple(runs), style, Room(width=width), lang, divide=False)


def measure_quotes(
    article: Article, template: Template, grid: Grid, layout: Layout, composer: Composer
) -> tuple[QuoteShape, ...]:
    """Return an article's pull quotes over one column."""
    style = layout.style("quote")
    out = []
    for quote in article.pull_quotes[: template.quotes]:
        text = quote if quote.startswith(("“", "‘", '"')) else f"“{quote}”"
        lines = composer.lines(
            (Run(text=text),),
            style,
            Room(width=grid.column.pt),
            article.lang,
            divide=False,
        )
        depth = ceil((len(lines) * style.leading.pt + 12) / layout.leading.pt) + 2
        out.append(QuoteShape(lines=lines, depth=depth))
    return tuple(out)
