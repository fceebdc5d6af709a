"""Printers and ICC profiles, whole and broken ones, for tests."""

from __future__ import annotations

import io
import struct
from pathlib import Path

from PIL import ImageCms

import press.adapters.icc
from press.model.finding import Place
from press.model.length import Length
from press.model.press import Profile
from press.model.printer import InkLimit, PressProfile, Printer, Smallest, Standard

OWN = Path(press.adapters.icc.__file__).parent / "profiles"
NEWSPRINT = OWN / "press-newsprint.icc"
LIMITS = {"press-newsprint": 220, "press-heatset": 300, "press-office": 320}
PLACE = Place(file="layouts/tabloid/printer.yaml", line=7, column=3)


def a_printer(limit: float = 220, standard: Standard = Standard.X1A) -> Printer:
    width = Length.of_mm(289)
    smallest = Smallest(positive=width, reversed=width, several=width)
    return Printer(
        width=width,
        height=width,
        type_width=width,
        type_height=width,
        standard=standard,
        profile=PressProfile(name="", condition="", place=PLACE),
        ink=InkLimit(point=limit),
        type=smallest,
        lines=smallest,
    )


def a_profile(name: str = "press-newsprint") -> Profile:
    data = (OWN / f"{name}.icc").read_bytes()
    return Profile(data=data, description=name, version=2.1, condition="TEST")


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def patched(at: int, four: bytes) -> bytes:
    """Return press's newsprint profile with other bytes in one place."""
    data = NEWSPRINT.read_bytes()
    return data[:at] + four + data[at + len(four) :]


def renamed(**tags: bytes) -> bytes:
    """Return the newsprint profile with tags of its table renamed."""
    data = bytearray(NEWSPRINT.read_bytes())
    for number in range(struct.unpack_from(">I", data, 128)[0]):
        at = 132 + 12 * number
        name = data[at : at + 4].decode()
        data[at : at + 4] = tags.get(name, name.encode())
    return bytes(data)


def opened(data: bytes) -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(io.BytesIO(data))
