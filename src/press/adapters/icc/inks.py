"""littlecms: colours of screens in the press's inks, and back."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from press.model.ink import Colour, Ink
from press.model.press import Profile

#: Red, green and blue nearer to each other than this are a grey.
GREY = 1.001 / 255
#: Neighbouring levels over which the curve of greys is evened out, to both sides.
EVEN = 4

_PERCEPTUAL = ImageCms.Intent.PERCEPTUAL
_RELATIVE = ImageCms.Intent.RELATIVE_COLORIMETRIC
_BLACK_POINT = ImageCms.Flags.BLACKPOINTCOMPENSATION


class IccInks:
    """Turns colours of sRGB into a press's inks and back, by its profile.

    Colours of screens go through the profile's perceptual table; what it returns is
    thinned to the ink limit, which profiles do not keep to by themselves. Greys become
    black ink alone, as light as the profile would print them, as far as black alone
    can be so dark. Ink is shown relative to its paper, which is white on screens, and
    to the press's black, which is about black there.
    """

    def __init__(
        self, profile: Profile, limit: float, palette: Sequence[Colour] = ()
    ) -> None:
        """Take a profile that was looked at, and the most ink in per cent.

        What a drawing fills with a colour of the palette is printed in its ink.
        """
        self._limit = limit
        self._palette = {_of_hex(one.screen): one.ink for one in palette}
        press = ImageCms.ImageCmsProfile(io.BytesIO(profile.data))
        screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
        self._to_ink = ImageCms.buildTransform(
            screen, press, "RGB", "CMYK", _PERCEPTUAL
        )
        self._to_screen = _shown(press, screen, self._to_ink)
        self._greys = _greys(press, self._to_ink)
        self._inks: dict[bytes, Ink] = {}
        self._colours: dict[bytes, tuple[float, float, float]] = {}

    def to_ink(self, red: float, green: float, blue: float) -> Ink:
        """Return a colour of sRGB, 0 to 1 each, in ink; greys are black ink alone."""
        parts = red, green, blue
        named = self._palette.get(_bytes(parts))
        if named is not None:
            return named
        if max(parts) - min(parts) <= GREY:
            at = sum(parts) / 3 * 255
            return Ink(
                black=round(float(np.interp(at, range(256), self._greys)), 4) + 0.0
            )
        key = _bytes(parts)
        if key not in self._inks:
            inks = _converted("RGB", key, self._to_ink)
            self._inks[key] = Ink(*(round(one / 255, 4) for one in inks)).within(
                self._limit
            )
        return self._inks[key]

    def to_screen(self, ink: Ink) -> tuple[float, float, float]:
        """Return how the press's paper shows an ink, in sRGB, 0 to 1 each."""
        key = _bytes(ink.parts)
        if key not in self._colours:
            red, green, blue = _converted("CMYK", key, self._to_screen)
            self._colours[key] = red / 255, green / 255, blue / 255
        return self._colours[key]


def _of_hex(colour: str) -> bytes:
    return bytes.fromhex(colour.removeprefix("#"))


def _bytes(parts: tuple[float, ...]) -> bytes:
    return bytes(round(min(1.0, max(0.0, part)) * 255) for part in parts)


def _converted(mode: str, pixel: bytes, by: ImageCms.ImageCmsTransform) -> bytes:
    # ImageCmsTransform.apply would write the whole profile out for every colour.
    seen = Image.frombytes(mode, (1, 1), pixel)
    out = Image.new(by.output_mode, (1, 1))
    by.transform.apply(seen.getim(), out.getim())
    return out.tobytes()


def _shown(
    press: ImageCms.ImageCmsProfile,
    screen: ImageCms.ImageCmsProfile,
    to_ink: ImageCms.ImageCmsTransform,
) -> ImageCms.ImageCmsTransform:
    """Return the way from ink to screens that shows the profile's black the blackest.

    Relative colorimetric with black point compensation shows a press's warm black
    brown, and not every perceptual table reaches the screen's black.
    """
    black = _converted("RGB", bytes(3), to_ink)
    ways = [
        ImageCms.buildTransform(press, screen, "CMYK", "RGB", intent, flags)
        for intent, flags in (
            (_RELATIVE, _BLACK_POINT),
            (_PERCEPTUAL, ImageCms.Flags.NONE),
        )
    ]
    return min(ways, key=lambda way: sum(_converted("CMYK", black, way)))


def _greys(
    press: ImageCms.ImageCmsProfile, to_ink: ImageCms.ImageCmsTransform
) -> NDArray[np.float64]:
    """Return how much black prints each of the 256 greys as light as the profile does.

    The light of the profile's greys, from its black to the paper, is stretched to what
    black ink alone spans.
    """
    levels = bytes(range(256))
    lab = ImageCms.createProfile("LAB")
    by = ImageCms.buildTransform(press, lab, "CMYK", "LAB", _RELATIVE)

    def light(inks: Image.Image) -> NDArray[np.float64]:
        lightness = by.apply(inks).getchannel(0).tobytes()
        return _light(np.frombuffer(lightness, np.uint8).astype(float) / 2.55)

    ramp = Image.frombytes("L", (256, 1), levels)
    none = Image.new("L", (256, 1))
    asked = light(to_ink.apply(Image.merge("RGB", (ramp, ramp, ramp))))
    black = light(Image.merge("CMYK", (none, none, none, ramp)))
    asked = np.maximum.accumulate(asked)
    black = np.minimum.accumulate(black)
    share = (asked - asked[0]) / (asked[-1] - asked[0])
    wanted = black[-1] + share * (black[0] - black[-1])
    inks = np.interp(wanted, black[::-1], np.linspace(1, 0, 256))
    return _evened(inks)


def _light(lightness: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of light (Y) of a lightness (L*)."""
    root = (lightness + 16) / 116
    light = np.where(root > 6 / 29, root**3, 3 * (6 / 29) ** 2 * (root - 4 / 29))
    return np.asarray(light, np.float64)


def _evened(curve: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a curve without the steps of 8 bits, its ends kept."""
    wide = np.concatenate(
        [
            2 * curve[0] - curve[EVEN:0:-1],
            curve,
            2 * curve[-1] - curve[-2 : -2 - EVEN : -1],
        ]
    )
    width = 2 * EVEN + 1
    even = np.convolve(wide, np.full(width, 1 / width), mode="valid")
    even[0], even[-1] = 1.0, 0.0
    return np.clip(even, 0, 1)
