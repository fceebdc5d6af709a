"""Fonts as PDF 1.4 knows them."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from pikepdf import Name, Object, Stream

#: Keys of a font descriptor that came with PDF 1.5.
LATER = ("/FontFamily", "/FontStretch", "/FontWeight")


def simplify(fonts: Iterable[Object]) -> None:
    """Take out of fonts what PDF 1.4 does not know.

    An OpenType font with CFF outlines becomes its CFF table alone, which older readers
    know: the letters are the same.
    """
    for font in fonts:
        for inner in font.get("/DescendantFonts", [font]):
            if inner.get("/Subtype") == Name.CIDFontType0 and "/CIDToGIDMap" in inner:
                del inner.CIDToGIDMap
            descriptor = inner.get("/FontDescriptor")
            if descriptor is not None:
                _simplify(descriptor)


def _simplify(descriptor: Object) -> None:
    for key in LATER:
        if key in descriptor:
            del descriptor[key]
    program = descriptor.get("/FontFile3")
    if isinstance(program, Stream) and program.get("/Subtype") == Name.OpenType:
        program.write(_table(program.read_bytes(), b"CFF "))
        program.Subtype = Name.CIDFontType0C
        if "/Length1" in program:
            del program.Length1


def _table(program: bytes, wanted: bytes) -> bytes:
    """Return a table of an OpenType font (ISO/IEC 14496-22, 4.5); empty for none."""
    (count,) = struct.unpack_from(">H", program, 4)
    for number in range(count):
        tag, _, start, length = struct.unpack_from(">4sIII", program, 12 + 16 * number)
        if tag == wanted:
            return program[start : start + length]
    return b""
