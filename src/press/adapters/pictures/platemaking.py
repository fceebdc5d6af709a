"""Platemaking: pictures in the press's inks, and the same as screens show them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import IO

from PIL import Image, ImageChops

from press.adapters.pictures.colour import (
    UNUSABLE_PROFILE,
    Negative,
    is_neutral,
    odd_colour,
    shown,
    to_negative,
)
from press.adapters.pictures.cut import Cut, Pixels, whole
from press.adapters.pictures.darkroom import (
    DRAWN,
    Developed,
    draw,
    draw_pixels,
    is_unmarked,
    oddities,
    open_drawing,
)
from press.adapters.pictures.encode import Encoded, encode, has_few_colours
from press.adapters.pictures.fault import Fault, RefusedError
from press.adapters.pictures.flatten import why_pixels
from press.adapters.pictures.inks import blacken_neutrals
from press.adapters.pictures.lineart import read_bits
from press.adapters.pictures.order import SCREEN, Order, PressOrder
from press.adapters.pictures.plate import (
    Plate,
    bits_plate,
    colour_plate,
    grey_plate,
    is_flat,
)
from press.adapters.pictures.raster import decode, read_header
from press.adapters.pictures.separation import Separator
from press.adapters.pictures.source import Source, opened
from press.adapters.pictures.strict import strict
from press.model.finding import Severity
from press.model.ink import Ink
from press.model.picture import PictureFacts, PictureFormat

_ALL = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Plated:
    """A picture made of pixels, for the press and for screens.

    Attributes:
        plate: The file in ink.
        screen: The file for screens.
        pixels: Width and height of the one in ink.
        bits: Whether its pixels are black and white only.
        faults: What was odd on the way.
    """

    plate: Plate
    screen: Encoded
    pixels: Pixels
    bits: bool
    faults: tuple[Fault, ...]


def make_plates(
    source: Source,
    facts: PictureFacts,
    order: Order,
    press: PressOrder,
    separator: Separator,
) -> Plated | Developed:
    """Make a picture for the press; drawings that it can take stay drawings.

    Raises:
        RefusedError: It is broken, or cannot be made so.
    """
    maker = _Platemaker(order, press, separator)
    with strict(), opened(source) as file:
        if facts.format is PictureFormat.SVG:
            return maker.make_drawing(file)
        return maker.make_pixels(file, facts.format, order.cut)


class _Platemaker:
    """Makes one picture as ordered."""

    def __init__(self, order: Order, press: PressOrder, separator: Separator) -> None:
        self._order, self._press, self._separator = order, press, separator
        self._ground = press.ground or separator.ink_of(order.paper)

    def make_drawing(self, file: IO[bytes]) -> Plated | Developed:
        """Make a drawing: as it is, or of pixels if the press cannot take it."""
        drawing = open_drawing(file)
        why = why_pixels(drawing.root)
        if not why:
            return draw(drawing, self._order)
        try:
            png = draw_pixels(
                drawing,
                self._order.cut.box,
                self._press.drawn,
                self._order.lettering,
            )
        except RefusedError as refused:
            raise RefusedError(
                "picture.svg",
                f"{why} and cannot be made pixels for the press",
                hint="export it as PNG, 300 pixels an inch, or install resvg-py",
            ) from refused
        made = self.make_pixels(png, PictureFormat.PNG, None)
        flattened = Fault(
            code="picture.flattened",
            severity=Severity.NOTE,
            text=f"{why}: it is printed as pixels, not as lines",
            hint="draw it in plain colours to keep its lines sharp",
        )
        return replace(made, faults=(flattened, *made.faults))

    def make_pixels(
        self, file: IO[bytes], kind: PictureFormat, cut: Cut | None
    ) -> Plated:
        """Make a picture of pixels; without a cut, all of it as large as it is."""
        header = read_header(file, kind)
        cut = cut or Cut(box=whole(header.pixels), pixels=header.pixels)
        bits = read_bits(file, header, cut.box)
        if bits is not None:
            return Plated(
                plate=bits_plate(bits),
                screen=encode(self._small(bits.convert("L")), SCREEN, drawn=True),
                pixels=bits.size,
                bits=True,
                faults=oddities(header),
            )
        decoded = decode(file, header, cut)
        negative = to_negative(decoded, unmarked=is_unmarked(header))
        pixels, drawn = negative.image.size, kind in DRAWN
        screen = self._for_screens(negative, drawn=drawn)
        plate, faults = self._for_press(negative, drawn=drawn)
        return Plated(
            plate=plate,
            screen=screen,
            pixels=pixels,
            bits=False,
            faults=(*oddities(header), *faults),
        )

    # ------------------------------------------------------------ screens

    def _for_screens(self, negative: Negative, *, drawn: bool) -> Encoded:
        image, alpha = self._small(negative.image), negative.alpha
        if image.mode == "CMYK" and negative.source is None:
            image = self._separator.show(image)
        small = replace(negative, image=image, alpha=alpha and self._small(alpha))
        return encode(shown(small, paper=self._order.paper).image, SCREEN, drawn=drawn)

    def _small(self, image: Image.Image) -> Image.Image:
        """Return a picture as fine as screens need it."""
        width, height = image.size
        across = min(width, self._press.screen)
        if across == width:
            return image
        size = across, max(1, round(height * across / width))
        return image.resize(size, Image.Resampling.HAMMING)

    # ------------------------------------------------------------ the press

    def _for_press(
        self, negative: Negative, *, drawn: bool
    ) -> tuple[Plate, tuple[Fault, ...]]:
        alpha, limit = negative.alpha, self._press.limit
        grey = self._grey(negative)
        if grey is None:
            return self._in_colour(negative, drawn=drawn)
        if alpha is None or not any(self._ground.parts[:3]):
            if alpha is not None:
                grey = _on(round(_ALL * (1 - self._ground.black)), grey, alpha)
            return grey_plate(grey, flat=is_flat(grey, drawn=drawn)), negative.faults
        flat = is_flat(grey, drawn=drawn)
        inks = _on(_levels(self._ground), _black_alone(grey), alpha)
        return colour_plate(inks, limit, flat=flat), negative.faults

    def _grey(self, negative: Negative) -> Image.Image | None:
        """Return a picture without colour as 255 less its black ink, else None.

        What a file of inks says of black stays as it is.
        """
        image = negative.image
        if image.mode == "CMYK":
            if any(image.getchannel(ink).getextrema() != (0, 0) for ink in "CMY"):
                return None
            return ImageChops.invert(image.getchannel("K"))
        if image.mode == "RGB" and not is_neutral(_visible(negative)):
            return None
        opaque = replace(negative, alpha=None)
        return self._separator.grey(shown(opaque, paper=None).image.convert("L"))

    def _in_colour(
        self, negative: Negative, *, drawn: bool
    ) -> tuple[Plate, tuple[Fault, ...]]:
        if negative.image.mode == "CMYK":
            flat = has_few_colours(negative.image)
        else:
            flat = is_flat(_visible(negative), drawn=drawn)
        inks, faults = self._separated(negative)
        if flat and negative.image.mode == "RGB":
            grey = self._separator.grey(negative.image.convert("L"))
            blacken_neutrals(inks, negative.image, ImageChops.invert(grey))
        if negative.alpha is not None:
            inks = _on(_levels(self._ground), inks, negative.alpha)
        return colour_plate(inks, self._press.limit, flat=flat), faults

    def _separated(self, negative: Negative) -> tuple[Image.Image, tuple[Fault, ...]]:
        """Return a picture in the press's inks."""
        image, source, faults = negative.image, negative.source, negative.faults
        if source is not None:
            try:
                return self._separator.separate(image, source), faults
            except UNUSABLE_PROFILE:
                faults += (odd_colour("has a colour profile that cannot be used"),)
        if image.mode == "CMYK":
            said = "is CMYK without a usable profile: its inks are printed as they are"
            faults += (odd_colour(said),)
        return self._separator.separate(image, None), faults


def _visible(negative: Negative) -> Image.Image:
    """Return a picture in RGB with white where it is transparent."""
    if negative.alpha is None:
        return negative.image
    ground = Image.new("RGB", negative.image.size, "white")
    ground.paste(negative.image, mask=negative.alpha)
    return ground


def _on(
    ground: int | tuple[int, ...], image: Image.Image, alpha: Image.Image
) -> Image.Image:
    """Return a picture on a ground of one colour, which shows where it is clear."""
    out = Image.new(image.mode, image.size, ground)
    out.paste(image, mask=alpha)
    return out


def _levels(ink: Ink) -> tuple[int, ...]:
    return tuple(round(_ALL * part) for part in ink.parts)


def _black_alone(grey: Image.Image) -> Image.Image:
    """Return a grey picture as black ink in a file of four inks."""
    none = Image.new("L", grey.size)
    return Image.merge("CMYK", (none, none, none, ImageChops.invert(grey)))
