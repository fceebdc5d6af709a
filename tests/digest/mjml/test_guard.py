"""What MJML must be before the engine may see it."""

from __future__ import annotations

import subprocess
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press.adapters.mrml import MrmlRenderer
from press.digest.mjml import guard
from press.digest.mjml.judge import DEEPEST
from press.digest.mjml.write import ascii_value
from press.model.template import Filled, Origin
from tests.digest.mjml.sample import (
    HEAD,
    IMAGE,
    TAIL,
    body,
    codes_of,
    column,
    filled,
    findings_of,
    guarded,
    rendered,
    text,
)

# --- Attributes

AWKWARD = {
    "no-break space": "a\u00a0b",
    "soft hyphen": "hy\u00adphen",
    "joined emoji": "\U0001f469\u200d\U0001f680",
    "variation selector": "\u2764\ufe0f",
    "combining accent": "e\u0301",
    "Devanagari": "\u0939\u093f\u0928\u094d\u0926\u0940",
    "Arabic with marks": "\u0643\u064e\u062a\u064e\u0628\u064e",
    "Thai": "\u0e17\u0e35\u0e48\u0e19\u0e35\u0e48",
    "backslash": "C:\\news\\table",
    "double quote": 'she said "no"',
    "single quote": "it's",
    "markup": '"><script>alert(1)</script>',
    "event handler": 'x" onerror="alert(1)',
    "ampersand": "a & b &amp; c",
    "accents": "café",
    "line separator": "a\u2028b",
    "template": "{{ x }} %%y%%",
}


class _Alt(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.seen.append(dict(attrs))


def alt_through_the_engine(alt: str, styles: str = "") -> dict[str, str | None]:
    escaped = alt.replace("&", "&amp;").replace('"', "&#34;").replace("<", "&lt;")
    image = f'<mj-image src="https://a.example/x.png" alt="{escaped}" />'
    parser = _Alt()
    parser.feed(MrmlRenderer().render(guarded(column(image)).mjml.text, styles))
    assert len(parser.seen) == 1
    return parser.seen[0]


@pytest.mark.parametrize("words", AWKWARD.values(), ids=AWKWARD)
def test_an_attribute_comes_through_the_engine_as_it_was(words: str) -> None:
    image = alt_through_the_engine(words)

    assert image["alt"] == words
    assert "onerror" not in image


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), min_size=1
    )
)
def test_any_attribute_comes_through_the_engine_as_it_was(words: str) -> None:
    assert alt_through_the_engine(words)["alt"] == words


@given(st.text())
def test_a_value_is_printable_ascii_without_quotes(value: str) -> None:
    written = ascii_value(value)

    assert all(" " <= character <= "~" for character in written)
    assert not set(written) & set('"\\<>')


@pytest.mark.parametrize(
    ("written", "rewritten"),
    [
        ("<p a='x \"y\"'></p>", '<p a="x &#34;y&#34;"></p>'),
        ("<p a=x></p>", '<p a="x"></p>'),
        ("<p a></p>", '<p a=""></p>'),
        ('<p a="1"b="2"></p>', '<p a="1" b="2"></p>'),
        ('<p\n  a = "1\n\t 2"\n></p>', '<p a="1 2"></p>'),
        (
            '<p a="x?a=1&b=2&amp;c=3&#38;d"></p>',
            '<p a="x?a=1&amp;b=2&amp;c=3&#38;d"></p>',
        ),
        ('<p a="%%web_url%%"></p>', '<p a="%%web_url%%"></p>'),
        ("<br>", "<br />"),
        ('<img alt="x">', '<img alt="x" />'),
        ("a & b > c &amp; d", "a &amp; b &gt; c &amp; d"),
        ("é, ü", "é, ü"),
    ],
)
def test_markup_is_rewritten_for_the_engine(written: str, rewritten: str) -> None:
    assert f"<mj-text>{rewritten}</mj-text>" in guarded(text(written)).mjml.text


@pytest.mark.parametrize(
    ("written", "rewritten"),
    [
        ("<mj-spacer/>", "<mj-spacer />"),
        ("<mj-text >a</mj-text\n>", "<mj-text>a</mj-text>"),
        ("<mj-text>\n <!-- a -->\n</mj-text>", "<mj-text></mj-text>"),
        (f"\u00a0{IMAGE} {IMAGE}", f"{IMAGE}{IMAGE}"),
        ("<mj-text>\u00a0</mj-text>", "<mj-text>\u00a0</mj-text>"),
        (f"<!-- a remark -->{IMAGE}", IMAGE),
    ],
)
def test_tags_of_mjml_are_rewritten_for_the_engine(
    written: str, rewritten: str
) -> None:
    assert guarded(column(written)).mjml.text == HEAD + rewritten + TAIL


