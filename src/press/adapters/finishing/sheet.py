"""The sheet a page stands on: its boxes, the clip at the bleed, the marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf

from press.adapters.finishing.matrix import Matrix
from press.model.marks import Marks
from press.model.printer import Edges, Printer

ALL = "/PressAll"
#: A circle's share that a curve of Bézier pulls to.
PULL = 0.5523


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page stands on its sheet, in points; the sheet begins at 0, 0.

    Attributes:
        left: Left edge of the trim.
        bottom: Lower edge of the trim.
        printer: What the printer asks.
        room: What the sheet has around the trim.
    """

    left: float
    bottom: float
    printer: Printer
    room: Edges

    @property
    def media(self) -> Array:
        """The sheet."""
        return self._box(self.room)

    @property
    def bleed(self) -> Array:
        """As far as ink runs."""
        return self._box(self.printer.bleed)

    @property
    def trim(self) -> Array:
        """The page as it is cut."""
        return self._box(Edges())

    def shift(self, left: float, bottom: float) -> Matrix:
        """Return how a bound page, whose trim begins there, moves onto the sheet."""
        return Matrix(e=self.left - left, f=self.bottom - bottom)

    def write(
        self, content: bytes, shift: Matrix, marks: Marks | None, adverts: bytes = b""
    ) -> bytes:
        """Return the whole content of a sheet: the page clipped to its bleed, marks.

        `adverts` shows the advertisements, in the sheet's own units.
        """
        left, bottom, right, top = (float(edge) for edge in self.bleed)
        box = numbers(left, bottom, right - left, top - bottom)
        moved = f"1 0 0 1 {numbers(shift.e, shift.f)} cm\n" if any(shift[4:]) else ""
        drawn = f"q\n{box} re\nW\nn\n{moved}".encode() + content + b"\nQ\n"
        drawn += adverts
        if marks is None:
            return drawn
        return drawn + "\n".join(_draw(marks, self.left, self.bottom)).encode()

    def _box(self, edges: Edges) -> Array:
        right = self.left + self.printer.width.pt + edges.right.pt
        top = self.bottom + self.printer.height.pt + edges.top.pt
        left, bottom = self.left - edges.left.pt, self.bottom - edges.bottom.pt
        return Array([round(edge, 4) + 0.0 for edge in (left, bottom, right, top)])


def place(printer: Printer, marks: Marks | None) -> Page:
    """Return where a page stands on its sheet."""
    room = printer.bleed if marks is None else marks.room
    return Page(room.left.pt, room.bottom.pt, printer, room)


def every_ink(pdf: Pdf) -> Object:
    """Return the colour space All: what is drawn in it shows on every plate."""
    tint = Dictionary(
        FunctionType=2,
        Domain=Array([0, 1]),
        C0=Array([0, 0, 0, 0]),
        C1=Array([1, 1, 1, 1]),
        N=1,
    )
    return pdf.make_indirect(
        Array([Name.Separation, Name.All, Name.DeviceCMYK, pdf.make_indirect(tint)])
    )


def _draw(marks: Marks, left: float, bottom: float) -> Iterator[str]:
    """Yield the marks, each painted by itself, so that none reaches over the page."""
    yield f"q\n{numbers(marks.weight)} w\n{ALL} CS\n1 SCN"
    for line in marks.strokes:
        start = numbers(left + line.x0, bottom + line.y0)
        yield f"{start} m\n{numbers(left + line.x1, bottom + line.y1)} l\nS"
    for ring in marks.rings:
        yield from _circle(left + ring.x, bottom + ring.y, ring.radius)
        yield "S"
    yield "Q"


def _circle(x: float, y: float, radius: float) -> Iterator[str]:
    yield f"{numbers(x + radius, y)} m"
    for sin, cos in ((0, 1), (1, 0), (0, -1), (-1, 0)):
        points = ((1, PULL), (PULL, 1), (0, 1))
        turned = [(cos * a - sin * b, sin * a + cos * b) for a, b in points]
        at = [(x + radius * a, y + radius * b) for a, b in turned]
        yield f"{numbers(*(value for point in at for value in point))} c"


def numbers(*values: float) -> str:
    """Return numbers as content has them."""
    return " ".join(
        f"{round(value, 4) + 0.0:.4f}".rstrip("0").rstrip(".") for value in values
    )
