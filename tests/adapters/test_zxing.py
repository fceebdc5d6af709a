"""Codes read off drawn pages, above all the bar code of the front page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageOps

from press.adapters.jinja import JinjaTemplates
from press.adapters.pdfium import PdfiumReader
from press.adapters.qr import SegnoCodes
from press.adapters.zxing import ZxingCodeReader
from press.compose.page import compose_page
from press.model.barcode import MODULE, BarcodePlace, BarcodeStyle
from press.model.errors import EngineError
from press.prepress.barcode import draw_barcode
from tests.adapters.sheets import Pressroom, a_sheet, bind, the_layout
from tests.compose.paper import PREPARED, Paper

pytestmark = pytest.mark.rendered
ISSN, CODE = "9876-5434", "9779876543003"
#: Fewer pixels do not tell the bars of a symbol of 80 % apart.
PPI = 300
READER = ZxingCodeReader()


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    for picture in PREPARED.values():
        Image.new("L", picture.pixels, 128).save(folder / picture.name, dpi=(72, 72))
    return folder


def a_front_page(pressroom: Pressroom, style: BarcodeStyle, pictures: Path) -> bytes:
    """Return the front page of a small paper, drawn and bound."""
    forme = Paper().forme()
    furniture = replace(forme.layout.furniture, barcode=style)
    code = draw_barcode(ISSN, "09", style=style, family="Press Sans")
    forme = replace(
        forme, layout=replace(forme.layout, furniture=furniture), barcode=code
    )
    view = compose_page(forme, forme.flatplan.pages[0], PREPARED)
    folder = Path(the_layout().folder)
    html = JinjaTemplates(folder).fill("page.html.j2", {"page": view})
    css = "".join(file.read_text("utf-8") for file in sorted(folder.glob("*.css")))
    sheet = replace(a_sheet(""), html=html, articles=("salt",))
    (drawn,) = pressroom.draw(sheet, css=css, pictures=pictures)
    assert drawn.findings == ()
    assert drawn.value is not None
    return bind([drawn.value])


@pytest.mark.parametrize("where", list(BarcodePlace))
@pytest.mark.parametrize("size", [0.8, 1.0])
def test_the_front_page_says_paper_and_issue_to_a_till_where_the_layout_has_it(
    pressroom: Pressroom, pictures: Path, size: float, where: BarcodePlace
) -> None:
    style, layout = BarcodeStyle(size=size, where=where), the_layout()
    pdf = a_front_page(pressroom, style, pictures)

    (found,) = READER.read(PdfiumReader().picture(pdf, 1, PPI))

    assert (found.kind, found.text, found.add_on) == ("EAN-13", CODE, "09")
    scale = PPI / 72
    inside = (found.right - found.left) / scale / MODULE.pt
    assert inside == pytest.approx(size * (95 + 9 + 20), abs=1)
    masthead = layout.margins.top + layout.leading * layout.furniture.masthead
    assert (found.bottom < masthead.pt * scale) == (where is BarcodePlace.MASTHEAD)
    assert found.left > layout.width.pt * scale / 2
    assert found.right < (layout.width - layout.margins.right).pt * scale


def test_its_bars_are_printed_by_the_black_plate_alone(pressroom: Pressroom) -> None:
    code = draw_barcode(ISSN, "09", style=BarcodeStyle(), family="Press Sans")
    pdf = pressroom.print(a_sheet(f'<div class="at">{code.svg}</div>'))

    with pikepdf.open(io.BytesIO(pdf)) as book:
        inks = set(_inks(book.pages[0].obj))

    assert inks == {"/DeviceCMYK 0 0 0 1 scn"}


def _inks(page: pikepdf.Object) -> Iterator[str]:
    """Yield the colour in which anything is filled, as the file sets it."""
    space, colour = "", "black from the start"
    for step in pikepdf.parse_content_stream(page):
        name, said = str(step.operator), " ".join(map(str, step.operands))
        if name == "cs":
            space = said
        if name in {"k", "rg", "g"}:
            colour = f"{said} {name}"
        if name in {"sc", "scn"}:
            colour = f"{space} {said} {name}"
        if name in {"f", "f*", "Tj", "TJ"}:
            yield colour
    if "/XObject" in page.Resources:
        for form in page.Resources.XObject.as_dict().values():
            yield from _inks(form)


def test_a_qr_code_is_read_too(pressroom: Pressroom) -> None:
    svg = SegnoCodes().draw("https://lamp.example/2024-09-1")
    box = "width:80pt;height:80pt;left:90pt;top:90pt"
    pdf = pressroom.print(a_sheet(f'<div class="at" style="{box}">{svg}</div>'))

    (found,) = READER.read(PdfiumReader().picture(pdf, 1, PPI))

    assert (found.text, found.add_on) == ("https://lamp.example/2024-09-1", "")
    assert found.left == pytest.approx(90 / 72 * PPI, abs=30)
    assert found.top == pytest.approx(90 / 72 * PPI, abs=30)


def test_a_code_without_an_add_on_is_told_from_one_with_it(
    pressroom: Pressroom,
) -> None:
    code = draw_barcode(ISSN, "09", style=BarcodeStyle(), family="Press Sans")
    pdf = pressroom.print(a_sheet(f'<div class="at">{code.svg}</div>'))
    with Image.open(io.BytesIO(PdfiumReader().picture(pdf, 1, PPI))) as page:
        whole = ImageOps.expand(page.convert("RGB"), 20, "white")
    across = 20 + code.width.pt / 72 * PPI * (11 + 95 + 5) / 140
    cut = whole.crop((0, 0, int(across), whole.height))
    out = io.BytesIO()
    cut.save(out, "PNG")

    (found,) = READER.read(out.getvalue())

    assert (found.text, found.add_on) == (CODE, "")


def test_two_codes_come_from_the_top_downwards(pressroom: Pressroom) -> None:
    parts = []
    for number, issn in enumerate((ISSN, "0317-8471")):
        code = draw_barcode(
            issn, f"0{number + 1}", style=BarcodeStyle(), family="Press Sans"
        )
        top = f"left:60pt;top:{400 - 200 * number}pt"
        parts.append(f'<div class="at" style="{top}">{code.svg}</div>')
    pdf = pressroom.print(a_sheet("".join(parts)))

    found = READER.read(PdfiumReader().picture(pdf, 1, PPI))

    assert [one.text for one in found] == ["9770317847001", CODE]
    assert [one.add_on for one in found] == ["02", "01"]


def test_a_page_without_codes_has_none(pressroom: Pressroom) -> None:
    pdf = pressroom.print(a_sheet("<p>Words alone.</p>"))

    assert READER.read(PdfiumReader().picture(pdf, 1, 100)) == ()


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(EngineError, match="cannot be read"):
        READER.read(b"no picture")
