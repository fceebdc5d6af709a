"""A taller face of another script leaves the lines of the paper's own on the grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import weasyprint
from fontTools.ttLib import TTFont
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.text.fonts import FontConfiguration

from press.compose.stylesheet import style_sheet
from press.manifest.layout import read_layout
from press.measure.composer import mark_up
from press.model.galley import GalleyLine, lines_html
from press.model.type import Face

ROOT = Path(__file__).parents[2]
SIGN = "中"

pytestmark = pytest.mark.rendered


def a_tall_face(serif: Face, folder: Path) -> Face:
    """Make a face that has one sign and twice the ascent."""
    font = TTFont(serif.file)
    for table in font["cmap"].tables:
        table.cmap = {ord(SIGN): "H"} if table.isUnicode() else {}
    font["hhea"].ascent *= 2
    font["OS/2"].sTypoAscender *= 2
    font["OS/2"].usWinAscent *= 2
    for record in font["name"].names:
        if record.nameID in {1, 4, 6, 16}:
            record.string = "PressTall"
    file = folder / "tall.ttf"
    font.save(file)
    return Face(family="Tall", weight=400, italic=False, file=str(file), script="Han")


def lines_of(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if isinstance(child, LineBox):
            yield child
        else:
            yield from lines_of(child)


def test_lines_under_a_taller_sign_stay_on_the_grid(tmp_path: Path) -> None:
    read = read_layout(ROOT, "tabloid").value
    assert read is not None
    serif = next(face for face in read.faces if not face.italic)
    layout = replace(read, faces=(serif, a_tall_face(serif, tmp_path)))
    faces = "".join(
        f'@font-face{{font-family:"{f.family}";src:url({Path(f.file).as_uri()})}}'
        for f in layout.faces
    )
    texts = ["A line,", f"a {SIGN} sign", "and a line", "and one more"]
    lines = [
        GalleyLine(html=mark_up(t, frozenset()), indent=0, measure=90) for t in texts
    ]
    fonts = FontConfiguration()
    sheets = [
        weasyprint.CSS(string=css, font_config=fonts)
        for css in (faces, style_sheet(layout))
    ]
    html = f'<div class="t-body">{lines_html("p", "body", lines)}</div>'

    document = weasyprint.HTML(string=html).render(
        stylesheets=sheets, font_config=fonts
    )

    tops = [line.position_y * 0.75 for line in lines_of(document.pages[0]._page_box)]
    assert len(tops) == len(texts)
    assert [top - tops[0] for top in tops] == pytest.approx([0, 11, 22, 33])
