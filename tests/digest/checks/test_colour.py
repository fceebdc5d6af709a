"""Words that cannot be read on what they stand on are found in the finished mail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from press.digest.checks.cascade import Cascade, Element
from press.digest.checks.colour import check_colours
from press.digest.checks.paint import read_paint
from press.model.finding import Finding, Severity
from press.model.template import Filled, Origin
from tests.digest.checks.sample import Sample

DARK = "@media (prefers-color-scheme: dark)"


def told(mail: Sample, body: str, css: str = "", mjml: str = "") -> list[Finding]:
    html = f"<html><head><style>{css}</style></head><body>{body}</body></html>"
    origins = (Origin(offset=0, file="layouts/x/digest.mjml.j2", line=7),)
    filled = Filled(text=mjml, origins=origins)
    return list(check_colours(replace(mail.mail(), html=html, mjml=filled)))


def light(mail: Sample, body: str, css: str = "") -> list[Finding]:
    return [f for f in told(mail, body, css) if f.severity is Severity.ERROR]


def dark(mail: Sample, body: str, css: str = "") -> list[Finding]:
    return [f for f in told(mail, body, css) if f.severity is Severity.WARNING]


def test_the_sample_can_be_read_in_both_surroundings(mail: Sample) -> None:
    assert list(check_colours(mail.mail())) == []


def test_an_authors_own_colour_is_seen_with_its_words_and_its_line(
    mail: Sample,
) -> None:
    body = '<p style="color:#aaaaaa">Hard to read</p>'

    finding, _ = told(mail, body, mjml='<mj-text color="#aaaaaa">')

    assert finding.code == "digest.contrast"
    assert finding.severity is Severity.ERROR
    assert finding.message == (
        "“Hard to read” is #aaaaaa on #ffffff in light surroundings, a contrast of "
        "2.3 to 1; 4.5 can be read"
    )
    assert (finding.place.file, finding.place.line) == ("layouts/x/digest.mjml.j2", 7)


@pytest.mark.parametrize(
    "body",
    [
        '<p style="color: #999">x</p>',
        '<p style="color: silver">x</p>',
        '<p style="color: rgb(0 0 0 / 30%)">x</p>',
        '<p style="color: rgba(0, 0, 0, 0.3)">x</p>',
        '<div style="background:#333 none"><p>x</p></div>',
        '<table bgcolor="#333333"><tr><td>x</td></tr></table>',
        '<div style="background-color:#333"><font color="#444444">x</font></div>',
        '<div style="background-color:#003"><a href="https://a.example">x</a></div>',
        '<p style="color:#888;font-size:23px">x</p>',
        '<p style="color:#888;font-size:18px;font-weight:700">x</p>',
        '<p style="color:#999;font-size:40px"><span style="font-size:.3em">x</span></p>',
    ],
)
def test_what_cannot_be_read_is_found(mail: Sample, body: str) -> None:
    assert len(light(mail, body)) == 1


@pytest.mark.parametrize(
    "body",
    [
        '<p style="color:#767676">x</p>',
        '<p style="color:#888;font-size:24px">x</p>',
        '<p style="color:#888;font-size:14pt;font-weight:bold">x</p>',
        '<h2 style="color:#888;font-size:19px">x</h2>',
        '<p style="display:none;color:#fff">x</p>',
        '<div style="visibility:hidden"><p style="color:#fff">x</p></div>',
        '<p style="color:#fff">\u200c &nbsp; |</p>',
        '<div style="background:url(x.png)"><p style="color:#fff">x</p></div>',
        '<p style="color:var(--x)">x</p>',
        '<div style="background:#000"><p style="background:#fff">x</p></div>',
        "<!--[if mso]><p style='color:#fff'>x</p><![endif]-->",
    ],
)
def test_what_can_be_read_or_cannot_be_known_passes(mail: Sample, body: str) -> None:
    assert told(mail, body) == []


def test_dark_rules_count_in_dark_surroundings_only(mail: Sample) -> None:
    css = f"{DARK} {{ .sheet {{ background-color: #111 !important; }} }}"
    body = '<div class="sheet" style="background-color:#fff"><p>x</p></div>'

    assert light(mail, body, css) == []
    (finding,) = dark(mail, body, css)
    assert "is #000000 on #111111 in dark surroundings" in finding.message


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (".ink { color: #eee !important }", 0),
        ("div > .ink { color: #eee !important }", 0),
        ("body .ink { color: #eee !important }", 0),
        ("p.ink.big { color: #eee !important }", 0),
        ("#one { color: #eee !important }", 0),
        (".ink { color: #eee }", 1),  # the element's own style wins
        ("body > .ink { color: #eee !important }", 1),
        (".ink.other { color: #eee !important }", 1),
        ("[data-x] .ink { color: #eee !important }", 1),
        (".ink:hover { color: #eee !important }", 1),
        (".ink { color: #eee !important } .ink { color: #222 !important }", 1),
        ("p.ink { color: #eee !important } .ink { color: #222 !important }", 0),
    ],
)
def test_rules_win_as_in_a_browser(mail: Sample, rule: str, found: int) -> None:
    css = f"{DARK} {{ .sheet {{ background-color: #111 !important; }} {rule} }}"
    body = (
        '<div class="sheet" style="background-color:#fff" data-x>'
        '<p id="one" class="ink big" style="color:#000">x</p></div>'
    )

    assert len(dark(mail, body, css)) == found


def test_rules_for_paper_and_narrow_screens_are_not_followed(mail: Sample) -> None:
    css = "@media print { p { color: #fff } } @media (max-width: 9px) { p { color: #fff } }"

    assert told(mail, "<p>x</p>", css) == []
    assert len(light(mail, "<p>x</p>", "@media screen { p { color: #fff } }")) == 1


def test_words_that_look_alike_are_told_once(mail: Sample) -> None:
    body = '<p style="color:#999">One</p><p style="color:#999">Two</p>'

    assert len(light(mail, body)) == 1


def test_what_the_palette_is_blamed_for_is_not_told_again(mail: Sample) -> None:
    pale = replace(mail.mail().palette.light, ink="#cccccc", sheet="#ffffff")
    palette = replace(mail.mail().palette, light=pale)
    html = '<p style="color:#cccccc">x</p>'

    findings = list(check_colours(replace(mail.mail(), html=html, palette=palette)))

    assert [f.severity for f in findings] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("#FFF", "#ffffff"),
        ("#ffff", "#ffffff"),
        ("#12345678", "#123456"),
        ("Teal", "#008080"),
        ("rgb(1, 2, 3)", "#010203"),
        ("rgb(100% 0% 0% / 1)", "#ff0000"),
        ("rgb(999, 0, 0)", "#ff0000"),
    ],
)
def test_colours_are_read_in_all_their_spellings(text: str, seen: str) -> None:
    assert str(read_paint(text)) == seen


@pytest.mark.parametrize("text", ["", "#12", "rgb(1,2)", "var(--x)", "no-colour"])
def test_what_is_no_colour_is_none(text: str) -> None:
    assert read_paint(text) is None


def test_a_descendant_may_stand_deep_and_a_child_may_not() -> None:
    outer = Element(tag="div", names=frozenset({".a"}), parent=None)
    middle = Element(tag="div", names=frozenset({".b"}), parent=outer)
    inner = Element(tag="p", names=frozenset(), parent=middle)
    cascade = Cascade()
    cascade.add(".a p { top: 1px } .a > p { left: 1px } .a > .b > p { right: 1px }")

    assert set(cascade.style(inner, "", dark=False)) == {"top", "right"}
