"""The words of a content stream (ISO 32000-1, 7.8.2), an operation at a time.

qpdf's parser makes an object of every number; pages with drawings have a hundred
thousand. This one cuts a stream with one pattern and leaves words as bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Operation = tuple[bytes, list[bytes]]

#: Arrays are one word where they hold no string in round brackets.
_WORD = re.compile(
    rb"""
      [-+.0-9]+
    | BI(?=[\s/]) .*? \sID\s .*? \sEI(?=\s|\Z)
    | [A-Za-z'"][A-Za-z0-9*]*
    | /[^\x00\t\n\f\r\x20()<>\[\]{}/%]*
    | \[ [^\[\]()%]* \]
    | \( (?: [^()\\]++ | \\. | \( (?: [^()\\]++ | \\. )* \) )* \)
    | << | >> | < [0-9A-Fa-f\s]* >
    | [\[\]]
    | % [^\r\n]*
    """,
    re.VERBOSE | re.DOTALL,
)
_STRING = re.compile(
    rb"<[0-9A-Fa-f\s]*>|\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*\))*\)", re.DOTALL
)
_HEXADECIMAL = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|\r\n|(.))", re.DOTALL)
_ESCAPED = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
}
_WORDS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'\"")
_VALUES = frozenset({b"true", b"false", b"null"})
_COMMENT = ord("%")


def operations(content: bytes) -> Iterator[Operation]:
    """Yield every operator of a content stream with its operands."""
    operands: list[bytes] = []
    for word in _WORD.findall(content):
        first = word[0]
        if first in _WORDS and word not in _VALUES:
            if word.startswith(b"BI") and len(word) > 2:  # noqa: PLR2004
                yield b"BI", [word]
            else:
                yield word, operands
            operands = []
        elif first != _COMMENT:
            operands.append(word)


def shown(operands: list[bytes]) -> bytes:
    """Return the strings among operands as one."""
    words = b" ".join(operands)
    if b"(" in words:
        return b"".join(_unpacked(string) for string in _STRING.findall(words))
    digits = b"".join(b"".join(_HEXADECIMAL.findall(words)).split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _unpacked(string: bytes) -> bytes:
    if string.startswith(b"<"):
        digits = b"".join(string[1:-1].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    inner = string[1:-1]
    return _ESCAPE.sub(_meant, inner) if b"\\" in inner else inner


def _meant(escape: re.Match[bytes]) -> bytes:
    octal, letter = escape.groups()
    if octal:
        return bytes([int(octal, 8) & 255])
    return _ESCAPED.get(letter, letter) if letter else b""
