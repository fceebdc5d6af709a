"""PDFium: reads finished files back, and makes pictures of their pages."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from press.model.errors import EngineError
from press.model.facts import PageFacts, TextLine

POINTS = 72


class PdfiumReader:
    """Reads PDF with an engine that had no part in making it."""

    def read(self, pdf: bytes) -> Sequence[PageFacts]:
        """Return what stands on every page.

        Raises:
            EngineError: The file cannot be read.
        """
        document = _open(pdf)
        try:
            return [_facts(document, index) for index in range(len(document))]
        finally:
            document.close()

    def picture(self, pdf: bytes, page: int, ppi: int) -> bytes:
        """Return one page, counted from 1, as a PNG."""
        document = _open(pdf)
        try:
            image = document[page - 1].render(scale=ppi / POINTS).to_pil()
            out = io.BytesIO()
            image.convert("RGB").save(out, "PNG", optimize=False)
            return out.getvalue()
        finally:
            document.close()


def _open(pdf: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise EngineError(f"the finished file cannot be read back: {error}") from error


def _facts(document: pypdfium2.PdfDocument, index: int) -> PageFacts:
    page = document[index]
    text = page.get_textpage()
    width, height = page.get_size()
    try:
        lines = tuple(_lines(text, height))
    finally:
        text.close()
        page.close()
    return PageFacts(number=index + 1, width=width, height=height, lines=lines)


def _lines(text: pypdfium2.PdfTextPage, height: float) -> Iterator[TextLine]:
    count = text.count_chars()
    if not count:
        return
    whole = _characters(text, count)
    start = 0
    x, y = ctypes.c_double(), ctypes.c_double()
    for stop in range(count + 1):
        if stop < count and whole[stop] not in "\r\n":
            continue
        if stop > start:
            pdfium.FPDFText_GetCharOrigin(text, start, x, y)
            yield TextLine(
                text=whole[start:stop],
                left=x.value,
                baseline=height - y.value,
                size=pdfium.FPDFText_GetFontSize(text, start),
            )
        start = stop + 1


def _characters(text: pypdfium2.PdfTextPage, count: int) -> str:
    """Return every character in its place, so that offsets are those of PDFium."""
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    written = pdfium.FPDFText_GetText(text, 0, count, buffer)
    raw = bytes(buffer)[: 2 * max(0, written - 1)]
    found = raw.decode("utf-16-le", errors="replace")
    if len(found) == count:
        return found
    # characters beyond the basic plane, or left out: ask for each
    return "".join(
        chr(pdfium.FPDFText_GetUnicode(text, i) or 0xFFFD) for i in range(count)
    )
