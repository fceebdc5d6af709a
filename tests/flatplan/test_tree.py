from __future__ import annotations

import random
from itertools import combinations
from math import inf

import pytest

from press.flatplan.tree import TOMBSTONE, Cell, Item, PageTree

COLUMNS, HEIGHT, GAP = 3, 24, 2


def an_item(chance: random.Random, number: int) -> Item:
    leaves = tuple(
        {
            height: round(chance.uniform(0, 6), 2)
            for height in range(4, HEIGHT + 1)
            if chance.random() < 0.5
        }
        for _ in range(COLUMNS)
    )
    priority = chance.randint(1, 5)
    return Item(
        name=str(number),
        rank=priority * 100 + number,
        priority=priority,
        leaves=leaves,
    )


def cheapest_by_hand(
    items: tuple[Item, ...], members: frozenset[int], columns: int, height: int
) -> float:
    """Try every cut of the box, again and again: slow, and plainly right."""
    if len(members) == 1:
        return items[next(iter(members))].leaves[columns - 1].get(height, inf)
    best = inf
    ordered = sorted(members)
    for size in range(1, len(ordered)):
        for some in combinations(ordered, size):
            first, second = frozenset(some), members - frozenset(some)
            lead_1 = min((items[i].rank, i) for i in first)
            lead_2 = min((items[i].rank, i) for i in second)
            if lead_1 > lead_2:
                continue
            for cut in range(1, height - GAP):
                best = min(
                    best,
                    cheapest_by_hand(items, first, columns, cut)
                    + cheapest_by_hand(items, second, columns, height - GAP - cut),
                )
            alike = items[lead_1[1]].priority == items[lead_2[1]].priority
            for width in range(1, columns):
                best = min(
                    best,
                    cheapest_by_hand(items, first, width, height)
                    + cheapest_by_hand(items, second, columns - width, height)
                    + TOMBSTONE * alike,
                )
    return best


@pytest.mark.parametrize("seed", range(12))
def test_no_way_to_cut_the_page_is_cheaper_than_the_one_found(seed: int) -> None:
    chance = random.Random(seed)
    items = tuple(an_item(chance, number) for number in range(3))

    tree = PageTree(items, COLUMNS, HEIGHT, GAP)

    by_hand = cheapest_by_hand(items, frozenset(range(3)), COLUMNS, HEIGHT)
    assert tree.cost(0b111, HEIGHT) == pytest.approx(by_hand)


@pytest.mark.parametrize("seed", range(12))
def test_the_boxes_of_a_page_tile_it_and_cost_what_was_said(seed: int) -> None:
    chance = random.Random(seed)
    items = tuple(an_item(chance, number) for number in range(4))
    tree = PageTree(items, COLUMNS, HEIGHT, GAP)
    found = [mask for mask in tree.masks() if tree.cost(mask, HEIGHT) < inf]

    for mask in found:
        cells = tree.cells(mask, HEIGHT)

        assert sorted(cell.item for cell in cells) == [
            i for i in range(4) if mask >> i & 1
        ]
        assert not overlaps(cells)
        leaves = sum(items[c.item].leaves[c.columns - 1][c.lines] for c in cells)
        extra = tree.cost(mask, HEIGHT) - leaves
        assert extra / TOMBSTONE == pytest.approx(round(extra / TOMBSTONE))


def overlaps(cells: tuple[Cell, ...]) -> bool:
    seen: set[tuple[int, int]] = set()
    for cell in cells:
        for column in range(cell.column, cell.column + cell.columns):
            for line in range(cell.line, cell.line + cell.lines):
                if (column, line) in seen:
                    return True
                seen.add((column, line))
    return False


def test_a_tree_that_is_extended_equals_one_made_at_once() -> None:
    chance = random.Random(3)
    items = tuple(an_item(chance, number) for number in range(4))

    at_once = PageTree(items, COLUMNS, HEIGHT, GAP)
    extended = PageTree(items[:2], COLUMNS, HEIGHT, GAP).extend(*items[2:])

    assert extended.masks() == at_once.masks()
    for mask in at_once.masks():
        assert extended.cost(mask, HEIGHT) == at_once.cost(mask, HEIGHT)


def test_forty_items_that_each_fill_a_page_are_not_tried_together() -> None:
    """There are 2⁴⁰ sets of them: one that cannot fit must end all that hold it."""
    full = tuple({HEIGHT: 1.0} if columns == COLUMNS else {} for columns in (1, 2, 3))
    items = tuple(
        Item(name=str(number), rank=number, priority=3, leaves=full)
        for number in range(40)
    )

    tree = PageTree(items, COLUMNS, HEIGHT, GAP).extend(items[0])

    assert tree.masks() == [1 << number for number in range(41)]
