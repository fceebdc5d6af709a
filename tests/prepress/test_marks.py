from __future__ import annotations

import math

from press.model.length import Length
from press.model.marks import Marks
from press.model.printer import Edges, PressProfile, Printer, Smallest
from press.prepress.marks import place_marks

MM = Length.of_mm(1).pt
SMALLEST = Smallest(positive=Length(6), reversed=Length(8), several=Length(10))
WIDTH, HEIGHT = 200 * MM, 300 * MM


def the_marks(slug: str = "", bleed: float = 3.0) -> Marks:
    edge = Length.of_mm(bleed)
    printer = Printer(
        width=Length(WIDTH),
        height=Length(HEIGHT),
        type_width=Length(WIDTH),
        type_height=Length(HEIGHT),
        bleed=Edges(top=edge, right=edge, left=Length(0), bottom=edge),
        profile=PressProfile(name="", condition=""),
        type=SMALLEST,
        lines=SMALLEST,
    )
    return place_marks(printer, slug)


def test_crop_marks_lie_on_the_lines_of_the_trim_from_a_millimetre_off_the_bleed() -> (
    None
):
    crops = the_marks().strokes[:8]

    for line in crops:
        level = line.y0 == line.y1
        assert (line.y0 in {0, HEIGHT}) if level else (line.x0 in {0, WIDTH})
        start = line.x0 if level else line.y0
        far = WIDTH if level else HEIGHT
        away = -start if start < 0 else start - far
        assert math.isclose(away, 4 * MM)
        assert math.isclose(math.hypot(line.x1 - line.x0, line.y1 - line.y0), 5 * MM)


def test_register_marks_stand_at_the_middle_of_every_edge() -> None:
    rings = the_marks().rings

    assert sorted((round(ring.x / MM, 2), round(ring.y / MM, 2)) for ring in rings) == [
        (-6.5, 150),
        (100, -6.5),
        (100, 306.5),
        (206.5, 150),
    ]


def test_the_sheet_holds_the_marks() -> None:
    for bleed in (0.0, 3.0, 12.0):
        marks = the_marks("The Lamp", bleed)
        room = marks.room.left.pt

        assert math.isclose(room, (bleed + 7) * MM)
        for line in marks.strokes:
            for x, y in ((line.x0, line.y0), (line.x1, line.y1)):
                assert -room < x < WIDTH + room
                assert -room < y < HEIGHT + room


def test_the_slug_stands_above_the_page_and_ends_before_the_register_mark() -> None:
    plain, slugged = the_marks(), the_marks("The Quoin, September 2024 - page 12 " * 9)
    letters = slugged.strokes[len(plain.strokes) :]

    assert letters
    assert min(one.y0 for one in letters) > HEIGHT + 3 * MM
    assert max(one.x1 for one in letters) < WIDTH / 2 - 2.5 * MM


def test_every_letter_and_figure_can_be_written() -> None:
    bare = len(the_marks().strokes)
    drawn = set()

    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.,:/'&":
        strokes = the_marks(letter).strokes[bare:]
        assert strokes, letter
        drawn.add(strokes)

    assert len(drawn) == 43
    assert the_marks("é–").strokes == the_marks("E-").strokes
    assert the_marks("a漢b").strokes == the_marks("a b").strokes
