"""What press makes of MJML looks as what MJML's own engine makes of it.

Both are shown in Chromium, with grey boxes for pictures. They are equal where neither
is higher than the other by more than a pixel, and less than one pixel in a thousand
differs by more than 32 of 255 in any colour.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from press.adapters.chromium import ChromiumBrowser
from press.adapters.mrml import MrmlRenderer
from press.digest.finish import finish
from press.digest.mjml import guard
from press.digest.mjml.token import tokenize
from press.digest.mjml.write import write
from tests.browsers import a_browser
from tests.judges.official import ask, examples, public, template

pytestmark = pytest.mark.long

WIDTHS = (320, 640)
HIGHER = 1
DIFFERENT = 32
SHARE = 0.001

#: Findings without which mrml could not be asked.
REFUSED = {"digest.unsupported", "digest.markup"}
#: Documents that look different, and why that is right.
MEANT = {
    "mjml-accordion.1 640": "the icons are 24 pixels by default, 32 in MJML 4",
    "mjml-hero.2 640": 'mrml has no mode="fluid-height", of which the guard warns',
    "onepage 320": "200 - 50 pixels of a picture are 149 to the official engine",
    "onepage 640": "200 - 50 pixels of a picture are 149 to the official engine",
    "ugg-royale 320": "a seventh of a row is 14 % to the official engine",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[ChromiumBrowser]:
    grey = io.BytesIO()
    Image.new("L", (600, 300), 160).save(grey, "PNG")
    with a_browser(given=lambda _: grey.getvalue()) as browser:
        yield browser


def test_public_templates_look_as_the_official_engine_makes_them(
    browser: ChromiumBrowser,
) -> None:
    documents = public("campaigns")
    different = _different(browser, documents, WIDTHS)

    assert different.keys() <= MEANT.keys()
    for width in WIDTHS:
        there = sum(name.endswith(f" {width}") for name in different)
        assert there <= 2, "at least 23 of 25 are equal"


def test_documents_in_the_official_engines_pages_look_as_it_makes_them(
    browser: ChromiumBrowser,
) -> None:
    documents = {
        name: text
        for name, text in examples().items()
        if not {found.code for found in guard(template(text)).findings} & REFUSED
    }

    assert len(documents) > 20
    assert _different(browser, documents, (640,)).keys() <= MEANT.keys()


def test_a_small_difference_is_seen(browser: ChromiumBrowser) -> None:
    page = "<p style='margin:0;font:16px serif'>{} is printed in Hull and read here</p>"
    lamp, lump = page.format("The Lamp"), page.format("The Lump")
    high, higher = (f"<p style='height:{size}px'>" for size in (900, 902))

    assert _share(browser, lamp, lamp, 320) == 0
    assert _share(browser, lamp, lump, 320) > SHARE
    assert _share(browser, high, higher, 320) == 1


def _different(
    browser: ChromiumBrowser, documents: Mapping[str, str], widths: tuple[int, ...]
) -> dict[str, float]:
    """Return the documents that look different, with the share of pixels that do."""
    answers = ask(documents)
    shares = {
        f"{_short(name)} {width}": _share(
            browser, _made(text), answers[name].html, width
        )
        for name, text in documents.items()
        for width in widths
    }
    different = {name: share for name, share in shares.items() if share >= SHARE}
    for width in widths:
        some = [name for name in different if name.endswith(f" {width}")]
        equal = len(documents) - len(some)
        sys.stdout.write(
            f"{equal} of {len(documents)} look equal, {width} wide; {some}\n"
        )
    return different


def _short(name: str) -> str:
    return Path(name).name.removesuffix(".mjml").removeprefix("templates__")


def _made(text: str) -> str:
    """Return what press makes of a document, whatever it has to say of it."""
    filled = template(text)
    guarded = write(filled, tuple(tokenize(filled.text)))
    html = MrmlRenderer().render(guarded.mjml.text, guarded.styles)
    return finish(guarded.completed(html))


def _share(browser: ChromiumBrowser, one: str, other: str, width: int) -> float:
    """Return the share of pixels that differ; 1 where the heights do."""
    first, second = (_pixels(browser.shoot(page, width=width)) for page in (one, other))
    if abs(len(first) - len(second)) > HIGHER:
        return 1
    height = min(len(first), len(second))
    differ = np.abs(first[:height] - second[:height]).max(axis=2) > DIFFERENT
    return float(differ.mean())


def _pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)
