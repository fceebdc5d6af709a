"""Provers: tools that had no part in making the files and are asked about them.

None of them is needed to make an edition. Each runs in a process of its own, so that a
tool that hangs or dies costs its answer and nothing else. What Ghostscript drew is held
against a drawing by PDFium, which comes with press.
"""

from press.adapters.provers.barcode import BarcodeProver
from press.adapters.provers.ghostscript import GhostscriptProver
from press.adapters.provers.pdfcpu import PdfcpuProver
from press.adapters.provers.qpdf import QpdfProver
from press.adapters.provers.verapdf import VeraPdfProver

__all__ = [
    "BarcodeProver",
    "GhostscriptProver",
    "PdfcpuProver",
    "QpdfProver",
    "VeraPdfProver",
]
