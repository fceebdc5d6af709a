from __future__ import annotations

import re

import pytest

from press.measure.table import (
    SetTable,
    panel_columns,
    set_in_text,
    set_table,
    spell_out,
)
from press.model.copy import Align, Mark, Run, Table, plain
from tests.builders import GRID, LAYOUT, a_composer

ROOM = (LAYOUT, a_composer())


def a_table(
    *rows: tuple[str, ...], head: tuple[str, ...] = (), caption: str = ""
) -> Table:
    def cells(row: tuple[str, ...]) -> tuple[tuple[Run, ...], ...]:
        return tuple((Run(text=one),) if one else () for one in row)

    return Table(
        head=cells(head),
        rows=tuple(map(cells, rows)),
        align=(Align.START,) * len(rows[0]),
        caption=(Run(text=caption),) if caption else (),
    )


def widths(table: SetTable) -> list[float]:
    return [
        float(one) for one in re.findall(r'<col style="width:([\d.]+)pt">', table.html)
    ]


def must(table: SetTable | None) -> SetTable:
    assert table is not None
    return table


def test_rows_are_as_deep_as_their_deepest_cell() -> None:
    """Rows have 3 pt each: one line is 13 pt, two lines 23 pt; 36 pt are four lines."""
    table = a_table(("one", "two"), ("one", "newspaper copies"))

    # 190 pt hold "one" (35 pt with padding) and "newspaper copies" (165 pt) not in full
    found = must(set_table(table, 190, *ROOM))

    assert found.depth == 4
    assert "newspaper\ncopies" in found.html


def test_spare_width_is_shared_out_evenly() -> None:
    found = must(set_table(a_table(("one", "three")), 190, *ROOM))

    assert widths(found) == [35 + 50, 55 + 50]


def test_a_tight_table_gives_every_column_its_longest_word() -> None:
    found = must(set_table(a_table(("abcdefghi", "ab cd ef gh")), 190, *ROOM))

    first, second = widths(found)
    assert first >= 95
    assert first + second == pytest.approx(190, abs=0.02)


def test_a_table_whose_words_are_too_long_does_not_fit() -> None:
    assert set_table(a_table(("abcdefghij", "abcdefghij")), 190, *ROOM) is None


def test_a_caption_stands_above_with_white_under_it() -> None:
    """A line of 10 pt and 3 pt, and a row of 13 pt: 26 pt are three lines."""
    bare = must(set_table(a_table(("one",)), 190, *ROOM))
    found = must(set_table(a_table(("one",), caption="Copies"), 190, *ROOM))

    assert (bare.depth, found.depth) == (2, 3)


def test_the_head_is_a_row_of_its_own() -> None:
    found = must(set_table(a_table(("1", "2"), head=("a", "b")), 190, *ROOM))

    assert (found.html.count("<th"), found.html.count("<td")) == (2, 2)
    assert found.depth == 3


def test_in_the_text_a_table_is_24_lines_deep_at_most() -> None:
    """Eighteen rows of 13 pt are 234 pt, 24 lines; nineteen are 247 pt, 25 lines."""
    fits, deep = a_table(*[("one",)] * 18), a_table(*[("one",)] * 19)

    assert must(set_in_text(fits, GRID, *ROOM)).depth == 24
    assert set_in_text(deep, GRID, *ROOM) is None
    assert panel_columns(deep, GRID, *ROOM) == 1


def test_a_panel_spans_the_fewest_columns_that_hold_its_words() -> None:
    wide, wider = ("abcdefghij",) * 2, ("abcdefghij",) * 5

    assert panel_columns(a_table(wide), GRID, *ROOM) == 2
    assert panel_columns(a_table(wider), GRID, *ROOM) == 3
    assert panel_columns(a_table(wider + wider), GRID, *ROOM) == 0


def test_a_row_spelt_out_names_its_columns_and_leaves_out_empty_cells() -> None:
    table = a_table(
        ("Leeds", "", "12"), ("Hull", "7", "8"), head=("town", "ink", "ads")
    )

    first, second = spell_out(table)

    assert plain(first).replace("; ", " – ") == "Leeds – ads: 12"
    assert plain(second) == "Hull – ink: 7; ads: 8"
    assert first[0].marks == {Mark.STRONG}
