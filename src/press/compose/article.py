"""An article's part on a page, placed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from press.compose.place import Geometry
from press.compose.text import frame_html
from press.compose.view import (
    ArticleView,
    HeadlineView,
    PictureView,
    Rect,
    TextView,
)
from press.model.article import Picture, PictureKind
from press.model.flatplan import Box, FigurePlace, Setting
from press.model.furniture import CAPTION_PT, TOP_PT, Measured
from press.model.galley import lines_html
from press.model.layout import Layout
from press.model.length import Length
from press.model.package import Package
from press.model.page import Html
from press.model.picture import PictureJob, PreparedPicture

#: White under a byline's rule, in grid lines.
BYLINE_WHITE = 0.5
#: Names a picture on a page: page, package, number of the figure.
PictureKey = tuple[int, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copyist:
    """All that is needed to place one box.

    Attributes:
        layout: The layout.
        geometry: The page's coordinates.
        page: Page number.
        box: The box.
        package: Its package.
        measured: The package measured.
        jump_to: The page it continues on; None where it ends here.
        jump_from: The page it began on; None where it begins here.
    """

    layout: Layout
    geometry: Geometry
    page: int
    box: Box
    package: Package
    measured: Measured
    jump_to: int | None = None
    jump_from: int | None = None

    @property
    def setting(self) -> Setting:
        """How the package fills the box."""
        return self.box.setting

    def at(self, column: int, line: float, columns: int, lines: float) -> Rect:
        """Return a rectangle counted from the box's corner."""
        return self.geometry.rect(
            self.box.column + column, self.box.line + line, columns, lines
        )


def picture_jobs(one: Copyist) -> dict[PictureKey, PictureJob]:
    """Return the pictures a box needs, at the size at which it prints them."""
    out = {}
    for place in one.setting.figures:
        picture = _picture(one, place)
        if picture is not None:
            rect = _picture_rect(one, place, picture)
            template = one.layout.template(one.package.template)
            paper = one.layout.colour("tint" if template.tint else "paper")
            out[one.page, one.package.id, place.figure] = PictureJob(
                picture=picture,
                width=rect.width,
                height=rect.height,
                paper=paper.screen,
                ground=paper.ink,
                ppi=one.layout.resolution.most,
            )
    return out


def place_article(
    one: Copyist, pictures: Mapping[PictureKey, PreparedPicture]
) -> ArticleView:
    """Return a box with everything in its place."""
    box, setting, package = one.box, one.setting, one.package
    template = one.layout.template(package.template)
    head = setting.head
    line = setting.head_line
    return ArticleView(
        id=package.id,
        part=box.part,
        template=template.name,
        priority=package.priority,
        lang=package.article.lang,
        dir=package.article.direction.value,
        rect=one.at(0, 0, box.columns, box.lines),
        tint=template.tint,
        flag=template.flag if template.group and box.part == 0 else "",
        kicker=_kicker(one),
        kicker_rect=(
            one.at(setting.head_column, line, head.columns, head.kicker)
            if head and head.kicker
            else None
        ),
        headline=_headline(one),
        standfirst=_standfirst(one),
        byline=_byline(one),
        frames=tuple(_frames(one)),
        figures=tuple(_figure(one, place, pictures) for place in setting.figures),
        quotes=tuple(_quotes(one)),
        jump=f"Continued on page {one.jump_to}" if one.jump_to else "",
        jump_rect=_jump_rect(one),
        ends=one.jump_to is None,
    )


def _kicker(one: Copyist) -> str:
    if one.box.part:
        return f"From page {one.jump_from}"
    return one.package.article.kicker


def _headline(one: Copyist) -> HeadlineView | None:
    head, setting = one.setting.head, one.setting
    if head is None or not head.headline:
        return None
    line = setting.head_line + head.kicker
    rect = one.at(setting.head_column, line, head.columns, head.headline_depth)
    return HeadlineView(
        rect=Rect(
            left=rect.left,
            top=rect.top + Length(head.lift),
            width=rect.width,
            height=Length(head.leading * len(head.headline)),
        ),
        lines=head.headline,
        size=Length(head.size),
        leading=Length(head.leading),
        style=one.layout.template(one.package.template).headline,
    )


