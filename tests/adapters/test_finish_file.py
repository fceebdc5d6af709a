from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from pikepdf import Array, Dictionary, Name, Stream, String

from press.model.errors import EngineError
from press.model.length import PT_PER_MM, Length
from press.model.printer import Edges
from tests.adapters.presswork import (
    HEIGHT,
    WIDTH,
    X4,
    Bound,
    a_job,
    a_profile,
    even,
    findings,
    finish,
    finished,
)

TEXT = "BT /F 9 Tf (a) Tj ET"


def box(leaf: pikepdf.Object, name: str) -> list[float]:
    return [float(edge) for edge in leaf[name]]


def test_without_bleed_and_marks_the_sheet_is_the_page() -> None:
    with finished(Bound().page(TEXT)) as pdf:
        leaf = pdf.pages[0].obj

        for name in ("/MediaBox", "/BleedBox", "/TrimBox"):
            assert box(leaf, name) == [0, 0, WIDTH, HEIGHT]
        assert set(leaf.keys()) == {
            *("/Type", "/Parent", "/MediaBox", "/BleedBox", "/TrimBox"),
            *("/Resources", "/Contents"),
        }


def test_bleed_is_the_printer_s_at_every_edge() -> None:
    bleed = Edges(top=Length(1), right=Length(2), bottom=Length(3), left=Length(4))

    with finished(
        Bound().page(TEXT, bleed=9), a_job(bleed=bleed, drawn_bleed=9)
    ) as pdf:
        leaf = pdf.pages[0].obj

        assert box(leaf, "/MediaBox") == [0, 0, WIDTH + 6, HEIGHT + 4]
        assert box(leaf, "/BleedBox") == box(leaf, "/MediaBox")
        assert box(leaf, "/TrimBox") == [4, 3, WIDTH + 4, HEIGHT + 3]
        content = leaf.Contents.read_bytes()
        assert content.startswith(b"q\n0 0 206 304 re\nW\nn\n1 0 0 1 4 3 cm\n")


def test_marks_stand_outside_the_bleed_in_every_ink() -> None:
    job = a_job(bleed=even(9), drawn_bleed=9, marks=True, slug="The Lamp")

    with finished(Bound().page(TEXT, bleed=9), job) as pdf:
        leaf = pdf.pages[0].obj
        media, bleed = box(leaf, "/MediaBox"), box(leaf, "/BleedBox")
        content = leaf.Contents.read_bytes()
        art, marks = content.rsplit(b"Q\nq\n", 1)

        assert media[:2] == [0, 0]
        assert media[2] - bleed[2] == pytest.approx(7 * PT_PER_MM, abs=1e-3)
        assert f"{bleed[0]:.4f}".encode() in art
        space = leaf.Resources.ColorSpace["/PressAll"]
        assert [str(one) for one in list(space.as_list())[:3]] == [
            *("/Separation", "/All", "/DeviceCMYK")
        ]
        assert b"/PressAll CS\n1 SCN" in marks
        assert marks.count(b"l\nS") == marks.count(b" m\n") - 4  # but for the rings
        for line in marks.decode().splitlines():
            *numbers, operator = line.split()
            if operator not in {"m", "l", "c"}:
                continue
            points = list(zip(numbers[::2], numbers[1::2], strict=True))
            for x, y in ((float(x), float(y)) for x, y in points):
                inside = bleed[0] < x < bleed[2] and bleed[1] < y < bleed[3]
                assert not inside
                assert media[0] <= x <= media[2]
                assert media[1] <= y <= media[3]


def test_a_page_of_another_size_is_an_error() -> None:
    job = a_job(width=Length(WIDTH + 5))

    (said,) = findings(Bound().page(TEXT), job)

    assert (said.code, said.place.page) == ("press.page-size", 1)
    assert "70.6 × 105.8 mm" in said.message


def test_pages_drawn_with_too_little_bleed_are_an_error() -> None:
    (said,) = findings(Bound().page(TEXT), a_job(bleed=even(9), drawn_bleed=8))

    assert said.code == "press.page-size"
    assert "2.8 mm" in said.message
    assert "3.2 mm" in said.message


