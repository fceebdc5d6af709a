"""Colour: any kind of pixel to opaque sRGB or grey of 8 bits."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageCms

from press.adapters.pictures.fault import Fault
from press.model.finding import Severity

_SIXTEEN_TO_EIGHT = 1 / 257
_ROUNDING = 2
#: What Pillow raises for profiles that littlecms cannot work with.
UNUSABLE_PROFILE = (ImageCms.PyCMSError, OSError, ValueError, TypeError)
_MODES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coloured:
    """A picture in grey or sRGB of 8 bits, and what was odd about its colour."""

    image: Image.Image
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Negative:
    """A decoded picture in 8 bits, its colours as they were filed.

    Attributes:
        image: Grey, RGB or CMYK, without alpha.
        alpha: What of it is opaque; None where all is.
        source: The profile of its colours; None for sRGB, and where none is usable.
        faults: What was odd about its colour.
    """

    image: Image.Image
    alpha: Image.Image | None
    source: ImageCms.ImageCmsProfile | None
    faults: tuple[Fault, ...] = ()


def to_negative(image: Image.Image, *, unmarked: bool) -> Negative:
    """Bring a decoded picture to 8 bits, and find out what its colours mean.

    `unmarked` says that it is a JPEG without Adobe's marker. Pillow takes the ink of
    every CMYK JPEG as stored inverted, which is so only where the marker says it.
    """
    profile = image.info.get("icc_profile")
    alpha = image.getchannel("A") if image.mode in {"LA", "RGBA"} else None
    faults: tuple[Fault, ...] = ()
    if image.mode == "CMYK" and unmarked:
        image = ImageChops.invert(image)
        faults = (
            odd_colour("is CMYK without Adobe's marker: it may come out negative"),
        )
    image = _in_eight_bits(image)
    source = None
    if profile:
        try:
            source = _source(image, profile)
        except UNUSABLE_PROFILE:
            faults += (odd_colour("has a colour profile that cannot be used"),)
        except _OtherPixelsError:
            faults += (
                odd_colour("has a colour profile for other pixels than its own"),
            )
    if image.mode == "L" and source is not None and _mode(source) == "RGB":
        image = image.convert("RGB")
    return Negative(image=image, alpha=alpha, source=source, faults=faults)


def to_screen(image: Image.Image, *, paper: str | None, unmarked: bool) -> Coloured:
    """Bring a decoded picture to sRGB or grey, on paper of a colour.

    Without paper, what is transparent stays so (LA, RGBA).
    """
    return shown(to_negative(image, unmarked=unmarked), paper=paper)


def shown(negative: Negative, *, paper: str | None) -> Coloured:
    """Return a picture in sRGB or grey, likewise."""
    image, alpha, faults = negative.image, negative.alpha, negative.faults
    if negative.source is not None:
        image, more = _through_profile(image, negative.source)
        faults += more
    if image.mode == "CMYK":
        image = image.convert("RGB")
        faults += (
            odd_colour("is CMYK without a usable profile: its colours are rough"),
        )
    if alpha is not None and paper is not None:
        ground = Image.new("RGB", image.size, paper)
        ground.paste(image.convert("RGB"), mask=alpha)
        image = ground
    image = _grey_if_grey(image)
    if alpha is not None and paper is None:
        image.putalpha(alpha)
    return Coloured(image=image, faults=faults)


def is_neutral(image: Image.Image) -> bool:
    """Whether all of a picture in RGB is grey, but for what rounding does to grey."""
    red, green, blue = image.split()
    apart = [ImageChops.difference(*pair) for pair in ((red, green), (green, blue))]
    return not any(any(one.histogram()[_ROUNDING + 1 :]) for one in apart)


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """Bring pixels to grey, RGB or CMYK of 8 bits without alpha."""
    match image.mode:
        case "LA":
            return image.getchannel("L")
        case "RGBA":
            return image.convert("RGB")
        case "I" | "I;16":
            scaled = image.point(lambda value: value * _SIXTEEN_TO_EIGHT + 0.5)
            return scaled.convert("L")
        case _:
            return image


def _source(image: Image.Image, profile: bytes) -> ImageCms.ImageCmsProfile | None:
    """Open the profile of a picture; None for sRGB.

    Raises:
        _OtherPixelsError: It is for pixels of another kind.
    """
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    mode = _mode(source)
    if mode == "RGB" and "sRGB" in ImageCms.getProfileDescription(source):
        return None
    if image.mode != mode and (image.mode, mode) != ("L", "RGB"):
        raise _OtherPixelsError
    return source


def _mode(profile: ImageCms.ImageCmsProfile) -> str:
    return _MODES.get(profile.profile.xcolor_space.strip(), "")


def _through_profile(
    image: Image.Image, source: ImageCms.ImageCmsProfile
) -> tuple[Image.Image, tuple[Fault, ...]]:
    """Convert a picture from its own colour space to sRGB."""
    try:
        converted = ImageCms.profileToProfile(
            image,
            source,
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except UNUSABLE_PROFILE:
        return image, (odd_colour("has a colour profile that cannot be used"),)
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


class _OtherPixelsError(Exception):
    """A picture's profile is not for its kind of pixels."""


def odd_colour(text: str) -> Fault:
    """Say what is odd about a picture's colour."""
    return Fault(
        code="picture.colour",
        severity=Severity.WARNING,
        text=text,
        hint="look at it in the proof, or export it again as sRGB",
    )
