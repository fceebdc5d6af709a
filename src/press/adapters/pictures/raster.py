"""Photographs and other pictures made of pixels: opened, checked, decoded."""

from __future__ import annotations

import contextlib
import io
import math
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, assert_never

from PIL import Image
from PIL.AvifImagePlugin import AvifImageFile
from PIL.ExifTags import Base
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from press.adapters.pictures.cut import Cut, Pixels, as_filed, turn
from press.adapters.pictures.fault import RefusedError
from press.adapters.pictures.heic import HeicImageFile
from press.adapters.pictures.strict import became_lenient
from press.model.picture import PictureFormat

MEGA = 1_000_000
MOST_PIXELS = 178 * MEGA
MOST_BYTES = 200 * MEGA
DRAFT_BYTES = 64 * MEGA
LARGE_BYTES = 64 * MEGA
_BYTES_IN_MEMORY = 4  # Pillow keeps RGB in four bytes
_OPAQUE = (255, 255)
_BOX_HEAD = 8
_PNG_SIGNATURE = 8
_PNG_FRAMING = 12  # length, name and checksum of a chunk
_MOST_EXIF = 65_536
_REDUCING_GAP = 3.0  # by Pillow's word as good as without

#: All that Pillow raises for broken files, found by damaging a hundred thousand at
#: random. SyntaxError is its word for "not such a file".
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
)

#: What can still go wrong with pixels that were decoded.
_UNUSABLE = (OSError, ValueError, MemoryError)

# The plugins' classes are called and not Image.open: the kind is known already, and
# Image.open warns of every file over 89 megapixels, which press can shrink while reading.
_OPENERS: dict[PictureFormat, Callable[[IO[bytes]], ImageFile]] = {
    PictureFormat.JPEG: JpegImageFile,
    PictureFormat.PNG: PngImageFile,
    PictureFormat.GIF: GifImageFile,
    PictureFormat.WEBP: WebPImageFile,
    PictureFormat.TIFF: TiffImageFile,
    PictureFormat.AVIF: AvifImageFile,
    PictureFormat.HEIC: HeicImageFile,
}

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

