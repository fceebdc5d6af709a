"""Advertisements that were bought: PDFs put in as they are.

Each becomes a form with its own content and resources. Nothing in it is converted or
written anew, not even overprint: that is for who made it, and preflight has looked.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from press.adapters.finishing.report import Report
from press.adapters.finishing.sheet import Page as SheetPage
from press.adapters.finishing.sheet import numbers
from press.model.press import PlacedAd
from press.model.printer import Edges

NAME = "/PressAd"


@dataclass(frozen=True, slots=True)
class _Form:
    """An advertisement as a form, and the middle of its trim in its own units."""

    form: Object
    across: float
    up: float


class Advertisements:
    """The advertisements of a press file; what stands in two places is there once."""

    def __init__(self, pdf: Pdf, placed: Sequence[PlacedAd]) -> None:
        """Take the file they are put into, and what is put where."""
        self._pdf, self._placed = pdf, placed
        self._forms: dict[str, _Form] = {}

    def see_through(self, page: int) -> bool:
        """Whether anything in those of a page is transparent."""
        return any(one.see_through for one in self._placed if one.page == page)

    def put(
        self, page: int, sheet: SheetPage, resources: Dictionary, report: Report
    ) -> bytes:
        """Add those of a page to its resources; return the content that shows them."""
        parts: list[bytes] = []
        for one in self._placed:
            if one.page != page:
                continue
            try:
                made = self._form(one)
            except (pikepdf.PdfError, ValueError, TypeError) as error:
                report.advertisement(one.advertiser, str(error))
                continue
            shown = resources.get("/XObject", Dictionary())
            name = f"{NAME}{len(parts)}"
            shown[name] = made.form
            resources.XObject = shown
            parts.append(_show(one, made, name, sheet))
        return b"".join(parts)

    def _form(self, one: PlacedAd) -> _Form:
        key = one.sha256
        if key not in self._forms:
            with Pdf.open(io.BytesIO(one.data)) as pdf:
                self._forms[key] = self._copied(pdf, pdf.pages[0])
        return self._forms[key]

    def _copied(self, pdf: Pdf, page: Page) -> _Form:
        own = page.as_form_xobject(handle_transformations=False)
        form = self._pdf.make_stream(
            own.read_bytes(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([float(edge) for edge in page.mediabox.as_list()]),
        )
        for key in ("/Resources", "/Group"):
            if key in own:
                form[key] = self._pdf.copy_foreign(pdf.make_indirect(own[key]))
        left, bottom, right, top = (float(edge) for edge in page.trimbox.as_list())
        return _Form(form, (left + right) / 2, (bottom + top) / 2)


def _show(one: PlacedAd, made: _Form, name: str, sheet: SheetPage) -> bytes:
    """Return what shows a form at its own size, cut at the edges of its place."""
    edges = sheet.printer.bleed if one.whole else Edges()
    left = sheet.left + one.left
    top = sheet.bottom + sheet.printer.height.pt - one.top
    clip = numbers(
        left - edges.left.pt,
        top - one.height - edges.bottom.pt,
        one.width + edges.left.pt + edges.right.pt,
        one.height + edges.top.pt + edges.bottom.pt,
    )
    moved = numbers(left + one.width / 2 - made.across, top - one.height / 2 - made.up)
    return f"q\n{clip} re\nW\nn\n1 0 0 1 {moved} cm\n{name} Do\nQ\n".encode()
