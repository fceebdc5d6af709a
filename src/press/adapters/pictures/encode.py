"""Finished pixels to the bytes of a file, with nothing else in it."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageChops

from press.adapters.pictures.order import Recipe

_STRIPS = 8
_SAMPLED = 8  # one row in so many
_DOUBT = 1.5
_PALETTE = 256
_FEW_GREYS = 32  # any photograph in grey has at most 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """A picture file: what it holds and what its name ends with."""

    data: bytes
    suffix: str


def encode(image: Image.Image, recipe: Recipe, *, drawn: bool) -> Encoded:
    """Write a picture in grey or sRGB: as PNG where that is small, else as JPEG.

    `drawn` says that the source is of a kind used for drawings and screenshots. What is
    transparent is always PNG. The picture's own notes (`info`) are thrown away.
    """
    image.info = {}  # whatever the source said about itself: profile, place, maker
    if image.mode in {"LA", "RGBA"}:
        return Encoded(data=_png(image), suffix="png")
    if has_few_colours(image):
        return Encoded(data=_png(_indexed(image)), suffix="png")
    jpeg = _jpeg(image, recipe)
    if drawn and looks_drawn(image, recipe):
        png = _png(image)
        if len(png) <= len(jpeg):
            return Encoded(data=png, suffix="png")
    return Encoded(data=jpeg, suffix="jpg")


def has_few_colours(image: Image.Image) -> bool:
    """Whether a picture in grey or RGB has so few colours that no photograph has."""
    few = _FEW_GREYS if image.mode == "L" else _PALETTE
    return image.getcolors(few) is not None


def looks_drawn(image: Image.Image, recipe: Recipe) -> bool:
    """Whether a sample says that PNG may be the smaller; it is slow to write in full."""
    width, height = image.size
    step = height // _STRIPS
    strip = step // _SAMPLED
    if not strip:
        return True
    sample = Image.new(image.mode, (width, strip * _STRIPS))
    for number in range(_STRIPS):
        top = number * step + (step - strip) // 2
        part = image.crop((0, top, width, top + strip))
        sample.paste(part, (0, number * strip))
    return len(_png(sample)) <= _DOUBT * len(_jpeg(sample, recipe))


def _indexed(image: Image.Image) -> Image.Image:
    """Give a picture of few colours a palette, where that loses nothing."""
    if image.mode == "L":
        return image
    indexed = image.quantize(
        _PALETTE, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
    )
    lost = ImageChops.difference(indexed.convert("RGB"), image).getbbox()
    return image if lost else indexed


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=6)
    return file.getvalue()


def _jpeg(image: Image.Image, recipe: Recipe) -> bytes:
    file = io.BytesIO()
    image.save(
        file,
        "JPEG",
        quality=recipe.quality,
        subsampling=recipe.subsampling,
        progressive=recipe.progressive,
        optimize=True,
    )
    return file.getvalue()
