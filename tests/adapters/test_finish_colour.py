from __future__ import annotations

import struct
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from press.model.printer import InkLimit
from tests.adapters.presswork import Bound, a_job, findings, finished, page_content


@pytest.mark.parametrize(
    ("drawn", "printed"),
    [
        ("0 0 0 rg", "0 0 0 1 k"),
        ("1 1 1 RG", "0 0 0 0 K"),
        (".5 .5 .5 rg", "0 0 0 0.5 k"),
        ("0 g", "0 0 0 1 k"),
        ("0.25 G", "0 0 0 0.75 K"),
        ("1 0 0 rg", "0 1 1 0.5 k"),
        ("0.1 0.2 0.3 0.4 k", "0.1 0.2 0.3 0.4 k"),
        ("/DeviceCMYK cs 0 0 0 1 scn", "0 0 0 1 k"),
        ("/DeviceRGB CS 0 0 1 SC", "1 1 0 0.5 K"),
        ("/DeviceGray cs .4 sc", "0 0 0 0.6 k"),
        ("/DeviceRGB cs", "0 0 0 1 k"),
    ],
)
def test_every_colour_is_written_in_ink(drawn: str, printed: str) -> None:
    content = page_content(f"{drawn} 10 10 m 90 90 l 5 w S")

    assert content[0] == printed
    assert not {one.split()[-1] for one in content} & {"rg", "RG", "g", "G", "cs", "CS"}


def test_colours_of_drawings_are_kept_within_the_ink_limit() -> None:
    job = a_job(ink=InkLimit(point=200.0))

    content = page_content("1 0 0 rg 0 0 50 50 re f 1 1 1 1 k 0 0 9 9 re f", job)

    assert content[0] == "0 0.75 0.75 0.5 k"
    assert "1 1 1 1 k" in content  # the layout's own ink is preflight's to judge


@pytest.mark.parametrize("space", ["/Lab", "/CalRGB", "/ICCBased"])
def test_colours_that_are_no_device_s_are_an_error_with_the_page(space: str) -> None:
    spaces = Dictionary(L=Array([Name(space), Dictionary()]))
    bound = (
        Bound()
        .page("0 0 0 1 k")
        .page("/L cs 50 10 10 scn 0 0 9 9 re f", ColorSpace=spaces)
    )

    (said,) = findings(bound)

    assert said.code == "press.colour"
    assert said.place.page == 2
    assert space[1:] in said.message


def test_resources_that_nothing_uses_go() -> None:
    spaces = Dictionary(L=Array([Name.Lab, Dictionary()]))
    states = Dictionary(a1=Dictionary(ca=1), A1=Dictionary(CA=1))

    with finished(
        Bound().page("/a1 gs /A1 gs 0 0 9 9 re f", ColorSpace=spaces, ExtGState=states)
    ) as pdf:
        page = pdf.pages[0].obj

        assert b"gs" not in page.Contents.read_bytes().replace(
            b"/PressOverprint gs", b""
        )
        assert set(page.Resources.keys()) <= {"/ExtGState"}
        assert "/a1" not in page.Resources.get("/ExtGState", {})


def test_comments_odd_spaces_and_brackets_in_words_are_read() -> None:
    content = page_content(
        "% a comment (with a bracket\nBT/F 9 Tf(a \\( b (c (d (e)) f) g)Tj ET\r\n0 0 0 rg"
    )

    assert content[1] == "/F 9 Tf"
    assert any(one.endswith(" Tj") for one in content)
    assert content[-1] == "0 0 0 1 k"


def test_content_that_breaks_the_rules_is_an_error() -> None:
    (said,) = findings(Bound().page("1 0 rg 0 0 9 9 re f"))

    assert (said.code, said.place.page) == ("press.content", 1)


def test_a_name_without_a_thing_is_an_error() -> None:
    (said,) = findings(Bound().page("/X7 Do"))

    assert said.code == "press.content"


def test_states_left_open_are_closed_and_none_is_closed_twice() -> None:
    content = page_content("Q q q 0 0 9 9 re f")

    assert [one for one in content if one in {"q", "Q"}] == ["q", "q", "Q", "Q"]


