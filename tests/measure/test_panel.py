from __future__ import annotations

import pytest

from press.measure.panel import choose_panels, measure_panels
from press.model.copy import Align, Block, FactBox, ItemList, Run, Table
from tests.builders import (
    GRID,
    LAYOUT,
    a_composer,
    an_article,
    four_letter_words,
    paragraph,
)

ROOM = (GRID, LAYOUT, a_composer())
FACTS = FactBox(title="In figures", blocks=(paragraph(four_letter_words(7)),))


def a_table(cells: int) -> Table:
    row = ((Run(text="a" * 11),),) * cells
    return Table(head=(), rows=(row,), align=(Align.START,) * cells)


NARROW, WIDE, WIDER = a_table(1), a_table(2), a_table(4)
TEXT = paragraph("text")


@pytest.mark.parametrize(
    ("blocks", "chosen"),
    [
        ((TEXT,), ()),
        ((TEXT, NARROW), ()),
        ((TEXT, FACTS), (1,)),
        ((WIDE, TEXT, FACTS), (0, 2)),
        ((FACTS, FACTS, FACTS), (1, 2)),  # two at most, the last of them
        ((WIDER, TEXT), (0,)),
        ((WIDER, FACTS), (1,)),  # three columns and one are more than there are
        ((a_table(6),), ()),  # fits nowhere
    ],
)
def test_fact_boxes_come_first_then_tables_too_wide_as_many_as_fit(
    blocks: tuple[Block, ...], chosen: tuple[int, ...]
) -> None:
    assert choose_panels(an_article("taxes", *blocks), *ROOM) == chosen


def test_a_fact_box_is_as_deep_as_its_lines() -> None:
    """Over one column 176 pt are left: three words a line, so three lines.

    Title 10 + 4, text 30 + 3, edges 14: 61 pt are seven lines. Over two columns 376 pt
    hold seven words: 10 + 4 + 10 + 3 + 14 = 41 pt are five lines.
    """
    (figure,) = measure_panels(an_article("taxes", FACTS), *ROOM)

    assert figure.picture is None
    assert [(s.columns, s.least, s.most) for s in figure.shapes] == [
        (1, 7, 7),
        (2, 5, 5),
    ]


def test_items_of_a_fact_box_have_markers() -> None:
    items = ItemList(items=((paragraph("one"),), (paragraph("two"),)), start=1)
    box = FactBox(title="Steps", blocks=(items,))

    (figure,) = measure_panels(an_article("taxes", box), *ROOM)

    assert '<span class="marker">1.</span>one' in figure.shapes[0].html
    assert '<span class="marker">2.</span>two' in figure.shapes[0].html
    assert figure.shapes[0].least == 6  # 10 + 4, twice 10 + 3, 14: 54 pt


def test_a_table_is_a_panel_at_every_width_that_holds_it() -> None:
    (figure,) = measure_panels(an_article("taxes", WIDE), *ROOM)

    assert [(s.columns, s.least) for s in figure.shapes] == [(2, 2), (3, 2)]
