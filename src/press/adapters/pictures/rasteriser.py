"""Drawings turned into pixels, for mail programs, which show no SVG."""

from __future__ import annotations

import importlib
import io
import re
from functools import partial
from typing import IO

from PIL import ImageFont

from press.adapters.pictures.fault import RefusedError
from press.adapters.pictures.order import Lettering
from press.model.finding import Severity

_HINT = "give the article a JPEG or PNG as well, or install resvg-py"


_FAMILY = re.compile(r"(font-family\s*[:=]\s*[\"']?)([^\"';>]*)")


def rasterise(svg: bytes, *, width: int, lettering: Lettering | None) -> IO[bytes]:
    """Draw a safe drawing that many pixels wide; return a PNG file.

    Letters are set in the house's own typefaces, so that they look the same everywhere.
    A drawing may ask for them by the layout's names.

    Args:
        svg: The drawing.
        width: In pixels.
        lettering: The layout's typefaces; None for a drawing without letters.

    Raises:
        RefusedError: No rasteriser is installed, or it cannot draw this.
    """
    try:
        resvg = importlib.import_module("resvg_py")
    except ModuleNotFoundError as missing:
        raise RefusedError(
            "picture.mail-format",
            "is a drawing (SVG), which mail programs do not show; left out of the mail",
            hint=_HINT,
            severity=Severity.WARNING,
        ) from missing
    try:
        png = resvg.svg_to_bytes(
            svg_string=_by_their_own_names(svg.decode(), lettering or ()),
            width=width,
            skip_system_fonts=True,
            font_files=None if lettering is None else _fonts(lettering),
            font_family="Source Sans Pro",
            sans_serif_family="Source Sans Pro",
            serif_family="Source Serif Pro",
        )
    except ValueError as error:
        raise RefusedError(
            "picture.mail-format",
            f"cannot be drawn for the mail ({error}); left out of it",
            hint=_HINT,
            severity=Severity.WARNING,
        ) from error
    return io.BytesIO(png)


def _fonts(lettering: Lettering) -> list[str]:
    """Return the files of the house's typefaces and of the layout's."""
    packages = ("font_source_sans_pro", "font_source_serif_pro")
    own = {
        file
        for package in packages
        for file in importlib.import_module(package).font_files_ttf.values()
    }
    return sorted(own | {file for _, file in lettering})


def _by_their_own_names(svg: str, lettering: Lettering) -> str:
    """Ask for typefaces by the names that their files give them."""
    for family, file in lettering:
        own = ImageFont.truetype(file).getname()[0] or family
        svg = _FAMILY.sub(partial(_renamed, family, own), svg)
    return svg


def _renamed(family: str, own: str, asked: re.Match[str]) -> str:
    return asked[1] + asked[2].replace(family, own)
