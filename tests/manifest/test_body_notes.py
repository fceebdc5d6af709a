"""Footnotes: numbers, order, and what is said about broken ones."""

from __future__ import annotations

from press.manifest.body import BodyRead, read_body
from press.model.copy import Copy, plain, runs_of


def read(text: str) -> BodyRead:
    return read_body(text, file="index.md", first_line=1)


def numbers(copy: Copy) -> list[int]:
    return [
        run.note
        for runs in runs_of(copy.blocks)
        for run in runs
        if run.note is not None
    ]


def notes(copy: Copy) -> list[tuple[int, str]]:
    return [
        (note.number, " ".join(plain(runs) for runs in runs_of(note.blocks)))
        for note in copy.notes
    ]


def test_notes_are_numbered_in_the_order_of_their_first_reference() -> None:
    copy = read("[^b]: Second.\n\n[^a]: First.\n\nx[^a] y[^b] z[^a]").copy

    assert numbers(copy) == [1, 2, 1]
    assert notes(copy) == [(1, "First."), (2, "Second.")]


def test_inline_notes_count_with_the_others() -> None:
    copy = read("x[^a] y^[An *inline* note.] z^[Last]\n\n[^a]: First.").copy

    assert numbers(copy) == [1, 2, 3]
    assert notes(copy) == [(1, "First."), (2, "An inline note."), (3, "Last")]


def test_a_note_may_have_several_paragraphs_and_notes_of_its_own() -> None:
    copy = read("x[^a]\n\n[^a]: One.\n\n    Two.[^b]\n\n[^b]: Three.").copy

    assert notes(copy) == [(1, "One. Two.2"), (2, "Three.")]
    assert copy.notes[0].place.line == 3


def test_no_space_stands_before_the_number_of_a_note() -> None:
    (runs,) = runs_of(read("word [^a].\n\n[^a]: x").copy.blocks)

    assert [run.text for run in runs] == ["word", "1", "."]


def test_a_missing_note_is_reported_where_it_is_referred_to() -> None:
    found = read("a\nb[^nope] c")

    (finding,) = found.findings
    assert (finding.code, finding.place.line) == ("article.footnote", 2)
    assert "[^nope]" in finding.message
    assert plain(next(runs_of(found.copy.blocks))) == "a b c"


def test_an_unused_note_is_reported_where_it_stands() -> None:
    (finding,) = read("a\n\n[^x]: Never referred to by anybody at all.").findings

    assert (finding.code, finding.place.line) == ("article.footnote", 3)
    assert "Never referred to" in finding.message


def test_a_note_given_twice_is_reported_and_the_first_is_printed() -> None:
    found = read("a[^x]\n\n[^x]: One.\n\n[^x]: Two.")

    (finding,) = found.findings
    assert (finding.place.line, notes(found.copy)) == (5, [(1, "One.")])


def test_notes_in_tables_lists_quotations_and_html_are_found() -> None:
    copy = read(
        "> q[^a]\n\n- l[^b]\n\n| t[^c] |\n|---|\n\n<p>h[^d]</p>\n\n"
        "[^a]: A\n[^b]: B\n[^c]: C\n[^d]: D"
    ).copy

    assert numbers(copy) == [1, 2, 3, 4]
    assert [text for _, text in notes(copy)] == ["A", "B", "C", "D"]


def test_words_of_notes_do_not_count_as_words_of_the_article() -> None:
    assert read("one two^[three four five]").copy.words == 2
