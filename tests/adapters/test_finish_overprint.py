from __future__ import annotations

import pytest
from pikepdf import Array, Dictionary

from press.model.length import Length
from press.model.printer import Overprint
from tests.adapters.presswork import (
    Bound,
    a_job,
    findings,
    finished,
    page_content,
    written,
)

ON, OFF = "/PressOverprint gs", "/PressKnockOut gs"


def overprints(content: list[str]) -> list[bool]:
    """Return for every operator that paints whether it overprints."""
    now, stack, found = False, [], []
    for one in content:
        operator = one.split()[-1]
        if operator == "q":
            stack.append(now)
        elif operator == "Q":
            now = stack.pop()
        elif one in {ON, OFF}:
            now = one == ON
        elif operator in {"Tj", "TJ", "f", "f*", "S", "s", "B", "Do", "sh", "F"}:
            found.append(now)
    return found


def type_at(size: float, before: str = "") -> list[str]:
    return page_content(f"{before} BT /F {size} Tf (a) Tj ET")


def test_small_black_type_overprints_and_larger_knocks_out() -> None:
    assert overprints(type_at(11.99)) == [True]
    assert overprints(type_at(12)) == [False]


def test_the_printer_says_how_small() -> None:
    job = a_job(overprint=Overprint(type_below=Length(20)))

    assert overprints(page_content("BT /F 19 Tf (a) Tj ET", job)) == [True]


@pytest.mark.parametrize(
    ("colour", "wanted"),
    [
        ("0 0 0 1 k", True),
        ("0 0 0 rg", True),
        ("0 0 0 0 k", False),
        ("1 1 1 rg", False),
        ("0 0 0 .9 k", False),
        (".1 0 0 1 k", False),
        ("1 1 1 1 k", False),
    ],
)
def test_only_solid_black_alone_overprints(colour: str, wanted: bool) -> None:
    assert overprints(type_at(9, colour)) == [wanted]


@pytest.mark.parametrize(
    ("set_up", "wanted"),
    [
        ("2 0 0 2 0 0 cm BT /F 8 Tf", False),
        ("BT /F 8 Tf 2 0 0 2 0 0 Tm", False),
        (".5 0 0 .5 0 0 cm BT /F 20 Tf", True),
        ("0 1 -1 0 0 0 cm BT /F 9 Tf", True),
        ("1 0 0 -1 0 300 cm .75 0 0 .75 0 0 cm BT 1 0 0 -1 5 5 Tm /F 15.9 Tf", True),
        ("1 0 0 -1 0 300 cm .75 0 0 .75 0 0 cm BT 1 0 0 -1 5 5 Tm /F 16.1 Tf", False),
        ("BT /F 11 Tf .5 0 0 1 0 0 Tm", True),
        ("BT /F 13 Tf .5 0 0 1 0 0 Tm", False),
        ("BT /F 11 Tf 1 0 .9 1 0 0 Tm", True),
    ],
)
def test_the_size_of_type_is_that_on_paper(set_up: str, wanted: bool) -> None:
    assert overprints(page_content(f"{set_up} (a) Tj ET")) == [wanted]


@pytest.mark.parametrize(
    ("mode", "fill", "stroke", "wanted"),
    [
        (1, "1 0 0 0 k", "0 0 0 1 K", True),
        (1, "0 0 0 1 k", "1 0 0 0 K", False),
        (2, "0 0 0 1 k", "1 0 0 0 K", False),
        (2, "0 0 0 1 k", "0 0 0 1 K", True),
        (3, "0 0 0 1 k", "0 0 0 1 K", False),
    ],
)
def test_outlined_type_is_judged_by_what_is_painted(
    mode: int, fill: str, stroke: str, wanted: bool
) -> None:
    content = page_content(f"{fill} {stroke} BT {mode} Tr /F 9 Tf (a) Tj ET")

    assert overprints(content) == [wanted]


@pytest.mark.parametrize(
    ("drawn", "wanted"),
    [
        ("1.9 w 0 0 m 90 0 l S", True),
        ("2 w 0 0 m 90 0 l S", False),
        (".5 0 0 .5 0 0 cm 3 w 0 0 m 90 0 l S", True),
        ("1 0 0 0 K 1 w 0 0 m 90 0 l S", False),
        ("0 0 90 1 re f", True),
        ("0 0 1 90 re f", True),
        ("0 0 90 2 re f", False),
        ("3 0 0 3 0 0 cm 0 0 90 1 re f", False),
        ("0 0 m 90 0 l 90 1 l 0 1 l h f", True),
        ("0 0 0 .5 k 0 0 90 1 re f", False),
        # a border as WeasyPrint draws it: one rectangle less another
        ("0 0 90 20 re 0 0 90 19 re f*", True),
        ("0 0 90 20 re 0 0 90 17 re f*", False),
        ("0 0 90 20 re 0 0 90 19 re f", False),
        # the same through a clip
        ("0 19 90 1 re W n 0 0 90 20 re f", True),
        ("q 0 19 90 1 re W n Q 0 0 90 20 re f", False),
        # a frame of thin sides
        ("0 0 90 90 re 1 1 88 88 re f*", True),
        ("0 0 90 1 re .2 w B", True),
        ("0 0 90 1 re 3 w B", False),
        # lines of a QR code, filled and stroked though they enclose nothing
        ("1 w 0 0 m 2 5 m 9 5 l 4 7 m 60 90 l B", True),
        ("3 w 0 0 m 2 5 m 9 5 l 4 7 m 60 90 l B", False),
        ("1 w 2 5 m 9 5 l 60 90 l B", False),
        ("1 0 0 0 K 0 0 90 1 re .2 w B", False),
    ],
)
def test_thin_black_rules_overprint_however_they_are_drawn(
    drawn: str, wanted: bool
) -> None:
    assert overprints(page_content(drawn)) == [wanted]


