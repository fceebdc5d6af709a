"""What MJML must be before the engine may see it."""

from __future__ import annotations

import subprocess
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press.adapters.mrml import MrmlRenderer
from press.digest.mjml.guard import Guarded, guard
from press.digest.mjml.judge import DEEPEST
from press.digest.mjml.write import ascii_value
from press.model.finding import Finding
from press.model.template import Filled, Origin

HEAD = '<mjml lang="en-GB" dir="ltr"><mj-body><mj-section><mj-column>'
TAIL = "</mj-column></mj-section></mj-body></mjml>"


def guarded(content: str) -> str:
    checked = guard(Filled(text=HEAD + content + TAIL))
    assert checked.value is not None, checked.findings
    return checked.value.mjml.text.removeprefix(HEAD).removesuffix(TAIL)


def found(content: str) -> list[tuple[str, str]]:
    checked = guard(Filled(text=HEAD + content + TAIL))
    assert checked.value is None or not checked.findings
    return [(finding.code, finding.message) for finding in checked.findings]


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
    checked = guard(Filled(text=HEAD + image + TAIL))
    assert checked.value is not None
    parser = _Alt()
    parser.feed(MrmlRenderer().render(checked.value.mjml.text, styles))
    assert len(parser.seen) == 1
    return parser.seen[0]


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_an_attribute_comes_through_the_engine_as_it_was(text: str) -> None:
    image = alt_through_the_engine(text)

    assert image["alt"] == text
    assert "onerror" not in image


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), min_size=1
    )
)
def test_any_attribute_comes_through_the_engine_as_it_was(text: str) -> None:
    assert alt_through_the_engine(text)["alt"] == text


@given(st.text())
def test_a_value_is_printable_ascii_without_quotes(text: str) -> None:
    written = ascii_value(text)

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
        ("<mj-spacer/>", "<mj-spacer />"),
        ("a & b > c &amp; d", "a &amp; b &gt; c &amp; d"),
        ("<!--[if mso]><td><![endif]-->", "<!--[if mso]><td><![endif]-->"),
        ("é, ü", "é, ü"),
    ],
)
def test_markup_is_rewritten_for_the_engine(written: str, rewritten: str) -> None:
    assert guarded(written) == rewritten


# --- Styles


def test_inline_styles_are_taken_out() -> None:
    checked = guard(
        Filled(
            text=HEAD
            + '<mj-style\n inline="inline"\n >a > b {}</mj-style>'
            + "<mj-style>p::before { content: 'é' }</mj-style>"
            + TAIL
        )
    )

    assert checked.value is not None
    assert checked.value.styles == "a > b {}"
    assert "a > b" not in checked.value.mjml.text
    assert r"<mj-style>p::before { content: '\e9 ' }</mj-style>" in (
        checked.value.mjml.text
    )


# --- Refusals


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        ('<p a="1" a="2"></p>', "digest.attribute-twice", "attribute a twice"),
        ('<p 2="1"></p>', "digest.markup", '"2" cannot be the name'),
        ("<p>", "digest.markup", "</mj-column> stands where <p> () is open"),
        ("<b><i></b></i>", "digest.markup", "</b> stands where <i> () is open"),
        ("a < b", "digest.markup", '"<" begins no tag'),
        ("<!-- a -- b -->", "digest.markup", 'comment holds "--"'),
        ("<!-- a", "digest.markup", "comment is never closed"),
        ("<mj-style>p {}", "digest.markup", "<mj-style> is never closed"),
        ("<mj-style>p < b {}</mj-style>", "digest.markup", '<mj-style> holds "<"'),
        (TAIL + "x" + HEAD, "digest.markup", "text stands outside <mjml>"),
        (TAIL + "<p></p>" + HEAD, "digest.markup", "<p> stands outside <mjml>"),
        ('<p a="x><b>y</b>', "digest.markup", "<p> is not closed"),
        ('<p a="x><b c="y">z</b></p>', "digest.markup", 'the value of a holds "<"'),
        ("<mj-foo></mj-foo>", "digest.unknown-tag", '"mj-foo" is not an MJML tag'),
        ('<mj-include path="x" />', "digest.include", "<mj-include> is not read"),
        ("\x01", "digest.control-character", "U+0001"),
        ("\x00", "digest.control-character", "U+0000"),
        ("\x85", "digest.control-character", "U+0085"),
        ("\ud800", "digest.control-character", "U+D800"),
        ("\uffff", "digest.control-character", "U+FFFF"),
        ("<?xml version='1.0'?>", "digest.markup", '"<" begins no tag'),
        ("<![CDATA[x]]>", "digest.markup", '"<" begins no tag'),
    ],
)
def test_what_the_engine_would_get_wrong_is_refused(
    content: str, code: str, says: str
) -> None:
    findings = found(content)

    assert code in [code for code, _ in findings]
    assert any(says in message for _, message in findings)


def test_all_mistakes_are_found_at_once() -> None:
    codes = [code for code, _ in found('<mj-txt></mj-txt>\x01<p a="" a=""></p>a < b')]

    assert sorted(codes) == [
        "digest.attribute-twice",
        "digest.control-character",
        "digest.markup",
        "digest.unknown-tag",
    ]


def test_a_slip_in_a_tag_gets_a_suggestion() -> None:
    checked = guard(Filled(text="<mjml><mj-colum></mj-colum></mjml>"))

    assert checked.findings[0].hint == 'did you mean "mj-column"?'


def test_a_finding_names_the_line_of_the_template() -> None:
    origins = (
        Origin(offset=0, file="layouts/tabloid/digest.mjml.j2", line=1),
        Origin(offset=7, file="layouts/tabloid/digest/parts.mjml.j2", line=12),
    )

    checked = guard(Filled(text="<mjml>\n<mj-foo /></mjml>", origins=origins))

    place = checked.findings[0].place
    assert str(place) == "layouts/tabloid/digest/parts.mjml.j2:12"


def test_what_is_written_is_traced_like_its_source() -> None:
    text = '<mjml a="é">\n<p>x</p></mjml>'
    second = text.index("<p>")
    origins = (
        Origin(offset=0, file="a.j2", line=1),
        Origin(offset=second, file="a.j2", line=2),
    )

    checked = guard(Filled(text=text, origins=origins))

    assert isinstance(checked.value, Guarded)
    mjml = checked.value.mjml
    assert mjml.place_of(mjml.text.index("<p>")).line == 2
    assert mjml.place_of(mjml.text.index("<p>") - 2).line == 1


# --- Depth


def nested(depth: int) -> tuple[Finding, ...]:
    """Nest tags so that the innermost is that deep."""
    inside = depth - 4
    return guard(
        Filled(text=HEAD + "<b>" * inside + "x" + "</b>" * inside + TAIL)
    ).findings


def test_a_hundred_tags_may_be_nested_and_no_more() -> None:
    assert nested(DEEPEST) == ()
    assert [finding.code for finding in nested(DEEPEST + 1)] == ["digest.depth"]


def test_extreme_depth_is_a_finding_and_the_process_lives() -> None:
    assert [finding.code for finding in nested(20_000)] == ["digest.depth"]


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
    checked = guard(Filled(text=HEAD + "<mj-text>" + content + "</mj-text>" + TAIL))

    if checked.value is not None:
        assert MrmlRenderer().render(checked.value.mjml.text, checked.value.styles)
