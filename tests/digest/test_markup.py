"""The quick reader hears of a mail what the standard library's hears."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.digest.markup import Attributes, MarkupReader
from tests.digest.test_make import snapshot


class Noting:
    """Notes what it hears; words that follow each other are one."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.heard.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.heard.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if self.heard and isinstance(self.heard[-1], list):
            self.heard[-1][0] += data
        else:
            self.heard.append([data])

    def handle_comment(self, data: str) -> None:
        self.heard.append(("comment", data))

    def unknown_decl(self, data: str) -> None:
        self.heard.append(("declared", data))


class Quick(Noting, MarkupReader):
    pass


class Standard(Noting, HTMLParser):
    pass


def heard(reader: Quick | Standard, html: str) -> list[object]:
    reader.feed(html)
    reader.close()
    return reader.heard


def test_it_hears_all_of_a_digest() -> None:
    html = snapshot().public.html

    quick = heard(Quick(), html)

    assert len(quick) > 500
    assert quick == heard(Standard(), html)


@pytest.mark.parametrize(
    "html",
    [
        "<p class=a id='b' hidden>x &amp; y</p>",
        '<img src="a.png" alt="5 > 4"/><br><BR/>',
        "<style>a > b { content: '<p>' }</style><p>x</p>",
        "<!--[if mso]><table><tr><td><![endif]-->x<!--[if mso]></td></tr></table><![endif]-->",
        "5 < 6 and <b>bold</b> & more",
        '<a href="?a=1&amp;b=2" title="&quot;x&quot;">&#8217;&nbsp;</a>',
        "<!DOCTYPE html><p\n a = '1'\n>x</p  >",
        "",
    ],
)
def test_it_hears_what_people_write(html: str) -> None:
    assert heard(Quick(), html) == heard(Standard(), html)


TAGS = st.sampled_from(["p", "td", "a", "br", "h1", "span"])
TEXT = st.text(st.characters(exclude_characters="<>&\r\0", exclude_categories=["Cs"]))
VALUES = st.text(
    st.characters(exclude_characters='"&<>\r\n\0', exclude_categories=["Cs"])
)


@st.composite
def markup(draw: st.DrawFn) -> str:
    pieces = []
    for _ in range(draw(st.integers(0, 8))):
        tag, value = draw(TAGS), draw(VALUES)
        pieces.append(f'<{tag} class="{value}">{draw(TEXT)}</{tag}>')
    return "".join(pieces)


@given(markup())
def test_it_hears_any_tidy_markup(html: str) -> None:
    assert heard(Quick(), html) == heard(Standard(), html)
