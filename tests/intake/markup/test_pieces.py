"""HTML becomes pieces: every word in one of them, and Markdown that reads as it did."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from press.intake.markup import read_markup
from press.manifest.body import read_body
from press.model.copy import plain, runs_of
from press.model.story import EmbedKind, Piece, PieceKind


def pieces(html: str, base: str = "https://quoin.example/2024/08/a/") -> list[Piece]:
    found = read_markup(html, base=base)
    counted = sum(piece.words for piece in found.pieces)
    assert found.words == counted + sum(left.words for left in found.left)
    return list(found.pieces)


def read_back(markdown: str) -> str:
    body = read_body(markdown, file="index.md", first_line=1)
    return " ".join(" ".join(plain(runs) for runs in runs_of(body.copy.blocks)).split())


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Two <em>words</em> more</p>", "Two *words* more"),
        ("<p><b> bold </b>here</p>", "**bold** here"),
        ("<p>a<br>b</p>", "a\\\nb"),
        ("<p>5 * 3 [sic] and a_b_c and _x_</p>", r"5 \* 3 [sic] and a_b_c and \_x\_"),
        ("<p># not a heading</p>", r"\# not a heading"),
        ("<p>1. not a list</p>", r"1\. not a list"),
        ("<p>- nor this</p>", r"\- nor this"),
        ("<p>x<sup>2</sup></p>", "x^2^"),
        ('<p><a href="/b">here</a></p>', "[here](https://quoin.example/b)"),
        ('<p><a href="javascript:x()">here</a></p>', "here"),
        (
            '<p><a href="https://a.example/(x)">it</a></p>',
            "[it](<https://a.example/(x)>)",
        ),
        ("<p><code>a*b</code></p>", "`a*b`"),
        ("<h1>Top</h1>", "## Top"),
        ("<h4>Low</h4>", "#### Low"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ('<ol start="3"><li>one</li><li>two</li></ol>', "3. one\n4. two"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
        ("<blockquote><p>said</p><cite>Ada</cite></blockquote>", "> said\n>\n> — Ada"),
        ("<pre>a\n  b</pre>", "```\na\n  b\n```"),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2|3</td></tr></table>",
            "| a | b |\n| --- | --- |\n| 1 | 2\\|3 |",
        ),
        ("loose words", "loose words"),
    ],
)
def test_a_block_is_written_as_markdown_that_says_the_same(
    html: str, markdown: str
) -> None:
    (made,) = pieces(html)

    assert made.markdown == markdown


@example("{:}")
@example("{: .lead}")
@example("a {#b}")
@example("{% raw %} a {{% b %}} {{< tweet 1 >}} {%")
@example("{{:}}")
@given(st.text(alphabet="ab *_[]()<>&#`~^|!-+.:1%\\\n{}é—", max_size=40))
def test_any_words_are_read_back_as_they_were(words: str) -> None:
    made = pieces(f"<p>{escape(words)}</p>")

    back = read_back("\n\n".join(piece.markdown for piece in made))
    assert back.split() == words.split()


@pytest.mark.parametrize(
    "shown", ["", '<object class="wp-block-file__embed" data="/r.pdf"></object>']
)
def test_the_button_beside_a_file_is_no_copy(shown: str) -> None:
    found = read_markup(
        f'<!-- wp:file {{"id":7}} --><div class="wp-block-file">{shown}'
        '<a id="wp-block-file--media-1" href="https://a.example/r.pdf">The report</a>'
        '<a href="https://a.example/r.pdf" class="wp-block-file__button" download>'
        "Download</a></div><!-- /wp:file -->"
    )

    said = [piece.markdown for piece in found.pieces]
    assert said == ["[The report](https://a.example/r.pdf)"]
    assert [left.text for left in found.left] == ["Download"]
    assert found.words == 3


def test_the_comments_of_block_editors_mark_what_lies_between_them() -> None:
    made = pieces(
        '<!-- wp:group {"className":"cta"} --><div class="wp-block-group">'
        "<!-- wp:paragraph --><p>In</p><!-- /wp:paragraph --></div><!-- /wp:group -->"
        '<!-- wp:block {"ref":900} /--><p>Out</p>'
    )

    inside, reusable, outside = made
    assert {"wp:paragraph", "wp:group", ".cta", ".wp-block-group"} <= set(inside.marks)
    assert "ref:900" in reusable.marks
    assert "wp:group" not in outside.marks


def test_notes_are_found_by_their_figures_and_lose_their_arrows() -> None:
    made = pieces(
        '<p>Said<sup><a href="#f1" id="r1">1</a></sup>.</p>'
        '<ol><li id="f1">The source. <a href="#r1">↩︎</a></li></ol>'
    )

    assert [piece.markdown for piece in made] == ["Said[^1].", "[^1]: The source."]
    assert made[1].kind is PieceKind.NOTE


def test_a_picture_is_sought_where_it_is_largest() -> None:
    html = (
        '<figure><img src="https://q.example/wp-content/uploads/a-300x200.jpg"'
        ' srcset="/wp-content/uploads/a-300x200.jpg 300w, /wp-content/uploads/a-1024x683.jpg 1024w"'
        ' alt="A press"><figcaption>The <em>press</em></figcaption></figure>'
    )

    (made,) = pieces(html, "https://q.example/x")

    (sought,) = made.pictures
    assert sought.addresses[0] == "https://q.example/wp-content/uploads/a.jpg"
    assert sought.addresses[1].endswith("a-1024x683.jpg")
    assert (sought.alt, sought.caption) == ("A press", "The press")
    assert made.text == "The press"


def test_a_lazy_picture_is_its_late_address_and_a_dot_is_none() -> None:
    html = (
        '<p><img src="data:image/gif;base64,R0" data-src="/late.jpg"></p>'
        '<img src="/count.gif" width="1" height="1">'
    )

    (made,) = pieces(html)

    assert made.pictures[0].addresses == ("https://quoin.example/late.jpg",)


@pytest.mark.parametrize(
    ("html", "kind", "address"),
    [
        (
            '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ?x=1"></iframe>',
            EmbedKind.VIDEO,
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        ),
        (
            '<iframe src="https://datawrapper.dwcdn.net/AbCdE/1/"></iframe>',
            EmbedKind.CHART,
            "https://datawrapper.dwcdn.net/AbCdE/1/",
        ),
        (
            '<audio src="x.mp3"></audio>',
            EmbedKind.AUDIO,
            "https://quoin.example/2024/08/a/x.mp3",
        ),
        (
            '<div class="flourish-embed" data-src="visualisation/123"></div>',
            EmbedKind.CHART,
            "https://flo.uri.sh/visualisation/123/",
        ),
    ],
)
def test_what_another_site_shows_is_an_embed(
    html: str, kind: EmbedKind, address: str
) -> None:
    (made,) = pieces(html)

    assert made.embed is not None
    assert (made.embed.kind, made.embed.address) == (kind, address)


def test_a_post_becomes_a_quotation_with_its_writer_and_date() -> None:
    (made,) = pieces(
        '<blockquote class="twitter-tweet"><p>Out now</p>&mdash; Jane (@jane) '
        '<a href="https://twitter.com/jane/status/1">August 13, 2024</a></blockquote>'
    )

    assert made.markdown == (
        "> Out now\n>\n> — Jane (@jane)"
        " [August 13, 2024](https://twitter.com/jane/status/1)"
    )


def test_what_nobody_sees_is_listed_and_what_acts_is_gone() -> None:
    found = read_markup(
        '<p style="display:none">secret</p><form><p>mail <input></p></form>'
        "<script>alert(1)</script><p onclick='x()'>seen</p>"
    )

    assert [piece.text for piece in found.pieces] == ["seen"]
    assert [left.text for left in found.left] == ["secret", "mail"]


def test_any_depth_of_tags_is_read() -> None:
    deep = "<div>" * 5_000 + "<p>word</p>" + "</div>" * 5_000

    assert [piece.text for piece in pieces(deep)] == ["word"]


@pytest.mark.parametrize(
    "html",
    [
        "<img src='data:image/png;base64,éé'>",
        "<img src='data:image/png;base64,%C3%A9%C3%A9'>",
        "<figure><img data-src='http://[bad/x.jpg'></figure>",
        "<noscript><img src='http://[bad'></noscript>",
        "<iframe src='http://[bad'></iframe><video poster='http://[bad'></video>",
        "<a href='http://[bad'>salt</a>",
    ],
)
def test_an_address_that_cannot_be_read_holds_up_no_text(html: str) -> None:
    made = pieces(f"{html}<p>Salt is cheap.</p>")

    assert made[-1].text == "Salt is cheap."
