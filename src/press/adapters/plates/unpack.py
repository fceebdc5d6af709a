"""Streams of a file from elsewhere, which may be packed to be enormous."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

import pikepdf
from pikepdf import Name

#: No page needs more bytes of operators.
MOST_CONTENT = 256 << 20
#: No picture needs more samples.
MOST_SAMPLES = 400_000_000
#: A stream may be a little longer than its picture.
MORE = 1 << 20
_FLATE = {Name.FlateDecode, Name.Fl}
_AT_ONCE = 1 << 20


def unpack(stream: Any, most: int) -> bytes:
    """Return what a stream holds.

    Raises:
        ValueError: It is larger than `most` bytes.
        pikepdf.PdfError: It is damaged.
    """
    hold_back(stream, most)
    held: bytes = stream.read_bytes(pikepdf.StreamDecodeLevel.all)
    return held


def hold_back(stream: Any, most: int) -> None:
    """Refuse a stream that is larger than `most` bytes, before it takes the memory.

    Raises:
        ValueError: It is larger.
    """
    filters = stream.get("/Filter", [])
    names = [filters] if isinstance(filters, Name) else list(filters)
    if sum(name in _FLATE for name in names) > 1:
        raise ValueError("it is packed more than once")
    if not names or names[0] not in _FLATE:
        return
    inflate = zlib.decompressobj()
    packed, length = stream.read_raw_bytes(), 0
    while packed and not inflate.eof:
        try:
            length += len(inflate.decompress(packed, _AT_ONCE))
        except zlib.error:
            return  # what is damaged is told by who reads it
        if length > most:
            raise ValueError(f"it holds more than {most >> 20} MB")
        packed = inflate.unconsumed_tail


def hold_content_back(content: Any) -> None:
    """Refuse a page or a drawing whose operators would take any memory.

    Raises:
        ValueError: They are too many.
    """
    held = content.get("/Contents") if isinstance(content, pikepdf.Page) else content
    parts: Iterable[Any] = held if isinstance(held, pikepdf.Array) else (held,)
    for part in parts:
        if isinstance(part, pikepdf.Stream):
            hold_back(part, MOST_CONTENT)
