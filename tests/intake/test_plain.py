"""Plain text in any encoding becomes what its lines say, and nothing is made up."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import fill

import pytest

from press.adapters.encodings import Encodings
from press.intake.plain import mended, read_plain
from press.model.finding import Checked, Severity
from press.model.incoming import CopyFile
from press.model.story import Story
from tests.intake.documents import as_file, codes, only

TEXT = "The Minister’s reply – “no” – cost £20m.\r\n\r\nCafé."


def said(words: list[str]) -> list[str]:
    """Return words without the signs that make lists and tables."""
    return [one for one in words if not re.fullmatch(r"[-–—=*•]+|\d+[.)]", one)]


def read(data: bytes) -> Checked[tuple[Story, ...]]:
    return read_plain(CopyFile(name="salt.txt", data=data), Encodings())


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", []),
        ("utf-8-sig", ["intake.encoding"]),
        ("utf-16", ["intake.encoding"]),
        ("utf-16-le", ["intake.encoding"]),
        ("utf-16-be", ["intake.encoding"]),
        ("utf-32", ["intake.encoding"]),
        ("cp1252", ["intake.encoding"]),
    ],
)
def test_every_encoding_says_the_same_and_which_it_was(
    encoding: str, found: list[str]
) -> None:
    made = read(TEXT.encode(encoding))

    assert [piece.text for piece in only(made).pieces] == [
        "The Minister’s reply – “no” – cost £20m.",
        "Café.",
    ]
    assert codes(made) == [*found, "intake.no-title"]


def test_other_alphabets_are_guessed() -> None:
    text = "Получение денег за работу над открытым кодом. " * 5

    assert only(read(text.encode("koi8-r"))).pieces[0].text == text.strip()


@pytest.mark.parametrize("times", [3, 300])
def test_utf_8_with_a_stray_byte_is_read_so_and_the_line_is_told(times: int) -> None:
    data = ("Café zu.\n\n" * times).encode() + b"The Minister\x92s caf\xe9 \x81.\n"

    made = read(data)

    assert only(made).pieces[-1].text == "The Minister’s café \ufffd."
    (finding,) = [one for one in made.findings if one.code == "intake.encoding"]
    assert finding.place.line == 2 * times + 1
    assert finding.place.column == 13
    assert "(92, E9, 81)" in finding.message
    assert "“The Minister’s café \ufffd.”" in finding.message


def test_many_lines_with_stray_bytes_are_told_as_one_at_last() -> None:
    made = read("Café.\n\n".encode() * 20 + b"Caf\xe9\n" * 15)

    told = [one for one in made.findings if one.code == "intake.encoding"]
    assert len(told) == 11
    assert "5 more of its lines" in told[-1].message


_GERMAN = "„Ohne Einnahmen können wir nicht leben“, sagte der Bürgermeister der Stadt."
_RUSSIAN = "Городской совет вчера решил отменить налог на соль."
_POLISH = "Mieszkańcy są zadowoleni, lecz kupcy się sprzeciwiają: „Nie możemy żyć”."
_JAPANESE = "市議会は昨日、塩の税金を廃止することを決めた。住民は喜んでいる。"
_ENGLISH = "The Minister’s café cost £30 – “nothing,” he said. A naïve tax—at R6."


@pytest.mark.parametrize(
    ("text", "encodings"),
    [
        (_ENGLISH, "cp1252 mac_roman utf-16-le utf-16-be"),
        ("The café cost £30, said the naïve Mr Müller.", "latin_1 cp850 cp437"),
        (_GERMAN, "cp1252 mac_roman utf-16-le"),
        (_RUSSIAN, "cp1251 koi8_r iso8859_5 cp866 utf-16-le utf-16-be"),
        (_POLISH, "cp1250"),
        ("Ο δήμος αποφάσισε χθες να καταργήσει τον φόρο.", "cp1253 iso8859_7"),
        ("مجلس المدينة قرر أمس إلغاء ضريبة الملح", "cp1256 iso8859_6"),
        ("מועצת העיר החליטה אתמול לבטל את מס המלח", "cp1255 iso8859_8"),
        ("Halk memnun, ancak tüccarlar itiraz ediyor: ışıklar, çöp, güneş.", "cp1254"),
        (_JAPANESE, "cp932 euc_jp iso2022_jp"),
        ("시의회는 어제 소금 세금을 폐지하기로 했다.", "cp949"),
        ("市议会昨天决定取消盐税。居民感到满意，但商人表示抗议。", "gb18030"),
        ("市議會昨天決定取消鹽稅。居民感到滿意，但商人表示抗議。", "big5"),
    ],
)
def test_the_encodings_of_newsrooms_are_told_apart(text: str, encodings: str) -> None:
    read_as = {
        name: only(read(text.encode(name))).pieces[0].text for name in encodings.split()
    }

    assert read_as == dict.fromkeys(read_as, text)


def test_whole_texts_in_encodings_of_old_machines_are_read(corpus: Path) -> None:
    for path in sorted((corpus / "formats/txt").glob("*.txt")):
        whole = path.read_text(encoding="utf-8").replace("\xa0", " ")
        for name in ("mac_roman", "cp850", "cp1252"):
            data = whole.encode(name, errors="ignore")
            if sum(one > 127 for one in data) < 3:  # one letter tells nothing
                continue

            guess = Encodings().guess(data)

            assert guess is not None
            assert data.decode(guess.name) == data.decode(name), (path.name, guess)


def test_what_is_no_text_is_a_finding() -> None:
    assert codes(read(b"\x00\x01\x02PNG\x00\xff")) == ["intake.unreadable"]
    assert "intake.empty" in codes(read(b" \n"))


def test_lines_are_paragraphs_only_where_no_blank_line_parts_them() -> None:
    long = "Salt was taxed by the bushel and not by the pound, and nobody wept when it was dropped at last."
    wrapped = "Salt was taxed\nby the bushel."

    by_line = only(read(f"{long}\n{long}\n{long}".encode()))
    by_blank = only(read(f"{wrapped}\n\n{wrapped}".encode()))
    letter = only(read(wrapped.encode()))

    assert len(by_line.pieces) == 3
    assert [one.text for one in by_blank.pieces] == [
        "Salt was taxed by the bushel."
    ] * 2
    assert len(letter.pieces) == 1


LONG = (
    "Salt was taxed by the bushel and not by the pound, and nobody wept when the duty"
    " was dropped at last by a minister who had no better idea"
)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.markdown) for piece in only(read(text.encode())).pieces]


def test_lines_of_a_text_that_was_not_wrapped_are_paragraphs() -> None:
    text = f"{LONG}.\n\n{LONG}.\n— Ada Marsh, “Salt”\n{LONG}.\n"

    assert [words for _, words in kinds(text)] == [
        f"{LONG}.",
        f"{LONG}.",
        "— Ada Marsh, “Salt”",
        f"{LONG}.",
    ]


def test_lines_of_a_text_that_was_wrapped_are_joined_up_to_where_a_sentence_ends() -> (
    None
):
    text = f"{fill(LONG, 50)}.\n{fill(LONG, 50)}.\n\n{fill(LONG, 50)}."

    assert [words for _, words in kinds(text)] == [f"{LONG}."] * 3


@pytest.mark.parametrize("copy", [LONG, fill(LONG, 50)])
def test_verse_addresses_and_signatures_keep_their_lines(copy: str) -> None:
    text = f"{copy}.\n\nYours faithfully,\nAda Marsh\nLeith\n\n{copy}."

    assert kinds(text)[1] == ("paragraph", "Yours faithfully,\\\nAda Marsh\\\nLeith")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("- salt\n- pepper", "- salt\n- pepper"),
        ("• salt\n\n• pepper\n", "- salt\n- pepper"),
        ("* salt\n* pepper", "- salt\n- pepper"),
        ("1. salt\n2. pepper", "1. salt\n2. pepper"),
        ("7) salt\n8) pepper", "7. salt\n8. pepper"),
        ("– salt\n– pepper", "- salt\n- pepper"),
        (
            "- salt\n\n  - of the sea\n\n  - of rock\n\n- pepper",
            "- salt\n  - of the sea\n  - of rock\n- pepper",
        ),
        ("1. salt\n   - of the sea\n2. pepper", "1. salt\n   - of the sea\n2. pepper"),
        (
            "- salt of the sea, which\n  is dear\n- pepper",
            "- salt of the sea, which is dear\n- pepper",
        ),
        ("- salt\n\n  It is dear.\n\n- pepper", "- salt\n\n  It is dear.\n\n- pepper"),
    ],
)
def test_lines_with_bullets_or_numbers_are_lists(text: str, markdown: str) -> None:
    made = read(f"{LONG}:\n\n{text}\n\n{LONG}.".encode())

    story = only(made)
    assert [one.kind for one in story.pieces] == ["paragraph", "list", "paragraph"]
    assert story.pieces[1].markdown == markdown
    assert story.words == sum(piece.words for piece in story.pieces)


@pytest.mark.parametrize(
    "line",
    [
        "1984. That was the year.",
        "1. Once",
        "* Names have been changed.",
        "– No, said Ada.\n\n– Yes, said Otto.",
        "-- Ada Marsh",
        "-5 degrees were measured",
    ],
)
def test_what_only_begins_like_a_list_is_none(line: str) -> None:
    found = {kind for kind, _ in kinds(f"{LONG}.\n\n{line}\n\n{LONG}.")}

    assert found == {"paragraph"}


TABLE = "| Salt | Duty |\n| --- | --- |\n| of the sea | 5s |\n| of rock | 4s 6d |"


@pytest.mark.parametrize(
    "text",
    [
        "  Salt         Duty\n  ------------ -------\n  of the sea   5s\n  of rock      4s 6d",
        """\
  --------------------
  Salt         Duty
  ------------ -------
  of the       5s
  sea

  of rock      4s 6d
  --------------------""",
        "| Salt | Duty |\n|------|-----:|\n| of the sea | 5s |\n| of rock | 4s 6d |",
    ],
)
def test_plain_columns_are_a_table_and_it_is_told(text: str) -> None:
    made = read(f"{LONG}:\n\n{text}\n\n{LONG}.".encode())

    story = only(made)
    assert [one.kind for one in story.pieces] == ["paragraph", "table", "paragraph"]
    assert story.pieces[1].markdown == TABLE
    assert story.words == sum(piece.words for piece in story.pieces)
    assert "intake.table" in codes(made)


def test_columns_of_tabs_are_a_table_without_a_head() -> None:
    (table,) = only(read(b"Salt\t5s\nPepper\t4s 6d\n")).pieces

    assert table.markdown == "|  |  |\n| --- | --- |\n| Salt | 5s |\n| Pepper | 4s 6d |"


def test_columns_that_cannot_be_told_stay_as_they_stand_and_are_told() -> None:
    rows = "Salt      5s    1824\nPepper      4s 6d     1825\nMustard     3s\n"

    made = read(rows.encode())

    (lines,) = only(made).pieces
    assert lines.markdown == f"```\n{rows}```"
    finding = next(one for one in made.findings if one.code == "intake.table")
    assert finding.severity is Severity.WARNING


def test_long_texts_of_odd_lines_are_read_in_time_that_grows_with_them() -> None:
    odd = [LONG, "– Yes.", "- - -", "a\tb", "x    y", "--- ---", "| a |", "1. x", "* y"]

    made = read("\n".join(odd * 4000).encode())

    assert len(only(made).pieces) > 4000


def test_what_markdown_would_read_as_a_mark_stays_text() -> None:
    story = only(read(b"# Salt *was* {{ taxed }}\n\n1. Once"))

    assert [piece.markdown for piece in story.pieces] == [
        "\\# Salt \\*was\\* {{ taxed }}",
        "1\\. Once",
    ]


def test_a_garbled_character_is_told_with_what_it_was_and_not_changed() -> None:
    made = read("First.\n\nThe Ministerâ€™s cafÃ©.".encode())

    finding = next(one for one in made.findings if one.code == "intake.garbled")
    assert only(made).pieces[1].text == "The Ministerâ€™s cafÃ©."
    assert (finding.place.line, finding.place.column) == (3, 13)
    assert finding.hint == "was it “The Minister’s café.”?"
    assert mended("Salt’s ж") == ""


def test_the_texts_of_the_corpus_lose_no_word(corpus: Path) -> None:
    for path in sorted((corpus / "formats/txt").glob("*.txt")):
        made = read_plain(as_file(path), Encodings())
        text = path.read_text(encoding="utf-8")

        story = only(made)
        words = [word for piece in story.pieces for word in piece.text.split()]

        assert said(words) == said(text.split()), path.name
        assert story.words == len(words)
        assert set(codes(made)) <= {"intake.no-title", "intake.table"}


def test_windows_text_is_read_and_said_to_be_a_guess(corpus: Path) -> None:
    made = read_plain(as_file(corpus / "awkward/text/windows-1252.txt"), Encodings())

    assert "“no comment”" in only(made).pieces[0].text
    assert codes(made)[0] == "intake.encoding"


def test_the_scraped_article_has_its_paragraphs_and_asks_for_a_headline(
    corpus: Path,
) -> None:
    (path,) = (corpus / "seed").glob("*.txt")

    made = read_plain(as_file(path), Encodings())

    assert len(only(made).pieces) == 28
    assert only(made).title == ""
    assert codes(made) == ["intake.no-title"]


@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [
        ("how-pakistan-blocked-social-media", "table", 6),
        ("how-pakistan-blocked-social-media", "list", 5),
        ("getting-paid-ru", "list", 7),
        ("internet-censorship-catalonia-independence-referendum-es", "table", 1),
    ],
)
def test_the_texts_of_the_corpus_keep_their_structure(
    corpus: Path, name: str, kind: str, count: int
) -> None:
    story = only(read_plain(as_file(corpus / f"formats/txt/{name}.txt"), Encodings()))

    assert sum(piece.kind == kind for piece in story.pieces) == count
    assert not any(piece.text.startswith("- ") for piece in story.pieces)
    assert not any("---" in piece.text for piece in story.pieces)


def test_a_row_of_dashes_is_a_row_and_a_paragraph_after_a_list_is_one() -> None:
    table = "| Salt | Duty |\n|------|------|\n| of rock | 4s |\n| - | - |\n"
    listed = (
        "- salt\n- tallow\n\n\tThe Minister spoke, and everybody went home early.\n"
    )

    pieces = only(read(f"{table}\n{listed}".encode())).pieces

    assert pieces[0].markdown.count("\n") == 3
    assert pieces[-1].text == "The Minister spoke, and everybody went home early."
