"""Views of a mail are pages that look the same wherever they are opened."""

from __future__ import annotations

import pytest

from press.digest.checks.facts import read_mail
from press.digest.preview import (
    dark,
    light,
    outlook,
    views,
    with_pictures,
    without_images,
)
from press.model.digest import MailPicture
from tests.digest.test_make import snapshot


def sheet(css: str) -> str:
    return f"<head><style>{css}</style></head>"


@pytest.mark.parametrize(
    ("css", "by_day", "by_night"),
    [
        ("(prefers-color-scheme: dark)", "(max-width:0px)", "(min-width:0px)"),
        ("(prefers-color-scheme:light)", "(min-width:0px)", "(max-width:0px)"),
        ("( PREFERS-COLOR-SCHEME : Dark )", "(max-width:0px)", "(min-width:0px)"),
        ("(prefers-color-scheme)", "(min-width:0px)", "(min-width:0px)"),
    ],
)
def test_queries_for_surroundings_hold_or_do_not(
    css: str, by_day: str, by_night: str
) -> None:
    html = sheet(f"@media screen and {css} {{ p {{ color: red }} }}")

    assert by_day in light(html)
    assert by_night in dark(html)
    assert "prefers-color-scheme" not in (light(html) + dark(html)).lower()


def test_queries_in_attributes_hold_or_do_not() -> None:
    html = '<source media="(prefers-color-scheme: dark)" srcset="night.png">'

    assert 'media="(min-width:0px)"' in dark(html)
    assert 'media="(max-width:0px)"' in light(html)


@pytest.mark.parametrize(
    ("offered", "by_day", "by_night"),
    [
        ("light dark", "light", "dark"),
        ("dark light", "light", "dark"),
        ("light", "light", "light"),
        ("light only", "light", "light only"),
        ("dark", "dark", "dark"),
    ],
)
def test_a_scheme_is_taken_where_the_mail_offers_it(
    offered: str, by_day: str, by_night: str
) -> None:
    html = f'<meta name="color-scheme" content="{offered}">'
    css = sheet(f":root {{color-scheme:{offered}}}")

    assert light(html) == html.replace(offered, by_day)
    assert dark(html) == html.replace(offered, by_night)
    assert f"color-scheme:{by_night}}}" in dark(css)


def test_words_about_colour_schemes_are_words() -> None:
    html = (
        "<p>Write @media (prefers-color-scheme: dark) and color-scheme: light dark</p>"
    )

    assert dark(html) == html


def test_pictures_off_leave_alternative_texts_and_colours() -> None:
    html = (
        sheet("body{background:#eee url(https://m.example/a.png)}")
        + '<td background="https://m.example/b.png" style="background:red'
        " url('https://m.example/c.png') center\">"
        '<img src="https://m.example/d.png" srcset="https://m.example/e.png 2x"'
        ' alt="A press" width="284"><a href="https://m.example/f.png">words</a>'
    )

    seen = without_images(html)

    assert "https://m.example" not in seen.replace("https://m.example/f.png", "")
    assert 'alt="A press" width="284"' in seen
    assert "background:#eee none" in seen
    assert "background:red none center" in seen
    assert read_mail(seen).links == read_mail(html).links


def test_an_alternative_text_may_hold_anything() -> None:
    html = "<img alt='src=\"x\" > url(y)' src='https://m.example/d.png'>"

    assert read_mail(without_images(html)).images[0].alt == 'src="x" > url(y)'


def test_outlook_reads_its_own_and_not_what_is_for_others() -> None:
    html = (
        "<!--[if mso]><noscript><xml><o:PixelsPerInch>96</o:PixelsPerInch></xml>"
        "</noscript><![endif]-->"
        + sheet(
            "/* a > b */ @import url(x.css); p { color: red; border-radius: 4px }"
            "@media (max-width: 479px) { p { color: blue } h1 { color: blue } }"
            ".a > .b, p:hover { color: green } #outlook a { padding: 0 }"
        )
        + '<style media="screen and (min-width:480px)">p{color:navy}</style>'
        '<style media="screen">i{color:teal}</style>'
        "<div style=\"max-width:640px;width:100%;background:url('a;b.png')"
        ' center;border-radius:2px" background="x.png">words</div>'
    )

    read = outlook(html)

    for gone in ("96", "blue", "green", "navy", "radius", "max-width", "a;b", "x.png"):
        assert gone not in read
    for kept in ("color: red", "#outlook a", "teal", "width:100%", "words"):
        assert kept in read


def test_every_view_of_a_digest_says_the_same() -> None:
    digest = snapshot()
    said = read_mail(digest.public.html)

    for view in views(digest.public.html):
        seen = read_mail(view.html)
        assert seen.links == said.links, view.name
        assert seen.headings == said.headings, view.name
        assert [one.alt for one in seen.images] == [one.alt for one in said.images]


def test_views_are_named_apart_and_differ() -> None:
    shown = views(snapshot().public.html)

    assert len({view.name for view in shown}) == len(shown) == 8
    assert len({view.html for view in shown}) == 4
    assert {view.width for view in shown} == {640, 375, 320}


def test_a_mail_can_hold_its_pictures() -> None:
    pictures = [
        MailPicture(name=name, url=url, data=data, width=1, height=1, alt="")
        for name, url, data in (
            ("a.jpg", "https://m.example/a?x=1&y=2", b"one"),
            ("b.png", "https://m.example/a?x=1&y=2&z=3", b"two"),
        )
    ]
    html = "".join(
        f'<img src="{one.url.replace("&", "&amp;")}" alt="">' for one in pictures
    )

    held = with_pictures(html, pictures)

    assert [one.address for one in read_mail(held).images] == [
        "data:image/jpeg;base64,b25l",
        "data:image/png;base64,dHdv",
    ]
