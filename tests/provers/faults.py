"""For every rule of press for PDF/X, a way to break it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from press.model.printer import Standard
from tests.provers.press_file import Fault, font_file, page_of, paint, shown

X1A, X4 = (Standard.X1A,), (Standard.X4,)
BOX = b" 0 0 5 5 re f"


def in_space(space: Callable[[Pdf], Any], values: bytes) -> Callable[[Pdf], object]:
    """Return what paints in a colour space."""
    return lambda pdf: paint(
        pdf, b"/C0 cs " + values + b" scn" + BOX, ColorSpace={"C0": space(pdf)}
    )


def in_state(**entries: Any) -> Callable[[Pdf], object]:
    """Return what paints in a graphics state."""
    return lambda pdf: paint(
        pdf, b"/G0 gs 0 0 0 1 k" + BOX, ExtGState={"G0": Dictionary(**entries)}
    )


def an_image(pdf: Pdf, **entries: Any) -> Stream:
    return Stream(
        pdf,
        b"\x80" * 4,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=2,
        Height=2,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceGray,
        **entries,
    )


def a_form(pdf: Pdf, **entries: Any) -> Stream:
    return Stream(
        pdf,
        b"0 0 0 1 k" + BOX,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 9, 9]),
        **entries,
    )


def placed(make: Callable[[Pdf], Stream]) -> Callable[[Pdf], object]:
    """Return what places a picture or a drawing on the page."""
    return lambda pdf: paint(pdf, b"/X0 Do", XObject={"X0": make(pdf)})


def a_function(pdf: Pdf, inks: int = 4) -> Any:
    function = Dictionary(
        FunctionType=2,
        Domain=Array([0, 1]),
        N=1,
        C0=Array([0] * inks),
        C1=Array([0, 0.5, 1, 0][:inks]),
    )
    return pdf.make_indirect(function)


def two_inks(pdf: Pdf) -> Array:
    program = b"{ 0 0 }"
    function = Stream(
        pdf,
        program,
        FunctionType=4,
        Domain=Array([0, 1, 0, 1]),
        Range=Array([0, 1, 0, 1, 0, 1, 0, 1]),
    )
    return Array(
        [
            Name.DeviceN,
            Array([Name.Orange, Name.Green]),
            Name.DeviceCMYK,
            pdf.make_indirect(function),
        ]
    )


def without(key: str, of: Callable[[Pdf], Any]) -> Callable[[Pdf], object]:
    def take(pdf: Pdf) -> None:
        del of(pdf)[key]

    return take


def having(key: str, value: Any, of: Callable[[Pdf], Any]) -> Callable[[Pdf], object]:
    def put(pdf: Pdf) -> None:
        of(pdf)[key] = value

    return put


def root(pdf: Pdf) -> Any:
    return pdf.Root


def info(pdf: Pdf) -> Any:
    return pdf.trailer.Info


def intent(pdf: Pdf) -> Any:
    return pdf.Root.OutputIntents[0]


def other_profile(at: int, value: bytes) -> Callable[[Pdf], object]:
    """Return what writes something else into the profile's header."""

    def change(pdf: Pdf) -> None:
        stream = intent(pdf).DestOutputProfile
        data = bytearray(stream.read_bytes())
        data[at : at + len(value)] = value
        stream.write(bytes(data))

    return change


def script() -> Dictionary:
    return Dictionary(Type=Name.Action, S=Name.JavaScript, JS=String("1"))


def embed_file(pdf: Pdf) -> None:
    pdf.attachments["notes.txt"] = b"notes"


