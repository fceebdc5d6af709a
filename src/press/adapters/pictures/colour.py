"""Colour: any kind of pixel to opaque sRGB or grey of 8 bits."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageCms

from press.adapters.pictures.fault import Fault
from press.model.finding import Severity

_SIXTEEN_TO_EIGHT = 1 / 257
_MODES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coloured:
    """A picture in grey or sRGB of 8 bits, and what was odd about its colour."""

    image: Image.Image
    faults: tuple[Fault, ...] = ()


def to_screen(image: Image.Image, *, paper: str | None, unmarked: bool) -> Coloured:
    """Bring a decoded picture to sRGB or grey, on paper of a colour.

    Without paper, what is transparent stays so (LA, RGBA).

    `unmarked` says that it is a JPEG without Adobe's marker. Pillow takes the ink of
    every CMYK JPEG as stored inverted, which is so only where the marker says it.
    """
    profile = image.info.get("icc_profile")
    alpha = image.getchannel("A") if image.mode in {"LA", "RGBA"} else None
    faults: tuple[Fault, ...] = ()
    image = _in_eight_bits(image, unmarked=unmarked)
    if profile:
        image, faults = _through_profile(image, profile)
    if image.mode == "CMYK":
        image = image.convert("RGB")
        faults = (
            *faults,
            _odd("is CMYK without a usable profile: its colours are rough"),
        )
    if alpha is not None and paper is not None:
        ground = Image.new("RGB", image.size, paper)
        ground.paste(image.convert("RGB"), mask=alpha)
        image = ground
    image = _grey_if_grey(image)
    if alpha is not None and paper is None:
        image.putalpha(alpha)
    return Coloured(image=image, faults=faults)


def _in_eight_bits(image: Image.Image, *, unmarked: bool) -> Image.Image:
    """Bring pixels to grey, RGB or CMYK of 8 bits without alpha."""
    match image.mode:
        case "LA":
            return image.getchannel("L")
        case "RGBA":
            return image.convert("RGB")
        case "I" | "I;16":
            scaled = image.point(lambda value: value * _SIXTEEN_TO_EIGHT + 0.5)
            return scaled.convert("L")
        case "CMYK" if unmarked:
            return ImageChops.invert(image)
        case _:
            return image


def _through_profile(
    image: Image.Image, profile: bytes
) -> tuple[Image.Image, tuple[Fault, ...]]:
    """Convert a picture from its own colour space to sRGB."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = _MODES.get(source.profile.xcolor_space.strip(), "")
        if mode == "RGB" and "sRGB" in ImageCms.getProfileDescription(source):
            return image, ()
        if image.mode == "L" and mode == "RGB":
            image = image.convert("RGB")
        if image.mode != mode:
            return image, (_odd("has a colour profile for other pixels than its own"),)
        converted = ImageCms.profileToProfile(
            image,
            source,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image, (_odd("has a colour profile that cannot be used"),)
    return converted or image, ()


def _grey_if_grey(image: Image.Image) -> Image.Image:
    """Drop colour channels that are all the same: grey prints in black ink alone."""
    if image.mode == "L":
        return image
    red, green, blue = image.split()
    same = not any(
        ImageChops.difference(red, other).getbbox() for other in (green, blue)
    )
    return red if same else image


def _odd(text: str) -> Fault:
    return Fault(
        code="picture.colour",
        severity=Severity.WARNING,
        text=text,
        hint="look at it in the proof, or export it again as sRGB",
    )
