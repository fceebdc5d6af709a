"""Spreads and single pages of a press file, looked at from outside."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from press.adapters.stripping import PikepdfStripper
from press.model.errors import EngineError
from press.model.press import SheetSide

MM = 72 / 25.4
WIDTH, HEIGHT = 200.0, 300.0
XMP = b"<x:xmpmeta>what the press file says of itself</x:xmpmeta>"
PICTURE = bytes(range(256)) * 40
RED, BLUE = "0 1 1 0 k", "1 1 0 0 k"


@dataclass(frozen=True)
class Kind:
    """A kind of press file."""

    version: str = "1.4"
    bleed: float = 0.0
    slug: float = 0.0

    @property
    def edge(self) -> float:
        return max(self.bleed, self.slug)


PLAIN = Kind()
BLEEDING = Kind(bleed=3 * MM)
MARKED = Kind(bleed=3 * MM, slug=12 * MM)
X4 = Kind(version="1.6", bleed=3 * MM, slug=12 * MM)


def a_press_file(pages: int, kind: Kind = PLAIN) -> bytes:
    """Return pages that say their number; odd ones are red to the bleed, even ones blue."""
    with Pdf.new() as book:
        font = book.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        picture = book.make_stream(
            PICTURE,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=64,
            Height=40,
            BitsPerComponent=8,
            ColorSpace=Name.DeviceCMYK,
        )
        for number in range(1, pages + 1):
            _add(book, number, kind, font, picture)
        profile = book.make_stream(b"a profile of the press" * 50, N=4)
        book.Root.OutputIntents = Array(
            [
                Dictionary(
                    Type=Name.OutputIntent,
                    S=Name.GTS_PDFX,
                    OutputConditionIdentifier="IFRA26",
                    DestOutputProfile=profile,
                )
            ]
        )
        book.Root.Metadata = book.make_stream(XMP, Type=Name.Metadata, Subtype=Name.XML)
        book.docinfo = book.make_indirect(
            Dictionary(Title="The Lamp", GTS_PDFXVersion="PDF/X-1:2001")
        )
        book.docinfo.Trapped = Name("/False")
        book.trailer.ID = Array([b"0123456789abcdef", b"0123456789abcdef"])
        out = io.BytesIO()
        book.save(
            out,
            deterministic_id=True,
            force_version=kind.version,
            fix_metadata_version=False,
        )
        return out.getvalue()


def _add(
    book: Pdf, number: int, kind: Kind, font: pikepdf.Object, picture: pikepdf.Object
) -> None:
    edge, bleed = kind.edge, kind.bleed
    book.add_blank_page(page_size=(WIDTH + 2 * edge, HEIGHT + 2 * edge))
    page = book.pages[-1].obj
    page.TrimBox = Array([edge, edge, edge + WIDTH, edge + HEIGHT])
    low = edge - bleed
    page.BleedBox = Array([low, low, edge + WIDTH + bleed, edge + HEIGHT + bleed])
    ink = RED if number % 2 else BLUE
    art = f"{ink} {low:.4f} {low:.4f} {WIDTH + 2 * bleed:.4f} {HEIGHT + 2 * bleed:.4f} re f"
    words = f"0 0 0 1 k BT /F 12 Tf {edge + 80} {edge + 150} Td (Page {number}.) Tj ET"
    shown = f"q 20 0 0 20 {edge + 90} {edge + 20} cm /Im Do Q"
    marks = f"0 0 0 1 k 0 0 {kind.slug / 4:.4f} {HEIGHT} re f 0 {edge} m 9 {edge} l S"
    page.Contents = book.make_stream(
        "\n".join((art, words, shown, marks if kind.slug else "")).encode()
    )
    page.Resources = Dictionary(
        Font=Dictionary(F=font, Spare=font),
        XObject=Dictionary({"/Im": picture, f"/Only{number}": picture}),
    )


def booklet(pages: int, creep: float = 0.0) -> list[SheetSide]:
    """Return the sides of the sheets of a booklet, written down by hand's rule."""
    sides = []
    for sheet in range(pages // 4):
        low, high, push = 2 * sheet + 1, pages - 2 * sheet, creep * sheet
        sides.append(SheetSide(left=high, right=low, push=push))
        sides.append(SheetSide(left=low + 1, right=high - 1, push=push))
    return sides


def spreads(pages: int, kind: Kind = PLAIN, creep: float = 0.0) -> bytes:
    return PikepdfStripper().spreads(a_press_file(pages, kind), booklet(pages, creep))


@contextmanager
def opened(pdf: bytes) -> Iterator[Pdf]:
    with pikepdf.open(io.BytesIO(pdf)) as book:
        yield book


def box(page: pikepdf.Page, name: str) -> list[float]:
    return [float(value) for value in page.obj[name].as_list()]


def halves(pdf: bytes) -> list[tuple[int, int]]:
    """Read the numbers of the pages in the two halves of every spread."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        left = text.get_text_bounded(0, 0, width / 2, height)
        right = text.get_text_bounded(width / 2, 0, width, height)
        found.append((_number(left), _number(right)))
    document.close()
    return found


def _number(text: str) -> int:
    found = re.findall(r"Page (\d+)\.", text)
    assert len(found) == 1, text
    return int(found[0])


def folded(sides: Sequence[tuple[int, int]]) -> list[int]:
    """Fold the sheets, put one into the other, and turn the leaves."""
    sheets = list(zip(sides[::2], sides[1::2], strict=True))
    to_middle = [n for outer, inner in sheets for n in (outer[1], inner[0])]
    onwards = [n for outer, inner in sheets[::-1] for n in (inner[1], outer[0])]
    return to_middle + onwards


def picture_of(pdf: bytes, page: int = 0, scale: float = 2.0) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    image: Image.Image = document[page].render(scale=scale).to_pil().convert("RGB")
    document.close()
    return image


def colour_at(image: Image.Image, x: float, y: float, scale: float = 2.0) -> str:
    """Name the colour at a place, in points from the lower left corner."""
    pixel = image.getpixel((int(x * scale), int(image.height - 1 - y * scale)))
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    if min(red, green, blue) > 240:
        return "paper"
    if max(red, green, blue) < 100:
        return "black"
    return "red" if red > blue else "blue"


# ---------------------------------------------------------------- spreads


@pytest.mark.parametrize("pages", [8, 16, 24, 48])
@pytest.mark.parametrize("kind", [PLAIN, MARKED], ids=["plain", "marked"])
def test_folded_spreads_have_the_pages_in_order(pages: int, kind: Kind) -> None:
    found = halves(spreads(pages, kind))

    assert folded(found) == list(range(1, pages + 1))


def test_a_spread_is_two_trims_wide_and_has_its_bleed_around_it() -> None:
    with opened(spreads(8, MARKED)) as book:
        edge, bleed = MARKED.edge, MARKED.bleed
        for page in book.pages:
            assert box(page, "/MediaBox") == pytest.approx(
                [0, 0, 2 * WIDTH + 2 * edge, HEIGHT + 2 * edge], abs=1e-3
            )
            assert box(page, "/TrimBox") == pytest.approx(
                [edge, edge, edge + 2 * WIDTH, edge + HEIGHT], abs=1e-3
            )
            assert box(page, "/BleedBox") == pytest.approx(
                [
                    edge - bleed,
                    edge - bleed,
                    edge + 2 * WIDTH + bleed,
                    edge + HEIGHT + bleed,
                ],
                abs=1e-3,
            )
            assert "/CropBox" not in page.obj


def test_art_fills_the_bleed_outside_and_ends_at_the_trim_at_the_spine() -> None:
    image = picture_of(spreads(4, BLEEDING))
    edge, spine = BLEEDING.edge, BLEEDING.edge + WIDTH

    assert colour_at(image, 1, 100) == "blue"
    assert colour_at(image, spine - 1, 100) == "blue"
    assert colour_at(image, spine + 1, 100) == "red"
    assert colour_at(image, 2 * spine - 1, 100) == "red"
    assert colour_at(image, 100, 1) == "blue"
    assert colour_at(image, spine + 100, HEIGHT + 2 * edge - 1) == "red"


def test_marks_of_single_pages_are_not_drawn_on_a_spread() -> None:
    image = picture_of(spreads(4, MARKED))
    spine = MARKED.edge + WIDTH

    # on single pages a black bar stands at the left of the media, 3 mm wide
    single = picture_of(PikepdfStripper().pages(a_press_file(1, MARKED))[0])
    assert colour_at(single, 4, 150) == "black"
    assert colour_at(image, 4, 150) == "paper"
    assert colour_at(image, spine - MARKED.edge + 4, 150) == "blue"
    assert colour_at(image, spine + 4, 150) == "red"


def test_a_spread_has_its_own_marks_in_all_inks_outside_of_the_bleed() -> None:
    with opened(spreads(4, MARKED)) as book:
        page = book.pages[0]
        marks = [
            [float(value) for value in line]
            for line in re.findall(
                rb"^([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l S$",
                page.Contents.read_bytes(),
                re.MULTILINE,
            )
        ]
        assert page.Resources.ColorSpace.All[:2] == [Name.Separation, Name.All]
        low, *_ = box(page, "/BleedBox")
        _, _, right, top = box(page, "/BleedBox")
        _, _, wide, high = box(page, "/MediaBox")

    edge = MARKED.edge
    upright = {x for x, _, to_x, _ in marks if abs(x - to_x) < 1e-6}
    assert {round(edge, 3), round(edge + WIDTH, 3), round(edge + 2 * WIDTH, 3)} <= {
        round(x, 3) for x in upright
    }
    for x, y, to_x, to_y in marks:
        beside = max(x, to_x) < low or min(x, to_x) > right
        over = max(y, to_y) < low or min(y, to_y) > top
        assert beside or over
        assert min(x, to_x, y, to_y) >= 0
        assert max(x, to_x) <= wide
        assert max(y, to_y) <= high


def test_a_spread_of_pages_without_marks_has_none() -> None:
    with opened(spreads(4, BLEEDING)) as book:
        assert "/ColorSpace" not in book.pages[0].Resources
        assert b" l S" not in book.pages[0].Contents.read_bytes()


def test_creep_pushes_the_pages_of_inner_sheets_towards_the_spine() -> None:
    creep = 0.5 * MM
    places = []
    document = pypdfium2.PdfDocument(spreads(16, BLEEDING, creep))
    for page in document:
        text = page.get_textpage()
        found = [
            text.get_charbox(n)[0]
            for n in range(text.count_chars())
            if text.get_text_range(n, 1) == "P"
        ]
        places.append(sorted(found))
    document.close()

    for number, (left, right) in enumerate(places):
        push = creep * (number // 2)
        assert left == pytest.approx(places[0][0] + push, abs=0.01)
        assert right == pytest.approx(places[0][1] - push, abs=0.01)


def test_creep_leaves_trim_and_spine_where_they_are() -> None:
    pdf = spreads(16, BLEEDING, creep=1 * MM)
    spine = BLEEDING.edge + WIDTH

    with opened(pdf) as book:
        assert len({tuple(box(page, "/TrimBox")) for page in book.pages}) == 1
    innermost = picture_of(pdf, 6)
    assert colour_at(innermost, spine - 1, 100) == "blue"
    assert colour_at(innermost, spine + 1, 100) == "red"


def test_marks_of_a_pushed_page_stay_out_of_the_bleed() -> None:
    image = picture_of(spreads(8, MARKED, creep=8 * MM), 2)
    low = MARKED.edge - MARKED.bleed

    # the bar at the left of the media would stand here, and bleed does not reach here
    assert colour_at(image, low + 4, 150) == "paper"
    assert colour_at(image, low + 8 * MM + 4, 150) == "blue"


def test_fonts_and_pictures_are_in_the_file_once() -> None:
    with opened(spreads(16)) as book:
        streams = [one for one in book.objects if isinstance(one, pikepdf.Stream)]
        images = [one for one in streams if one.get("/Subtype") == Name.Image]
        forms = [one for one in streams if one.get("/Subtype") == Name.Form]
        fonts = [
            one
            for one in book.objects
            if isinstance(one, Dictionary) and one.get("/Type") == Name.Font
        ]

    assert (len(images), len(fonts), len(forms)) == (1, 1, 16)


def test_pages_of_several_sizes_are_refused() -> None:
    with pikepdf.open(io.BytesIO(a_press_file(4))) as book:
        book.pages[2].obj.TrimBox = Array([0, 0, WIDTH - 2, HEIGHT])
        out = io.BytesIO()
        book.save(out)

    with pytest.raises(EngineError, match="page 3 is trimmed to another size"):
        PikepdfStripper().spreads(out.getvalue(), booklet(4))


def test_a_page_that_is_not_there_is_refused() -> None:
    with pytest.raises(EngineError, match="pages 8 and 1 of 4 pages"):
        PikepdfStripper().spreads(a_press_file(4), booklet(8))


def test_a_file_that_is_no_pdf_is_refused() -> None:
    with pytest.raises(EngineError, match="cannot be read"):
        PikepdfStripper().pages(b"no PDF at all")


# ---------------------------------------------------------------- single pages


def test_every_page_becomes_a_file_with_its_boxes() -> None:
    made = PikepdfStripper().pages(a_press_file(4, MARKED))

    for number, pdf in enumerate(made, 1):
        with opened(pdf) as book, opened(a_press_file(4, MARKED)) as whole:
            assert len(book.pages) == 1
            for name in ("/MediaBox", "/BleedBox", "/TrimBox"):
                assert box(book.pages[0], name) == box(whole.pages[number - 1], name)
        document = pypdfium2.PdfDocument(pdf)
        assert f"Page {number}." in document[0].get_textpage().get_text_range()
        document.close()
    assert len(made) == 4


def test_a_page_file_holds_only_what_its_page_draws() -> None:
    for pdf in PikepdfStripper().pages(a_press_file(4)):
        with opened(pdf) as book:
            resources = book.pages[0].Resources
            assert list(resources.Font.keys()) == ["/F"]
            assert list(resources.XObject.keys()) == ["/Im"]


def test_a_page_file_does_not_carry_the_other_pages() -> None:
    (first, *_) = PikepdfStripper().pages(a_press_file(48))
    (alone,) = PikepdfStripper().pages(a_press_file(1))

    assert abs(len(first) - len(alone)) < 200


# ---------------------------------------------------------------- both


def both(kind: Kind) -> list[bytes]:
    stripper, whole = PikepdfStripper(), a_press_file(8, kind)
    return [stripper.spreads(whole, booklet(8)), *stripper.pages(whole)]


@pytest.mark.parametrize("kind", [MARKED, X4], ids=["x-1a", "x-4"])
def test_what_makes_it_a_press_file_is_carried_over(kind: Kind) -> None:
    for pdf in both(kind):
        with opened(pdf) as book:
            (intent,) = book.Root.OutputIntents.as_list()
            assert intent.S == Name.GTS_PDFX
            assert str(intent.OutputConditionIdentifier) == "IFRA26"
            assert intent.DestOutputProfile.read_bytes().startswith(b"a profile")
            assert intent.DestOutputProfile.N == 4
            assert book.Root.Metadata.read_bytes() == XMP
            assert str(book.docinfo.Title) == "The Lamp"
            assert str(book.docinfo.GTS_PDFXVersion) == "PDF/X-1:2001"
            assert book.docinfo.Trapped == Name("/False")
            assert bytes(book.trailer.ID[0]) == b"0123456789abcdef"


@pytest.mark.parametrize("kind", [MARKED, X4], ids=["x-1a", "x-4"])
def test_the_version_is_that_of_the_press_file(kind: Kind) -> None:
    for pdf in both(kind):
        assert pdf.startswith(f"%PDF-{kind.version}".encode())
        assert (b"/ObjStm" in pdf) == (kind.version == "1.6")


@pytest.mark.parametrize("kind", [MARKED, X4], ids=["x-1a", "x-4"])
def test_the_same_press_file_gives_the_same_bytes(kind: Kind) -> None:
    first = both(kind)
    time.sleep(1.1)  # identifiers made of the time count in seconds

    assert both(kind) == first


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
@pytest.mark.parametrize("kind", [MARKED, X4], ids=["x-1a", "x-4"])
def test_qpdf_finds_nothing_wrong(kind: Kind, tmp_path: Path) -> None:
    for number, pdf in enumerate(both(kind)[:3]):
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(pdf)
        done = subprocess.run(
            ["qpdf", "--check", str(file)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
