"""The web pages as a browser shows them, and as axe-core judges them."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.model.look import Scheme
from tests.browsers import a_browser, axe
from tests.digest.builders import a_picture, an_edition
from tests.digest.web.test_make import BOTH, on_the_web, pages_of, paragraphs

PAGES = ("index.html", "2024-09/index.html", "2024-09/taxes.html", "2024-09/post.html")


def folder_of(root: Path, layout: str) -> Path:
    word = "Donaudampfschifffahrtsgesellschaft" * 3
    articles = [
        on_the_web(pictures=(a_picture(),), members_only=True, paywall=1),
        on_the_web("post", title=word, body=paragraphs(word, "And so on.")),
    ]
    for name, data in pages_of(an_edition(articles), layout=layout).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return root


@BOTH
@pytest.mark.parametrize("scheme", list(Scheme))
def test_axe_finds_nothing_wrong(tmp_path: Path, layout: str, scheme: Scheme) -> None:
    root = folder_of(tmp_path, layout)

    with a_browser() as browser:
        for page in PAGES:
            assert axe(browser, root / page, scheme, off=()) == [], page


@BOTH
def test_no_line_is_wider_than_the_window(tmp_path: Path, layout: str) -> None:
    root = folder_of(tmp_path, layout)

    with a_browser() as browser:
        for page in PAGES:
            for width in (320, 1200):
                extent = browser.measure(root / page, width=width)
                assert extent.wide == (), (page, width)
                assert extent.width <= width, (page, width)
