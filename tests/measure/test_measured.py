from __future__ import annotations

from press.measure.measured import measure
from press.model.copy import FactBox
from press.model.furniture import Measured
from press.model.package import Package
from tests.builders import (
    LAYOUT,
    Divider,
    SquareFont,
    a_package,
    a_picture,
    an_article,
    paragraph,
)

ARTICLE = an_article(
    "taxes",
    FactBox(title="Facts", blocks=(paragraph("fact"),)),
    words=40,
    byline=("Ada Marsh",),
    pictures=(a_picture(),),
    pull_quotes=("Ink is dear",),
)


def measured(package: Package) -> Measured:
    return measure(package, LAYOUT, SquareFont(), Divider())


def test_pictures_come_before_panels() -> None:
    found = measured(a_package(ARTICLE))

    assert [figure.picture for figure in found.figures] == [0, None]
    assert found.galley.lines == 10
    assert (len(found.quotes), found.byline_depth) == (1, 2)
    assert found.teaser is not None


def test_a_group_has_text_and_heads_only() -> None:
    found = measured(a_package(ARTICLE, template="brief"))

    assert (found.figures, found.quotes, found.byline) == ((), (), ())
    assert (found.jump_heads, found.teaser, found.byline_depth) == ((), None, 0)
    assert found.galley.lines > 10


def test_the_same_package_measures_the_same_twice() -> None:
    assert measured(a_package(ARTICLE)) == measured(a_package(ARTICLE))