def test_links_tags_outline_and_all_that_acts_go() -> None:
    bound = Bound().page(TEXT)
    pdf = bound.pdf
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(Dictionary(Subtype=Name.Link))])
    for key in ("/Outlines", "/StructTreeRoot", "/AcroForm", "/Names", "/OCProperties"):
        pdf.Root[key] = pdf.make_indirect(Dictionary(Type=Name("/Forgotten")))
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript)
    pdf.Root.Lang = String("en-GB")

    with finished(bound) as done:
        assert set(done.Root.keys()) == {
            *("/Type", "/Pages", "/Lang", "/OutputIntents", "/Metadata"),
        }
        left = [one for one in done.objects if isinstance(one, pikepdf.Dictionary)]
        assert not any(one.get("/Type") == Name("/Forgotten") for one in left)
        assert not any(one.get("/Subtype") == Name.Link for one in left)


def test_marked_content_goes_but_for_words_that_glyphs_do_not_tell() -> None:
    lists = Dictionary(
        Own=Dictionary(ActualText=String("read")), Other=Dictionary(MCID=1)
    )

    with finished(
        Bound().page(
            "/Artifact BMC q 0 0 9 9 re f Q EMC /Span <</MCID 0>> BDC "
            f"/Span <</ActualText <feff0061>>> BDC {TEXT} EMC EMC "
            "/P /Own BDC 0 0 9 9 re f EMC /P /Other BDC 0 0 9 9 re f EMC "
            "/S <</MCID 4/ActualText (a \\) b)/Lang (en)>> BDC EMC /Q MP",
            Properties=lists,
        )
    ) as pdf:
        content = pdf.pages[0].Contents.read_bytes()

        assert content.count(b"BDC") == content.count(b"EMC") == 3
        assert content.count(b"/Span <</ActualText") == 3
        for words in (b"<feff0061>", b"(read)", b"(a \\) b)"):
            assert words in content
        for gone in (b"MCID", b"Artifact", b"BMC", b"MP"):
            assert gone not in content


def test_a_file_for_x_1a_is_pdf_1_4_and_says_so() -> None:
    done = finish(Bound().page(TEXT)).value

    assert done is not None
    assert done.startswith(b"%PDF-1.4")
    assert b"/ObjStm" not in done
    assert b"/XRef" not in done
    with pikepdf.open(io.BytesIO(done)) as pdf:
        info = pdf.docinfo
        assert str(info.GTS_PDFXVersion) == "PDF/X-1a:2003"
        assert info.Trapped == Name("/False")
        assert str(info.Title) == "The <Lamp> & Co"
        assert str(info.CreationDate) == str(info.ModDate) == "D:19700102000000Z"
        assert pdf.trailer.ID


