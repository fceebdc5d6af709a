"""Finished files read back, character by character."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from press.adapters.pdfium import PdfiumReader
from press.model.errors import EngineError
from press.model.facts import TextLine
from tests.adapters.sheets import LEFT, Pressroom, a_line, a_sheet, set_text

GUTTER = 12.75


def a_file(content: str, pages: int = 1) -> bytes:
    """Return a file with text in Helvetica."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=(400, 500))
            page.obj.Resources = Dictionary(
                Font=Dictionary(
                    F1=Dictionary(
                        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica
                    )
                )
            )
            page.obj.Contents = pdf.make_stream(content.encode("latin-1"))
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def lines_of(content: str) -> Sequence[TextLine]:
    (page,) = PdfiumReader().read(a_file(content))
    return page.lines


def test_characters_become_lines_with_place_and_size() -> None:
    content = (
        "BT /F1 10 Tf 50 400 Td (first line) Tj 0 -12 Td (second line) Tj ET "
        "BT /F1 24 Tf 50 300 Td (large) Tj ET"
    )

    first, second, large = lines_of(content)

    assert [one.text for one in (first, second, large)] == [
        "first line",
        "second line",
        "large",
    ]
    assert (first.left, first.baseline, first.size) == pytest.approx((50, 100, 10))
    assert (second.left, second.baseline, second.size) == pytest.approx((50, 112, 10))
    assert (large.left, large.baseline, large.size) == pytest.approx((50, 200, 24))


def test_a_size_is_that_on_the_page_not_in_the_font_operator() -> None:
    (line,) = lines_of("q 0.75 0 0 0.75 0 0 cm BT /F1 12 Tf 40 400 Td (x) Tj ET Q")

    assert line.size == pytest.approx(9)
    assert line.left == pytest.approx(30)


def test_two_columns_drawn_one_after_the_other_stay_apart() -> None:
    left = "".join(
        f"1 0 0 1 50 {400 - 11 * i} Tm (left column {i}) Tj " for i in range(3)
    )
    right = "".join(
        f"1 0 0 1 126 {400 - 11 * i} Tm (right column {i}) Tj " for i in range(3)
    )

    lines = lines_of(f"BT /F1 9 Tf {left}{right}ET")

    assert [one.text for one in lines] == [
        *(f"left column {i}" for i in range(3)),
        *(f"right column {i}" for i in range(3)),
    ]


def test_columns_drawn_line_by_line_stay_apart() -> None:
    rows = "".join(
        f"1 0 0 1 50 {400 - 11 * i} Tm (left) Tj 1 0 0 1 126 {400 - 11 * i} Tm (right) Tj "
        for i in range(2)
    )

    lines = lines_of(f"BT /F1 9 Tf {rows}ET")

    assert [one.text.strip() for one in lines] == ["left", "right"] * 2


@pytest.mark.rendered
def test_justified_columns_a_gutter_apart_stay_apart(pressroom: Pressroom) -> None:
    words = "columns stand close beside"
    full = a_line(words, justified=True, measure=120)
    body = "".join(
        set_text(full, left=LEFT + number * (120 + GUTTER), top=110 + 11 * row)
        for row in range(3)
        for number in range(3)
    )

    (page,) = pressroom.facts(a_sheet(body))

    assert [line.text.strip() for line in page.lines] == [words] * 9


@pytest.mark.rendered
def test_widely_justified_words_stay_one_line(pressroom: Pressroom) -> None:
    line = a_line("four words far apart", justified=True, measure=95)

    (page,) = pressroom.facts(a_sheet(set_text(line)))

    assert [line.text for line in page.lines] == ["four words far apart"]


@pytest.mark.rendered
def test_a_hyphen_at_the_end_of_a_line_is_a_hyphen(pressroom: Pressroom) -> None:
    (page,) = pressroom.facts(a_sheet(set_text("news-", "paper", "co-", "operate")))

    assert [line.text for line in page.lines] == ["news-", "paper", "co-", "operate"]


@pytest.mark.rendered
def test_raised_and_lowered_signs_belong_to_their_line(pressroom: Pressroom) -> None:
    text = "water is H<sub>2</sub>O<sup>4</sup>, they say"

    (page,) = pressroom.facts(a_sheet(set_text(text, "next")))

    texts = [line.text.replace(" ", "") for line in page.lines]
    assert texts == ["waterisH2O4,theysay", "next"]
    assert page.lines[1].baseline - page.lines[0].baseline == pytest.approx(
        11, abs=0.05
    )


@pytest.mark.rendered
def test_a_drop_cap_stands_alone(pressroom: Pressroom) -> None:
    cap = '<p class="at t-drop-cap" style="left:100pt;top:110pt">A</p>'

    (page,) = pressroom.facts(a_sheet(cap + set_text("line goes on", left=130)))

    assert [line.text for line in page.lines] == ["A", "line goes on"]
    assert page.lines[0].size == pytest.approx(42)


def test_hidden_text_is_read_too() -> None:
    lines = lines_of("BT /F1 10 Tf 50 400 Td 3 Tr (not painted) Tj ET")

    assert [one.text for one in lines] == ["not painted"]


def test_turned_text_keeps_its_letters_and_its_size() -> None:
    lines = lines_of("BT /F1 10 Tf 0 1 -1 0 200 100 Tm (upwards) Tj ET")

    assert "".join(one.text for one in lines) == "upwards"
    assert all(one.size == pytest.approx(10) for one in lines)


def test_an_empty_page_has_no_lines() -> None:
    (page,) = PdfiumReader().read(a_file(""))

    assert (page.number, page.width, page.height, page.lines) == (1, 400, 500, ())


def test_some_pages_are_read_by_their_number() -> None:
    pdf = a_file("", pages=3)

    assert PdfiumReader().count(pdf) == 3
    assert [page.number for page in PdfiumReader().read(pdf, [3, 1])] == [3, 1]


def test_pages_are_counted_from_one() -> None:
    pages = PdfiumReader().read(a_file("", pages=3))

    assert [page.number for page in pages] == [1, 2, 3]


def test_a_page_becomes_a_picture_of_its_size() -> None:
    pdf = a_file("0 0 0 rg 0 0 200 500 re f")

    image = Image.open(io.BytesIO(PdfiumReader().picture(pdf, 1, 36)))

    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (200, 250))
    assert image.getpixel((20, 100)) == (0, 0, 0)
    assert image.getpixel((180, 100)) == (255, 255, 255)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"not a PDF", a_file("")[:200]])
def test_a_file_that_cannot_be_read_stops_press(data: bytes) -> None:
    with pytest.raises(EngineError, match="cannot be read back"):
        PdfiumReader().read(data)
