"""Pictures made of pixels, as they are placed."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import pikepdf

from press.adapters.press_reader.jpeg import read_jpeg
from press.adapters.press_reader.shape import Matrix
from press.adapters.press_reader.space import entry, name_of
from press.adapters.press_reader.tone import measure
from press.model.press_facts import JpegFacts, Tones

_JPEG = "DCTDecode"
_INLINE = re.compile(rb"/(\w+)\s*(/?\w+|\[[^\]]*\])")
_POINTS = 72
_NONE = 0.0


@dataclass(frozen=True, slots=True)
class Picture:
    """What an image is, wherever it is placed."""

    space: str
    pixels: tuple[int, int]
    bits: int
    filters: tuple[str, ...]
    soft_mask: bool = False
    jpeg: JpegFacts | None = None
    tones: Tones | None = None
    inline: bool = False

    def ppi(self, matrix: Matrix) -> float:
        """Return its pixels an inch where a matrix places it."""
        a, b, c, d = matrix[:4]
        across, upwards = math.hypot(a, b) / _POINTS, math.hypot(c, d) / _POINTS
        if not across or not upwards:
            return _NONE
        return round(min(self.pixels[0] / across, self.pixels[1] / upwards), 1)


def read_image(image: Any, resources: Any) -> Picture:
    """Return what an image XObject is."""
    mask = bool(entry(image, "/ImageMask") or False)
    filters = _filters(entry(image, "/Filter"))
    jpeg = tones = None
    if filters[-1:] == (_JPEG,):
        data = image.read_raw_bytes() if len(filters) == 1 else b""
        jpeg = read_jpeg(data)
        if jpeg and jpeg.components in {1, 4}:
            tones = measure(data, inverted=_inverted(entry(image, "/Decode")))
    return Picture(
        space="mask" if mask else name_of(entry(image, "/ColorSpace"), resources),
        pixels=(int(entry(image, "/Width") or 0), int(entry(image, "/Height") or 0)),
        bits=1 if mask else int(entry(image, "/BitsPerComponent") or 8),
        filters=filters,
        soft_mask=isinstance(entry(image, "/SMask"), pikepdf.Stream)
        or bool(entry(image, "/SMaskInData") or 0),
        jpeg=jpeg,
        tones=tones,
    )


def read_inline(words: bytes, resources: Any) -> Picture:
    """Return what an image that stands in the content is: BI … ID … EI."""
    head = words.partition(b"ID")[0]
    keys = {
        key.decode(): value.decode("latin-1") for key, value in _INLINE.findall(head)
    }

    def number(*names: str) -> int:
        found = next((keys[name] for name in names if name in keys), "0")
        return int(found) if found.isdigit() else 0

    mask = keys.get("IM", keys.get("ImageMask")) == "true"
    space = keys.get("CS", keys.get("ColorSpace", "/G"))
    named = pikepdf.Name(space) if space.startswith("/") else None
    return Picture(
        space="mask" if mask else name_of(named, resources),
        pixels=(number("W", "Width"), number("H", "Height")),
        bits=1 if mask else number("BPC", "BitsPerComponent") or 8,
        filters=(),
        inline=True,
    )


def _filters(value: Any) -> tuple[str, ...]:
    if isinstance(value, pikepdf.Name):
        return (str(value)[1:],)
    if isinstance(value, pikepdf.Array):
        return tuple(str(name)[1:] for name in value)
    return ()


def _inverted(decode: Any) -> bool:
    return (
        isinstance(decode, pikepdf.Array) and len(decode) > 1 and decode[0] > decode[1]
    )
