"""A web page, the last resort: its article is found, and every other word is listed."""

from __future__ import annotations

import base64
import io
import json
import random
from pathlib import Path

import pytest
from PIL import Image

from press.adapters.extractor import Readability
from press.intake.page import read_page
from press.intake.page_text import decode_page
from press.model.finding import Checked
from press.model.incoming import CopyFile
from press.model.story import Furniture, PieceKind, Story
from tests.intake.documents import as_file, codes, only

SALT = "<p>Salt was taxed by the bushel, and not by the pound.</p>"
WEPT = "<p>Nobody wept when it was dropped at last, in the year 1825.</p>"


def read(html: str, address: str = "") -> Checked[tuple[Story, ...]]:
    file = CopyFile(name="salt.html", data=html.encode())
    return read_page(file, Readability(), address=address)


def texts(story: Story) -> list[str]:
    return [piece.text for piece in story.pieces]


def test_the_head_is_told_by_json_before_anything_else() -> None:
    said = {
        "@graph": [
            {"@type": "WebSite", "name": "Quoin"},
            {
                "@type": ["NewsArticle"],
                "headline": "Salt",
                "author": [{"name": "Ada Marsh"}, {"name": "Rufus Hale"}],
                "datePublished": "2024-08-12T10:00:00Z",
                "dateModified": "2024-08-13T10:00:00Z",
                "image": {"url": "/pan.jpg"},
                "articleSection": "News",
            },
        ]
    }

    story = only(
        read(
            f'<html lang="en-GB"><script type="application/ld+json">{json.dumps(said)}'
            f'</script><body><div class="entry-content">{SALT}</div></body></html>',
            "https://quoin.example/2024/salt/",
        )
    )

    assert story.title == "Salt"
    assert story.byline == ("Ada Marsh", "Rufus Hale")
    assert str(story.date) == "2024-08-12"
    assert story.origin.modified is not None
    assert (story.lang, story.section, story.slug) == ("en-GB", "News", "salt")
    assert story.lead is not None
    assert story.lead.addresses == ("https://quoin.example/pan.jpg",)


def test_the_head_is_told_by_meta_where_there_is_no_json() -> None:
    story = only(
        read(
            '<title>Salt | Quoin</title><meta property="og:site_name" content="Quoin">'
            '<meta name="author" content="Ada Marsh and Rufus Hale">'
            '<meta property="article:published_time" content="2024-08-12">'
            f'<script type="application/ld+json">{{broken</script><article>{SALT}</article>'
        )
    )

    assert story.title == "Salt"
    assert story.byline == ("Ada Marsh", "Rufus Hale")
    assert str(story.date) == "2024-08-12"


def test_what_is_around_an_article_is_left_out_and_listed_by_kind() -> None:
    found = read(
        "<nav><a href='/'>Home</a></nav><h1>Salt</h1>"
        f"<div class='post-content'>{SALT}<div class='share-buttons'>Share this</div>"
        f"<aside class='related'><p>More salt</p></aside>{WEPT}</div>"
        "<div id='comments'><p>Well said.</p></div><footer>© Quoin</footer>"
    )
    story = only(found)

    assert story.title == "Salt"
    assert len(story.pieces) == 2
    assert {(one.kind, one.text) for one in story.left} == {
        (Furniture.PAGE, "Home"),
        (Furniture.PAGE, "Share this"),
        (Furniture.RELATED, "More salt"),
        (Furniture.PAGE, "Well said."),
        (Furniture.PAGE, "© Quoin"),
    }
    assert "intake.page-left" in codes(found)


@pytest.mark.parametrize(
    "body",
    [
        f'<h2 id="share-of-the-tax">The share</h2>{SALT}',
        f'<h2 class="related">Related taxes</h2>{SALT}',
        f'<div class="post category-social tag-ads">{SALT}{WEPT}</div>',
        f'<div class="share">{SALT}{WEPT}</div>',
    ],
)
def test_copy_is_not_taken_for_furniture_by_a_name(body: str) -> None:
    story = only(read(f'<div class="entry-content">{body}</div>'))

    assert story.left == ()
    assert "Salt was taxed" in " ".join(texts(story))


