"""Type of an advertisement is its own; the paper's is the layout's."""

from __future__ import annotations

import pytest

from press.model.press_facts import FileFacts, FontFacts, FontProgram, PressFacts
from press.preflight.checks.font import families
from press.preflight.rules import Rules
from tests.prepress.printers import a_printer


@pytest.mark.parametrize(
    ("pages", "said"), [((3,), []), ((3, 5), [5]), ((4,), [4]), ((2, 3, 4), [2])]
)
def test_a_family_may_stand_where_an_advertisement_brings_it(
    pages: tuple[int, ...], said: list[int]
) -> None:
    font = FontFacts(
        name="Square-Bold",
        family="Square",
        subset=True,
        kind="TrueType",
        program=FontProgram.TRUETYPE,
        embedding=0,
        pages=pages,
    )
    rules = Rules(
        printer=a_printer(),
        families=frozenset({"Press Sans"}),
        bought=frozenset({(3, "Square")}),
    )

    found = list(families(PressFacts(file=FileFacts(), fonts=(font,)), rules))

    assert [one.place.page for one in found] == said
    assert all("page 3" not in one.message for one in found)
