"""The paper's own matter on the page: house ads and the imprint."""

from __future__ import annotations

from dataclasses import replace

from press.compose.forme import Forme
from press.compose.place import Geometry
from press.compose.view import AdView, ImprintView, Rect, TextView
from press.model.flatplan import AdBox, PagePlan
from press.model.furniture import AD_PT, AdShape
from press.model.galley import lines_html
from press.model.layout import AdDesign
from press.model.length import Length
from press.model.page import NO_MARKUP

IMPRINT_PT = 5.0


def place_ad(forme: Forme, geometry: Geometry, box: AdBox) -> AdView:
    """Return a house ad in the design that suits its depth, words in the middle."""
    ad = next(ad for ad in forme.house.house_ads if ad.id == box.ad)
    rect = geometry.rect(box.column, box.line, box.columns, box.lines)
    design, shape = _design(forme, box)
    top = rect.top + (rect.height - Length(shape.words)) / 2
    width = rect.width * design.words - Length(2 * AD_PT)
    head = Length(len(shape.head) * forme.layout.style(design.head).leading.pt)
    left = rect.left + Length(AD_PT)
    text = Length(len(shape.text) * forme.layout.style(design.text).leading.pt)
    under = top + Length(shape.words) - text
    beside = rect.left + rect.width * design.words
    return AdView(
        ad=ad,
        rect=rect,
        design=design.name,
        head=TextView(
            rect=Rect(left=left, top=top, width=width, height=head),
            html=lines_html("p", f"t-{design.head}", shape.head),
        ),
        text=TextView(
            rect=Rect(left=left, top=under, width=width, height=text),
            html=lines_html("p", f"t-{design.text}", shape.text),
        ),
        act=replace(
            rect,
            left=beside,
            top=rect.top + Length(AD_PT),
            width=rect.left + rect.width - beside - Length(AD_PT),
            height=rect.height - Length(2 * AD_PT),
        ),
        code=forme.codes.get(ad.url, NO_MARKUP),
        address=ad.url.removeprefix("https://").rstrip("/"),
    )


def _design(forme: Forme, box: AdBox) -> tuple[AdDesign, AdShape]:
    """Return the largest design that suits a depth and holds the ad."""
    shapes = {shape.design: shape for shape in dict(forme.own.ads)[box.ad]}
    fitting = [
        (design, shapes[design.name])
        for design in forme.layout.ads
        if design.least <= box.lines and shapes[design.name].depth <= box.lines
    ]
    return fitting[-1]


def place_imprint(forme: Forme, geometry: Geometry, page: PagePlan) -> ImprintView:
    """Return the imprint under the last page's stories."""
    own = forme.own
    rect = geometry.strip(page.top + page.lines + 1, own.imprint_depth - 1)
    gutter, count = forme.layout.grids[0].gutter, len(own.imprint)
    width = (rect.width - gutter * (count - 1)) / count
    columns = tuple(
        TextView(
            rect=replace(
                rect,
                left=rect.left + (width + gutter) * number,
                top=rect.top + Length(IMPRINT_PT),
                width=width,
                height=rect.height - Length(IMPRINT_PT),
            ),
            html=lines_html("p", "t-imprint", lines),
        )
        for number, lines in enumerate(own.imprint)
    )
    return ImprintView(rect=rect, columns=columns)
