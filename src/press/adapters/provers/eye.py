"""PDFium: a second pair of eyes on pages that Ghostscript drew."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray
from pikepdf import Dictionary, Name

from press.adapters.provers.plates import FULL, Inks

#: A page as height × width × red, green, blue; 255 is white paper.
Pixels = NDArray[np.uint8]
#: Steps of each ink between which colours are not told apart: 3 % of ink.
STEPS = 32
POINTS = 72
VERSION = str(pypdfium2.PDFIUM_INFO).partition("@")[0]


class EyeError(Exception):
    """PDFium cannot draw a page."""


class Eye:
    """Draws the pages of a file, and shows what inks look like to it."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._document: pypdfium2.PdfDocument | None = None

    def __enter__(self) -> Self:
        """Return itself; the file is opened when the first page is drawn."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        if self._document is not None:
            self._document.close()

    def draw(self, number: int, ppi: int) -> Pixels:
        """Return a page, counted from 1, as far as its BleedBox.

        Raises:
            EyeError: The file cannot be read, or the page cannot be drawn.
        """
        try:
            if self._document is None:
                self._document = pypdfium2.PdfDocument(self._file)
            page = self._document[number - 1]
            page.set_cropbox(*page.get_bleedbox())
            page.close()
            # Only a page that is opened anew is drawn as far as its new box.
            page = self._document[number - 1]
            pixels: Pixels = page.render(
                scale=ppi / POINTS, rev_byteorder=True
            ).to_numpy()[..., :3]
            page.close()
        except (pypdfium2.PdfiumError, IndexError, ValueError) as error:
            raise EyeError(" ".join(str(error).split())) from error
        return pixels


def as_seen(inks: Inks) -> Pixels:
    """Return plates in the colours that PDFium shows for their inks."""
    steps = (inks.astype(np.uint16) * STEPS + FULL // 2) // FULL
    index = np.zeros(steps.shape[:2], np.int32)
    for plate in range(steps.shape[2]):
        index *= STEPS + 1
        index += steps[..., plate]
    return _colours()[index]


@cache
def _colours() -> Pixels:
    """Return every step of the four inks as PDFium draws it.

    They are the pixels of one CMYK picture that PDFium draws one to one.
    """
    each = np.rint(np.linspace(0, FULL, STEPS + 1)).astype(np.uint8)
    inks = np.stack(np.meshgrid(each, each, each, each, indexing="ij"), axis=-1)
    side = (STEPS + 1) ** 2
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(side, side))
    picture = pikepdf.Stream(
        pdf,
        inks.tobytes(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=side,
        Height=side,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceCMYK,
    )
    page.Resources = Dictionary(XObject=Dictionary(Inks=pdf.make_indirect(picture)))
    page.Contents = pdf.make_stream(b"%d 0 0 %d 0 0 cm /Inks Do" % (side, side))
    out = io.BytesIO()
    pdf.save(out)
    document = pypdfium2.PdfDocument(out.getvalue())
    drawn = document[0].render(scale=1, rev_byteorder=True).to_numpy()[..., :3]
    colours: Pixels = drawn.reshape(-1, 3).copy()
    document.close()
    return colours