def a_gradient(pdf: Pdf, function: Dictionary, **changes: Any) -> Dictionary:
    return Dictionary(
        **{
            "ShadingType": 2,
            "ColorSpace": Name.DeviceRGB,
            "Domain": Array([0, 1]),
            "Coords": Array([0, 0, 100, 0]),
            "Function": function,
            "Extend": Array([True, True]),
            **changes,
        }
    )


def fading(first: list[float], last: list[float]) -> Dictionary:
    return Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array(first), C1=Array(last), N=1
    )


def samples(shading: Any) -> list[tuple[float, ...]]:
    data = shading.Function.read_bytes()
    return [
        tuple(round(part / 65535, 3) for part in one)
        for one in struct.iter_unpack(">4H", data)
    ]


def test_gradients_run_from_ink_to_ink() -> None:
    bound = Bound()
    stitched = Dictionary(
        FunctionType=3,
        Domain=Array([0, 1]),
        Bounds=Array([0.5]),
        Encode=Array([0, 1, 0, 1]),
        Functions=Array(
            [fading([1, 1, 1], [0.5, 0.5, 0.5]), fading([1, 0, 0], [0, 0, 1])]
        ),
    )
    bound.page("/s sh", Shading=Dictionary(s=a_gradient(bound.pdf, stitched)))

    with finished(bound) as pdf:
        shading = pdf.pages[0].Resources.Shading["/s"]

        assert shading.ColorSpace == Name.DeviceCMYK
        inks = samples(shading)
        assert inks[0] == (0, 0, 0, 0)
        assert inks[127][:3] == (0, 0, 0)
        assert inks[127][3] == pytest.approx(0.5, abs=0.01)
        assert inks[128] == pytest.approx((0, 1, 1, 0.5), abs=0.01)
        assert inks[-1] == (1, 1, 0, 0.5)


def test_a_gradient_as_a_pattern_moves_with_the_page_onto_the_sheet() -> None:
    bound = Bound()
    pattern = Dictionary(
        PatternType=2,
        Shading=a_gradient(bound.pdf, fading([0], [1]), ColorSpace=Name.DeviceGray),
        Matrix=Array([2, 0, 0, 2, 10, 20]),
    )
    bound.page(
        "/Pattern cs /p scn 0 0 9 9 re f",
        Pattern=Dictionary(p=bound.pdf.make_indirect(pattern)),
    )

    with finished(bound, a_job(marks=True)) as pdf:
        page = pdf.pages[0].obj
        left = float(page.TrimBox[0])
        made = page.Resources.Pattern["/p"]

        assert left > 10
        assert [float(value) for value in made.Matrix] == pytest.approx(
            [2, 0, 0, 2, 10 + left, 20 + left], abs=1e-3
        )
        assert samples(made.Shading)[0] == (0, 0, 0, 1)


def test_a_gradient_of_an_unknown_kind_is_an_error() -> None:
    bound = Bound()
    mesh = a_gradient(bound.pdf, fading([0, 0, 0], [1, 1, 1]), ShadingType=1)
    bound.page("/s sh", Shading=Dictionary(s=mesh))

    (said,) = findings(bound)

    assert said.code == "press.colour"


def test_tiles_are_made_ready_and_move_with_the_page() -> None:
    bound = Bound()
    tile = Stream(
        bound.pdf,
        b"1 0 0 rg 0 0 5 5 re f",
        Dictionary(
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=Array([0, 0, 9, 9]),
            XStep=9,
            YStep=9,
            Resources=Dictionary(),
        ),
    )
    bound.page(
        "/Pattern cs /p scn 0 0 99 99 re f",
        Pattern=Dictionary(p=bound.pdf.make_indirect(tile)),
    )

    with finished(bound, a_job(marks=True)) as pdf:
        page = pdf.pages[0].obj
        made = page.Resources.Pattern["/p"]

        assert made.read_bytes().startswith(b"0 1 1 0.5 k")
        assert float(made.Matrix[4]) == pytest.approx(float(page.TrimBox[0]), abs=1e-3)
        assert int(made.XStep) == 9
