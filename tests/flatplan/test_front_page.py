"""The front page: with its contents panel, or without one where the layout has none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from press.flatplan.candidate import Candidate, PageRoom, SectionTask
from press.flatplan.ways import Ways
from press.manifest.layout import read_layout
from press.model.article import Article, Slug
from press.model.furniture import Measured
from press.model.galley import Galley
from press.model.package import Package

ROOT = Path(__file__).parents[2]
LINES = 30


def an_article_that_fills(columns: int, lines: int) -> Candidate:
    leaves = [dict[int, float]() for _ in range(3)]
    leaves[columns - 1][lines] = 1.0
    return Candidate(
        package=Package(
            id="mill",
            section="News",
            template="news",
            grid="page",
            priority=1,
            articles=(Article(slug=Slug("mill"), title="Mill"),),
        ),
        measured=Measured(
            package="mill", galley=Galley(measure=140.0, blocks=()), heads=()
        ),
        leaves=tuple(leaves),
    )


def a_front_page(contents: tuple[int, int], article: Candidate) -> SectionTask:
    read = read_layout(ROOT, "a4").value
    assert read is not None
    layout = replace(read, furniture=replace(read.furniture, contents=contents))
    return SectionTask(
        name="News",
        candidates=(article,),
        pages=(PageRoom(number=1, lines=LINES, front=True),),
        layout=layout,
        grid="page",
        ads=(),
    )


@pytest.mark.parametrize(
    ("contents", "columns"),
    [((0, 0), 3), ((LINES, LINES), 2)],
    ids=["no panel", "a panel of one column"],
)
def test_a_front_page_has_a_contents_panel_where_the_layout_wants_one(
    contents: tuple[int, int], columns: int
) -> None:
    article = an_article_that_fills(columns, LINES)
    task = a_front_page(contents, article)

    ways = Ways(task).whole(task.pages[0])

    assert [way.used for way in ways] == [1]


def test_a_front_page_is_not_made_without_the_panel_that_the_layout_wants() -> None:
    task = a_front_page((LINES, LINES), an_article_that_fills(3, LINES))

    assert Ways(task).whole(task.pages[0]) == []