# --- Styles


def test_inline_styles_are_taken_out() -> None:
    safe = guarded(
        column(
            "<mj-text>x</mj-text>",
            '<mj-style\n inline="inline"\n >a > b {}</mj-style>'
            "<mj-style>p::before { content: 'é' }</mj-style>",
        )
    )

    assert safe.styles == "a > b {}"
    assert "a > b" not in safe.mjml.text
    assert r"<mj-style>p::before { content: '\e9 ' }</mj-style>" in safe.mjml.text


# --- Comments for Outlook


@pytest.mark.parametrize(
    "comment",
    [
        "<!--[if mso | IE]><table><tr><td a='é >'><![endif]-->",
        "<!--[if mso | IE]></td></tr></table><![endif]-->",
        "<!--[if !mso]><!-->x<!--<![endif]-->",
        "<!--[if !mso]><!-- -->x<!--<![endif]-->",
        "<!--[if (gte mso 9)|(IE)]>a < b & {{ c }} \u00a0<br><![endif]-->",
    ],
)
def test_a_comment_for_outlook_comes_out_as_it_was(comment: str) -> None:
    places = [text(comment), body(f"<mj-raw>{comment}</mj-raw>")]
    if "-->x<!--" not in comment:
        places += [body(comment), column(comment), column(IMAGE + comment + IMAGE)]
    for mjml in places:
        assert findings_of(mjml) == ()
        assert comment in rendered(mjml)


def test_comments_for_outlook_keep_their_order() -> None:
    comments = [f"<!--[if mso]>{number}<![endif]-->" for number in range(12)]

    html = rendered(text("x".join(comments)))

    assert "x".join(comments) in html


# --- Refusals


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        ('<p a="1" a="2"></p>', "digest.attribute-twice", "attribute a twice"),
        ('<p 2="1"></p>', "digest.markup", '"2" cannot be the name'),
        ("<p>", "digest.markup", "</mj-text> stands where <p> ("),
        ("<b><i></b></i>", "digest.markup", "</b> stands where <i> ("),
        ("</b>", "digest.markup", "</b> closes nothing"),
        ("</br>", "digest.markup", "</br> closes nothing"),
        ("a < b", "digest.markup", '"<" begins no tag'),
        ("<!--[if mso]>a -- b<![endif]-->", "digest.markup", "Outlook cannot be read"),
        ("<!--[if mso]>a-->", "digest.markup", "Outlook cannot be read"),
        ("<!--[if mso]--><!--[if mso>a<![endif]-->", "digest.markup", "cannot be read"),
        ("<!-- a", "digest.markup", "comment is never closed"),
        ("<style>p < b {}</style>", "digest.markup", '<style> holds "<"'),
        ('<p a="x><b>y</b>', "digest.markup", "quotation mark is not closed"),
        ('<p a="x><b c="y">z</b></p>', "digest.markup", "mark is not closed"),
        ("<mj-foo></mj-foo>", "digest.unknown-tag", '"mj-foo" is not an MJML tag'),
        ("<mj-text></mj-text>", "digest.nesting", "cannot stand in <mj-text>"),
        ('<mj-include path="x" />', "digest.include", "<mj-include> was not read"),
        ("\x01", "digest.control-character", "U+0001"),
        ("\x00", "digest.control-character", "U+0000"),
        ("\x85", "digest.control-character", "U+0085"),
        ("\ud800", "digest.control-character", "U+D800"),
        ("\uffff", "digest.control-character", "U+FFFF"),
        ("<?xml version='1.0'?>", "digest.markup", "processing instruction"),
        ("<!doctype html>", "digest.markup", "document type"),
        ("<![CDATA[x]]>", "digest.markup", "CDATA is not read"),
        ("<![if mso]>x<![endif]>", "digest.markup", "only inside a comment"),
    ],
)
def test_what_the_engine_would_get_wrong_is_refused(
    content: str, code: str, says: str
) -> None:
    checked = guard(filled(text(content)))

    assert checked.value is None
    assert code in [finding.code for finding in checked.findings]
    assert any(says in finding.message for finding in checked.findings)


@pytest.mark.parametrize("outside", ["x", "<p></p>", "<mj-body></mj-body>"])
def test_nothing_stands_outside_of_the_mail(outside: str) -> None:
    for mjml in (outside + text("x"), text("x") + outside):
        (finding, *_) = findings_of(mjml)
        assert "stands outside <mjml>" in finding.message