def test_a_file_for_x_4_is_pdf_1_6_and_says_so_in_xmp() -> None:
    done = finish(Bound().page(TEXT), a_job(**X4)).value

    assert done is not None
    assert done.startswith(b"%PDF-1.6")
    with pikepdf.open(io.BytesIO(done)) as pdf:
        assert "/GTS_PDFXVersion" not in pdf.docinfo
        with pdf.open_metadata() as told:
            assert told["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
            assert told["dc:title"] == "The <Lamp> & Co"
            assert told["pdf:Trapped"] == "False"
            assert told["xmp:ModifyDate"] == "1970-01-02T00:00:00Z"
            assert told["xmpMM:VersionID"] == "1"
            assert len(told["xmpMM:DocumentID"]) == len("uuid:") + 36


def test_the_output_intent_names_the_press() -> None:
    with finished(Bound().page(TEXT)) as pdf:
        (intent,) = pdf.Root.OutputIntents.as_list()

        assert intent.S == Name.GTS_PDFX
        assert str(intent.OutputConditionIdentifier) == "IFRA26"
        assert str(intent.OutputCondition) == "Coldset on newsprint"
        assert str(intent.Info) == "A newspaper's press"
        assert str(intent.RegistryName) == "http://www.color.org"
        assert intent.DestOutputProfile.read_bytes() == a_profile().data
        assert int(intent.DestOutputProfile.N) == 4


@pytest.mark.parametrize(
    "changes", [{"stand_in": True}, {"condition": "press stand-in coldset"}]
)
def test_a_press_that_no_registry_knows_is_not_said_to_be_in_one(
    changes: dict[str, Any],
) -> None:
    profile = replace(a_profile(), **changes)

    with finished(Bound().page(TEXT), a_job(profile=profile)) as pdf:
        (intent,) = pdf.Root.OutputIntents.as_list()

        assert "/RegistryName" not in intent


@pytest.mark.parametrize("printer", [{}, X4, {"marks": True}])
def test_the_same_pages_give_the_same_bytes(printer: dict[str, Any]) -> None:
    bound, job = (
        Bound().page(TEXT).page("1 0 0 rg 0 0 9 9 re f").bytes(),
        a_job(**printer),
    )

    assert finish(bound, job).value == finish(bound, job).value
    assert finish(bound, job).value != finish(bound, replace(job, date=1)).value


def an_opentype_font() -> bytes:
    build = FontBuilder(1000, isTTF=False)
    build.setupGlyphOrder([".notdef", "a"])
    build.setupCharacterMap({97: "a"})
    pen = T2CharStringPen(500, None)
    pen.moveTo((0, 0))
    pen.lineTo((0, 500))
    pen.lineTo((500, 0))
    pen.closePath()
    shape = pen.getCharString()
    build.setupCFF("Lamp", {}, {".notdef": shape, "a": shape}, {})
    build.setupHorizontalMetrics({".notdef": (500, 0), "a": (500, 0)})
    build.setupHorizontalHeader()
    build.setupPost()
    out = io.BytesIO()
    build.save(out)
    return out.getvalue()


def test_opentype_fonts_become_what_pdf_1_4_knows() -> None:
    bound, data = Bound(), an_opentype_font()
    program = Stream(bound.pdf, data, Dictionary(Subtype=Name.OpenType))
    inner = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0,
        CIDToGIDMap=Name.Identity,
        FontDescriptor=Dictionary(
            Type=Name.FontDescriptor,
            FontFamily=String("Lamp"),
            FontStretch=Name.Normal,
            FontWeight=400,
            FontFile3=bound.pdf.make_indirect(program),
        ),
    )
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, DescendantFonts=Array([inner])
    )
    bound.page(TEXT, Font=Dictionary(F=bound.pdf.make_indirect(font)))

    with finished(bound) as pdf:
        made = pdf.pages[0].Resources.Font["/F"].DescendantFonts[0]

        assert "/CIDToGIDMap" not in made
        assert set(made.FontDescriptor.keys()) == {"/Type", "/FontFile3"}
        assert made.FontDescriptor.FontFile3.Subtype == Name.CIDFontType0C
        table = made.FontDescriptor.FontFile3.read_bytes()
        assert table[:2] == b"\x01\x00"
        assert table in data


def test_all_that_is_wrong_is_told_at_once() -> None:
    states = Dictionary(t=Dictionary(ca=0.5))
    bound = Bound().page("/t gs 0 0 9 9 re f 5 5 5 5 re f", ExtGState=states)
    bound.page("/Nowhere sh")

    said = findings(bound)

    assert [(one.code, one.place.page) for one in said] == [
        ("press.transparency", 1),
        ("press.transparency", 1),
        ("press.content", 2),
    ]


def test_a_file_that_cannot_be_read_stops_press() -> None:
    with pytest.raises(EngineError):
        finish(b"no PDF")


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
@pytest.mark.parametrize("printer", [{"marks": True}, X4])
def test_qpdf_finds_nothing_wrong(tmp_path: Path, printer: dict[str, Any]) -> None:
    done = finish(
        Bound().page(TEXT).page("0 0 1 rg 0 0 9 9 re f"), a_job(**printer)
    ).value
    assert done is not None
    (tmp_path / "print.pdf").write_bytes(done)

    told = subprocess.run(
        ["qpdf", "--check", tmp_path / "print.pdf"], capture_output=True, check=False
    )

    assert told.returncode == 0, told.stdout
