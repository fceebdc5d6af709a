"""Advertisements in the readers' file: pictures that say whose they are."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pikepdf
import pytest
from PIL import Image

from press.model.length import PT_PER_MM
from press.model.press import PlacedAd
from tests.adapters.advertisements import an_ad
from tests.adapters.books import HEIGHT, a_book, make, the_replica

WIDE, DEEP = 20.0, 10.0


def placed(data: bytes, **changes: Any) -> PlacedAd:
    standard: dict[str, Any] = {
        "page": 1,
        "left": 4.0,
        "top": 30.0,
        "width": WIDE * PT_PER_MM,
        "height": DEEP * PT_PER_MM,
        "advertiser": "A Shop & Söhne",
        "data": data,
    }
    return PlacedAd(**(standard | changes))


def figures(book: pikepdf.Pdf) -> list[Any]:
    return [one for one in book.Root.StructTreeRoot.K[0].K if one.S == "/Figure"]


def test_it_is_a_figure_with_words_in_its_place() -> None:
    with the_replica(
        a_book("0 0 5 5 re f"), advertisements=(placed(an_ad(WIDE, DEEP)),)
    ) as book:
        (figure,) = figures(book)
        page = book.pages[0]
        assert str(figure.Alt) == "Advertisement: A Shop & Söhne"
        assert figure.Pg.objgen == page.objgen
        top = HEIGHT - 30
        wanted = [4, top - DEEP * PT_PER_MM, 4 + WIDE * PT_PER_MM, top]
        assert [float(edge) for edge in figure.A.BBox] == pytest.approx(
            wanted, abs=0.01
        )
        parts = book.Root.StructTreeRoot.ParentTree.Nums[1]
        assert parts[int(figure.K)].objgen == figure.objgen
        assert (
            f"/Figure <</MCID {int(figure.K)}>> BDC".encode()
            in page.Contents.read_bytes()
        )


@pytest.mark.parametrize(
    "boxes", [{}, {"origin": (-70, 40), "slug": 7, "bleed": 3}, {"bleed": 3}]
)
def test_it_shows_its_trim_at_150_pixels_an_inch(boxes: dict[str, Any]) -> None:
    ad = placed(an_ad(WIDE, DEEP, **boxes))

    with the_replica(a_book(""), advertisements=(ad,)) as book:
        picture = book.pages[0].Resources.XObject["/PressAd0"]
        image = Image.open(io.BytesIO(picture.read_raw_bytes()))
        assert image.format == "JPEG"
        assert image.size == pytest.approx(
            (WIDE / 25.4 * 150, DEEP / 25.4 * 150), abs=1
        )
        pixels = np.asarray(image.convert("RGB")).astype(int)
        assert pixels[10, 10].max() < 80  # the black of its upper left corner
        red, green, blue = pixels[4, -4]
        assert red > 200
        assert blue < green < red


@pytest.mark.parametrize("off", [-0.4, 0.4])
def test_one_that_is_a_little_off_its_size_is_shown(off: float) -> None:
    ad = placed(an_ad(WIDE + off, DEEP + off))

    with the_replica(a_book(""), advertisements=(ad,)) as book:
        assert book.pages[0].Resources.XObject["/PressAd0"].Width >= 100


def test_it_is_read_after_what_begins_on_its_page() -> None:
    bound = a_book("", "", articles=("salt", "post"))
    with pikepdf.open(io.BytesIO(bound)) as book:
        for element, page in zip(
            book.Root.StructTreeRoot.K[0].K, book.pages, strict=True
        ):
            element.Pg = page.obj
        out = io.BytesIO()
        book.save(out)

    ads = tuple(placed(an_ad(WIDE, DEEP), page=page) for page in (1, 2))
    with the_replica(out.getvalue(), advertisements=ads) as book:
        kinds = [str(one.S) for one in book.Root.StructTreeRoot.K[0].K]

    assert kinds == ["/Art", "/Figure", "/Art", "/Figure"]


def test_what_a_page_sets_for_itself_changes_nothing_of_it() -> None:
    ad = (placed(an_ad(WIDE, DEEP)),)

    with the_replica(a_book("9 0 0 9 3 3 cm 0 0 0 0 k"), advertisements=ad) as book:
        content = book.pages[0].Contents.read_bytes()

    head, _, rest = content.partition(b"/Figure")
    assert head.split()[0] == b"q"
    assert head.split()[-1] == b"Q"
    assert b"56.69 0 0 28.35 4.00" in rest


def test_pages_that_share_resources_do_not_share_it() -> None:
    ad = (placed(an_ad(WIDE, DEEP), page=2),)

    with the_replica(a_book("", ""), advertisements=ad) as book:
        first, second = (page.Resources.XObject for page in book.pages)
        assert "/PressAd0" not in first
        assert "/PressAd0" in second


def test_one_that_cannot_be_shown_is_an_error_with_its_page() -> None:
    made = make(a_book(""), advertisements=(placed(b"%PDF-1.4 nothing"),))

    (found,) = made.findings
    assert found.code == "replica.picture"
    assert found.place.page == 1
    assert "A Shop" in found.message
