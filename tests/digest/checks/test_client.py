"""What some mail programs ignore is told, of what the layout's author wrote."""

from __future__ import annotations

import pytest

from press.adapters.jinja import JinjaTemplates
from press.digest.checks.client import ALLOWED, check_clients
from press.digest.checks.client_table import client_table
from press.digest.compose import Composer
from press.digest.token import TOKENS
from press.model.digest import MailPalette
from press.model.finding import Finding, Severity
from press.model.mail_client import USUAL_CLIENTS, MailClient
from press.model.template import Filled, Origin
from tests.digest.builders import LAYOUTS, a_house, an_edition

GMAIL = (MailClient.GMAIL,)
WORD = (MailClient.OUTLOOK_WINDOWS,)


def told(mjml: str, clients: tuple[MailClient, ...] = WORD) -> list[Finding]:
    lines = [0, *(at + 1 for at, letter in enumerate(mjml) if letter == "\n")]
    origins = (
        Origin(offset=at, file="layouts/x/digest.mjml.j2", line=number)
        for number, at in enumerate(lines, start=1)
    )
    return list(check_clients(Filled(text=mjml, origins=tuple(origins)), clients))


def head(css: str) -> str:
    return f"<mjml><mj-head><mj-style>\n{css}\n</mj-style></mj-head></mjml>"


def inline(css: str) -> str:
    return head(css).replace("<mj-style>", '<mj-style inline="inline">')


@pytest.mark.parametrize("layout", ["tabloid", "a4"])
def test_the_sample_digests_use_nothing_that_is_not_allowed_for(layout: str) -> None:
    edition = an_edition()
    assert edition.digest is not None
    view = (
        Composer(edition=edition, plan=edition.digest, house=a_house()).compose().value
    )
    values = {"digest": view, "tokens": TOKENS, "palette": MailPalette()}
    mjml = JinjaTemplates(LAYOUTS / layout).trace("digest.mjml.j2", values)

    assert list(check_clients(mjml, tuple(MailClient))) == []
    assert len(list(check_clients(mjml, USUAL_CLIENTS, allowed=()))) >= 3


def test_a_property_is_told_once_with_its_line_and_who_ignores_it() -> None:
    css = "p { color: red; }\np { box-shadow: 0 0 3px red; }\nb { box-shadow: none; }"

    (finding,) = told(head(css), (*WORD, *GMAIL, MailClient.APPLE_MAIL))

    assert finding.code == "digest.client"
    assert finding.severity is Severity.WARNING
    assert finding.message == (
        "“box-shadow” is ignored by Gmail (browser) and classic Outlook"
    )
    assert (finding.place.file, finding.place.line) == ("layouts/x/digest.mjml.j2", 3)
    assert finding.hint is not None
    assert finding.hint.startswith("see that the mail is good without it")


@pytest.mark.parametrize(
    ("css", "shown", "clients"),
    [
        ("p { display: flex }", "display: flex", WORD),
        ("p { width: calc(1px + 2px) }", "calc()", WORD),
        ("p { margin: 1rem }", "rem", WORD),
        ("p { --x: 1px }", "--x", WORD),
        ("p { color: var(--x) }", "var()", WORD),
        ("p { background: url(x.png) }", "background: url", WORD),
        ("@supports (top: 0) { p { color: red } }", "@supports", GMAIL),
        ("@font-face { src: url(x.woff) }", "@font-face", GMAIL),
        ("@import url(x.css);", "@import", GMAIL),
        ("p::before { color: red }", "p::before", WORD),
        ("p:nth-child(2) { color: red }", "p:nth-child(2)", WORD),
        ("@media (orientation: portrait) { p { top: 0 } }", "orientation", WORD),
        ("p { a { color: red } }", "a", WORD),
    ],
)
def test_what_a_style_sheet_uses_is_told(
    css: str, shown: str, clients: tuple[MailClient, ...]
) -> None:
    messages = [finding.message for finding in told(head(css), clients)]

    assert any(shown in message for message in messages), messages


def test_styles_that_press_writes_into_the_elements_are_asked_for_their_words_only() -> (
    None
):
    css = "p:nth-child(2) > a[x] { color: red }"

    assert told(inline(css)) == []
    assert [f.message[:6] for f in told(inline("p { float: left }"), GMAIL)] == []
    assert [f.message[:9] for f in told(inline("p { filter: none }"))] == ["“filter” "]


def test_style_attributes_and_elements_of_the_author_are_read() -> None:
    body = (
        "<mj-body><mj-raw>\n"
        '<p style="font-family: &#39;A;B&#39;; opacity: 0.5">x</p>\n'
        "<video></video></mj-raw></mj-body>"
    )

    findings = told(body)

    assert [(f.message.split("”")[0], f.place.line) for f in findings] == [
        ("“opacity", 2),
        ("“<video>", 3),
    ]


def test_attributes_of_mjml_are_the_engines_affair() -> None:
    assert told('<mj-button border-radius="3px" opacity="1">x</mj-button>') == []


def test_a_comment_is_no_style() -> None:
    assert told("<!-- <mj-style>p { display: flex }</mj-style> <video> -->") == []
    assert told(head("/* p { display: flex } */")) == []


def test_nothing_is_told_of_programs_that_do_not_read_so_far() -> None:
    css = "p { opacity: 0.5 }"

    assert len(told(head(css))) == 1
    assert told(head(f"@media (max-width: 300px) {{ {css} }}")) == []


def test_nothing_is_told_of_programs_that_the_paper_does_not_name() -> None:
    assert told(head("p { display: flex }"), (MailClient.APPLE_MAIL,)) == []


def test_every_allowance_is_of_something_in_the_table_and_has_a_reason() -> None:
    gaps = {
        feature.name: any(gap.ignores for _, gap in feature.gaps)
        for feature in client_table().features.values()
    }

    for name, reason in ALLOWED.items():
        assert gaps[name], name
        assert len(reason.split()) > 3, name


def test_the_table_knows_every_mail_program_and_says_where_it_comes_from() -> None:
    table = client_table()

    assert list(table.names) == list(MailClient)
    assert table.source == "https://github.com/hteumeuleu/caniemail"
    assert table.date > "2026"
    assert table.licence.startswith("MIT")
    assert len(table.features) > 300


def test_the_table_says_what_is_well_known() -> None:
    def ignoring(token: str) -> set[MailClient]:
        feature = client_table().features[token]
        return {c for c, gap in feature.gaps if gap.ignores and not gap.only_in}

    assert MailClient.OUTLOOK_WINDOWS in ignoring("property:background-image")
    assert MailClient.OUTLOOK_WINDOWS in ignoring("property:border-radius")
    assert MailClient.GMAIL in ignoring("media:prefers-color-scheme")
    assert MailClient.APPLE_MAIL not in ignoring("media:prefers-color-scheme")
    assert not ignoring("property:padding")
