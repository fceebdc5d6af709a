"""The plates of a page: what colours, overprint and forms print on each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.adapters.press_files import KNOCK, OVER, Resources, at, box, plates

SQUARE = box(20, 20, 40, 40)
TINT = f"0.3 0 0.2 0 k {box(10, 10, 60, 60)} f"


def spaces(**made: Any) -> Resources:
    def make(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
        return {
            "ColorSpace": {
                name: one(pdf) if callable(one) else one for name, one in made.items()
            }
        }

    return make


def icc(parts: int) -> Any:
    return lambda pdf: Array([Name.ICCBased, pdf.make_stream(b"", N=parts)])


def separation(name: str, function: Any) -> Array:
    return Array([Name.Separation, Name(f"/{name}"), Name.DeviceCMYK, function])


TO_BLUE = Dictionary(
    FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 0.5, 0, 0], N=1
)
STITCHED = Dictionary(
    FunctionType=3,
    Domain=[0, 1],
    Functions=[TO_BLUE, TO_BLUE],
    Bounds=[0.5],
    Encode=[0, 1, 1, 0],
)


# ---------------------------------------------------------------- colours


@pytest.mark.parametrize(
    ("colour", "inks"),
    [
        ("1 0 0 0 k", (100, 0, 0, 0)),
        ("0.2 0.4 0.6 0.8 k", (20, 40, 60, 80)),
        ("1 1 1 1 k", (100, 100, 100, 100)),
        ("0 0 0 0 k", (0, 0, 0, 0)),
        ("/DeviceCMYK cs 0 0 1 0.5 scn", (0, 0, 100, 50)),
        ("/DeviceCMYK cs", (0, 0, 0, 100)),
        ("0.25 g", (0, 0, 0, 75)),
        ("0 0 0 rg", (0, 0, 0, 100)),
        ("1 0 0 rg", (0, 100, 100, 0)),
    ],
)
def test_a_colour_prints_on_its_plates_and_on_no_other(
    colour: str, inks: tuple[int, ...]
) -> None:
    found = plates(colour, SQUARE, "f")

    assert at(found, 40, 40) == inks
    assert at(found, 70, 70) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("space", "values", "inks"),
    [
        (icc(4), "0.1 0.2 0.3 0.4", (10, 20, 30, 40)),
        (icc(1), "0.6", (0, 0, 0, 40)),
        (separation("All", TO_BLUE), "1", (100, 100, 100, 100)),
        (separation("None", TO_BLUE), "1", (0, 0, 0, 0)),
        (separation("Black", TO_BLUE), "0.7", (0, 0, 0, 70)),
        (separation("Reflex", TO_BLUE), "0.5", (50, 25, 0, 0)),
        (separation("Reflex", STITCHED), "0.75", (50, 25, 0, 0)),
        (
            Array(
                [Name.Indexed, Name.DeviceCMYK, 1, b"\x00\x00\x00\x00\xff\x00\x00\x80"]
            ),
            "1",
            (100, 0, 0, 50),
        ),
        (
            Array(
                [
                    Name.DeviceN,
                    Array([Name.Cyan, Name.Black]),
                    Name.DeviceCMYK,
                    Dictionary(),
                ]
            ),
            "0.3 0.6",
            (30, 0, 0, 60),
        ),
    ],
    ids=["icc4", "icc1", "all", "none", "black", "spot", "stitched", "indexed", "n"],
)
def test_other_colour_spaces_print_as_their_inks(
    space: Any, values: str, inks: tuple[int, ...]
) -> None:
    found = plates(f"/S cs {values} scn", SQUARE, "f", resources=spaces(S=space))

    assert at(found, 40, 40) == inks


def test_a_stroke_has_its_own_colour() -> None:
    found = plates("1 0 0 0 k 0 0 1 0 K 20 w", SQUARE, "B")

    assert at(found, 40, 40) == (100, 0, 0, 0)
    assert at(found, 20, 40) == (0, 0, 100, 0)


def test_colours_are_those_of_the_state_that_is_brought_back() -> None:
    found = plates("1 0 0 0 k q 0 1 0 0 k Q", SQUARE, "f")

    assert at(found, 40, 40) == (100, 0, 0, 0)


# ---------------------------------------------------------------- overprint


@pytest.mark.parametrize(
    ("state", "colour", "inks"),
    [
        (KNOCK, "0 0 0 1 k", (0, 0, 0, 100)),
        (OVER, "0 0 0 1 k", (30, 0, 20, 100)),
        ("/Over0 gs", "0 0 0 1 k", (0, 0, 0, 100)),
        (OVER, "0 0 0 0 k", (30, 0, 20, 0)),
        (KNOCK, "0 0 0 0 k", (0, 0, 0, 0)),
        (OVER, "0 1 0 0 k", (30, 100, 20, 0)),
        (OVER, "0.6 1 1 0.5 k", (60, 100, 100, 50)),
        (OVER, "0 g", (0, 0, 0, 100)),
    ],
    ids=[
        "knock-out",
        "overprint",
        "mode-0",
        "white-over",
        "white",
        "one-ink",
        "all-inks",
        "grey",
    ],
)
def test_overprint_leaves_the_other_plates_and_knock_out_does_not(
    state: str, colour: str, inks: tuple[int, ...]
) -> None:
    found = plates(TINT, state, colour, SQUARE, "f")

    assert at(found, 40, 40) == inks
    assert at(found, 15, 15) == (30, 0, 20, 0)


def test_an_ink_by_name_overprints_in_either_mode() -> None:
    black = spaces(K=separation("Black", TO_BLUE))

    found = plates(TINT, "/Over0 gs /K cs 1 scn", SQUARE, "f", resources=black)

    assert at(found, 40, 40) == (30, 0, 20, 100)


def test_what_overprints_one_ink_only_darkens_that_and_ends_there() -> None:
    found = plates(
        TINT, OVER, "0 1 0 0 k", SQUARE, "f", KNOCK, f"0 0 0 0 k {box(30, 30, 5, 5)} f"
    )

    assert at(found, 50, 50) == (30, 100, 20, 0)
    assert at(found, 32, 32) == (0, 0, 0, 0)


def test_a_fill_may_overprint_while_its_stroke_knocks_out() -> None:
    both = plates(
        TINT,
        "/Half gs 0 0 0 1 k 0 0 1 0 K 20 w",
        SQUARE,
        "B",
        resources=lambda _: {
            "ExtGState": {"Half": Dictionary(OP=False, op=True, OPM=1)}
        },
    )

    assert at(both, 40, 40) == (30, 0, 20, 100)
    assert at(both, 20, 40) == (0, 0, 100, 0)


def test_text_that_is_left_out_still_takes_its_room() -> None:
    text = "BT /F1 60 Tf 1 0 0 1 60 200 Tm 0 0 0 1 k (HH) Tj 1 0 0 0 k (HH) Tj ET"

    over, knock = (plates(TINT, state, text) for state in (OVER, KNOCK))

    cyan_over = over[0] > 200
    assert cyan_over.any()
    assert np.array_equal(cyan_over, knock[0] > 200)
    assert np.array_equal(over[3], knock[3])
    black = knock[3] > 250
    assert (over[0][black] > 60).all()
    assert (knock[0][black] < 60).all()


def test_text_set_with_a_new_line_operator_keeps_its_lines() -> None:
    text = "BT /F1 40 Tf 45 TL 60 250 Td 0 0 0 1 k (H) ' (H) ' 1 0 0 0 k (H) ' ET"

    over, knock = (plates(state, text) for state in (OVER, KNOCK))

    assert np.array_equal(over[0], knock[0])


# ---------------------------------------------------------------- forms and gradients


def a_form(pdf: pikepdf.Pdf, content: str, **more: Any) -> pikepdf.Stream:
    return pdf.make_stream(
        content.encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 1000, 1000],
        **more,
    )


def test_a_form_is_printed_in_the_state_where_it_is_placed() -> None:
    def forms(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
        return {"XObject": {"F": a_form(pdf, f"{SQUARE} f")}}

    over = plates(TINT, f"{OVER} 0 0 0 1 k /F Do", resources=forms)
    both = plates(TINT, f"{OVER} 0 0 0 1 k /F Do {KNOCK} /F Do", resources=forms)

    assert at(over, 40, 40) == (30, 0, 20, 100)
    assert at(both, 40, 40) == (0, 0, 0, 100)


def test_forms_within_forms_are_separated_and_circles_end() -> None:
    def forms(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
        inner = a_form(pdf, f"0 1 0 0.5 k {SQUARE} f /Outer Do")
        outer = pdf.make_indirect(a_form(pdf, "/Inner Do"))
        outer.Resources = Dictionary(XObject=Dictionary(Inner=inner))
        inner.Resources = Dictionary(XObject=Dictionary(Outer=outer))
        return {"XObject": {"F": outer}}

    assert at(plates("/F Do", resources=forms), 40, 40) == (0, 100, 0, 50)


@pytest.mark.parametrize(
    ("space", "start", "end", "middle"),
    [
        (Name.DeviceCMYK, [1, 0, 0, 0], [0, 0, 0, 1], (50, 0, 0, 50)),
        (Name.DeviceGray, [1], [0], (0, 0, 0, 50)),
        (Name.DeviceRGB, [1, 0, 0], [1, 1, 1], (0, 50, 50, 0)),
        (separation("Reflex", TO_BLUE), [0], [1], (50, 25, 0, 0)),
    ],
    ids=["inks", "grey", "rgb", "spot"],
)
def test_gradients_print_on_their_plates(
    space: Any, start: list[float], end: list[float], middle: tuple[int, ...]
) -> None:
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=start, C1=end, N=1)
    shading = Dictionary(
        ShadingType=2, ColorSpace=space, Coords=[0, 0, 340, 0], Function=function
    )

    def resources(_: pikepdf.Pdf) -> Mapping[str, Any]:
        pattern = Dictionary(PatternType=2, Shading=shading)
        return {"Shading": {"G": shading}, "Pattern": {"P": pattern}}

    shaded = plates("/G sh", resources=resources)
    filled = plates("/Pattern cs /P scn", SQUARE, "f", resources=resources)

    # 340 points are 119.94 mm from the left of the media: the middle is 50 mm in the trim
    for found in (shaded, filled):
        assert at(found, 50, 40) == pytest.approx(middle, abs=2)
    assert at(filled, 80, 80) == (0, 0, 0, 0)


def test_tiles_print_on_their_plates() -> None:
    def resources(pdf: pikepdf.Pdf) -> Mapping[str, Any]:
        tile = pdf.make_stream(
            b"0 0.4 0 0.2 k 0 0 10 10 re f",
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=[0, 0, 10, 10],
            XStep=10,
            YStep=10,
            Resources=Dictionary(),
        )
        return {"Pattern": {"P": tile}}

    found = plates("/Pattern cs /P scn", SQUARE, "f", resources=resources)

    assert at(found, 40, 40) == pytest.approx((0, 40, 0, 20), abs=2)


def test_content_that_names_what_is_not_there_prints_the_rest() -> None:
    found = plates(
        "/No gs /No Do /No sh /Pattern cs /No scn Q Q 1 0 0 0 k", SQUARE, "f"
    )

    assert at(found, 40, 40) == (100, 0, 0, 0)


def test_a_path_that_only_clips_still_does_and_one_that_does_nothing_is_no_harm() -> (
    None
):
    clip = f"{box(20, 20, 20, 20)} W n"
    over = f"{OVER} 0 0 0 1 k {box(20, 20, 10, 10)} W f {KNOCK}"

    clipped = plates("q", clip, f"1 0 0 0 k {SQUARE} f Q")
    both = plates("q", over, f"1 0 0 0 k {SQUARE} f Q")
    unpainted = plates(f"{box(5, 5, 90, 90)} n 1 0 0 0 k {SQUARE} f")

    assert (at(clipped, 30, 30)[0], at(clipped, 50, 50)[0]) == (100, 0)
    assert (at(both, 25, 25)[0], at(both, 35, 35)[0]) == (100, 0)
    assert (at(unpainted, 30, 30)[0], at(unpainted, 70, 70)[0]) == (100, 0)
