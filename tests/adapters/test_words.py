"""HarfBuzz, Pyphen and QR codes: how wide, where divided, how coded."""

from __future__ import annotations

import io
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
import segno
from fontTools.ttLib import TTFont

from press.adapters.harfbuzz import HarfBuzzShaper
from press.adapters.hyphens import PyphenHyphenator
from press.adapters.qr import SegnoCodes
from press.model.errors import MissingToolError
from press.model.length import Length
from press.model.type import Cut
from tests.adapters.sheets import own_faces, the_layout

FACES = tuple(the_layout().faces[number] for number in own_faces())
BODY = Cut(family="Press Serif", weight=400, italic=False, size=Length.of_pt(10))


@pytest.fixture(scope="module")
def shaper() -> HarfBuzzShaper:
    return HarfBuzzShaper(FACES)


def test_letters_are_as_wide_as_the_face_says(shaper: HarfBuzzShaper) -> None:
    with TTFont(FACES[0].file) as font:
        own = [
            font["hmtx"][font.getBestCmap()[ord(letter)]][0]
            / font["head"].unitsPerEm
            * 10
            for letter in "nnnn"
        ]

    assert list(shaper.advances("nnnn", BODY)) == pytest.approx(own)


def test_there_is_a_width_for_every_character(shaper: HarfBuzzShaper) -> None:
    for text in ("", "office", "e\u0301te\u0301", "a\u00a0b\u00adc", "Правда", "😀 x"):
        assert len(shaper.advances(text, BODY)) == len(text)


def test_kerning_counts(shaper: HarfBuzzShaper) -> None:
    apart = sum(shaper.advances("A", BODY)) + sum(shaper.advances("V", BODY))

    assert sum(shaper.advances("AV", BODY)) < apart - 0.3


def test_tracking_is_added_after_every_letter(shaper: HarfBuzzShaper) -> None:
    tracked = replace(BODY, tracking=0.1)

    more = sum(shaper.advances("abc", tracked)) - sum(shaper.advances("abc", BODY))

    assert more == pytest.approx(3)


def test_bold_and_italic_are_other_faces(shaper: HarfBuzzShaper) -> None:
    widths = {
        round(
            sum(shaper.advances("weight", replace(BODY, weight=weight, italic=italic))),
            3,
        )
        for weight in (400, 700)
        for italic in (False, True)
    }

    assert len(widths) == 4


def test_characters_without_a_glyph_are_each_named_once(
    shaper: HarfBuzzShaper,
) -> None:
    text = "Salam سلام, سلام and Правда, ψεύδος\n日"

    assert shaper.missing(text, ["Press Serif"]) == ("س", "ل", "ا", "م", "日")
    assert shaper.missing("all here", ["Press Serif"]) == ()


def test_capitals_stand_higher_than_small_letters(shaper: HarfBuzzShaper) -> None:
    metrics = shaper.metrics(BODY)

    assert metrics.ascent > metrics.cap_height > metrics.x_height > Length(0)
    assert metrics.descent > Length(0)
    assert metrics.x_height.pt == pytest.approx(4.75, abs=0.3)


def test_a_font_file_that_is_gone_stops_press() -> None:
    gone = replace(FACES[0], file="/nowhere/font.ttf")

    with pytest.raises(MissingToolError, match=r"/nowhere/font\.ttf is not there"):
        HarfBuzzShaper([gone])


def test_a_subset_keeps_the_glyphs_their_numbers_and_their_shapes(
    shaper: HarfBuzzShaper,
) -> None:
    with TTFont(FACES[0].file) as whole:
        wanted = [whole.getGlyphID(whole.getBestCmap()[ord(one)]) for one in "gq"]
        shapes = [whole["glyf"][whole.getGlyphName(one)] for one in wanted]
        with TTFont(io.BytesIO(shaper.subset(FACES[0], wanted))) as cut:
            order = cut.getGlyphOrder()
            for number, shape in zip(wanted, shapes, strict=True):
                kept = cut["glyf"][order[number]]
                assert kept.numberOfContours == shape.numberOfContours
                assert list(kept.coordinates) == list(shape.coordinates)


# ---------------------------------------------------------------- hyphens


def test_words_are_divided_by_the_patterns_of_their_language() -> None:
    hyphens = PyphenHyphenator()

    english = hyphens.points("newspaper", "en-GB")

    assert english
    assert all(0 < at < len("newspaper") for at in english)
    assert hyphens.points("Zeitungspapier", "de-DE") != hyphens.points(
        "Zeitungspapier", "en-GB"
    )


def test_an_exception_is_divided_as_marked_whatever_its_case() -> None:
    hyphens = PyphenHyphenator(["Za-por-izh-zhia", "ofcom"])

    assert tuple(hyphens.points("Zaporizhzhia", "en-GB")) == (2, 5, 8)
    assert tuple(hyphens.points("ZAPORIZHZHIA", "en-GB")) == (2, 5, 8)
    assert tuple(hyphens.points("Ofcom", "en-GB")) == ()


def test_no_word_is_divided_after_an_apostrophe() -> None:
    hyphens = PyphenHyphenator()

    for word in ("government’s", "shouldn't", "o’clock"):
        assert all(word[at - 1] not in "'’" for at in hyphens.points(word, "en-GB"))


@pytest.mark.parametrize("lang", ["tlh", "", "ar"])
def test_words_of_a_language_without_patterns_stay_whole(lang: str) -> None:
    assert tuple(PyphenHyphenator().points("newspaper", lang)) == ()


# ---------------------------------------------------------------- codes


def test_a_code_holds_its_text_with_room_around_it() -> None:
    address = "https://lamp.example/2024-09-7"

    svg = ET.fromstring(SegnoCodes().draw(address))  # noqa: S314  (our own)

    size = segno.make_qr(address, error="m").symbol_size(border=2)
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert svg.get("viewBox") == f"0 0 {size[0]} {size[1]}"
    assert [one.tag.rpartition("}")[2] for one in svg] == ["title", "path"]


def test_a_code_is_the_same_every_time_and_another_for_another_text() -> None:
    codes = SegnoCodes()

    assert codes.draw("https://a.example") == codes.draw("https://a.example")
    assert codes.draw("https://a.example") != codes.draw("https://b.example")


def test_hostile_text_cannot_leave_a_code() -> None:
    assert "<script" not in SegnoCodes().draw('"><script>alert(1)</script>')
