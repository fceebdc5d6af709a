"""The ends of a picture's scale of tones."""

from __future__ import annotations

import io
import math
from functools import reduce

from PIL import Image, ImageChops

from press.model.press_facts import Tones

#: Dots smaller than this share do not print on newsprint; larger black ones run shut.
FAINT = 0.03
CHOKED = 0.95
#: Pictures are looked at in about this size: each pixel is the mean of a square.
_LOOK = (320, 320)
#: The same as bytes: more than one level of ink, and the first that is not faint; the
#: first that is choked.
_LEAST, _FAINT, _CHOKED = 2, math.ceil(FAINT * 255), math.floor(CHOKED * 255) + 1
_LARGEST = 120_000_000


def measure(jpeg: bytes, *, inverted: bool) -> Tones | None:
    """Measure the tones of a JPEG of inks or greys; None where that cannot be done.

    Args:
        jpeg: The file.
        inverted: Whether the page turns its values round (Decode [1 0 …]). Pillow
            turns those of inks round always.
    """
    try:
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
            if image.mode not in {"CMYK", "L"} or image.width * image.height > _LARGEST:
                return None
            image.draft(image.mode, _LOOK)
            plates = image.split()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    most = ImageChops.lighter if inverted else ImageChops.darker
    inks, black = reduce(most, plates).histogram(), plates[-1].histogram()
    if not inverted:
        inks.reverse()
        black.reverse()
    count = plates[0].width * plates[0].height
    return Tones(
        faint=round(sum(inks[_LEAST:_FAINT]) / count, 4),
        choked=round(sum(black[_CHOKED:]) / count, 4),
    )
