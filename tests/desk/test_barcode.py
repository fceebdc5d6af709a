"""A paper that is given an ISSN: its bar code, and the room for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from press.adapters.pdfium import PdfiumReader
from press.adapters.zxing import ZxingCodeReader
from press.desk.barcode import barcode_of, with_barcode_room
from press.model.barcode import BarcodePlace, BarcodeStyle
from press.model.layout import Layout
from tests.adapters.sheets import the_layout
from tests.compose.paper import a_house, an_edition
from tests.newspaper import Newspaper

HOUSE = a_house(issn="9876-5434")


def a_layout(where: BarcodePlace, contents: tuple[int, int] = (22, 46)) -> Layout:
    style = BarcodeStyle(size=0.8, where=where)
    layout = the_layout()
    furniture = replace(layout.furniture, contents=contents, barcode=style)
    return replace(layout, furniture=furniture)


def test_the_contents_panel_becomes_as_much_deeper_as_the_bar_code_is() -> None:
    made = with_barcode_room(a_layout(BarcodePlace.CONTENTS), HOUSE)

    least, most = made.furniture.contents
    assert least - 22 == most - 46
    deeper = made.leading.pt * (least - 22)
    assert deeper >= made.furniture.barcode.height.pt
    assert deeper < made.furniture.barcode.height.pt + 2 * made.leading.pt


@pytest.mark.parametrize(
    ("where", "contents", "issn"),
    [
        (BarcodePlace.MASTHEAD, (22, 46), "9876-5434"),
        (BarcodePlace.CONTENTS, (0, 0), "9876-5434"),
        (BarcodePlace.CONTENTS, (22, 46), ""),
    ],
)
def test_otherwise_the_panel_stays_as_it_is(
    where: BarcodePlace, contents: tuple[int, int], issn: str
) -> None:
    layout = a_layout(where, contents)

    assert with_barcode_room(layout, a_house(issn=issn)) == layout


def test_a_paper_without_an_issn_has_no_bar_code() -> None:
    assert barcode_of(an_edition(), a_house(), the_layout()) is None


@pytest.mark.rendered
def test_a_paper_that_is_given_an_issn_is_planned_anew_and_read_by_tills(
    newspaper: Newspaper,
) -> None:
    before = newspaper.read("flatplan.json")["pages"][0]["articles"]
    newspaper.change("press.yaml", "lang: en-GB\n", "issn: 9876-5434\nlang: en-GB\n")

    done = newspaper.build()

    assert done.returncode == 0, done.stderr
    pdf = (newspaper.built / "print.pdf").read_bytes()
    (found,) = ZxingCodeReader().read(PdfiumReader().picture(pdf, 1, 300))
    assert (found.text, found.add_on) == ("9779876543003", "09")
    assert newspaper.read("flatplan.json")["pages"][0]["articles"] != before
