"""Word documents become stories; what is no copy is listed and never printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from press.adapters.mammoth import MammothReader
from press.intake.markdown import read_markdown
from press.intake.word import read_word
from press.manifest.foreign import read_foreign
from press.model.finding import Checked
from press.model.incoming import CopyFile
from press.model.story import PieceKind, Story
from tests.intake.documents import WORD, a_docx, as_file, codes, only, running, said

STYLES = (
    f"<w:styles {WORD}>"
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/>'
        "</w:style>"
        for name, shown in (
            ("Title", "Title"),
            ("Standfirst", "Standfirst"),
            ("Byline", "Byline"),
            ("Date", "Date"),
            ("H2", "heading 2"),
        )
    )
    + "</w:styles>"
)


def read(
    body: str, members: dict[str, str | bytes] | None = None
) -> Checked[tuple[Story, ...]]:
    file = CopyFile(name="salt.docx", data=a_docx(body, members))
    return read_word(file, MammothReader())


def test_the_head_is_told_by_its_styles_and_never_guessed() -> None:
    body = (
        said("The salt tax", "Title")
        + said("It was paid twice.", "Standfirst")
        + said("By Ada Marsh (Quoin, Leeds) and Rufus Hale", "Byline")
        + said("12 August 2024", "Date")
        + said("Where it began", "H2")
        + said("Salt was taxed.")
    )

    story = only(read(body, {"word/styles.xml": STYLES}))

    assert story.title == "The salt tax"
    assert story.standfirst == "It was paid twice."
    assert story.byline == ("Ada Marsh (Quoin, Leeds)", "Rufus Hale")
    assert str(story.date) == "2024-08-12"
    assert [piece.markdown for piece in story.pieces] == [
        "## Where it began",
        "Salt was taxed.",
    ]


def test_a_text_without_a_marked_headline_asks_for_one() -> None:
    read_ = read(said("THE SALT TAX", look="b") + said("Salt was taxed."))

    assert only(read_).title == ""
    assert codes(read_) == ["intake.no-title"]


def test_insertions_are_taken_and_deletions_are_not_and_both_are_told() -> None:
    body = (
        "<w:p><w:r><w:t>Salt was </w:t></w:r>"
        '<w:ins w:author="A"><w:r><w:t>not </w:t></w:r></w:ins>'
        '<w:del w:author="A"><w:r><w:delText>always </w:delText></w:r></w:del>'
        "<w:r><w:t>taxed.</w:t></w:r></w:p>"
    )

    found = read(body)
    story = only(found)

    assert [piece.text for piece in story.pieces] == ["Salt was not taxed."]
    assert [one.text for one in story.left] == ["always"]
    message = next(one for one in found.findings if "tracked" in one.code).message
    assert "not" in message
    assert "always" in message


def test_hidden_words_do_not_reach_copy() -> None:
    found = read(said("Seen.") + said("The source is Ada.", look="vanish"))

    assert [piece.text for piece in only(found).pieces] == ["Seen."]
    assert "intake.left-out" in codes(found)


def test_the_head_and_foot_of_pages_are_left_out_and_listed() -> None:
    header = f"<w:hdr {WORD}>{said('Draft, do not circulate')}</w:hdr>"

    story = only(read(said("Salt was taxed."), {"word/header1.xml": header}))

    assert [piece.text for piece in story.pieces] == ["Salt was taxed."]
    assert [one.text for one in story.left] == ["Draft, do not circulate"]


def test_a_table_keeps_every_figure_in_its_column() -> None:
    def cell(words: str, merge: str = "") -> str:
        return f"<w:tc><w:tcPr>{merge}</w:tcPr>{said(words)}</w:tc>"

    table = (
        "<w:tbl><w:tr>"
        + cell("Leith", '<w:vMerge w:val="restart"/>')
        + cell("2022")
        + cell("14")
        + "</w:tr><w:tr>"
        + cell("", "<w:vMerge/>")
        + cell("2023")
        + cell("9")
        + "</w:tr></w:tbl>"
    )

    (piece,) = only(read(table)).pieces

    assert piece.markdown.split("\n")[2:] == [
        "| Leith | 2022 | 14 |",
        "|  | 2023 | 9 |",
    ]


DRAWN = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"


def drawn(kind: str, about: str = "", inside: str = "") -> str:
    """Return a paragraph that shows a graphic of a kind."""
    uri = f"http://schemas.openxmlformats.org/drawingml/2006/{kind}"
    return (
        f'<w:p><w:r><w:drawing><wp:inline {DRAWN}><wp:docPr id="5" {about}/><a:graphic>'
        f'<a:graphicData uri="{uri}">{inside}</a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r></w:p>"
    )


@pytest.mark.parametrize(
    ("kind", "about", "told", "words"),
    [
        pytest.param("chart", 'descr="Salt"', "a chart", "Salt", id="a chart"),
        pytest.param("diagram", 'title="Tax"', "a diagram", "Tax", id="SmartArt"),
        pytest.param("chart", 'name="Chart 1"', "a chart", "Chart 1", id="by its name"),
        pytest.param("chart", "", "a chart", "without words", id="without words"),
    ],
)
def test_a_chart_is_told_and_its_alternative_text_is_listed(
    kind: str, about: str, told: str, words: str
) -> None:
    found = read(said("Salt was taxed.") + drawn(kind, about))
    story = only(found)

    assert [piece.text for piece in story.pieces] == ["Salt was taxed."]
    assert [(one.why, one.text) for one in story.left] == [(told, words)]
    (finding,) = (one for one in found.findings if one.code == "intake.needs-picture")
    assert f"{told}, which press does not draw: “{words}”" in finding.message


@pytest.mark.parametrize(
    ("kind", "inside", "target", "part", "words"),
    [
        pytest.param(
            "diagram",
            '<relIds r:dm="rId7" r:lo="rId8"/>',
            "diagrams/data1.xml",
            "<d><p><r><t>The p</t></r><r><t>an</t></r></p><p><r><t>held</t></r></p></d>",
            "Salt The pan held",
            id="what a diagram says",
        ),
        pytest.param(
            "chart",
            '<chart r:id="rId7"/>',
            "/word/diagrams/data1.xml",
            "<c><p><r><t>Duty</t></r></p><pt><v>1694</v></pt><pt><v>5</v></pt></c>",
            "Salt Duty 1694 5",
            id="what a chart says, and its figures",
        ),
        pytest.param(
            "chart",
            '<chart r:id="rId7"/>',
            "../../diagrams/data1.xml",
            "<c><t>Never</t></c>",
            "Salt",
            id="a part outside of the document",
        ),
    ],
)
def test_the_words_in_a_graphic_are_listed(
    kind: str, inside: str, target: str, part: str, words: str
) -> None:
    link = f'<Relationship Id="rId7" Type="a" Target="{target}"/>'
    members: dict[str, str | bytes] = {
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{LINKS}">{link}</Relationships>'
        ),
        "word/diagrams/data1.xml": part,
    }

    story = only(read(said("Taxed.") + drawn(kind, 'descr="Salt"', inside), members))

    assert [one.text for one in story.left] == [words]


def test_an_entity_is_never_filled_in() -> None:
    bomb = (
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        f"<w:document {WORD}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body>"
        "</w:document>"
    )

    found = read("", {"word/styles.xml": bomb})

    assert found.value is None
    assert codes(found) == ["intake.unreadable"]


def test_ten_thousand_tags_within_each_other_are_a_finding() -> None:
    found = read("<w:smartTag>" * 10_000 + "<w:p/>" + "</w:smartTag>" * 10_000)

    assert codes(found) == ["intake.unreadable"]


@pytest.mark.parametrize(
    "body",
    [
        '<w:p><w:r><w:footnoteReference w:id="7"/></w:r></w:p>',
        "<w:p><w:r><w:footnoteReference/></w:r></w:p>",
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='x'/></w:tcPr></w:tc></w:tr></w:tbl>",
    ],
)
def test_a_document_that_the_engine_cannot_read_is_a_finding(body: str) -> None:
    assert codes(read(body)) == ["intake.unreadable"]


def test_comments_never_reach_copy(corpus: Path) -> None:
    path = corpus / "formats/docx/third-party-mammoth/comments.docx"

    found = read_word(as_file(path), MammothReader())
    story = only(found)

    assert "tachyon" not in " ".join(piece.text for piece in story.pieces)
    assert any("tachyon" in one.text for one in story.left)
    assert "intake.comments" in codes(found)


@pytest.mark.parametrize(
    ("name", "kinds", "words"),
    [
        ("endnotes", {PieceKind.PARAGRAPH, PieceKind.NOTE}, ""),
        ("footnote-hyperlink", {PieceKind.PARAGRAPH, PieceKind.NOTE}, ""),
        ("simple-list", {PieceKind.LIST}, "Apple"),
        ("strict-format", {PieceKind.PARAGRAPH}, "Test"),
        ("tables", {PieceKind.PARAGRAPH, PieceKind.TABLE}, "Above"),
        ("text-box", {PieceKind.PARAGRAPH}, "Datum plane"),
        ("underline", {PieceKind.PARAGRAPH}, ""),
    ],
)
def test_what_word_can_do_is_read(
    corpus: Path, name: str, kinds: set[PieceKind], words: str
) -> None:
    path = corpus / f"formats/docx/third-party-mammoth/{name}.docx"

    story = only(read_word(as_file(path), MammothReader()))

    assert {piece.kind for piece in story.pieces} == kinds
    assert words in " ".join(piece.text for piece in story.pieces)


def test_a_picture_that_lies_elsewhere_is_told_and_not_fetched(corpus: Path) -> None:
    path = corpus / "formats/docx/third-party-mammoth/external-picture.docx"

    found = read_word(as_file(path), MammothReader())

    assert only(found).pieces == ()
    assert "intake.missing-picture" in codes(found)


_DRAWING = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/'
    'drawingml/2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.'
    'openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic='
    '"http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
    '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships" r:embed="rId7"/></pic:blipFill></pic:pic></a:graphicData>'
    "</a:graphic></wp:inline></w:drawing></w:r></w:p>"
)


def linked(target: str) -> str:
    kinds = "http://schemas.openxmlformats.org"
    return (
        f'<Relationships xmlns="{kinds}/package/2006/relationships"><Relationship'
        f' Id="rId7" Type="{kinds}/officeDocument/2006/relationships/image"'
        f' Target="{target}"/></Relationships>'
    )


@pytest.mark.parametrize(
    "links",
    [
        {"word/_rels/document.xml.rels": linked("media/pan.png")},
        {"word/_rels/document.xml.rels": linked("/word/media/pan.png")},
        {"word/_rels/document.xml.rels": linked("../../pan.png")},
        {},
    ],
)
def test_a_picture_that_the_document_lost_costs_no_word(links: dict[str, str]) -> None:
    data = a_docx(said("Salt.") + _DRAWING + said("Tax."), links)

    found = read_word(CopyFile(name="salt.docx", data=data), MammothReader())

    assert [one.text for one in only(found).pieces if one.text] == ["Salt.", "Tax."]
    assert codes(found).count("intake.missing-picture") == 1


def test_a_picture_is_found_whichever_way_its_document_leads_to_it() -> None:
    for target in ("../media/pan.png", "/media/pan.png"):
        links = {"word/_rels/document.xml.rels": linked(target), "media/pan.png": "x"}
        data = a_docx(said("Salt.") + _DRAWING, links)

        found = read_word(CopyFile(name="salt.docx", data=data), MammothReader())

        assert only(found).pieces[1].pictures[0].addresses == ("media/pan.png",)


def article(corpus: Path, slug: str) -> Story:
    data = (corpus / "articles" / slug / "index.md").read_bytes()
    parts = read_foreign(data, file="index.md").value
    assert parts is not None
    return only(read_markdown(CopyFile(name="index.md", data=data), parts))


def bare(words: list[str]) -> list[str]:
    return re.findall(r"\w+", " ".join(words))


@pytest.mark.parametrize(
    "slug",
    [
        "2019-nigeria-internet-censorship",
        "2020-togo-blocks-instant-messaging-apps",
        "how-pakistan-blocked-social-media",
        "internet-censorship-catalonia-independence-referendum-es",
        "icymi-a11yhack-accessibility-awareness-hackathon",
    ],
)
def test_a_document_made_of_an_article_says_the_same_word_for_word(
    corpus: Path, slug: str
) -> None:
    """Compared without punctuation and captions, which pandoc made of the alt texts.

    The standfirst, which pandoc set as the first paragraph, is taken off first.
    """
    made = only(
        read_word(as_file(corpus / f"formats/docx/{slug}.docx"), MammothReader())
    )
    truth = article(corpus, slug)

    words, standfirst = bare(running(made.pieces)), bare([truth.standfirst])
    if standfirst and words[: len(standfirst)] == standfirst:
        words = words[len(standfirst) :]

    assert words == bare(running(truth.pieces))
    assert made.title == truth.title


def test_every_document_of_the_corpus_gives_its_title_and_its_pictures(
    corpus: Path,
) -> None:
    for path in sorted((corpus / "formats/docx").glob("*.docx")):
        found = read_word(as_file(path), MammothReader())
        story = only(found)

        assert found.findings == (), path.name
        assert story.title
        assert story.byline
        for piece in story.pieces:
            for picture in piece.pictures:
                assert picture.addresses[0].startswith("word/media/"), path.name
