"""Ink in pixels: how much there is, and how it is kept within the press's limit."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image

#: Height × width × C, M, Y, K; 255 is all of an ink.
Pixels: TypeAlias = npt.NDArray[np.uint8]
#: For each block of a picture, a sum of four inks of 0 to 255.
Blocks: TypeAlias = npt.NDArray[np.uint16]
#: Writes a picture and decodes it again.
Rewrite: TypeAlias = Callable[[Image.Image], Image.Image]
_Sums: TypeAlias = npt.NDArray[np.uint16]

#: A JPEG without subsampling writes squares of so many pixels, each for itself.
BLOCK = 8
#: What one per cent of one ink counts in a pixel's sum.
PER_CENT = 2.55
_STRIP = 16 * BLOCK
_INKS = 4
_ACROSS = 64
_TRIES = 8


def strips(image: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    """Yield a picture in strips, each with the row it begins at; whole blocks high."""
    width, height = image.size
    for top in range(0, height, _STRIP):
        yield top, image.crop((0, top, width, min(height, top + _STRIP)))


def whole_sum(limit: float) -> int:
    """Return a limit in per cent as a sum of four inks of 0 to 255."""
    return math.floor(limit * PER_CENT + 0.001)


def block_peaks(image: Image.Image) -> Blocks:
    """Return the most ink at any point of every block of a picture in CMYK."""
    width, height = image.size
    peaks = np.zeros((-(-height // BLOCK), -(-width // BLOCK)), np.uint16)
    rights = range(0, width, BLOCK)
    for top, strip in strips(image):
        rows = np.maximum.reduceat(
            _sums(np.asarray(strip)), range(0, strip.height, BLOCK), axis=0
        )
        first = top // BLOCK
        peaks[first : first + len(rows)] = np.maximum.reduceat(rows, rights, axis=1)
    return peaks


def most_ink(image: Image.Image) -> float:
    """Return the most ink at any point of a picture in CMYK, in per cent of one ink."""
    return round(float(block_peaks(image).max()) / PER_CENT, 2)


def cap(image: Image.Image, limit: int) -> None:
    """Thin the colours of a picture, in place, until no pixel's sum is over a limit.

    Black is kept and cyan, magenta and yellow are scaled alike:
    cmy' = ⌊cmy · (limit − k) / (c + m + y)⌋ where c + m + y + k > limit.
    """
    for top, strip in strips(image):
        pixels = np.asarray(strip)
        thinned = _thinned(pixels, np.uint16(limit))
        if thinned is not pixels:
            image.paste(_image(thinned), (0, top))


def cap_blocks(image: Image.Image, peaks: Blocks, limit: int, written: Rewrite) -> None:
    """Thin the blocks, in place, that have more ink than a limit once written.

    They alone are written again, each lowered by twice what it has too much, until all
    are within the limit; what is written of a block depends on no other block.

    Args:
        image: The picture, in CMYK.
        peaks: The most ink of each block, as it was written.
        limit: The most ink allowed, as a sum.
        written: Writes and decodes a picture.
    """
    places = np.argwhere(peaks > limit)
    if not len(places):
        return
    boxes = [(int(x) * BLOCK, int(y) * BLOCK) for y, x in places]
    sheet = _gathered(image, boxes)
    aims = block_peaks(sheet).astype(np.int32)
    found = np.zeros_like(aims)
    found.flat[: len(boxes)] = peaks[peaks > limit]
    for _ in range(_TRIES):
        excess = found - limit
        if excess.max() <= 0:
            break
        aims -= np.where(excess > 0, 2 * excess, 0)
        limits = aims.clip(0).astype(np.uint16).repeat(BLOCK, 0).repeat(BLOCK, 1)
        sheet = _image(_thinned(np.asarray(sheet), limits))
        found = block_peaks(written(sheet)).astype(np.int32)
    for number, box in enumerate(boxes):
        image.paste(sheet.crop(_at(number)), box)


def _gathered(image: Image.Image, boxes: list[tuple[int, int]]) -> Image.Image:
    """Return a sheet with blocks of a picture, side by side.

    Blocks that the picture's edges cut off are filled as JPEG writers do it, with the
    last column and the last row.
    """
    down, across = -(-len(boxes) // _ACROSS), _ACROSS
    sheet = Image.new("CMYK", (across * BLOCK, down * BLOCK))
    width, height = image.size
    for number, (left, top) in enumerate(boxes):
        right, bottom = min(width, left + BLOCK), min(height, top + BLOCK)
        part = image.crop((left, top, right, bottom))
        if part.size != (BLOCK, BLOCK):
            missing = ((0, top + BLOCK - bottom), (0, left + BLOCK - right), (0, 0))
            part = _image(np.pad(np.asarray(part), missing, "edge"))
        sheet.paste(part, _at(number)[:2])
    return sheet


def _at(number: int) -> tuple[int, int, int, int]:
    down, across = divmod(number, _ACROSS)
    left, top = across * BLOCK, down * BLOCK
    return left, top, left + BLOCK, top + BLOCK


def blacken_neutrals(image: Image.Image, seen: Image.Image, black: Image.Image) -> None:
    """Print the neutral pixels of `seen`, in RGB, in black ink alone: `black` holds it."""
    for top, strip in strips(image):
        box = (0, top, strip.width, top + strip.height)
        rgb = np.asarray(seen.crop(box))
        neutral = (rgb.max(-1) == rgb.min(-1))[..., None]
        alone = np.zeros((*neutral.shape[:2], _INKS), np.uint8)
        alone[..., 3] = np.asarray(black.crop(box))
        image.paste(_image(np.where(neutral, alone, np.asarray(strip))), (0, top))


def _sums(pixels: Pixels) -> _Sums:
    """Return the sum of each pixel's inks; adds two inks at a time."""
    four = np.ascontiguousarray(pixels).view(np.uint32)[..., 0]
    pairs = (four & 0x00FF00FF) + (four >> 8 & 0x00FF00FF)
    return ((pairs >> 16) + (pairs & 0xFFFF)).astype(np.uint16)


def _thinned(pixels: Pixels, limits: np.uint16 | _Sums) -> Pixels:
    """Return pixels of which none is over its limit; the same ones if none was."""
    over = np.flatnonzero(_sums(pixels) > limits)
    if not len(over):
        return pixels
    thinned = pixels.copy()
    flat = thinned.reshape(-1, _INKS)
    heavy = flat[over]
    black = heavy[:, 3].astype(np.int32)
    colour = np.maximum(_sums(heavy[None])[0] - black, 1)
    limit = limits.reshape(-1)[over] if limits.shape else limits
    room = np.clip(limit - black, 0, colour)
    share = (room / colour).astype(np.float32)
    heavy[:, :3] = heavy[:, :3] * share[:, None]  # cut off, not rounded
    flat[over] = heavy
    return thinned


def _image(pixels: Pixels) -> Image.Image:
    height, width = pixels.shape[:2]
    return Image.frombuffer(
        "CMYK", (width, height), pixels.tobytes(), "raw", "CMYK", 0, 1
    )
