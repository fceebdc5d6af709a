from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from press.flatplan.fill import Filling, Rows, fill
from press.model.galley import BlockKind, GalleyBlock, Slice
from tests.flatplan.builders import a_block, a_galley

HEAD, SOLID = BlockKind.HEAD, BlockKind.SOLID


def filled(blocks: list[GalleyBlock], *slots: int) -> Filling:
    return fill(Rows(a_galley(*blocks)), [(0, 0, lines) for lines in slots])


def test_lines_fill_one_column_after_another() -> None:
    assert filled([a_block(20)], 8, 8, 8) == ([8, 16, 20], [0, 0, 4], True)


def test_what_does_not_fit_is_left_and_said() -> None:
    assert filled([a_block(20)], 8, 8) == ([8, 16], [0, 0], False)


def test_columns_after_the_end_are_not_used() -> None:
    assert filled([a_block(6)], 8, 8).stops == [6]


def test_two_lines_of_a_paragraph_stay_before_a_break() -> None:
    """A column of nine lines could take one line of the second paragraph: it does not."""
    assert filled([a_block(8), a_block(8)], 9, 20) == ([8, 16], [1, 12], True)


def test_two_lines_of_a_paragraph_go_over_a_break() -> None:
    assert filled([a_block(8)], 7, 20) == ([6, 8], [1, 18], True)


def test_a_paragraph_of_three_lines_is_not_broken() -> None:
    assert filled([a_block(8), a_block(3)], 10, 20).stops == [8, 11]


def test_an_opening_keeps_the_lines_beside_its_drop_cap() -> None:
    opening = a_block(8, orphans=3)

    assert filled([a_block(4), opening], 6, 20).stops == [4, 12]
    assert filled([a_block(4), opening], 7, 20).stops == [7, 12]


def test_a_crosshead_goes_with_what_follows() -> None:
    """After eight lines a crosshead and two lines need four: a line above, the head."""
    blocks = [a_block(8), a_block(1, HEAD, above=1), a_block(8)]

    assert filled(blocks, 11, 20).stops == [8, 17]
    assert filled(blocks, 12, 20).stops == [11, 17]


def test_the_white_above_a_block_is_cut_at_the_top_of_a_column() -> None:
    blocks = [a_block(8), a_block(1, HEAD, above=1), a_block(7)]

    assert filled(blocks, 8, 8) == ([8, 16], [0, 0], True)


def test_a_solid_block_is_never_cut() -> None:
    blocks = [a_block(4), a_block(6, SOLID), a_block(4)]

    assert filled(blocks, 9, 10) == ([4, 9], [5, 0], True)


def test_where_nothing_legal_fits_lines_are_taken_as_they_come() -> None:
    assert filled([a_block(3)], 2, 20).stops == [2, 3]


def test_a_solid_block_deeper_than_a_column_leaves_it_empty() -> None:
    assert filled([a_block(6, SOLID)], 4, 6) == ([0, 1], [4, 0], True)


def test_slices_say_which_lines_of_which_block_stand_in_a_column() -> None:
    rows = Rows(a_galley(a_block(4), a_block(1, HEAD, above=1), a_block(6)))

    assert rows.total == 12
    assert rows.slices(0, 7) == (
        Slice(block=0, start=0, stop=4),
        Slice(block=1, start=0, stop=1, above=1),
        Slice(block=2, start=0, stop=2),
    )
    assert rows.slices(7, 11) == (Slice(block=2, start=2, stop=6),)
    assert rows.slices(4, 6)[0].above == 0  # on top of a column


BLOCKS = st.lists(
    st.builds(
        a_block,
        st.integers(1, 9),
        st.sampled_from([BlockKind.TEXT, BlockKind.TEXT, HEAD, SOLID]),
        st.integers(0, 1),
    ),
    min_size=1,
    max_size=12,
)
SLOTS = st.lists(st.integers(1, 20), min_size=1, max_size=12)


@given(BLOCKS, SLOTS)
def test_every_row_stands_once_in_order_and_its_depth_and_slack_fill_the_slot(
    blocks: list[GalleyBlock], slots: list[int]
) -> None:
    rows = Rows(a_galley(*blocks))

    found = fill(rows, [(0, 0, lines) for lines in slots])

    start = 0
    for capacity, stop, slack in zip(slots, found.stops, found.slack, strict=False):
        assert stop >= start
        assert slack >= 0
        here = rows.slices(start, stop)
        depth = sum(
            one.above
            + (
                blocks[one.block].height
                if blocks[one.block].kind is SOLID
                else one.stop - one.start
            )
            for one in here
        )
        assert depth + slack == capacity
        start = stop
    assert found.complete == (start == rows.count)
    assert len(found.stops) == len(slots) or found.complete


@given(BLOCKS, SLOTS)
def test_columns_end_only_where_they_may_if_anything_legal_fits(
    blocks: list[GalleyBlock], slots: list[int]
) -> None:
    rows = Rows(a_galley(*blocks))

    stops = fill(rows, [(0, 0, lines) for lines in slots]).stops

    for start, stop in zip([0, *stops], stops, strict=False):
        if any(may_end(blocks, rows, at) for at in range(start + 1, stop + 1)):
            assert may_end(blocks, rows, stop)


def may_end(blocks: list[GalleyBlock], rows: Rows, stop: int) -> bool:
    """Whether a column may end before a row, read from the blocks themselves."""
    if stop == rows.count:
        return True
    row = rows.rows[stop]
    if row.line == 0:
        return row.block == 0 or blocks[row.block - 1].kind is not HEAD
    block = blocks[row.block]
    left = block.height - row.line
    return block.kind is BlockKind.TEXT and row.line >= 2 and left >= 2
