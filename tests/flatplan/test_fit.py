"""How many lines and words a package is over or under where it stands."""

from __future__ import annotations

from dataclasses import replace

from press.flatplan.fit import find_fits
from press.flatplan.plan import plan
from press.model.fit import Fit
from press.model.flatplan import (
    Box,
    FigurePlace,
    Flatplan,
    PagePlan,
    QuotePlace,
    Setting,
)
from press.model.furniture import Measured
from press.model.layout import Head
from press.model.package import Package
from tests.builders import an_article
from tests.flatplan.builders import (
    HEAD,
    WORDS_A_LINE,
    a_head,
    a_measured,
    a_panel,
    a_photo,
    a_quote,
    a_story,
)
from tests.flatplan.test_plan import an_edition


def a_setting(**changes: object) -> Setting:
    plain = Setting(
        head=a_head(2), arrangement=Head.OVER, frames=(), slack=(), start=0, stop=0
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # any of its fields


def a_page(number: int, package: str, setting: Setting, part: int = 0) -> PagePlan:
    box = Box(
        package=package,
        column=0,
        line=0,
        columns=2,
        lines=30,
        setting=setting,
        part=part,
    )
    return PagePlan(
        number=number,
        section="News",
        grid="news",
        opens=number == 1,
        top=2,
        lines=38,
        boxes=(box,),
    )


def the_fit(
    story: tuple[Package, Measured], *settings: Setting, first_page: int = 1
) -> Fit:
    """Return the fit of a story that stands so on pages that follow one another."""
    package, measured = story
    pages = tuple(
        a_page(first_page + part, package.id, setting, part)
        for part, setting in enumerate(settings)
    )
    (fit,) = find_fits(Flatplan(pages=pages), [package], {package.id: measured})
    return fit


def a_place(depth: int, figure: int = 0, columns: int = 2) -> FigurePlace:
    shape = a_photo().over(columns)
    assert shape is not None
    return FigurePlace(figure=figure, column=0, line=3, depth=depth, shape=shape)


def test_copy_that_fills_its_box_by_itself_fits() -> None:
    fit = the_fit(a_story("salt", 40), a_setting())

    assert (fit.over, fit.over_words) == (0, 0)
    assert (fit.words, fit.lines, fit.pages) == (40 * WORDS_A_LINE, 40, (1,))


def test_a_picture_that_was_cropped_for_the_text_shows_copy_over() -> None:
    fit = the_fit(a_story("salt", 40, a_photo()), a_setting(figures=(a_place(13),)))

    assert fit.cropped == 3 * 2  # of 16 lines, over two columns
    assert (fit.over, fit.over_words) == (6, 6 * WORDS_A_LINE)


def test_a_picture_that_was_made_deeper_shows_copy_under() -> None:
    fit = the_fit(a_story("salt", 40, a_photo()), a_setting(figures=(a_place(20),)))

    assert fit.stretched == 4 * 2
    assert (fit.over, fit.over_words) == (-8, -8 * WORDS_A_LINE)


def test_what_the_grid_alone_takes_of_a_picture_counts_for_nothing() -> None:
    story = a_story("salt", 40, a_photo(depth=8.3))
    shape = a_photo(depth=8.3).over(2)
    assert shape is not None
    place = replace(a_place(17), shape=shape)  # 16.6 lines by itself

    assert the_fit(story, a_setting(figures=(place,))).over == 0


def test_a_panel_is_as_deep_as_its_words_and_counts_for_nothing() -> None:
    shape = a_panel().over(1)
    assert shape is not None
    place = FigurePlace(figure=0, column=0, line=3, depth=20, shape=shape)

    assert (
        the_fit(a_story("salt", 40, a_panel()), a_setting(figures=(place,))).over == 0
    )


def test_quotes_and_white_show_copy_under() -> None:
    quote = QuotePlace(quote=0, column=0, line=3, lines=6)
    story = a_story("salt", 40, quotes=(a_quote(),))

    fit = the_fit(story, a_setting(quotes=(quote,), slack=(1, 0, 2)))

    assert (fit.quoted, fit.slack, fit.over) == (6, 3, -9)


def test_an_article_that_jumps_is_one_with_all_its_pages() -> None:
    fit = the_fit(
        a_story("salt", 90, a_photo()),
        a_setting(slack=(1,)),
        a_setting(head=None, slack=(2,)),
        first_page=3,
    )

    assert (fit.pages, fit.slack) == ((3, 4), 3)


def test_the_head_says_how_it_came_out() -> None:
    article = an_article(
        "salt",
        words=160,
        headline="Headline",
        short_headline="Short one",
        standfirst="What it is.",
    )
    package, measured = a_story("salt", 40)
    package = replace(package, articles=(article,))

    fit = the_fit((package, measured), a_setting())

    assert fit.head is not None
    assert (fit.head.lines, fit.head.columns) == (1, 2)
    assert fit.head.standfirst_out
    assert not fit.head.short

    shape = replace(a_head(2), headline=("Short", "one"))
    short = the_fit((package, measured), a_setting(head=shape)).head
    assert short is not None
    assert short.short
    assert short.lines == 2


def test_an_article_that_was_held_over_is_over_by_the_least_that_it_needs() -> None:
    package, measured = a_story("salt", 40, a_panel(depth=9))

    (fit,) = find_fits(Flatplan(pages=()), [package], {"salt": measured})

    assert fit.pages == ()
    assert fit.over == 40 + HEAD + 9
    assert fit.head is None


def test_without_a_plan_no_article_has_a_page() -> None:
    package = a_story("salt", 40)[0]

    (fit,) = find_fits(None, [package], {"salt": a_measured(40)})

    assert fit.pages == ()


def test_every_package_of_a_plan_is_told_once_in_the_order_of_pages() -> None:
    order = an_edition(1)
    planned = plan(order).value
    assert planned is not None
    packages = [package for section in order.sections for package in section.packages]

    fits = find_fits(planned, packages, order.measured)

    assert sorted(one.package for one in fits) == sorted(one.id for one in packages)
    first = [one.pages[0] for one in fits if one.pages]
    assert first == sorted(first)
    assert {one.package for one in fits if not one.pages} == set(planned.held_over)
