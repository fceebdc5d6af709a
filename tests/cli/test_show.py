from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.cli.show import show
from press.cli.terminal import cells, printable
from press.model.finding import Finding, Place, error, note, warning

MANIFEST = "editions/2024-09/edition.yaml"


def a_finding(source: str, column: int, *, width: int = 1, line: int = 14) -> Finding:
    place = Place(file=MANIFEST, line=line, column=column, width=width, source=source)
    return error("manifest.article", "there is no such article", place)


def carets_under(finding: Finding) -> tuple[str, str]:
    """Return the source line and the caret line, as shown, without the gutter."""
    lines = show([finding]).splitlines()
    return lines[1].partition(" | ")[2], lines[2].partition(" | ")[2]


def test_a_finding_is_shown_with_its_line_carets_and_hint() -> None:
    place = Place(file=MANIFEST, line=14, column=5, width=12, source="  - asylum-hotel")
    finding = error(
        "manifest.article",
        'there is no article "asylum-hotel"',
        place,
        'did you mean "asylum-hotels"?',
    )

    shown = show([finding])

    assert shown == (
        'editions/2024-09/edition.yaml:14:5: error: there is no article "asylum-hotel"'
        " [manifest.article]\n"
        "  14 |   - asylum-hotel\n"
        "     |     ^^^^^^^^^^^^\n"
        '     hint: did you mean "asylum-hotels"?\n'
        "1 error"
    )


def test_an_address_of_the_web_is_shown_as_it_is() -> None:
    place = Place(file="https://example.org")

    shown = show([error("intake.site", "it gives no more", place)], base="../..")

    assert shown.startswith("https://example.org: error: it gives no more")


def test_nothing_found_shows_nothing() -> None:
    assert show([]) == ""


def test_findings_are_sorted_by_file_and_line_and_counted() -> None:
    here = [Place(file="b.yaml", line=line, column=1) for line in (9, 2)]

    shown = show(
        [
            warning("layout.runt", "a short line", Place(page=4, article="ferry")),
            error("manifest.key", "second", here[0]),
            error("manifest.key", "first", here[1]),
            note("manifest.bom", "skipped", Place(file="a.yaml")),
        ]
    )

    assert shown.splitlines() == [
        "a.yaml: note: skipped [manifest.bom]",
        "",
        "b.yaml:2:1: error: first [manifest.key]",
        "b.yaml:9:1: error: second [manifest.key]",
        "",
        "page 4, ferry: warning: a short line [layout.runt]",
        "2 errors, 1 warning, 1 note",
    ]


def test_a_finding_about_the_whole_edition_needs_no_place() -> None:
    shown = show([error("flatplan.over", "3 lines over")])

    assert shown.startswith("error: 3 lines over [flatplan.over]\n")


def test_a_finding_in_a_file_still_names_its_page() -> None:
    place = Place(file="a.md", line=3, column=1, page=4, article="ferry")

    shown = show([error("article.overset", "3 lines over", place)])

    assert shown.startswith("a.md:3:1: error: 3 lines over (page 4) [article.overset]")


def test_files_are_named_as_seen_from_the_current_folder() -> None:
    finding = error("manifest.key", "no", Place(file=MANIFEST, line=1, column=1))

    assert show([finding], base="../..").startswith(f"../../{MANIFEST}:1:1: ")
    assert show([finding], base=".").startswith(f"{MANIFEST}:1:1: ")


@pytest.mark.parametrize(
    ("source", "column", "width", "indent", "carets"),
    [
        ("ab", 2, 1, 1, 1),
        ("\tab", 2, 2, 4, 2),  # a tab goes to the next multiple of four
        ("a\tb", 3, 1, 4, 1),
        ("日本語x", 4, 1, 6, 1),  # wide characters take two columns
        ("日本語x", 2, 2, 2, 4),
        ("e\u0301a", 3, 1, 1, 1),  # a combining accent takes none
        ("한글", 2, 1, 2, 2),
        ("a\x1b[31mb", 2, 1, 1, 4),  # an escape takes what it shows: \x1b
        ("abc", 4, 1, 3, 1),  # just past the end of the line
        ("abc", 99, 5, 3, 1),
    ],
)
def test_carets_stand_under_what_is_meant(
    source: str, column: int, width: int, indent: int, carets: int
) -> None:
    _, marks = carets_under(a_finding(source, column, width=width))

    assert marks == " " * indent + "^" * carets


def test_a_long_paragraph_is_cut_around_what_is_meant() -> None:
    source = "word " * 400 + "nedle " + "word " * 400

    text, marks = carets_under(a_finding(source, 2001, width=5))

    assert cells(text) < 110
    assert text.startswith("…")
    assert text.endswith("…")
    assert text[marks.index("^") : marks.index("^") + 5] == "nedle"


def test_a_long_line_is_shown_from_its_start_where_that_is_near() -> None:
    text, _ = carets_under(a_finding("headline: " + "word " * 100, 41))

    assert text.startswith("headline: word")
    assert text.endswith("…")


@given(st.text(min_size=1, max_size=300), st.data())
def test_carets_point_at_the_same_character_in_any_text(
    text: str, data: st.DataObject
) -> None:
    source = text.replace("\n", "x").replace("\r", "x") + "!"
    column = data.draw(st.integers(1, len(source)))

    shown, marks = carets_under(a_finding(source, column))

    before = shown[:0]
    for character in shown:
        if cells(before) >= marks.index("^") and cells(character):
            break
        before += character
    expected = printable(source[column - 1]) if source[column - 1] != "\t" else " "
    if cells(expected):
        assert shown[len(before) :].startswith(expected[0])


@given(st.text(st.characters(codec=None)))
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    place = Place(file=text, line=1, column=1, source=text, article=text)

    shown = show([error("article.title", text, place, text)])

    for character in shown.replace("\n", ""):
        assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
    assert "\u202e" not in shown
    shown.encode()


def test_copy_cannot_forge_a_line() -> None:
    shown = show([error("article.title", "x\n2 errors\x1b[2J\u202eyrros")])

    assert shown.splitlines()[0] == (
        "error: x\\n2 errors\\x1b[2J\\u202eyrros [article.title]"
    )


def test_colour_is_only_added_where_asked_for() -> None:
    finding = a_finding("abc", 2)

    plain, coloured = show([finding]), show([finding], colour=True)

    assert "\x1b" not in plain
    assert "\x1b[1;31merror:\x1b[0m" in coloured
    for code in ("\x1b[1;31m", "\x1b[0m"):
        coloured = coloured.replace(code, "")
    assert coloured == plain
