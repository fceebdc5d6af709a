"""A message is what was meant, however odd a name, and no value gets out of its place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTPUTF8, default
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.digest.token import TOKENS
from press.mailing.mime import Form
from press.model.header import UnsafeError
from press.model.letter import Letter, Parcel
from tests.adapters.couriers.builders import a_letter, a_parcel, values

DATE = dt.datetime(2024, 8, 30, 7, 0, tzinfo=dt.UTC)
LINK = "https://quoin.example/mail/unsubscribe/k3"
#: What ends a line for somebody, or ends a string, or cannot be written.
UNSAFE = ["\r\n", "\r", "\n", "\0", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\x9b"]
UNSAFE += ["\u2028", "\u2029", "\ud800", "\udfff"]
AWKWARD = [
    "O’Brien-Łukasiewicz",
    "=?utf-8?b?eA==?=",
    "a=b =3D =\u00e9= ==",
    "." * 200,
    "From the Editor",
    "ends with a space ",
    "\u2068\u05d0\u05d1\u2069",
    "\U0001f469\u200d\U0001f680" * 20,
    "é" * 100,
]


def written(letter: Letter, parcel: Parcel) -> bytes:
    return Form(letter).write(parcel, DATE)


def parsed(message: bytes) -> EmailMessage:
    return BytesParser(policy=default).parsebytes(message)


def parts_of(message: bytes) -> tuple[str, str]:
    text, html = parsed(message).iter_parts()
    assert isinstance(text, EmailMessage)
    assert isinstance(html, EmailMessage)
    assert [text.get_content_type(), html.get_content_type()] == [
        "text/plain",
        "text/html",
    ]
    return text.get_content(), html.get_content()


def filled(text: str, given: Mapping[str, str]) -> str:
    for token, value in given.items():
        text = text.replace(token, value)
    return re.sub(r"\r\n|\r|\n", "\r\n", text)


def hold_form(message: bytes) -> None:
    """Hold a message against RFC 5322 and RFC 2045."""
    assert b"\n" not in message.replace(b"\r\n", b"")
    assert b"\r" not in message.replace(b"\r\n", b"")
    head, _, body = message.partition(b"\r\n\r\n")
    assert all(len(line) <= 998 for line in head.split(b"\r\n"))
    for line in body.split(b"\r\n"):
        assert len(line) <= 76
        assert not line.endswith((b" ", b"\t"))
        if not line.startswith((b"--=_", b"Content-T")):
            assert not re.search(rb"=(?![0-9A-F]{2}|$)", line), line


def test_a_message_has_its_headers_and_both_parts() -> None:
    message = written(a_letter(), a_parcel())

    hold_form(message)
    read = parsed(message)
    assert read["From"] == "The Quoin <digest@quoin.example>"
    assert read["Reply-To"].addresses[0].addr_spec == "desk@quoin.example"
    assert read["To"].addresses[0].addr_spec == "reader1@mill.example"
    assert read["Subject"] == "September: the tax on “knowing” things"
    assert read["Date"].datetime == DATE
    assert read["Message-ID"] == f"<{1:032x}@quoin.example>"
    assert read["List-Unsubscribe"].startswith("<https://quoin.example/mail/unsub")
    assert read["List-Unsubscribe"].endswith(", <mailto:leave@quoin.example>")
    assert read.get_content_type() == "multipart/alternative"
    assert not read.defects
    assert "%%" not in message.decode()


@pytest.mark.parametrize("name", AWKWARD)
def test_an_awkward_name_arrives_as_it_was_typed(name: str) -> None:
    parcel = a_parcel(values=values(name, LINK))

    message = written(a_letter(), parcel)

    hold_form(message)
    assert parts_of(message)[0].startswith(f"Dear {name},\r\n")


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
PIECES = st.lists(st.one_of(TEXTS, st.sampled_from(TOKENS.all)), max_size=8)
VALUES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters="%"),
    max_size=150,
)


@given(text=PIECES, html=PIECES, greeting=VALUES, html_greeting=VALUES)
def test_what_is_read_is_what_was_meant(
    text: list[str], html: list[str], greeting: str, html_greeting: str
) -> None:
    own = values("", LINK)
    own |= {TOKENS.greeting: greeting, TOKENS.greeting_html: html_greeting}
    letter = a_letter(text="".join(text), html="".join(html))

    message = written(letter, a_parcel(values=own))

    hold_form(message)
    assert parts_of(message) == (filled(letter.text, own), filled(letter.html, own))


@given(width=st.integers(0, 160), after=st.integers(0, 160), odd=st.booleans())
def test_lines_are_broken_right_wherever_a_value_stands(
    width: int, after: int, odd: bool
) -> None:
    before = ("é" if odd else "x") * width
    letter = a_letter(text=f"{before}{TOKENS.greeting}{'=' * after}\n")

    message = written(letter, a_parcel(values=values("é" * after, LINK)))

    hold_form(message)
    assert parts_of(message)[0] == f"{before}Dear {'é' * after},{'=' * after}\r\n"


@pytest.mark.parametrize(
    ("field", "unsafe"),
    [*product(("email", "message_id", *TOKENS.all), UNSAFE)],
)
def test_a_value_of_a_readers_own_cannot_end_a_line(field: str, unsafe: str) -> None:
    bad = f"x{unsafe}Bcc: all@example.org"
    parcel = a_parcel()
    if field in TOKENS.all:
        parcel = parcel._replace(values={**parcel.values, field: bad})
    else:
        changed: Any = {field: f"{bad}@mill.example"}
        parcel = parcel._replace(**changed)

    with pytest.raises(UnsafeError) as told:
        written(a_letter(), parcel)

    assert "all@example.org" not in str(told.value)


@pytest.mark.parametrize(
    ("field", "unsafe"),
    [
        *product(
            ("subject", "sender_name", "sender_email", "reply_to", "header"), UNSAFE
        )
    ],
)
def test_a_letter_cannot_bring_headers_along(field: str, unsafe: str) -> None:
    bad = f"x{unsafe}Bcc: all@example.org"
    changes: dict[str, Any] = {field: bad}
    if field == "header":
        changes = {"headers": (("List-Id", bad),)}

    with pytest.raises(UnsafeError):
        Form(a_letter(**changes))


@pytest.mark.parametrize("name", ["Subject", "bcc", "X Y", "X:", "", "Ü", "X\r\nBcc"])
def test_a_header_has_a_name_of_its_own(name: str) -> None:
    with pytest.raises(UnsafeError):
        Form(a_letter(headers=((name, "x"),)))


@pytest.mark.parametrize("bad", ["a> <b@c.example", "a b@c.example", "a,b@c.example"])
def test_an_address_is_one_address(bad: str) -> None:
    with pytest.raises(UnsafeError):
        written(a_letter(), a_parcel(email=bad))


def test_an_address_of_a_page_stays_between_its_brackets() -> None:
    bad = values("Ada", "https://quoin.example/x>, <mailto:all@example.org")

    with pytest.raises(UnsafeError):
        written(a_letter(), a_parcel(values=bad))


def test_a_folded_header_may_stand_in_a_letter() -> None:
    folded = "=?utf-8?b?w6k=?=\r\n =?utf-8?b?w6k=?= <digest.quoin.example>"

    message = written(a_letter(headers=(("List-Id", folded),)), a_parcel())

    assert parsed(message)["List-Id"] == "éé <digest.quoin.example>"


def test_an_address_beyond_ascii_is_written_as_it_is() -> None:
    message = written(a_letter(), a_parcel(email="jörg@mühle.example"))

    read = BytesParser(policy=SMTPUTF8).parsebytes(message)
    assert "To: <jörg@mühle.example>".encode() in message
    assert "jörg@mühle.example" in str(read["To"])


def test_the_same_mail_has_the_same_bytes() -> None:
    form = Form(a_letter())

    once, other, again = (form.write(a_parcel(number), DATE) for number in (1, 2, 1))

    assert once == again == Form(a_letter()).write(a_parcel(1), DATE)
    assert once != other


def test_a_token_that_stands_where_nothing_is_filled_in_is_refused() -> None:
    with pytest.raises(UnsafeError):
        written(a_letter(subject=f"For you: {TOKENS.greeting}"), a_parcel())
