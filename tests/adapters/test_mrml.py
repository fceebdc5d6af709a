"""The mail engine, with its defaults that betray switched off."""

from __future__ import annotations

import contextlib

import pytest

from press.adapters.mrml import MrmlRenderer
from press.model.errors import EngineError


def mail(content: str, head: str = "") -> str:
    return (
        f'<mjml lang="en-GB" dir="ltr"><mj-head>{head}</mj-head><mj-body><mj-section>'
        f"<mj-column>{content}</mj-column></mj-section></mj-body></mjml>"
    )


def test_no_font_is_fetched_from_anywhere() -> None:
    html = MrmlRenderer().render(
        mail('<mj-text font-family="Ubuntu, Roboto, serif">x</mj-text>'), ""
    )

    assert "fonts.googleapis.com" not in html
    assert "<link" not in html
    assert "@import" not in html


def test_authors_comments_go_and_outlooks_stay() -> None:
    html = MrmlRenderer().render(mail("<!-- secret --><mj-text>x</mj-text>"), "")

    assert "secret" not in html
    assert "<!--[if mso | IE]>" in html


def test_styles_are_inlined_and_media_queries_kept() -> None:
    head = (
        "<mj-style>@media (prefers-color-scheme: dark) { p { color: red } }</mj-style>"
    )

    html = MrmlRenderer().render(
        mail('<mj-text><p class="a">x</p></mj-text>', head), ".a { color: #123456; }"
    )

    assert '<p class="a" style="color: #123456;">' in html
    assert "@media (prefers-color-scheme: dark) { p { color: red } }" in html


def test_style_sheets_elsewhere_are_not_fetched() -> None:
    raw = '<mj-raw><link rel="stylesheet" href="http://127.0.0.1:9/x.css" /></mj-raw>'

    html = MrmlRenderer().render(mail("<mj-text>x</mj-text>", raw), "")

    assert "http://127.0.0.1:9/x.css" in html


@pytest.mark.parametrize(
    "mjml",
    [
        "",
        "no markup",
        "<mjml>",
        "<mjml></mjml><p>",
        mail("<mj-text><p>x</mj-text>"),
        mail("<mj-text>a < b</mj-text>"),
        mail("<mj-text>\x01</mj-text>"),
        mail("<mj-text>\0</mj-text>"),
        mail("<mj-text>\ud800</mj-text>"),
        mail("<mj-image src=x />"),
        mail('<mj-image alt="a"src="b"/>'),
        mail('<mj-include path="/etc/passwd" />'),
        mail('<mj-include path="../secret.mjml" />'),
        mail('<mj-include path="file:///etc/passwd" />'),
        mail('<mj-include path="x.css" type="css" />'),
        mail('<mj-include path="x.html" type="html" />'),
        mail("<mj-text><!-- a -- b --></mj-text>"),
        mail("<mj-text></mj-text", "<mj-style>"),
        mail("<mj-text>é ></mj-text>"),  # the engine panics
    ],
)
def test_whatever_the_engine_refuses_is_an_engine_error(mjml: str) -> None:
    with pytest.raises(EngineError) as caught:
        MrmlRenderer().render(mjml, "")

    assert caught.value.__cause__ is not None


def test_the_place_of_a_mistake_is_counted_in_characters() -> None:
    before = "<mj-text>ééé</mj-text>"
    mjml = mail(before + "<mj-include path='x' />")

    with pytest.raises(EngineError) as caught:
        MrmlRenderer().render(mjml, "")

    assert caught.value.offset == mjml.index("mj-include")


@pytest.mark.parametrize("styles", ["p { color: ", "}}}{{{", "p[ { }", "@media {"])
def test_broken_styles_never_end_in_a_traceback(styles: str) -> None:
    mjml = mail("<mj-text><p>x</p></mj-text>")

    with contextlib.suppress(EngineError):
        assert "<p" in MrmlRenderer().render(mjml, styles)


def test_the_same_mail_gives_the_same_bytes() -> None:
    mjml = mail('<mj-text css-class="a"><p class="b c">x</p></mj-text>')
    styles = ".b { color: red; margin: 0 } .c { color: blue; padding: 0 } p { top: 0 }"

    first, second = (MrmlRenderer().render(mjml, styles) for _ in range(2))

    assert first == second