ONE_LARGE = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the head of a picture file says.

    Attributes:
        image: The picture, not yet decoded.
        kind: What it is.
        pixels: Width and height as seen upright.
        frames: How many pictures the file holds.
        orientation: How the pixels must still be turned (EXIF, 1 to 8).
        filed: The orientation the file gives, turned by the decoder or not.
    """

    image: ImageFile
    kind: PictureFormat
    pixels: Pixels
    frames: int
    orientation: int
    filed: int


def read_header(file: IO[bytes], kind: PictureFormat) -> Header:
    """Read the head of a picture file, and refuse what is too large.

    Call it, and all that follows, within `strict()`.

    Raises:
        RefusedError: The head is broken, or promises too much.
    """
    if kind is PictureFormat.WEBP:
        # Its decoder takes memory for the whole picture when it is opened.
        check_size(_webp_pixels(file), 4)
    file.seek(0)
    if kind not in _OPENERS:
        raise RefusedError("picture.kind", "is a drawing, not made of pixels")
    with faults_of(file, kind):
        image = _OPENERS[kind](file)
    check_size(image.size, _bytes_a_pixel(image))
    with faults_of(file, kind):
        frames = int(getattr(image, "n_frames", 1))
    filed = _orientation(file, image)
    # Pillow turns TIFF by itself, and says the size as it will be then.
    orientation = 1 if kind is PictureFormat.TIFF else filed
    pixels = turn(image.size, orientation)
    return Header(
        image=image,
        kind=kind,
        pixels=pixels,
        frames=frames,
        orientation=orientation,
        filed=filed,
    )


def decode(file: IO[bytes], header: Header, cut: Cut) -> Image.Image:
    """Decode a picture in full; return what the cut takes of it, upright, at its size.

    Raises:
        RefusedError: It ends early, is damaged or of a kind that cannot be read.
    """
    image = header.image
    shrunk = _draft(header, cut)
    # Many cores must not mean as many large pictures in memory at once.
    large = math.prod(image.size) * _BYTES_IN_MEMORY > LARGE_BYTES
    with ONE_LARGE if large else contextlib.nullcontext():
        with faults_of(file, header.kind, image=image, shrunk=shrunk):
            image.load()
        with faults_of(file, header.kind, errors=_UNUSABLE):
            taken = _take(_averageable(image), header, cut, shrunk)
        Image.Image.close(image)  # its pixels, not its file
    if became_lenient():
        return decode(file, read_header(file, header.kind), cut)
    turned = TURNS.get(header.orientation)
    return taken if turned is None else taken.transpose(turned)


def _draft(header: Header, cut: Cut) -> float:
    """Have a JPEG decoded no larger than will do; return the scale."""
    image = header.image
    if not isinstance(image, JpegImageFile):
        return 1.0
    width, height = image.size
    share = cut.pixels[0] / cut.width
    needed = math.ceil(width * share), math.ceil(height * share)
    # Twice as many pixels as needed look best; just as many, where that is a lot.
    gap = 2
    scale = min(width // (2 * needed[0]), height // (2 * needed[1]))
    halvings = max(0, min(scale.bit_length() - 1, 3))
    if (width * height * _BYTES_IN_MEMORY) >> (2 * halvings) > DRAFT_BYTES:
        gap = 1
    drafted = image.draft(image.mode, (needed[0] * gap, needed[1] * gap))
    return drafted[1][2] / width if drafted else 1.0


def _take(image: Image.Image, header: Header, cut: Cut, shrunk: float) -> Image.Image:
    """Crop and resize a picture that still lies as it does in its file."""
    box = as_filed(cut.box, header.pixels, header.orientation)
    left, top, right, bottom = (edge * shrunk for edge in box)
    size = turn(cut.pixels, header.orientation)
    if size == (right - left, bottom - top):
        return image.crop((round(left), round(top), round(right), round(bottom)))
    # Pillow cannot halve 16 bits beforehand, and says that the picture is wrong.
    gap = None if image.mode == "I;16" else _REDUCING_GAP
    return image.resize(
        size, Image.Resampling.LANCZOS, (left, top, right, bottom), reducing_gap=gap
    )


def _averageable(image: Image.Image) -> Image.Image:
    """Bring a picture into a mode whose pixels can be averaged."""
    keyed = "transparency" in image.info
    match image.mode:
        case "L" | "RGB" if not keyed:
            return image
        case "LA" | "RGBA" if image.getchannel("A").getextrema() == _OPAQUE:
            return image.convert(image.mode.removesuffix("A"))  # resized twice as fast
        case "LA" | "RGBA" | "CMYK" | "I;16":
            return image
        case "1" if not keyed:
            return image.convert("L")
        case "1" | "L" | "RGB" | "P" | "PA" | "La" | "RGBa" | "YCbCr":
            return image.convert("RGBA" if image.has_transparency_data else "RGB")
        case "I;16B" | "I;16L":
            return image.convert("I")
        case mode:
            raise RefusedError(
                "picture.colour",
                f"has pixels of the kind {mode}, which press cannot read",
                hint="export it as RGB or grey with 8 bits",
            )


def _orientation(file: IO[bytes], image: ImageFile) -> int:
    """Return how a picture must be turned; 1 where nothing sensible says so."""
    try:
        if isinstance(image, PngImageFile):
            exif = Image.Exif()
            exif.load(_png_exif(file))  # asked itself, Pillow would decode all of it
        else:
            exif = image.getexif()
        orientation = exif.get(Base.Orientation)
    except BROKEN:  # metadata is dropped, so broken metadata is no matter
        return 1
    return orientation if isinstance(orientation, int) and orientation in TURNS else 1


def _png_exif(file: IO[bytes]) -> bytes:
    """Return a PNG file's eXIf chunk; it may stand before or after the pixels."""
    at = _PNG_SIGNATURE
    while True:
        file.seek(at)
        head = file.read(_BOX_HEAD)
        length = int.from_bytes(head[:4], "big")
        if head[4:] == b"eXIf":
            return file.read(min(length, _MOST_EXIF))
        if len(head) < _BOX_HEAD or head[4:] == b"IEND":
            return b""
        at += length + _PNG_FRAMING


