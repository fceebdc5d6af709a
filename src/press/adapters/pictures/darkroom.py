"""The darkroom: a picture file is examined, and developed as ordered."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import IO

from press.adapters.pictures.colour import Coloured, to_screen
from press.adapters.pictures.cut import Box, Cut, Pixels, plan_cut, whole
from press.adapters.pictures.drawing import MOST_BYTES, Drawing, read_drawing
from press.adapters.pictures.encode import encode
from press.adapters.pictures.fault import Fault, RefusedError
from press.adapters.pictures.order import PRINT, Lettering, Order
from press.adapters.pictures.raster import Header, check_size, decode, read_header
from press.adapters.pictures.rasteriser import rasterise
from press.adapters.pictures.rights import Rights, read_rights
from press.adapters.pictures.sniff import HEAD, misnamed, sniff
from press.adapters.pictures.source import Source, opened
from press.adapters.pictures.store import Seen
from press.adapters.pictures.strict import strict
from press.model.finding import Severity
from press.model.picture import PictureFacts, PictureFormat

_PNG_IN_MEMORY = 4
#: Width that is made of a picture only to decode it: a JPEG is then shrunk meanwhile.
_SMALL = 64
DRAWN = {PictureFormat.PNG, PictureFormat.GIF, PictureFormat.SVG}


@dataclass(frozen=True, slots=True, kw_only=True)
class Developed:
    """A finished picture file.

    Attributes:
        data: What it holds.
        suffix: What its name ends with.
        pixels: Its width and height.
        faults: What was odd on the way.
    """

    data: bytes
    suffix: str
    pixels: Pixels
    faults: tuple[Fault, ...] = ()


def examine(source: Source) -> Seen:
    """Tell what a file is and how large, from its head; drawings are read in full.

    Raises:
        RefusedError: It is no picture, or none that press may use.
    """
    with strict(), opened(source) as file:
        return _examine(source, file)


def _examine(source: Source, file: IO[bytes]) -> Seen:
    kind = sniff(file.read(HEAD))
    faults = misnamed(source.name, kind)
    if kind is PictureFormat.SVG:
        drawing = open_drawing(file)
        pixels, frames, made_for = drawing.pixels, 1, drawing.made_for
        said = Rights()
        if not drawing.sized:
            faults += (_no_size(),)
    else:
        header = read_header(file, kind)
        pixels, frames, made_for = header.pixels, header.frames, 0.0
        said = read_rights(header.image)
        if min(pixels) == 1:
            raise RefusedError(
                "picture.tracking",
                f"is {pixels[0]} × {pixels[1]} pixels: a tracking pixel, left out",
                hint="take it out of the article",
                severity=Severity.WARNING,
            )
    file.seek(0)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    facts = PictureFacts(
        format=kind,
        pixels=pixels,
        frames=frames,
        sha256=sha256,
        made_for=made_for,
        credit=said.credit,
        rights=said.rights,
        caption=said.caption,
    )
    return Seen(facts=facts, faults=faults)


def decode_all(source: Source, facts: PictureFacts) -> None:
    """Decode a picture to its end and keep nothing; drawings were read in full.

    Raises:
        RefusedError: It ends early, is damaged or of a kind that cannot be read.
    """
    if facts.format is PictureFormat.SVG:
        return
    with strict(), opened(source) as file:
        header = read_header(file, facts.format)
        decode(file, header, plan_cut(whole(header.pixels), _SMALL))


def develop(source: Source, facts: PictureFacts, order: Order) -> Developed:
    """Make a picture as ordered: upright, opaque, cropped, sized, bare.

    Raises:
        RefusedError: It is broken, or cannot be made so.
    """
    with strict(), opened(source) as file:
        return _develop(file, facts, order)


def _develop(file: IO[bytes], facts: PictureFacts, order: Order) -> Developed:
    if facts.format is not PictureFormat.SVG:
        return _develop_pixels(file, facts.format, order.cut, order)
    drawing = open_drawing(file)
    if order.size is not None:
        return draw(drawing, order)
    png = draw_pixels(drawing, order.cut.box, order.cut.pixels[0], order.lettering)
    return _develop_pixels(png, PictureFormat.PNG, None, order)


def open_drawing(file: IO[bytes]) -> Drawing:
    """Read a drawing.

    Raises:
        RefusedError: It is too large, not well formed, or not only a drawing.
    """
    return read_drawing(_contents(file), _launder)


def draw(drawing: Drawing, order: Order) -> Developed:
    """Write a drawing that stays one, as large as ordered."""
    width, height = order.size or ("100%", "100%")
    data = drawing.to_bytes(order.cut.box, width=width, height=height)
    return Developed(data=data, suffix="svg", pixels=order.cut.pixels)


def draw_pixels(
    drawing: Drawing, box: Box, across: int, lettering: Lettering = ()
) -> IO[bytes]:
    """Draw a box of a drawing that many pixels wide; return a PNG file.

    `lettering` is the layout's names of typefaces, with the file of each.

    Raises:
        RefusedError: It would fill the memory, or cannot be drawn.
    """
    down = max(1, round(across * (box[3] - box[1]) / (box[2] - box[0])))
    check_size((across, down), _PNG_IN_MEMORY)
    plain = drawing.to_bytes(box, width=f"{across}px", height=f"{down}px")
    faces = lettering if drawing.lettered else None
    return rasterise(plain, width=across, lettering=faces)


def _develop_pixels(
    file: IO[bytes], kind: PictureFormat, cut: Cut | None, order: Order
) -> Developed:
    """Develop a picture made of pixels; without a cut, all of it as large as it is."""
    header = read_header(file, kind)
    cut = cut or Cut(box=whole(header.pixels), pixels=header.pixels)
    coloured = _coloured(file, header, cut, paper=order.paper)
    encoded = encode(coloured.image, order.recipe, drawn=kind in DRAWN)
    return Developed(
        data=encoded.data,
        suffix=encoded.suffix,
        pixels=coloured.image.size,
        faults=(*oddities(header), *coloured.faults),
    )


def _launder(data: bytes) -> bytes:
    """Write a picture inside a drawing again, with its pixels and nothing else."""
    file, kind = io.BytesIO(data), sniff(data[:HEAD])
    header = read_header(file, kind)
    cut = Cut(box=whole(header.pixels), pixels=header.pixels)
    coloured = _coloured(file, header, cut, paper=None)
    return encode(coloured.image, PRINT, drawn=kind in DRAWN).data


def _coloured(
    file: IO[bytes], header: Header, cut: Cut, *, paper: str | None
) -> Coloured:
    unmarked = is_unmarked(header)
    return to_screen(decode(file, header, cut), paper=paper, unmarked=unmarked)


def is_unmarked(header: Header) -> bool:
    """Whether a picture is a JPEG without Adobe's marker."""
    jpeg = header.kind is PictureFormat.JPEG
    return jpeg and "adobe" not in header.image.info


def oddities(header: Header) -> tuple[Fault, ...]:
    """Tell what was put right that the editor may want to know."""
    faults: list[Fault] = []
    if header.frames > 1:
        taken = "main" if header.kind is PictureFormat.HEIC else "first"
        faults.append(
            Fault(
                code="picture.frames",
                severity=Severity.WARNING,
                text=f"holds {header.frames} frames; the {taken} one is used",
                hint="save the frame you want as a picture of its own",
            )
        )
    if header.filed != 1:
        faults.append(
            Fault(
                code="picture.rotated",
                severity=Severity.NOTE,
                text=f"was turned upright (orientation {header.filed})",
            )
        )
    return tuple(faults)


def _no_size() -> Fault:
    return Fault(
        code="picture.svg",
        severity=Severity.WARNING,
        text="says nothing of its size; 3:2 is assumed",
        hint='give the outermost <svg> a viewBox, such as viewBox="0 0 300 200"',
    )


def _contents(file: IO[bytes]) -> bytes:
    """Return what a drawing's file holds, or enough to see that it is too large."""
    file.seek(0)
    return file.read(MOST_BYTES + 1)
