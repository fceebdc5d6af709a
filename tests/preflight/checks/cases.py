"""For every check a file that it must catch; its sound twin is the same for all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import cast

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from press.adapters.pdfium import PdfiumReader
from press.adapters.press_reader import PikepdfPressReader
from press.model.errors import EngineError
from press.model.finding import Area
from press.model.length import Length
from press.model.press_facts import CodeMark, PressFacts
from press.model.printer import (
    PageCount,
    PressProfile,
    Printer,
    Resolution,
    Smallest,
    Standard,
)
from press.preflight.rules import FileKind, Folio, Rules
from tests.preflight.checks.draft import (
    DATE,
    HEIGHT,
    MADE,
    WIDTH,
    Draft,
    content,
    font,
    jpeg,
    photo,
    place,
    profile,
    without,
)

NAME = "QUO_2024-09.pdf"
ISSN = "9772632791007+09"
FOLIO = Area(left=15, top=14, width=259, height=12)


def pt(points: float) -> Length:
    return Length.of_pt(points)


PRINTER = Printer(
    width=Length.of_mm(289),
    height=Length.of_mm(380),
    type_width=Length.of_mm(259),
    type_height=Length.of_mm(350),
    profile=PressProfile(name="any", condition="IFRA26"),
    pictures=Resolution(most=300),
    type=Smallest(positive=pt(6), reversed=pt(10), several=pt(10)),
    lines=Smallest(positive=pt(0.25), reversed=pt(0.5), several=pt(0.5)),
    count=PageCount(least=4, most=64, signature=4),
)
RULES = Rules(
    printer=PRINTER,
    pages=4,
    families=frozenset({"Square"}),
    pictures=((1, 2), (2, 2)),
    folios=tuple(Folio(page=page, area=FOLIO, says=(DATE,)) for page in (1, 2, 3, 4)),
    issn=ISSN,
    file_name=NAME,
    made=MADE,
)
X4 = replace(PRINTER, standard=Standard.X4)
MARKED = replace(PRINTER, marks=True)
CODE = CodeMark(
    text=ISSN,
    page=1,
    area=Area(left=200, top=300, width=38, height=20),
    inks=("Black",),
    module=0.33,
    quiet=(11.0, 5.0),
)


@dataclass(frozen=True, kw_only=True)
class Case:
    """A spoilt file.

    Attributes:
        number: The check that must catch it.
        what: What is wrong with it.
        draft: The file.
        says: Words of the finding.
        code: Its code.
        severity: Its severity.
        rules: What it is held against, other than the sound file.
        codes: What is decoded from it.
        twin: The file that must pass under the same rules; the sound one if None.
        name: The file's name.
    """

    number: int
    what: str
    code: str
    says: str
    severity: str = "error"
    draft: Draft = field(default_factory=Draft)
    rules: Rules = RULES
    codes: tuple[CodeMark, ...] = (CODE,)
    twin: Draft = field(default_factory=Draft)
    name: str = NAME


def read(
    draft: Draft, codes: tuple[CodeMark, ...] = (CODE,), name: str = NAME
) -> PressFacts:
    pdf = draft.write()
    facts = PikepdfPressReader().read(pdf, name)
    try:
        words = tuple(PdfiumReader().read(pdf))
    except EngineError:
        words = ()
    return replace(facts, words=words, codes=codes)


# ---------------------------------------------------------------- ways to spoil a file


def page(change: Callable[[pikepdf.Object], None]) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: change(pdf.pages[0].obj)


def box(name: str, *sides: float) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj[f"/{name}"] = Array([round(side, 4) for side in sides])

    return change


def resource(
    kind: str, name: str, make: Callable[[pikepdf.Pdf], object]
) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        resources = pdf.pages[0].obj.Resources
        key = f"/{kind}"
        if key not in resources:
            resources[key] = Dictionary()
        resources[key][f"/{name}"] = make(pdf)

    return change


def fonts(
    make: Callable[[pikepdf.Pdf, Dictionary], object],
) -> Callable[[pikepdf.Pdf], None]:
    """Change the font of every page."""

    def change(pdf: pikepdf.Pdf) -> None:
        for one in pdf.pages:
            make(pdf, cast("Dictionary", one.obj.Resources.Font.F1))

    return change


def picture(data: bytes, space: str = "/DeviceCMYK") -> Callable[[pikepdf.Pdf], None]:
    return resource("XObject", "Photo", lambda pdf: photo(pdf, data, space))


def intent(**entries: object) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            made = Stream(pdf, value) if isinstance(value, bytes) else value
            pdf.Root.OutputIntents[0][f"/{key}"] = made

    return change


def root(name: str, value: object) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root[f"/{name}"] = value

    return change


def info(name: str, value: str | None) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        if value is None:
            del pdf.docinfo[f"/{name}"]
        else:
            pdf.docinfo[f"/{name}"] = value

    return change


def program(pdf: pikepdf.Pdf, one: Dictionary) -> None:
    """Embed the font as OpenType."""
    descriptor = one.FontDescriptor
    made = Stream(pdf, descriptor.FontFile2.read_bytes(), Subtype=Name.OpenType)
    descriptor.FontFile3 = made
    del descriptor.FontFile2


def unembed(_: pikepdf.Pdf, one: Dictionary) -> None:
    del one.FontDescriptor.FontFile2


def rename(name: str) -> Callable[[pikepdf.Pdf, Dictionary], None]:
    def change(_: pikepdf.Pdf, one: Dictionary) -> None:
        one.BaseFont = one.FontDescriptor.FontName = Name(name)

    return change


def licence(bits: int) -> Callable[[pikepdf.Pdf], None]:
    return resource("Font", "F1", lambda pdf: font(pdf, embedding=bits))


def glyph_font(pdf: pikepdf.Pdf) -> Dictionary:
    inner = font(pdf)
    inner.Subtype = Name.CIDFontType2
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=inner.BaseFont,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([inner]),
    )


def drawn_font(pdf: pikepdf.Pdf) -> Dictionary:
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=[0, 0, 10, 10],
        FontMatrix=[0.1, 0, 0, 0.1, 0, 0],
        FirstChar=65,
        LastChar=65,
        Widths=[10],
        Encoding=Dictionary(Type=Name.Encoding, Differences=[65, Name.square]),
        CharProcs=Dictionary(square=Stream(pdf, b"10 0 0 0 8 8 d1 0 0 8 8 re f")),
    )


def group(space: str) -> Callable[[pikepdf.Pdf], None]:
    return page(
        lambda one: one.__setattr__(
            "Group", Dictionary(S=Name.Transparency, CS=Name(space))
        )
    )


def gradient(space: str, outputs: int) -> Callable[[pikepdf.Pdf], None]:
    function = Dictionary(
        FunctionType=2, Domain=[0, 1], C0=[0] * outputs, C1=[1] * outputs, N=1
    )
    shading = Dictionary(
        ShadingType=2, ColorSpace=Name(space), Coords=[0, 0, 100, 0], Function=function
    )
    return resource("Shading", "Sh", lambda _: shading)


def slug(pdf: pikepdf.Pdf) -> None:
    """Give every page room for marks, 12 mm on each side."""
    edge = 34.0
    for one in pdf.pages:
        one.obj.MediaBox = Array([0, 0, WIDTH + 2 * edge, HEIGHT + 2 * edge])
        one.obj.TrimBox = Array([edge, edge, WIDTH + edge, HEIGHT + edge])
        one.obj.BleedBox = one.obj.TrimBox


def together(*spoilt: Callable[[pikepdf.Pdf], None]) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        for spoil in spoilt:
            spoil(pdf)

    return change


def marked(colour: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Draw a crop mark on every page, outside the bleed."""

    def change(pdf: pikepdf.Pdf) -> None:
        slug(pdf)
        for one in pdf.pages:
            old = one.obj.Contents.read_bytes()
            one.obj.Contents = Stream(
                pdf, old + b"\n" + colour + b" 1 w 2 34 m 20 34 l S"
            )

    return change