def _standfirst(one: Copyist) -> TextView | None:
    head, setting = one.setting.head, one.setting
    if head is None or not head.standfirst:
        return None
    line = setting.head_line + head.kicker + head.headline_depth
    return TextView(
        rect=one.at(setting.head_column, line, head.columns, head.standfirst_depth),
        html=lines_html("p", "t-standfirst standfirst", head.standfirst),
    )


def _byline(one: Copyist) -> TextView | None:
    if not one.setting.byline:
        return None
    first, depth = one.setting.frames[0], one.measured.byline_depth
    rect = one.at(first.column, first.line - depth, 1, depth - BYLINE_WHITE)
    html = lines_html("p", "t-byline", one.measured.byline)
    return TextView(rect=rect, html=html)


def _jump_rect(one: Copyist) -> Rect | None:
    if one.jump_to is None:
        return None
    last = one.setting.frames[-1]
    return one.at(last.column, last.line + last.lines, 1, 1)


def _frames(one: Copyist) -> list[TextView]:
    body = one.layout.grid(one.package.grid).body
    out = []
    for frame in one.setting.frames:
        inside = frame_html(one.measured.galley, frame.slices, one.layout.leading.pt)
        out.append(
            TextView(
                rect=one.at(frame.column, frame.line, 1, frame.lines),
                html=Html(f'<div class="t-{body}">{inside}</div>'),
            )
        )
    return out


def _quotes(one: Copyist) -> list[TextView]:
    return [
        TextView(
            rect=one.at(place.column, place.line + 1, 1, place.lines - 2),
            html=lines_html("p", "t-quote", one.measured.quotes[place.quote].lines),
        )
        for place in one.setting.quotes
    ]


# ---------------------------------------------------------------- pictures


def _picture(one: Copyist, place: FigurePlace) -> Picture | None:
    number = one.measured.figures[place.figure].picture
    return None if number is None else one.package.article.pictures[number]


def _picture_rect(one: Copyist, place: FigurePlace, picture: Picture) -> Rect:
    rect = one.at(place.column, place.line, place.shape.columns, place.depth)
    width, height = rect.width, rect.height - Length(TOP_PT)
    if picture.kind is PictureKind.CHART:  # whole, if need be narrower than its columns
        height = min(height, width * picture.ratio)
        width = min(width, height / picture.ratio)
    return Rect(
        left=rect.left + (rect.width - width) / 2,
        top=rect.top + Length(TOP_PT),
        width=width,
        height=height,
    )


def _figure(
    one: Copyist,
    place: FigurePlace,
    pictures: Mapping[PictureKey, PreparedPicture],
) -> PictureView:
    picture, shape = _picture(one, place), place.shape
    if picture is None:
        rect = one.at(place.column, place.line, shape.columns, place.depth)
        return PictureView(rect=rect, panel=Html(shape.html))
    rect = _picture_rect(one, place, picture)
    prepared = pictures.get((one.page, one.package.id, place.figure))
    caption = None
    if shape.caption:
        under = rect.top + rect.height + Length(CAPTION_PT)
        caption = TextView(
            rect=Rect(
                left=one.at(place.column, 0, 1, 1).left,
                top=under,
                width=one.geometry.grid.width(shape.columns),
                height=one.geometry.lines(shape.caption_depth) - Length(CAPTION_PT),
            ),
            html=lines_html("figcaption", "t-caption", shape.caption),
        )
    return PictureView(
        rect=rect,
        src=prepared.name if prepared else "",
        alt=picture.said(one.package.article.title),
        whole=picture.kind is PictureKind.CHART,
        caption=caption,
    )
