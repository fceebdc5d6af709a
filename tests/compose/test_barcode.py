"""The bar code's place on the front page: nothing else may stand there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from press.compose.page import compose_page
from press.compose.view import PageView, Rect
from press.model.barcode import BarcodePlace, BarcodeStyle
from press.model.flatplan import PagePlan
from press.prepress.barcode import draw_barcode
from tests.adapters.sheets import the_layout
from tests.compose.paper import PREPARED, Paper

FORME = Paper().forme()


def views(where: BarcodePlace, *, panel: bool = True) -> list[PageView]:
    style = BarcodeStyle(size=0.92, where=where)
    furniture = replace(FORME.layout.furniture, barcode=style)
    code = draw_barcode("9876-5434", "09", style=style, family="Press Sans")
    layout = replace(FORME.layout, furniture=furniture)
    forme = replace(FORME, layout=layout, barcode=code)
    pages = list(forme.flatplan.pages)
    if not panel:
        pages[0] = replace(pages[0], contents=None)
    return [compose_page(forme, page, PREPARED) for page in pages]


def overlap(one: Rect, other: Rect) -> bool:
    across = one.left < other.left + other.width and other.left < one.left + one.width
    down = one.top < other.top + other.height and other.top < one.top + one.height
    return across and down


def inside(one: Rect, of: Rect) -> bool:
    return (
        one.left.pt >= of.left.pt - 0.01
        and one.top.pt >= of.top.pt - 0.01
        and (one.left + one.width).pt <= (of.left + of.width).pt + 0.01
        and (one.top + one.height).pt <= (of.top + of.height).pt + 0.01
    )


def test_a_paper_without_an_issn_has_no_bar_code() -> None:
    for page in FORME.flatplan.pages:
        assert compose_page(FORME, page, PREPARED).barcode is None


@pytest.mark.parametrize("where", list(BarcodePlace))
def test_only_the_front_page_has_one(where: BarcodePlace) -> None:
    first, *others = views(where)

    assert first.barcode is not None
    assert (first.barcode.code, first.barcode.add_on) == ("9779876543003", "09")
    assert all(page.barcode is None for page in others)


def test_it_stands_on_bare_paper_under_the_contents_panel() -> None:
    page = views(BarcodePlace.CONTENTS)[0]
    slot = compose_page(FORME, FORME.flatplan.pages[0], PREPARED).contents

    assert page.barcode is not None
    assert page.contents is not None
    assert slot is not None
    assert inside(page.barcode.rect, slot.rect)
    assert not overlap(page.barcode.rect, page.contents.rect)
    assert page.contents.entries
    for entry in page.contents.entries:
        assert not overlap(entry.rect, page.barcode.rect)
        assert entry.rect.top < page.barcode.rect.top


def test_a_full_panel_leaves_entries_out_to_make_room_for_it() -> None:
    forme = replace(
        FORME,
        flatplan=replace(
            FORME.flatplan,
            pages=(_with_panel_of(11), *FORME.flatplan.pages[1:]),
        ),
    )
    style = BarcodeStyle(size=0.8)
    code = draw_barcode("9876-5434", "09", style=style, family="Press Sans")

    without = compose_page(forme, forme.flatplan.pages[0], PREPARED).contents
    with_it = compose_page(
        replace(forme, barcode=code), forme.flatplan.pages[0], PREPARED
    ).contents

    assert without is not None
    assert with_it is not None
    assert len(with_it.entries) < len(without.entries)


def _with_panel_of(lines: int) -> PagePlan:
    page = FORME.flatplan.pages[0]
    assert page.contents is not None
    return replace(page, contents=replace(page.contents, lines=lines))


@pytest.mark.parametrize("panel", [True, False])
def test_beside_the_masthead_it_ends_with_the_type_area(panel: bool) -> None:
    where = BarcodePlace.MASTHEAD if panel else BarcodePlace.CONTENTS
    page = views(where, panel=panel)[0]

    assert page.barcode is not None
    assert page.masthead is not None
    assert inside(page.barcode.rect, page.masthead)
    right = page.barcode.rect.left + page.barcode.rect.width
    layout = the_layout()
    assert right.pt == pytest.approx((layout.width - layout.margins.right).pt)


def test_beside_the_masthead_it_takes_nothing_from_the_contents_panel() -> None:
    plain = compose_page(FORME, FORME.flatplan.pages[0], PREPARED).contents

    assert views(BarcodePlace.MASTHEAD)[0].contents == plain