ALL = b"/All CS 1 SCN"
LINK = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 10, 10])


def _case(
    number: int,
    what: str,
    code: str,
    says: str,
    draft: Draft | None = None,
    **more: object,
) -> Case:
    return Case(
        number=number,
        what=what,
        code=f"preflight.{code}",
        says=says,
        draft=draft or Draft(),
        **more,  # type: ignore[arg-type]
    )


def add(text: str) -> Draft:
    return Draft(more=text.encode())


def spoilt(spoil: Callable[[pikepdf.Pdf], None], more: bytes = b"") -> Draft:
    return Draft(spoil=spoil, more=more)


def code(**changes: object) -> tuple[CodeMark, ...]:
    return (replace(CODE, **changes),)  # type: ignore[arg-type]


CASES: tuple[Case, ...] = (
    _case(1, "no PDF at all", "file", "cannot be read", Draft(damage=lambda pdf: b"GIF89a")),
    _case(1, "cut off", "file", "repaired", Draft(damage=lambda pdf: pdf[: len(pdf) - 200])),
    _case(1, "encrypted", "file", "encrypted",
        Draft(version="1.6", saved={"encryption": pikepdf.Encryption(owner="o", user="", R=4)})),
    _case(1, "a password", "file", "password",
        Draft(version="1.6", saved={"encryption": pikepdf.Encryption(owner="o", user="u", R=4)})),
    _case(2, "PDF 1.7", "version", "PDF 1.7", Draft(version="1.7")),
    _case(3, "no standard", "labels", "standard", spoilt(info("GTS_PDFXVersion", None))),
    _case(3, "another standard", "labels", "PDF/X-3:2003", spoilt(info("GTS_PDFXVersion", "PDF/X-3:2003"))),
    _case(3, "no title", "labels", "Title", spoilt(info("Title", None))),
    _case(3, "trapped unknown", "labels", "Trapped",
        spoilt(lambda pdf: pdf.trailer.Info.__setattr__("Trapped", Name.Unknown))),
    _case(4, "no intent", "output-intent", "no output intent", spoilt(lambda pdf: pdf.Root.__delitem__("/OutputIntents"))),
    _case(4, "two intents", "output-intent", "2 output intents",
        spoilt(lambda pdf: pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0]))),
    _case(4, "a screen's profile", "output-intent", "mntr RGB",
        spoilt(intent(DestOutputProfile=profile(kind=b"mntr", space=b"RGB ")))),
    _case(4, "a profile of version 4", "output-intent", "version 4",
        spoilt(intent(DestOutputProfile=profile(version=4)))),
    _case(5, "another press", "condition", "FOGRA39", spoilt(intent(OutputConditionIdentifier="FOGRA39")), severity="warning"),
    _case(6, "no trim", "trim", "does not say", spoilt(page(lambda one: one.__delitem__("/TrimBox")))),
    _case(6, "another size", "trim", "280.0 × 380.0", spoilt(box("TrimBox", 0, 0, 280 / 25.4 * 72, HEIGHT))),
    _case(6, "sizes differ", "trim", "the others", spoilt(box("TrimBox", 0, 0, 280 / 25.4 * 72, HEIGHT)),
        rules=replace(RULES, kind=FileKind.AD)),
    _case(6, "an art box", "trim", "ArtBox", spoilt(box("ArtBox", 0, 0, WIDTH, HEIGHT))),
    _case(7, "trim out of the page", "page-boxes", "TrimBox", spoilt(box("TrimBox", -9, 0, WIDTH, HEIGHT))),
    _case(7, "origin", "page-boxes", "begins at -9", spoilt(box("MediaBox", -9, 0, WIDTH, HEIGHT))),
    _case(7, "crop", "page-boxes", "CropBox", spoilt(box("CropBox", 9, 9, WIDTH, HEIGHT))),
    _case(7, "turned", "page-boxes", "90 degrees", spoilt(page(lambda one: one.__setattr__("Rotate", 90)))),
    _case(7, "scaled", "page-boxes", "UserUnit", spoilt(page(lambda one: one.__setattr__("UserUnit", 2)))),
    _case(8, "unwanted bleed", "bleed", "12.0 mm", Draft(spoil=together(slug, box("BleedBox", 0, 0, WIDTH + 68, HEIGHT + 68)))),
    _case(11, "too many", "page-count", "the edition has 4", Draft(pages=8)),
    _case(11, "signature", "page-count", "multiple of 4", Draft(pages=6)),
    _case(11, "too few", "page-count", "4 to 64", Draft(pages=0), rules=replace(RULES, pages=None)),
    _case(13, "no number", "page-number", "does not have its number",
        Draft(instead=content(1).replace(b"(1)", b"(7)"))),
    _case(13, "inner side", "page-number", "inner side", Draft(instead=content(1).replace(b"1 0 0 1 740", b"1 0 0 1 300"))),
    _case(14, "marks unwanted", "marks", "does not want", spoilt(marked(ALL))),
    _case(14, "marks missing", "marks", "no printer's marks", spoilt(slug),
        rules=replace(RULES, printer=MARKED), twin=spoilt(marked(ALL))),
    _case(14, "marks in black only", "marks", "not in all inks", spoilt(marked(b"0 0 0 1 K")),
        rules=replace(RULES, printer=MARKED), twin=spoilt(marked(ALL))),
    _case(14, "a mark on the page", "marks", "stands on the page", spoilt(marked(ALL), ALL + b" 2 w 100 100 m 120 100 l S "),
        rules=replace(RULES, printer=MARKED), twin=spoilt(marked(ALL))),
    _case(15, "RGB text", "colour", "text is in DeviceRGB", add("0 0 1 rg BT /F1 20 Tf 60 90 Td (x) Tj ET ")),
    _case(15, "RGB line", "colour", "a line is in DeviceRGB", add("1 0 0 RG 60 90 m 90 90 l S ")),
    _case(15, "RGB never used", "colour", "nothing is painted", add("1 0 0 rg ")),
    _case(15, "RGB picture", "colour", "a picture is in DeviceRGB", spoilt(picture(jpeg("RGB", colour=(9, 99, 9)), "/DeviceRGB"))),
    _case(15, "ICC", "colour", "ICCBased:3", Draft(
        spoil=resource("ColorSpace", "Icc", lambda pdf: Array([Name.ICCBased, Stream(pdf, b"icc", N=3)])),
        more=b"/Icc cs 0 0 1 sc 60 60 20 20 re f ")),
    _case(15, "RGB gradient", "colour", "a gradient is in DeviceRGB", spoilt(gradient("/DeviceRGB", 3), b"/Sh sh ")),
    _case(15, "ink that is none", "colour", "Lab", Draft(
        spoil=resource("ColorSpace", "DefaultCMYK", lambda _: Array([Name.Lab, Dictionary(WhitePoint=[1, 1, 1])])))),
    _case(16, "gold", "spot-colour", "Gold", add("/Gold cs 1 scn 60 60 20 20 re f ")),
    _case(16, "all plates on the page", "spot-colour", "every ink", add("/All cs 1 scn 60 60 20 20 re f "), severity="warning"),
    _case(17, "alpha", "transparency", "ca 0.5", Draft(
        spoil=resource("ExtGState", "Half", lambda _: Dictionary(ca=0.5)), more=b"/Half gs ")),
    _case(17, "blend mode", "transparency", "Multiply", Draft(
        spoil=resource("ExtGState", "Blend", lambda _: Dictionary(BM=Name.Multiply)), more=b"/Blend gs ")),
    _case(17, "soft mask", "transparency", "soft mask", spoilt(
        lambda pdf: pdf.pages[0].obj.Resources.XObject.Photo.__setattr__("SMask", photo(pdf, jpeg("L", colour=9), "/DeviceGray")))),
    _case(17, "group", "transparency", "1 transparency group", spoilt(group("/DeviceCMYK"))),
    _case(18, "group in RGB", "blend-space", "blended in DeviceRGB", spoilt(group("/DeviceRGB")),
        rules=replace(RULES, printer=X4), twin=spoilt(group("/DeviceCMYK"))),
    _case(22, "four inks", "black-text", "C60 M40 Y40 K100", add("0.6 0.4 0.4 1 k BT /F1 30 Tf 60 90 Td (x) Tj ET ")),
    _case(22, "any ink in small type", "black-text", "C10 M0 Y0 K90", add("0.1 0 0 0.9 k BT /F1 9 Tf 60 90 Td (x) Tj ET ")),
    _case(23, "registration black", "registration-black", "400 %", add("1 1 1 1 k 60 60 20 20 re f ")),
    _case(24, "type knocks out", "overprint", "type of 9 pt knocks out",
        add("0 0 0 1 k /Out gs BT /F1 9 Tf 60 90 Td (x) Tj ET "), severity="warning"),
    _case(24, "mode 0", "overprint", "mode 0", add("0 0 0 1 k /Mode0 gs BT /F1 9 Tf 60 90 Td (x) Tj ET "), severity="warning"),
    _case(24, "a rule knocks out", "overprint", "black line of 0.5 pt", add("0 0 0 1 K /Out gs 0.5 w 60 90 m 90 90 l S "), severity="warning"),
    _case(24, "a thin fill knocks out", "overprint", "black line of 1.5 pt", add("0 0 0 1 k /Out gs 60 90 90 1.5 re f "), severity="warning"),
    _case(24, "one side of a border", "overprint", "black line of 1.2 pt",
        add("0 0 0 1 k /Out gs 60 60 90 20 re 60 60 90 21.2 re f* "), severity="warning"),
    _case(24, "a rule beside an edge that may knock out", "overprint", "black line of 0.5 pt",
        add("0 0 0 1 K /Out gs 0.5 w 1 0 0 0 k 60 90 50 50 re B 60 150 m 90 150 l S "), severity="warning",
        twin=add("0 0 0 1 K /Out gs 0.5 w 1 0 0 0 k 60 90 50 50 re B ")),
    _case(25, "white text", "white-overprint", "white type", add("0 0 0 0 k /Over gs BT /F1 20 Tf 60 90 Td (x) Tj ET ")),
    _case(25, "white area", "white-overprint", "white area", add("1 g /Over gs 60 60 20 20 re f ")),
    _case(26, "grey type", "grey", "type of 9 pt", add("0 g BT /F1 9 Tf 60 90 Td (x) Tj ET "), severity="warning"),
    _case(26, "grey overprints", "grey", "overprints", add("0.5 g /Over gs 60 60 20 20 re f "), severity="warning"),
    _case(27, "white type", "reversed-text", "white type of 8 pt", add("0 0 0 0 k /Out gs BT /F1 8 Tf 60 90 Td (x) Tj ET "), severity="warning"),
    _case(27, "type in two inks", "reversed-text", "several inks", add("0 1 1 0 k BT /F1 8 Tf 60 90 Td (x) Tj ET "), severity="warning"),
    _case(28, "tiny", "text-size", "type of 5 pt", add("0 0 0 1 k BT /F1 5 Tf 60 90 Td (x) Tj ET ")),
    _case(28, "tiny by its matrix", "text-size", "type of 3 pt", add("q .25 0 0 .25 0 0 cm BT /F1 12 Tf 60 90 Td (x) Tj ET Q ")),
    _case(28, "small body", "text-size", "most of the page", add(f"BT /F1 7 Tf 60 90 Td ({'x' * 99}) Tj ET "), severity="warning"),
    _case(29, "hairline", "line-weight", "a line of 0 pt", add("0 0 0 1 K 0 w 60 90 m 90 90 l S ")),
    _case(29, "a hair of a fill", "line-weight", "a line of 0.1 pt", add("0 0 0 1 k 60 90 90 0.1 re f ")),
    _case(29, "a thin white line", "line-weight", "in white", add("0 0 0 0 K /Out gs 0.3 w 60 90 m 90 90 l S "), severity="warning"),
    _case(29, "a thin red line", "line-weight", "in several inks", add("0 1 1 0 K 0.3 w 60 90 m 90 90 l S "), severity="warning"),
    _case(30, "few pixels", "resolution", "72 ppi", Draft(more=place("Photo", 60, 100, 200, 200))),
    _case(30, "not quite enough", "resolution", "120 ppi", Draft(more=place("Photo", 60, 100, 120, 120)), severity="warning"),
    _case(30, "far too many", "resolution", "only make", Draft(more=place("Photo", 60, 100, 20, 20)), severity="warning"),
    _case(31, "coarse line art", "line-art", "504 ppi", Draft(more=place("Art", 60, 100, 100, 100))),
    _case(31, "not quite fine", "line-art", "720 ppi", Draft(more=place("Art", 60, 100, 70, 70)), severity="warning"),
    _case(32, "a page as a picture", "page-as-image", "13 ppi", Draft(instead=place("Photo", 0, 0, WIDTH, HEIGHT))),
    _case(33, "a picture left out", "missing-picture", "and has 1",
        Draft(instead=content(1).replace(b"/Art Do", b""))),
    _case(33, "half a picture", "missing-picture", "cut off", spoilt(picture(jpeg()[:-200]))),
    _case(33, "a stand-in", "missing-picture", "stand-in",
        spoilt(picture(jpeg("L", colour=0xD8, comment=b"for position only; press: a.jpg"), "/DeviceGray"))),
    _case(34, "no APP14", "picture-format", "APP14", spoilt(picture(without(jpeg(), 0xEE)))),
    _case(34, "progressive", "picture-format", "progressive", spoilt(picture(jpeg(progressive=True)))),
    _case(34, "its own profile", "picture-format", "ICC", spoilt(picture(jpeg(icc_profile=profile())))),
    _case(34, "JPEG 2000", "picture-format", "JPEG 2000",
        spoilt(lambda pdf: pdf.pages[0].obj.Resources.XObject.Photo.__setattr__("Filter", Name.JPXDecode))),
    _case(35, "poor", "picture-quality", "about 60", spoilt(picture(jpeg(quality=60))), severity="warning"),
    _case(35, "subsampled", "picture-quality", "4:4:4",
        spoilt(picture(jpeg("RGB", colour=(9, 9, 9), subsampling=2), "/DeviceRGB")), severity="warning"),
    _case(36, "lost lights", "tones", "bare paper", spoilt(picture(jpeg(colour=(4, 4, 4, 0)))), severity="warning"),
    _case(36, "shut shadows", "tones", "solid", spoilt(picture(jpeg(colour=(0, 0, 0, 255)))), severity="warning"),
    _case(37, "not embedded", "font", "not embedded", spoilt(fonts(unembed))),
    _case(37, "OpenType", "font", "OpenType", spoilt(fonts(program))),
    _case(37, "Type 3", "font", "Type 3", Draft(
        spoil=resource("Font", "F3", drawn_font), more=b"BT /F3 20 Tf 60 90 Td (A) Tj ET ")),
    _case(37, "Courier", "font", "Courier", spoilt(fonts(rename("/ABCDEF+Courier"))), severity="warning"),
    _case(37, "whole", "font", "whole", spoilt(fonts(rename("/Square"))), severity="warning"),
    _case(37, "restricted", "font", "does not allow to be embedded", spoilt(licence(2))),
    _case(37, "not to be cut", "font", "cut down", spoilt(licence(0x100)), severity="warning"),
    _case(38, "a missing glyph", "glyph", "1 letters are missing", Draft(
        spoil=resource("Font", "F0", glyph_font), more=b"BT /F0 20 Tf 60 90 Td <00010000> Tj ET ")),
    _case(38, "made bold", "glyph", "outlines", add("BT 2 Tr /F1 20 Tf 60 90 Td (x) Tj 0 Tr ET ")),
    _case(39, "a strange family", "font-family", "Comic", spoilt(fonts(rename("/ABCDEF+Comic-Bold")))),
    _case(41, "a link", "extras", "1 annotations (Link)", spoilt(page(lambda one: one.__setattr__("Annots", Array([LINK]))))),
    _case(41, "JavaScript", "extras", "JavaScript", spoilt(root("Names", Dictionary(JavaScript=Dictionary())))),
    _case(41, "layers", "extras", "layers", spoilt(root("OCProperties", Dictionary()))),
    _case(41, "an action", "extras", "holds an action", spoilt(page(lambda one: one.__setattr__("AA", Dictionary())))),
    _case(42, "a picture that is not there", "content", "/Nowhere is not in the file", add("/Nowhere Do ")),
    _case(42, "a broken gradient", "content", "4 parts", spoilt(gradient("/DeviceCMYK", 3), b"/Sh sh "),
        twin=spoilt(gradient("/DeviceCMYK", 4), b"/Sh sh ")),
    _case(44, "no barcode", "barcode", "can be read", codes=()),
    _case(44, "another issue", "barcode", "add-on “08”", codes=code(text="9772632791007+08")),
    _case(44, "another paper", "barcode", "says 9771234567003", codes=code(text="9771234567003+09")),
    _case(44, "wrong check digit", "barcode", "check digit", codes=code(text="9772632791001+09")),
    _case(44, "in colour", "barcode", "Cyan", codes=code(inks=("Cyan", "Black"))),
    _case(44, "too small", "barcode", "70%", codes=code(module=0.231)),
    _case(44, "another paper beside it", "barcode", "a till may take the barcode 9771234567003+09 for", severity="warning",
        codes=(CODE, *code(text="9771234567003+09", module=0.2, inks=("Cyan",)))),
    _case(44, "no quiet", "barcode", "to its right", codes=code(quiet=(11.0, 2.0))),
    _case(45, "another date", "folio", "does not say", Draft(instead=content(1).replace(b"September", b"August"))),
    _case(46, "click here", "web-words", "click here", add("0 0 0 1 k BT /F1 20 Tf 60 90 Td (Please click here) Tj ET "), severity="warning"),
    _case(46, "tracking", "web-words", "tracking",
        add("0 0 0 1 k BT /F1 20 Tf 60 90 Td (https://a.org/?utm_source=x) Tj ET "), severity="warning"),
    _case(47, "another name", "file-name", "named print.pdf", name="print.pdf"),
    _case(47, "many pages", "file-name", "has 4 pages", rules=replace(RULES, kind=FileKind.PAGE), twin=Draft(pages=1)),
    _case(48, "another time", "same-bytes", "CreationDate", spoilt(info("CreationDate", "D:20240831000000Z")), severity="warning"),
    _case(48, "other bytes", "same-bytes", "byte for byte", add("0 0 0 1 k "),
        severity="warning", rules=replace(RULES, sha256=PikepdfPressReader().read(Draft().write()).file.sha256)),
)  # fmt: skip
