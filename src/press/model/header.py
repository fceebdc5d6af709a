"""Headers of mails: how words are written in them, and what can never stand there.

Python's own folding (3.11 to 3.13) loses spaces between encoded words, so that a subject
would not come out as it was typed: headers are encoded here.
"""

from __future__ import annotations

import re
from base64 import b64encode

_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
#: What ends a line for somebody, or can be written in no encoding: C0, DEL, C1, the
#: separators of lines and paragraphs, halves of surrogate pairs.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_PLAIN = re.compile(r"(?!.*=\?)[ -~]{1,900}")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_FOLD = re.compile(r"\r\n(?=[ \t])")
#: So many octets in an encoded word, which is then under 75 characters (RFC 2047, 2).
_OCTETS = 45


class UnsafeError(ValueError):
    """A value would end the line that it stands in, or cannot be written at all.

    It says which value by name, never what it holds.
    """


def safe(text: str) -> bool:
    """Whether a value can stand in one line of a mail, whoever reads it.

    Neither CR, LF nor anything else is in it that some program takes for the end of a
    line: what follows could become a header of its own.
    """
    return text.isprintable() or _UNSAFE.search(text) is None


def unfolded(value: str) -> str:
    """Return the value of a header on one line (RFC 5322, 2.2.3)."""
    return _FOLD.sub("", value)


def on_one_line(text: str) -> str:
    """Return a text in one line: what ends lines becomes a space."""
    return _BREAKS.sub(" ", text).strip()


def encoded(text: str) -> str:
    """Write a text as the value of a header; ends of lines become spaces."""
    text = on_one_line(text)
    return text if _PLAIN.fullmatch(text) else _words(text)


def phrase(text: str) -> str:
    """Write the words that stand before an address."""
    text = on_one_line(text)
    if not text or not _PLAIN.fullmatch(text):
        return _words(text)
    if _ATOMS.fullmatch(text):
        return text
    return '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'


def _words(text: str) -> str:
    """Write a text as encoded words, no character in two of them."""
    pieces = [""]
    for character in text:
        if len((pieces[-1] + character).encode()) > _OCTETS:
            pieces.append("")
        pieces[-1] += character
    words = (b64encode(piece.encode()).decode() for piece in pieces)
    return "\r\n ".join(f"=?utf-8?b?{word}?=" for word in words)
