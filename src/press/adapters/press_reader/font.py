"""Fonts of a file."""

from __future__ import annotations

import re
import struct
from typing import Any

import pikepdf

from press.adapters.press_reader.space import entry
from press.model.press_facts import FontFacts, FontProgram

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_STYLE = re.compile(
    r"[-,](?:Regular|Roman|Book|Light|Medium|Semi[Bb]old|Demi|Bold|Black|Heavy|Thin"
    r"|Extra\w+|Ultra\w+|Italic|Oblique|It|Condensed|Cond|MT|PS)+.*$"
)
_FILES = (
    ("/FontFile", FontProgram.TYPE1),
    ("/FontFile2", FontProgram.TRUETYPE),
    ("/FontFile3", FontProgram.CFF),
)
#: Font programs of this many bytes are not looked into.
_LARGEST = 32 << 20
_FSTYPE_AT = 8


def read_font(font: Any, page: int) -> FontFacts:
    """Return what a font dictionary says."""
    kind = _word(entry(font, "/Subtype"))
    inner = font
    below = entry(font, "/DescendantFonts")
    if isinstance(below, pikepdf.Array) and len(below):
        inner = below[0]
    descriptor = entry(inner, "/FontDescriptor")
    name = _word(entry(font, "/BaseFont")) or _word(entry(font, "/Name"))
    plain = _SUBSET.sub("", name)
    program, file = _program(descriptor)
    if kind == "Type3":
        program = FontProgram.DRAWN
    return FontFacts(
        name=plain,
        family=_text(entry(descriptor, "/FontFamily")) or _STYLE.sub("", plain),
        subset=plain != name,
        kind=kind,
        program=program,
        embedding=_embedding(file),
        pages=(page,),
    )


def two_bytes(font: Any) -> bool:
    """Whether every glyph takes two bytes in a string, as in a Type 0 font."""
    return _word(entry(font, "/Subtype")) == "Type0"


def numbers_glyphs(font: Any) -> bool:
    """Whether 0 in a string is the glyph for what is missing (Identity encodings)."""
    return two_bytes(font) and _word(entry(font, "/Encoding")).startswith("Identity")


def _program(descriptor: Any) -> tuple[FontProgram, Any]:
    for key, program in _FILES:
        file = entry(descriptor, key)
        if isinstance(file, pikepdf.Stream):
            if _word(entry(file, "/Subtype")) == "OpenType":
                return FontProgram.OPENTYPE, file
            return program, file
    return FontProgram.NONE, None


def _embedding(file: Any) -> int | None:
    """Return fsType of a font program's OS/2 table; None where it has none."""
    if file is None or int(entry(file, "/Length") or 0) > _LARGEST:
        return None
    data = file.read_bytes()
    if len(data) < 12 or data[:4] not in {b"\0\1\0\0", b"true", b"OTTO"}:  # noqa: PLR2004
        return None
    (count,) = struct.unpack_from(">H", data, 4)
    for number in range(count):
        at = 12 + 16 * number
        if data[at : at + 4] == b"OS/2" and at + 16 <= len(data):
            start = struct.unpack_from(">I", data, at + 8)[0] + _FSTYPE_AT
            if start + 2 <= len(data):
                return int(struct.unpack_from(">H", data, start)[0])
    return None


def _word(value: Any) -> str:
    return str(value)[1:] if isinstance(value, pikepdf.Name) else ""


def _text(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.String) else ""
