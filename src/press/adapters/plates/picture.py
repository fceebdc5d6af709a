"""Pictures made of pixels, taken apart into a picture for each rendering."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pikepdf
from numpy.typing import NDArray
from pikepdf import Name
from PIL import Image

from press.adapters.plates.space import GREY, Space, read_space
from press.adapters.plates.unpack import MORE, MOST_SAMPLES, unpack

Pixels = NDArray[np.uint8]
FULL = 255
CMYK_PARTS, RGB_PARTS = 4, 3
BYTE, WORD = 8, 16


@dataclass(slots=True)
class _Wanted:
    """A picture that is placed, and the pixels it needs at its largest."""

    source: pikepdf.Stream
    space: Space
    colour: pikepdf.Stream
    black: pikepdf.Stream
    width: int = 1
    height: int = 1


class Pictures:
    """Makes two pictures of each: cyan, magenta and yellow as RGB, black as grey.

    They are made when all places are known, no larger than they are rendered.
    """

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._wanted: dict[tuple[int, int], _Wanted] = {}
        self._white = pdf.make_stream(
            b"\xff",
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=1,
            Height=1,
            BitsPerComponent=8,
            ColorSpace=Name.DeviceGray,
        )

    def place(
        self, source: Any, resources: Any, matrix: Sequence[float], scale: float
    ) -> tuple[Any, Any]:
        """Return the pictures that take the place of one, for colour and for black."""
        if source.get("/ImageMask", False):
            return source, source
        space = read_space(source.get("/ColorSpace", Name.DeviceGray), resources)
        if space is GREY:
            return self._blank(source), source
        key = source.objgen if source.is_indirect else (id(source), -1)
        wanted = self._wanted.get(key)
        if wanted is None:
            colour, black = self._empty(source), self._empty(source)
            wanted = _Wanted(source, space, colour, black)
            self._wanted[key] = wanted
        a, b, c, d = matrix[:4]
        wanted.width = max(wanted.width, math.ceil(math.hypot(a, b) * scale))
        wanted.height = max(wanted.height, math.ceil(math.hypot(c, d) * scale))
        return wanted.colour, wanted.black

    def make(self) -> None:
        """Fill all pictures that were placed."""
        for one in self._wanted.values():
            inks = _inks(one)
            for stream, pixels in (
                (one.colour, FULL - inks[..., :3]),
                (one.black, FULL - inks[..., 3]),
            ):
                stream.write(np.ascontiguousarray(pixels).tobytes())
                stream.Height, stream.Width = inks.shape[:2]
                grey = pixels.ndim == 2  # noqa: PLR2004
                stream.ColorSpace = Name.DeviceGray if grey else Name.DeviceRGB

    def _empty(self, source: Any) -> pikepdf.Stream:
        stream = self._pdf.make_stream(
            b"", Type=Name.XObject, Subtype=Name.Image, BitsPerComponent=8
        )
        if "/SMask" in source:
            stream.SMask = source.SMask
        if isinstance(source.get("/Mask"), pikepdf.Stream):
            stream.Mask = source.Mask
        return stream

    def _blank(self, source: Any) -> pikepdf.Stream:
        """Return the white that a grey picture knocks out of the other plates."""
        if "/SMask" not in source and "/Mask" not in source:
            return self._white
        blank = self._empty(source)
        blank.write(b"\xff")
        blank.Width = blank.Height = 1
        blank.ColorSpace = Name.DeviceGray
        return blank


def _inks(wanted: _Wanted) -> Pixels:
    """Return a picture's inks: height × width × 4, 255 for all ink.

    What cannot be unpacked prints nothing here; that it is damaged is found elsewhere.
    """
    source, space = wanted.source, wanted.space
    if int(source.Width) * int(source.Height) * space.parts > MOST_SAMPLES:
        return np.zeros((1, 1, 4), np.uint8)
    try:
        samples = _samples(source, space, (wanted.width, wanted.height))
    except (OSError, ValueError, pikepdf.PdfError, RuntimeError):
        return np.zeros((1, 1, 4), np.uint8)
    if space.palette or (space.parts == 1 and space is not GREY):
        table = _table(space)
        samples = table[np.minimum(samples[..., 0], len(table) - 1)]
    elif samples.shape[2] == RGB_PARTS:
        samples = _from_rgb(samples)
    return _reduced(samples, wanted.width, wanted.height)


def _table(space: Space) -> Pixels:
    """Return the inks of each value of a picture of one component."""
    rows = space.palette or [space.inks([value / FULL]) for value in range(FULL + 1)]
    return np.asarray(np.rint(np.clip(rows, 0, 1) * np.float64(FULL)), np.uint8)


def _from_rgb(samples: Pixels) -> Pixels:
    top = samples.max(axis=2, keepdims=True)
    made: Pixels = np.concatenate((top - samples, FULL - top), axis=2)
    return made


def _samples(source: Any, space: Space, size: tuple[int, int]) -> Pixels:
    """Return a picture's samples, Decode applied: height × width × components."""
    filters = source.get("/Filter", [])
    names = [filters] if isinstance(filters, Name) else list(filters)
    decode = [float(value) for value in source.get("/Decode", [])]
    turned = bool(decode) and decode[0] > decode[1] and not space.palette
    if names in ([Name.DCTDecode], [Name.DCT], [Name.JPXDecode]):
        samples = _from_file(source.read_raw_bytes(), size)
        if samples.shape[2] == CMYK_PARTS and names != [Name.JPXDecode]:
            samples = FULL - samples  # Pillow takes every such JPEG for a turned one
    else:
        width, height = int(source.Width), int(source.Height)
        bits = int(source.get("/BitsPerComponent", BYTE))
        most = 2 * width * height * space.parts * max(bits // BYTE, 1) + MORE
        samples = _unpack(
            unpack(source, most),
            (width, height),
            space.parts,
            bits,
            spread=not space.palette,
        )
    return FULL - samples if turned else samples


def _from_file(data: bytes, size: tuple[int, int]) -> Pixels:
    """Open a JPEG at about the size that is needed."""
    with Image.open(io.BytesIO(data)) as image:
        image.draft(None, size)
        if image.mode == "CMYK":
            image.load()
            small = _smaller(image, *size)
            return np.asarray(small)
        if image.mode == "L":
            return np.asarray(image)[..., None]
        return np.asarray(image.convert("RGB"))


def _unpack(
    raw: bytes, size: tuple[int, int], parts: int, bits: int, *, spread: bool
) -> Pixels:
    """Return samples of any depth as bytes; `spread` over 0 to 255, or as they are."""
    width, height = size
    row = (width * parts * bits + 7) // 8
    data = np.frombuffer(raw, np.uint8, count=row * height).reshape(height, row)
    if bits == WORD:
        data = data[:, ::2]
    elif bits < BYTE:
        single = np.unpackbits(data, axis=1).reshape(height, -1, bits)
        weights = (1 << np.arange(bits - 1, -1, -1)).astype(np.uint8)
        data = (single * weights).sum(axis=2, dtype=np.uint8)
        if spread:
            data = data * np.uint8(FULL // ((1 << bits) - 1))
    return data[:, : width * parts].reshape(height, width, parts)


def _reduced(inks: Pixels, width: int, height: int) -> Pixels:
    if inks.shape[1] <= width and inks.shape[0] <= height:
        return inks
    return np.asarray(_smaller(Image.fromarray(inks, "CMYK"), width, height))


def _smaller(image: Image.Image, width: int, height: int) -> Image.Image:
    """Return a picture with no more pixels than wanted; each is the mean of its own."""
    size = (min(width, image.width), min(height, image.height))
    if size == image.size:
        return image
    return image.resize(size, Image.Resampling.BOX)
