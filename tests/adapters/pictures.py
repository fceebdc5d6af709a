"""Pictures to prepare, and what is seen of them afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageStat

from press.model.article import Picture
from press.model.finding import Checked
from press.model.length import Length
from press.model.picture import PictureJob, PreparedPicture


def a_photograph(size: tuple[int, int] = (1500, 1000)) -> Image.Image:
    """Quarters of four colours with some grain: a picture that knows where its top is."""
    width, height = size
    image = Image.new("RGB", size, "red")
    draw = ImageDraw.Draw(image)
    draw.rectangle((width // 2, 0, width, height // 2), "green")
    draw.rectangle((0, height // 2, width // 2, height), "blue")
    draw.rectangle((width // 2, height // 2, width, height), "white")
    grain = Image.effect_noise(size, 30).convert("RGB")
    return Image.blend(image, grain, 0.2)


def a_profile_with_red_and_green_exchanged() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile.replace("sRGB".encode("utf-16-be"), "odd!".encode("utf-16-be"))
    return (
        profile.replace(b"rXYZ", b"tmp!", 1)
        .replace(b"gXYZ", b"rXYZ", 1)
        .replace(b"tmp!", b"gXYZ", 1)
    )


def a_job_of(
    picture: Picture, mm: tuple[float, float] = (60, 40), **changes: Any
) -> PictureJob:
    width, height = map(Length.of_mm, mm)
    return PictureJob(picture=picture, width=width, height=height, **changes)


def a_job(file: str, mm: tuple[float, float] = (105, 70), **picture: Any) -> PictureJob:
    return a_job_of(Picture(file=file, **picture), mm)


def seen(cache: Path, prepared: Checked[PreparedPicture]) -> Any:
    """The prepared file, as anybody's decoder sees it."""
    assert prepared.value is not None
    with Image.open(cache / prepared.value.name) as image:
        image.load()
        return image


def codes(checked: Checked[Any]) -> list[str]:
    return [found.code for found in checked.findings]


def alike(image: Image.Image, expected: Image.Image) -> float:
    """The mean difference of two pictures, 0 to 255."""
    difference = ImageChops.difference(image.convert("RGB"), expected.convert("RGB"))
    return max(ImageStat.Stat(difference).mean)
