"""A paper of four pages, its flatplan made by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from press.adapters.harfbuzz import HarfBuzzShaper
from press.adapters.hyphens import PyphenHyphenator
from press.adapters.jinja import JinjaTemplates
from press.adapters.qr import SegnoCodes
from press.compose.article import PictureKey
from press.compose.forme import Forme
from press.compose.page import compose_page
from press.compose.view import PageView
from press.flatplan.fill import Rows, fill
from press.measure.composer import Composer
from press.measure.house import measure_house
from press.measure.measured import measure
from press.model.article import Article, Picture, Slug
from press.model.copy import Copy, Paragraph, Run
from press.model.edition import Edition, EditionId, PrintPlan
from press.model.flatplan import (
    AdBox,
    Box,
    FigurePlace,
    Flatplan,
    Frame,
    Jump,
    PagePlan,
    PanelBox,
    Setting,
    Term,
)
from press.model.furniture import HeadShape, Measured
from press.model.house import AdId, House, HouseAd, Imprint, Sender
from press.model.layout import Head
from press.model.package import Package
from press.model.picture import PreparedPicture
from tests.adapters.sheets import the_layout

SENTENCE = "The presses ran through the night and the vans were late. "
AD = HouseAd(
    id=AdId("subscribe"),
    headline="Read more",
    text="Four thousand readers pay for every page.",
    button="Subscribe for £39",
    url="https://lamp.example/subscribe",
)


@lru_cache(maxsize=1)
def shaper() -> HarfBuzzShaper:
    return HarfBuzzShaper(the_layout().faces)


def an_article(slug: str, words: int = 300, **changes: Any) -> Article:
    text = " ".join((SENTENCE * (words // 11 + 1)).split()[:words])
    standard: dict[str, Any] = {
        "slug": Slug(slug),
        "title": f"The story of {slug}",
        "standfirst": f"What happened to {slug}",
        "byline": ("Ada Marsh",),
        "body": Copy(blocks=(Paragraph(runs=(Run(text=text),)),)),
    }
    return Article(**(standard | changes))


def a_package(article: Article, section: str = "News", **changes: Any) -> Package:
    standard: dict[str, Any] = {
        "id": str(article.slug),
        "section": section,
        "template": "news",
        "grid": "news",
        "priority": 2,
        "articles": (article,),
    }
    return Package(**(standard | changes))


def a_house(**changes: Any) -> House:
    standard: dict[str, Any] = {
        "title": "The Lamp",
        "strapline": "Light on paper",
        "lang": "en-GB",
        "timezone": "Europe/London",
        "website": "https://lamp.example",
        "imprint": Imprint(
            publisher="Lamp Ltd",
            address=("1 Wick Street", "London"),
            printer="Tallow Print",
            printer_address=("2 Wax Road", "Hull"),
        ),
        "sender": Sender(name="The Lamp", email="digest@lamp.example"),
        "house_ads": (AD,),
    }
    return House(**(standard | changes))


def an_edition(**changes: Any) -> Edition:
    standard: dict[str, Any] = {
        "id": EditionId("2024-09"),
        "number": 67,
        "title": "September 2024",
        "on_sale": dt.date(2024, 8, 30),
        "price": "£3.95",
        "print": PrintPlan(layout="tabloid", sections=()),
    }
    return Edition(**(standard | changes))


def a_picture(**changes: Any) -> Picture:
    return Picture(
        **{
            "file": "images/salt.jpg",
            "alt": "A salt pan",
            "caption": "Salt drying at Guérande",
            "credit": "Ada Marsh",
            "lead": True,
            "pixels": (1800, 1200),
            **changes,
        }
    )


@dataclass
class Paper:
    """What the four pages are made of; a test changes what it is about."""

    articles: Mapping[str, Article] = field(
        default_factory=lambda: {
            "salt": an_article("salt", 900, kicker="Taxes", pictures=(a_picture(),)),
            "mills": an_article("mills"),
            "post": an_article("post", pictures=(a_picture(file="images/post.jpg"),)),
            "leader": an_article("leader"),
        }
    )
    house: House = field(default_factory=a_house)
    edition: Edition = field(default_factory=an_edition)
    leader_address: str = ""

    def forme(self) -> Forme:
        layout = the_layout()
        packages = {
            "salt": a_package(self.articles["salt"], priority=1, splash=True),
            "mills": a_package(self.articles["mills"], priority=5),
            "post": a_package(self.articles["post"], "World", priority=5),
            "leader": a_package(
                self.articles["leader"],
                "Comment",
                grid="feature",
                template="comment",
                priority=5,
                address=self.leader_address,
                code=SegnoCodes().draw(self.leader_address or "-"),
            ),
        }
        measured = {
            name: measure(package, layout, shaper(), PyphenHyphenator())
            for name, package in packages.items()
        }
        composer = Composer(layout, shaper(), None)
        own = measure_house(self.house, self.house.house_ads, layout, composer)
        return Forme(
            edition=self.edition,
            house=self.house,
            layout=layout,
            flatplan=_flatplan(measured),
            packages=packages,
            measured=measured,
            own=own,
            codes={ad.url: SegnoCodes().draw(ad.url) for ad in self.house.house_ads},
        )

    def views(
        self, pictures: Mapping[PictureKey, PreparedPicture] | None = None
    ) -> list[PageView]:
        forme = self.forme()
        return [
            compose_page(forme, page, pictures or {}) for page in forme.flatplan.pages
        ]

    def html(self) -> list[str]:
        templates = JinjaTemplates(Path(the_layout().folder))
        return [
            templates.fill("page.html.j2", {"page": view})
            for view in self.views(PREPARED)
        ]


PREPARED = {
    (1, "salt", 0): PreparedPicture(name="a1.jpg", pixels=(900, 600), ppi=220),
    (1, "puff", 0): PreparedPicture(name="b2.jpg", pixels=(300, 200), ppi=220),
}


def a_head(heads: Sequence[HeadShape], columns: int) -> HeadShape:
    return next(head for head in heads if head.columns == columns)


def a_setting(
    measured: Measured,
    columns: int,
    lines: int,
    *,
    start: int = 0,
    figure: int = 0,
) -> Setting:
    """Return copy poured into equal columns under a head over all of them.

    A `figure` of so many lines stands over the first column.
    """
    rows = Rows(measured.galley)
    head = a_head(measured.jump_heads if start else measured.heads, columns)
    under = head.depth
    slots = [(column, under, lines - under - 1) for column in range(columns)]
    places: tuple[FigurePlace, ...] = ()
    if figure:
        shape = measured.figures[0].over(1)
        assert shape is not None
        places = (
            FigurePlace(figure=0, column=0, line=under, depth=figure, shape=shape),
        )
        taken = figure + shape.caption_depth + 1
        slots[0] = (0, under + taken, lines - under - 1 - taken)
    if not start and measured.byline_depth:
        column, line, depth = slots[0]
        slots[0] = (
            column,
            line + measured.byline_depth,
            depth - measured.byline_depth,
        )
    filling = fill(rows, slots, start)
    starts = (start, *filling.stops[:-1])
    return Setting(
        head=head,
        arrangement=Head.OVER,
        byline=not start and measured.byline_depth > 0,
        figures=places,
        frames=tuple(
            Frame(column=c, line=at, lines=depth, slices=rows.slices(first, stop))
            for (c, at, depth), first, stop in zip(
                slots, starts, filling.stops, strict=False
            )
        ),
        slack=tuple(filling.slack),
        start=start,
        stop=filling.stops[-1],
        terms=(Term(name="crop", cost=0.25), Term(name="white", cost=1.5)),
    )


def _a_small_box(package: str, measured: Mapping[str, Measured]) -> Box:
    """Return a whole package at the top left: two columns of 30 lines."""
    setting = a_setting(measured[package], 2, 30)
    return Box(package=package, column=0, line=0, columns=2, lines=30, setting=setting)


def _flatplan(measured: Mapping[str, Measured]) -> Flatplan:
    salt = a_setting(measured["salt"], 3, 40, figure=12)
    rest = a_setting(measured["salt"], 3, 40, start=salt.stop)
    pages = (
        PagePlan(
            number=1,
            section="News",
            grid="news",
            opens=True,
            top=22,
            lines=66,
            boxes=(
                Box(
                    package="salt", column=0, line=0, columns=3, lines=40, setting=salt
                ),
            ),
            contents=PanelBox(column=3, line=0, columns=2, lines=40),
            cost=1.75,
        ),
        PagePlan(
            number=2,
            section="News",
            grid="news",
            opens=False,
            top=3,
            lines=85,
            boxes=(_a_small_box("mills", measured),),
        ),
        PagePlan(
            number=3,
            section="World",
            grid="news",
            opens=True,
            top=7,
            lines=81,
            boxes=(
                Box(
                    package="salt",
                    part=1,
                    column=2,
                    line=32,
                    columns=3,
                    lines=40,
                    setting=rest,
                ),
                _a_small_box("post", measured),
            ),
        ),
        PagePlan(
            number=4,
            section="Comment",
            grid="feature",
            opens=True,
            top=8,
            lines=70,
            boxes=(_a_small_box("leader", measured),),
            ads=(AdBox(ad=AD.id, column=0, line=40, columns=4, lines=12),),
            imprint=True,
        ),
    )
    jump = Jump(package="salt", part=1, from_page=1, to_page=3)
    return Flatplan(pages=pages, jumps=(jump,), held_over=("corrections",))
