"""Bound pages made ready for the press: PDF/X-1a:2003 or PDF/X-4."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from pikepdf import Dictionary, Name, Object, Pdf, Stream

from press.adapters.finishing import sheet
from press.adapters.finishing.advertisement import Advertisements
from press.adapters.finishing.colour import InkTable
from press.adapters.finishing.label import label
from press.adapters.finishing.names import Rules
from press.adapters.finishing.report import Report
from press.adapters.finishing.state import State
from press.adapters.finishing.tree import Shelf, Works
from press.model.errors import EngineError
from press.model.finding import Checked, Finding, ready
from press.model.length import PT_PER_MM, Length
from press.model.marks import Marks
from press.model.press import PressJob
from press.model.printer import Printer, Standard
from press.ports import Inks

#: What the catalogue keeps; tags, outline, forms, names and layers go.
ROOT = {"/Type", "/Pages", "/Lang"}
#: How far a page may be off the printer's size.
SLACK = Length.of_mm(0.1)


class PikepdfFinisher:
    """Makes press files with pikepdf."""

    def __init__(self, inks: Inks, marks: Callable[[Printer, str], Marks]) -> None:
        """Take what turns colours into ink, and what places the marks of a page."""
        self._inks, self._marks = inks, marks

    def finish(self, bound: bytes, job: PressJob) -> Checked[bytes]:
        """Return the press file: inks only, boxes, marks, PDF/X.

        What cannot be printed is a finding (`press.*`) with its page.

        Raises:
            EngineError: The bound file cannot be read.
        """
        try:
            with Pdf.open(io.BytesIO(bound)) as pdf:
                return self._finish(pdf, bound, job)
        except pikepdf.PdfError as error:
            raise EngineError(f"the bound file cannot be read: {error}") from error

    def _finish(self, pdf: Pdf, bound: bytes, job: PressJob) -> Checked[bytes]:
        table = InkTable(self._inks, job.printer.ink.point)
        works = Works(pdf, job, Rules(job.printer, table))
        adverts = Advertisements(pdf, job.advertisements)
        every_ink = sheet.every_ink(pdf) if job.printer.marks else None
        findings: list[Finding] = []
        for number, page in enumerate(pdf.pages, 1):
            marks = None
            if every_ink is not None:
                slug = " - ".join(filter(None, (job.slug, f"page {number}")))
                marks = self._marks(job.printer, slug)
            findings += _finish_page(works, adverts, number, page.obj, marks, every_ink)
        if not ready(findings):
            return Checked(value=None, findings=tuple(findings))
        for key in set(pdf.Root.keys()) - ROOT:
            del pdf.Root[key]
        label(pdf, job, bound)
        return Checked(value=_save(pdf, job.printer.standard), findings=tuple(findings))


def _finish_page(
    works: Works,
    adverts: Advertisements,
    number: int,
    leaf: Object,
    marks: Marks | None,
    every_ink: Object | None,
) -> list[Finding]:
    """Make a page ready in its place; return what is wrong with it."""
    job = works.job
    left, bottom, right, top = (
        float(edge) for edge in leaf.get("/TrimBox", leaf.MediaBox)
    )
    report = Report(page=number, left=left, top=top)
    _measure(report, job, right - left, top - bottom)
    page = sheet.place(job.printer, marks)
    shift = page.shift(left, bottom)
    shelf = Shelf(works, leaf.get("/Resources", Dictionary()), report, shift=shift)
    made = works.rewrite(_content(leaf), shelf, State())
    if marks is not None and every_ink is not None:
        made.resources.ColorSpace = made.resources.get("/ColorSpace", Dictionary())
        made.resources.ColorSpace[sheet.ALL] = every_ink
    put_in = adverts.put(number, page, made.resources, report)
    see_through = made.see_through or adverts.see_through(number)
    content = page.write(made.content, shift, marks, put_in)
    _dress(works, leaf, page, made.resources, content)
    if see_through and not works.rules.opaque:
        leaf.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
    return report.findings


def _measure(report: Report, job: PressJob, width: float, height: float) -> None:
    printer = job.printer
    wanted = (printer.width.pt, printer.height.pt)
    off = max(abs(width - wanted[0]), abs(height - wanted[1]))
    if off > SLACK.pt:
        report.page_box(
            f"the page is {width / PT_PER_MM:.1f} × {height / PT_PER_MM:.1f} mm, the "
            f"printer's {printer.width.mm:.1f} × {printer.height.mm:.1f} mm",
            "Give the layout the printer's trim size.",
        )
    bleed = printer.bleed.most
    if bleed.pt > job.drawn_bleed + SLACK.pt:
        report.page_box(
            f"the page is drawn with {job.drawn_bleed / PT_PER_MM:.1f} mm of bleed, the "
            f"printer asks for {bleed.mm:.1f} mm",
            "Draw the pages with the bleed of the printer's largest edge.",
        )


def _content(leaf: Object) -> bytes:
    """Return a page's content, its parts joined."""
    content = leaf.get("/Contents")
    if content is None:
        return b""
    parts = [content] if isinstance(content, Stream) else list(content.as_list())
    return b"\n".join(part.read_bytes() for part in parts)


def _dress(
    works: Works,
    leaf: Object,
    page: sheet.Page,
    resources: Dictionary,
    content: bytes,
) -> None:
    """Give a page its content, resources and boxes, and nothing else."""
    for key in set(leaf.keys()) - {"/Type", "/Parent"}:
        del leaf[key]
    leaf.MediaBox, leaf.BleedBox, leaf.TrimBox = page.media, page.bleed, page.trim
    leaf.Resources = resources
    leaf.Contents = works.pdf.make_stream(content)


def _save(pdf: Pdf, standard: Standard) -> bytes:
    out = io.BytesIO()
    old = standard is Standard.X1A
    modes = pikepdf.ObjectStreamMode
    pdf.save(
        out,
        force_version=standard.pdf_version,
        object_stream_mode=modes.disable if old else modes.generate,
        compress_streams=True,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return out.getvalue()
