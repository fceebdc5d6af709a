"""OpenDocument, Rich Text and InCopy become stories."""

from __future__ import annotations

import base64
import sys
from pathlib import Path

import pytest

from press.adapters.mammoth import MammothReader
from press.adapters.pandoc import Pandoc
from press.intake.office import read_icml, read_odt, read_rtf
from press.intake.word import read_word
from press.model.errors import MissingToolError
from press.model.incoming import CopyFile
from press.model.story import Piece, PieceKind
from tests.intake.documents import an_odt, as_file, codes, only, running

SLUGS = (
    "2019-nigeria-internet-censorship",
    "how-pakistan-blocked-social-media",
    "icymi-a11yhack-accessibility-awareness-hackathon",
)


def shaped(pieces: tuple[Piece, ...], kind: PieceKind) -> list[str]:
    """Return pieces of a kind as files say them, without marks of literal words."""
    return [one.markdown.replace("`", "") for one in pieces if one.kind is kind]


def rtf(text: str) -> CopyFile:
    return CopyFile(name="salt.rtf", data=f"{{\\rtf1\\ansi {text}}}".encode("ascii"))


def icml(body: str) -> CopyFile:
    text = f"<Document><Story>{body}</Story></Document>"
    return CopyFile(name="salt.icml", data=text.encode())


def test_rich_text_is_read_with_its_notes() -> None:
    story = only(
        read_rtf(
            rtf("{\\b Salt} and {\\i tax}.\\par Twice.{\\footnote A note.}\\par"),
            Pandoc(),
        )
    )

    assert [piece.markdown for piece in story.pieces] == [
        "**Salt** and *tax*.",
        "Twice.[^1]",
        "[^1]: A note.",
    ]


@pytest.mark.parametrize("data", [b"", b"Salt", b"PK\x03\x04"])
def test_what_is_no_document_is_a_finding(data: bytes) -> None:
    file = CopyFile(name="salt", data=data)

    assert codes(read_rtf(file, Pandoc())) == ["intake.unreadable"]
    assert codes(read_odt(file, Pandoc())) == ["intake.unreadable"]
    assert codes(read_icml(file)) == ["intake.unreadable"]


def test_comments_and_deletions_of_an_open_document_stay_out_of_copy() -> None:
    data = an_odt(
        "<text:tracked-changes><text:changed-region><text:deletion>"
        "<text:p>Never.</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes><text:p>Salt was<office:annotation>"
        "<dc:creator>Ada</dc:creator><text:p>Sure?</text:p></office:annotation>"
        " taxed.</text:p>"
    )

    found = read_odt(CopyFile(name="salt.odt", data=data), Pandoc())
    story = only(found)

    assert [piece.text for piece in story.pieces] == ["Salt was taxed."]
    assert sorted(one.text for one in story.left) == ["Never.", "Sure?"]
    assert {"intake.comments", "intake.tracked-changes"} <= set(codes(found))


def test_without_pandoc_it_is_said_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "pypandoc", None)

    with pytest.raises(MissingToolError) as caught:
        read_rtf(rtf("Salt."), Pandoc())

    assert "press[office]" in (caught.value.hint or "")


def test_an_incopy_story_is_read_paragraph_by_paragraph() -> None:
    bold = 'AppliedCharacterStyle="CharacterStyle/Bold"'
    story = only(
        read_icml(
            icml(
                '<ParagraphStyleRange AppliedParagraphStyle="ParagraphStyle/Title">'
                "<CharacterStyleRange><Content>Salt</Content><Br/></CharacterStyleRange>"
                "</ParagraphStyleRange>"
                '<ParagraphStyleRange AppliedParagraphStyle="ParagraphStyle/Body">'
                "<CharacterStyleRange><Content>It was </Content></CharacterStyleRange>"
                f"<CharacterStyleRange {bold}><Content>taxed</Content>"
                "</CharacterStyleRange><CharacterStyleRange><Content>.</Content><Br/>"
                "<Note><ParagraphStyleRange><Content>Sure?</Content>"
                "</ParagraphStyleRange></Note>"
                "<Content>Twice.</Content><Footnote><ParagraphStyleRange>"
                "<CharacterStyleRange><Content>A note.</Content></CharacterStyleRange>"
                "</ParagraphStyleRange></Footnote></CharacterStyleRange>"
                "</ParagraphStyleRange>"
            )
        )
    )

    assert story.title == "Salt"
    assert [piece.markdown for piece in story.pieces] == [
        "It was **taxed**.",
        "Twice.[^1]",
        "[^1]: A note.",
    ]
    assert [one.text for one in story.left] == ["Sure?"]


