"""Why XML cannot be read is said in words of the newsroom, not of a library."""

from __future__ import annotations

import io

import pytest

from press.intake.xml import XmlError, elements, root_of

_BOMB = (
    b'<!DOCTYPE r [<!ENTITY a "'
    + b"x" * 100
    + b'"><!ENTITY b "'
    + b"&a;" * 99
    + b'"><!ENTITY c "'
    + b"&b;" * 99
    + b'"><!ENTITY d "'
    + b"&c;" * 99
    + b'">]><r>&d;</r>'
)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is no XML"),
        (b"hello", "it is no XML"),
        (b"<r><a>x", "it breaks off: its end is missing"),
        (b"<r><a></b></r>", "a tag in it is closed by another"),
        (b"<r>a & b</r>", "an “&” in it is not written as XML has it"),
        (b"<r>\xff\xe9</r>", "its letters are not in the encoding"),
        (b"<r/>junk", "something stands after its end"),
        (b"<r a=1/>", "it is no XML that can be read to its end"),
        (_BOMB, "it is made to use up memory"),
        (b"<r>" + b"<a>" * 400, "it is made to use up memory"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(data: bytes, why: str) -> None:
    with pytest.raises(XmlError) as whole:
        root_of(data)
    with pytest.raises(XmlError) as stepwise:
        list(elements(io.BytesIO(data), ["r", "a"]))

    for caught in (whole, stepwise):
        assert str(caught.value).startswith(why)
        assert "xml" not in str(caught.value)
        assert "<string>" not in str(caught.value)
