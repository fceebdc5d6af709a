"""Small bound files, a press to finish them for, and what came of them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import ImageCms

from press.adapters.finishing import PikepdfFinisher
from press.model.finding import Checked, Finding
from press.model.ink import Ink
from press.model.length import Length
from press.model.press import PressJob, Profile
from press.model.printer import (
    Edges,
    InkLimit,
    PressProfile,
    Printer,
    Smallest,
    Standard,
)
from press.prepress.marks import place_marks

WIDTH, HEIGHT = 200.0, 300.0
SMALLEST = Smallest(positive=Length(6), reversed=Length(8), several=Length(10))


class PlainInks:
    """Ink by the plainest sums; greys are black ink alone."""

    def to_ink(self, red: float, green: float, blue: float) -> Ink:
        if red == green == blue:
            return Ink(black=1 - red)
        return Ink(1 - red, 1 - green, 1 - blue, 0.5)


@cache
def a_profile() -> Profile:
    """Return bytes that stand for a profile; nothing looks into them here."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return Profile(
        data=data,
        description="A newspaper's press",
        version=2.1,
        condition="IFRA26",
        describes="Coldset on newsprint",
        sha256=hashlib.sha256(data).hexdigest(),
    )


def a_printer(**changes: Any) -> Printer:
    return Printer(
        **{
            "width": Length(WIDTH),
            "height": Length(HEIGHT),
            "type_width": Length(WIDTH),
            "type_height": Length(HEIGHT),
            "profile": PressProfile(name="press", condition="IFRA26"),
            "ink": InkLimit(point=400.0),
            "type": SMALLEST,
            "lines": SMALLEST,
            **changes,
        }
    )


JOB = {"pictures", "folder", "drawn_bleed", "slug", "profile", "date", "advertisements"}


def a_job(**changes: Any) -> PressJob:
    """Return a job; what is no part of it belongs to the printer."""
    own = {name: changes.pop(name) for name in JOB & set(changes)}
    standard: dict[str, Any] = {
        "printer": a_printer(**changes),
        "profile": a_profile(),
        "pictures": {},
        "folder": "",
        "date": 86_400,
    }
    return PressJob(**{**standard, **own})


X4 = {"standard": Standard.X4}


def even(points: float) -> Edges:
    """Return a bleed that is the same on every edge."""
    return Edges(
        top=Length(points),
        right=Length(points),
        bottom=Length(points),
        left=Length(points),
    )


class Bound:
    """A bound file in the making, its pages as WeasyPrint and the bindery shape them."""

    def __init__(self) -> None:
        self.pdf = Pdf.new()
        self.pdf.docinfo = self.pdf.make_indirect(Dictionary(Title="The <Lamp> & Co"))

    def font(self, **changes: Any) -> pikepdf.Object:
        return self.pdf.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Lamp, **changes
            )
        )

    def form(self, content: str, **entries: Any) -> pikepdf.Object:
        stream = Stream(
            self.pdf,
            content.encode(),
            Dictionary(
                **{
                    "Type": Name.XObject,
                    "Subtype": Name.Form,
                    "BBox": Array([0, 0, 500, 500]),
                    "Resources": Dictionary(Font=Dictionary(F=self.font())),
                    **entries,
                }
            ),
        )
        return self.pdf.make_indirect(stream)

    def picture(self, data: bytes, **entries: Any) -> pikepdf.Object:
        stream = Stream(
            self.pdf,
            data,
            Dictionary(
                **{
                    "Type": Name.XObject,
                    "Subtype": Name.Image,
                    "Width": 2,
                    "Height": 2,
                    "BitsPerComponent": 8,
                    "ColorSpace": Name.DeviceGray,
                    **entries,
                }
            ),
        )
        return self.pdf.make_indirect(stream)

    def page(self, content: str, bleed: float = 0.0, **resources: Any) -> Bound:
        box = [-bleed, -bleed, WIDTH + bleed, HEIGHT + bleed]
        fonts = resources.pop("Font", Dictionary(F=self.font()))
        leaf = Dictionary(
            Type=Name.Page,
            MediaBox=Array(box),
            TrimBox=Array([0, 0, WIDTH, HEIGHT]),
            CropBox=Array(box),
            Tabs=Name.S,
            StructParents=0,
            Contents=Stream(self.pdf, content.encode("latin-1")),
            Resources=Dictionary(Font=fonts, **resources),
        )
        self.pdf.pages.append(pikepdf.Page(self.pdf.make_indirect(leaf)))
        return self

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.pdf.save(out, deterministic_id=True)
        return out.getvalue()


def finish(bound: Bound | bytes, job: PressJob | None = None) -> Checked[bytes]:
    data = bound if isinstance(bound, bytes) else bound.bytes()
    return PikepdfFinisher(PlainInks(), place_marks).finish(data, job or a_job())


@contextmanager
def finished(bound: Bound | bytes, job: PressJob | None = None) -> Iterator[Pdf]:
    """Yield the finished file, about which nothing may be said."""
    done = finish(bound, job)
    assert done.findings == ()
    assert done.value is not None
    with Pdf.open(io.BytesIO(done.value)) as pdf:
        yield pdf


def findings(bound: Bound, job: PressJob | None = None) -> tuple[Finding, ...]:
    """Return what is said of a file that cannot go to press."""
    done = finish(bound, job)
    assert done.value is None
    return done.findings


def written(thing: pikepdf.Object) -> list[str]:
    """Return the instructions of a page or form, but for the clip around a page."""
    lines = [
        " ".join([*map(_text, one.operands), str(one.operator)])
        for one in pikepdf.parse_content_stream(thing)
        if not isinstance(one, pikepdf.ContentStreamInlineImage)
    ]
    return lines[4:-1] if lines[:1] == ["q"] and lines[2:4] == ["W", "n"] else lines


def _text(operand: Any) -> str:
    if isinstance(operand, pikepdf.Object):
        return operand.unparse().decode("latin-1")
    return str(operand)


def page_content(
    content: str, job: PressJob | None = None, **resources: Any
) -> list[str]:
    """Return what a page's content becomes."""
    with finished(Bound().page(content, **resources), job) as pdf:
        return written(pdf.pages[0].obj)
