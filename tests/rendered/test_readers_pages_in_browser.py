"""Readers' pages in a browser: readable for everybody, and never wider than the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from press.desk.counter import Purpose
from press.model.look import Scheme
from press.model.subscriber import NOBODY
from press.ports import Browser
from press.web.texts import LANGUAGES
from tests.browsers import a_browser, axe
from tests.databases import a_database
from tests.digest.builders import a_house
from tests.web.site import SECRET, Site, a_site

pytestmark = pytest.mark.rendered

WIDTHS = (320, 600)
LONG = "A very long name of a newsletter-that-has-no-place-to-break-anywhere-at-all"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as started:
        yield started


#: All languages have the same pages; this one has the longest words.
QUICK = ("de",)


def _languages() -> Iterator[object]:
    for texts in LANGUAGES:
        marks = () if texts.lang in QUICK else pytest.mark.long
        yield pytest.param(texts.lang, marks=marks)


@pytest.fixture(scope="module", params=_languages())
def pages(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> list[Path]:
    """Every page there is, as files."""
    folder = tmp_path_factory.mktemp("readers")
    house = a_house(lang=request.param)
    with (
        a_database("sqlite", folder) as database,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setenv("PRESS_SECRET", SECRET)
        patch.setenv("PRESS_DATABASE", database)
        with a_site(folder, house) as site:
            site.books.connection.run("UPDATE list SET title = ? WHERE id = 2", LONG)
            return [written(folder, name, page) for name, page in shown(site)]


def shown(site: Site) -> Iterator[tuple[str, str]]:
    yield "unsubscribe", site.get(site.path(Purpose.UNSUBSCRIBE)).text
    chosen = {"list": "digest", "name": LONG}
    yield "preferences", site.post(site.path(Purpose.PREFERENCES), chosen).text
    yield "confirm", site.get(site.path(Purpose.CONFIRM, "bob")).text
    yield "confirmed", site.post(site.path(Purpose.CONFIRM, "bob"), {}).text
    yield "subscribe", site.get("/mail/subscribe").text
    yield "wrong", site.post("/mail/subscribe", {"email": LONG}).text
    yield "asked", site.post("/mail/subscribe", {"email": "x@quoin.example"}).text
    yield "left", site.post(site.path(Purpose.UNSUBSCRIBE)).text
    yield "ended", site.get(site.path(Purpose.PREFERENCES)).text
    trial = site.books.secret.sign(NOBODY, Purpose.UNSUBSCRIBE)
    yield "trial", site.get(f"/mail/unsubscribe/{trial}").text
    yield "missing", site.get("/").text


def written(folder: Path, name: str, page: str) -> Path:
    file = folder / f"{name}.html"
    file.write_text(page, "utf-8")
    return file


@pytest.mark.parametrize("scheme", list(Scheme))
def test_axe_finds_nothing_on_any_page(
    browser: Browser, pages: list[Path], scheme: Scheme
) -> None:
    for page in pages:
        assert axe(browser, page, scheme, off=()) == [], page.name


def test_no_page_is_wider_than_its_window(browser: Browser, pages: list[Path]) -> None:
    for page in pages:
        for width in WIDTHS:
            extent = browser.measure(page, width=width)
            assert extent.width <= width, (page.name, extent)


def test_a_button_is_large_enough_for_a_thumb(
    browser: Browser, pages: list[Path]
) -> None:
    script = """[...document.querySelectorAll('button, .field input')]
        .map(one => one.getBoundingClientRect().height)"""

    heights = [
        height for page in pages for height in browser.run(page, script, width=320)
    ]

    assert len(heights) > 8
    assert min(heights) >= 44
