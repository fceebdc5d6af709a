"""The ends of a picture's scale of tones."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from press.model.press_facts import Tones

#: Dots smaller than this share do not print on newsprint; larger black ones run shut.
FAINT = 0.03
CHOKED = 0.95
#: Pictures are looked at in about this size: each pixel is the mean of a square.
_LOOK = (320, 320)
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
            values = np.asarray(image, dtype=np.float32) / 255
            grey = image.mode == "L"
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    if grey:
        black = inks = 1 - values if not inverted else values
    else:
        inks = values if inverted else 1 - values
        black, inks = inks[:, :, 3], inks.max(axis=2)
    faint = (inks > 1 / 255) & (inks < FAINT)
    return Tones(
        faint=round(float(faint.mean()), 4),
        choked=round(float((black > CHOKED).mean()), 4),
    )
