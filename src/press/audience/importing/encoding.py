"""In which encoding a list is written, and whether it is one at all."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

#: First octets of what is often named .csv and is none.
_OTHERS = (
    (b"PK\x03\x04", "an Excel workbook (.xlsx) or another zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
    (b"{\\rtf", "a text document (.rtf)"),
)
_SAMPLE = 4096
_MANY = 0.3
_BEYOND_ASCII = re.compile("[^\x00-\x7f\udc80-\udcff]")


class Encoding(StrEnum):
    """How octets become text, as Python calls it."""

    UTF_8 = "utf-8-sig"  #: With a byte order mark or without.
    UTF_16 = "utf-16"  #: The mark at its beginning says in which order.
    UTF_16_LE = "utf-16-le"
    UTF_16_BE = "utf-16-be"
    WINDOWS = "cp1252"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """What octets are.

    Attributes:
        encoding: The encoding; None for what is no text.
        other: What it is instead, in words.
        whole: Whether every octet of it is of that encoding.
    """

    encoding: Encoding | None
    other: str = ""
    whole: bool = True


def recognise(chunks: Iterable[bytes]) -> Recognised:
    """Look through a file and say what it is.

    A file in UTF-8 with a few octets that are none was put together of several: it is
    read as UTF-8, and the lines with such octets are refused. Where nothing but ASCII
    is UTF-8, it is Windows-1252, in which Excel writes western lists.
    """
    stream = iter(chunks)
    head = next(stream, b"")
    for magic, what in _OTHERS:
        if head.startswith(magic):
            return Recognised(encoding=None, other=what)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Recognised(encoding=Encoding.UTF_16, whole=False)
    sample = head[:_SAMPLE]
    if sample[1::2].count(0) > len(sample) / 2 * _MANY:
        return Recognised(encoding=Encoding.UTF_16_LE, whole=False)
    if sample[0::2].count(0) > len(sample) / 2 * _MANY:
        return Recognised(encoding=Encoding.UTF_16_BE, whole=False)
    good, bad = _sequences(head, stream)
    if bad and not good:
        return Recognised(encoding=Encoding.WINDOWS, whole=False)
    return Recognised(encoding=Encoding.UTF_8, whole=not bad)


def _sequences(head: bytes, rest: Iterable[bytes]) -> tuple[bool, bool]:
    """Return whether there are good sequences of UTF-8 beyond ASCII, and bad ones."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
    good = bad = False
    for chunk in chain((head,), rest):
        good, bad = _more(decoder.decode(chunk), good=good, bad=bad)
    return _more(decoder.decode(b"", final=True), good=good, bad=bad)


def _more(text: str, *, good: bool, bad: bool) -> tuple[bool, bool]:
    if text.isascii():
        return good, bad
    try:
        text.encode()
    except UnicodeEncodeError:  # Octets that are no UTF-8 became halves of surrogates.
        return good or _BEYOND_ASCII.search(text) is not None, True
    return True, bad
