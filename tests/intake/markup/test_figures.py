"""Of a figure every word is kept: as caption, as credit, or as what else it says."""

from __future__ import annotations

import pytest

from press.intake.credit import with_credits
from press.intake.markup import read_markup
from press.model.story import Piece, PieceKind

BASE = "https://quoin.example/2024/08/a/"


def pieces(html: str) -> list[Piece]:
    found = read_markup(html, base=BASE)
    counted = sum(piece.words for piece in found.pieces)
    assert found.words == counted + sum(left.words for left in found.left)
    return list(with_credits(found.pieces))


def shown(html: str) -> tuple[str, str]:
    (made,) = pieces(html)
    (picture,) = made.pictures
    return picture.caption, picture.credit


@pytest.mark.parametrize(
    ("inside", "caption", "credit"),
    [
        pytest.param(
            '<div class="caption">The mill. Photo: Jo Lens</div>',
            "The mill.",
            "Jo Lens",
            id="a caption by its class",
        ),
        pytest.param(
            '<span class="media-credit">Photo: Jo Lens</span>',
            "",
            "Jo Lens",
            id="a credit by its class",
        ),
        pytest.param(
            '<p class="image__caption">The mill</p><p class="photo-credit">Jo Lens</p>',
            "The mill",
            "Jo Lens",
            id="both by their classes",
        ),
        pytest.param(
            "<figcaption>The mill in flood<br/>Photo by Jo Lens</figcaption>",
            "The mill in flood",
            "Jo Lens",
            id="a break before the credit",
        ),
        pytest.param(
            "<figcaption><p>The mill in flood</p><p>Photo: Jo Lens</p></figcaption>",
            "The mill in flood",
            "Jo Lens",
            id="a paragraph each",
        ),
        pytest.param(
            '<figcaption>The mill in flood <span class="credit">'
            "Photograph: Idris Maddock/Agency</span></figcaption>",
            "The mill in flood",
            "Idris Maddock/Agency",
            id="a credit within the caption",
        ),
        pytest.param(
            '<figcaption>The mill (<span class="credit">Jo Lens</span>)</figcaption>',
            "The mill",
            "Jo Lens",
            id="a credit in brackets",
        ),
        pytest.param(
            '<figcaption>The mill. Photo: <b class="credit">Jo Lens</b></figcaption>',
            "The mill.",
            "Jo Lens",
            id="a label before the credit",
        ),
        pytest.param(
            "<figcaption>The mill in flood <em>Photo: Jo Lens</em></figcaption>",
            "The mill in flood",
            "Jo Lens",
            id="an element that is only a credit",
        ),
        pytest.param(
            "<figcaption>The mill<br>and the bridge</figcaption>",
            "The mill and the bridge",
            "",
            id="a break within the caption",
        ),
        pytest.param(
            "<figcaption>Seen <em>from the bridge</em></figcaption>",
            "Seen from the bridge",
            "",
            id="emphasis at the end of the caption",
        ),
    ],
)
def test_what_a_figure_says_is_its_caption_and_its_credit(
    inside: str, caption: str, credit: str
) -> None:
    assert shown(f'<figure><img src="a.jpg">{inside}</figure>') == (caption, credit)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(
            '<div id="attachment_5" class="wp-caption alignleft"><img src="a.jpg">'
            '<p id="caption-attachment-5" class="wp-caption-text">'
            "The keeper. Photo: Jo Lens</p></div>",
            id="a part and a paragraph",
        ),
        pytest.param(
            '<dl class="wp-caption"><dt><a href="/x"><img src="a.jpg"></a></dt>'
            '<dd class="wp-caption-text">The keeper. Photo: Jo Lens</dd></dl>',
            id="a list of terms",
        ),
        pytest.param(
            '<dl class="gallery-item"><dt class="gallery-icon"><img src="a.jpg"></dt>'
            '<dd class="wp-caption-text gallery-caption">'
            "The keeper. Photo: Jo Lens</dd></dl>",
            id="one of a gallery",
        ),
    ],
)
def test_captions_of_older_themes_of_wordpress_are_captions(html: str) -> None:
    assert shown(html) == ("The keeper.", "Jo Lens")


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        pytest.param(
            '<a href="/x"><img src="a.jpg"><div><h4>The title</h4>'
            "<div>Of the card</div></div></a>",
            ["", "#### The title", "Of the card"],
            id="a card",
        ),
        pytest.param(
            '<img src="a.jpg"><ol><li>The first</li></ol>',
            ["", "1. The first"],
            id="a list",
        ),
        pytest.param(
            '<img src="a.jpg"><ol><li>The first</li></ol><figcaption>Who</figcaption>',
            ["Who", "1. The first"],
            id="a list and a caption",
        ),
        pytest.param(
            '<p><img src="a.jpg"> Loose words</p><figcaption>Who</figcaption>',
            ["Who", "Loose words"],
            id="words beside the picture",
        ),
    ],
)
def test_words_of_a_figure_that_are_no_caption_are_copy(
    inside: str, said: list[str]
) -> None:
    first, *others = pieces(f"<figure>{inside}</figure>")

    assert first.kind is PieceKind.PICTURE
    assert [first.pictures[0].caption, *(one.markdown for one in others)] == said


def test_what_nobody_sees_in_a_figure_is_neither_caption_nor_copy() -> None:
    found = read_markup(
        '<figure><img src="a.jpg"><span class="screen-reader-text">Open it</span>'
        "<figcaption>The mill</figcaption></figure>"
    )

    (made,) = found.pieces
    assert made.text == "The mill"
    assert [left.text for left in found.left] == ["Open it"]


def test_words_beside_a_film_in_its_figure_are_not_lost() -> None:
    film = '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>'

    first, *others = pieces(
        f"<figure>{film}<div>Loose words</div><figcaption>The film</figcaption></figure>"
    )

    assert first.kind is PieceKind.EMBED
    assert [one.markdown for one in others] == ["Loose words", "The film"]


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param(
            '<div><img src="a.jpg"></div><div><img src="b.jpg"></div>',
            id="pictures",
        ),
        pytest.param(
            '<figure><img src="a.jpg"></figure><figure><img src="b.jpg"></figure>',
            id="figures",
        ),
    ],
)
def test_the_credit_of_a_gallery_is_that_of_each_of_its_pictures(inside: str) -> None:
    (made,) = pieces(
        f"<figure>{inside}<figcaption>Two mills. Photos: Jo Lens</figcaption></figure>"
    )

    told = [(one.caption, one.credit) for one in made.pictures]
    assert told == [("", "Jo Lens"), ("Two mills.", "Jo Lens")]


def test_a_picture_of_a_gallery_keeps_the_credit_that_is_its_own() -> None:
    (made,) = pieces(
        '<figure><figure><img src="a.jpg"><figcaption>A. Photo: Bo</figcaption></figure>'
        '<figure><img src="b.jpg"></figure><figcaption>Photos: Jo Lens</figcaption></figure>'
    )

    assert [one.credit for one in made.pictures] == ["Bo", "Jo Lens"]


def test_pictures_in_a_list_of_terms_are_not_lost() -> None:
    *said, picture = pieces("<dl><dt>Salt</dt><dd><img src='a.jpg'>White</dd></dl>")

    assert [one.text for one in said] == ["Salt", "White"]
    assert picture.pictures[0].name == "a.jpg"
