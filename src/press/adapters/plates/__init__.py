"""The four plates of a page, seen with PDFium and without a RIP."""

from press.adapters.plates.reader import PdfiumPlates

__all__ = ["PdfiumPlates"]
