"""What is measured on the plates of a page, in millimetres and per cent of ink."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image

from press.adapters.plates import PdfiumPlates
from press.model.errors import EngineError
from press.model.finding import Area
from press.model.length import PT_PER_MM
from press.model.plates import Edge, PlateFacts
from press.model.printer import Edges, InkLimit, Printer
from tests.adapters.press_files import HEIGHT, WIDTH, a_file, a_printer, box

BLEEDING = a_printer(bleed=3)
BLACK = "0 0 0 1 k"
BODY = f"{BLACK} {box(20, 20, 60, 80)} f"


def seen(*content: str, printer: Printer | None = None) -> PlateFacts:
    pdf = a_file("\n".join(content))
    (facts,) = PdfiumPlates().read(pdf, printer or a_printer())
    return facts


#: PDFium fills whole pixels: a rectangle may be one larger than it is, and areas are
#: told in whole millimetres that hold some of it.
PIXEL, CELL = 0.26, 1.01


def edges(area: Area) -> tuple[float, ...]:
    return area.left, area.top, area.width, area.height


# ---------------------------------------------------------------- ink


def test_the_point_with_the_most_ink_is_told_with_its_inks_and_place() -> None:
    facts = seen(BODY, f"0.8 0.6 0.4 0.5 k {box(40, 70, 2, 1)} f")

    assert facts.peak.ink.total == pytest.approx(230, abs=1)
    assert facts.peak.ink.parts == pytest.approx((0.8, 0.6, 0.4, 0.5), abs=0.01)
    assert 40 <= facts.peak.area.left < 42
    assert 70 <= facts.peak.area.top < 71


def test_patches_over_the_limit_are_found_with_their_share_of_the_page() -> None:
    facts = seen(
        f"0.8 0.8 0.8 0 k {box(20, 20, 30, 20)} f {box(60, 80, 10, 10)} f",
        f"0.7 0.7 0.7 0 k {box(60, 20, 20, 20)} f",
    )

    larger, smaller = facts.peak.patches
    assert edges(larger) == pytest.approx((20, 20, 30, 20), abs=CELL)
    assert edges(smaller) == pytest.approx((60, 80, 10, 10), abs=CELL)
    assert facts.peak.over == pytest.approx(700 / (WIDTH * HEIGHT), rel=0.04)


def test_ink_at_the_limit_is_within_it() -> None:
    facts = seen(f"0.8 0.8 0.6 0 k {box(20, 20, 60, 60)} f")

    assert facts.peak.ink.total == pytest.approx(220, abs=1)
    assert (facts.peak.over, facts.peak.patches) == (0.0, ())


RED = f"0 1 0.9 0 k {box(20, 20, 60, 60)} f"
MARK = f"1 1 1 1 k {box(-6, 50, 4, 0.5)} f"


def test_black_that_overprints_is_told_apart_with_its_area() -> None:
    facts = seen(RED, MARK, f"{BLACK} /Over gs {box(30, 30, 2, 1)} f")

    assert facts.peak.ink.total == pytest.approx(290, abs=1)
    assert facts.peak.fine == pytest.approx(2, abs=1.2)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"{BLACK} {box(30, 30, 2, 1)} f", id="within the limit"),
        pytest.param(f"0 1 0.9 1 k {box(30, 30, 2, 1)} f", id="all inks"),
        pytest.param(
            f"0 1 0.9 0.6 k {box(50, 50, 2, 1)} f"
            f" {BLACK} /Over gs {box(30, 30, 2, 1)} f",
            id="more than black is to blame",
        ),
    ],
)
def test_ink_over_the_limit_is_fine_black_only_where_all_of_it_is(content: str) -> None:
    assert seen(RED, MARK, content).peak.fine is None


def test_the_fullest_square_is_found_where_it_lies() -> None:
    facts = seen(f"1 1 0.5 0 k {box(30, 50, 15, 15)} f {BLACK} {box(60, 60, 20, 20)} f")

    assert facts.window is not None
    assert facts.window.mean == pytest.approx(250, abs=1)
    assert edges(facts.window.area) == (30, 50, 15, 15)


def test_a_small_dark_patch_weighs_little_in_its_square() -> None:
    facts = seen(f"1 1 1 1 k {box(30, 50, 3, 3)} f")

    assert facts.peak.ink.total == 400
    assert facts.window is not None
    assert facts.window.mean == pytest.approx(400 * 9 / 225, abs=3)


def test_a_page_smaller_than_the_square_has_none() -> None:
    printer = a_printer(ink=InkLimit(side=a_printer().height * 2))

    assert seen(BODY, printer=printer).window is None


def test_coverage_is_the_mean_of_each_ink_over_the_trim() -> None:
    facts = seen(f"0.5 0 0 1 k {box(0, 0, WIDTH / 2, HEIGHT)} f")

    assert facts.coverage.parts == pytest.approx((0.25, 0, 0, 0.5), abs=0.005)


def test_a_page_of_black_alone_is_known_from_one_in_colour() -> None:
    assert not seen(BODY).in_colour
    assert seen(BODY, f"0 0.1 0 0 k {box(50, 50, 2, 2)} f").in_colour


def test_a_heat_map_says_how_much_ink_lies_on_each_square() -> None:
    heat = seen(f"1 0 0 1 k {box(10, 5, 5, 5)} f {BLACK} {box(15, 5, 2.5, 5)} f").heat

    assert (heat.side, heat.columns, len(heat.values)) == (5, 20, 20 * 24)
    second_row = heat.values[20:40]
    assert second_row[:5] == pytest.approx((0, 0, 200, 50, 0), abs=1)
    rest = sum(heat.values) - sum(second_row)
    assert rest == pytest.approx(0, abs=15)


# ---------------------------------------------------------------- where ink is


def test_the_rectangle_around_all_ink_is_found() -> None:
    facts = seen(f"{BLACK} {box(20, 30, 10, 5)} f 0.2 0 0 0 k {box(50, 80, 20, 10)} f")

    assert facts.inked is not None
    assert edges(facts.inked) == pytest.approx((20, 30, 50, 60), abs=PIXEL)


def test_an_empty_page_is_empty_even_if_white_is_painted_and_marks_stand_around() -> (
    None
):
    white = f"0 0 0 0 k {box(0, 0, WIDTH, HEIGHT)} f"
    mark = f"1 1 1 1 k {box(-8, 50, 5, 0.3)} f"

    assert seen(white).empty
    assert seen(white, mark).empty
    assert not seen(white, BODY).empty


def test_ink_in_the_margin_is_found_and_ink_in_the_type_area_is_not() -> None:
    facts = seen(f"{BLACK} {box(10, 10, 80, 100)} f {box(2, 50, 3, 4)} f")

    (stray,) = facts.strays
    assert edges(stray) == pytest.approx((2, 50, 3, 4), abs=CELL)


def test_letters_of_a_line_in_the_margin_are_one_stray() -> None:
    squares = " ".join(box(20 + 3 * step, 2, 1, 2) for step in range(10))

    (stray,) = seen(f"{BLACK} {squares} f").strays

    assert edges(stray) == pytest.approx((20, 2, 28, 2), abs=CELL)


def test_what_bleeds_may_stand_in_the_margin_and_what_does_not_may_not() -> None:
    picture = f"0.4 0 0 0 k {box(-3, -3, 50, 40)} f"
    near = f"{BLACK} {box(94, 60, 4, 4)} f"

    (stray,) = seen(picture, near, printer=BLEEDING).strays
    assert edges(stray) == pytest.approx((94, 60, 4, 4), abs=CELL)
    assert len(seen(picture, near).strays) == 2


def bleeding(path: str) -> dict[Edge, tuple[float, tuple[tuple[float, ...], ...]]]:
    facts = seen(f"{BLACK} {path} f", printer=BLEEDING)
    return {
        one.edge: (one.touching, tuple(edges(gap) for gap in one.gaps))
        for one in facts.bleeds
        if one.touching
    }


@pytest.mark.parametrize(
    ("path", "edge", "gap"),
    [
        (box(20, 0, 30, 20), Edge.TOP, (20, -3, 30, 3)),
        (box(80, 30, 20, 25), Edge.RIGHT, (100, 30, 3, 25)),
        (box(15, 100, 40, 20), Edge.BOTTOM, (15, 120, 40, 3)),
        (box(0, 40, 20, 35), Edge.LEFT, (-3, 40, 3, 35)),
    ],
)
def test_what_ends_at_the_trim_leaves_a_gap_in_the_bleed_of_that_edge(
    path: str, edge: Edge, gap: tuple[float, ...]
) -> None:
    ((found, (touching, gaps)),) = bleeding(path).items()

    assert found is edge
    assert touching == pytest.approx(max(gap[2:]), abs=0.5)
    (only,) = gaps
    assert only == pytest.approx(gap, abs=0.3)


@pytest.mark.parametrize(
    ("path", "edge"),
    [
        (box(20, -3, 30, 23), Edge.TOP),
        (box(80, 30, 23, 25), Edge.RIGHT),
        (box(15, 100, 40, 23), Edge.BOTTOM),
        (box(-3, 40, 23, 35), Edge.LEFT),
    ],
)
def test_what_runs_over_the_trim_fills_the_bleed(path: str, edge: Edge) -> None:
    ((found, (_, gaps)),) = bleeding(path).items()

    assert (found, gaps) == (edge, ())


def test_too_short_a_bleed_is_a_gap_and_each_edge_has_its_own() -> None:
    mm = a_printer(bleed=3).bleed.top
    printer = a_printer()
    uneven = Printer(
        **{
            name: getattr(printer, name)
            for name in ("width", "height", "type_width", "type_height", "profile")
        },
        type=printer.type,
        lines=printer.lines,
        bleed=Edges(top=mm, left=mm * 2),
    )

    facts = seen(f"{BLACK} {box(-3, -3, 40, 40)} f", printer=uneven)
    gaps = {one.edge: len(one.gaps) for one in facts.bleeds}

    assert gaps == {Edge.TOP: 0, Edge.RIGHT: 0, Edge.BOTTOM: 0, Edge.LEFT: 1}


def test_ink_past_the_bleed_is_found_and_marks_are_not() -> None:
    mark = f"1 1 1 1 k {box(-8, 50, 4, 0.3)} f 1 1 1 1 K 0.5 w {box(-9, 60, 4, 4)} S"
    slug = f"{BLACK} {box(30, 124, 20, 3)} f"

    assert seen(BODY, mark, printer=BLEEDING).beyond == ()
    (beyond,) = seen(BODY, mark, slug, printer=BLEEDING).beyond
    assert edges(beyond) == pytest.approx((30, 124, 20, 3), abs=CELL)


# ---------------------------------------------------------------- files


def test_pages_are_told_in_the_order_they_are_asked_for() -> None:
    pdf = a_file(*(f"{BLACK} {box(10, 10, 10 * n, 10)} f" for n in range(1, 7)))

    facts = PdfiumPlates().read(pdf, a_printer(), [5, 2])

    assert [one.page for one in facts] == [5, 2]
    assert [round(one.inked.width) for one in facts if one.inked] == [50, 20]


def test_pages_look_the_same_together_and_alone() -> None:
    pdf = a_file(*(f"{BLACK} {box(10, 10, 10 * n, 10)} f" for n in range(1, 10)))

    together = PdfiumPlates().read(pdf, a_printer())

    assert [one.page for one in together] == list(range(1, 10))
    for one in together:
        assert [one] == PdfiumPlates().read(pdf, a_printer(), [one.page])


def test_pictures_for_the_eye_show_the_trim_and_its_squares() -> None:
    facts = seen(f"1 0 0 0 k {box(0, 0, WIDTH, HEIGHT)} f")

    page = Image.open(io.BytesIO(facts.thumbnail)).convert("RGB")
    heat = Image.open(io.BytesIO(facts.heat_picture))
    assert page.width / page.height == pytest.approx(WIDTH / HEIGHT, abs=0.01)
    assert page.getpixel((20, 20)) == pytest.approx((0, 255, 255), abs=8)
    assert heat.size == (20, 24)


def test_a_trim_of_odd_size_and_place_is_measured_from_its_corner() -> None:
    with pikepdf.open(io.BytesIO(a_file(BODY))) as pdf:
        left, bottom = 12.34 * PT_PER_MM, 11.27 * PT_PER_MM
        pdf.pages[0].TrimBox = [
            left,
            bottom,
            left + 90.6 * PT_PER_MM,
            bottom + 110.3 * PT_PER_MM,
        ]
        out = io.BytesIO()
        pdf.save(out)

    (facts,) = PdfiumPlates().read(out.getvalue(), a_printer())

    assert (facts.width, facts.height) == (90.6, 110.3)
    assert facts.inked is not None
    # the body begins 30 mm from the left of the media, and 30 mm from its upper edge
    top = 30 - (140 - 11.27 - 110.3)
    assert edges(facts.inked) == pytest.approx((30 - 12.34, top, 60, 80), abs=0.3)


@pytest.mark.parametrize("pdf", [b"", b"no file", b"%PDF-1.4\nbroken"])
def test_a_file_that_cannot_be_read_is_said_to_be(pdf: bytes) -> None:
    with pytest.raises(EngineError, match="cannot be read"):
        PdfiumPlates().read(pdf, a_printer())


@pytest.mark.parametrize(
    "path",
    [
        box(40, -3, 20, 8),
        box(95, 40, 8, 20),
        box(40, 115, 20, 8),
        box(-3, 40, 8, 20),
    ],
    ids=["top", "right", "bottom", "left"],
)
def test_ink_in_the_margin_is_no_stray_where_it_runs_over_its_edge(path: str) -> None:
    content = f"{BLACK} {path} f"

    assert seen(content, printer=BLEEDING).strays == ()
    assert len(seen(content).strays) == 1
