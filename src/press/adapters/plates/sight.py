"""Pictures of a page for the eye: as it looks in print, and where its ink lies."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageOps

from press.model.plates import HeatMap

#: One pixel of the small picture is so many of the plates.
SMALLER = 3
FULL = 255
COLOURS = 128
#: Colours of the heat map, by share of the printer's limit: paper, then blue to red.
RAMP = (
    (0.0, (255, 255, 255, 0)),
    (0.02, (222, 235, 247, 255)),
    (0.25, (158, 202, 225, 255)),
    (0.5, (66, 146, 198, 255)),
    (0.7, (120, 94, 176, 255)),
    (0.85, (240, 140, 40, 255)),
    (1.0, (215, 25, 28, 255)),
    (1.2, (110, 0, 20, 255)),
)


def draw_page(inks: NDArray[np.uint8]) -> bytes:
    """Return plates as a small PNG: inks on white paper, one over the other."""
    small = [
        Image.fromarray(np.ascontiguousarray(plate)).reduce(SMALLER) for plate in inks
    ]
    coloured = any(plate.getextrema()[1] for plate in small[:3])
    black = ImageOps.invert(small[3])
    image = black
    if coloured:
        papers = [ImageOps.invert(plate) for plate in small[:3]]
        image = Image.merge("RGB", [ImageChops.multiply(one, black) for one in papers])
        image = image.quantize(
            COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
    return _png(image)


def draw_heat(heat: HeatMap, limit: float) -> bytes:
    """Return a heat map as a PNG with a pixel for each square."""
    shares = np.asarray(heat.values, np.float64).reshape(-1, heat.columns) / limit
    stops = [share for share, _ in RAMP]
    channels = [
        np.interp(shares, stops, [colour[channel] for _, colour in RAMP])
        for channel in range(4)
    ]
    pixels = np.rint(np.stack(channels, axis=2)).astype(np.uint8)
    return _png(Image.fromarray(pixels, "RGBA"))


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False, compress_level=6)
    return out.getvalue()
