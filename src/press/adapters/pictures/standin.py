"""Stand-ins: what is drawn for position only, where a picture will be put in."""

from __future__ import annotations

import io

from PIL import Image

_LIGHT_GREY = 0xD8


def stand_in(pixels: tuple[int, int], *, press: str, screen: str) -> bytes:
    """Return a flat JPEG of a size; its comment names the files that take its place.

    Two places of one picture have one stand-in, two pictures never have.
    """
    flat = Image.new("L", pixels, _LIGHT_GREY)
    file = io.BytesIO()
    said = f"for position only; press: {press}; screen: {screen}".encode()
    flat.save(file, "JPEG", quality=50, optimize=True, comment=said)
    return file.getvalue()
