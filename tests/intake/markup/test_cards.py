"""Of Ghost's cards comes what is copy; what its pages show with them is listed."""

from __future__ import annotations

import pytest

from press.intake.markup import Harvest, read_markup
from press.model.story import Embed

BASE = "https://lamp.example/"
BOOKMARK = (
    '<figure class="kg-card kg-bookmark-card">'
    '<a class="kg-bookmark-container" href="https://gov.example/x">'
    '<div class="kg-bookmark-content"><div class="kg-bookmark-title">On mills</div>'
    '<div class="kg-bookmark-description">All about mills</div>'
    '<div class="kg-bookmark-metadata"><img class="kg-bookmark-icon" src="/icon.png">'
    '<span class="kg-bookmark-author">Gov</span>'
    '<span class="kg-bookmark-publisher">The Office</span></div></div>'
    '<div class="kg-bookmark-thumbnail"><img src="/t.jpg"></div></a>'
    "<figcaption>Worth reading</figcaption></figure>"
)
SOUND = (
    '<div class="kg-card kg-audio-card"><div class="kg-audio-player-container">'
    '<audio src="/a.mp3"></audio><div class="kg-audio-title">The keeper speaks</div>'
    '<div class="kg-audio-player"><span class="kg-audio-current-time">0:00</span>'
    '<div class="kg-audio-time">/<span class="kg-audio-duration">12:01</span></div>'
    '<button class="kg-audio-playback-rate">1×</button></div></div></div>'
)
FILE = (
    '<div class="kg-card kg-file-card"><a class="kg-file-card-container" href="/f.pdf">'
    '<div class="kg-file-card-contents"><div class="kg-file-card-title">The report</div>'
    '<div class="kg-file-card-caption">In full</div>'
    '<div class="kg-file-card-metadata"><div class="kg-file-card-filename">f.pdf</div>'
    '<div class="kg-file-card-filesize">2 MB</div></div></div></a></div>'
)
CALLOUT = (
    '<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">💡</div>'
    '<div class="kg-callout-text">Mills grind.</div></div>'
)
BLANK = "https://img.spacergif.org/v1/1920x1080/0a/spacer.png"


def read(html: str) -> Harvest:
    found = read_markup(html, base=BASE)
    counted = sum(piece.words for piece in found.pieces)
    assert found.words == counted + sum(left.words for left in found.left)
    return found


@pytest.mark.parametrize(
    ("card", "said", "left"),
    [
        pytest.param(
            BOOKMARK,
            ["[On mills](https://gov.example/x)", "Worth reading"],
            ["All about mills", "Gov The Office"],
            id="a link to a page",
        ),
        pytest.param(
            SOUND, ["", "The keeper speaks"], ["0:00 / 12:01 1×"], id="a recording"
        ),
        pytest.param(
            FILE,
            ["[The report](https://lamp.example/f.pdf)", "In full"],
            ["f.pdf 2 MB"],
            id="a file",
        ),
        pytest.param(CALLOUT, ["Mills grind."], ["💡"], id="a box with a sign"),
    ],
)
def test_a_card_leaves_its_copy_and_what_the_page_shows_with_it_is_listed(
    card: str, said: list[str], left: list[str]
) -> None:
    found = read(card)

    assert [piece.markdown for piece in found.pieces] == said
    assert [one.text for one in found.left] == left
    assert not any(piece.pictures for piece in found.pieces)


def a_film(poster: str, beside: str = "") -> Embed:
    (made,) = read(
        f'<figure class="kg-card kg-video-card" {beside}>'
        f'<div class="kg-video-container"><video src="/v.mp4" poster="{poster}"></video>'
        '<div class="kg-video-player-container"><div class="kg-video-player">'
        '<span class="kg-video-current-time">0:00</span></div></div></div>'
        "<figcaption>The weir opens</figcaption></figure>"
    ).pieces
    assert made.embed is not None
    assert made.text == made.embed.title == "The weir opens"
    return made.embed


@pytest.mark.parametrize(
    ("poster", "beside", "still"),
    [
        pytest.param(
            BLANK,
            'data-kg-thumbnail="/first.jpg" data-kg-custom-thumbnail="/own.jpg"',
            "https://lamp.example/own.jpg",
            id="the editors' own before the film's first",
        ),
        pytest.param(
            BLANK,
            'data-kg-thumbnail="/first.jpg" data-kg-custom-thumbnail=""',
            "https://lamp.example/first.jpg",
            id="the film's first",
        ),
        pytest.param("/p.jpg", "", "https://lamp.example/p.jpg", id="a poster"),
    ],
)
def test_the_still_of_a_film_is_a_picture_of_it_and_no_blank(
    poster: str, beside: str, still: str
) -> None:
    film = a_film(poster, beside)

    assert film.still is not None
    assert film.still.addresses == (still,)


def test_a_film_with_nothing_but_a_blank_has_no_still() -> None:
    assert a_film(BLANK).still is None


def test_what_only_browsers_show_that_play_no_sound_is_listed() -> None:
    found = read('<audio><source src="a.mp3"><a href="a.mp3">Fetch it</a></audio>')

    (made,) = found.pieces
    assert made.text == ""
    assert [one.text for one in found.left] == ["Fetch it"]


def test_a_page_of_another_wordpress_is_led_to_by_its_title() -> None:
    (made,) = read(
        '<figure><blockquote class="wp-embedded-content">'
        '<a href="https://o.example/x">The title</a></blockquote>'
        '<iframe style="visibility: hidden" title="The title — O"'
        ' src="https://o.example/x/embed"></iframe></figure>'
    ).pieces

    assert made.embed is not None
    assert made.text == made.embed.title == "The title"
