"""Advertisements as advertisers send them: sound ones, and others."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from press.manifest.printer import shipped_printer
from press.model.length import PT_PER_MM
from tests.preflight.checks.draft import font, jpeg, photo, profile

#: What the printer of the layout a4 prints to.
CONDITION = shipped_printer("office").profile.condition
#: A tint over the whole, one word, a picture, a black square in the upper left corner.
ORANGE = "0 0.4 0.8 0 k"
WORD = "0 0 0 1 k BT /F1 20 Tf 1 0 0 1 40 10 Tm (BOOKS) Tj ET"
PICTURE = "q 60 0 0 60 200 15 cm /Photo Do Q"


def an_ad(  # noqa: PLR0913  (each is one way to differ)
    width: float,
    height: float,
    *,
    bleed: float = 0.0,
    slug: float = 0.0,
    origin: tuple[float, float] = (0.0, 0.0),
    more: str = "",
    pages: int = 1,
    spoil: Callable[[pikepdf.Pdf], None] | None = None,
    **saved: Any,
) -> bytes:
    """Return an advertisement as a PDF; measures are in millimetres.

    Args:
        width: Width of its trim.
        height: Height of its trim.
        bleed: How far it runs over its trim.
        slug: White around that, within the MediaBox.
        origin: Where its trim begins, from 0, 0; without it the MediaBox begins there.
        more: Content that is added.
        pages: How many pages it has.
        spoil: What is done to the file before it is written.
        saved: How it is written.
    """
    wide, high, over = (value * PT_PER_MM for value in (width, height, bleed))
    around = (bleed + slug) * PT_PER_MM
    x, y = (at * PT_PER_MM if at else around for at in origin)
    with pikepdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=(wide, high)).obj
            page.MediaBox = _box(x, y, wide, high, around)
            page.BleedBox = _box(x, y, wide, high, over)
            page.TrimBox = _box(x, y, wide, high, 0)
            page.Resources = Dictionary(
                Font=Dictionary(F1=pdf.make_indirect(font(pdf))),
                XObject=Dictionary(Photo=photo(pdf, jpeg())),
                ExtGState=Dictionary(Half=Dictionary(ca=0.5)),
            )
            drawn = (
                f"{ORANGE} {-over} {-over} {wide + 2 * over} {high + 2 * over} re f"
                f" 0 0 0 1 k 0 {high - 20} 20 20 re f {WORD} {PICTURE} {more}"
            )
            content = f"q 1 0 0 1 {x} {y} cm {drawn} Q"
            page.Contents = pdf.make_stream(content.encode())
        pdf.Root.OutputIntents = Array(
            [
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name.GTS_PDFX,
                    OutputConditionIdentifier=CONDITION,
                    DestOutputProfile=pdf.make_stream(profile(), N=4),
                )
            ]
        )
        if spoil is not None:
            spoil(pdf)
        out = io.BytesIO()
        pdf.save(out, **{"deterministic_id": "encryption" not in saved, **saved})
        return out.getvalue()


def _box(x: float, y: float, wide: float, high: float, around: float) -> Array:
    edges = (x - around, y - around, x + wide + around, y + high + around)
    return Array([round(edge, 4) for edge in edges])
