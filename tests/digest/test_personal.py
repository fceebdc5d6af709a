"""A reader's own words and addresses come out as they are, or not at all."""

from __future__ import annotations

import itertools
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.digest.inert import WORD_JOINER
from press.digest.personal import (
    Personal,
    greetable,
    personalise,
    sample_reader,
    substitutions,
)
from press.digest.token import LONGEST_ADDRESS, LONGEST_GREETING, TOKENS
from press.model.edition import Greeting
from tests.digest.builders import a_house

GREETING = Greeting(named="Dear {name},", unnamed="Dear reader,")
ADDRESS = "https://quoin.example/mail/k3"

HOSTILE = [
    "Ada",
    "O’Brien & Söhne",
    '"><script>alert(1)</script>',
    "{{ 7*7 }} {% raw %}",
    "<%asm_group_unsubscribe_raw_url%>",
    "-name- %recipient% ${x} *|FNAME|*",
    "%%unsubscribe_url%% %%greeting_html%%",
    "a\\b 'c' \u00a0d hy\u00adphen",
    "\U0001f469\u200d\U0001f680 Ada \u2764\ufe0f e\u0301",
    "\u0939\u093f\u0928\u094d\u0926\u0940",
    "\u0643\u064e\u062a\u064e\u0628\u064e",
    "&lt;b&gt; &#123;",
    "=?utf-8?b?eA==?=",
]


def values(name: str, greeting: Greeting = GREETING) -> dict[str, str]:
    personal = Personal(
        unsubscribe=ADDRESS, preferences=ADDRESS, web=ADDRESS, name=name
    )
    return substitutions(personal, greeting)


class Heard(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def heard(html: str) -> Heard:
    reader = Heard()
    reader.feed(html)
    reader.close()
    return reader


def bare(text: str) -> str:
    return text.replace(WORD_JOINER, "").replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_comes_out_as_it_was_typed(name: str) -> None:
    filled = values(name)

    reader = heard(f"<p>{filled[TOKENS.greeting_html]}</p>")
    assert reader.tags == ["p"]
    assert bare(reader.words) == f"Dear {name},"
    assert bare(filled[TOKENS.greeting]) == f"Dear {name},"


@pytest.mark.parametrize("name", HOSTILE)
def test_no_value_holds_what_a_provider_reads(name: str) -> None:
    for value in values(name).values():
        for syntax in (*TOKENS.all, "{{", "{%", "<%", "%%", "-name-", "${", "*|"):
            assert syntax not in value


@pytest.mark.parametrize("name", HOSTILE)
def test_the_order_in_which_tokens_are_filled_makes_no_difference(name: str) -> None:
    filled = values(name)
    part = " ".join(TOKENS.all)

    in_one_pass = personalise(part, filled)

    for order in itertools.permutations(TOKENS.all):
        again = part
        for token in order:
            again = again.replace(token, filled[token])
        assert again == in_one_pass


@given(st.text(max_size=120))
def test_whatever_was_typed_is_a_name_or_nothing(name: str) -> None:
    filled = values(name)
    html, text = filled[TOKENS.greeting_html], filled[TOKENS.greeting]

    shown = greetable(name)
    expected = f"Dear {shown}," if shown else "Dear reader,"
    assert heard(html).tags == []
    assert bare(unescape(html)) in {bare(expected), "Dear reader,"}
    assert "\n" not in html + text
    assert len(html.encode()) <= LONGEST_GREETING


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "\u200b\u2066\u202e",
        "…!?",
        "Win at https://evil.example/x",
        "www.evil.example",
        "evil.com/now",
        "me@evil.example",
        "x" * 81,
    ],
)
def test_what_is_no_name_is_not_greeted(name: str) -> None:
    assert values(name)[TOKENS.greeting] == "Dear reader,"


def test_a_name_on_two_lines_stands_on_one() -> None:
    assert values("Ada\r\nMarsh")[TOKENS.greeting] == "Dear Ada  Marsh,"


def test_a_name_that_runs_leftwards_does_not_turn_its_surroundings() -> None:
    assert values("\u05d3\u05df")[TOKENS.greeting] == "Dear \u2068\u05d3\u05df\u2069,"
    assert "\u202e" not in values("A\u202eda")[TOKENS.greeting]


def test_without_greetings_nobody_is_greeted() -> None:
    assert values("Ada", Greeting())[TOKENS.greeting] == ""
    assert values("", Greeting(named="Dear {name},"))[TOKENS.greeting_html] == ""


@pytest.mark.parametrize(
    "address",
    [
        "http://quoin.example/u",
        "javascript:alert(1)",
        "https://quoin.example/u?a=1&b=2",
        "https://quoin.example/%%web_url%%",
        "https://quoin.example/{{u}}",
        "https://quoin.example/-u-",
        'https://quoin.example/"u',
        "https://quoin.example/" + "u" * LONGEST_ADDRESS,
    ],
)
def test_an_address_that_could_be_read_as_anything_else_is_refused(
    address: str,
) -> None:
    with pytest.raises(ValueError, match="cannot be an address"):
        Personal(unsubscribe=address, preferences=ADDRESS, web=ADDRESS)


def test_a_made_up_reader_has_the_papers_own_addresses() -> None:
    assert sample_reader(a_house()).unsubscribe.startswith("https://quoin.example/")
