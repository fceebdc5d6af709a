from __future__ import annotations

import random
from itertools import product
from math import inf

import pytest

from press.flatplan.allocate import (
    Demand,
    Span,
    choose_spans,
    page_count,
    possible_spans,
)


def demands(*pages: float) -> list[Demand]:
    return [Demand(name=str(n), pages=wanted) for n, wanted in enumerate(pages)]


@pytest.mark.parametrize(
    ("pages", "signature", "count"),
    [
        ((1.0, 2.0), 4, 4),
        ((2.0, 2.4), 4, 8),
        ((2.0, 2.2), 4, 4),  # a quarter of a page is made up
        ((0.1, 0.2, 0.3), 1, 3),  # every section has a page
        ((5.0,), 8, 8),
    ],
)
def test_the_page_count_is_the_least_multiple_of_the_signature_that_holds_all(
    pages: tuple[float, ...], signature: int, count: int
) -> None:
    assert page_count(demands(*pages), signature) == count


def test_pages_that_a_section_claims_are_among_the_pages() -> None:
    claiming = Demand(name="World", pages=0.5, claim=(9, 10))

    assert page_count([*demands(2), claiming], 4) == 12


def test_spans_follow_one_another_from_the_first_page_to_the_last() -> None:
    spans = possible_spans(demands(1.4, 2.6), 4, 1)

    assert spans == [[(1, 1), (1, 2)], [(2, 4), (3, 4)]]


def test_with_more_width_pages_are_shared_out_more_freely() -> None:
    assert possible_spans(demands(1.0, 3.0), 4, 1) == [[(1, 1)], [(2, 4)]]
    assert (1, 2) in possible_spans(demands(1.0, 3.0), 4, 2)[0]


def test_a_claim_is_kept_and_the_others_fill_the_pages_before_and_after() -> None:
    claiming = Demand(name="World", pages=9, claim=(3, 4))

    spans = possible_spans([*demands(2), claiming, *demands(2)], 6, 1)

    assert spans == [[(1, 2)], [(3, 4)], [(5, 6)]]


def test_a_section_has_the_pages_its_articles_are_pinned_to() -> None:
    pinned = Demand(name="World", pages=1.5, pins=(3,))

    spans = possible_spans([*demands(2.5), pinned], 4, 1)

    assert all(first <= 3 <= last for first, last in spans[1])


def test_claims_that_cannot_be_met_leave_no_span() -> None:
    claiming = Demand(name="World", pages=1, claim=(6, 7))

    assert possible_spans([*demands(1), claiming], 8, 1) == [[], []]
    assert choose_spans([[], []], {}) is None


def by_hand(
    spans: list[list[Span]], costs: dict[tuple[int, Span], float], pages: int
) -> float:
    best = inf
    for path in product(*spans):
        starts = [1, *(last + 1 for _, last in path)]
        ends = [first for first, _ in path] + [pages + 1]
        if starts == ends:
            cost = sum(costs.get((n, span), inf) for n, span in enumerate(path))
            best = min(best, cost)
    return best


@pytest.mark.parametrize("seed", range(30))
def test_no_path_of_spans_costs_less_than_the_one_chosen(seed: int) -> None:
    chance = random.Random(seed)
    wanted = demands(*(chance.uniform(0.5, 3) for _ in range(4)))
    spans = possible_spans(wanted, 8, 3)
    costs = {
        (number, span): chance.uniform(0, 9)
        for number, found in enumerate(spans)
        for span in found
        if chance.random() < 0.8
    }

    chosen = choose_spans(spans, costs)

    best = by_hand(spans, costs, 8)
    if chosen is None:
        assert best == inf
    else:
        cost = sum(costs[number, span] for number, span in enumerate(chosen))
        assert cost == pytest.approx(best)
        assert [first for first, _ in chosen[1:]] == [
            last + 1 for _, last in chosen[:-1]
        ]
        assert (chosen[0][0], chosen[-1][1]) == (1, 8)
