"""littlecms: opens an ICC profile, and tries it."""

from __future__ import annotations

import io

from PIL import Image, ImageCms


def description(data: bytes) -> str | None:
    """Return what a profile calls itself; None where it cannot be opened."""
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(data))
        return ImageCms.getProfileDescription(opened)
    except (OSError, ImageCms.PyCMSError):
        return None


def works(data: bytes) -> bool:
    """Whether colours can be converted to a profile's inks and back."""
    opened = ImageCms.ImageCmsProfile(io.BytesIO(data))
    screen = ImageCms.createProfile("sRGB")
    try:
        ink = ImageCms.buildTransform(screen, opened, "RGB", "CMYK")
        back = ImageCms.buildTransform(opened, screen, "CMYK", "RGB")
        grey = Image.new("RGB", (1, 1), (128, 128, 128))
        ImageCms.applyTransform(ImageCms.applyTransform(grey, ink) or grey, back)
    except (OSError, ValueError, ImageCms.PyCMSError):
        return False
    return True
