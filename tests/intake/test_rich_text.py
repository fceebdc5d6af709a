"""Rich Text of every program loses no letter, no note and no word in silence."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pypandoc
import pytest

from press.adapters.mammoth import MammothReader
from press.adapters.pandoc import Pandoc
from press.intake.office import read_rtf
from press.intake.rich_text import read_rich_text
from press.intake.word import read_word
from press.model.finding import Checked
from press.model.incoming import Converted, CopyFile
from press.model.story import Story
from tests.intake.documents import as_file, codes, only, running

_HEAD = "{\\rtf1\\ansi\\ansicpg1252\\deff0 "
_FONTS = "{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204 Arial CYR;}}"
_PROPERTIES = "{\\info{\\title Salt\\u8217?s tax}{\\author Jo Roe}{\\subject Tax}}"


def read(body: str) -> Checked[tuple[Story, ...]]:
    data = f"{_HEAD}{body}}}".encode("latin-1")
    return read_rtf(CopyFile(name="salt.rtf", data=data), Pandoc())


def said(body: str) -> list[str]:
    return [piece.markdown for piece in only(read(body)).pieces]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (r"\u8220?Where \u8212?never don\u8217?t\par", "“Where —never don’t"),
        (r"\u8220 ?Where don\u8217 ?t\par", "“Where don’t"),
        (r"{\u8220}Where don{\u8217}t\par", "“Where don’t"),
        (r"\uc1\u8220\'93Where don\u8217\'92t\par", "“Where don’t"),
        (r"\uc0\u8220 Where don\uc0\u8217 t\par", "“Where don’t"),
        (r"\uc2\u8220\'93\'93Where don\u8217??t\par", "“Where don’t"),
        (r"{\uc0\u8220 Where} don\u8217?t\par", "“Where don’t"),
        (r"\u8220\ldblquote Where don\u8217\rquote t\par", "“Where don’t"),
        (r"\ldblquote Where\emdash don\'92t\par", "“Where—don’t"),
        (r"It \u55357?\u56832?smiles\u-10179?\u-8704?.\par", "It 😀smiles😀."),
        (r"Half \u55357?a letter\par", "Half \ufffda letter"),
        (r"{\b Salt\b0. And} \i x\i0, y\par", "**Salt**. And *x*, y"),
        (r"x\{y\}z\~a\_b\par", "x{y}z\xa0a‑b"),
        (r"caf\'e9 na" + "\xef" + r"ve\par", "café naïve"),
    ],
)
def test_a_letter_written_as_a_number_swallows_none(body: str, words: str) -> None:
    assert said(body) == [words]


def test_letters_are_read_in_the_code_page_of_their_font() -> None:
    body = _FONTS + r"\f1 \'cf\'f0{\f0 \'e9}\'e8\par\plain\'e9\par"

    assert said(body) == ["Прéи", "é"]


def test_letters_of_two_bytes_are_read_as_one() -> None:
    data = rb"{\rtf1\ansi\ansicpg932 \'82\'a0\'82\'a2\par}"

    story = only(read_rtf(CopyFile(name="a.rtf", data=data), Pandoc()))

    assert story.pieces[0].text == "あい"


def test_a_line_ended_as_texteditors_of_the_mac_end_it_is_a_paragraph() -> None:
    assert said("Salt.\\\nTax\\\r\nand\nall.\\\n") == ["Salt.", "Tax", "andall."]


def test_words_before_and_after_a_new_page_are_not_one() -> None:
    assert said(r"Salt\page Tax\column Duty\sect Toll\par") == [
        "Salt",
        "Tax",
        "Duty",
        "Toll",
    ]


@pytest.mark.parametrize("note", [r"{\*\footnote A note.}", r"{\footnote A note.}"])
def test_a_note_is_kept_however_it_is_marked(note: str) -> None:
    assert said(rf"Salt{note} tax.\par") == ["Salt[^1] tax.", "[^1]: A note."]


def test_comments_and_what_is_deleted_or_hidden_stay_out_and_are_listed() -> None:
    found = read(
        r"Salt{\*\annotation Sure?}{\v secret} was{\deleted  never}"
        r"{\revised  always} taxed.{\header{\b Page} one}\par"
    )
    story = only(found)

    assert [piece.text for piece in story.pieces] == ["Salt was always taxed."]
    assert [one.text for one in story.left] == ["Sure?", "secret", "never", "Page one"]
    assert {"intake.comments", "intake.tracked-changes"} <= set(codes(found))


def test_a_picture_said_twice_for_older_programs_comes_once() -> None:
    picture = r"{\pict\pngblip 89504e470d0a1a0a}"

    story = only(read(rf"{{\*\shppict{picture}}}{{\nonshppict{picture}}}\par Salt\par"))

    assert [len(piece.pictures) for piece in story.pieces] == [1, 0]


def test_a_picture_in_binary_data_is_none_of_the_text() -> None:
    story = only(read(r"Salt {\pict\pngblip\bin4 }{\'} tax.\par"))

    assert "Salt tax." in [piece.text for piece in story.pieces]


def test_links_fields_and_properties_are_read() -> None:
    story = only(
        read(
            _PROPERTIES + r'{\field{\*\fldinst{HYPERLINK "https://salt.example"}}'
            r"{\fldrslt the tax}} on page {\field{\fldinst PAGE}{\fldrslt 4}}\par"
        )
    )

    assert story.pieces[0].markdown == "[the tax](https://salt.example) on page 4"
    assert (story.title, story.byline) == ("Salt’s tax", ("Jo Roe",))


class Forgetful:
    """An engine that loses a word, as engines do."""

    def convert(self, document: bytes, form: str) -> Converted | None:
        """Return the document without the word "taxed"."""
        made = Pandoc().convert(document, form)
        return made and Converted(html=made.html.replace(" taxed", ""))


def test_words_that_the_engine_loses_are_missed() -> None:
    file = CopyFile(name="salt.rtf", data=rb"{\rtf1\ansi Salt was taxed twice.\par}")

    checked = read_rtf(file, Forgetful())

    assert checked.value is not None
    (story,) = checked.value
    assert story.words == sum(piece.words for piece in story.pieces) + 1


def test_a_file_of_nothing_but_control_words_is_refused() -> None:
    file = CopyFile(name="a.rtf", data=b"{\\rtf1" + b"\\b" * 2_000_001 + b"}")

    assert codes(read_rtf(file, Pandoc())) == ["intake.too-large"]


@pytest.mark.parametrize(
    "data", [b"", b"}}}", b"{" * 999, b"\\u", b"{\\*", b"\\bin9 a"]
)
def test_what_breaks_off_is_read_as_far_as_it_goes(data: bytes) -> None:
    assert read_rich_text(data).words == 0


@pytest.mark.parametrize(
    "slug", ["2019-nigeria-internet-censorship", "how-pakistan-blocked-social-media"]
)
def test_an_article_written_by_pandoc_says_the_same_words(
    corpus: Path, slug: str
) -> None:
    path = corpus / "formats/docx" / f"{slug}.docx"
    word = only(read_word(as_file(path), MammothReader()))
    data = pypandoc.convert_file(str(path), "rtf", extra_args=["--standalone"])

    rich = only(read_rtf(CopyFile(name="a.rtf", data=data.encode()), Pandoc()))

    came = Counter(running(rich.pieces))
    assert Counter(running(word.pieces)) - came == Counter()
