"""The bar code of an issue: its digits, its bars, its white, its ink."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import zxingcpp

from press.manifest.layout import read_layout
from press.model.barcode import MODULE, Barcode, BarcodePlace, BarcodeStyle
from press.model.edition import EditionId
from press.model.issn import check_digit
from press.model.layout import Layout
from press.model.length import Length
from press.prepress.barcode import (
    add_on_modules,
    add_on_of,
    draw_barcode,
    ean13,
    find_no_room,
    main_modules,
)

ISSN = "9876-5434"
SVG = "{http://www.w3.org/2000/svg}"
#: Serials that are printed, with their check digits as the ISSN Manual has them.
KNOWN = ("0317-8471", "1050-124X", "2049-3630", "0378-5955", "2434-561X", "1144-875X")


def drawn(size: float = 1.0, issn: str = ISSN, add_on: str = "09") -> Barcode:
    return draw_barcode(
        issn, add_on, style=BarcodeStyle(size=size), family="Press Sans"
    )


def parsed(code: Barcode) -> ET.Element:
    return ET.fromstring(code.svg)  # noqa: S314  (our own)


def rects(code: Barcode) -> list[tuple[float, float, float, float]]:
    """Return left, top, right and bottom of every bar, in modules across."""
    found = []
    for rect in parsed(code).iter(f"{SVG}rect"):
        x, y, width, height = (
            float(rect.attrib[name]) for name in ("x", "y", "width", "height")
        )
        found.append((x / MODULE.mm, y, (x + width) / MODULE.mm, y + height))
    return found


@pytest.mark.parametrize("issn", KNOWN)
def test_check_digits_are_those_of_known_serials(issn: str) -> None:
    assert check_digit(issn.replace("-", "")[:7]) == issn[-1]


@pytest.mark.parametrize(
    ("issn", "code"),
    [
        ("1234-5679", "9771234567003"),
        ("0317-8471", "9770317847001"),
        ("9876-5434", "9779876543003"),
        ("1050-124X", "9771050124008"),
    ],
)
def test_the_code_is_that_of_the_issn_with_a_check_digit_of_its_own(
    issn: str, code: str
) -> None:
    assert ean13(issn) == code


def test_a_monthly_is_numbered_by_its_month() -> None:
    assert add_on_of(EditionId("2024-09")) == "09"
    assert add_on_of(EditionId("2024-12-extra")) == "12"


@pytest.mark.parametrize("add_on", [f"{month:02}" for month in range(1, 13)])
@pytest.mark.parametrize("issn", [ISSN, "1234-5679", "0317-8471"])
def test_bars_are_those_of_another_encoder(issn: str, add_on: str) -> None:
    symbol = zxingcpp.create_barcode(
        f"{ean13(issn)}+{add_on}", zxingcpp.BarcodeFormat.EAN13
    )

    path = re.search(r'<path d="([^"]+)"', symbol.to_svg(add_quiet_zones=False))
    assert path
    theirs = [
        (int(x), int(width)) for x, width in re.findall(r"M(\d+) \d+h(\d+)", path[1])
    ]
    main, beside = main_modules(ean13(issn)), add_on_modules(add_on)
    ours = [(run.start(), len(run[0])) for run in re.finditer("1+", main)]
    assert len(main) == 95
    assert len(beside) == 20
    assert ours == [one for one in theirs if one[0] < 95]
    first = next(x for x, _ in theirs if x >= 95)
    assert [(run.start(), len(run[0])) for run in re.finditer("1+", beside)] == [
        (x - first, width) for x, width in theirs if x >= 95
    ]


def test_white_is_left_as_wide_as_tills_want_it() -> None:
    code = drawn()
    bars = sorted(rects(code))
    main, beside = bars[:30], bars[30:]

    assert main[0][0] == pytest.approx(11, abs=0.01)
    assert beside[0][0] - main[-1][2] + 0.01 >= 7
    assert beside[0][0] - main[-1][2] <= 12
    assert code.width.mm / MODULE.mm - beside[-1][2] == pytest.approx(5, abs=0.01)


def test_guard_bars_are_longer_and_end_where_the_add_on_ends() -> None:
    bars = sorted(rects(drawn()))
    feet = [round(bottom, 2) for _, _, _, bottom in bars]

    long = [round(left - 11) for left, _, _, bottom in bars[:30] if bottom > 24]
    assert long == [0, 2, 46, 48, 92, 94]
    assert set(feet[:30]) == {22.85, 24.5}
    assert set(feet[30:]) == {24.5}
    assert {round(bottom - top, 2) for _, top, _, bottom in bars[30:]} == {21.9}


def test_digits_stand_under_their_own_bars() -> None:
    texts = list(parsed(drawn()).iter(f"{SVG}text"))
    under = [(one.text, float(one.attrib["x"]) / MODULE.mm) for one in texts[:13]]

    assert "".join(text or "" for text, _ in under) == "9779876543003"
    assert under[0][1] < 11
    for number, (_, x) in enumerate(under[1:7]):
        assert x == pytest.approx(11 + 3 + 7 * number + 3.5, abs=0.01)
    for number, (_, x) in enumerate(under[7:]):
        assert x == pytest.approx(11 + 3 + 42 + 5 + 7 * number + 3.5, abs=0.01)
    assert [one.text for one in texts[13:]] == ["0", "9"]


def test_it_is_black_ink_alone() -> None:
    svg = drawn().svg

    assert re.findall(r'(?:fill|stroke)="([^"]+)"', svg) == ["device-cmyk(0 0 0 1)"]
    assert "#" not in svg


def test_it_says_what_it_is_to_those_who_cannot_see_it() -> None:
    title = parsed(drawn()).find(f"{SVG}title")

    assert title is not None
    assert title.text == "Bar code: ISSN 9876-5434, issue 09"


@pytest.mark.parametrize("size", [0.8, 0.92, 1.0])
def test_it_has_the_size_it_is_asked_for(size: float) -> None:
    code = drawn(size)
    root = parsed(code)

    assert code.width.mm == pytest.approx(46.2 * size)
    assert code.height.mm == pytest.approx(27.5 * size)
    assert root.attrib["width"] == f"{code.width.mm:.3f}mm"
    assert root.attrib["height"] == f"{code.height.mm:.3f}mm"
    _, _, across, down = map(float, root.attrib["viewBox"].split())
    assert across / down == pytest.approx(code.width.pt / code.height.pt, abs=1e-3)


# ---------------------------------------------------------------- room


def a_layout(where: BarcodePlace, masthead: int = 12) -> Layout:
    layout = read_layout(Path(__file__).parents[2], "tabloid").value
    assert layout is not None
    style = BarcodeStyle(size=1.0, where=where)
    furniture = replace(layout.furniture, barcode=style, masthead=masthead)
    return replace(layout, furniture=furniture)


def test_a_bar_code_that_has_room_is_no_finding() -> None:
    for where in BarcodePlace:
        assert list(find_no_room(a_layout(where))) == []


def test_a_bar_code_wider_than_the_contents_panel_is_found() -> None:
    layout = a_layout(BarcodePlace.CONTENTS)
    grids = tuple(replace(grid, column=Length.of_mm(40)) for grid in layout.grids)

    (found,) = find_no_room(replace(layout, grids=grids))

    assert found.code == "layout.barcode"
    assert "46.2 mm" in found.message
    assert "40.0 mm" in found.message


def test_a_bar_code_higher_than_the_masthead_is_found() -> None:
    (found,) = find_no_room(a_layout(BarcodePlace.MASTHEAD, masthead=6))

    assert found.code == "layout.barcode"
    assert "27.5 mm" in found.message
    assert "23.3 mm" in found.message
