"""The instructions of a content stream (ISO 32000-1, 7.8.2), as bytes.

What need not change is copied as it stands; a whole path is one instruction here, for
maps and charts have tens of thousands of lines. What the pattern below does not know
(comments, brackets nested deep) is first written anew by pikepdf.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

import pikepdf

# Groups are never possessive: Python before 3.11.5 matches such groups wrongly.
_SPACE = rb"[\x00\t\n\f\r ]"
_END = rb"(?=[\x00\t\n\f\r ()<>\[\]/]|\Z)"
_NUMBER = rb"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?![\d.])"
_NAME = rb"/[^\x00\t\n\f\r ()<>\[\]{}/%]*+"
_STRING = rb"\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*\))*\)"
_HEX = rb"<[\x00\t\n\f\r 0-9A-Fa-f]*+>"
_ATOM = rb"(?:%s|%s|%s|%s|(?:true|false|null)%s)" % (
    _NUMBER,
    _NAME,
    _STRING,
    _HEX,
    _END,
)
#: The first way is quick: most arrays are letters and the spaces between them.
_ARRAY = rb"(?:\[[^][()%%{}]*+\]|\[(?:%s++|%s)*\])" % (_SPACE, _ATOM)
_INNER = rb"<<(?:%s++|%s|%s)*>>" % (_SPACE, _ATOM, _ARRAY)
_DICTIONARY = rb"<<(?:%s++|%s|%s|%s)*>>" % (_SPACE, _ATOM, _ARRAY, _INNER)
_OPERAND = rb"(?:%s|%s|%s)" % (_DICTIONARY, _ATOM, _ARRAY)
_PATH = rb"(?:(?:%s%s++)*(?:re|[mlcvyh])(?=%s|\Z)%s*+)+" % (
    _NUMBER,
    _SPACE,
    _SPACE,
    _SPACE,
)
_PICTURE = rb"BI%s(.*?)%sID%s(.*?)%s?EI(?=%s|\Z)%s*+" % ((_SPACE,) * 6)
_OTHER = rb"((?:%s%s*+)*)([A-Za-z'\"][A-Za-z0-9*]*+)%s%s*+" % (
    _OPERAND,
    _SPACE,
    _END,
    _SPACE,
)
_INSTRUCTION = re.compile(rb"(%s)|(%s)|%s" % (_PATH, _PICTURE, _OTHER), re.DOTALL)


class Kind(Enum):
    """What an instruction is of."""

    PATH = 1  #: Operators that construct a path, as many as follow one another.
    PICTURE = 2  #: A picture within the content.
    OTHER = 3


class Instruction(NamedTuple):
    """An instruction.

    Attributes:
        kind: What it is of.
        operator: Its operator; of a picture, its dictionary; of a path, nothing.
        operands: What stands before the operator.
        whole: All of it.
    """

    kind: Kind
    operator: bytes
    operands: bytes
    whole: bytes


class UnreadableError(Exception):
    """A content stream breaks the rules of PDF; never leaves this package."""


def instructions(data: bytes) -> list[Instruction]:
    """Return the instructions of a content stream.

    Raises:
        UnreadableError: It breaks the rules of PDF.
    """
    read = _read(data)
    if read is None:
        read = _read(_written_anew(data))
    if read is None:
        raise UnreadableError
    return read


def _read(data: bytes) -> list[Instruction] | None:
    """Return the instructions; None where something is of no known pattern."""
    data = data.lstrip(b"\x00\t\n\f\r ")
    at, read = 0, []
    while found := _INSTRUCTION.match(data, at):
        at = found.end()
        path, picture, dictionary, _, operands, operator = found.groups()
        if path is not None:
            read.append(Instruction(Kind.PATH, b"", b"", path.rstrip()))
        elif picture is not None:
            read.append(Instruction(Kind.PICTURE, dictionary, b"", picture.rstrip()))
        else:
            read.append(Instruction(Kind.OTHER, operator, operands, found[0].rstrip()))
    return read if at == len(data) else None


def _written_anew(data: bytes) -> bytes:
    try:
        with pikepdf.new() as pdf:
            read = pikepdf.parse_content_stream(pdf.make_stream(data))
            return pikepdf.unparse_content_stream(read)
    except pikepdf.PdfError as error:
        raise UnreadableError from error
