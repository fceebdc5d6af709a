"""Pages composed: the flatplan's boxes as views for the layout's templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from press.compose.article import Copyist, PictureKey, picture_jobs, place_article
from press.compose.forme import Forme
from press.compose.front import place_barcode, place_contents, puff_jobs, puff_views
from press.compose.house import place_ad, place_imprint
from press.compose.place import Geometry
from press.compose.view import PageView, Rect, RuleView, SpaceView
from press.model.flatplan import Box, PagePlan
from press.model.length import ZERO, Length
from press.model.picture import PictureJob, PreparedPicture

THIN_PT, FINE_PT = 0.5, 0.3


def jobs(forme: Forme) -> dict[PictureKey, PictureJob]:
    """Return every picture the pages need, at the size at which they print it."""
    out: dict[PictureKey, PictureJob] = {}
    for page in forme.flatplan.pages:
        for box in page.boxes:
            out |= picture_jobs(_copyist(forme, page, box))
    return out | puff_jobs(forme)


def compose_page(
    forme: Forme, page: PagePlan, pictures: Mapping[PictureKey, PreparedPicture]
) -> PageView:
    """Return one page with everything in its place."""
    layout, house, edition = forme.layout, forme.house, forme.edition
    geometry = _geometry(forme, page)
    furniture = layout.furniture
    front = page.number == 1
    space = _space(forme, geometry, page)
    flag = layout.section(page.section).flag if page.opens else 0
    if space is not None and space.whole:
        flag = 0
    copyists = [_copyist(forme, page, box) for box in page.boxes]
    copyists.sort(key=lambda c: (c.package.priority, c.box.line, c.box.column))
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
        puffs=tuple(puff_views(forme, pictures)) if front else (),
        articles=tuple(place_article(one, pictures) for one in copyists),
        ads=tuple(place_ad(forme, geometry, ad) for ad in page.ads),
        space=space,
        contents=place_contents(forme, geometry, page),
        imprint=place_imprint(forme, geometry, page) if page.imprint else None,
        barcode=place_barcode(forme, geometry, page) if front else None,
        rules=tuple(_rules(forme, geometry, page)),
    )


def _space(forme: Forme, geometry: Geometry, page: PagePlan) -> SpaceView | None:
    box = page.space
    if box is None:
        return None
    one = forme.edition.print.advertisements[box.advertisement]
    layout = forme.layout
    whole = layout.is_whole(layout.space(one.size))
    rect = geometry.rect(0, box.line, geometry.grid.columns, box.lines)
    if whole:
        rect = Rect(left=ZERO, top=ZERO, width=layout.width, height=layout.height)
    return SpaceView(
        advertisement=box.advertisement,
        advertiser=one.advertiser,
        rect=rect,
        alone=box.alone,
        whole=whole,
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


# ---------------------------------------------------------------- beside articles


def _rules(forme: Forme, geometry: Geometry, page: PagePlan) -> Iterator[RuleView]:
    """Yield a rule above and left of every box that does not stand at the edge.

    No rule stands between columns where the edge of a tint parts them.
    """
    tints = [box for box in page.boxes if _is_tinted(forme, box)]
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
        parted = any(
            (column in (tint.column, tint.column + tint.columns))
            and tint.line <= line
            and line + lines <= tint.line + tint.lines
            for tint in tints
        )
        if column and not parted:
            yield RuleView(
                rect=Rect(
                    left=rect.left - half - Length(FINE_PT / 2),
                    top=rect.top,
                    width=Length(FINE_PT),
                    height=rect.height,
                ),
                upright=True,
            )


def _is_tinted(forme: Forme, box: Box) -> bool:
    return forme.layout.template(forme.packages[box.package].template).tint
