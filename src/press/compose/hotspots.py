"""What a reader of the replica may touch, and the way through every article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from press.compose.forme import Forme
from press.compose.view import ArticleView, PageView, Rect, Teaser
from press.model.flatplan import Box, Frame
from press.model.galley import Galley, GalleyLine, LinkedWords
from press.model.length import Length
from press.model.press import Bead, Hotspot


def find_hotspots(forme: Forme, views: Sequence[PageView]) -> tuple[Hotspot, ...]:
    """Return what leads somewhere, page after page.

    Jump lines lead both ways, puffs and the contents panel to their articles, house
    ads and the imprint's addresses to the web; so do words that link, and the code and
    short address at an article's end.
    """
    return tuple(
        spot
        for view in views
        for spot in (
            *_jumps(forme, views, view),
            *_teasers(forme, views, view),
            *_addresses(forme, view),
        )
    )


def find_beads(forme: Forme, views: Sequence[PageView]) -> tuple[Bead, ...]:
    """Return the columns of every article in reading order, article after article."""
    parts: dict[str, list[tuple[int, ArticleView]]] = {}
    for view in views:
        for article in view.articles:
            parts.setdefault(article.id, []).append((view.number, article))
    return tuple(
        Bead(
            article=_title(forme, name),
            page=page,
            left=frame.rect.left.pt,
            top=frame.rect.top.pt,
            width=frame.rect.width.pt,
            height=frame.rect.height.pt,
        )
        for name, found in parts.items()
        for page, article in sorted(found, key=lambda one: one[1].part)
        for frame in article.frames
    )


# ---------------------------------------------------------------- to pages


def _jumps(
    forme: Forme, views: Sequence[PageView], view: PageView
) -> Iterator[Hotspot]:
    places = {
        (article.id, article.part): (page.number, article.rect.top.pt)
        for page in views
        for article in page.articles
    }
    for article in view.articles:
        title = _title(forme, article.id)
        ways = (
            (article.jump_rect, article.part + 1, "Continued on page"),
            (article.kicker_rect, article.part - 1, "From page"),
        )
        for rect, part, says in ways:
            if rect is not None and (article.id, part) in places:
                page, top = places[article.id, part]
                words = f"{says} {page}: {title}"
                spot = _spot(view.number, rect, words, article=article.id)
                yield replace(spot, to_page=page, to_top=top)


def _teasers(
    forme: Forme, views: Sequence[PageView], view: PageView
) -> Iterator[Hotspot]:
    tops = {
        article.id: article.rect.top.pt
        for page in views
        for article in page.articles
        if article.part == 0
    }
    entries: tuple[Teaser, ...] = view.contents.entries if view.contents else ()
    for teaser in (*view.puffs, *entries):
        words = f"Page {teaser.page}: {_title(forme, teaser.article)}"
        spot = _spot(view.number, teaser.rect, words)
        yield replace(spot, to_page=teaser.page, to_top=tops[teaser.article])


def _title(forme: Forme, name: str) -> str:
    package = forme.packages[name]
    template = forme.layout.template(package.template)
    if template.group and template.flag:
        return template.flag
    return package.article.printed_headline


# ---------------------------------------------------------------- to addresses


def _addresses(forme: Forme, view: PageView) -> Iterator[Hotspot]:
    """Yield what leads to the web, or to a letter."""
    boxes = {
        (box.package, box.part): box
        for page in forme.flatplan.pages
        if page.number == view.number
        for box in page.boxes
    }
    for article in view.articles:
        for rect, url in _linked(forme, article, boxes[article.id, article.part]):
            yield _spot(view.number, rect, _says(url), url=url, article=article.id)
    for ad in view.ads:
        words = f"{ad.ad.button}: {_says(ad.ad.url)}"
        yield _spot(view.number, ad.rect, words, url=ad.ad.url)
    for rect, url in _imprint(forme, view):
        yield _spot(view.number, rect, _says(url), url=url)


def _linked(forme: Forme, article: ArticleView, box: Box) -> Iterator[tuple[Rect, str]]:
    """Yield the linked words of an article's part on a page."""
    galley, leading = forme.measured[article.id].galley, forme.layout.leading
    for view, frame in zip(article.frames, box.setting.frames, strict=True):
        for link in _in_frame(galley, frame, leading.pt):
            yield _under(view.rect, link), link.url


def _in_frame(galley: Galley, frame: Frame, leading: float) -> Iterator[LinkedWords]:
    """Yield a frame's linked words, placed in it."""
    down = 0.0
    for part in frame.slices:
        block = galley.blocks[part.block]
        down += part.above * leading
        for link in block.links:
            yield replace(link, top=down + link.top)
        yield from _in_lines(block.lines[part.start : part.stop], down, leading)
        down += (part.stop - part.start if block.lines else block.height) * leading


def _in_lines(
    lines: Sequence[GalleyLine], down: float, leading: float
) -> Iterator[LinkedWords]:
    for number, line in enumerate(lines):
        for link in line.links:
            yield replace(
                link,
                left=line.indent + link.left,
                top=down + number * leading,
                height=leading,
            )


def _imprint(forme: Forme, view: PageView) -> Iterator[tuple[Rect, str]]:
    if view.imprint is None:
        return
    leading = forme.layout.style("imprint").leading.pt
    for column, lines in zip(view.imprint.columns, forme.own.imprint, strict=True):
        for link in _in_lines(lines, 0.0, leading):
            yield _under(column.rect, link), link.url


def _under(rect: Rect, link: LinkedWords) -> Rect:
    """Return the place on the page of words placed in a rectangle."""
    return Rect(
        left=rect.left + Length(link.left),
        top=rect.top + Length(link.top),
        width=Length(link.width),
        height=Length(link.height),
    )


def _says(url: str) -> str:
    """Return what an address is, as it is said aloud."""
    if url.startswith("mailto:"):
        return f"Write to {url.removeprefix('mailto:').partition('?')[0]}"
    if url.startswith("tel:"):
        return f"Call {url.removeprefix('tel:')}"
    return url.partition("://")[2].rstrip("/") or url


def _spot(
    page: int, rect: Rect, says: str, *, url: str = "", article: str = ""
) -> Hotspot:
    return Hotspot(
        page=page,
        left=rect.left.pt,
        top=rect.top.pt,
        width=rect.width.pt,
        height=rect.height.pt,
        says=says,
        url=url,
        article=article,
    )