def test_a_page_without_signs_is_a_guess_and_says_so() -> None:
    body = "".join(
        f"<p>{n} {'Salt was taxed, and taxed again. ' * 5}</p>" for n in range(6)
    )
    found = read(
        f"<div><a href='/'>Home</a></div><div><div>{body}</div></div><div>Foot</div>"
    )
    story = only(found)

    assert "intake.page" in codes(found)
    assert len(story.pieces) == 6
    assert {one.text for one in story.left} == {"Home", "Foot"}


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("", "intake.empty"),
        ("<script>x</script>", "intake.empty"),
        ("<b>" * 10_000 + "x", "intake.too-deep"),
    ],
)
def test_a_page_without_an_article_is_a_finding(html: str, code: str) -> None:
    found = read(html)

    assert found.value is None
    assert codes(found) == [code]


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        ("<meta charset=windows-1252>Café “no”".encode("cp1252"), ""),
        ("<meta charset=iso-8859-1>Café “no”".encode("cp1252"), ""),
        ("Café “no”".encode(), ""),
        ("Café “no”".encode("utf-16"), ""),
        ("<meta charset=nonsense>Café “no”".encode(), ""),
        ("Café “no”".encode("cp1252"), "windows-1252"),
    ],
)
def test_a_page_is_decoded_as_browsers_do(data: bytes, declared: str) -> None:
    assert decode_page(data, declared).endswith("Café “no”")


VARIANTS = ("cta-plain", "cta-classless-div", "cta-wpblock", "cta-class")


@pytest.mark.parametrize(
    "slug", ["gabon-internet-disruption", "not-quite-network-censorship"]
)
@pytest.mark.parametrize("variant", VARIANTS)
def test_every_paragraph_of_a_page_is_kept_once_and_in_order(
    corpus: Path, slug: str, variant: str
) -> None:
    folder = corpus / "formats/html-page"
    truth = json.loads((folder / f"{slug}--TRUTH.json").read_text(encoding="utf-8"))

    story = only(read_page(as_file(folder / f"{slug}--{variant}.html"), Readability()))

    body = [" ".join(one.split()) for one in truth["body"]]
    kept = [text for text in texts(story) if text in set(body)]
    left = " ".join(one.text for one in story.left)
    assert kept == body
    for words in ("COMMENTTEXT", "FOOTERTEXT", "RELATEDTEXT", "cookies", "Podcasts"):
        assert words in left
    for words in ("TWEETTEXT", "BLOCKQUOTE", "LISTITEM", "TABLECELL", "FOOTNOTETEXT"):
        assert words in " ".join(texts(story))
    assert story.lead is not None
    assert story.lead.credit == "Test Agency/Alamy"
    assert story.lead.caption == "LEADCAPTION: A damaged building in Sudzha."
    assert story.standfirst.startswith("Standfirst: Nikola Mikovic")
    assert story.byline == ("Nikola Mikovic",)
    assert str(story.date) == "2024-08-19"


def test_the_saved_pages_of_the_corpus_give_their_titles(corpus: Path) -> None:
    paths = [
        *(corpus / "articles").glob("*/original.html"),
        *(corpus / "articles").glob("*/original.xhtml"),
    ]

    for path in paths:
        assert only(read_page(as_file(path), Readability())).title, path


@pytest.mark.parametrize(
    "under",
    [
        "<figcaption>The mill. Photo: Ada Marsh</figcaption>",
        "<p class='wp-caption-text'>The mill. Photo: Ada Marsh</p>",
        "<p>The mill.</p><span class='credit'>Photo: Ada Marsh</span>",
    ],
)
def test_what_is_said_beside_the_lead_picture_stays_with_it(under: str) -> None:
    story = only(
        read(
            f"<article><h1>Salt</h1><div class='featured-image'><img src='/mill.jpg'>"
            f"{under}</div><div class='entry-content'>{SALT}{WEPT}</div></article>"
        )
    )

    assert story.lead is not None
    assert (story.lead.caption, story.lead.credit) == ("The mill.", "Ada Marsh")


