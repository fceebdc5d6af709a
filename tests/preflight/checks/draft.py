"""Small press files, made by hand: one that is sound, to be spoilt in one way."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from press.model.length import PT_PER_MM

WIDTH, HEIGHT = 289 * PT_PER_MM, 380 * PT_PER_MM
MADE = "D:20240830000000Z"
DATE = "September 2024"
Spoil = Callable[[pikepdf.Pdf], None]


@cache
def font_program(embedding: int = 0) -> bytes:
    """Return a font of squares for all of ASCII; `embedding` is its fsType."""
    letters = {code: f"letter{code}" for code in range(32, 127)}
    names = [".notdef", *letters.values()]
    pen = TTGlyphPen(None)
    for step, (x, y) in enumerate(((0, 0), (500, 0), (500, 700), (0, 700))):
        (pen.lineTo if step else pen.moveTo)((x, y))
    pen.closePath()
    square = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap(letters)
    font.setupGlyf(dict.fromkeys(names, square))
    font.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Square", "styleName": "Regular"})
    font.setupOS2(fsType=embedding)
    font.setupPost()
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


@cache
def jpeg(
    mode: str = "CMYK",
    *,
    size: tuple[int, int] = (200, 200),
    colour: object = (60, 90, 90, 20),
    **saved: object,
) -> bytes:
    """Return a JPEG of one colour, saved as a picture for the press is."""
    file = io.BytesIO()
    options = {"quality": 92, "subsampling": 0, **saved}
    Image.new(mode, size, colour).save(file, "JPEG", **options)  # type: ignore[arg-type]
    return file.getvalue()


def without(data: bytes, marker: int) -> bytes:
    """Return a JPEG without its segments of a kind."""
    start = data.find(bytes([0xFF, marker]))
    length = int.from_bytes(data[start + 2 : start + 4], "big")
    return data[:start] + data[start + 2 + length :]


def profile(
    *, kind: bytes = b"prtr", space: bytes = b"CMYK", version: int = 2
) -> bytes:
    """Return as much of an ICC profile as says what it is."""
    head = bytearray(132)
    head[8], head[12:16], head[16:20] = version, kind, space
    return bytes(head)


def place(name: str, left: float, bottom: float, wide: float, high: float) -> bytes:
    """Return content that places a picture, in points."""
    return f"q {wide} 0 0 {high} {left} {bottom} cm /{name} Do Q\n".encode()


def content(page: int) -> bytes:
    """Return a sound page: folio, body, white on black, a rule and two pictures."""
    number_at, date_at = (740, 60) if page % 2 else (60, 640)
    top = HEIGHT - 60
    return (
        f"0 0 0 1 k 0 0 0 1 K /Over gs\n"
        f"BT /F1 8 Tf 1 0 0 1 {number_at} {top} Tm ({page}) Tj ET\n"
        f"BT /F1 8 Tf 1 0 0 1 {date_at} {top} Tm ({DATE}) Tj ET\n"
        "BT /F1 9 Tf 1 0 0 1 60 900 Tm (The body of an article) Tj"
        " 0 -12 Td (goes on here) Tj ET\n"
        "0.5 w 60 880 m 400 880 l S\n"
        "60 870 300 0.4 re f\n"
        "/Out gs BT /F1 24 Tf 1 0 0 1 60 800 Tm (Headline) Tj ET\n"
        "60 700 200 40 re f\n"
        "0 0 0 0 k BT /F1 14 Tf 1 0 0 1 70 710 Tm (White) Tj ET\n"
        "0 1 0.9 0.1 k 300 700 100 40 re f\n"
        "q 72 0 0 72 60 500 cm /Photo Do Q\n"
        "q 60 0 0 60 200 500 cm /Art Do Q\n"
    ).encode()


def photo(pdf: pikepdf.Pdf, data: bytes, space: str = "/DeviceCMYK") -> Stream:
    """Return a picture of 200 x 200 pixels as the file holds it."""
    parts = {"/DeviceCMYK": 4, "/DeviceRGB": 3, "/DeviceGray": 1}[space]
    image = Stream(
        pdf,
        data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=200,
        Height=200,
        ColorSpace=Name(space),
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    if parts == 4:
        image.Decode = Array([1, 0] * 4)
    return image


def art(pdf: pikepdf.Pdf, side: int = 700) -> Stream:
    """Return a picture of black and white pixels."""
    return Stream(
        pdf,
        b"\x55" * ((side + 7) // 8 * side),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=side,
        Height=side,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=1,
    )


def font(
    pdf: pikepdf.Pdf, *, embedding: int = 0, name: str = "/ABCDEF+Square"
) -> Dictionary:
    """Return a font of the file."""
    program = Stream(pdf, font_program(embedding))
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(name),
        Flags=32,
        FontBBox=[0, -200, 600, 800],
        ItalicAngle=0,
        Ascent=800,
        Descent=-200,
        CapHeight=700,
        StemV=80,
        FontFile2=program,
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name(name),
        Encoding=Name.WinAnsiEncoding,
        FirstChar=32,
        LastChar=126,
        Widths=[600] * 95,
        FontDescriptor=pdf.make_indirect(descriptor),
    )


def _resources(pdf: pikepdf.Pdf) -> Dictionary:
    tint = Dictionary(
        FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1
    )
    return Dictionary(
        Font=Dictionary(F1=pdf.make_indirect(font(pdf))),
        ExtGState=Dictionary(
            Over=Dictionary(OP=True, op=True, OPM=1),
            Mode0=Dictionary(OP=True, op=True, OPM=0),
            Out=Dictionary(OP=False, op=False, OPM=0),
        ),
        XObject=Dictionary(Photo=photo(pdf, jpeg()), Art=art(pdf)),
        ColorSpace=Dictionary(
            All=Array([Name.Separation, Name.All, Name.DeviceCMYK, tint]),
            Gold=Array([Name.Separation, Name.Gold, Name.DeviceCMYK, tint]),
        ),
    )


@dataclass
class Draft:
    """A press file before it is written.

    Attributes:
        pages: How many pages it has.
        more: Content that is added to its first page.
        instead: Content of its first page, in place of the sound one.
        spoil: What is done to the file before it is written.
        version: PDF's version.
        damage: What is done to its bytes.
        saved: How it is written.
    """

    pages: int = 4
    more: bytes = b""
    instead: bytes | None = None
    spoil: Spoil | None = None
    version: str = "1.4"
    damage: Callable[[bytes], bytes] = bytes
    saved: dict[str, object] = field(default_factory=dict)

    def write(self) -> bytes:
        pdf = pikepdf.new()
        for number in range(1, self.pages + 1):
            pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
            page = pdf.pages[-1].obj
            page.TrimBox = page.BleedBox = page.MediaBox
            page.Resources = _resources(pdf)
            drawn = content(number)
            if number == 1:
                drawn = (drawn if self.instead is None else self.instead) + self.more
            page.Contents = Stream(pdf, drawn)
        _label(pdf)
        if self.spoil:
            self.spoil(pdf)
        file = io.BytesIO()
        options = {
            "force_version": self.version,
            "object_stream_mode": pikepdf.ObjectStreamMode.disable,
            "deterministic_id": "encryption" not in self.saved,
            **self.saved,
        }
        pdf.save(file, **options)
        return self.damage(file.getvalue())


def _label(pdf: pikepdf.Pdf) -> None:
    info = {
        "Title": "The Quoin",
        "CreationDate": MADE,
        "ModDate": MADE,
        "GTS_PDFXVersion": "PDF/X-1a:2003",
    }
    for key, value in info.items():
        pdf.docinfo[f"/{key}"] = value
    pdf.trailer.Info.Trapped = Name("/False")
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier="IFRA26",
        DestOutputProfile=Stream(pdf, profile(), N=4),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
