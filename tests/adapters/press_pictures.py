"""A press to make pictures for, and what is found in its files."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageCms

from press.model.finding import Checked
from press.model.length import Length
from press.model.picture import PreparedPicture
from press.model.press import Profile
from press.model.printer import InkLimit, PressProfile, Printer, Smallest

PROFILE = (
    Path(__file__).parents[2] / "src/press/adapters/icc/profiles/press-newsprint.icc"
)
LIMIT = 220.0
_SMALLEST = Smallest(
    positive=Length.of_pt(6), reversed=Length.of_pt(8), several=Length.of_pt(10)
)


def a_printer(limit: float = LIMIT, **changes: Any) -> Printer:
    return Printer(
        width=Length.of_mm(289),
        height=Length.of_mm(380),
        type_width=Length.of_mm(259),
        type_height=Length.of_mm(350),
        profile=PressProfile(name="newsprint", condition="newsprint"),
        ink=InkLimit(point=limit),
        type=_SMALLEST,
        lines=_SMALLEST,
        **changes,
    )


def a_press_profile() -> Profile:
    data = PROFILE.read_bytes()
    return Profile(
        data=data,
        description="newsprint",
        version=2.4,
        condition="newsprint",
        sha256=hashlib.sha256(data).hexdigest(),
    )


def printed(cache: Path, prepared: Checked[PreparedPicture]) -> Any:
    """The press's file, as anybody's decoder sees it."""
    assert prepared.value is not None
    with Image.open(cache / prepared.value.press) as image:
        image.load()
        return image


def on_screen(cache: Path, prepared: Checked[PreparedPicture]) -> Any:
    assert prepared.value is not None
    with Image.open(cache / prepared.value.screen) as image:
        image.load()
        return image


def inks(image: Any) -> npt.NDArray[np.float64]:
    """Per cent of C, M, Y, K of each pixel."""
    assert image.mode == "CMYK"
    return np.asarray(image).astype(np.float64) / 2.55


def most_ink(image: Any) -> float:
    return round(float(inks(image).sum(-1).max()), 2)


def shown_by_the_press(image: Image.Image) -> Any:
    """What the press's paper shows, on a screen, with the paper as its white."""
    if image.mode == "L":  # printed in black ink
        none = Image.new("L", image.size)
        image = Image.merge("CMYK", (none, none, none, ImageChops.invert(image)))
    transform = ImageCms.buildTransform(
        str(PROFILE),
        ImageCms.createProfile("sRGB"),
        "CMYK",
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    return transform.apply(image)
