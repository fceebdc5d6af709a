"""The front page: puffs under the masthead, and the contents panel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from press.compose.article import PictureKey
from press.compose.forme import Forme
from press.compose.place import Geometry
from press.compose.view import BarcodeView, ContentsView, Rect, Teaser
from press.model.article import PictureKind
from press.model.barcode import ABOVE_PT, BarcodePlace
from press.model.flatplan import Box, PagePlan
from press.model.furniture import (
    PANEL_PT,
    PUFF_GUTTERS,
    PUFF_PICTURE,
    PUFFS,
    TeaserShape,
)
from press.model.galley import GalleyLine, LineEnd, lines_html
from press.model.layout import Layout
from press.model.length import Length
from press.model.package import Package
from press.model.page import NO_MARKUP
from press.model.picture import PictureJob, PreparedPicture

#: White between two entries of the contents panel, in points: least and most.
BETWEEN_PT, WIDEST_PT = 9.0, 26.0
#: White above the words of a puff, and between its kicker and its headline, in points.
PUFF_ABOVE_PT, PUFF_BETWEEN_PT = 5.0, 2.0
#: Lines of an entry's headline and of a blurb at most.
LONGEST_ENTRY, LONGEST_BLURB = 3, 7

_Lines: TypeAlias = tuple[GalleyLine, ...]


@dataclass(slots=True)
class _Lead:
    """An article that begins inside the paper."""

    package: Package
    page: int
    shape: TeaserShape
    short: bool
    blurb: bool = False

    def _headline(self, lines: _Lines, most: int) -> _Lines:
        """Return the headline under which it stands inside, if so many lines hold it.

        If they do not, its other headline; the shorter where they hold neither.
        """
        ways = list(_headlines(lines))
        chosen = ways.pop(-1 if self.short else 0)
        if len(chosen) <= most or not ways:
            return chosen
        return min(chosen, ways[0], key=len)

    @property
    def entry(self) -> _Lines:
        """Its headline in the contents panel."""
        return self._headline(self.shape.entry, LONGEST_ENTRY)

    def puff(self, most: int) -> _Lines:
        """Return its headline in a puff that holds so many lines."""
        return self._headline(self.shape.puff, most)


def _headlines(lines: _Lines) -> Iterator[_Lines]:
    """Yield the lines of each headline: every one ends as a paragraph does."""
    start = 0
    for stop, line in enumerate(lines, 1):
        if line.end is LineEnd.PARAGRAPH:
            yield lines[start:stop]
            start = stop


def _is_short(box: Box, package: Package) -> bool:
    """Tell whether an article stands under its short headline."""
    head, article = box.setting.head, package.article
    words = " ".join(head.headline) if head else article.printed_headline
    return bool(article.short_headline) and words != article.printed_headline


def _leads(forme: Forme) -> list[_Lead]:
    """Return the articles that begin inside the paper, the best first."""
    out: list[_Lead] = []
    for page in forme.flatplan.pages[1:]:
        for box in page.boxes:
            shape = forme.measured[box.package].teaser
            if box.part == 0 and shape is not None:
                package = forme.packages[box.package]
                short = _is_short(box, package)
                out.append(_Lead(package, page.number, shape, short))
    return sorted(out, key=lambda one: (one.package.priority, one.page))


# ---------------------------------------------------------------- puffs


@dataclass(frozen=True, slots=True)
class _Puff:
    """An article puffed, its headline and its place."""

    lead: _Lead
    headline: _Lines
    rect: Rect


def _puffs(forme: Forme) -> list[_Puff]:
    """Return what is puffed under the masthead, each from a section of its own."""
    furniture, layout = forme.layout.furniture, forme.layout
    if not furniture.puffs:
        return []
    geometry = Geometry(layout=layout, grid=layout.grids[0], top=0)
    strip = geometry.strip(furniture.masthead + 1, furniture.puffs - 2)
    leading = layout.style("kicker").leading.pt
    room = strip.height.pt - 2 * leading - PUFF_ABOVE_PT - PUFF_BETWEEN_PT
    most = int(room / layout.style("puff").leading.pt)
    seen: set[str] = set()
    chosen: list[_Lead] = []
    for lead in _leads(forme):
        pictures = lead.package.article.pictures[:1]
        shown = pictures and pictures[0].kind is not PictureKind.CHART
        fits = len(lead.puff(most)) <= most
        if shown and fits and lead.package.section not in seen and len(chosen) < PUFFS:
            seen.add(lead.package.section)
            chosen.append(lead)
    gutter = layout.grids[0].gutter * PUFF_GUTTERS
    width = (strip.width - gutter * (PUFFS - 1)) / PUFFS
    return [
        _Puff(
            lead,
            lead.puff(most),
            replace(strip, left=strip.left + (width + gutter) * i, width=width),
        )
        for i, lead in enumerate(chosen)
    ]


def puff_jobs(forme: Forme) -> dict[PictureKey, PictureJob]:
    """Return the pictures of the puffs."""
    return {
        (1, "puff", number): PictureJob(
            picture=replace(puff.lead.package.article.pictures[0], crop=None),
            width=puff.rect.width * PUFF_PICTURE,
            height=puff.rect.height,
            paper=forme.layout.colour("paper").screen,
            ground=forme.layout.colour("paper").ink,
            ppi=forme.layout.resolution.most,
        )
        for number, puff in enumerate(_puffs(forme))
    }


def puff_views(
    forme: Forme, pictures: Mapping[PictureKey, PreparedPicture]
) -> Iterator[Teaser]:
    """Yield the puffs."""
    for number, puff in enumerate(_puffs(forme)):
        package = puff.lead.package
        article = package.article
        prepared = pictures.get((1, "puff", number))
        yield Teaser(
            rect=puff.rect,
            section=package.section,
            page=puff.lead.page,
            headline=lines_html("p", "t-puff", puff.headline),
            src=prepared.name if prepared else "",
            alt=article.pictures[0].said(article.title),
            article=package.id,
        )


# ---------------------------------------------------------------- contents


def place_contents(
    forme: Forme, geometry: Geometry, page: PagePlan
) -> ContentsView | None:
    """Return the contents panel with as many entries as it holds, evenly spread."""
    panel = page.contents
    if panel is None:
        return None
    layout = forme.layout
    rect = geometry.rect(panel.column, panel.line, panel.columns, panel.lines)
    rect = replace(rect, height=rect.height - Length(_barcode_room(forme)))
    title = layout.style("group-flag").leading.pt + PANEL_PT
    room = rect.height.pt - 2 * PANEL_PT - title
    chosen = _choose(_wanted(forme), layout, room)
    left = room - sum(_depth(lead, layout) for lead in chosen)
    between = min(WIDEST_PT, left / max(1, len(chosen) - 1))
    top = rect.top.pt + PANEL_PT + title
    entries = []
    for lead in sorted(chosen, key=lambda one: one.page):
        depth = _depth(lead, layout)
        place = Rect(
            left=rect.left + Length(PANEL_PT),
            top=Length(top),
            width=rect.width - Length(2 * PANEL_PT),
            height=Length(depth),
        )
        blurb = lines_html("p", "t-blurb", lead.shape.blurb)
        entries.append(
            Teaser(
                rect=place,
                section=lead.package.section,
                page=lead.page,
                headline=lines_html("p", "t-entry", lead.entry),
                blurb=blurb if lead.blurb else NO_MARKUP,
                article=lead.package.id,
            )
        )
        top += depth + between
    return ContentsView(rect=rect, entries=tuple(entries))


def place_barcode(
    forme: Forme, geometry: Geometry, page: PagePlan
) -> BarcodeView | None:
    """Return the bar code under the contents panel, or beside the masthead.

    It stands on bare paper: no tint lies under its bars.
    """
    code, panel = forme.barcode, page.contents
    if code is None:
        return None
    if panel is not None and _barcode_room(forme):
        within = geometry.rect(panel.column, panel.line, panel.columns, panel.lines)
        left = within.left + (within.width - code.width) / 2
        top = within.top + within.height - code.height
    else:
        within = geometry.strip(0, forme.layout.furniture.masthead)
        left = within.left + within.width - code.width
        top = within.top + (within.height - code.height) / 2
    return BarcodeView(
        rect=Rect(left=left, top=top, width=code.width, height=code.height),
        svg=code.svg,
        code=code.code,
        add_on=code.add_on,
    )


def _barcode_room(forme: Forme) -> float:
    """Return the points that the bar code takes from the contents panel's place."""
    style = forme.layout.furniture.barcode
    if forme.barcode is None or style.where is not BarcodePlace.CONTENTS:
        return 0.0
    return forme.barcode.height.pt + ABOVE_PT


