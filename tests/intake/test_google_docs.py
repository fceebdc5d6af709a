"""Google Docs' HTML: looks told by classes, links by way of Google, comments among text."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.intake.google_docs import is_google_doc, read_google_doc
from press.model.finding import Checked
from press.model.incoming import CopyFile
from press.model.story import PieceKind, Story
from tests.intake.documents import as_file, codes, only, zipped

STYLE = (
    "<style>.c1{font-weight:700}.c2{font-style:italic}"
    ".c3{text-decoration:line-through}.c4{vertical-align:super}</style>"
)


def page(body: str) -> bytes:
    return f"<html><head>{STYLE}</head><body>{body}</body></html>".encode()


def read(body: str) -> Checked[tuple[Story, ...]]:
    return read_google_doc(CopyFile(name="salt.html", data=page(body)))


def test_looks_are_told_by_the_style_sheet() -> None:
    story = only(
        read(
            '<p><span class="c1">Bold</span><span>, </span><span class="c1 c2">both'
            '</span> <span class="c3">gone</span> m<span class="c4">2</span></p>'
            '<h2><span class="c1">Heading</span></h2>'
        )
    )

    assert [piece.markdown for piece in story.pieces] == [
        "**Bold**, ***both*** ~~gone~~ m^2^",
        "## Heading",
    ]


def test_links_lead_where_they_lead_and_not_by_way_of_google() -> None:
    wrapped = "https://www.google.com/url?q=https://quoin.example/a?b%3D1&amp;sa=D"
    own = "https://www.google.com/maps?q=Leeds"

    story = only(read(f'<p><a href="{wrapped}">tax</a> <a href="{own}">map</a></p>'))

    assert story.pieces[0].markdown == (
        f"[tax](https://quoin.example/a?b=1) [map]({own})"
    )


def test_comments_never_reach_copy_and_their_marks_go_too() -> None:
    found = read(
        '<p>Salt was taxed.<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p>'
        '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Can we print this?</span>'
        "</p><p>No.</p></div>"
    )
    story = only(found)

    assert [piece.markdown for piece in story.pieces] == ["Salt was taxed."]
    assert [one.text for one in story.left] == ["Can we print this? No."]
    assert "intake.comments" in codes(found)


def test_flat_lists_are_nested_again() -> None:
    story = only(
        read(
            '<ul class="lst-kix_a-0 start"><li>One</li></ul>'
            '<ul class="lst-kix_a-1 start"><li>One a</li><li>One b</li></ul>'
            '<ul class="lst-kix_a-0"><li>Two</li></ul>'
        )
    )

    assert story.pieces[0].markdown == "- One\n  - One a\n  - One b"
    assert story.pieces[-1].markdown == "- Two"


def test_a_zip_is_read_with_its_pictures() -> None:
    body = '<p class="title">Salt</p><p><img src="images/image1.png" alt="A pan"></p>'
    data = zipped({"Salt.html": page(body), "images/image1.png": b"png"})

    story = only(read_google_doc(CopyFile(name="salt.zip", data=data)))

    assert story.title == "Salt"
    assert story.pieces[0].pictures[0].addresses == ("images/image1.png",)
    assert story.findings == ()


@pytest.mark.parametrize(
    "members",
    [{"a.txt": "x"}, {"a.html": "<p>a", "b.html": "<p>b"}],
)
def test_a_zip_that_is_no_document_is_a_finding(
    members: dict[str, str | bytes],
) -> None:
    found = read_google_doc(CopyFile(name="salt.zip", data=zipped(members)))

    assert codes(found) == ["intake.unreadable"]


def test_tags_without_end_are_a_finding() -> None:
    assert codes(read("<b>" * 10_000 + "x")) == ["intake.too-deep"]


def test_the_document_of_the_corpus_is_read_without_its_comment(corpus: Path) -> None:
    file = as_file(corpus / "awkward/text/google-docs-paste.html")

    story = only(read_google_doc(file))
    text = "\n".join(piece.markdown for piece in story.pieces)

    assert is_google_doc(file.data)
    assert story.title == "Headline from Google Docs"
    assert "**bold** and *italic* and a [link](https://example.org/report)." in text
    assert "Legal" not in text
    assert story.pieces[-1].kind is PieceKind.NOTE
    assert story.pieces[-1].markdown == "[^1]: A footnote."
