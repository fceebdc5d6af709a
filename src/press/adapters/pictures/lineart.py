"""Line art: pictures of black and white pixels, which keep every one of them."""

from __future__ import annotations

from typing import IO

from PIL import Image

from press.adapters.pictures.cut import Box, as_filed
from press.adapters.pictures.raster import (
    ONE_LARGE,
    TURNS,
    Header,
    faults_of,
    read_header,
)
from press.adapters.pictures.strict import became_lenient

_MODES = {"1", "L", "P"}
_BLACK, _WHITE = 0, 255


def read_bits(file: IO[bytes], header: Header, box: Box) -> Image.Image | None:
    """Return a box of a picture of black and white pixels, upright, one bit each.

    None if it is anything else, which then still can be decoded: then, and only then,
    is its header as it was.

    Raises:
        RefusedError: It ends early or is damaged.
    """
    image = header.image
    if image.mode not in _MODES or "transparency" in image.info:
        return None
    with ONE_LARGE, faults_of(file, header.kind, image=image):
        image.load()
        if not _is_black_and_white(image):
            return None
        edges = [
            round(edge) for edge in as_filed(box, header.pixels, header.orientation)
        ]
        part = image.crop((edges[0], edges[1], edges[2], edges[3]))
        Image.Image.close(image)  # its pixels, not its file
    if became_lenient():
        return read_bits(file, read_header(file, header.kind), box)
    bits = part.convert("L").convert("1", dither=Image.Dither.NONE)
    turned = TURNS.get(header.orientation)
    return bits if turned is None else bits.transpose(turned)


def _is_black_and_white(image: Image.Image) -> bool:
    """Whether a decoded picture in bits, grey or a palette has no other colours."""
    if image.mode == "1":
        return True
    used = [value for value, count in enumerate(image.histogram()) if count]
    if image.mode == "L":
        return set(used) <= {_BLACK, _WHITE}
    palette = image.getpalette("RGB") or []
    colours = {tuple(palette[3 * at : 3 * at + 3]) for at in used}
    return colours <= {(_BLACK,) * 3, (_WHITE,) * 3}
