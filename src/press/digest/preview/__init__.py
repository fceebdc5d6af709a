"""Looking at the digest: how readers see it, side by side."""

from press.digest.preview.outlook import check_outlook
from press.digest.preview.page import Preview, Variant, preview_page
from press.digest.preview.view import (
    View,
    dark,
    light,
    outlook,
    views,
    with_pictures,
    without_images,
)

__all__ = [
    "Preview",
    "Variant",
    "View",
    "check_outlook",
    "dark",
    "light",
    "outlook",
    "preview_page",
    "views",
    "with_pictures",
    "without_images",
]
