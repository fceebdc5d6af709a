"""The smallest parts of Rich Text, and the code pages of its letters."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

#: Bytes are looked at one by one, as Latin-1 reads them.
_TOKEN: Final = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})?[ ]?"
    r"|\\'(?P<byte>[0-9A-Fa-f]{2})"
    r"|\\(?P<sign>\r\n|.|$)"
    r"|(?P<brace>[{}])"
    r"|(?P<text>[^\\{}]+)",
    re.DOTALL,
)

#: Character sets of fonts, as the specification of Rich Text 1.9.1 numbers them.
_SETS: Final = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
#: Numbers of code pages that Python calls otherwise than "cp" and the number.
_PAGES: Final = {
    10000: "mac_roman",
    10006: "mac_greek",
    10007: "mac_cyrillic",
    10029: "mac_latin2",
    10081: "mac_turkish",
    20866: "koi8_r",
    65001: "utf-8",
}
USUAL: Final = "cp1252"
#: Words at the beginning of a file, and the code page that each stands for.
PAGE_WORDS: Final = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


class TokenKind(Enum):
    """What a part of Rich Text is."""

    OPEN = auto()
    CLOSE = auto()
    WORD = auto()  #: A control word.
    SIGN = auto()  #: A control sign: a backslash and one character.
    BYTE = auto()  #: A letter written as two hexadecimal digits.
    TEXT = auto()
    DATA = auto()  #: Binary data, as hexadecimal digits.


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A part of Rich Text.

    Attributes:
        kind: What it is.
        text: The name of a control word; the sign; letters, read as Latin-1.
        number: What stands after a control word; None for nothing.
    """

    kind: TokenKind
    text: str = ""
    number: int | None = None


def tokens(data: bytes) -> Iterator[Token]:
    """Yield the parts of Rich Text in their order; binary data as hexadecimal digits."""
    text = data.decode("latin-1")
    position = 0
    while match := _TOKEN.match(text, position):
        position = match.end()
        token = _token(match)
        if token.text == "bin" and token.kind is TokenKind.WORD:
            end = position + max(token.number or 0, 0)
            yield Token(kind=TokenKind.DATA, text=data[position:end].hex())
            position = end
        else:
            yield token


def code_page(number: int) -> str:
    """Return what Python calls a code page; that of Western Europe for unknown ones."""
    return _known(_PAGES.get(number, f"cp{number}"))


def page_of_set(number: int, usual: str) -> str:
    """Return the code page of a font's character set."""
    return _known(_SETS[number]) if number in _SETS else usual


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return USUAL


def _token(match: re.Match[str]) -> Token:
    kind = match.lastgroup
    if match["word"]:
        number = int(match["number"]) if match["number"] else None
        return Token(kind=TokenKind.WORD, text=match["word"], number=number)
    if kind == "byte":
        return Token(kind=TokenKind.BYTE, text=chr(int(match["byte"], 16)))
    if kind == "sign":
        return Token(kind=TokenKind.SIGN, text=match["sign"])
    if kind == "brace":
        brace = TokenKind.OPEN if match["brace"] == "{" else TokenKind.CLOSE
        return Token(kind=brace)
    return Token(kind=TokenKind.TEXT, text=match["text"])
