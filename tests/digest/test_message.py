"""The mail as it is posted is the mail as it was meant."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import compat32, default
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.digest.message import Post, encoded, phrase
from press.digest.personal import Personal
from press.model.digest import Digest, Variant
from press.model.edition import Greeting
from press.model.house import House
from tests.digest.builders import a_house, a_plan, an_edition, written

PERSONAL = Personal(
    unsubscribe="https://quoin.example/mail/unsubscribe/k3",
    preferences="https://quoin.example/mail/preferences/k3",
    web="https://quoin.example/2024-09/",
    name="Ada",
)
VARIANT = Variant(
    name="everybody",
    readers=(frozenset(),),
    html='<p>%%greeting_html%%</p><a href="%%unsubscribe_url%%">Unsubscribe</a>',
    text="%%greeting%%\n\nUnsubscribe: %%unsubscribe_url%%\n",
)
AWKWARD = [
    "Preß: a tax on “knowing” things",
    "no\u00a0break, hy\u00adphen, \U0001f469\u200d\U0001f680 \u2764\ufe0f e\u0301",
    "\u0643\u064e\u062a\u064e\u0628\u064e \u0939\u093f\u0928\u094d\u0926\u0940",
    "quotes \" and \\ and ' and <b>, {{ x }} <%asm%> -name- =?utf-8?b?eA==?=",
    "spaces   within   " + "and so on, " * 30 + "and on",
    "é  " * 60 + "é",
]


def posted(
    subject: str = "September", house: House | None = None, name: str = "Ada"
) -> EmailMessage:
    digest = Digest(
        subject=subject,
        preheader="",
        groups=frozenset(),
        variants=(VARIANT,),
    )
    greeting = Greeting(named="Dear {name},", unnamed="Dear reader,")
    edition = an_edition(digest=a_plan(greeting=greeting))
    post = Post(digest=digest, edition=edition, house=house or a_house())
    sent = written(post, VARIANT, replace(PERSONAL, name=name))
    assert all(len(line) <= 998 for line in sent.split(b"\r\n"))
    assert b"\n" not in sent.replace(b"\r\n", b"")
    return message_from_bytes(sent, policy=default)


@pytest.mark.parametrize("subject", AWKWARD)
def test_a_subject_arrives_as_it_was_typed(subject: str) -> None:
    assert posted(subject)["Subject"] == subject


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"])))
def test_any_line_of_text_arrives_as_it_was_typed(subject: str) -> None:
    subject = subject.strip()
    assert (posted(subject)["Subject"] or "") == subject


def test_a_subject_cannot_bring_headers_along() -> None:
    message = posted("September\r\nBcc: all@example.org\n\nHello")

    assert message["Bcc"] is None
    assert message["Subject"] == "September Bcc: all@example.org Hello"


@pytest.mark.parametrize("name", ["The Quoin", "Quoin, The", 'The "Q"', *AWKWARD[:4]])
def test_the_senders_name_arrives_as_it_was_typed(name: str) -> None:
    house = a_house()
    message = posted(house=replace(house, sender=replace(house.sender, name=name)))

    written = message_from_bytes(message.as_bytes(), policy=compat32)["From"]
    shown, address = parseaddr(" ".join(written.split()))
    assert (str(make_header(decode_header(shown))), address) == (
        name,
        "digest@quoin.example",
    )


def test_the_headers_of_a_mailing_list_are_there() -> None:
    message = posted()

    assert message["List-Id"] == "The Quoin <digest.quoin.example>"
    assert message["List-Unsubscribe"] == f"<{PERSONAL.unsubscribe}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Help"] == f"<{PERSONAL.preferences}>"
    assert message["Content-Language"] == "en-GB"


def test_who_cannot_open_a_page_may_leave_by_mail() -> None:
    house = a_house()
    sender = replace(house.sender, unsubscribe="leave@quoin.example")

    message = posted(house=replace(house, sender=sender))

    assert (
        message["List-Unsubscribe"]
        == f"<{PERSONAL.unsubscribe}>, <mailto:leave@quoin.example?subject=k3>"
    )


@pytest.mark.parametrize(
    ("code", "shown"),
    [("", "press"), ("TQ", "paper-TQ"), ("QUOIN-WEEKLY-LONDON", "QUOIN-WEEKLY-LO")],
)
def test_gmail_is_told_a_name_of_5_to_15_letters_and_no_reader(
    code: str, shown: str
) -> None:
    message = posted(house=replace(a_house(), code=code))

    assert message["Feedback-ID"] == f"2024-09:digest:{shown}"


def test_a_mail_has_a_plain_part_and_an_html_part_both_filled() -> None:
    message = posted()

    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert isinstance(text, EmailMessage)
    assert isinstance(html, EmailMessage)
    link = PERSONAL.unsubscribe
    assert (
        text.get_content().replace("\r\n", "\n")
        == f"Dear Ada,\n\nUnsubscribe: {link}\n"
    )
    assert html.get_content().startswith(f'<p>Dear Ada,</p><a href="{link}">')


def test_encoding_is_left_alone_where_it_is_not_needed() -> None:
    assert encoded("The Quoin, September: a tax") == "The Quoin, September: a tax"
    assert phrase("The Quoin") == "The Quoin"
    assert phrase("Quoin, The") == '"Quoin, The"'