def _bytes_a_pixel(image: ImageFile) -> float:
    """Return how many bytes a pixel takes once decoded, counted as 8-bit samples."""
    if isinstance(image, JpegImageFile):
        if not image.info.get("progressive"):
            return 0  # read line by line, and shrunk while it is read
        samples = [(across, down) for _, across, down, _ in image.layer]
        most = max(a for a, _ in samples) * max(d for _, d in samples)
        return 2 * sum(a * d for a, d in samples) / max(most, 1)
    match image.mode:
        case "P":
            return 4 if image.has_transparency_data else 3
        case "I;16" | "I;16B" | "I;16L":
            return 2
        case _:
            return len(image.getbands())


def check_size(pixels: Pixels, bytes_a_pixel: float) -> None:
    """Refuse a picture that would fill the memory."""
    count = math.prod(pixels)
    size = count * bytes_a_pixel
    what = f"{math.ceil(count / MEGA)} megapixels"
    hint = "save it smaller: 12 megapixels fill a page"
    if count > MOST_PIXELS:
        raise RefusedError(
            "picture.too-large",
            f"{what}; {MOST_PIXELS // MEGA} are the limit",
            hint=hint,
        )
    if size > MOST_BYTES:
        raise RefusedError(
            "picture.too-large",
            f"{what} ({size / MEGA:.0f} MB decoded); {MOST_BYTES // MEGA} MB are the"
            " limit",
            hint=hint,
        )


def _webp_pixels(file: IO[bytes]) -> Pixels:
    """Read a WebP file's size (WebP Container Specification; RFC 6386, 9.1)."""
    file.seek(0)
    head = file.read(30).ljust(30, b"\0")
    match head[12:16]:
        case b"VP8X":
            across, down = head[24:27], head[27:30]
            return (
                1 + int.from_bytes(across, "little"),
                1 + int.from_bytes(down, "little"),
            )
        case b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        case _:
            both = int.from_bytes(head[26:30], "little")
            return both & 0x3FFF, both >> 16 & 0x3FFF


@contextlib.contextmanager
def faults_of(
    file: IO[bytes],
    kind: PictureFormat,
    *,
    image: ImageFile | None = None,
    shrunk: float = 1.0,
    errors: tuple[type[Exception], ...] = BROKEN,
) -> Iterator[None]:
    """Say in our words what Pillow finds wrong with a file."""
    try:
        yield
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise RefusedError(
            "picture.too-large", "holds a part that is far larger than itself"
        ) from bomb
    except errors as broken:
        if not ends_early(file, kind):
            raise RefusedError(
                "picture.damaged",
                f"cannot be read as {kind.upper()}: it is damaged",
                hint="export it again",
            ) from broken
        row = _last_row(image, shrunk) if image is not None else ""
        raise RefusedError(
            "picture.truncated", f"ends early{row}", hint="export it again"
        ) from broken


def _last_row(image: ImageFile, shrunk: float) -> str:
    """Say how far a picture was decoded, where that can be told."""
    try:
        box = image.im.getbbox()
    except (AssertionError, AttributeError):  # nothing was decoded yet
        return ""
    if box is None:
        return ""
    rows = round(image.size[1] / shrunk)
    return f" (row {min(rows, round(box[3] / shrunk)):,} of {rows:,})"


def ends_early(file: IO[bytes], kind: PictureFormat) -> bool:
    """Whether a file lacks its end mark, or is shorter than it says."""
    length = file.seek(0, io.SEEK_END)
    file.seek(max(0, length - 64))
    tail = file.read()
    match kind:
        case PictureFormat.JPEG:
            return b"\xff\xd9" not in tail
        case PictureFormat.PNG:
            return b"IEND" not in tail
        case PictureFormat.GIF:
            return not tail.rstrip(b"\0").endswith(b"\0;")
        case PictureFormat.WEBP:
            file.seek(4)
            return int.from_bytes(file.read(4), "little") + 8 > length
        case PictureFormat.AVIF | PictureFormat.HEIC:
            return _boxes_end(file, length) > length
        case PictureFormat.TIFF | PictureFormat.SVG:
            return False
        case _:
            assert_never(kind)


def _boxes_end(file: IO[bytes], length: int) -> int:
    """Return where the boxes of a file end by their own word (ISO/IEC 14496-12, 4.2)."""
    at = 0
    while at < length:
        file.seek(at)
        size = int.from_bytes(file.read(_BOX_HEAD)[:4], "big")
        if size == 1:  # the real size follows
            size = int.from_bytes(file.read(8), "big")
        if size < _BOX_HEAD:
            return at  # 0 means "to the end of the file"
        at += size
    return at
