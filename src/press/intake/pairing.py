"""Which paragraphs of two versions are the same ones, changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

#: Of two paragraphs' words so many are the same where one became the other.
_ALIKE: Final = 0.5
#: No more paragraphs are held against each other; stretches as long are taken whole.
_MOST: Final = 10_000


def paired(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield numbers of paragraphs that became others, in order on both sides.

    Of all pairs without crossings, those that are most alike taken together: the longest
    common subsequence, weighed (Wagner and Fischer, 1974), with Dice's measure of words.
    """
    if len(before) * len(after) > _MOST:
        return
    first = [Counter(part.split()) for part in before]
    second = [Counter(part.split()) for part in after]
    alike = [[_alike(one, other) for other in second] for one in first]
    best = [[0.0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for one in reversed(range(len(first))):
        for other in reversed(range(len(second))):
            best[one][other] = max(
                best[one + 1][other],
                best[one][other + 1],
                alike[one][other] + best[one + 1][other + 1],
            )
    one = other = 0
    while one < len(first) and other < len(second):
        here = best[one][other]
        if here == best[one + 1][other]:
            one += 1
        elif here == best[one][other + 1]:
            other += 1
        else:
            yield one, other
            one, other = one + 1, other + 1


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """Return which share of both paragraphs' words is the same; 0 for too little."""
    share = 2 * (one & other).total() / max(one.total() + other.total(), 1)
    return share if share >= _ALIKE else 0.0
