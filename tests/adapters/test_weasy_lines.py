"""What is drawn stands where its lines say."""

from __future__ import annotations

import ctypes
import itertools

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from press.model.facts import TextLine
from tests.adapters.sheets import (
    LEADING,
    LEFT,
    MEASURE,
    TOP,
    Pressroom,
    a_line,
    a_sheet,
    set_text,
)

pytestmark = pytest.mark.rendered

#: How far a baseline may stand from its grid line, and a line's end from its measure.
ON_GRID_PT, FULL_PT = 0.05, 0.1
PARAGRAPH = (
    "A line is filled when its",
    "last letter stands at the end",
    "of the measure, and no word",
    "space of it is wider than the",
    "others beside it.",
)


def right_edges(pdf: bytes) -> dict[str, float]:
    """Return where the last letter of every line ends, by the line's text."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage()
    try:
        edges: dict[float, tuple[str, float]] = {}
        box = [ctypes.c_double() for _ in range(4)]
        rect = pdfium.FS_RECTF()
        for index in range(text.count_chars()):
            if pdfium.FPDFText_IsGenerated(text, index) == 1:
                continue
            pdfium.FPDFText_GetCharOrigin(text, index, box[0], box[1])
            pdfium.FPDFText_GetLooseCharBox(text, index, rect)
            line = round(box[1].value, 1)
            before = edges.get(line, ("", 0.0))[0]
            letter = chr(pdfium.FPDFText_GetUnicode(text, index))
            edges[line] = (before + letter, rect.right)
        return dict(edges.values())
    finally:
        text.close()
        document.close()


def first_page(pressroom: Pressroom, body: str, css: str = "") -> tuple[TextLine, ...]:
    return pressroom.facts(a_sheet(body), css=css)[0].lines


def test_the_words_are_those_of_the_lines(pressroom: Pressroom) -> None:
    lines = first_page(pressroom, set_text(*PARAGRAPH))

    assert tuple(line.text for line in lines) == PARAGRAPH


def test_every_baseline_stands_on_the_grid(pressroom: Pressroom) -> None:
    many = [*PARAGRAPH] * 12

    lines = first_page(pressroom, set_text(*many))

    assert len(lines) == len(many)
    first = lines[0].baseline
    assert TOP < first < TOP + LEADING
    for number, line in enumerate(lines):
        assert abs(line.baseline - first - number * LEADING) < ON_GRID_PT


@pytest.mark.parametrize(
    "marked",
    [
        "a <em>leaning</em> word",
        "a <strong>heavy</strong> word",
        "a <code>literal</code> word",
        "a raised<sup>12</sup> note",
        "a lowered<sub>2</sub> sign",
        'a <span lang="el">ξένος</span> word',
    ],
)
def test_marks_leave_the_lines_on_the_grid(pressroom: Pressroom, marked: str) -> None:
    lines = first_page(pressroom, set_text("one", marked, "three", "four"))

    body = [line for line in lines if abs(line.size - 9.0) < 0.1]
    apart = [b.baseline - a.baseline for a, b in itertools.pairwise(body)]
    assert [line.text.split()[0] for line in body] == ["one", "a", "three", "four"]
    assert all(abs(one - LEADING) < ON_GRID_PT for one in apart), apart


def test_paragraphs_stand_where_they_are_placed(pressroom: Pressroom) -> None:
    body = set_text("here", left=80, top=121) + set_text("there", left=300, top=231)

    here, there = first_page(pressroom, body)

    assert (here.text, there.text) == ("here", "there")
    assert abs(here.left - 80) < ON_GRID_PT
    assert abs(there.left - 300) < ON_GRID_PT
    assert abs(there.baseline - here.baseline - 110) < ON_GRID_PT


def test_a_justified_line_is_as_wide_as_its_measure(pressroom: Pressroom) -> None:
    measures = (138.0, MEASURE, 141.5, 146.0)
    lines = [
        a_line(text, justified=True, measure=measure)
        for text, measure in zip(PARAGRAPH, measures, strict=False)
    ]

    edges = right_edges(pressroom.print(a_sheet(set_text(*lines))))

    assert len(edges) == len(lines)
    for edge, measure in zip(edges.values(), measures, strict=True):
        assert abs(edge - LEFT - measure) < FULL_PT


@pytest.mark.parametrize("tracking", [0.08, -0.06])
def test_a_tracked_line_is_as_wide_as_its_measure(
    pressroom: Pressroom, tracking: float
) -> None:
    lines = [a_line(text, justified=True, tracking=tracking) for text in PARAGRAPH[:4]]

    edges = right_edges(pressroom.print(a_sheet(set_text(*lines))))

    assert len(edges) == len(lines)
    ends = [edge + tracking for edge in edges.values()]
    assert all(abs(end - LEFT - MEASURE) < FULL_PT for end in ends)


def test_a_justified_line_with_italics_and_bold_fills_its_measure(
    pressroom: Pressroom,
) -> None:
    text = "of <em>the measure</em>, and <strong>no</strong> word"

    pdf = pressroom.print(a_sheet(set_text(a_line(text, justified=True))))

    (edge,) = right_edges(pdf).values()
    assert abs(edge - LEFT - MEASURE) < FULL_PT


def test_a_last_line_keeps_its_natural_width(pressroom: Pressroom) -> None:
    pdf = pressroom.print(a_sheet(set_text(a_line("others beside it."))))

    (edge,) = right_edges(pdf).values()
    assert edge < LEFT + MEASURE / 2


def test_an_indent_moves_the_line_and_shortens_it(pressroom: Pressroom) -> None:
    line = a_line("last letter stands at", justified=True, indent=9, measure=141)

    sheet = a_sheet(set_text(line))
    pdf = pressroom.print(sheet)

    (edge,) = right_edges(pdf).values()
    assert abs(first_page(pressroom, set_text(line))[0].left - LEFT - 9) < ON_GRID_PT
    assert abs(edge - LEFT - MEASURE) < FULL_PT


def test_a_line_wider_than_its_measure_is_said(pressroom: Pressroom) -> None:
    line = a_line("a line that is much wider than its measure is", measure=90)

    (drawn,) = pressroom.draw(a_sheet(set_text(line)))

    (finding,) = drawn.findings
    assert finding.code == "page.wide-line"
    assert finding.place.page == 1
    assert "a line that is much wider" in finding.message


def test_a_line_a_little_too_wide_is_pulled_in(pressroom: Pressroom) -> None:
    natural = pressroom.print(a_sheet(set_text(PARAGRAPH[1])))
    (edge,) = right_edges(natural).values()
    tight = a_line(PARAGRAPH[1], measure=edge - LEFT - 1.5)

    pdf = pressroom.print(a_sheet(set_text(tight)))

    (pulled,) = right_edges(pdf).values()
    assert abs(pulled - LEFT - tight.measure) < FULL_PT


def test_no_line_is_broken_again(pressroom: Pressroom) -> None:
    line = a_line("wide wide wide wide wide wide wide wide wide", measure=60)

    (drawn,) = pressroom.draw(a_sheet(set_text(line, "next")))

    assert drawn.value is not None
    pages = pressroom.bind([drawn.value])
    assert len(right_edges(pages)) == 2


def test_copy_from_right_to_left_ends_at_the_left(pressroom: Pressroom) -> None:
    left_to_right = set_text("a b")
    turned = left_to_right.replace('<div class="at"', '<div class="at" dir="rtl"')

    (line,) = first_page(pressroom, turned)

    assert line.left > LEFT + MEASURE / 2
