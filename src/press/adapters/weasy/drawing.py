"""Draw one page with WeasyPrint."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pydyf
import weasyprint
from weasyprint.draw import text as draw_text
from weasyprint.pdf import fonts as pdf_fonts
from weasyprint.text.fonts import FontConfiguration

from press.adapters.weasy.fetcher import BASE, Shelf
from press.adapters.weasy.justify import justify
from press.adapters.weasy.letters import draw_first_line
from press.adapters.weasy.shortcuts import Page, take_shortcuts
from press.adapters.weasy.tags import know_headers, mend

#: What WeasyPrint logs and is said in other words here.
QUIET = (".notdef ",)
#: Characters without a glyph that are named, and those with their numbers.
SHOWN, CODES = 12, 3


class Listener(logging.Handler):
    """Collects what WeasyPrint logs: it reports missing pictures, but raises nothing."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[tuple[str, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record as (level, text)."""
        if str(record.msg).startswith(QUIET):
            return
        self.heard.append((record.levelname.lower(), record.getMessage()))


class DrawingBoard:
    """Draws pages that share fonts, style sheets and pictures."""

    def __init__(
        self, css: Sequence[str], faces: Sequence[dict[str, Any]], pictures: str
    ) -> None:
        files = [str(face["file"]) for face in faces]
        self._numbers = {
            hashlib.sha256(Path(file).read_bytes()).hexdigest(): number
            for number, file in reversed(list(enumerate(files)))
        }
        self._fetcher = Shelf(files, pictures)
        self._fonts = FontConfiguration()
        self._listener = Listener()
        logger = logging.getLogger("weasyprint")
        logger.handlers, logger.propagate = [self._listener], False
        pdf_fonts.Font.clean = _keep_whole
        draw_text.draw_first_line = draw_first_line
        take_shortcuts()
        know_headers()
        self._css = [
            weasyprint.CSS(
                string=text,
                font_config=self._fonts,
                url_fetcher=self._fetcher,
                base_url=BASE,
            )
            for text in (_font_faces(faces), *css)
        ]
        self._pictures: dict[str, object] = {}
        self.early = list(self._listener.heard)

    def draw(self, html: str) -> tuple[bytes, list[dict[str, object]], list[list[str]]]:
        """Return a page's PDF, its fonts, and what there is to say about it."""
        self._listener.heard.clear()
        document = Page(string=html, base_url=BASE, url_fetcher=self._fetcher).render(
            stylesheets=self._css, font_config=self._fonts, cache=self._pictures
        )
        said: list[list[str]] = []
        if len(document.pages) > 1:
            said.append(["overflow", str(len(document.pages))])
            document = document.copy(document.pages[:1])
        page_box = document.pages[0]._page_box  # noqa: SLF001  (no public way)
        for text, over in justify(page_box):
            said.append(["wide", f"{over:.1f}", text[:80]])
        used: list[dict[str, object]] = []

        def finish(drawn: Any, pdf: pydyf.PDF) -> None:
            used.extend(self._used(drawn))
            _take_out_fonts(pdf)
            mend(pdf, page_box)

        pdf = document.write_pdf(finisher=finish, pdf_tags=True)
        missing = "".join(chr(code) for code in sorted(_missing(document)))
        if missing:
            codes = ", ".join(f"U+{ord(one):04X}" for one in missing[:CODES])
            said.append(["tofu", f"{missing[:SHOWN]} ({codes})"])
        said += [[level, text] for level, text in self._listener.heard]
        return bytes(pdf), used, said

    def _used(self, document: Any) -> list[dict[str, object]]:
        out = []
        for font in document.fonts.values():
            digest = hashlib.sha256(font.file_content).hexdigest()
            out.append(
                {
                    "name": font.hash,
                    "face": self._numbers.get(digest, -1),
                    "family": font.family,
                    "glyphs": [
                        [glyph, text, font.widths.get(glyph, 0)]
                        for glyph, text in sorted(font.to_unicode.items())
                    ],
                }
            )
        return out


def _missing(document: Any) -> set[int]:
    """Return the characters that were drawn as empty boxes."""
    return {code for font in document.fonts.values() for code in font.missing}


def _keep_whole(font: Any, to_unicode: object, hinting: object) -> None:
    """Leave a font as it is: pages are bound with one subset for the whole edition."""


def _take_out_fonts(pdf: pydyf.PDF) -> None:
    """Empty the font programs: the bindery puts one of each face into the edition."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            if "Length1" in item.extra:
                item.stream, item.extra["Length1"] = [b""], 0
            elif item.extra.get("Subtype") == "/OpenType":
                item.stream = [b""]


def _font_faces(faces: Sequence[dict[str, Any]]) -> str:
    return "".join(
        f'@font-face{{font-family:"{face["family"]}";font-weight:{face["weight"]};'
        f"font-style:{'italic' if face['italic'] else 'normal'};"
        f"src:url({BASE}fonts/{number})}}"
        for number, face in enumerate(faces)
    )
