"""The digest in a browser: readable for everybody, and never wider than the window."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pikepdf
import pytest

from press.adapters.jinja import JinjaTemplates
from press.adapters.mrml import MrmlRenderer
from press.desk.mail import mail_desk
from press.desk.reading import read_desk
from press.digest.make import MailTools, make_digest
from press.digest.preview import (
    check_outlook,
    outlook,
    views,
    with_pictures,
    without_images,
)
from press.model.article import Direction
from press.model.digest import Digest, MailPalette, Variant
from press.model.look import Scheme
from press.ports import Browser
from tests.browsers import a_browser, axe
from tests.digest.builders import (
    LAYOUTS,
    ROOT,
    SmallLab,
    a_house,
    a_picture,
    an_article,
    an_edition,
)

WIDTHS = (320, 375, 600)
pytestmark = pytest.mark.rendered

BOTH = pytest.mark.parametrize("scheme", list(Scheme))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as started:
        yield started


def a_replica() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(820, 1077))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Every mail of the sample edition as a reader gets it, by its name."""
    root = tmp_path_factory.mktemp("paper")
    shutil.copy(ROOT / "press.yaml", root)
    for folder in ("editions", "layouts"):
        shutil.copytree(ROOT / folder, root / folder)
    desk = read_desk(root, "2024-09").value
    assert desk is not None
    slugs = [one.slug for s in desk.edition.print.sections for one in s.articles]
    boxes = [{"part": 0, "articles": slugs}]
    flatplan = {"pages": [{"page": 12, "articles": boxes}]}
    mail = mail_desk(desk)
    made = mail.make(
        {"flatplan.json": json.dumps(flatplan).encode(), "replica.pdf": a_replica()}
    )
    assert made.value is not None, made.findings
    return [
        (variant.name, with_pictures(variant.html, made.value.pictures))
        for variant in mail.filled(made.value)
    ]


@BOTH
def test_axe_finds_nothing_in_the_sample_digest(
    browser: Browser, sample: list[tuple[str, str]], scheme: Scheme
) -> None:
    assert len(sample) > 1
    for name, html in sample:
        assert axe(browser, html, scheme) == [], name


@pytest.mark.parametrize("width", WIDTHS)
def test_the_sample_digest_is_never_wider_than_the_window(
    browser: Browser, sample: list[tuple[str, str]], width: int
) -> None:
    for name, html in sample:
        for page in (html, without_images(html)):
            extent = browser.measure(page, width=width)
            assert extent.width <= width, (name, extent)


def test_outlook_shows_the_sample_digest_as_wide_as_it_is_meant(
    browser: Browser, sample: list[tuple[str, str]]
) -> None:
    for name, html in sample:
        assert list(check_outlook(html)) == [], name
        assert browser.measure(outlook(html), width=640).wide == (), name


def test_no_view_of_the_preview_is_wider_than_its_window(
    browser: Browser, sample: list[tuple[str, str]]
) -> None:
    _, html = sample[0]
    for view in views(html):
        extent = browser.measure(view.html, width=view.width)
        assert extent.fits, (view.name, extent)


def test_the_views_of_the_preview_are_what_a_browser_shows(
    browser: Browser, sample: list[tuple[str, str]]
) -> None:
    """Pixel by pixel, and whatever the surroundings of who looks at them."""
    _, html = sample[0]
    shown = {view.name: view.html for view in views(html)}

    light, dark = Scheme.LIGHT, Scheme.DARK
    for name, scheme, opened in (("desk", light, dark), ("desk-dark", dark, light)):
        seen = browser.shoot(html, width=640, scheme=scheme)
        assert browser.shoot(shown[name], width=640, scheme=opened) == seen


ARABIC = {
    "title": "ضريبة على المعرفة",
    "standfirst": "من دفع ثمن الأخبار، ومن لم يدفع؟",
    "kicker": "ثمن الأخبار",
    "lang": "ar",
    "direction": Direction.RTL,
}


def variant_of(layout: str, *, arabic: bool = False) -> Variant:
    own: dict[str, Any] = ARABIC if arabic else {}
    articles = tuple(
        an_article(slug, pictures=(a_picture(),), **own)
        for slug in ("taxes", "post", "deposit")
    )
    edition = an_edition(articles)
    assert edition.digest is not None
    plan = replace(edition.digest, note="أيها القراء" if arabic else "Dear readers")
    edition = replace(edition, digest=plan, lang="ar" if arabic else "en-GB")
    tools = MailTools(
        palette=MailPalette(),
        templates=JinjaTemplates(LAYOUTS / layout),
        renderer=MrmlRenderer(),
        lab=SmallLab(),
    )
    made: Digest | None = make_digest(edition, a_house(), tools).value
    assert made is not None
    return made.public


@BOTH
@pytest.mark.parametrize("arabic", [False, True], ids=["english", "arabic"])
@pytest.mark.parametrize("layout", ["tabloid", "a4"])
def test_every_layout_is_readable_in_both_directions(
    browser: Browser, layout: str, scheme: Scheme, *, arabic: bool
) -> None:
    html = variant_of(layout, arabic=arabic).html

    assert axe(browser, html, scheme) == []
    for width in WIDTHS:
        assert browser.measure(html, width=width).width <= width


RIGHT = """
[...document.querySelectorAll("h2, p.teaser")].map(one => {
  const range = document.createRange(); range.selectNodeContents(one);
  const box = one.getBoundingClientRect(), words = range.getBoundingClientRect();
  return [box.right - words.right, words.left - box.left];
})
"""


@pytest.mark.parametrize("layout", ["tabloid", "a4"])
def test_an_arabic_edition_begins_at_the_right(browser: Browser, layout: str) -> None:
    html = variant_of(layout, arabic=True).html

    lines = browser.run(html, RIGHT, width=640)

    assert lines
    assert all(right <= left for right, left in lines)


FAULTS = {
    "color-contrast": ("</body>", '<p style="color:#bbb">Faint words</p></body>'),
    "image-alt": ("</body>", '<img src="data:image/gif;base64,R0lGOD"></body>'),
    "link-name": ("</body>", '<a href="https://quoin.example/"></a></body>'),
    "html-has-lang": ('lang="en-GB"', ""),
    "heading-order": ("</body>", "<h6>Small</h6></body>"),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_a_fault_that_is_planted_is_seen(
    browser: Browser, sample: list[tuple[str, str]], rule: str
) -> None:
    _, html = sample[0]
    old, new = FAULTS[rule]

    found = axe(browser, html.replace(old, new, 1))

    assert {one.partition(":")[0] for one in found} >= {rule}


def test_a_table_that_is_too_wide_is_seen(
    browser: Browser, sample: list[tuple[str, str]]
) -> None:
    _, html = sample[0]
    wide = '<table style="width:700px"><tr><td>x</td></tr></table></body>'

    assert browser.measure(html.replace("</body>", wide), width=320).width > 320
