"""Copy that looks like a template or a provider's token comes out as visible text."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.digest.inert import WORD_JOINER, every_text, hold, release, split
from press.digest.link import clean
from press.digest.token import TOKENS

SYNTAX = re.compile(
    r"\{\{|\}\}|\{%|%\}|\{#|#\}|<%|%>|%%|\$\{|#\{|\*\||\|\*|%[\w.]+%"
    r"|(?<![\w-])-\w+-(?![\w-])"
)

SAMPLES = (
    "{{ name }}",
    "{{{ name }}}",
    "{% if x %}",
    "{# note #}",
    "<% asm_group_unsubscribe_raw_url %>",
    "-name-",
    "(-name-)",
    "-first--last-",
    "%recipient%",
    "%recipient.name%",
    "%%unsubscribe_url%%",
    "%%%unsubscribe_url%%%",
    "${name}",
    "#{name}",
    "*|FNAME|*",
    "up 12% and 14% this year",
    "my mother-in-law's",
)


@pytest.mark.parametrize("text", SAMPLES)
def test_copy_in_html_is_read_back_as_it_was(text: str) -> None:
    written = release(html.escape(hold(text)))

    assert html.unescape(written) == text


@pytest.mark.parametrize("text", SAMPLES)
def test_copy_in_html_holds_no_syntax(text: str) -> None:
    written = release(html.escape(hold(text)))

    assert not SYNTAX.search(written)


@pytest.mark.parametrize("text", SAMPLES)
def test_copy_in_plain_text_holds_no_syntax_and_only_gains_joiners(text: str) -> None:
    written = split(text)

    assert not SYNTAX.search(written)
    assert written.replace(WORD_JOINER, "") == text


@pytest.mark.parametrize(
    "text", ["mother-in-law", "12% of 40%", "a {brace}", "x - y - z", "R&D <b>", "50 %"]
)
def test_ordinary_copy_is_not_touched_in_plain_text(text: str) -> None:
    assert split(text) == text


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["{", "}", "%", "|", "-", "<", ">", "#", "$", "*"]),
            st.sampled_from(["name", " ", "x", ".", "unsubscribe_url"]),
            st.text(max_size=3),
        ),
        max_size=20,
    ).map("".join)
)
def test_no_copy_whatever_comes_out_as_syntax(text: str) -> None:
    shown = release(html.escape(hold(text)))
    plain = split(text)

    assert html.unescape(html.escape(text)) == text
    assert not any(token in shown or token in plain for token in TOKENS.all)
    assert not re.search(r"\{\{|\{%|<%|%%|\*\|", shown + " " + plain)


@given(st.text())
def test_addresses_need_no_joiners(text: str) -> None:
    address = clean("https://quoin.example/" + text)

    assert split(address) == address


def test_stand_ins_in_copy_are_not_taken_for_ours() -> None:
    assert release(hold("a\U0010f000b")) == "a\ufffdb"


def test_every_text_of_nested_values_is_changed_and_nothing_else() -> None:
    value = (1, "a", ("b", None), 2.5, b"c")

    assert every_text(value, str.upper) == (1, "A", ("B", None), 2.5, b"c")
