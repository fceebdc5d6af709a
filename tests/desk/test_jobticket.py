"""The job ticket as a page, drawn."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from press.adapters.bindery import PikepdfBindery
from press.adapters.cache import FolderCache
from press.adapters.harfbuzz import HarfBuzzShaper
from press.adapters.pdfium import PdfiumReader
from press.adapters.weasy import WeasyTypesetter
from press.desk.jobticket import draw_ticket
from press.desk.tools import Tools
from press.model.length import Length
from tests.adapters.sheets import Silence, the_layout
from tests.packing.jobs import a_job, a_profile, page_files

pytestmark = pytest.mark.rendered


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tools]:
    """Return tools of which the typesetter and the bindery are there."""
    typesetter = WeasyTypesetter(workers=1)
    there: dict[str, Any] = {
        "typesetter": typesetter,
        "bindery": PikepdfBindery(HarfBuzzShaper(the_layout().faces)),
        "prepared": tmp_path_factory.mktemp("pictures"),
        "cache": FolderCache(Path("/dev/null")),
    }
    absent: Any = None
    names = [one.name for one in dataclasses.fields(Tools)]
    yield Tools(**{name: there.get(name, absent) for name in names})
    typesetter.close()


@pytest.mark.parametrize("pages", [4, 48, 200])
def test_a_ticket_is_one_page_that_names_every_file(tools: Tools, pages: int) -> None:
    job = a_job(profile=a_profile(stand_in=True), pages=pages)

    made = draw_ticket(
        job, page_files(pages), the_layout(), tools, Silence(), date=86_400
    )

    assert made.findings == ()
    assert made.value is not None
    (page,) = PdfiumReader().read(made.value)
    assert Length(page.width).mm == pytest.approx(210, abs=0.1)
    assert Length(page.height).mm == pytest.approx(297, abs=0.1)
    text = " ".join(line.text for line in page.lines)
    for words in ("The Lamp, September 2024", "IFRA26", "stands in for it", "No. 67"):
        assert words in text
    listed = min(pages, 120)
    assert f"TL_2024-09_{listed - 1:03}.pdf" in text
    last = max(page.lines, key=lambda line: line.baseline)
    assert last.baseline < Length.of_mm(297 - 10).pt


def test_the_same_job_gives_the_same_bytes(tools: Tools) -> None:
    def made() -> bytes | None:
        files = page_files(4)
        return draw_ticket(
            a_job(), files, the_layout(), tools, Silence(), date=86_400
        ).value

    assert made() == made()


def test_it_is_set_in_a_face_of_the_layout_that_it_carries(tools: Tools) -> None:
    made = draw_ticket(a_job(), {}, the_layout(), tools, Silence(), date=0).value

    assert made is not None
    with pikepdf.open(io.BytesIO(made)) as book:
        fonts = [
            font.DescendantFonts[0].FontDescriptor
            for font in book.pages[0].Resources.Font.as_dict().values()
        ]
        assert fonts
        for font in fonts:
            assert "Press-Sans" in str(font.FontName)
            assert len(font.FontFile2.read_bytes()) > 1000
