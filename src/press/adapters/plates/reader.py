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
from press.adapters.plates.spot import PER_MM as SPOT_PER_MM
from press.adapters.plates.spot import Box, box_around, measure_spot
from press.model.errors import EngineError
from press.model.finding import Area
from press.model.length import PT_PER_MM
from press.model.plates import PlateFacts, SpotFacts
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
#: Sides of a page in millimetres, and its area: no press prints less or more, and
#: a page that says so would take any memory.
SHORTEST, LONGEST, LARGEST = 2, 3000, 1_500_000
#: What is raised where a file holds something other than it should.
DAMAGE = (
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


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

    def spots(self, pdf: bytes, page: int, areas: Sequence[Area]) -> list[SpotFacts]:
        """Return what is printed in parts of a page, counted from 1, seen closely.

        Raises:
            EngineError: The file cannot be read.
        """
        scale = SPOT_PER_MM / PT_PER_MM
        with _open(pdf) as document:
            try:
                leaf = document.pages[page - 1]
                separator = Separator(document, scale)
                pair = separator.page(leaf)
                separator.pictures.make()
                trim, _ = _boxes(leaf)
                boxes = [(box_around(area, trim), 0) for area in areas]
                copies = [
                    (
                        Dictionary(dict(pair[0].items())),
                        Dictionary(dict(pair[1].items())),
                    )
                    for _ in areas
                ]
                copy = _write(document, copies, boxes)
            except DAMAGE as error:
                raise EngineError(f"the plates cannot be made: {error}") from error
        seen = _render(copy, [page] * len(areas), boxes, scale)
        return [
            measure_spot(one.inks, area, box, trim)
            for one, area, (box, _) in zip(seen, areas, boxes, strict=True)
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
        except DAMAGE as error:
            raise EngineError(f"the plates cannot be made: {error}") from error
    return _render(copy, pages, boxes, SCALE)


def _open(pdf: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(pdf), suppress_warnings=True)
    except pikepdf.PdfError as error:
        raise EngineError(f"the finished file cannot be read back: {error}") from error


def _boxes(leaf: pikepdf.Page) -> tuple[Box, int]:
    """Return the trim of a page, and the millimetres to be seen around it."""
    media, trim = _box(leaf.mediabox), _box(leaf.trimbox)
    out = max(
        trim[0] - media[0], trim[1] - media[1], media[2] - trim[2], media[3] - trim[3]
    )
    sides = [(trim[2] - trim[0]) / PT_PER_MM, (trim[3] - trim[1]) / PT_PER_MM]
    if min(sides) < SHORTEST or max(sides) > LONGEST or math.prod(sides) > LARGEST:
        raise ValueError("no press prints a page of that size")
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
    copy: bytes,
    pages: Sequence[int],
    boxes: Sequence[tuple[Box, int]],
    scale: float,
) -> list[Exposure]:
    try:
        document = pypdfium2.PdfDocument(copy)
    except pypdfium2.PdfiumError as error:
        raise EngineError(f"the plates cannot be rendered: {error}") from error
    made = []
    with contextlib.closing(document):
        for at, (number, (trim, margin)) in enumerate(zip(pages, boxes, strict=True)):
            try:
                colour = _bitmap(document[2 * at], scale, grey=False)
                black = _bitmap(document[2 * at + 1], scale, grey=True)
            except (pypdfium2.PdfiumError, ValueError) as error:
                raise EngineError(f"page {number} is not drawn: {error}") from error
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


def _bitmap(page: pypdfium2.PdfPage, scale: float, *, grey: bool) -> NDArray[np.uint8]:
    bitmap = page.render(scale=scale, grayscale=grey, rev_byteorder=not grey)
    pixels: NDArray[np.uint8] = bitmap.to_numpy()
    page.close()
    return pixels.reshape(*pixels.shape[:2], -1)