def changed(kind: str, words: str) -> str:
    return f'<Change ChangeType="{kind}" UserName="Ada">{words}</Change>'


def ranged(kind: str, words: str) -> str:
    """Return words in their range, and a change of a kind around it."""
    made = f"<CharacterStyleRange><Content>{words}</Content></CharacterStyleRange>"
    return changed(kind, made) if kind else made


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(
            f"<ParagraphStyleRange>{ranged('', 'Salt was ')}"
            f"{ranged('DeletedText', 'never ')}{ranged('InsertedText', 'always ')}"
            f"{ranged('', 'taxed.')}</ParagraphStyleRange>",
            id="around ranges of characters",
        ),
        pytest.param(
            "<ParagraphStyleRange><CharacterStyleRange><Content>Salt was </Content>"
            f"{changed('DeletedText', '<Content>never </Content>')}"
            f"{changed('MovedText', '<Content>always </Content>')}"
            "<Content>taxed.</Content></CharacterStyleRange></ParagraphStyleRange>",
            id="within a range of characters",
        ),
        pytest.param(
            f"<ParagraphStyleRange>{ranged('', 'Salt was always taxed.')}"
            "</ParagraphStyleRange>"
            + changed(
                "DeletedText",
                f"<ParagraphStyleRange>{ranged('InsertedText', 'never')}"
                "</ParagraphStyleRange>",
            )
            + changed("InsertedText", ""),
            id="around a paragraph, with an insertion in it",
        ),
    ],
)
def test_what_was_deleted_from_an_incopy_story_stays_out_and_is_listed(
    body: str,
) -> None:
    found = read_icml(icml(body))
    story = only(found)

    assert [piece.text for piece in story.pieces] == ["Salt was always taxed."]
    assert [one.text for one in story.left] == ["never"]
    (told,) = (one for one in found.findings if one.code == "intake.tracked-changes")
    assert "1 insertion taken, 1 deletion carried out" in told.message


def test_notes_of_writers_in_an_incopy_story_are_told() -> None:
    note = "<ParagraphStyleRange><Content>Sure?</Content></ParagraphStyleRange>"

    found = read_icml(
        icml(f"<ParagraphStyleRange><Note>{note}</Note></ParagraphStyleRange>")
    )

    assert "intake.comments" in codes(found)


def styled(style: str, words: str) -> str:
    escaped = style.replace(">", "&gt;")
    return (
        f'<ParagraphStyleRange AppliedParagraphStyle="ParagraphStyle/{escaped}">'
        f"<CharacterStyleRange><Content>{words}</Content><Br/></CharacterStyleRange>"
        "</ParagraphStyleRange>"
    )


@pytest.mark.parametrize(
    ("items", "markdown"),
    [
        (
            [
                ("BulList > first > Paragraph", "a"),
                ("BulList > subParagraph > Paragraph", "more of a"),
                ("BulList > BulList > first", "b"),
                ("BulList > BulList", "c"),
                ("BulList > BulList > NumList > first", "d"),
                ("BulList > BulList > NumList", "e"),
                ("BulList > Paragraph", "f"),
            ],
            "- a\n\n  more of a\n  - b\n  - c\n    1. d\n    2. e\n\n- f",
        ),
        (
            [
                ("NumList > first", "x"),
                ("NumList > BulList > first", "y"),
                ("NumList", "z"),
            ],
            "1. x\n   - y\n2. z",
        ),
        (
            [("Bullet list", "x"), ("Bullet list 2", "y"), ("Bullet list", "z")],
            "- x\n  - y\n- z",
        ),
    ],
)
def test_lists_within_lists_of_an_incopy_story_stay_so(
    items: list[tuple[str, str]], markdown: str
) -> None:
    story = only(read_icml(icml("".join(styled(*item) for item in items))))

    assert [piece.markdown for piece in story.pieces] == [markdown]


def test_two_lists_of_an_incopy_story_that_follow_one_another_stay_two() -> None:
    items = ("BulList > first", "a"), ("BulList", "b"), ("BulList > first", "c")

    story = only(read_icml(icml("".join(styled(*item) for item in items))))

    assert [piece.markdown for piece in story.pieces] == ["- a\n- b", "- c"]


