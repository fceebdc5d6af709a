"""What holds for every text: nothing is lost, and what is set stays set."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press.intake.typography import set_runs, set_text
from press.model.copy import Mark, Run, Runs

PIECES = st.sampled_from(
    [
        *"\"'“”‘’«»-–—.… \u00a0\n\t(),;:!?[]/x%°′″½£´`©01aIséعč漢\u2063\u0301",
        *(
            "--",
            "...",
            "12",
            "1990",
            "tis",
            "em",
            "n",
            "Mr",
            "No.",
            "CO2",
            "(c)",
            "km",
            "m2",
        ),
        *(
            "August",
            "World",
            "II",
            "1/2",
            "e.g.",
            "p.m.",
            "J.",
            "million",
            "+44",
            "020",
            "ºC",
        ),
        *("http://a.b/c", "www.", "a@b.co", "a.pdf", "Street", "ISBN 978-", "doi:"),
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=30)
LANGS = st.sampled_from(["en-GB", "en-US", "fr", "de", "es", "ru", "ar", "ja", ""])
MARKS = st.sampled_from(
    [frozenset(), frozenset({Mark.EMPHASIS}), frozenset({Mark.CODE})]
)
RUNS = st.lists(
    st.builds(lambda text, marks: Run(text=text, marks=marks), TEXTS, MARKS), max_size=5
).map(tuple)


def letters(text: str) -> list[str]:
    """Return letters and digits, signs that stand for a letter counted as that letter."""
    for sign, letter in (("×", "x"), ("©", "c"), ("°", "o"), ("º", "o")):
        text = text.replace(sign, letter)
    plain = unicodedata.normalize("NFKC", text.casefold())
    return [character for character in plain if character.isalnum()]


@given(TEXTS, LANGS)
@settings(max_examples=500)
def test_no_letter_and_no_digit_is_ever_lost(text: str, lang: str) -> None:
    assert letters(set_text(text, lang=lang)) == letters(text)


@given(TEXTS, LANGS)
@settings(max_examples=500)
def test_what_is_set_stays_as_it_is(text: str, lang: str) -> None:
    once = set_text(text, lang=lang)

    assert set_text(once, lang=lang) == once


@given(RUNS, LANGS)
@settings(max_examples=300)
def test_runs_keep_their_marks_and_code_keeps_its_text(runs: Runs, lang: str) -> None:
    done = set_runs(runs, lang=lang)

    kept = iter(runs)
    assert all(any(run.marks == old.marks for old in kept) for run in done)
    assert [run.text for run in done if Mark.CODE in run.marks] == [
        run.text for run in runs if Mark.CODE in run.marks and run.text
    ]


@given(TEXTS)
def test_the_same_text_in_one_run_and_in_several_is_set_alike(text: str) -> None:
    for sign in (".", "@", "://"):  # addresses are read run by run
        text = text.replace(sign, "")
    several = tuple(Run(text=character) for character in text)

    done = set_runs(several, lang="en-GB")

    assert "".join(run.text for run in done) == set_text(text, lang="en-GB")


@pytest.mark.parametrize(
    "piece",
    ["'", '"', "a", "1", "- ", "a.", "a@", "1-", "A ", " A. ", "'a\" ", "1/", "x1 "],
)
def test_a_text_without_end_is_set_without_going_over_it_again_and_again(
    piece: str,
) -> None:
    text = piece * 16_000  # a rule that looked back over it all would never be done

    assert letters(set_text(text, lang="en-GB")) == letters(text)
