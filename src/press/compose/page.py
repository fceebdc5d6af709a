"""Pages composed: the flatplan's boxes as views for the layout's templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from press.compose.article import Copyist, PictureKey, picture_jobs, place_article
from press.compose.place import Geometry
from press.compose.view import (
    AdView,
    ContentsView,
    ImprintView,
    PageView,
    Rect,
    RuleView,
    Teaser,
)
from press.model.edition import Edition
from press.model.flatplan import AdBox, Box, Flatplan, PagePlan
from press.model.furniture import Measured
from press.model.house import House
from press.model.layout import Layout
from press.model.length import Length
from press.model.package import Package
from press.model.page import Html
from press.model.picture import PictureJob, PreparedPicture

PUFFS = 3
PUFF_PICTURE = 0.36
ENTRY_LINES = 5
THIN_PT, FINE_PT = 0.5, 0.3
#: A house ad this much wider than deep is a strip.
STRIP = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Forme:
    """All that pages are made of.

    Attributes:
        edition: The edition.
        house: The paper.
        layout: The layout.
        flatplan: What stands where.
        packages: By id.
        measured: By package id.
        codes: QR codes of addresses, as SVG.
    """

    edition: Edition
    house: House
    layout: Layout
    flatplan: Flatplan
    packages: Mapping[str, Package]
    measured: Mapping[str, Measured]
    codes: Mapping[str, Html]


def jobs(forme: Forme) -> dict[PictureKey, PictureJob]:
    """Return every picture the pages need, at the size at which they print it."""
    out: dict[PictureKey, PictureJob] = {}
    for page in forme.flatplan.pages:
        for box in page.boxes:
            out |= picture_jobs(_copyist(forme, page, box))
    for number, (package, rect) in enumerate(_puffs(forme)):
        picture = package.article.pictures[0]
        out[1, "puff", number] = PictureJob(
            picture=replace(picture, crop=None),
            width=rect.width * PUFF_PICTURE,
            height=rect.height,
            paper=forme.layout.colour("paper"),
        )
    return out


def compose_page(
    forme: Forme, page: PagePlan, pictures: Mapping[PictureKey, PreparedPicture]
) -> PageView:
    """Return one page with everything in its place."""
    layout, house, edition = forme.layout, forme.house, forme.edition
    geometry = _geometry(forme, page)
    furniture = layout.furniture
    front = page.number == 1
    flag = layout.section(page.section).flag if page.opens else 0
    copyists = [_copyist(forme, page, box) for box in page.boxes]
    copyists.sort(key=lambda c: (c.package.priority, c.box.line, c.box.column))
    imprint = None
    if page.imprint:
        line = page.top + page.lines + 1
        rect = geometry.strip(line, furniture.imprint - 1)
        imprint = ImprintView(imprint=house.imprint, rect=rect)
    return PageView(
        number=page.number,
        left=page.number % 2 == 0,
        front=front,
        section=page.section,
        opens=page.opens,
        paper=house.title,
        strapline=house.strapline,
        website=house.website,
        dateline=edition.title,
        edition=edition.number,
        price=edition.price,
        lang=edition.lang,
        columns=geometry.grid.columns,
        area=geometry.strip(0, layout.lines),
        folio=geometry.strip(0, furniture.folio),
        flag=geometry.strip(furniture.folio, flag) if flag else None,
        masthead=geometry.strip(0, furniture.masthead) if front else None,
        puffs=tuple(_puff_views(forme, pictures)) if front else (),
        articles=tuple(place_article(one, pictures) for one in copyists),
        ads=tuple(_ad(forme, geometry, ad) for ad in page.ads),
        contents=_contents(forme, geometry, page),
        imprint=imprint,
        rules=tuple(_rules(geometry, page)),
    )


def _geometry(forme: Forme, page: PagePlan) -> Geometry:
    grid = forme.layout.grid(page.grid)
    return Geometry(layout=forme.layout, grid=grid, top=page.top)


def _copyist(forme: Forme, page: PagePlan, box: Box) -> Copyist:
    jumps = {
        jump.part: jump for jump in forme.flatplan.jumps if jump.package == box.package
    }
    onward, back = jumps.get(box.part + 1), jumps.get(box.part)
    return Copyist(
        layout=forme.layout,
        geometry=_geometry(forme, page),
        page=page.number,
        box=box,
        package=forme.packages[box.package],
        measured=forme.measured[box.package],
        jump_to=onward.to_page if onward else None,
        jump_from=back.from_page if back else None,
    )


# ---------------------------------------------------------------- front page


def _leads(forme: Forme) -> list[tuple[Package, int]]:
    """Return every section's articles that begin inside the paper, the best first."""
    out: list[tuple[Package, int]] = []
    for page in forme.flatplan.pages:
        for box in page.boxes:
            package = forme.packages[box.package]
            single = len(package.articles) == 1
            if page.number > 1 and box.part == 0 and single:
                out.append((package, page.number))
    return sorted(out, key=lambda one: (one[0].priority, one[1], one[0].order))


