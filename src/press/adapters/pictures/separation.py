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
_SRGB_KNEE = 0.04045
_CIE_KNEE = 8


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

        Without a source profile RGB is taken as sRGB, and CMYK as the press's own.
        """
        if source is None:
            if image.mode == "CMYK":
                return image
            return _through(self._screen_to_press(), image)
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
        with self._lock:
            if not self._curve:
                self._curve = _grey_curve(self._opened())
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


def _grey_curve(press: ImageCms.ImageCmsProfile) -> list[int]:
    """Return the grey to write for every grey of sRGB, as 255 less the black ink.

    Dot gain makes half the ink look like far more than half the black. So the ink of
    each grey is the one whose luminance is as far between paper and full black, with
    black point compensation: Y(k) = Y(black) + (1 − Y(black)) · Y(grey).
    """
    blacks = np.zeros((1, _ALL + 1, 4), np.uint8)
    blacks[..., 3] = np.arange(_ALL + 1)
    patches = Image.frombytes("CMYK", (_ALL + 1, 1), blacks.tobytes())
    transform = ImageCms.buildTransform(
        press, ImageCms.createProfile("LAB"), "CMYK", "LAB", renderingIntent=_RELATIVE
    )
    lightness = np.asarray(transform.apply(patches))[0, :, 0] * (100 / _ALL)
    printed = _luminance(np.minimum.accumulate(lightness.astype(np.float64)))
    printed /= printed[0]
    grey = np.arange(_ALL + 1) / _ALL
    curved = ((grey + 0.055) / 1.055) ** 2.4  # IEC 61966-2-1
    linear = np.where(grey <= _SRGB_KNEE, grey / 12.92, curved)
    wanted = printed[-1] + (1 - printed[-1]) * linear
    # From the darkest on, as np.interp asks for rising values.
    ink = np.interp(wanted, printed[::-1], np.arange(_ALL, -1, -1))
    ink[0], ink[-1] = _ALL, 0
    return [int(value) for value in _ALL - np.round(ink)]


def _luminance(lightness: _Floats) -> _Floats:
    """Return the luminance, 0 to 1, of CIE lightness 0 to 100 (ISO/CIE 11664-4)."""
    cube = ((lightness + 16) / 116) ** 3
    return np.where(lightness > _CIE_KNEE, cube, lightness / 903.3)
