"""Pictures in the press's inks, in the place of those that stood in for them.

Files go in as they are wherever PDF can hold them so: JPEG whole, PNG by its own
compressed rows. Black and white and grey ones stay DeviceGray, which prints with black
ink alone (GWG 2022, R0027); they never overprint.
"""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from PIL import Image, ImageFile, UnidentifiedImageError

JPEG, PNG, TIFF = b"\xff\xd8", b"\x89PNG\r\n\x1a\n", (b"II*\0", b"MM\0*")
#: JPEG's markers: those with a frame's size, and Adobe's.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
ADOBE = 0xEE
SPACES = {1: Name.DeviceGray, 4: Name.DeviceCMYK}


class NotForPressError(Exception):
    """A file is no picture in the press's inks; says why; never leaves this package."""


def press_picture(pdf: Pdf, file: Path) -> Object:
    """Return a press picture as an XObject.

    Raises:
        NotForPressError: It is missing, damaged or not in the press's inks.
    """
    try:
        data = file.read_bytes()
        if data.startswith(JPEG):
            return _jpeg(pdf, data)
        if data.startswith(PNG):
            return _png(pdf, data)
        if data.startswith(TIFF):
            return _tiff(pdf, data)
    except FileNotFoundError as error:
        raise NotForPressError("is missing") from error
    except (
        *(struct.error, IndexError, OSError, UnidentifiedImageError),
        *(Image.DecompressionBombError, zlib.error),
    ) as error:
        raise NotForPressError("cannot be read") from error
    raise NotForPressError("is neither JPEG nor PNG nor TIFF")


def _jpeg(pdf: Pdf, data: bytes) -> Object:
    at, adobe = 2, False
    while True:
        marker, length = struct.unpack_from(">xBH", data, at)
        if marker in FRAMES:
            bits, height, width, parts = struct.unpack_from(">BHHB", data, at + 4)
            break
        adobe |= marker == ADOBE and data.startswith(b"Adobe", at + 4)
        at += 2 + length
    if parts not in SPACES:
        raise NotForPressError("is in RGB")
    image = _image(pdf, data, (width, height), SPACES[parts], bits)
    image.Filter = Name.DCTDecode
    if adobe and parts == 4:  # noqa: PLR2004
        image.Decode = Array([1, 0] * 4)
    return image


def _png(pdf: Pdf, data: bytes) -> Object:
    width, height, bits, colour, _, _, laced = struct.unpack_from(">IIBBBBB", data, 16)
    if colour or laced:
        raise NotForPressError("is a PNG, but not a plain grey one")
    rows, at = [], len(PNG)
    while at < len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"IDAT":
            rows.append(data[at + 8 : at + 8 + length])
        elif kind == b"tRNS":
            raise NotForPressError("is transparent")
        at += 12 + length
    image = _image(pdf, b"".join(rows), (width, height), Name.DeviceGray, bits)
    image.Filter = Name.FlateDecode
    image.DecodeParms = Dictionary(
        Predictor=15, Colors=1, BitsPerComponent=bits, Columns=width
    )
    return image


def _tiff(pdf: Pdf, data: bytes) -> Object:
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # other libraries set it for the process
    with Image.open(io.BytesIO(data), formats=("TIFF",)) as opened:
        if opened.mode not in {"CMYK", "L"}:
            raise NotForPressError(f"is in {opened.mode}")
        space = Name.DeviceCMYK if opened.mode == "CMYK" else Name.DeviceGray
        packed = zlib.compress(opened.tobytes(), 6)
        image = _image(pdf, packed, opened.size, space, 8)
    image.Filter = Name.FlateDecode
    return image


def _image(
    pdf: Pdf, data: bytes, size: tuple[int, int], space: Name, bits: int
) -> Object:
    return Stream(
        pdf,
        data,
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=size[0],
            Height=size[1],
            ColorSpace=space,
            BitsPerComponent=bits,
        ),
    )


def family(space: Object | None) -> str:
    """Return the family of colours that a picture's own colour space ends in."""
    if space is None or isinstance(space, Name):
        return str(space) if space is not None else ""
    first = str(space[0])
    return family(space[1]) if first == "/Indexed" else first
