"""Characters that nobody sees, and text that went through the wrong hands."""

from __future__ import annotations

import pytest

from press.manifest.body import BodyRead, read_body
from press.model.copy import Listing, Table, plain, runs_of
from press.model.finding import Severity


def read(text: str, *, first_line: int = 1) -> BodyRead:
    return read_body(text, file="index.md", first_line=first_line)


def words(found: BodyRead) -> str:
    return " ".join(plain(runs) for runs in runs_of(found.copy.blocks))


@pytest.mark.parametrize(
    ("character", "name", "instead"),
    [
        ("\u00ad", "soft hyphen", ""),
        ("\u200b", "zero-width space", ""),
        ("\u2060", "word joiner", ""),
        ("\u200e", "direction mark", ""),
        ("\u200f", "direction mark", ""),
        ("\ufeff", "byte order mark", ""),
        ("\ufffc", "object replacement character", ""),
        ("\ue000", "private-use character", ""),
        ("\U000f1234", "private-use character", ""),
        ("\x0b", "vertical tab", " "),
        ("\u2028", "line separator", " "),
        ("\u2029", "paragraph separator", " "),
        ("\x85", "next-line character", " "),
        ("\x01", "control character", ""),
        ("\x92", "control character", ""),
        ("\x00", "control character", ""),
        ("\ud800", "lone surrogate", ""),
        ("\u200d", "joiners between Latin letters", ""),
        ("\ufe0f", "signs that ask for an emoji", ""),
    ],
)
def test_an_invisible_character_is_cleaned_and_reported_once(
    character: str, name: str, instead: str
) -> None:
    found = read(f"first\n\na{character}b c{character}d", first_line=10)

    assert words(found) == f"first a{instead}b c{instead}d"
    (finding,) = found.findings
    assert finding.code == "article.invisible-character"
    assert finding.severity is Severity.WARNING
    assert finding.place.line == 12
    assert finding.message.startswith(f"2 {name}")


def test_a_paragraph_separator_ends_the_paragraph_and_lines_stay_true() -> None:
    copy = read("a\u2029b\n\nc").copy

    assert [block.place.line for block in copy.blocks] == [1, 1, 3]


def test_invisible_characters_written_as_entities_are_cleaned_too() -> None:
    found = read("in&shy;vis&#8203;ible &#1;&#xE000;&#13;x <code>a&#x200b;b</code>")

    assert words(found) == "invisible x ab"


@pytest.mark.parametrize(
    "text", ["می\u200cخواهم", "क\u094d\u200dष", "👩\u200d🚀", "\u200fمرحبا"]
)
def test_joiners_and_direction_marks_stay_where_they_work(text: str) -> None:
    found = read(text)

    assert words(found) == text
    assert not found.findings


def test_mojibake_is_suspected_and_not_repaired() -> None:
    found = read("It â€œneverâ€\x9d happened. CafÃ© Â£30m, Ministerâ€™s")

    suspicious = [f for f in found.findings if f.code == "article.suspicious"]
    assert len(suspicious) == 1
    assert "Ministerâ€™s" in words(found)
    assert "CafÃ©" in words(found)


@pytest.mark.parametrize(
    "text", ["Le CAFÉ” dit", "Âge, Ângelo, São Paulo", "“É…” – Ça"]
)
def test_accented_letters_beside_quotation_marks_are_no_mojibake(text: str) -> None:
    assert not read(text).findings


def test_replacement_characters_are_reported() -> None:
    (finding,) = read("a\n\nlost \ufffd here").findings

    assert (finding.code, finding.place.line) == ("article.suspicious", 3)


def test_entities_escaped_twice_are_suspected_once() -> None:
    found = read("x\n\nMinister&amp;#8217;s &amp;amp; &amp;nbsp; AT&amp;T; R&D")

    (finding,) = found.findings
    assert (finding.code, finding.place.line) == ("article.suspicious", 3)
    assert "3 such places" in finding.message
    assert "Minister&#8217;s" in words(found)


def test_line_ends_of_all_systems_count_alike() -> None:
    copy = read("a\r\n\r\nb\r\rc\n\nd").copy

    assert [block.place.line for block in copy.blocks] == [1, 3, 5, 7]


def test_a_word_of_more_than_a_million_characters_is_an_error() -> None:
    found = read("a\n\n" + "x" * 1_000_001)

    assert [(f.code, f.severity, f.place.line) for f in found.findings] == [
        ("article.extreme", Severity.ERROR, 3)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "> " * 150 + "word",
        "- " * 150 + "word",
        "<div>" * 150 + "word",
        "x " + "<span>" * 150 + "word",
        '<div markdown="1">\n' * 150 + "word",
    ],
)
def test_what_is_nested_too_deeply_is_reported_and_loses_no_word(text: str) -> None:
    found = read(text)

    assert words(found).split()[-1] == "word"
    assert "article.extreme" in {finding.code for finding in found.findings}


def test_an_absurd_span_is_cut_and_reported() -> None:
    found = read(
        "<table><tr><td colspan=1000000000>x</td></tr><tr><td>y</td></tr></table>"
    )

    (table,) = found.copy.blocks
    assert isinstance(table, Table)
    assert len(table.align) == 1
    assert [finding.code for finding in found.findings] == ["article.extreme"]


def test_a_table_wider_than_any_page_keeps_its_words() -> None:
    row = "|" + "|".join(f"w{n}" for n in range(150)) + "|"

    found = read(f"{row}\n{'|-' * 150}|\n{row}")

    (table,) = found.copy.blocks
    assert isinstance(table, Table)
    assert len(table.align) == 100
    assert words(found).split() == [f"w{n}" for n in range(150)] * 2


def test_control_characters_do_not_reach_listings() -> None:
    (block,) = read("<pre>a&#1;b&#13;c</pre>").copy.blocks

    assert isinstance(block, Listing)
    assert block.lines == ("ab", "c")
