"""Pictures are ordered as the layout wants them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from press.compose.article import Copyist, picture_jobs
from press.compose.place import Geometry
from press.manifest.layout import read_layout
from press.model.article import Article, Picture, Slug
from press.model.flatplan import Box, FigurePlace, Setting
from press.model.furniture import Figure, FigureShape, Measured
from press.model.galley import Galley
from press.model.layout import Head
from press.model.package import Package
from press.model.printer import Resolution

ROOT = Path(__file__).parents[2]


def a_box_with_a_picture(resolution: int) -> Copyist:
    read = read_layout(ROOT, "tabloid").value
    assert read is not None
    printer = replace(read.printer, pictures=Resolution(most=resolution))
    layout = replace(read, printer=printer)
    shape = FigureShape(columns=2, natural=14, least=12, most=16)
    setting = Setting(
        head=None,
        arrangement=Head.OVER,
        frames=(),
        slack=(),
        start=0,
        stop=0,
        figures=(FigurePlace(figure=0, column=0, line=0, depth=14, shape=shape),),
    )
    picture = Picture(file="mill.jpg", pixels=(1500, 1000))
    article = Article(slug=Slug("mill"), title="Mill", pictures=(picture,))
    return Copyist(
        layout=layout,
        geometry=Geometry(layout=layout, grid=layout.grid("news"), top=3),
        page=2,
        box=Box(package="mill", column=0, line=0, columns=2, lines=30, setting=setting),
        package=Package(
            id="mill",
            section="News",
            template="news",
            grid="news",
            priority=3,
            articles=(article,),
        ),
        measured=Measured(
            package="mill",
            galley=Galley(measure=140.0, blocks=()),
            heads=(),
            figures=(Figure(picture=0, shapes=(shape,)),),
        ),
    )


def test_a_picture_is_ordered_at_the_resolution_of_the_layout() -> None:
    (job,) = picture_jobs(a_box_with_a_picture(resolution=133)).values()

    assert job.ppi == 133