def lzw(pdf: Pdf) -> None:
    """Add what is packed with LZW: "q Q", in codes of nine bits."""
    codes = [256, *b"q Q ", 257]
    bits = "".join(f"{code:09b}" for code in codes)
    bits += "0" * (-len(bits) % 8)
    data = int(bits, 2).to_bytes(len(bits) // 8, "big")
    packed = Stream(pdf, data, Filter=Name.LZWDecode)
    page_of(pdf).Contents = Array([page_of(pdf).Contents, pdf.make_indirect(packed)])


def two_intents(pdf: Pdf) -> None:
    other = pdf.make_indirect(Dictionary(dict(intent(pdf).items())))
    pdf.Root.OutputIntents.append(other)


def layers(pdf: Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Notes")))
    groups = Array([layer])
    standard = Dictionary(Name=String("All"), Order=groups)
    pdf.Root.OCProperties = Dictionary(
        OCGs=groups,
        D=standard,
        Configs=Array([Dictionary(Name=String("Few"), Order=groups)]),
    )


def font_outside(pdf: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    text = b"0 0 0 1 k BT /F2 9 Tf 30 150 Td (Lamp) Tj ET"
    paint(pdf, text, Font={"F2": font})


def no_glyph(pdf: Pdf) -> None:
    paint(pdf, b"0 0 0 1 k BT /F1 9 Tf 30 150 Td <fff0> Tj ET")


def opentype(pdf: Pdf) -> None:
    """Embed the OpenType face in the TrueType one's place."""
    program = font_file("SourceSansPro-Regular.otf").read_bytes()
    child = page_of(pdf).Resources.Font.F1.DescendantFonts[0]
    child.Subtype = Name.CIDFontType0
    del child.CIDToGIDMap
    del child.FontDescriptor.FontFile2
    stream = Stream(pdf, program, Subtype=Name.OpenType)
    child.FontDescriptor.FontFile3 = pdf.make_indirect(stream)


def a_link(pdf: Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), F=4)
    page_of(pdf).Annots = Array([pdf.make_indirect(link)])


def stream_outside(pdf: Pdf) -> None:
    stream = Stream(pdf, b"", F=String("elsewhere.txt"))
    page_of(pdf).Contents = Array([page_of(pdf).Contents, pdf.make_indirect(stream)])


def masked(pdf: Pdf) -> Stream:
    return an_image(pdf, SMask=pdf.make_indirect(an_image(pdf)))


def soft_mask(pdf: Pdf) -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    form = pdf.make_indirect(a_form(pdf, Group=group))
    mask = Dictionary(Type=Name.Mask, S=Name.Luminosity, G=form)
    in_state(SMask=mask)(pdf)


LOCKED = pikepdf.Encryption(owner="owner", user="", R=3, aes=False, metadata=False)
FAULTS = (
    Fault("encrypted", settings={"encryption": LOCKED}),
    Fault("id", patch=(b"/ID [", b"/IX ["), standards=X1A),
    Fault("version", settings={"force_version": "1.7"}),
    Fault("version-of-catalog", having("/Version", Name("/1.5"), root), X1A),
    Fault(
        "object-streams",
        standards=X1A,
        settings={
            "object_stream_mode": pikepdf.ObjectStreamMode.generate,
            "force_version": "1.5",
        },
    ),
    Fault("info", without("/Info", lambda pdf: pdf.trailer)),
    Fault("info-title", without("/Title", info)),
    Fault("info-trapped", without("/Trapped", info)),
    Fault("info-label", without("/GTS_PDFXVersion", info), X1A),
    Fault("xmp", without("/Metadata", root), X4),
    Fault("embedded-file", embed_file),
    Fault("stream-outside", stream_outside),
    Fault("lzw", lzw, X1A, {"compress_streams": False}),
    Fault("layers", layers),
    Fault("intent", without("/OutputIntents", root)),
    Fault("intent", two_intents),
    Fault("intent-kind", having("/S", Name.GTS_PDFA1, intent)),
    Fault("intent-condition", without("/OutputConditionIdentifier", intent)),
    Fault("intent-profile", without("/DestOutputProfile", intent)),
    Fault("profile", other_profile(12, b"mntr")),
    Fault("profile-version", other_profile(8, b"\x04"), X1A),
    Fault("rgb", lambda pdf: paint(pdf, b"1 0 0 rg" + BOX)),
    Fault(
        "icc",
        in_space(
            lambda pdf: Array([Name.ICCBased, intent(pdf).DestOutputProfile]),
            b"0 0 0 1",
        ),
    ),
    Fault(
        "cal-rgb",
        in_space(
            lambda _: Array([Name.CalRGB, Dictionary(WhitePoint=Array([1, 1, 1]))]),
            b"1 0 0",
        ),
    ),
    Fault(
        "cal-gray",
        in_space(
            lambda _: Array([Name.CalGray, Dictionary(WhitePoint=Array([1, 1, 1]))]),
            b"0",
        ),
    ),
    Fault(
        "lab",
        in_space(
            lambda _: Array([Name.Lab, Dictionary(WhitePoint=Array([1, 1, 1]))]),
            b"50 9 9",
        ),
    ),
    Fault(
        "spot",
        in_space(
            lambda pdf: Array(
                [Name.Separation, Name.Orange, Name.DeviceCMYK, a_function(pdf)]
            ),
            b"1",
        ),
    ),
    Fault("device-n", in_space(two_inks, b"1 0")),
    Fault("soft-mask", soft_mask),
    Fault("alpha-fill", in_state(ca=0.5)),
    Fault("alpha-stroke", in_state(CA=0.5)),
    Fault("blend-mode", in_state(BM=Name.Multiply)),
    Fault(
        "group",
        having("/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK), page_of),
    ),
    Fault("image-mask", placed(masked)),
    Fault(
        "alternate-image",
        placed(
            lambda pdf: an_image(
                pdf,
                Alternates=Array([Dictionary(Image=pdf.make_indirect(an_image(pdf)))]),
            )
        ),
    ),
    Fault(
        "opi",
        placed(lambda pdf: a_form(pdf, OPI=Dictionary({"/1.3": Dictionary()}))),
    ),
    Fault("postscript", placed(lambda pdf: a_form(pdf, Subtype2=Name.PS))),
    Fault(
        "reference",
        placed(
            lambda pdf: a_form(pdf, Ref=Dictionary(F=String("other.pdf"), Page=0)),
        ),
    ),
    Fault("transfer-curve", in_state(TR=Name.Identity)),
    Fault("operator", lambda pdf: paint(pdf, b"1 2 lamp")),
    Fault("font-missing", font_outside),
    Fault("glyph-missing", no_glyph),
    Fault("font-opentype", opentype, X1A),
    Fault("annotation", a_link),
    Fault("action", having("/OpenAction", script(), root)),
    Fault("page-action", having("/AA", Dictionary(O=script()), page_of)),
    Fault("document-action", having("/AA", Dictionary(WC=script()), root)),
    Fault("form-fields", having("/AcroForm", Dictionary(Fields=Array()), root)),
    Fault("trim-box", without("/TrimBox", page_of)),
    Fault("art-box", having("/ArtBox", Array([0, 0, 9, 9]), page_of)),
    Fault("user-unit", having("/UserUnit", 2, page_of)),
    Fault("rotate", having("/Rotate", 90, page_of)),
)
WORDS = shown("Lamp")
