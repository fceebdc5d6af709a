"""Reads the plates of a press file, page by page."""

from __future__ import annotations

import contextlib
import io
import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name

from press.adapters.plates.fine import fine_black
from press.adapters.plates.measure import PER_MM, Exposure, measure
from press.adapters.plates.separate import Separator
from press.adapters.plates.sight import draw_heat, draw_page
from press.model.errors import EngineError
from press.model.length import PT_PER_MM
from press.model.plates import PlateFacts
from press.model.printer import Printer

#: Pixels a point.
SCALE = PER_MM / PT_PER_MM
FULL = 255
#: Pages that are rewritten together: what they share is written once.
TOGETHER = 4
#: Millimetres around the trim that are always seen.
LEAST_MARGIN = 2
#: A page is not looked at farther out, whatever its boxes say.
MOST_MARGIN = 40
Box = tuple[float, float, float, float]


class PdfiumPlates:
    """Renders plates with PDFium: coloured plates as RGB, the black one as grey.

    Colours are exact; edges are smooth, so that a pixel at an edge has less ink than
    what it is the edge of, never more.
    """

    def read(
        self, pdf: bytes, printer: Printer, pages: Sequence[int] | None = None
    ) -> Sequence[PlateFacts]:
        """Return what some pages, counted from 1, or all of them print.

        Raises:
            EngineError: The file cannot be read.
        """
        if pages is None:
            with _open(pdf) as document:
                pages = range(1, len(document.pages) + 1)
        groups = [
            pages[first : first + TOGETHER] for first in range(0, len(pages), TOGETHER)
        ]
        return [
            _blame(pdf, one, printer) for group in groups for one in expose(pdf, group)
        ]


def look(exposure: Exposure, printer: Printer) -> PlateFacts:
    """Return all that is to be known of a page's plates."""
    facts = measure(exposure, printer)
    start = exposure.margin * PER_MM
    across, down = (round(size * PER_MM) for size in (facts.width, facts.height))
    trimmed = exposure.inks[:, start : start + down, start : start + across]
    return replace(
        facts,
        thumbnail=draw_page(trimmed),
        heat_picture=draw_heat(facts.heat, printer.ink.point),
    )


def _blame(pdf: bytes, exposure: Exposure, printer: Printer) -> PlateFacts:
    """Look at a page; one with too much ink once more, without overprinting."""
    facts = look(exposure, printer)
    if not facts.peak.over:
        return facts
    (knocked_out,) = expose(pdf, [exposure.page], overprint=False)
    fine = fine_black(exposure, knocked_out, printer)
    return replace(facts, peak=replace(facts.peak, fine=fine))


def expose(
    pdf: bytes, pages: Sequence[int], *, overprint: bool = True
) -> list[Exposure]:
    """Render the plates of some pages, counted from 1, as printed or knocked out.

    Raises:
        EngineError: The file cannot be read.
    """
    with _open(pdf) as document:
        try:
            separator = Separator(document, SCALE, overprint=overprint)
            leaves = [document.pages[number - 1] for number in pages]
            made = [separator.page(leaf) for leaf in leaves]
            separator.pictures.make()
            boxes = [_boxes(leaf) for leaf in leaves]
            copy = _write(document, made, boxes)
        except (pikepdf.PdfError, ValueError, TypeError, KeyError) as error:
            raise EngineError(f"the plates cannot be made: {error}") from error
    return _render(copy, pages, boxes)


def _open(pdf: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(pdf))
    except pikepdf.PdfError as error:
        raise EngineError(f"the finished file cannot be read back: {error}") from error


def _boxes(leaf: pikepdf.Page) -> tuple[Box, int]:
    """Return the trim of a page, and the millimetres to be seen around it."""
    media, trim = _box(leaf.mediabox), _box(leaf.trimbox)
    out = max(
        trim[0] - media[0], trim[1] - media[1], media[2] - trim[2], media[3] - trim[3]
    )
    margin = math.ceil(out / PT_PER_MM - 0.01)
    return trim, min(max(margin, LEAST_MARGIN), MOST_MARGIN)


def _box(values: Any) -> Box:
    left, bottom, right, top = (float(value) for value in values)
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)


def _write(
    document: pikepdf.Pdf,
    made: Sequence[tuple[Dictionary, Dictionary]],
    boxes: Sequence[tuple[Box, int]],
) -> bytes:
    """Return a file of the rewritten pages only, two for each."""
    kids = Array()
    for pair, (trim, margin) in zip(made, boxes, strict=True):
        left = trim[0] - margin * PT_PER_MM
        top = trim[3] + margin * PT_PER_MM
        width, height = (
            (math.ceil((far - near) / PT_PER_MM - 0.01) + 2 * margin) * PT_PER_MM
            for near, far in ((trim[0], trim[2]), (trim[1], trim[3]))
        )
        for page in pair:
            page.MediaBox = Array([left, top - height, left + width, top])
            kids.append(document.make_indirect(page))
    tree = document.make_indirect(
        Dictionary(Type=Name.Pages, Kids=kids, Count=len(kids))
    )
    for kid in kids:
        kid.Parent = tree
    for key in set(document.Root.keys()) - {"/Type"}:
        del document.Root[key]
    document.Root.Pages = tree
    out = io.BytesIO()
    document.save(
        out,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    return out.getvalue()


def _render(
    copy: bytes, pages: Sequence[int], boxes: Sequence[tuple[Box, int]]
) -> list[Exposure]:
    try:
        document = pypdfium2.PdfDocument(copy)
    except pypdfium2.PdfiumError as error:
        raise EngineError(f"the plates cannot be rendered: {error}") from error
    made = []
    with contextlib.closing(document):
        for at, (number, (trim, margin)) in enumerate(zip(pages, boxes, strict=True)):
            colour = _bitmap(document[2 * at], grey=False)
            black = _bitmap(document[2 * at + 1], grey=True)
            inks = np.empty((4, *black.shape[:2]), np.uint8)
            for plate in range(3):
                np.subtract(FULL, colour[..., plate], out=inks[plate])
            np.subtract(FULL, black[..., 0], out=inks[3])
            made.append(
                Exposure(
                    page=number,
                    width=round((trim[2] - trim[0]) / PT_PER_MM, 3),
                    height=round((trim[3] - trim[1]) / PT_PER_MM, 3),
                    margin=margin,
                    inks=inks,
                )
            )
    return made


def _bitmap(page: pypdfium2.PdfPage, *, grey: bool) -> NDArray[np.uint8]:
    bitmap = page.render(scale=SCALE, grayscale=grey, rev_byteorder=not grey)
    pixels: NDArray[np.uint8] = bitmap.to_numpy()
    page.close()
    return pixels.reshape(*pixels.shape[:2], -1)
