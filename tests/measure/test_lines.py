from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from press.measure.breaks import find_breaks
from press.measure.lines import Measure, break_lines
from press.model.layout import TextSettings
from press.model.length import Length
from press.model.line import Line

SETTINGS = TextSettings(indent=Length(9), list_indent=Length(9), quote_indent=Length(9))
HYPHEN, SPACE, LETTER = 3.0, 2.5, 5.0


class EverySecondLetter:
    """Divides words after every second letter."""

    def points(self, word: str, lang: str) -> Sequence[int]:
        return range(2, len(word), 2)


def advances(text: str) -> list[float]:
    return [SPACE if character == " " else LETTER for character in text]


def set_lines(text: str, measure: Measure, *, divide: bool = True) -> tuple[Line, ...]:
    breaks = find_breaks(
        text,
        lang="en-GB",
        hyphenator=EverySecondLetter() if divide else None,
        settings=SETTINGS,
    )
    return break_lines(
        text, advances(text), breaks, measure, hyphen=HYPHEN, space=SPACE
    )


def natural(text: str, line: Line) -> float:
    width = sum(advances(text[line.start : line.end]))
    return width + HYPHEN * line.hyphen


WORDS = st.lists(
    st.text(alphabet="abcdefghijklmnop-–/.", min_size=1, max_size=24),
    min_size=1,
    max_size=60,
).map(" ".join)


@given(WORDS, st.booleans())
def test_every_letter_is_in_one_line_and_only_spaces_fall_between(
    text: str, justified: bool
) -> None:
    lines = set_lines(text, Measure(width=100, first=9, justified=justified))

    at = 0
    for line in lines:
        assert text[at : line.start].strip(" ") == ""
        at = line.end
    assert text[at:].strip(" ") == ""


@given(WORDS)
def test_no_line_is_too_wide_for_its_measure_even_when_words_are(text: str) -> None:
    lines = set_lines(text, Measure(width=100, first=9, tracking=0.02))

    for line in lines:
        spaces = text[line.start : line.end].count(" ")
        least = natural(text, line) - spaces * SPACE * 0.2 - line.measure * 0.02
        assert least <= line.measure + 0.01


@given(WORDS)
def test_ragged_lines_are_never_stretched_or_tracked(text: str) -> None:
    lines = set_lines(text, Measure(width=120, justified=False))

    assert not any(line.justified or line.tracking for line in lines)


def test_a_break_that_the_writer_asked_for_is_kept_and_its_line_is_not_filled() -> None:
    text = "aa bb\ncc dd"

    first, second = set_lines(text, Measure(width=200))

    assert (text[first.start : first.end], text[second.start : second.end]) == (
        "aa bb",
        "cc dd",
    )
    assert not first.justified


def test_lines_beside_a_drop_cap_are_shorter() -> None:
    text = " ".join(["abcd"] * 40)

    lines = set_lines(text, Measure(width=150, inset=40, inset_lines=3))

    assert [line.measure for line in lines[:4]] == [110, 110, 110, 150]
    assert [line.indent for line in lines[:4]] == [40, 40, 40, 0]


def test_hyphens_do_not_stack_three_deep_where_another_way_exists() -> None:
    text = " ".join(["abcdefgh", "abc", "abcdef", "ab"] * 12)

    lines = set_lines(text, Measure(width=97, tracking=0.02))

    run = longest = 0
    for line in lines:
        run = run + 1 if line.hyphen else 0
        longest = max(longest, run)
    assert longest < 3


def test_a_long_address_is_divided_after_its_marks_without_a_hyphen() -> None:
    text = "see https://example.org/a/very/long/address/of/papers for it"

    lines = set_lines(text, Measure(width=110))

    inside = [line for line in lines if "/" in text[line.start : line.end]]
    assert len(inside) > 1
    assert not any(line.hyphen for line in inside[:-1])
