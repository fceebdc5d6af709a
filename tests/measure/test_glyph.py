"""Letters that no face of the layout has: one error an article and script."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from press.adapters.harfbuzz import HarfBuzzShaper
from press.measure.glyph import find_missing
from press.model.article import Article, Picture, Slug
from press.model.copy import (
    Copy,
    Crosshead,
    FactBox,
    ItemList,
    Note,
    Paragraph,
    Run,
    Table,
)
from press.model.finding import Finding, Place, Severity
from press.model.layout import Layout
from tests.adapters.sheets import own_faces, the_layout
from tests.builders import LAYOUT, SquareFont

PLACE = Place(file="editions/2024-09/articles/salt/index.md")


@pytest.fixture(scope="module")
def layout() -> Layout:
    """Return the shipped layout with the faces that every machine has."""
    whole = the_layout()
    return replace(whole, faces=tuple(whole.faces[number] for number in own_faces()))


@pytest.fixture(scope="module")
def shaper(layout: Layout) -> HarfBuzzShaper:
    return HarfBuzzShaper(layout.faces)


def an_article(text: str = "Salt was taxed.", **changes: Any) -> Article:
    body = Copy(blocks=(Paragraph(runs=(Run(text=text),)),))
    standard: dict[str, Any] = {
        "slug": Slug("salt"),
        "title": "The salt tax",
        "standfirst": "Who paid it",
        "byline": ("Ada Marsh",),
        "pull_quotes": ("Salt was taxed.",),
        "body": body,
        "place": PLACE,
    }
    return Article(**(standard | changes))


def found(article: Article, layout: Layout, shaper: HarfBuzzShaper) -> list[Finding]:
    return list(find_missing(article, layout, shaper))


@pytest.mark.parametrize(
    ("text", "script", "characters", "package"),
    [
        (
            "He said سلام",
            "Arabic",
            "س ل ا م (U+0633, U+0644, U+0627)",
            "fonts-noto-core",
        ),
        (
            "گفت پدر",
            "Arabic",
            "گ ف ت پ د ر (U+06AF, U+0641, U+062A)",
            "fonts-noto-core",
        ),
        ("新聞と", "Chinese and Japanese", "新 聞 (U+65B0, U+805E)", "fonts-noto-cjk"),
        ("한국", "Korean", "한 국 (U+D55C, U+AD6D)", "fonts-noto-cjk"),
        ("नमक", "Devanagari", "न म क (U+0928, U+092E, U+0915)", "fonts-noto-core"),
        ("שלום", "Hebrew", "ש ל ו ם (U+05E9, U+05DC, U+05D5)", "fonts-noto-core"),
    ],
)
def test_a_script_without_a_face_is_an_error_with_its_package(
    layout: Layout,
    shaper: HarfBuzzShaper,
    text: str,
    script: str,
    characters: str,
    package: str,
) -> None:
    findings = found(an_article(text), layout, shaper)

    finding = next(one for one in findings if script in one.message)
    assert (finding.code, finding.severity) == ("font.glyphs", Severity.ERROR)
    assert finding.place == PLACE
    assert "“salt”" in finding.message
    assert characters in finding.message
    assert package in str(finding.hint)
    assert "scripts" in str(finding.hint)


def test_there_is_one_error_however_often_and_wherever_a_script_is_used(
    layout: Layout, shaper: HarfBuzzShaper
) -> None:
    article = an_article("سلام سلام", title="سلام", standfirst="م", byline=("س",))

    (finding,) = found(article, layout, shaper)

    assert "4 Arabic characters" in finding.message


def test_many_characters_are_named_in_part(
    layout: Layout, shaper: HarfBuzzShaper
) -> None:
    article = an_article("".join(map(chr, range(0x4E00, 0x4E00 + 40))))

    (finding,) = found(article, layout, shaper)

    assert "40 Chinese and Japanese characters" in finding.message
    assert "and 28 more" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Правда и ложь, Ґедзь, Љубав",
        "Αλήθεια και ψεύδος",
        "Łódź, Þórður, Çeşme, Đà Nẵng, Šiauliai",
        "“quotes” – dashes — … € £ ½ × ° • * * *",
    ],
)
def test_what_the_papers_faces_have_is_set(
    layout: Layout, shaper: HarfBuzzShaper, text: str
) -> None:
    assert found(an_article(text, title=text, kicker=text), layout, shaper) == []


ARABIC = (Run(text="سلام"),)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"title": "سلام"}, id="title"),
        pytest.param({"headline": "سلام"}, id="headline"),
        pytest.param({"short_headline": "سلام"}, id="short headline"),
        pytest.param({"standfirst": "سلام"}, id="standfirst"),
        pytest.param({"kicker": "سلام"}, id="kicker"),
        pytest.param({"byline": ("سلام",)}, id="byline"),
        pytest.param({"contributor": "سلام"}, id="contributor"),
        pytest.param({"pull_quotes": ("سلام",)}, id="pull quote"),
        pytest.param({"pictures": (Picture(file="x", caption="سلام"),)}, id="caption"),
        pytest.param({"pictures": (Picture(file="x", credit="سلام"),)}, id="credit"),
        pytest.param({"body": Copy(blocks=(Crosshead(runs=ARABIC),))}, id="crosshead"),
        pytest.param(
            {"body": Copy(blocks=(ItemList(items=((Paragraph(runs=ARABIC),),)),))},
            id="list",
        ),
        pytest.param(
            {"body": Copy(blocks=(Table(head=(), rows=((ARABIC,),), align=()),))},
            id="table",
        ),
        pytest.param(
            {"body": Copy(blocks=(FactBox(title="سلام", blocks=()),))}, id="fact box"
        ),
        pytest.param(
            {"body": Copy(notes=(Note(number=1, blocks=(Paragraph(runs=ARABIC),)),))},
            id="note",
        ),
    ],
)
def test_everything_an_article_prints_is_looked_at(
    layout: Layout, shaper: HarfBuzzShaper, changes: dict[str, Any]
) -> None:
    assert len(found(an_article(**changes), layout, shaper)) == 1


def test_a_face_for_the_script_settles_it() -> None:
    layout = the_layout()
    if not any(face.script == "Arabic" for face in layout.faces):
        pytest.skip("no face for Arabic is installed (fonts-noto-core)")

    assert found(an_article("سلام"), layout, HarfBuzzShaper(layout.faces)) == []


@pytest.mark.parametrize(
    ("text", "script", "package"),
    [
        ("ܫܠܡܐ", "4 Syriac", "fonts-noto-core"),
        ("ਪੰਜਾਬੀ", "6 Gurmukhi", "fonts-noto-core"),
        ("ગુજરાતી", "7 Gujarati", "fonts-noto-core"),
        ("ខ្មែរ", "5 Khmer", "fonts-noto-core"),
        ("ລາວ", "3 Lao", "fonts-noto-core"),
        ("සිංහල", "5 Sinhala", "fonts-noto-core"),
        ("తెలుగు", "5 Telugu", "fonts-noto-core"),
        ("ಕನ್ನಡ", "4 Kannada", "fonts-noto-core"),
        ("മലയാളം", "6 Malayalam", "fonts-noto-core"),
        ("ქართული", "7 Georgian", "fonts-noto-core"),
        ("Հայերեն", "6 Armenian", "fonts-noto-core"),
        ("አማርኛ", "4 Ethiopic", "fonts-noto-core"),
        ("ᏣᎳᎩ", "3 Cherokee", "layout.yaml"),
    ],
)
def test_a_script_is_called_by_its_name(text: str, script: str, package: str) -> None:
    (finding,) = find_missing(an_article(text), LAYOUT, SquareFont())

    assert f"has {script} characters that no font" in finding.message
    assert package in str(finding.hint)


@pytest.mark.parametrize("sign", ["\U0001f600", "\u2603", "a\u20d7", "\ue000"])
def test_a_sign_of_no_script_is_not_given_one(sign: str) -> None:
    (finding,) = find_missing(an_article(sign), LAYOUT, SquareFont())

    assert "has 1 characters that no font" in finding.message


def test_the_finding_stands_where_the_letters_first_do() -> None:
    first, second = replace(PLACE, line=9), replace(PLACE, line=11)
    title = replace(PLACE, line=2)
    blocks = (
        Paragraph(runs=(Run(text="Salt was taxed."),), place=first),
        Paragraph(runs=(Run(text="As ܡܠܚܐ, and سلام."),), place=second),
    )
    article = an_article(
        title="سلام", body=Copy(blocks=blocks), places=(("title", title),)
    )

    findings = list(find_missing(article, LAYOUT, SquareFont()))

    places = {finding.place.line: finding.message for finding in findings}
    assert set(places) == {2, 11}
    assert "Arabic" in places[2]
    assert "Syriac" in places[11]
