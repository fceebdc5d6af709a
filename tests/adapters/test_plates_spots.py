"""Parts of a page, seen closely: the inks of a bar code and the white beside it."""

from __future__ import annotations

import pytest

from press.adapters.plates import PdfiumPlates
from press.model.errors import EngineError
from press.model.finding import Area
from press.model.plates import SpotFacts
from tests.adapters.bars import HIGH, bars, width
from tests.adapters.press_files import WIDTH, a_file, box

BLACK = "0 0 0 1 k"
SPOT = Area(left=20, top=30, width=width(), height=HIGH)
#: A pixel of the plates, in millimetres.
EXACT = 0.04


def spot(*content: str, area: Area = SPOT) -> SpotFacts:
    (facts,) = PdfiumPlates().spots(a_file("\n".join(content)), 1, [area])
    return facts


@pytest.mark.parametrize(
    ("colour", "inks"),
    [
        (BLACK, (0, 0, 0, 1)),
        ("0.4 0.3 0.2 1 k", (0.4, 0.3, 0.2, 1)),
        ("1 0 0 0.5 k", (1, 0, 0, 0.5)),
    ],
)
def test_the_most_of_each_ink_is_told(colour: str, inks: tuple[float, ...]) -> None:
    facts = spot(f"{colour} {bars()} f")

    assert facts.ink.parts == pytest.approx(inks, abs=0.01)


def test_inks_are_those_that_reach_the_plates() -> None:
    hidden = f"0 1 1 0 k {box(10, 20, 60, 40)} f 0 0 0 0 k {box(10, 20, 60, 40)} f"
    below = f"0 0 0.2 0 k {box(10, 20, 60, 40)} f"

    assert spot(hidden, f"{BLACK} {bars()} f").ink.parts == (0, 0, 0, 1)
    assert spot(below, f"{BLACK} {bars()} f").ink.parts == pytest.approx(
        (0, 0, 0.2, 1), abs=0.01
    )


def test_white_is_measured_as_far_as_the_next_ink_on_either_side() -> None:
    facts = spot(
        f"{BLACK} {bars()} f",
        f"0 0.3 0 0 k {box(12, 20, 5.4, 40)} f",
        f"{BLACK} {box(20 + width() + 1.5, 38, 9, 1)} f",
    )

    assert facts.white == pytest.approx((2.6, 1.5), abs=EXACT)


def test_white_ends_with_the_paper() -> None:
    area = Area(left=2, top=30, width=width(), height=HIGH)
    left = spot(f"{BLACK} {bars(left=2)} f {box(-3, 20, 1, 40)} f", area=area)
    start = WIDTH - width() - 1
    area = Area(left=start, top=30, width=width(), height=HIGH)
    right = spot(f"{BLACK} {bars(left=start)} f", area=area)

    assert left.white is not None
    assert right.white is not None
    assert left.white[0] == pytest.approx(2, abs=EXACT)
    assert right.white[1] == pytest.approx(1, abs=EXACT)


def test_figures_above_and_below_the_bars_stand_in_the_white() -> None:
    first = box(18, 30 + HIGH - 3, 1.5, 3)
    above = box(20 + width() + 0.5, 30, 1.5, 3)

    facts = spot(f"{BLACK} {bars()} f {first} f {above} f")

    assert facts.white == pytest.approx((6, 6), abs=EXACT)


def test_bars_are_found_that_begin_a_little_beside_the_area() -> None:
    shifted = Area(left=20.2, top=30, width=width() - 0.4, height=HIGH)

    facts = spot(f"{BLACK} {bars()} f {box(15, 30, 2, 9)} f", area=shifted)

    assert facts.white is not None
    assert facts.white[0] == pytest.approx(3, abs=EXACT)


def test_where_nothing_is_black_there_are_no_bars() -> None:
    assert spot(f"1 0 0 0 k {bars()} f").white is None
    assert spot("").white is None


def test_several_parts_are_seen_each_by_itself() -> None:
    pdf = a_file(f"{BLACK} {bars()} f 0 1 0 0 k {box(20, 80, 40, 10)} f")
    lower = Area(left=20, top=80, width=40, height=10)

    first, second = PdfiumPlates().spots(pdf, 1, [SPOT, lower])

    assert first.ink.parts == (0, 0, 0, 1)
    assert second.ink.parts == (0, 1, 0, 0)


def test_a_page_that_is_not_there_is_said() -> None:
    with pytest.raises(EngineError, match="cannot be made"):
        PdfiumPlates().spots(a_file(""), 2, [SPOT])