@pytest.mark.parametrize(
    ("heads", "markdown"),
    [
        ("1", "| Salt | Duty |\n| --- | --- |\n| of rock | 5s |"),
        ("0", "|  |  |\n| --- | --- |\n| Salt | Duty |\n| of rock | 5s |"),
    ],
)
def test_a_table_of_an_incopy_story_has_the_head_that_it_says(
    heads: str, markdown: str
) -> None:
    cells = ("0:0", "Salt"), ("1:0", "Duty"), ("0:1", "of rock"), ("1:1", "5s")
    made = "".join(
        f'<Cell Name="{name}">{styled("TablePar", words)}</Cell>'
        for name, words in cells
    )
    table = f'<Table HeaderRowCount="{heads}" BodyRowCount="1">{made}</Table>'

    story = only(read_icml(icml(f"<ParagraphStyleRange>{table}</ParagraphStyleRange>")))

    assert [piece.markdown for piece in story.pieces] == [markdown]


def test_a_table_of_an_incopy_story_keeps_every_figure_in_its_column() -> None:
    cells = (
        ("0:0", 'RowSpan="2"', "Leith"),
        ("1:0", "", "2022"),
        ("2:0", "", "14"),
        ("1:1", "", "2023"),
        ("2:1", "", "9"),
        ("0:2", 'ColumnSpan="2"', "both"),
        ("2:2", "", "23"),
    )
    made = "".join(
        f'<Cell Name="{name}" {span}>{styled("TablePar", words)}</Cell>'
        for name, span, words in cells
    )

    story = only(
        read_icml(
            icml(f"<ParagraphStyleRange><Table>{made}</Table></ParagraphStyleRange>")
        )
    )

    assert story.pieces[0].markdown.split("\n")[2:] == [
        "| Leith | 2022 | 14 |",
        "|  | 2023 | 9 |",
        "| both |  | 23 |",
    ]


def test_a_picture_within_an_incopy_story_is_taken_with_it() -> None:
    data = base64.b64encode(b"a picture").decode()
    story = only(
        read_icml(
            icml(
                "<ParagraphStyleRange><CharacterStyleRange><Rectangle><Image>"
                f"<Properties><Contents>{data}</Contents></Properties>"
                '<Link LinkResourceURI="file:/Users/ada/salt.png"/></Image></Rectangle>'
                "</CharacterStyleRange></ParagraphStyleRange>"
            )
        )
    )

    assert story.pieces[0].kind is PieceKind.PICTURE
    assert story.pieces[0].pictures[0].data == b"a picture"


def test_an_entity_in_an_incopy_story_is_never_filled_in() -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><Story>&a;</Story>'

    found = read_icml(CopyFile(name="a.icml", data=bomb.encode()))

    assert codes(found) == ["intake.unreadable"]


def test_a_table_of_an_open_document_keeps_every_figure_in_its_column() -> None:
    def cell(words: str, rows: int = 1) -> str:
        span = f'table:number-rows-spanned="{rows}"'
        return f"<table:table-cell {span}><text:p>{words}</text:p></table:table-cell>"

    table = (
        '<table:table><table:table-column table:number-columns-repeated="3"/>'
        f"<table:table-row>{cell('Leith', 2)}{cell('2022')}{cell('14')}"
        "</table:table-row><table:table-row><table:covered-table-cell/>"
        f"{cell('2023')}{cell('9')}</table:table-row></table:table>"
    )

    story = only(read_odt(CopyFile(name="salt.odt", data=an_odt(table)), Pandoc()))

    assert story.pieces[0].markdown.split("\n")[2:] == [
        "| Leith | 2022 | 14 |",
        "|  | 2023 | 9 |",
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_form_of_an_article_says_the_same_words(corpus: Path, slug: str) -> None:
    forms = corpus / "formats"
    word = only(read_word(as_file(forms / f"docx/{slug}.docx"), MammothReader()))

    odt = only(read_odt(as_file(forms / f"odt/{slug}.odt"), Pandoc()))
    icml_ = only(read_icml(as_file(forms / f"icml/{slug}.icml")))

    assert running(odt.pieces) == running(word.pieces)
    assert running(icml_.pieces) == running(word.pieces)
    assert odt.title == word.title
    for kind in (PieceKind.LIST, PieceKind.TABLE):
        shapes = shaped(word.pieces, kind)
        assert shaped(icml_.pieces, kind) == shapes
    captions = [one.caption for piece in word.pieces for one in piece.pictures]
    assert [one.caption for piece in odt.pieces for one in piece.pictures] == captions
    assert all(one.data for piece in odt.pieces for one in piece.pictures)
