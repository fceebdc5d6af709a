from __future__ import annotations

from itertools import pairwise

import pytest

from press.adapters.hyphens import PyphenHyphenator
from press.measure.breaks import Break, find_breaks, force_breaks, ideographic
from press.ports import Hyphenator
from tests.builders import LAYOUT, Divider


def breaks(
    text: str,
    hyphenator: Hyphenator | None = None,
    literal: tuple[tuple[int, int], ...] = (),
) -> list[Break]:
    return find_breaks(
        text,
        lang="en-GB",
        hyphenator=hyphenator,
        settings=LAYOUT.text,
        literal=literal,
    )


def pieces(text: str, found: list[Break]) -> list[str]:
    """Return the text cut at every break, with the hyphens that are added."""
    starts = [0, *(one.resume for one in found)]
    return [
        text[start : one.end] + "-" * one.hyphen
        for start, one in zip(starts, found, strict=False)
    ]


def test_lines_end_between_words_and_must_end_at_a_line_feed_and_at_the_end() -> None:
    found = breaks("one two\nsix")

    assert [(one.end, one.resume, one.must) for one in found] == [
        (3, 4, False),
        (7, 8, True),
        (11, 11, True),
    ]


def test_a_no_break_space_holds_words_together() -> None:
    assert pieces("No.\u00a010 Downing", breaks("No.\u00a010 Downing")) == [
        "No.\u00a010",
        "Downing",
    ]


def test_a_line_may_end_after_a_dash_but_not_begin_with_one() -> None:
    text = "-well-known news – or views—both"

    assert pieces(text, breaks(text)) == [
        *("-well-", "known", "news", "–", "or", "views—", "both")
    ]


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        (
            "https://example.org/a/b?c=d",
            ["https://", "example.", "org/", "a/", "b?", "c=", "d"],
        ),
        ("www.example.org/page", ["www.", "example.", "org/", "page"]),
        ("t.co/news/ink", ["t.co/", "news/", "ink"]),
        ("editor@example.org", ["editor@", "example.", "org"]),
        ("https://example.org/a--b", ["https://", "example.", "org/", "a--", "b"]),
    ],
)
def test_an_address_is_divided_after_its_marks_and_never_hyphenated(
    address: str, wanted: list[str]
) -> None:
    found = breaks(address, Divider("exam-ple"))

    assert pieces(address, found) == wanted


def test_a_date_or_a_pair_of_words_is_no_address() -> None:
    text = "and/or in 2024/25"

    assert [one.penalty for one in breaks(text)[:2]] == [20.0, 0.0]


def test_words_are_divided_where_the_hyphenator_says_names_at_a_higher_price() -> None:
    found = breaks("newspaper Gutenberg", Divider("news-paper", "Guten-berg"))

    first, _, second, _ = found
    assert pieces("newspaper Gutenberg", found) == [
        *("news-", "paper", "Guten-", "berg")
    ]
    assert first.penalty < second.penalty


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("paper", "pap-er"),  # shorter than six letters
        ("UNESCO", "UNE-SCO"),  # capitals
        ("reader", "re-ader"),  # two letters before
        ("lately", "late-ly"),  # two letters after
    ],
)
def test_short_words_abbreviations_and_short_ends_are_not_divided(
    text: str, marked: str
) -> None:
    assert pieces(text, breaks(text, Divider(marked))) == [text]


def test_code_is_not_hyphenated_but_may_be_divided_after_its_marks() -> None:
    text = "newspaper.print_page"

    found = breaks(text, Divider("news-paper"), literal=((0, len(text)),))

    assert pieces(text, found) == ["newspaper.", "print_", "page"]


def test_the_exceptions_of_the_house_are_a_words_only_breaks() -> None:
    plain, house = PyphenHyphenator(), PyphenHyphenator(["Zapor-izhzhia", "broadsheet"])

    assert pieces("broadsheet", breaks("broadsheet", plain)) == ["broad-", "sheet"]
    assert pieces("broadsheet", breaks("broadsheet", house)) == ["broadsheet"]
    assert pieces("Zaporizhzhia", breaks("Zaporizhzhia", house)) == [
        "Zapor-",
        "izhzhia",
    ]


def test_japanese_breaks_between_letters_but_not_before_a_full_stop() -> None:
    text = "新聞を「読む」。"

    assert ideographic(text)
    assert not ideographic("newspapers")
    assert pieces(text, breaks(text)) == ["新", "聞", "を", "「読", "む」。"]


def forced(text: str, letters: int) -> list[str]:
    """Return the text with its breaks forced into a measure of so many letters."""
    found = force_breaks(text, breaks(text), [1.0] * len(text), letters)
    assert all(one.end <= two.end for one, two in pairwise(found))
    return pieces(text, found)


def test_a_word_wider_than_the_column_is_divided_with_a_hyphen() -> None:
    parts = forced("Donaudampfschiffahrt", 10)

    assert "".join(part.rstrip("-") for part in parts) == "Donaudampfschiffahrt"
    assert all(len(part) <= 10 for part in parts)
    assert all(part.endswith("-") for part in parts[:-1])


def test_a_number_wider_than_the_column_is_divided_without_a_hyphen() -> None:
    parts = forced("3141592653589793238462643", 10)

    assert len(parts) > 2
    assert not any(part.endswith("-") for part in parts)


def test_words_that_fit_are_left_alone() -> None:
    assert forced("one three seven", 10) == ["one", "three", "seven"]
