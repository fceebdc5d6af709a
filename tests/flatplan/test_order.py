from __future__ import annotations

from press.flatplan.order import last_ad_of, room_of
from tests.flatplan.builders import an_order

ORDER = an_order({})


def room(number: int, *, opens: bool = False, ends: bool = False) -> tuple[int, int]:
    return room_of(ORDER, number, "News", opens=opens, ends=ends)


def test_page_1_has_the_masthead_and_no_flag() -> None:
    """Forty lines less six of masthead."""
    assert room(1, opens=True) == (6, 34)


def test_pages_inside_have_a_folio_and_a_sections_first_page_its_flag() -> None:
    assert room(4) == (2, 38)
    assert room(4, opens=True) == (5, 35)


def test_the_last_page_has_imprint_and_ad_with_a_gap_above_it() -> None:
    """Thirty-eight lines less four of imprint, six of ad and a gap of two."""
    assert room(8, ends=True) == (2, 26)


def test_without_ads_the_last_page_has_the_imprint_only() -> None:
    order = an_order({}, ads=())

    assert last_ad_of(order) == 0
    assert room_of(order, 8, "News", opens=False, ends=True) == (2, 34)
