"""Small sheets to draw, and the desk that draws, binds and reads them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from press.adapters.bindery import PikepdfBindery
from press.adapters.harfbuzz import HarfBuzzShaper
from press.adapters.pdfium import PdfiumReader
from press.adapters.weasy import WeasyTypesetter
from press.compose.stylesheet import style_sheet
from press.manifest.layout import read_layout
from press.model.facts import PageFacts
from press.model.finding import Checked
from press.model.galley import GalleyLine, lines_html
from press.model.layout import Layout
from press.model.page import Colophon, DrawnPage, Sheet, Stationery

ROOT = Path(__file__).parents[2]
LEADING, SIZE = 11.0, 9.0
#: Where the text of these sheets stands, in points.
LEFT, TOP, MEASURE = 100.0, 110.0, 150.0
COLOPHON = Colophon(title="The Lamp", author="Lamp Ltd", lang="en-GB", date=86_400)


class Silence:
    """Progress that nobody watches."""

    def step(self, what: str, done: int, of: int) -> None:
        del what, done, of


@lru_cache(maxsize=1)
def the_layout() -> Layout:
    layout = read_layout(ROOT, "tabloid").value
    assert layout is not None
    return layout


def own_faces() -> tuple[int, ...]:
    """Return the numbers of the faces that every machine has."""
    return tuple(n for n, face in enumerate(the_layout().faces) if not face.script)


def stationery(css: str = "", pictures: Path | str = "") -> Stationery:
    layout = the_layout()
    return Stationery(
        css=(style_sheet(layout), ".at { position: absolute }", css),
        faces=tuple(layout.faces[number] for number in own_faces()),
        pictures=str(pictures),
    )


def a_line(text: str, *, justified: bool = False, **changes: float) -> GalleyLine:
    return GalleyLine(
        html=text,
        indent=changes.get("indent", 0.0),
        measure=changes.get("measure", MEASURE),
        tracking=changes.get("tracking", 0.0),
        justified=justified,
    )


def set_text(*lines: GalleyLine | str, left: float = LEFT, top: float = TOP) -> str:
    """Return a paragraph of body type at a place, its lines broken."""
    ready = [a_line(one) if isinstance(one, str) else one for one in lines]
    inside = lines_html("p", "t-body", ready)
    style = f"left:{left:g}pt;top:{top:g}pt;width:{MEASURE:g}pt"
    return f'<div class="at" style="{style}">{inside}</div>'


def a_sheet(body: str, number: int = 1, articles: tuple[str, ...] = ()) -> Sheet:
    html = (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>Page {number}</title></head><body>{body}</body></html>"
    )
    return Sheet(number=number, html=html, articles=articles)


@dataclass
class Pressroom:
    """A typesetter, a bindery and a reader."""

    typesetter: WeasyTypesetter

    def draw(
        self, *sheets: Sheet, css: str = "", pictures: Path | str = ""
    ) -> Sequence[Checked[DrawnPage]]:
        return self.typesetter.draw(sheets, stationery(css, pictures), Silence())

    def bind(self, pages: Sequence[DrawnPage], colophon: Colophon = COLOPHON) -> bytes:
        return bind(pages, colophon)

    def print(self, *sheets: Sheet, css: str = "") -> bytes:
        """Return sheets bound; nothing may be said of them."""
        drawn = self.draw(*sheets, css=css)
        assert [one.findings for one in drawn] == [()] * len(sheets)
        return bind([one.value for one in drawn if one.value])

    def facts(self, *sheets: Sheet, css: str = "") -> Sequence[PageFacts]:
        return PdfiumReader().read(self.print(*sheets, css=css))


def bind(pages: Sequence[DrawnPage], colophon: Colophon = COLOPHON) -> bytes:
    own = stationery()
    return PikepdfBindery(HarfBuzzShaper(own.faces)).bind(pages, own, colophon)
