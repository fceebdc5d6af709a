"""Pictures in ink as files: nothing in them but ink, and never more than paper bears."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from press.adapters.pictures.encode import has_few_colours, looks_drawn
from press.adapters.pictures.inks import (
    PER_CENT,
    block_peaks,
    cap,
    cap_blocks,
    most_ink,
    whole_sum,
)
from press.adapters.pictures.order import SCREEN

QUALITY = 88
#: Points under the limit before a JPEG is written: its ripples bring some ink back.
HEADROOM = 5.0
_TRIES = 4


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
    lower, each by what it has too much. What no cap can keep within the limit is
    written without loss.
    """
    most = whole_sum(limit)
    if not flat:
        cap(image, whole_sum(limit - HEADROOM))
        for _ in range(_TRIES):
            data = _jpeg(image)
            with Image.open(io.BytesIO(data)) as decoded:
                peaks = block_peaks(decoded)
            if peaks.max() <= most:
                ink = round(float(peaks.max()) / PER_CENT, 2)
                return Plate(data=data, suffix="jpg", ink=ink)
            cap_blocks(image, peaks, most, _written)
    cap(image, most)
    return _lossless(image)


def _written(image: Image.Image) -> Image.Image:
    return Image.open(io.BytesIO(_jpeg(image)))


def is_flat(image: Image.Image, *, drawn: bool) -> bool:
    """Whether a picture, in grey or RGB, is made of flat areas and sharp lines.

    `drawn` says that its source is of a kind used for charts.
    """
    return has_few_colours(image) or (drawn and looks_drawn(image, SCREEN))


def _lossless(image: Image.Image) -> Plate:
    file = io.BytesIO()
    image.save(file, "TIFF", compression="tiff_adobe_deflate")
    return Plate(data=file.getvalue(), suffix="tif", ink=most_ink(image))


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=6)
    return file.getvalue()


def _jpeg(image: Image.Image) -> bytes:
    """Write a baseline JPEG, its inks all of one size, with Adobe's marker if CMYK."""
    file = io.BytesIO()
    image.save(file, "JPEG", quality=QUALITY, subsampling=0)
    return file.getvalue()
