"""Pictures in ink as files: nothing in them but ink, and never more than paper bears."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image

from press.adapters.pictures.encode import has_few_colours, looks_drawn
from press.adapters.pictures.inks import (
    PER_CENT,
    block_peaks,
    cap,
    even_blocks,
    most_ink,
)
from press.adapters.pictures.order import SCREEN

QUALITY = 90
#: Points under the limit before a JPEG is written: its ripples bring some ink back.
HEADROOM = 5.0
_TRIES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """A picture file for the press.

    Attributes:
        data: What it holds.
        suffix: What its name ends with.
        ink: The most ink at any point, in per cent, as anybody decodes it.
    """

    data: bytes
    suffix: str
    ink: float


def bits_plate(image: Image.Image) -> Plate:
    """Write a picture of black and white pixels, one bit each."""
    ink = 100.0 if image.histogram()[0] else 0.0
    return Plate(data=_png(image), suffix="png", ink=ink)


def grey_plate(image: Image.Image, *, flat: bool) -> Plate:
    """Write a grey picture, which is printed in black ink alone."""
    darkest = next(grey for grey, count in enumerate(image.histogram()) if count)
    ink = round(100 - darkest * 100 / 255, 2)
    if flat:
        return Plate(data=_png(image), suffix="png", ink=ink)
    return Plate(data=_jpeg(image), suffix="jpg", ink=ink)


def colour_plate(image: Image.Image, limit: float, *, flat: bool) -> Plate:
    """Write a picture in CMYK within a limit of ink; flat art is kept without loss.

    A JPEG is decoded again and measured; the blocks that have too much ink are capped
    lower, each by what it has too much.
    """
    if flat:
        cap(image, even_blocks(image, limit))
        return _lossless(image)
    limits = even_blocks(image, limit - HEADROOM)
    for _ in range(_TRIES):
        cap(image, limits)
        data = _jpeg(image)
        with Image.open(io.BytesIO(data)) as decoded:
            excess = block_peaks(decoded) - even_blocks(image, limit)
        if excess.max() <= 0:
            ink = limit + float(excess.max()) / PER_CENT
            return Plate(data=data, suffix="jpg", ink=round(ink, 2))
        limits -= np.where(excess > 0, 2 * excess, np.float32(0))
    cap(image, even_blocks(image, limit))
    return _lossless(image)


def is_flat(image: Image.Image, *, drawn: bool) -> bool:
    """Whether a picture, in grey or RGB, is made of flat areas and sharp lines.

    `drawn` says that its source is of a kind used for charts.
    """
    return has_few_colours(image) or (drawn and looks_drawn(image, SCREEN))


def _lossless(image: Image.Image) -> Plate:
    file = io.BytesIO()
    image.save(file, "TIFF", compression="tiff_adobe_deflate")
    return Plate(data=file.getvalue(), suffix="tif", ink=round(most_ink(image), 2))


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=6)
    return file.getvalue()


def _jpeg(image: Image.Image) -> bytes:
    """Write a baseline JPEG, its inks all of one size, with Adobe's marker if CMYK."""
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY, subsampling=0)
    return file.getvalue()