def test_no_graphics_state_stands_between_a_path_and_its_painting() -> None:
    content = page_content(
        "BT /F 9 Tf (a) Tj ET 0 0 m 90 0 l 90 90 l h W 0 0 50 50 re f 0 0 9 1 re f"
    )

    inside = False
    for one in content:
        operator = one.split()[-1]
        assert not (inside and operator == "gs"), content
        if operator in {"m", "re", "l"}:
            inside = True
        elif operator in {"f", "n", "S"}:
            inside = False
    assert overprints(content) == [True, False, True]


def test_overprint_is_remembered_through_saved_states() -> None:
    content = page_content(
        "q BT /F 9 Tf (a) Tj ET Q 0 0 90 90 re f BT /F 9 Tf (b) Tj ET 0 0 0 0 k 9 9 9 9 re f"
    )

    assert overprints(content) == [True, False, True, False]


def test_overprint_replaces_what_is_below_by_black_alone() -> None:
    with finished(Bound().page("0 0 90 1 re f 9 9 90 90 re f")) as pdf:
        states = pdf.pages[0].Resources.ExtGState
        on, off = states["/PressOverprint"], states["/PressKnockOut"]

        assert (bool(on.OP), bool(on.op), int(on.OPM)) == (True, True, 1)
        assert (bool(off.OP), bool(off.op), int(off.OPM)) == (False, False, 0)


def test_overprint_of_drawings_is_not_taken_over() -> None:
    states = Dictionary(o=Dictionary(OP=True, op=True, OPM=1))

    content = page_content("/o gs 0 0 0 0 k 0 0 90 90 re f", ExtGState=states)

    assert overprints(content) == [False]
    assert not any(one.endswith("gs") for one in content)


def test_pictures_and_drawings_knock_out() -> None:
    bound = Bound()
    form = bound.form("0 0 90 90 re f")
    picture = bound.picture(b"\x00\xff\x00\xff")
    bound.page(
        "BT /F 9 Tf (a) Tj ET /P Do BT /F 9 Tf (a) Tj ET /X Do",
        XObject=Dictionary(P=picture, X=form),
    )

    with finished(bound) as pdf:
        assert overprints(written(pdf.pages[0].obj)) == [True, False, True, False]


def test_a_drawing_placed_at_two_sizes_is_judged_at_each() -> None:
    bound = Bound()
    form = bound.form("BT /F 9 Tf (a) Tj ET")
    bound.page("/X Do q 2 0 0 2 0 0 cm /X Do Q", XObject=Dictionary(X=form))

    with finished(bound) as pdf:
        page = pdf.pages[0].obj
        placed = [one.split()[0] for one in written(page) if one.endswith("Do")]
        small, large = (page.Resources.XObject[name] for name in placed)

        assert placed[0] != placed[1]
        assert overprints(written(small)) == [True]
        assert overprints(written(large)) == [False]


def test_a_drawing_placed_twice_alike_is_there_once() -> None:
    bound = Bound()
    form = bound.form("BT /F 9 Tf (a) Tj ET")
    bound.page(
        "/X Do q 1 0 0 1 50 50 cm /X Do Q q 1.1 0 0 1.1 0 0 cm /X Do Q",
        XObject=Dictionary(X=form),
    )

    with finished(bound) as pdf:
        assert list(pdf.pages[0].Resources.XObject.keys()) == ["/X"]


def test_a_drawing_takes_over_colour_and_line_of_its_place() -> None:
    bound = Bound()
    form = bound.form(
        "0 0 m 90 0 l S BT /F 9 Tf (a) Tj ET", Matrix=Array([1, 0, 0, 1, 9, 9])
    )
    bound.page("1 0 0 0 k 5 w /X Do 0 0 0 1 k 1 w /X Do", XObject=Dictionary(X=form))

    with finished(bound) as pdf:
        page = pdf.pages[0].obj
        placed = [one.split()[0] for one in written(page) if one.endswith("Do")]

        found = [overprints(written(page.Resources.XObject[name])) for name in placed]
        assert found == [[False, False], [True, True]]
        assert page.Resources.XObject[placed[0]].Matrix[4] == 9


def test_a_drawing_begins_with_overprint_off() -> None:
    bound = Bound()
    form = bound.form("BT /F 9 Tf (a) Tj ET")
    bound.page("BT /F 9 Tf (a) Tj ET /X Do", XObject=Dictionary(X=form))

    with finished(bound) as pdf:
        page = pdf.pages[0].obj

        assert overprints(written(page)) == [True, False]
        assert overprints(written(page.Resources.XObject["/X"])) == [True]


def test_a_drawing_within_itself_is_an_error() -> None:
    bound = Bound()
    form = bound.form("/X Do", Resources=Dictionary())
    form.Resources.XObject = Dictionary(X=form)
    bound.page("/X Do", XObject=Dictionary(X=form))

    (said,) = findings(bound)

    assert said.code == "press.content"
