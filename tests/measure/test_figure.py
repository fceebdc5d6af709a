from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.measure.figure import measure_pictures, measure_quotes
from press.model.article import Picture, PictureKind
from press.model.furniture import TOP_PT, Figure, FigureShape
from press.model.printer import Resolution
from tests.builders import EM, GRID, LAYOUT, TEMPLATE, a_composer, a_picture, an_article

LEAST_PPI = Resolution().least

ROOM = (TEMPLATE, GRID, LAYOUT, a_composer())


def figure(picture: Picture) -> Figure:
    (found,) = measure_pictures(an_article(pictures=(picture,)), *ROOM)
    return found


def test_a_photograph_may_be_cropped_by_a_quarter_of_its_depth() -> None:
    """A column is 190 pt: 95 pt of picture and 2.3 pt above are 9.73 lines.

    0.74 of that is 7.2, so at least 8 lines; 1.26 of it is 12.26, so at most 12.
    """
    found = figure(a_picture())

    one, two, three = found.shapes
    assert [s.natural for s in found.shapes] == pytest.approx([9.73, 19.73, 29.73])
    assert (one.least, one.most) == (8, 12)
    assert (two.least, two.most) == (15, 24)
    assert (three.least, three.most) == (23, 37)
    assert one.ppi == pytest.approx(4000 * 72 / 190)


def test_a_chart_is_never_cropped_but_may_stand_a_little_narrower() -> None:
    found = figure(a_picture(kind=PictureKind.CHART))

    shapes = {shape.columns: (shape.least, shape.most) for shape in found.shapes}
    assert shapes == {2: (18, 20), 3: (27, 30)}


def test_an_upright_chart_can_be_read_in_one_column() -> None:
    found = figure(a_picture(kind=PictureKind.CHART, pixels=(1000, 1500)))

    assert found.over(1) is not None


def test_a_crop_that_the_editor_asked_for_is_kept() -> None:
    found = figure(a_picture(crop=1.0))

    assert [(s.least, s.most) for s in found.shapes] == [(20, 20), (40, 40), (60, 60)]


def test_a_portrait_stands_in_one_column_only() -> None:
    found = figure(a_picture(kind=PictureKind.PORTRAIT, pixels=(1000, 1200)))

    assert found.portrait
    assert [shape.columns for shape in found.shapes] == [1]


def test_a_drawing_is_sharp_at_any_size() -> None:
    found = figure(a_picture(drawn=True, pixels=(300, 150)))

    assert [shape.columns for shape in found.shapes] == [1, 2, 3]


@pytest.mark.parametrize(
    ("made_for", "columns"),
    [
        (0, [1, 2, 3]),  # not told
        (390, [2]),  # 190 pt are less than 0.9 of it, 590 pt more than 1.4
        (200, [1]),  # 190 pt are 0.95 of it, 390 pt nearly twice
        (430, [2, 3]),
        (900, [3]),  # wider than the page: as wide as can be
        (100, [1]),  # narrower than a column: as narrow as can be
    ],
)
def test_a_drawing_keeps_near_the_width_it_was_made_for(
    made_for: float, columns: list[int]
) -> None:
    found = figure(a_picture(drawn=True, made_for=made_for))

    assert [shape.columns for shape in found.shapes] == columns


def test_a_picture_deeper_than_any_page_is_not_set_so_wide() -> None:
    found = figure(a_picture(pixels=(3000, 8000)))

    assert [shape.columns for shape in found.shapes] == [1]


def test_a_caption_takes_its_lines_and_the_white_around_it() -> None:
    """Nineteen letters a line; 3.5 pt above and 5 pt below are one line more."""
    found = figure(a_picture(caption="A press in the hall", credit="Ada Marsh"))

    one, two, _ = found.shapes
    assert [line.html for line in one.caption] == [
        "A press in the hall",
        "<em>Ada Marsh</em>",
    ]
    assert one.caption_depth == 3
    assert [line.html for line in two.caption] == [
        "A press in the hall<em> Ada Marsh</em>"
    ]
    assert two.caption_depth == 2


def test_under_a_picture_without_caption_one_line_is_white() -> None:
    assert {shape.caption_depth for shape in figure(a_picture()).shapes} == {1}


def printed_ppi(picture: Picture, shape: FigureShape, depth: int) -> float:
    """Return the pixels an inch of a picture cropped to fill its place."""
    width = GRID.width(shape.columns).pt
    height = depth * EM - TOP_PT
    return min(picture.pixels[0] / width, picture.pixels[1] / height) * 72


@pytest.mark.parametrize("ratio", [0.5, 0.56, 2 / 3, 0.75, 1.0, 1.25])
@pytest.mark.parametrize("crop", [None, 1.0, 1.5, 16 / 9])
def test_no_crop_sets_a_photograph_below_100_ppi_where_its_width_does_not(
    ratio: float, crop: float | None
) -> None:
    for across in range(270, 1100, 3):
        picture = a_picture(pixels=(across, round(across * ratio)), crop=crop)

        for shape in figure(picture).shapes:
            depths = range(shape.least, shape.most + 1)
            least = min(printed_ppi(picture, shape, depth) for depth in depths)
            assert least >= min(LEAST_PPI, shape.ppi), (across, shape)


@given(st.integers(100, 2000), st.floats(0.4, 1.8))
def test_a_photograph_with_few_pixels_is_set_over_one_column_only(
    across: int, ratio: float
) -> None:
    found = figure(a_picture(pixels=(across, round(across * ratio))))

    assert all(s.ppi >= LEAST_PPI for s in found.shapes if s.columns > 1)


def test_a_template_shows_so_many_pictures_the_first_ones() -> None:
    article = an_article(pictures=(a_picture(),) * 4)

    assert [f.picture for f in measure_pictures(article, *ROOM)] == [0, 1]


def test_a_pull_quote_is_set_in_quotation_marks_with_white_around_it() -> None:
    """Two lines of 10 pt and 12 pt of white are four lines, and one above and below."""
    article = an_article(pull_quotes=("The ink is never dry", "Another"))

    (quote,) = measure_quotes(article, *ROOM)

    text = " ".join(line.html for line in quote.lines)
    assert text == "“The ink is never dry”"
    assert (len(quote.lines), quote.depth) == (2, 6)


def test_a_quote_that_has_its_marks_gets_no_others() -> None:
    (quote,) = measure_quotes(an_article(pull_quotes=("“Ink is dear”",)), *ROOM)

    assert [line.html for line in quote.lines] == ["“Ink is dear”"]