def test_a_page_saved_in_one_file_has_its_pictures_in_it() -> None:
    data = a_picture()
    within = f"data:image/png;base64,{base64.b64encode(data).decode()}"
    html = (
        f'<article><figure class="lead"><img src="{within}"><figcaption>A pan</figcaption>'
        f"</figure>{SALT}<img src='{within}' data-src='https://quoin.example/large.png'>"
        f"{WEPT}<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='></article>"
    )

    story = only(read(html))

    shown = [one for piece in story.pieces for one in piece.pictures]
    assert [(one.data == data, one.caption) for one in shown] == [
        (True, "A pan"),
        (False, ""),
    ]
    assert shown[0].name.endswith(".png")
    assert shown[1].addresses == ("https://quoin.example/large.png",)


def a_picture() -> bytes:
    noise = random.Random(1).randbytes(64 * 64 * 3)
    written = io.BytesIO()
    Image.frombytes("RGB", (64, 64), noise).save(written, "PNG")
    return written.getvalue()


_SITE = "https://salt.example/"
_PAN = '<img src="/pan.jpg" srcset="/pan-300x200.jpg 300w, /pan.jpg 1200w">'
_TWIN = '<noscript><img src="/pan.jpg"></noscript>'
_SIGNED = '<meta name="author" content="Jo Roe and Ada Marsh">'


def names(story: Story) -> list[str]:
    return [one.name for piece in story.pieces for one in piece.pictures]


@pytest.mark.parametrize(
    "shown",
    [
        f"<figure>{_PAN}{_TWIN}<figcaption>A pan.</figcaption></figure>",
        f"<p>{_PAN}{_TWIN}</p>",
        f"<p>{_TWIN}{_PAN}</p>",
        f"<figure><a href='/x'>{_PAN}</a>{_TWIN}</figure>",
        f'<p><img src="data:image/gif;base64,AA" data-src="/pan.jpg">{_TWIN}</p>',
        f'<p><img src="data:image/gif;base64,AA" data-new="/pan.jpg">{_TWIN}</p>',
        f'<p><img class="lazyload" src="/waiting.gif">{_TWIN}</p>',
        f'<p><img src="/i/1x1-trans.gif">{_TWIN}</p>',
    ],
)
def test_a_picture_that_is_loaded_late_comes_once(shown: str) -> None:
    story = only(read(f"<article><h1>Salt</h1>{SALT}{shown}{WEPT}</article>", _SITE))

    assert names(story) == ["pan.jpg"]


def test_another_picture_for_browsers_without_scripts_stays() -> None:
    shown = f'<p><img src="/map.png">{_TWIN}</p>'

    story = only(read(f"<article>{SALT}{shown}{WEPT}</article>", _SITE))

    assert names(story) == ["map.png", "pan.jpg"]


@pytest.mark.parametrize(
    "line",
    [
        "By Jo Roe and Ada Marsh",
        "Jo Roe, Ada Marsh",
        "By JO ROE & ADA MARSH | 3 August 2024",
    ],
)
def test_the_line_of_known_writers_is_no_copy(line: str) -> None:
    story = only(read(f"{_SIGNED}<article>{SALT}<p>{line}</p>{WEPT}</article>"))

    assert len(story.pieces) == 2
    assert [one.text for one in story.left] == [line]


@pytest.mark.parametrize("line", ["By Jo Roe", "By the sea", "Jo Roe wept."])
def test_a_line_that_says_something_else_stays_copy(line: str) -> None:
    story = only(read(f"{_SIGNED}<article>{SALT}<p>{line}</p>{WEPT}</article>"))

    assert len(story.pieces) == 3


def test_the_picture_between_headline_and_text_stands_before_all_copy() -> None:
    shown = f"<figure>{_PAN}{_TWIN}<figcaption>A pan. Photo: Jo</figcaption></figure>"
    head = "<h1>Salt</h1><p>By Jo Roe and Ada Marsh</p>"

    story = only(read(f"{_SIGNED}<article>{head}{shown}{SALT}{WEPT}</article>"))

    assert story.pieces[0].kind is PieceKind.PICTURE
    assert story.pieces[0].pictures[0].caption == "A pan."
