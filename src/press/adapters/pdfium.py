"""PDFium: reads finished files back, and makes pictures of their pages."""

from __future__ import annotations

import ctypes
import io
import math
from collections import Counter
from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from press.model.errors import EngineError
from press.model.facts import PageFacts, TextLine

POINTS = 72
#: PDFium's marks for a hyphen that breaks a word.
BROKEN_WORD = (0xFFFE, 0x02)
BREAKS = (0x0A, 0x0D)
#: A character is of the same line if its baseline is nearer, in ems, and its origin not
#: farther than FAR from the last one; and if the larger type is not SAME_TYPE times the
#: smaller (a drop cap stands alone).
NEAR = 0.5
FAR = 1.6
SAME_TYPE = 2.0


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
    """Yield the lines in the order in which they are drawn.

    PDFium's own lines are not used: it joins words broken by a hyphen and guesses.
    """
    line = _Line(0.0, 1.0)
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        character = pdfium.FPDFText_GetUnicode(text, index)
        if character in BREAKS or pdfium.FPDFText_IsGenerated(text, index) == 1:
            line.space()
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        size = pdfium.FPDFText_GetFontSize(text, index)
        if not line.goes_on(x.value, y.value, size):
            if line.text:
                yield line.done(height)
            line = _Line(size, _scale(text, index))
        letter = "-" if character in BROKEN_WORD else chr(character or 0xFFFD)
        line.add(letter, x.value, y.value)
    if line.text:
        yield line.done(height)


def _scale(text: pypdfium2.PdfTextPage, index: int) -> float:
    """Return how much larger a character stands on the page than its font size says."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    return math.hypot(matrix.c, matrix.d)


class _Line:
    """Characters that stand beside each other."""

    def __init__(self, size: float, scale: float) -> None:
        self.text = ""
        self.size = size
        self._scale = scale
        self._left = 0.0
        self._right = 0.0
        self._baselines: Counter[float] = Counter()
        self._spaced = False

    def goes_on(self, x: float, y: float, size: float) -> bool:
        """Whether a character at a place belongs to this line."""
        if not self.text:
            return False
        larger = max(size, self.size) * self._scale
        near = any(abs(y - own) < NEAR * larger for own in self._baselines)
        same_type = max(size, self.size) < SAME_TYPE * min(size, self.size)
        return near and same_type and -larger < x - self._right < FAR * larger

    def space(self) -> None:
        """Note a space that PDFium guessed."""
        self._spaced = bool(self.text)

    def add(self, letter: str, x: float, y: float) -> None:
        """Add a character with its origin."""
        if self._spaced and letter != " ":
            self.text += " "
        if not self.text:
            self._left = x
        self._spaced = False
        self.text += letter
        self._right = x
        self._baselines[round(y, 3)] += 1

    def done(self, height: float) -> TextLine:
        """Return the line; its baseline is that of most of its characters."""
        return TextLine(
            text=self.text,
            left=self._left,
            baseline=height - self._baselines.most_common(1)[0][0],
            size=self.size * self._scale,
        )
