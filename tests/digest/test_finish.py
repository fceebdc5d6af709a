"""What is done to the HTML after the engine."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.adapters.mrml import MrmlRenderer
from press.digest.finish import LONGEST_LINE, finish, fold, whole_widths
from press.digest.inert import hold
from press.digest.token import TOKENS


@pytest.mark.parametrize(
    ("html", "rounded"),
    [
        ('<td width="149.98003">', '<td width="150">'),
        ('<td style="width:149.98003px;">', '<td style="width:150px;">'),
        ('<td style="max-width: 213.66666px">', '<td style="max-width: 213px">'),
        ('<td width="213.33334px">', '<td width="213px">'),
        ('<td width="320">', '<td width="320">'),
        ("{ width:33.333332% !important; }", "{ width:33.333332% !important; }"),
        ('<td style="border-width:0.5px">', '<td style="border-width:0.5px">'),
        ('<p style="letter-spacing:0.4px">', '<p style="letter-spacing:0.4px">'),
        (
            "<!--[if mso]><td style='x' width=\"1.5\"><![endif]-->",
            "<!--[if mso]><td style='x' width=\"1\"><![endif]-->",
        ),
        ('<p>style="width:1.5px"</p>', '<p>style="width:1.5px"</p>'),
        ('<img alt="width:1.5px">', '<img alt="width:1.5px">'),
    ],
)
def test_widths_are_whole_pixels_and_never_wider(html: str, rounded: str) -> None:
    assert whole_widths(html) == rounded


class _Events(HTMLParser):
    """What a reader's program makes of HTML, white space in text taken together."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[object] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "wbr":
            self.flush()
            self.seen.append(
                (tag, [(n, " ".join((v or "").split())) for n, v in attrs])
            )

    def handle_endtag(self, tag: str) -> None:
        self.flush()
        self.seen.append(tag)

    def handle_comment(self, data: str) -> None:
        self.flush()
        self.seen.append(" ".join(data.split()))

    def handle_data(self, data: str) -> None:
        self.text += data

    def flush(self) -> None:
        self.seen.append(re.sub(r"\s+", " ", self.text))
        self.text = ""


def read(html: str) -> list[object]:
    events = _Events()
    events.feed(html)
    events.close()
    events.flush()
    return events.seen


def test_short_lines_stay_as_they_are() -> None:
    html = "<p>one</p>\n<p>two</p>\n"

    assert fold(html) == html


PIECES = st.sampled_from(
    [
        '<td class="a" style="color:red; margin:0" align="left">',
        "</td>",
        '<a href="https://a.example/x?a=b&amp;c=d">',
        "</a>",
        '<img alt="some words of a picture" src="https://a.example/x.png">',
        '<!--[if mso | IE]><td width="1"><![endif]-->',
        "words of the text ",
        "新聞紙",
        "&#123;&nbsp;",
        'she said "no" ',
        "unbroken",
        "é",
    ]
)


@given(st.lists(PIECES, min_size=1, max_size=80).map("".join))
def test_folding_changes_nothing_that_is_seen(html: str) -> None:
    folded = fold(html, 160)

    assert read(folded) == read(html)
    assert max(len(line.encode()) for line in folded.split("\n")) <= 160


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "新聞" * 2000 + "</p>",
        "<p>" + "x" * 5000 + "</p>",
        "<p>" + "word " * 1000 + "</p>",
        '<img alt="' + "كلمة " * 900 + '">',
        "<td>" + '<td class="a">' * 500,
        "<p>" + "&#123;" * 900 + "</p>",
    ],
)
def test_no_line_is_too_long_for_the_post(html: str) -> None:
    folded = fold(html)

    assert max(len(line.encode()) for line in folded.split("\n")) <= LONGEST_LINE
    assert read(folded) == read(html)


def test_lines_leave_room_for_what_tokens_become() -> None:
    folded = fold(f'<p><a href="{TOKENS.web}">web</a> and so on </p>' * 40)

    filled = folded.replace(TOKENS.web, "https://a.example/".ljust(180, "x"))
    assert max(len(line) for line in filled.split("\n")) <= LONGEST_LINE


def test_an_address_is_never_broken() -> None:
    html = '<p><a href="https://a.example/' + "x" * 2000 + '">y</a></p>'

    assert "x" * 2000 in fold(html)


def test_held_characters_come_out_as_references() -> None:
    assert finish(f"<p>{hold('{{x}}')}</p>") == "<p>&#123;&#123;x&#125;&#125;</p>"


def test_the_arrows_of_a_carousel_are_hidden_from_yahoo_alone() -> None:
    picture = '<mj-carousel-image src="https://lamp.example/a.png" alt="A lamp" />'
    carousel = f"<mj-carousel>{picture}{picture}</mj-carousel>"
    html = MrmlRenderer().render(
        f"<mjml><mj-body><mj-section><mj-column>{carousel}</mj-column></mj-section>"
        "</mj-body></mjml>",
        "",
    )

    assert "@media screen, yahoo" in html
    assert re.findall("@media.*yahoo", finish(html)) == ["@media screen yahoo"]
