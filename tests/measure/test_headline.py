from __future__ import annotations

from itertools import combinations
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.measure.headline import SMALL_WORDS, Broken, break_headline

MEASURE = 19.0


def broken(text: str, lines: int, measure: float = MEASURE) -> Broken | None:
    words = text.split(" ")
    return break_headline(words, [len(word) for word in words], 1, measure, lines)


def lines_of(text: str, lines: int, measure: float = MEASURE) -> tuple[str, ...]:
    found = broken(text, lines, measure)
    assert found is not None
    return found.lines


def test_lines_are_balanced_not_filled() -> None:
    assert lines_of("Paper mills close one after another", 2, 24) == (
        "Paper mills close",
        "one after another",
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The king of the printers", ("The king", "of the printers")),
        ("Readers go to the polls", ("Readers go", "to the polls")),
        ("Ink that is to last", ("Ink", "that is to last")),
        ("‘A paper of record’ no more", ("‘A paper", "of record’ no more")),
    ],
)
def test_no_line_ends_in_a_small_word(text: str, wanted: tuple[str, ...]) -> None:
    assert lines_of(text, 2) == wanted


def test_a_small_word_may_end_the_headline() -> None:
    assert lines_of("What papers are for", 2) == ("What papers", "are for")


def test_words_that_do_not_fit_so_many_lines_are_refused() -> None:
    assert broken("one two three four five six", 1) is None
    assert broken("one", 2) is None
    assert broken("incomprehensibilities", 1) is None


def test_a_short_last_line_has_its_price() -> None:
    even, short = broken("newspaper nightshift", 2, 10), broken("newspaper ink", 2, 10)

    assert even is not None
    assert short is not None
    assert even.cost == pytest.approx(0.1)  # nine of ten letters: 10 · 0.1²
    assert short.cost == pytest.approx(0.1 + 10 * 0.7**2 + 1.5)


def by_hand(words: list[str], lines: int, measure: float) -> tuple[int, float]:
    """Try every way to break the words: fewest small line ends, then most even."""
    best = (99, inf)
    for cuts in combinations(range(1, len(words)), lines - 1):
        ends = (*cuts, len(words))
        rows = [words[a:b] for a, b in zip((0, *cuts), ends, strict=True)]
        widths = [len(" ".join(row)) for row in rows]
        if max(widths) > measure:
            continue
        cost = sum(10 * ((measure - width) / measure) ** 2 for width in widths)
        small = sum(row[-1] in SMALL_WORDS for row in rows[:-1])
        best = min(best, (small, cost + 1.6 * small))
    return best


@given(
    st.lists(
        st.sampled_from(["a", "of", "ink", "news", "paper", "printer"]),
        min_size=2,
        max_size=9,
    ),
    st.integers(2, 3),
)
def test_no_way_to_break_a_headline_is_better(words: list[str], lines: int) -> None:
    found = break_headline(words, [len(one) for one in words], 1, MEASURE, lines)

    small, cost = by_hand(words, lines, MEASURE)
    if found is None:
        assert cost == inf
    else:
        short = len(found.lines[-1]) < max(map(len, found.lines)) / 2
        assert found.small == small
        assert found.cost == pytest.approx(cost + 1.5 * short)
        assert " ".join(found.lines) == " ".join(words)


def test_where_every_break_is_after_a_small_word_it_is_said() -> None:
    found = broken("the newspapers", 2, 10)

    assert found is not None
    assert (found.lines, found.small) == (("the", "newspapers"), 1)
