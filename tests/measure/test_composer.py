from __future__ import annotations

import pytest

from press.measure.composer import Composer, Room, tidy
from press.model.copy import Mark, Run
from press.model.galley import GalleyLine, LineEnd
from press.model.length import Length
from press.model.type import TextAlign
from tests.builders import COLUMN, LAYOUT, a_composer, a_style, four_letter_words

RAGGED, BODY = a_style("ragged"), LAYOUT.style("body")
ROOM = Room(width=COLUMN)


def set_text(
    text: str, room: Room = ROOM, composer: Composer | None = None
) -> tuple[GalleyLine, ...]:
    return (composer or a_composer()).lines((Run(text=text),), BODY, room, "en-GB")


def words(lines: tuple[GalleyLine, ...]) -> list[str]:
    return [line.html for line in lines]


@pytest.mark.parametrize(("count", "lines"), [(1, 1), (4, 1), (8, 2), (38, 10)])
def test_four_words_of_four_letters_fill_a_line(count: int, lines: int) -> None:
    found = set_text(four_letter_words(count))

    assert len(found) == lines
    assert all(line.measure == COLUMN for line in found)


def test_an_indent_is_taken_from_the_first_line_only() -> None:
    found = set_text(four_letter_words(11), Room(width=COLUMN, first=50))

    assert [(line.indent, line.measure) for line in found] == [
        (50, 140),  # three words
        (0, 190),
        (0, 190),
    ]


def test_every_line_but_the_last_is_justified() -> None:
    found = set_text(four_letter_words(10))

    assert [line.justified for line in found] == [True, True, False]


def test_a_line_says_what_it_ends_with() -> None:
    text = "word word word wor. word word word new paper and on"
    composer = a_composer(LAYOUT, "new-paper")

    sentence, plain, last = set_text(text, composer=composer)

    assert (sentence.end, plain.end, last.end) == (
        LineEnd.SENTENCE,
        LineEnd.WORD,
        LineEnd.PARAGRAPH,
    )


def test_a_divided_word_gets_its_hyphen_inside_its_marks() -> None:
    composer = a_composer(LAYOUT, "news-papers")
    runs = (Run(text="word word the "), Run(text="newspapers", marks=_EMPHASIS))

    first, last = composer.lines(runs, BODY, ROOM, "en-GB")

    assert first.html == "word word the <em>news-</em>"
    assert first.end is LineEnd.HYPHEN
    assert last.html == "<em>papers</em>"


_EMPHASIS = frozenset({Mark.EMPHASIS})


def test_no_loose_line_where_another_way_exists() -> None:
    """Filling line by line would leave "aaa bbb" alone with twelve letters to spare.

    19 letters: greedy is "aaa bbb ccc ddd ee" / "ffffff gggg" / "hhhhhhhhhhhhhhh …";
    the best way keeps every space below the greedy way's widest.
    """
    text = "aaa bbb ccc ddd ee ffffff gggg hhhhhhhhhhhhhh iiiiii jjj kkk ll mmm"

    lines = words(set_text(text))

    assert widest_space(lines) < widest_space(greedy(text))


def greedy(text: str) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= 19:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def widest_space(lines: list[str]) -> float:
    return max((19 - len(one)) / max(1, one.count(" ")) for one in lines[:-1])


def test_the_last_line_is_no_runt_where_another_way_exists() -> None:
    text = "one one one one one one one one one one it"
    assert greedy(text) == ["one one one one one", "one one one one one", "it"]

    lines = words(set_text(text))

    assert lines == ["one one one one", "one one one one one", "one it"]


def test_ragged_lines_keep_their_spaces() -> None:
    found = a_composer().lines((Run(text="one two three four five"),), RAGGED, ROOM, "")

    assert not any(line.justified for line in found)


def test_text_is_html_and_marks_are_elements() -> None:
    runs = (Run(text="A & B "), Run(text="<i>", marks=frozenset({Mark.STRONG})))

    (line,) = a_composer().lines(runs, RAGGED, ROOM, "")

    assert line.html == "A &amp; B <strong>&lt;i&gt;</strong>"


def test_white_is_tidied_across_runs_and_line_feeds_stay() -> None:
    runs = (Run(text="  one  "), Run(text="  two \n "), Run(text=" three \n"))

    assert "".join(run.text for run in tidy(runs, RAGGED)) == "one two\nthree"


def test_capitals_are_measured_as_they_are_shown() -> None:
    style = a_style("caps", caps=True)

    (line,) = a_composer().lines((Run(text="straße"),), style, ROOM, "")

    assert line.html == "STRASSE"
    assert a_composer().width("straße", style) == 70


def test_nothing_sets_no_line() -> None:
    assert a_composer().lines((Run(text=" \n "),), RAGGED, ROOM, "") == ()


def test_the_widest_piece_is_the_longest_word() -> None:
    runs = (Run(text="one seventeen two"),)

    assert a_composer().narrowest(runs, RAGGED) == 90
    assert a_composer().narrowest((), RAGGED) == 0


def test_raised_text_is_set_smaller() -> None:
    runs = (Run(text="m"), Run(text="2", marks=frozenset({Mark.SUPERSCRIPT})))

    assert a_composer().advances(runs, RAGGED) == pytest.approx([10, 6.7])


@pytest.mark.parametrize(("size", "raised"), [(10, 6.7), (7.8, 6), (5, 5)])
def test_raised_figures_are_no_smaller_than_prints_unless_the_text_is(
    size: float, raised: float
) -> None:
    runs = (Run(text="2", marks=frozenset({Mark.SUPERSCRIPT})),)
    style = a_style("small", size)

    assert a_composer().advances(runs, style) == pytest.approx([raised])


def test_the_number_of_a_note_stands_raised() -> None:
    runs = (Run(text="so it was"), Run(text="1", note=1))

    (line,) = a_composer().lines(runs, RAGGED, ROOM, "")

    assert line.html == "so it was<sup>1</sup>"


def test_a_baseline_stands_in_the_middle_of_its_leading() -> None:
    style = a_style("lead", align=TextAlign.START, leading=Length(14))

    assert a_composer().baseline(style) == pytest.approx(2 + 8)
