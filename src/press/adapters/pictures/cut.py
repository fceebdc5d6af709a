"""Where a picture is cropped and how large it comes out: arithmetic only."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

from press.model.article import Focus

Pixels: TypeAlias = tuple[int, int]
Box: TypeAlias = tuple[int, int, int, int]

#: Which way an upright picture must be turned back to lie as it does in its file, by
#: EXIF orientation (CIPA DC-008, tag 0x0112): mirrored left to right, mirrored top to
#: bottom, axes swapped; in this order.
_TURNED = {
    1: (False, False, False),
    2: (True, False, False),
    3: (True, True, False),
    4: (False, True, False),
    5: (False, False, True),
    6: (True, False, True),
    7: (True, True, True),
    8: (False, True, True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What is taken of a picture, and how large it comes out.

    Attributes:
        box: Left, top, right and bottom in the upright picture's own pixels.
        pixels: Width and height that come out; never more than the box has.
    """

    box: Box
    pixels: Pixels

    @property
    def width(self) -> int:
        """How many of the picture's own pixels the box is wide."""
        return self.box[2] - self.box[0]


def crop_box(pixels: Pixels, ratio: float, focus: Focus) -> Box:
    """Return the largest box of a ratio (width to height) around a focus.

    The focus lies at the same share of the box as it did of the picture, and so always
    inside it.
    """
    width, height = pixels
    if width > height * ratio:
        across, down = max(1, round(height * ratio)), height
    else:
        across, down = width, max(1, round(width / ratio))
    across, down = min(across, width), min(down, height)
    left = round(focus.x * (width - across))
    top = round(focus.y * (height - down))
    return left, top, left + across, top + down


def plan_cut(box: Box, wanted: int, *, slack: float = 1.0) -> Cut:
    """Plan how a box comes out at least `wanted` pixels wide, if it has as many.

    A box that has up to `slack` times as many keeps its own pixels.
    """
    across, down = box[2] - box[0], box[3] - box[1]
    if across <= wanted * slack:
        return Cut(box=box, pixels=(across, down))
    return Cut(box=box, pixels=(wanted, max(1, round(wanted * down / across))))


def whole(pixels: Pixels) -> Box:
    """Return the box that takes everything."""
    return 0, 0, *pixels


def as_filed(
    box: Box, pixels: Pixels, orientation: int
) -> tuple[float, float, float, float]:
    """Return where a box of the upright picture lies in the picture as filed."""
    left, top, right, bottom = map(float, box)
    mirrored, flipped, swapped = _TURNED[orientation]
    if mirrored:
        left, right = pixels[0] - right, pixels[0] - left
    if flipped:
        top, bottom = pixels[1] - bottom, pixels[1] - top
    return (top, left, bottom, right) if swapped else (left, top, right, bottom)


def turn(size: Pixels, orientation: int) -> Pixels:
    """Return an upright size as it lies in the file; the same the other way."""
    return size[::-1] if _TURNED[orientation][2] else size


def pixels_for(inches: float, ppi: float) -> int:
    """Return how many pixels make that many an inch."""
    return math.ceil(inches * ppi)
