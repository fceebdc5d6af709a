from __future__ import annotations

from dataclasses import replace

import pytest

from press.measure.glyph import find_missing
from press.model.copy import Note
from press.model.finding import Severity
from tests.builders import LAYOUT, SquareFont, a_picture, an_article, paragraph


def test_letters_without_a_font_are_one_error_a_script_with_the_package_to_install() -> (
    None
):
    article = an_article(
        "taxes",
        paragraph("Хлеб и вино"),
        standfirst="パン",
        notes=[Note(number=1, blocks=(paragraph("خبز"),))],
    )

    found = {one.message: one for one in find_missing(article, LAYOUT, SquareFont())}

    cyrillic, arabic, japanese = (
        next(one for text, one in found.items() if f" {script} " in text)
        for script in ("Cyrillic", "Arabic", "Japanese")
    )
    assert len(found) == 3
    assert "has 8 Cyrillic characters" in cyrillic.message
    assert ": Х л е б и в н о (" in cyrillic.message
    assert "U+0425" in cyrillic.message
    assert arabic.hint is not None
    assert "fonts-noto-core" in arabic.hint
    assert japanese.hint is not None
    assert "fonts-noto-cjk" in japanese.hint
    assert all(one.severity is Severity.ERROR for one in found.values())


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Ж"},
        {"short_headline": "Ж"},
        {"kicker": "Ж"},
        {"standfirst": "Ж"},
        {"byline": ("Ж",)},
        {"contributor": "Ж"},
        {"pull_quotes": ("Ж",)},
        {"pictures": (a_picture(caption="Ж"),)},
        {"pictures": (a_picture(credit="Ж"),)},
    ],
)
def test_every_text_of_an_article_is_looked_at(changes: dict[str, object]) -> None:
    article = replace(an_article("taxes"), **changes)  # type: ignore[arg-type]

    (found,) = find_missing(article, LAYOUT, SquareFont())

    assert "1 Cyrillic character" in found.message


def test_copy_that_the_fonts_can_set_has_no_finding() -> None:
    article = an_article("taxes", paragraph("naïve café"), byline=("Zoë Ångström",))

    assert not list(find_missing(article, LAYOUT, SquareFont()))
