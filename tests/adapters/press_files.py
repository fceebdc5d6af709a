"""Small press files made by hand, whose plates are known."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pikepdf
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name
from PIL import Image

from press.adapters.plates.reader import expose
from press.model.length import PT_PER_MM, Length
from press.model.printer import Edges, InkLimit, PressProfile, Printer, Smallest

WIDTH, HEIGHT = 100, 120  # the trim, in millimetres
SLUG = 10
OVER = "/Over gs"
KNOCK = "/Knock gs"
Resources = Callable[[pikepdf.Pdf], Mapping[str, Any]]
SIX = Smallest(
    positive=Length.of_pt(6), reversed=Length.of_pt(6), several=Length.of_pt(6)
)


def a_printer(*, bleed: float = 0, margin: float = 10, **more: Any) -> Printer:
    """Return a printer of small pages."""
    edge = Length.of_mm(bleed)
    return Printer(
        width=Length.of_mm(WIDTH),
        height=Length.of_mm(HEIGHT),
        type_width=Length.of_mm(WIDTH - 2 * margin),
        type_height=Length.of_mm(HEIGHT - 2 * margin),
        bleed=Edges(top=edge, right=edge, bottom=edge, left=edge),
        profile=PressProfile(name="", condition=""),
        type=SIX,
        lines=SIX,
        ink=more.pop("ink", InkLimit(side=Length.of_mm(15))),
        **more,
    )


def box(left: float, top: float, width: float, height: float) -> str:
    """Return the path of a rectangle, in millimetres from the trim's upper left."""
    x, y = SLUG + left, SLUG + HEIGHT - top - height
    parts = (value * PT_PER_MM for value in (x, y, width, height))
    return " ".join(f"{part:.4f}" for part in parts) + " re"


def placed(name: str, left: float, top: float, width: float, height: float) -> str:
    """Return what places a picture."""
    x, y = ((SLUG + left) * PT_PER_MM, (SLUG + HEIGHT - top - height) * PT_PER_MM)
    return f"q {width * PT_PER_MM:.4f} 0 0 {height * PT_PER_MM:.4f} {x:.4f} {y:.4f} cm /{name} Do Q"


def a_file(*contents: str, resources: Resources | None = None) -> bytes:
    """Return a file with a page for each content; the page has slug all around."""
    with pikepdf.new() as pdf:
        for content in contents:
            size = ((WIDTH + 2 * SLUG) * PT_PER_MM, (HEIGHT + 2 * SLUG) * PT_PER_MM)
            page = pdf.add_blank_page(page_size=size)
            trim = (SLUG, SLUG, SLUG + WIDTH, SLUG + HEIGHT)
            page.obj.TrimBox = Array([value * PT_PER_MM for value in trim])
            page.obj.Resources = Dictionary(
                Font=Dictionary(
                    F1=Dictionary(
                        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica
                    )
                ),
                ExtGState=Dictionary(
                    Over=Dictionary(OP=True, op=True, OPM=1),
                    Over0=Dictionary(OP=True, op=True, OPM=0),
                    Knock=Dictionary(OP=False, op=False, OPM=0),
                ),
            )
            for kind, group in (resources(pdf) if resources else {}).items():
                known = page.obj.Resources.get(f"/{kind}", Dictionary())
                for name, thing in group.items():
                    known[f"/{name}"] = thing
                page.obj.Resources[f"/{kind}"] = known
            page.obj.Contents = pdf.make_stream(content.encode("latin-1"))
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def plates(*content: str, resources: Resources | None = None) -> NDArray[np.uint8]:
    """Return the plates of a page: 4 × height × width."""
    (exposure,) = expose(a_file("\n".join(content), resources=resources), [1])
    return exposure.inks


def at(inks: NDArray[np.uint8], left: float, top: float) -> tuple[int, ...]:
    """Return the inks at a point of the trim, in per cent: C, M, Y, K."""
    row, column = (int((value + SLUG) * 4) for value in (top, left))
    return tuple(round(int(ink) / 2.55) for ink in inks[:, row, column])


def a_jpeg(inks: tuple[int, int, int, int], size: tuple[int, int] = (64, 64)) -> bytes:
    """Return a CMYK JPEG as Pillow writes it: with APP14, its inks turned over."""
    out = io.BytesIO()
    Image.new("CMYK", size, inks).save(out, "JPEG", quality=95, subsampling=0)
    return out.getvalue()


def an_image(pdf: pikepdf.Pdf, data: bytes, **more: Any) -> pikepdf.Stream:
    """Return a picture of 8 bits."""
    more = {"Width": 64, "Height": 64, "BitsPerComponent": 8} | more
    return pdf.make_stream(data, Type=Name.XObject, Subtype=Name.Image, **more)
