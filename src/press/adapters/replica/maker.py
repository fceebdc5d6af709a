"""From bound pages to the readers' file, step by step."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Name, Pdf

from press.adapters.replica.advertisement import Advertisements
from press.adapters.replica.colour import Screen
from press.adapters.replica.describe import describe
from press.adapters.replica.link import Links
from press.adapters.replica.outline import write_outline
from press.adapters.replica.picture import Pictures
from press.adapters.replica.thread import write_threads
from press.model.finding import Checked, Finding
from press.model.press import ReplicaJob
from press.ports import SoftProof


class PikepdfReplica:
    """Makes bound pages ready for readers."""

    def __init__(self, inks: SoftProof) -> None:
        """Take what turns inks that are not in a palette into colours of screens."""
        self._inks = inks

    def make(self, bound: bytes, job: ReplicaJob) -> Checked[bytes]:
        """Return the readers' file: RGB, tagged (PDF/UA-1), with links and threads.

        A picture that cannot be shown is a finding (`replica.picture`) with its page.
        """
        with Pdf.open(io.BytesIO(bound)) as book:
            _crop(book, job.drawn_bleed)
            findings = self._show(book, job)
            if findings:
                return Checked(value=None, findings=tuple(findings))
            Links(book).add(job.hotspots)
            write_threads(book, job.beads)
            write_outline(book, job.bookmarks)
            describe(book, job)
            out = io.BytesIO()
            book.save(
                out,
                deterministic_id=True,
                compress_streams=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
            )
            return Checked(value=out.getvalue())

    def _show(self, book: Pdf, job: ReplicaJob) -> list[Finding]:
        """Turn ink and stand-ins into what screens show."""
        screen, pictures = Screen(job.palette, self._inks), Pictures(book, job)
        for number, page in enumerate(book.pages, 1):
            screen.convert(page)
            pictures.replace(page, number)
        adverts = Advertisements(book)
        adverts.show(job.advertisements)
        return [*pictures.findings, *adverts.findings]


def _crop(book: Pdf, bleed: float) -> None:
    """Show pages as they are trimmed."""
    for page in book.pages:
        left, low, right, high = (float(edge) for edge in page.mediabox)
        trim = Array([left + bleed, low + bleed, right - bleed, high - bleed])
        for name in ("/BleedBox", "/TrimBox", "/ArtBox", "/CropBox", "/Group"):
            if name in page.obj:
                del page.obj[name]
        page.obj.MediaBox = trim
        page.obj.Tabs = Name.S
