"""Leaves on the square layout: level columns a reader can count."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from press.flatplan.fill import Rows
from press.flatplan.leaf import AFTER_JUMP, BEFORE_JUMP, Leaf, Task
from press.flatplan.price import JUMPS_TWICE
from press.model.flatplan import Box, Setting
from press.model.furniture import Figure, Measured
from press.model.galley import BlockKind, LineEnd
from press.model.layout import Head
from tests.builders import TEMPLATE, a_template
from tests.flatplan.builders import (
    Story,
    a_block,
    a_galley,
    a_measured,
    a_panel,
    a_photo,
    a_quote,
    a_story,
    inside,
    overlap,
    paragraphs,
)


def a_leaf(measured: Measured, columns: int = 3, **changes: object) -> Leaf:
    task = Task(
        measured=measured,
        rows=Rows(measured.galley),
        template=TEMPLATE,
        priority=3,
        heads=measured.heads,
        heights=range(1, 41),
        grid_columns=3,
        figures=tuple(range(len(measured.figures))),
        quotes=tuple(range(len(measured.quotes))),
    )
    return Leaf(replace(task, **changes), columns)  # type: ignore[arg-type]


def frames(setting: Setting) -> list[tuple[int, int, int]]:
    return [(one.column, one.line, one.lines) for one in setting.frames]


def test_sixty_lines_under_a_head_of_three_are_three_level_columns_of_twenty() -> None:
    leaf = a_leaf(a_measured(60, galley=paragraphs(60, each=20)))

    setting = leaf.setting(23)

    assert frames(setting) == [(0, 3, 20), (1, 3, 20), (2, 3, 20)]
    assert setting.slack == (0, 0, 0)
    assert (setting.start, setting.stop) == (0, 60)
    assert min(leaf.costs) == 23


def test_a_byline_takes_two_lines_of_the_first_column() -> None:
    """58 lines: 18 under the byline, 20 and 20."""
    galley = paragraphs(58, each=58)
    leaf = a_leaf(a_measured(58, galley=galley, byline=galley.blocks[0].lines[:1]))

    setting = leaf.setting(23)

    assert frames(setting) == [(0, 5, 18), (1, 3, 20), (2, 3, 20)]
    assert setting.slack == (0, 0, 0)
    assert setting.byline


def test_a_picture_is_as_deep_as_the_text_leaves_it() -> None:
    """26 lines of box less 3 of head are 23; two of 2 columns less 16 + 2 are 5 each.

    A photograph over two columns is 16 lines deep and has 2 of caption: 23 + 5 + 5 = 33
    lines of text. With 31 lines it is a line deeper, with 35 a line shallower.
    """
    for text, depth in ((31, 17), (33, 16), (35, 15)):
        galley = paragraphs(text, each=text)
        leaf = a_leaf(a_measured(text, a_photo(), galley=galley), priority=2)

        setting = leaf.setting(26)

        (picture,) = setting.figures
        assert (picture.column, picture.line, picture.depth) == (1, 3, depth)
        assert setting.slack == (0, 0, 0)


def test_a_box_too_tall_or_too_flat_for_its_text_has_no_cost() -> None:
    leaf = a_leaf(a_measured(60, galley=paragraphs(60, each=20)))

    assert set(leaf.costs) == {23, 24, 25}  # up to six lines may stay empty
    assert leaf.setting(25).slack == (0, 0, 6)


def test_empty_lines_cost_so_the_level_box_is_the_cheapest() -> None:
    leaf = a_leaf(a_measured(60, galley=paragraphs(60, each=20)))

    assert min(leaf.costs, key=leaf.costs.__getitem__) == 23
    assert leaf.costs[23] < leaf.costs[24] < leaf.costs[25]


def test_a_template_that_does_not_go_so_wide_or_narrow_has_no_leaf() -> None:
    narrow = a_template(most_columns=2)

    assert not a_leaf(a_measured(60), 3, template=narrow).costs
    assert a_leaf(a_measured(60), 2, template=narrow).costs
    assert not a_leaf(a_measured(30), 1, template=a_template(least_columns=2)).costs


def test_a_script_from_right_to_left_reads_from_the_last_column() -> None:
    leaf = a_leaf(a_measured(60, galley=paragraphs(60, each=20)), rtl=True)

    assert [column for column, _, _ in frames(leaf.setting(23))] == [2, 1, 0]


def test_a_head_under_its_picture_begins_below_the_caption() -> None:
    template = a_template(heads=(Head.UNDER,))
    leaf = a_leaf(a_measured(30, a_photo()), priority=1, template=template)

    settings = [leaf.setting(height) for height in leaf.costs]

    under = [one for one in settings if one.arrangement is Head.UNDER]
    assert under
    assert all(one.head_line == one.figures[0].lines for one in under)


def test_what_a_setting_costs_is_what_its_terms_add_up_to() -> None:
    leaf = a_leaf(a_measured(70, a_photo(), quotes=(a_quote(),)))

    for height, cost in leaf.costs.items():
        assert leaf.setting(height).cost == pytest.approx(cost, abs=0.01)


# ---------------------------------------------------------------- parts that jump


def test_a_beginning_stops_in_mid_sentence_with_a_line_for_the_jump_line() -> None:
    measured = a_measured(90, a_photo())

    leaf = a_leaf(measured, jumps=True)

    rows = Rows(measured.galley)
    assert leaf.costs
    for height in leaf.costs:
        setting = leaf.setting(height)
        assert rows.rows[setting.stop - 1].end is LineEnd.WORD
        assert setting.stop >= BEFORE_JUMP
        assert rows.count - setting.stop >= AFTER_JUMP
        last = setting.frames[-1]
        assert last.line + last.lines < height


def test_an_article_too_short_to_be_begun_and_ended_does_not_jump() -> None:
    assert not a_leaf(a_measured(BEFORE_JUMP + AFTER_JUMP - 1), jumps=True).costs


def test_a_continuation_takes_up_where_the_text_stopped_without_byline() -> None:
    galley = paragraphs(60, each=60)
    measured = a_measured(60, galley=galley, byline=galley.blocks[0].lines[:1])

    setting = a_leaf(measured, start=30).setting(13)

    assert (setting.start, setting.stop, setting.byline) == (30, 60, False)
    assert frames(setting) == [(0, 3, 10), (1, 3, 10), (2, 3, 10)]


def test_an_opening_shows_a_smaller_picture_where_the_rest_then_ends_on_one_page() -> (
    None
):
    measured = a_measured(160, a_photo())
    rows = Rows(measured.galley)
    heights = range(40, 41)

    free = a_leaf(measured, jumps=True, heights=heights).setting(40)
    rest = rows.count - free.stop
    bound = a_leaf(measured, jumps=True, heights=heights, overleaf=rest - 2)

    assert rows.count - bound.setting(40).stop <= rest - 2
    terms = {term.name for term in bound.setting(40).terms}
    assert "more left than a page holds" not in terms


def test_an_opening_that_leaves_more_than_a_page_holds_is_dear_but_can_be() -> None:
    measured = a_measured(160, a_photo())

    free = a_leaf(measured, jumps=True)
    bound = a_leaf(measured, jumps=True, overleaf=10)

    assert set(bound.costs) >= set(free.costs)
    for height, cost in free.costs.items():
        assert bound.costs[height] == pytest.approx(cost + JUMPS_TWICE)


def test_a_column_with_nothing_but_contributor_and_code_is_counted() -> None:
    signature = replace(a_block(1, above=1), css="t-contributor contributor")
    code = replace(a_block(4, BlockKind.SOLID, above=1), css="links")
    rows = Rows(a_galley(a_block(20), signature, code))

    assert rows.bare((0, 20, 22)) == 1
    assert rows.bare((0, 18, 22)) == 0


# ---------------------------------------------------------------- what always holds


def some_story(chance: random.Random) -> Story:
    figures: list[Figure] = [
        a_photo(chance.randint(5, 12), number) for number in range(chance.randint(0, 3))
    ]
    figures += [a_panel(chance.randint(1, 2), chance.randint(4, 12))] * (
        chance.random() < 0.3
    )
    quotes = (a_quote(),) * chance.randint(0, 2)
    return a_story("taxes", chance.randint(12, 100), *figures, quotes=quotes)


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("jumps", [False, True])
def test_in_every_box_nothing_overlaps_and_every_line_stands_once(
    seed: int, jumps: bool
) -> None:
    chance = random.Random(seed)
    _, measured = some_story(chance)
    rows = Rows(measured.galley)

    for columns in (1, 2, 3):
        leaf = a_leaf(
            measured,
            columns,
            priority=chance.randint(1, 5),
            jumps=jumps,
            rtl=seed % 5 == 0,
        )
        for height in leaf.costs:
            setting = leaf.setting(height)
            box = Box(
                package="taxes",
                column=0,
                line=0,
                columns=columns,
                lines=height,
                setting=setting,
            )
            standing = list(inside(box))
            assert not overlap(standing)
            assert all(
                c >= 0 and c + n <= columns and line >= 0 and line + lines <= height
                for c, line, n, lines in standing
            )
            assert all(slack >= 0 for slack in setting.slack)
            slices = [one for frame in setting.frames for one in frame.slices]
            assert [
                (one.block, line)
                for one in slices
                for line in range(one.start, one.stop)
            ] == [(row.block, row.line) for row in rows.rows[: setting.stop]]
            assert jumps == (setting.stop < rows.count)
