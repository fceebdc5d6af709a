"""A small file that a printer takes, made by hand, for tests that spoil it."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from press.model.length import Length
from press.model.printer import InkLimit, PressProfile, Printer, Smallest, Standard
from press.model.proof_result import ProofJob, ProofResult, Question

SIDE = 200
XMP = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmp:CreateDate="2024-08-30T00:00:00Z" xmp:ModifyDate="2024-08-30T00:00:00Z"
 pdfxid:GTS_PDFXVersion="PDF/X-4"><dc:title><rdf:Alt><rdf:li
 xml:lang="x-default">The Lamp</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF>
</x:xmpmeta><?xpacket end="w"?>"""
#: Small type over a tint, which prints over it, and a headline, which need not.
CONTENT = b"""q 0.3 0 0.2 0 k 20 20 160 80 re f Q
q /Over gs 0 0 0 1 k BT /F1 9 Tf 30 50 Td %(words)s Tj ET Q
0 0 0 1 k BT /F1 30 Tf 30 75 Td %(words)s Tj ET
"""


def font_file(name: str) -> Path:
    spec = importlib.util.find_spec("font_source_sans_pro")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "files" / name


@cache
def glyphs(text: str) -> tuple[tuple[int, int], ...]:
    """Return the number and width of every letter's glyph."""
    with TTFont(font_file("SourceSansPro-Regular.ttf")) as font:
        cmap, widths = font.getBestCmap(), font["hmtx"]
        scale = 1000 / font["head"].unitsPerEm
        return tuple(
            (font.getGlyphID(cmap[ord(c)]), round(widths[cmap[ord(c)]][0] * scale))
            for c in text
        )


def shown(text: str) -> bytes:
    """Return a text as operators show it: numbers of glyphs."""
    return b"<%s>" % "".join(f"{glyph:04x}" for glyph, _ in glyphs(text)).encode()


def embedded(pdf: Pdf, letters: str) -> Dictionary:
    """Return the font, embedded."""
    program = font_file("SourceSansPro-Regular.ttf").read_bytes()
    stream = Stream(pdf, program, Length1=len(program))
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/ABCDEF+SourceSansPro"),
        Flags=4,
        FontBBox=Array([-454, -293, 2159, 968]),
        ItalicAngle=0,
        Ascent=750,
        Descent=-250,
        CapHeight=660,
        StemV=80,
        FontFile2=pdf.make_indirect(stream),
    )
    widths = [part for glyph, width in glyphs(letters) for part in (glyph, [width])]
    child = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/ABCDEF+SourceSansPro"),
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(descriptor),
        CIDToGIDMap=Name.Identity,
        W=Array([Array(part) if isinstance(part, list) else part for part in widths]),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/ABCDEF+SourceSansPro"),
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(child)]),
    )


def press_pdf(profile: bytes, standard: Standard = Standard.X1A) -> Pdf:
    """Return a file of one page without a fault."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(SIDE, SIDE)).obj
    page.TrimBox = page.BleedBox = page.MediaBox
    page.Contents = Stream(pdf, CONTENT % {b"words": shown("Lamp")})
    page.Resources = Dictionary(
        Font=Dictionary(F1=pdf.make_indirect(embedded(pdf, "Lamp"))),
        ExtGState=Dictionary(Over=Dictionary(OP=True, op=True, OPM=1)),
    )
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String("Test"),
        RegistryName=String("http://www.color.org"),
        Info=String("Test"),
        DestOutputProfile=pdf.make_indirect(Stream(pdf, profile, N=4)),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    pdf.Root.Metadata = pdf.make_indirect(
        Stream(pdf, XMP, Type=Name.Metadata, Subtype=Name.XML)
    )
    info = Dictionary(
        Title=String("The Lamp"),
        CreationDate=String("D:20240830000000Z"),
        ModDate=String("D:20240830000000Z"),
        Trapped=Name("/False"),
    )
    if standard is Standard.X1A:
        info.GTS_PDFXVersion = String("PDF/X-1a:2003")
    pdf.trailer.Info = pdf.make_indirect(info)
    return pdf


def save(pdf: Pdf, file: Path, standard: Standard = Standard.X1A, **more: Any) -> Path:
    """Write a file as its standard has it."""
    streams = (
        pikepdf.ObjectStreamMode.disable
        if standard is Standard.X1A
        else pikepdf.ObjectStreamMode.generate
    )
    settings: dict[str, Any] = {
        "force_version": standard.pdf_version,
        "object_stream_mode": streams,
    }
    if "encryption" not in more:
        settings["stream_decode_level"] = pikepdf.StreamDecodeLevel.none
        settings["deterministic_id"] = True
    pdf.save(file, **(settings | more))
    return file


def page_of(pdf: Pdf) -> Any:
    return pdf.pages[0].obj


def paint(pdf: Pdf, operators: bytes, **resources: Any) -> None:
    """Paint something more on the page."""
    page = page_of(pdf)
    page.Contents = Stream(
        pdf, page.Contents.read_bytes() + b"\nq " + operators + b" Q"
    )
    for kind, named in resources.items():
        held = page.Resources.get(f"/{kind}", Dictionary())
        for name, value in named.items():
            held[f"/{name}"] = value
        page.Resources[f"/{kind}"] = held


def a_printer(
    standard: Standard = Standard.X1A, ink: InkLimit | None = None
) -> Printer:
    smallest = Smallest(
        positive=Length.of_pt(6), reversed=Length.of_pt(8), several=Length.of_pt(8)
    )
    side = Length.of_pt(SIDE)
    return Printer(
        width=side,
        height=side,
        type_width=side,
        type_height=side,
        profile=PressProfile(name="test", condition="Test"),
        ink=ink or InkLimit(),
        type=smallest,
        lines=smallest,
        standard=standard,
    )


def a_job(
    file: Path, *questions: Question, printer: Printer | None = None, code: str = ""
) -> ProofJob:
    return ProofJob(
        file=file,
        questions=questions,
        printer=printer or a_printer(),
        codes=(code,) if code else (),
    )


def broken_rules(result: ProofResult) -> set[str]:
    return {breach.rule for breach in result.breaches}


@dataclass(frozen=True)
class Fault:
    """A way to spoil the file so that it breaks a rule."""

    rule: str
    spoil: Callable[[Pdf], object] = lambda _: None
    standards: tuple[Standard, ...] = tuple(Standard)
    settings: dict[str, Any] = field(default_factory=dict)
    patch: tuple[bytes, bytes] = (b"", b"")
