"""Separation: colours of screens and of other presses to the inks of this one."""

from __future__ import annotations

import io
import threading
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms, ImageColor

from press.model.ink import Ink

_PERCEPTUAL = ImageCms.Intent.PERCEPTUAL
_RELATIVE = ImageCms.Intent.RELATIVE_COLORIMETRIC
_Floats: TypeAlias = npt.NDArray[np.float64]

_ALL = 255
_CIE_KNEE = 8
#: Neighbours on each side over which the curve of greys is evened out.
_EVEN = 4


class Separator:
    """Separates pictures by the profile of a press.

    Black is generated as the profile has it. What is loaded of the profile is shared
    by all threads.
    """

    def __init__(self, profile: bytes) -> None:
        self._data = profile
        self._lock = threading.Lock()
        self._press: ImageCms.ImageCmsProfile | None = None
        self._from_screen: ImageCms.ImageCmsTransform | None = None
        self._to_screen: ImageCms.ImageCmsTransform | None = None
        self._curve: list[int] = []

    def separate(
        self, image: Image.Image, source: ImageCms.ImageCmsProfile | None
    ) -> Image.Image:
        """Return a picture in RGB or CMYK in the press's inks (perceptual).

        Without a source profile RGB is taken as sRGB, and CMYK as the press's own. What
        was separated for this very press stays as it is.
        """
        if source is None:
            if image.mode == "CMYK":
                return image
            return _through(self._screen_to_press(), image)
        if image.mode == "CMYK" and source.tobytes() == self._profile().tobytes():
            return image
        transform = ImageCms.buildTransform(
            source, self._profile(), image.mode, "CMYK", renderingIntent=_PERCEPTUAL
        )
        return _through(transform, image)

    def show(self, image: Image.Image) -> Image.Image:
        """Return a picture in the press's inks as screens show it, in sRGB."""
        with self._lock:
            if self._to_screen is None:
                self._to_screen = ImageCms.buildTransform(
                    self._opened(),
                    ImageCms.createProfile("sRGB"),
                    "CMYK",
                    "RGB",
                    renderingIntent=_RELATIVE,
                    flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
                )
        return _through(self._to_screen, image)

    def grey(self, image: Image.Image) -> Image.Image:
        """Return a grey picture so that black ink alone, 255 less grey, looks like it."""
        from_screen = self._screen_to_press()
        with self._lock:
            if not self._curve:
                self._curve = _grey_curve(self._opened(), from_screen)
        return image.point(self._curve)

    def ink_of(self, colour: str) -> Ink:
        """Return a colour of screens, "#rrggbb", in ink; greys are black ink alone."""
        red, green, blue = ImageColor.getrgb(colour)[:3]
        if red == green == blue:
            grey = self.grey(Image.new("L", (1, 1), red)).tobytes()
            return Ink(black=1 - grey[0] / _ALL)
        one = self.separate(Image.new("RGB", (1, 1), (red, green, blue)), None)
        return Ink(*(part / _ALL for part in one.tobytes()))

    def _profile(self) -> ImageCms.ImageCmsProfile:
        with self._lock:
            return self._opened()

    def _opened(self) -> ImageCms.ImageCmsProfile:
        if self._press is None:
            self._press = ImageCms.ImageCmsProfile(io.BytesIO(self._data))
        return self._press

    def _screen_to_press(self) -> ImageCms.ImageCmsTransform:
        with self._lock:
            if self._from_screen is None:
                self._from_screen = ImageCms.buildTransform(
                    ImageCms.createProfile("sRGB"),
                    self._opened(),
                    "RGB",
                    "CMYK",
                    renderingIntent=_PERCEPTUAL,
                )
            return self._from_screen


def _through(transform: ImageCms.ImageCmsTransform, image: Image.Image) -> Image.Image:
    out = transform.apply(image)
    out.info = {}  # Pillow notes the profile
    return out


def _grey_curve(
    press: ImageCms.ImageCmsProfile, from_screen: ImageCms.ImageCmsTransform
) -> list[int]:
    """Return what to write for every grey of sRGB: 255 less its black ink.

    Dot gain makes half the ink look like far more than half the black. So each grey
    gets the ink that looks as light as the profile would print it, the light of its
    greys being stretched to what black ink alone spans.
    """
    ramp = Image.frombytes("L", (_ALL + 1, 1), bytes(range(_ALL + 1)))
    none = Image.new("L", ramp.size)
    to_lab = ImageCms.buildTransform(
        press, ImageCms.createProfile("LAB"), "CMYK", "LAB", renderingIntent=_RELATIVE
    )

    def light(inks: Image.Image) -> _Floats:
        return _luminance(np.asarray(to_lab.apply(inks))[0, :, 0] * (100 / _ALL))

    greys = from_screen.apply(Image.merge("RGB", (ramp, ramp, ramp)))
    asked = np.maximum.accumulate(light(greys))
    printed = np.minimum.accumulate(
        light(Image.merge("CMYK", (none, none, none, ramp)))
    )
    share = (asked - asked[0]) / (asked[-1] - asked[0])
    wanted = printed[-1] + share * (printed[0] - printed[-1])
    # From the darkest on, as np.interp asks for rising values.
    ink = _evened(np.interp(wanted, printed[::-1], np.arange(_ALL, -1.0, -1)))
    return [int(value) for value in _ALL - np.round(ink)]


def _evened(curve: _Floats) -> _Floats:
    """Return a curve without the steps of 8 bits; its ends are all ink and none."""
    first = 2 * curve[0] - curve[_EVEN:0:-1]
    last = 2 * curve[-1] - curve[-2 : -2 - _EVEN : -1]
    width = 2 * _EVEN + 1
    whole = np.concatenate([first, curve, last])
    even = np.convolve(whole, np.full(width, 1 / width), mode="valid")
    even[0], even[-1] = _ALL, 0
    return np.clip(even, 0, _ALL)


def _luminance(lightness: _Floats) -> _Floats:
    """Return the luminance, 0 to 1, of CIE lightness 0 to 100 (ISO/CIE 11664-4)."""
    cube = ((lightness + 16) / 116) ** 3
    return np.where(lightness > _CIE_KNEE, cube, lightness / 903.3)
