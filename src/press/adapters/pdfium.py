"""PDFium: reads finished files back, and makes pictures of their pages."""

from __future__ import annotations

import contextlib
import ctypes
import io
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from press.model.errors import EngineError
from press.model.facts import PageFacts, TextLine
from press.model.script import runs_leftwards

POINTS = 72
#: How PNG is packed, from 0 to 9.
SMALL, QUICK = 6, 1
#: PDFium's marks for a hyphen that breaks a word.
BROKEN_WORD = str.maketrans({"\ufffe": "-", "\x02": "-"})
#: Letters and their marks may be of one line if their baselines are nearer, in ems.
SAME_LINE = 0.8
#: How a text string in UTF-16 begins.
UTF16 = b"\xfe\xff"
#: Room for the text of one object, in UTF-16 units: far more than a line has.
LONGEST = 1 << 14
#: A piece of text is of the same line as the one before if its baseline is nearer, in
#: ems, and it begins not farther than FAR from where that ends; and if the larger type
#: is not SAME_TYPE times the smaller (a drop cap stands alone).
NEAR = 0.5
FAR = 1.0
SAME_TYPE = 2.0


class PdfiumReader:
    """Reads PDF with an engine that had no part in making it."""

    def count(self, pdf: bytes) -> int:
        """Return how many pages a file has.

        Raises:
            EngineError: The file cannot be read.
        """
        with contextlib.closing(_open(pdf)) as document:
            return len(document)

    def read(
        self, pdf: bytes, pages: Sequence[int] | None = None
    ) -> Sequence[PageFacts]:
        """Return what stands on some pages, counted from 1, or on all.

        Raises:
            EngineError: The file cannot be read.
        """
        with contextlib.closing(_open(pdf)) as document:
            wanted = range(1, len(document) + 1) if pages is None else pages
            return [_facts(document, number - 1) for number in wanted]

    def picture(
        self, pdf: bytes, page: int, ppi: int, *, for_eyes: bool = True
    ) -> bytes:
        """Return one page, counted from 1, as a PNG; small, or quickly made."""
        with contextlib.closing(_open(pdf)) as document:
            image = document[page - 1].render(scale=ppi / POINTS).to_pil()
            out = io.BytesIO()
            packed = SMALL if for_eyes else QUICK
            image.convert("RGB").save(out, "PNG", compress_level=packed)
            return out.getvalue()


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
        lines = tuple(_lines(_pieces(page, text), height))
    finally:
        text.close()
        page.close()
    return PageFacts(number=index + 1, width=width, height=height, lines=lines)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one operator of the file draws: letters of one font on one line."""

    text: str
    left: float
    right: float
    baseline: float
    size: float


def _pieces(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> Iterator[_Piece]:
    """Yield the text of a page as it is drawn; text inside drawings is left out."""
    letters = (ctypes.c_ushort * LONGEST)()
    together: list[_Piece] = []
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        thing = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        words = _actual_text(thing)
        if words is not None:
            piece = _piece(thing, words)
            if together and not _said_together(together[0], piece):
                yield _whole(together)
                together = []
            together.append(piece)
            continue
        if together:
            yield _whole(together)
            together = []
        length = pdfium.FPDFTextObj_GetText(thing, text, letters, 2 * LONGEST)
        words = ctypes.string_at(letters, max(0, length - 2)).decode("utf-16-le")
        if words.strip():
            yield _piece(thing, words.translate(BROKEN_WORD))
    if together:
        yield _whole(together)


def _piece(thing: Any, words: str) -> _Piece:
    matrix, size = pdfium.FS_MATRIX(), ctypes.c_float()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetMatrix(thing, matrix)
    pdfium.FPDFTextObj_GetFontSize(thing, size)
    pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    return _Piece(
        text=words,
        left=matrix.e,
        right=right.value,
        baseline=matrix.f,
        size=size.value * math.hypot(matrix.c, matrix.d),
    )


def _said_together(one: _Piece, other: _Piece) -> bool:
    """Whether the file gives one text for both, joined letters of a line."""
    apart = abs(one.baseline - other.baseline)
    return one.text == other.text and apart < SAME_LINE * max(one.size, other.size)


def _whole(pieces: list[_Piece]) -> _Piece:
    """Return joined letters as one piece; marks above and below do not count."""
    widths: dict[float, float] = {}
    for piece in pieces:
        width = piece.right - piece.left
        widths[piece.baseline] = widths.get(piece.baseline, 0.0) + width
    return replace(
        pieces[0],
        left=min(piece.left for piece in pieces),
        right=max(piece.right for piece in pieces),
        baseline=max(widths, key=lambda baseline: widths[baseline]),
    )


def _actual_text(thing: Any) -> str | None:
    """Return the text that the file gives for what is drawn; None where it gives none."""
    marks = pdfium.FPDFPageObj_CountMarks(thing)
    if not marks:  # in a tagged file the first is its place in the tree
        return None
    mark = pdfium.FPDFPageObj_GetMark(thing, marks - 1)
    size, room = ctypes.c_ulong(), 2 * LONGEST
    found = (ctypes.c_ubyte * room)()
    if not pdfium.FPDFPageObjMark_GetParamBlobValue(
        mark, b"ActualText", found, room, size
    ):
        return None
    said = bytes(found[: size.value])
    if said.startswith(UTF16):
        return said.removeprefix(UTF16).decode("utf-16-be")
    return said.decode("latin-1")


def _lines(pieces: Iterable[_Piece], height: float) -> Iterator[TextLine]:
    """Yield lines in the order in which they are drawn.

    PDFium's own lines are not used: it joins words broken by a hyphen and guesses.
    """
    line: list[_Piece] = []
    for piece in pieces:
        if line and not _go_on(line, piece):
            yield _line(line, height)
            line = []
        line.append(piece)
    if line:
        yield _line(line, height)


def _go_on(line: list[_Piece], piece: _Piece) -> bool:
    """Whether a piece stands on the line of those before."""
    last = line[-1]
    larger = max(piece.size, line[0].size)
    near = any(abs(piece.baseline - own.baseline) < NEAR * larger for own in line)
    same_type = larger < SAME_TYPE * min(piece.size, line[0].size)
    gap = piece.left - last.right
    if runs_leftwards("".join(own.text for own in line)):
        gap = last.left - piece.right
    return near and same_type and -larger < gap < FAR * larger


def _line(pieces: list[_Piece], height: float) -> TextLine:
    """Return pieces as one line; its baseline is that of most of its letters."""
    baselines: Counter[float] = Counter()
    for piece in pieces:
        baselines[round(piece.baseline, 3)] += len(piece.text)
    return TextLine(
        text="".join(piece.text for piece in pieces),
        left=min(piece.left for piece in pieces),
        baseline=height - baselines.most_common(1)[0][0],
        size=pieces[0].size,
    )
