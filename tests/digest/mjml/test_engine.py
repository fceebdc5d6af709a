"""What the guard lets through, the engine survives and reads as it was meant."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from press.digest.mjml import guard
from press.digest.mjml.judge import DEEPEST
from tests.digest.mjml.sample import (
    IMAGE,
    body,
    codes_of,
    column,
    filled,
    findings_of,
    rendered,
    text,
)
from tests.digest.mjml.test_features import ACCORDION, CAROUSEL, DELIVERED, HERO

# --- Depth

#: What can be nested, as deep as the guard allows: what it begins with, the tag, and
#: how many tags are open already.
NESTED = {
    "HTML in a text": ("<mj-section><mj-column><mj-text>", "div", 5),
    "HTML in mj-raw": ("<mj-raw>", "blockquote", 3),
    "a table in a table": ("<mj-section><mj-column><mj-table>", "table", 5),
    "HTML in a button": (
        '<mj-section><mj-column><mj-button href="/x">',
        "span",
        5,
    ),
    "HTML in the head": ("", "b", 0),
}

PROGRAM = """
import sys, threading
from tests.digest.mjml.sample import rendered
mjml = sys.stdin.read()
made = []
make = lambda: made.append(rendered(mjml))
if {threaded}:
    threading.stack_size(512 * 1024)
    thread = threading.Thread(target=make)
    thread.start()
    thread.join()
else:
    make()
print(made[0].count({mark!r}))
"""


def nest(kind: str, deeper: int = 0) -> str:
    before, tag, already = NESTED[kind]
    if not before:
        inside = DEEPEST - 3 + deeper
        raw = f"<mj-raw>{f'<{tag}>' * inside}deep{f'</{tag}>' * inside}</mj-raw>"
        return body("", raw)
    inside = DEEPEST - already + deeper
    closing = "".join(f"</{one.split()[0]}>" for one in before[1:-1].split("><")[::-1])
    return body(
        f"{before}{f'<{tag}>' * inside}deep{f'</{tag}>' * inside}{closing}",
    )


@pytest.mark.parametrize("threaded", [False, True], ids=["main", "thread"])
@pytest.mark.parametrize("kind", NESTED)
def test_the_engine_survives_the_deepest_nesting(kind: str, threaded: bool) -> None:
    program = PROGRAM.format(threaded=threaded, mark="deep")

    done = subprocess.run(
        [sys.executable, "-c", program],
        input=nest(kind),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout == "1\n"


@pytest.mark.parametrize("kind", NESTED)
def test_one_tag_more_is_refused(kind: str) -> None:
    assert codes_of(nest(kind)) == []
    assert codes_of(nest(kind, deeper=1)) == ["digest.depth"]


# --- Whatever a template holds

GOOD = [
    *(mjml for mjml, _ in DELIVERED.values()),
    column(CAROUSEL + ACCORDION + IMAGE),
    body(HERO),
    text("<p>a <b>b</b></p><!-- c --><ul><li>d &amp; e</li></ul>"),
]
PIECES = (
    *("<", ">", "</", "/>", '"', "'", "=", " ", "&", "&#", "<!--", "-->", "--", "\n"),
    *("<p>", "</p>", "<br>", "<b", "<mj-text>", "</mj-text>", "<mj-raw>", "</mjml>"),
    *("<mj-section>", "</mj-column>", "<mj-style>", "<![if x]>", "<?x?>", "\\", "é"),
    *("\0", "\u00a0", "\ud800", "é >", "<!--[if mso]>", "<![endif]-->", "<script>"),
    *(' mj-class="k"', ' width="1e9px"', ' width=""', ' padding=","', " a"),
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Draw a good digest in which something was cut, doubled or put in."""
    mjml = draw(st.sampled_from(GOOD))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(mjml)))
        end = min(len(mjml), start + draw(st.integers(0, 12)))
        piece = draw(st.sampled_from(("", mjml[start:end] * 2, *PIECES)))
        mjml = mjml[:start] + piece + mjml[end:]
    return mjml


@settings(max_examples=1000, deadline=None)
@given(mutated())
def test_what_the_guard_accepts_the_engine_compiles(mjml: str) -> None:
    if guard(filled(mjml)).value is not None:
        assert rendered(mjml).startswith("<!DOCTYPE html>")


@settings(max_examples=500, deadline=None)
@given(mutated())
def test_every_finding_has_a_place_and_words(mjml: str) -> None:
    for finding in findings_of(mjml):
        assert finding.code.startswith("digest.")
        assert finding.message
        assert finding.place.line is not None


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from("<>/='\"!-[] \nabmj&#;"), max_size=60))
def test_anything_can_be_judged(mjml: str) -> None:
    for whole in (mjml, text(mjml), column(mjml)):
        guard(filled(whole))


# --- What the engine would stop at


@pytest.mark.parametrize(
    "blank",
    [" ", "\t", "\u00a0", "\r\n", " \n "],
    ids=["space", "tab", "nbsp", "crlf", "line"],
)
def test_blanks_between_tags_mean_nothing(blank: str) -> None:
    padding = '<mj-all padding="0" />'
    head = f"{blank}<mj-attributes>{blank}{padding}{blank}</mj-attributes>{blank}"
    element = '<mj-social-element src="https://a.example/x.png" alt="x" href="https://a.example">X</mj-social-element>'
    social = f"<mj-social>{blank}{element}{blank}</mj-social>"

    assert "https://a.example/x.png" in rendered(column(blank + social, head))


def test_what_ends_a_piece_for_the_engine_may_stand_in_a_style_sheet() -> None:
    head = '<mj-style>p::after { content: "]]>"; }</mj-style>'

    assert 'content: "]]\\3e "' in rendered(column("<mj-text>x</mj-text>", head))


@pytest.mark.parametrize("name", ["a=b", "a&b", "a;b"])
def test_a_tag_that_can_have_no_such_name_is_refused(name: str) -> None:
    mjml = text(f"<{name}>x</{name}>")

    assert codes_of(mjml) == ["digest.markup"]
