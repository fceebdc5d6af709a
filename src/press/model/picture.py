"""Pictures made ready for the page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from press.model.article import Picture
from press.model.ink import Ink
from press.model.length import Length


class PictureFormat(StrEnum):
    """What a picture file really is, whatever its name says."""

    JPEG = "jpeg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"
    TIFF = "tiff"
    AVIF = "avif"
    HEIC = "heic"
    SVG = "svg"


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """What a look at a picture file tells, without decoding all of it.

    Attributes:
        format: What it really is.
        pixels: Width and height as seen upright.
        frames: How many pictures the file holds.
        sha256: Hash of the file, in hexadecimal.
        made_for: Width in points that a drawing was made for, told in a unit of length
            such as mm; 0 where it is not told.
        credit: Who made it, by the file's own notes (IPTC, XMP); empty where untold.
        rights: What may be done with it, by the same notes; empty where untold.
        caption: What it shows, by the same notes; empty where untold.
    """

    format: PictureFormat
    pixels: tuple[int, int]
    frames: int
    sha256: str
    made_for: float = 0.0
    credit: str = ""
    rights: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureJob:
    """A picture wanted at a size.

    Attributes:
        picture: The picture.
        width: Printed width.
        height: Printed height; the picture is cropped to fill it.
        paper: Colour under transparent parts, as "#rrggbb".
        ppi: Pixels an inch at which it is prepared, where it has so many.
        ground: The same paper in ink, for the press; None where `paper` tells it.
    """

    picture: Picture
    width: Length
    height: Length
    paper: str = "#ffffff"
    ppi: int = 240
    ground: Ink | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedPicture:
    """A picture as WeasyPrint may see it: upright, opaque, cropped, sized, bare.

    Made ready for a press, a picture of pixels is drawn for position only: a flat grey
    JPEG of its size is drawn in its place, and exchanged for it in the finished files.

    Attributes:
        name: File name in the folder of prepared pictures: its content's hash.
        pixels: Its width and height.
        ppi: Pixels an inch at the printed size; None for drawings (SVG).
        press: File of the picture in the press's inks, where `name` stands in for it.
        screen: File of the picture for screens, where `name` stands in for it.
        ink: The most ink at any point of `press`, in per cent of one ink.
    """

    name: str
    pixels: tuple[int, int]
    ppi: float | None
    press: str = ""
    screen: str = ""
    ink: float = 0.0