def test_a_style_sheet_that_is_never_closed_is_told() -> None:
    (finding, *_) = findings_of(body("", "<mj-style>p {}"))

    assert finding.message.startswith("</mj-head> stands where <mj-style> (")


def test_a_remark_with_two_hyphens_is_taken_out_with_a_warning() -> None:
    mjml = text("a<!-- b -- c -->d")

    assert [finding.severity.value for finding in findings_of(mjml)] == ["warning"]
    assert "<mj-text>ad</mj-text>" in guarded(mjml).mjml.text


def test_all_mistakes_are_found_at_once() -> None:
    content = '<mj-txt></mj-txt>\x01<mj-text><p a="" a=""></p>a < b</mj-text>'

    assert sorted(set(codes_of(column(content)))) == [
        "digest.attribute-twice",
        "digest.control-character",
        "digest.dropped-text",
        "digest.markup",
        "digest.unknown-tag",
    ]


def test_a_slip_in_a_tag_gets_a_suggestion() -> None:
    (finding,) = findings_of(body("<mj-section><mj-colum></mj-colum></mj-section>"))

    assert finding.hint == 'did you mean "mj-column"?'


# --- Places


def test_a_finding_names_line_and_column_of_the_template() -> None:
    (finding,) = findings_of(text("\n  <b>é</b> <i 2=''></i>"))

    assert str(finding.place) == "layouts/small/digest.mjml.j2:2:15"
    assert finding.place.source == "  <b>é</b> <i 2=''></i></mj-text>" + TAIL


def test_a_finding_names_the_file_that_was_included() -> None:
    mjml = column("<mj-foo />")
    at = mjml.index("<mj-foo")
    origins = (
        Origin(offset=0, file="layouts/tabloid/digest.mjml.j2", line=1, column=1),
        Origin(offset=at, file="layouts/tabloid/digest/parts.mjml.j2", line=12),
    )

    (finding,) = guard(Filled(text=mjml, origins=origins)).findings

    assert str(finding.place) == "layouts/tabloid/digest/parts.mjml.j2:12"


def test_what_is_written_is_traced_like_its_source() -> None:
    mjml = guarded(text("<i a='é'></i>\n<p>x</p>")).mjml

    assert mjml.place_of(mjml.text.index("<p>")).line == 2
    assert mjml.place_of(mjml.text.index("<p>") - 2).line == 1


# --- Depth


def nested(depth: int) -> list[str]:
    """Nest tags so that the innermost is that deep."""
    inside = depth - 5
    return codes_of(text("<b>" * inside + "x" + "</b>" * inside))


def test_two_hundred_tags_may_be_nested_and_no_more() -> None:
    assert nested(DEEPEST) == []
    assert nested(DEEPEST + 1) == ["digest.depth"]


@pytest.mark.parametrize("tag", ["b", "mj-wrapper", "mj-raw", "mj-column", "mj-foo"])
@pytest.mark.parametrize("closed", [True, False])
def test_extreme_depth_is_one_finding(tag: str, closed: bool) -> None:
    end = f"</{tag}>" * 20_000 if closed else "</p>" * 20_000

    assert codes_of(column(f"<{tag}>" * 20_000 + end)) == ["digest.depth"]


def test_the_engine_alone_would_not_survive_that_depth() -> None:
    """Keep the guard honest: without it the process ends."""
    program = (
        "from press.adapters.mrml import MrmlRenderer\n"
        f"MrmlRenderer().render({HEAD!r} + '<mj-text>' + '<b>' * 20000"
        f" + '</b>' * 20000 + '</mj-text>' + {TAIL!r}, '')"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False
    )

    assert done.returncode < 0


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "<p>",
                    "</p>",
                    "<b",
                    ">",
                    '"',
                    "'",
                    "a",
                    "=",
                    " ",
                    "&",
                    "<!--",
                    "-->",
                ),
                *(
                    "<mj-text>",
                    "</mj-text>",
                    "/",
                    "\n",
                    "<br>",
                    "\\",
                    "<mj-style>",
                    "é",
                ),
            ]
        ),
        max_size=25,
    ).map("".join)
)
def test_what_passes_the_guard_passes_the_engine(
    content: str,
) -> None:
    checked = guard(filled(text(content)))

    if checked.value is not None:
        assert MrmlRenderer().render(checked.value.mjml.text, checked.value.styles)