def _wanted(forme: Forme) -> list[_Lead]:
    """Return what the panel should lead to, first things first.

    Sections of which nothing is puffed come first, then the other sections, each with
    its best article; then the rest, and last what is puffed already.
    """
    puffs = [puff.lead.package for puff in _puffs(forme)]
    puffed, shown = {one.id for one in puffs}, {one.section for one in puffs}
    seen: set[str] = set()
    ranked: list[tuple[int, _Lead]] = []
    for lead in _leads(forme):
        section = lead.package.section
        if lead.package.id in puffed:
            rank = 3
        elif section in seen:
            rank = 2
        else:
            seen.add(section)
            rank = int(section in shown)
        ranked.append((rank, lead))
    return [lead for _, lead in sorted(ranked, key=lambda one: one[0])]


def _choose(leads: list[_Lead], layout: Layout, room: float) -> list[_Lead]:
    """Return the entries that fit, the best first, blurbs where there is room."""
    chosen: list[_Lead] = []
    for lead in leads:
        needed = _depth(lead, layout) + BETWEEN_PT
        if needed <= room:
            chosen.append(lead)
            room -= needed
    for lead in chosen:
        needed = _lines(lead.shape.blurb, "blurb", layout)
        if 0 < len(lead.shape.blurb) <= LONGEST_BLURB and needed <= room:
            lead.blurb = True
            room -= needed
    return chosen


def _depth(lead: _Lead, layout: Layout) -> float:
    blurb = _lines(lead.shape.blurb, "blurb", layout) if lead.blurb else 0.0
    kicker = layout.style("kicker").leading.pt
    return kicker + _lines(lead.entry, "entry", layout) + blurb


def _lines(lines: tuple[GalleyLine, ...], style: str, layout: Layout) -> float:
    return len(lines) * layout.style(style).leading.pt
