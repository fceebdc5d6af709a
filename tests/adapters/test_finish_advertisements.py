"""Advertisements in the press file: in their place, as they are."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest

from press.adapters.plates import PdfiumPlates
from press.model.finding import Checked
from press.model.length import PT_PER_MM
from press.model.press import PlacedAd
from press.model.printer import Standard
from tests.adapters.advertisements import an_ad
from tests.adapters.presswork import (
    HEIGHT,
    WIDTH,
    X4,
    Bound,
    a_job,
    a_printer,
    even,
)
from tests.adapters.presswork import finish as finish_book

MM = PT_PER_MM
WIDE, DEEP = 50.0, 30.0  # of the advertisement, in millimetres


def placed(data: bytes, **changes: Any) -> PlacedAd:
    standard: dict[str, Any] = {
        "page": 1,
        "left": 20.0,
        "top": 150.0,
        "width": WIDE * MM,
        "height": DEEP * MM,
        "advertiser": "A Shop",
        "data": data,
    }
    return PlacedAd(**(standard | changes))


def finish(*ads: PlacedAd, pages: int = 1, **changes: Any) -> Checked[bytes]:
    bound = Bound()
    for _ in range(pages):
        bound.page("0 0 0 1 k 0 0 5 5 re f", bleed=changes.get("drawn_bleed", 0.0))
    job = a_job(advertisements=ads, **changes)
    return finish_book(bound, job)


def the_file(*ads: PlacedAd, **changes: Any) -> bytes:
    made = finish(*ads, **changes)
    assert made.findings == ()
    assert made.value is not None
    return made.value


def seen(pdf: bytes, page: int = 0) -> np.ndarray[Any, Any]:
    """Return a page as it looks, a pixel a point."""
    with pypdfium2.PdfDocument(pdf) as document:
        return np.asarray(document[page].render(scale=1).to_pil().convert("RGB"))


def is_dark(pixel: Any) -> bool:
    return int(max(pixel)) < 80


def is_orange(pixel: Any) -> bool:
    red, green, blue = (int(part) for part in pixel)
    return red > 200 and 120 < green < 200 and blue < 120


def test_it_stands_in_its_place_at_its_own_size_and_nowhere_else() -> None:
    page = seen(the_file(placed(an_ad(WIDE, DEEP))))

    assert is_dark(page[155, 25])  # its upper left corner
    assert is_orange(page[155, 50])
    right, low = 20 + WIDE * MM, 150 + DEEP * MM
    assert is_orange(page[int(low) - 2, int(right) - 2])
    for row, column in (
        (147, 50),
        (int(low) + 2, 50),
        (180, 17),
        (180, int(right) + 2),
    ):
        assert page[row, column].tolist() == [255, 255, 255]


@pytest.mark.parametrize("origin", [(0, 0), (30, 44), (-200, 100)])
def test_its_boxes_may_begin_anywhere(origin: tuple[float, float]) -> None:
    plain = seen(the_file(placed(an_ad(WIDE, DEEP))))

    moved = seen(the_file(placed(an_ad(WIDE, DEEP, origin=origin, slug=10, bleed=3))))

    # Edges are soft; a point to the side makes 0.6.
    assert abs(moved.astype(int) - plain).mean() < 0.3


def test_what_stands_around_its_trim_is_cut_off() -> None:
    ad = an_ad(WIDE, DEEP, bleed=5, slug=5, more="0 0 0 1 k -20 -20 10 400 re f")

    page = seen(the_file(placed(ad)))

    assert page[180, 17].tolist() == page[147, 50].tolist() == [255, 255, 255]


def test_not_one_of_its_operators_is_changed() -> None:
    ad = an_ad(WIDE, DEEP, more="0 0 0 1 K 0.3 w 5 5 m 90 5 l S 0.5 g 3 3 4 4 re f")

    finished = the_file(placed(ad))

    with (
        pikepdf.open(io.BytesIO(ad)) as own,
        pikepdf.open(io.BytesIO(finished)) as pdf,
    ):
        form = pdf.pages[0].Resources.XObject["/PressAd0"]
        assert form.read_bytes().split() == own.pages[0].Contents.read_bytes().split()
        assert set(form.Resources.Font.F1.FontDescriptor.keys()) >= {"/FontFile2"}
        assert (
            form.Resources.XObject.Photo.read_raw_bytes()
            == own.pages[0].Resources.XObject.Photo.read_raw_bytes()
        )
        assert "/Group" not in pdf.pages[0]


def test_resources_of_the_nodes_above_the_page_come_along() -> None:
    def move(pdf: pikepdf.Pdf) -> None:
        for key in ("/Resources", "/MediaBox"):
            pdf.Root.Pages[key] = pdf.pages[0].obj[key]
            del pdf.pages[0].obj[key]

    page = seen(the_file(placed(an_ad(WIDE, DEEP, spoil=move))))

    assert (
        page[155:230, 70:150]
        == seen(the_file(placed(an_ad(WIDE, DEEP))))[155:230, 70:150]
    ).all()


def test_content_in_parts_is_one() -> None:
    def split(pdf: pikepdf.Pdf) -> None:
        words = pdf.pages[0].Contents.read_bytes().split()
        page = pdf.pages[0].obj
        page.Contents = pikepdf.Array(
            [
                pdf.make_stream(b" ".join(words[:9])),
                pdf.make_stream(b" ".join(words[9:])),
            ]
        )

    page = seen(the_file(placed(an_ad(WIDE, DEEP, spoil=split))))

    assert (page == seen(the_file(placed(an_ad(WIDE, DEEP))))).all()


def test_one_that_has_the_whole_page_runs_into_the_bleed_and_no_farther() -> None:
    bleed = 3 * MM
    ad = an_ad(WIDTH / MM, HEIGHT / MM, bleed=8)
    whole = placed(ad, left=0, top=0, width=WIDTH, height=HEIGHT, whole=True)

    finished = the_file(whole, bleed=even(bleed), drawn_bleed=bleed, marks=True)

    printer = a_printer(bleed=even(bleed), marks=True)
    (plates,) = PdfiumPlates().read(finished, printer)
    assert [(side.touching > 60, side.gaps) for side in plates.bleeds] == [
        (True, ())
    ] * 4
    assert plates.beyond == ()
    assert plates.inked is not None
    assert plates.inked.width == pytest.approx(WIDTH / MM + 6, abs=0.5)


def test_the_plates_have_its_ink() -> None:
    (plates,) = PdfiumPlates().read(
        the_file(placed(an_ad(WIDE, DEEP, more="1 1 0 0.9 k 50 50 20 20 re f"))),
        a_printer(),
    )

    assert plates.peak.ink.total == pytest.approx(290, abs=2)


def test_one_pdf_in_two_places_is_in_the_file_once_and_the_bytes_are_the_same() -> None:
    ads = [placed(an_ad(WIDE, DEEP)), placed(an_ad(WIDE, DEEP), page=2, top=30.0)]

    finished = the_file(*ads, pages=2)

    assert the_file(*ads, pages=2) == finished
    with pikepdf.open(io.BytesIO(finished)) as pdf:
        first, second = (page.Resources.XObject["/PressAd0"] for page in pdf.pages)
        assert first.objgen == second.objgen


def test_another_advertisement_makes_another_file() -> None:
    def id_of(data: bytes) -> object:
        with pikepdf.open(io.BytesIO(the_file(placed(data)))) as pdf:
            return pdf.Root.Metadata.read_bytes()

    assert id_of(an_ad(WIDE, DEEP)) != id_of(an_ad(WIDE, DEEP, more="0 0 1 1 re f"))


@pytest.mark.parametrize("see_through", [True, False])
def test_a_page_blends_in_ink_where_it_is_see_through(see_through: bool) -> None:
    ad = placed(
        an_ad(WIDE, DEEP, more="/Half gs 0 0 9 9 re f"), see_through=see_through
    )

    with pikepdf.open(io.BytesIO(the_file(ad, **X4))) as pdf:
        assert ("/Group" in pdf.pages[0]) == see_through
    with pikepdf.open(io.BytesIO(the_file(ad, standard=Standard.X1A))) as pdf:
        assert "/Group" not in pdf.pages[0]


def test_one_that_cannot_be_put_in_is_an_error_with_its_page() -> None:
    made = finish(placed(b"%PDF-1.4 nothing", page=2), pages=2)

    (found,) = made.findings
    assert made.value is None
    assert found.code == "press.advertisement"
    assert found.place.page == 2
    assert "A Shop" in found.message
