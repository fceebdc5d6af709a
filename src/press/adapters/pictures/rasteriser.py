"""Drawings turned into pixels, for mail programs, which show no SVG."""

from __future__ import annotations

import importlib
import io
from typing import IO

from press.adapters.pictures.fault import RefusedError
from press.model.finding import Severity

_HINT = "give the article a JPEG or PNG as well, or install resvg-py"


def rasterise(svg: bytes, *, width: int, lettered: bool) -> IO[bytes]:
    """Draw a safe drawing that many pixels wide; return a PNG file.

    Letters are set in the house's own typefaces, so that they look the same everywhere.

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
            svg_string=svg.decode(),
            width=width,
            skip_system_fonts=True,
            font_files=_fonts() if lettered else None,
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


def _fonts() -> list[str]:
    """Return the files of the house's typefaces."""
    packages = ("font_source_sans_pro", "font_source_serif_pro")
    return sorted(
        file
        for package in packages
        for file in importlib.import_module(package).font_files_ttf.values()
    )
