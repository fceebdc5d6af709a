"""Ink in pixels: how much there is, and how it is kept within the press's limit."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image

#: Height × width × C, M, Y, K; 255 is all of an ink.
Pixels: TypeAlias = npt.NDArray[np.uint8]
#: The most ink of each block of a picture, as the sum of four inks of 0 to 255.
Blocks: TypeAlias = npt.NDArray[np.float32]

#: A JPEG without subsampling writes squares of so many pixels, each for itself.
BLOCK = 8
#: What one per cent of one ink counts in a pixel's sum.
PER_CENT = 2.55
_STRIP = 32 * BLOCK


def strips(image: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    """Yield a picture in strips, each with the row it begins at; whole blocks high."""
    width, height = image.size
    for top in range(0, height, _STRIP):
        yield top, image.crop((0, top, width, min(height, top + _STRIP)))


def even_blocks(image: Image.Image, limit: float) -> Blocks:
    """Return one limit, in per cent, for every block of a picture, as whole sums."""
    width, height = image.size
    across, down = -(-width // BLOCK), -(-height // BLOCK)
    return np.full((down, across), math.floor(limit * PER_CENT + 0.001), np.float32)


def block_peaks(image: Image.Image) -> Blocks:
    """Return the most ink at any point of every block of a picture in CMYK."""
    peaks = even_blocks(image, 0)
    for top, strip in strips(image):
        total = np.asarray(strip).sum(-1, dtype=np.uint16)
        height, width = total.shape
        total = np.pad(total, ((0, -height % BLOCK), (0, -width % BLOCK)))
        down, across = total.shape[0] // BLOCK, total.shape[1] // BLOCK
        squares = total.reshape(down, BLOCK, across, BLOCK)
        first = top // BLOCK
        peaks[first : first + down] = squares.max((1, 3))
    return peaks


def most_ink(image: Image.Image) -> float:
    """Return the most ink at any point of a picture in CMYK, in per cent of one ink."""
    return float(block_peaks(image).max()) / PER_CENT


def cap(image: Image.Image, limits: Blocks) -> None:
    """Thin the colours of a picture, in place, until no block has too much ink.

    Black is kept and cyan, magenta and yellow are scaled alike:
    cmy' = ⌊cmy · (limit − k) / (c + m + y)⌋ where c + m + y + k > limit.
    """
    for top, strip in strips(image):
        pixels = np.asarray(strip)
        down, across = pixels.shape[:2]
        rows = limits[top // BLOCK :][: -(-down // BLOCK)]
        each = rows.repeat(BLOCK, 0)[:down].repeat(BLOCK, 1)[:, :across]
        over = pixels.sum(-1, dtype=np.uint16) > each
        if over.any():
            image.paste(_image(_thinned(pixels, over, each)), (0, top))


def _thinned(
    pixels: Pixels, over: npt.NDArray[np.bool_], limits: npt.NDArray[np.float32]
) -> Pixels:
    heavy = pixels[over].astype(np.float32)
    colour = np.maximum(heavy[:, :3].sum(1), 1)
    room = np.clip(limits[over] - heavy[:, 3], 0, None)
    heavy[:, :3] *= np.minimum(room / colour, 1)[:, None]
    thinned = pixels.copy()
    thinned[over] = np.floor(heavy).astype(np.uint8)
    return thinned


def blacken_neutrals(image: Image.Image, seen: Image.Image, black: Image.Image) -> None:
    """Print the neutral pixels of `seen`, in RGB, in black ink alone: `black` holds it."""
    for top, strip in strips(image):
        box = (0, top, strip.width, top + strip.height)
        rgb = np.asarray(seen.crop(box))
        neutral = (rgb.max(-1) == rgb.min(-1))[..., None]
        alone = np.zeros((*neutral.shape[:2], 4), np.uint8)
        alone[..., 3] = np.asarray(black.crop(box))
        image.paste(_image(np.where(neutral, alone, np.asarray(strip))), (0, top))


def _image(pixels: Pixels) -> Image.Image:
    height, width = pixels.shape[:2]
    return Image.frombytes("CMYK", (width, height), pixels.tobytes())