def _puffs(forme: Forme) -> list[tuple[Package, Rect]]:
    """Return the articles that are puffed under the masthead, each from a section."""
    furniture = forme.layout.furniture
    if not furniture.puffs:
        return []
    page = forme.flatplan.pages[0]
    strip = _geometry(forme, page).strip(furniture.masthead + 1, furniture.puffs - 2)
    seen: set[str] = set()
    chosen: list[Package] = []
    for package, _ in _leads(forme):
        photos = [p for p in package.article.pictures[:1] if p.kind == "photo"]
        if package.section not in seen and photos and len(chosen) < PUFFS:
            seen.add(package.section)
            chosen.append(package)
    gutter = forme.layout.grids[0].gutter * 2
    width = (strip.width - gutter * (PUFFS - 1)) / PUFFS
    return [
        (
            package,
            Rect(
                left=strip.left + (width + gutter) * number,
                top=strip.top,
                width=width,
                height=strip.height,
            ),
        )
        for number, package in enumerate(chosen)
    ]


def _puff_views(
    forme: Forme, pictures: Mapping[PictureKey, PreparedPicture]
) -> Iterator[Teaser]:
    for number, (package, rect) in enumerate(_puffs(forme)):
        prepared = pictures.get((1, "puff", number))
        article = package.article
        yield Teaser(
            headline=article.short_headline or article.printed_headline,
            text="",
            section=package.section,
            page=forme.flatplan.page_of(package.id) or 0,
            src=prepared.name if prepared else "",
            alt=article.pictures[0].alt,
            rect=rect,
        )


def _contents(forme: Forme, geometry: Geometry, page: PagePlan) -> ContentsView | None:
    panel = page.contents
    if panel is None:
        return None
    room = max(3, (panel.lines - 3) // ENTRY_LINES)
    leads = _leads(forme)
    entries = sorted(leads[:room], key=lambda one: one[1])
    return ContentsView(
        rect=geometry.rect(panel.column, panel.line, panel.columns, panel.lines),
        entries=tuple(
            Teaser(
                headline=package.article.short_headline
                or package.article.printed_headline,
                text=package.article.standfirst,
                section=package.section,
                page=number,
            )
            for package, number in entries
        ),
    )


# ---------------------------------------------------------------- beside articles


def _ad(forme: Forme, geometry: Geometry, box: AdBox) -> AdView:
    ad = next(ad for ad in forme.house.house_ads if ad.id == box.ad)
    rect = geometry.rect(box.column, box.line, box.columns, box.lines)
    wide = rect.width.pt / rect.height.pt
    shape = "strip" if wide >= STRIP else "page" if wide < 1 else "box"
    return AdView(
        ad=ad,
        rect=rect,
        shape=shape,
        code=forme.codes.get(ad.url, Html()),
        address=ad.url.removeprefix("https://"),
    )


def _rules(geometry: Geometry, page: PagePlan) -> Iterator[RuleView]:
    """Yield a rule above and left of every box that does not stand at the edge."""
    gap, half = geometry.layout.gap, geometry.grid.gutter / 2
    places = [(b.column, b.line, b.columns, b.lines) for b in page.boxes]
    if page.contents:
        c = page.contents
        places.append((c.column, c.line, c.columns, c.lines))
    for column, line, columns, lines in places:
        rect = geometry.rect(column, line, columns, lines)
        if line:
            left = half if column else Length(0)
            right = half if column + columns < geometry.grid.columns else Length(0)
            yield RuleView(
                rect=Rect(
                    left=rect.left - left,
                    top=geometry.y(line - gap / 2) - Length(THIN_PT / 2),
                    width=rect.width + left + right,
                    height=Length(THIN_PT),
                ),
                upright=False,
            )
        if column:
            yield RuleView(
                rect=Rect(
                    left=rect.left - half - Length(FINE_PT / 2),
                    top=rect.top,
                    width=Length(FINE_PT),
                    height=rect.height,
                ),
                upright=True,
            )
