"""The replica of a drawn paper, read back: its links lie on the words they belong to."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from press.adapters.jinja import JinjaTemplates
from press.adapters.pdfium import PdfiumReader
from press.compose.hotspots import find_beads, find_hotspots
from press.compose.page import compose_page
from press.compose.view import PageView
from press.model.copy import Copy, Crosshead, ItemList, Mark, Note, Paragraph, Run
from press.model.page import Sheet
from press.model.picture import PreparedPicture
from press.model.press import Hotspot, PlacedPicture
from tests.adapters.books import make
from tests.adapters.sheets import Pressroom, bind, the_layout
from tests.compose.paper import SENTENCE, Paper, a_house, an_article

pytestmark = pytest.mark.rendered

TAX, MILLS = "https://lamp.example/tax", "https://lamp.example/mills?a=1"
STATUTE = "https://statutes.example/1790"
PANS = "https://lamp.example/pans"
SHORT = "https://lamp.example/r/2024-09-4"
LINKED = "What the salt tax cost the town and who had paid for it at the last"
#: How far letters of the line above reach into a line, in points.
DESCENDER = 2.5
STRONG = frozenset({Mark.STRONG})


def a_linked_paper() -> Paper:
    """Return a paper with links in justified text, over line ends and in bold."""
    before = (Run(text=SENTENCE * 3),)
    words = (
        Run(text=LINKED, link=TAX),
        Run(text=f" is told elsewhere. {SENTENCE} "),
        Run(text="All ", link=MILLS),
        Run(text="the mills", link=MILLS, marks=STRONG),
        Run(text=f" stood still. {SENTENCE * 5}"),
    )
    paper = Paper()
    notes = (
        (Run(text=SENTENCE * 2),),
        (Run(text="See "), Run(text="the statute", link=STATUTE)),
    )
    item = (Run(text="Of "), Run(text="pans", link=PANS))
    body = Copy(
        blocks=(
            Paragraph(runs=before),
            Crosshead(runs=(Run(text="Salt"),)),
            Paragraph(runs=words),
            ItemList(items=((Paragraph(runs=item),),)),
        ),
        notes=tuple(
            Note(number=number, blocks=(Paragraph(runs=runs),))
            for number, runs in enumerate(notes, 1)
        ),
    )
    leader = an_article("leader", body=body)
    imprint = replace(a_house().imprint, contact=("Letters: letters@lamp.example",))
    return Paper(
        articles={**paper.articles, "leader": leader},
        house=a_house(imprint=imprint),
        leader_address=SHORT,
    )


@dataclass(frozen=True)
class Printed:
    """A paper drawn, and its replica."""

    bound: bytes
    replica: bytes
    views: tuple[PageView, ...]
    spots: tuple[Hotspot, ...]
    shown: bytes


def a_picture(folder: Path, name: str, number: int) -> PreparedPicture:
    """Put a stand-in into a folder, and the picture that readers see."""
    out = io.BytesIO()
    Image.new("L", (90, 60), 128).save(out, "JPEG", comment=f"{name} {number}")
    own = hashlib.sha256(out.getvalue()).hexdigest()[:32] + ".jpg"
    (folder / own).write_bytes(out.getvalue())
    Image.new("RGB", (60, 40), (180, 18, number)).save(folder / f"s-{own}", "JPEG")
    return PreparedPicture(name=own, pixels=(90, 60), ppi=200)


@pytest.fixture(scope="module")
def printed(pressroom: Pressroom, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    folder = tmp_path_factory.mktemp("pictures")
    pictures = {
        (1, "salt", 0): a_picture(folder, "salt", 1),
        (1, "puff", 0): a_picture(folder, "puff", 2),
    }
    forme = a_linked_paper().forme()
    views = tuple(compose_page(forme, one, pictures) for one in forme.flatplan.pages)
    layout = the_layout()
    templates = JinjaTemplates(Path(layout.folder))
    css = "".join(one.read_text() for one in sorted(Path(layout.folder).glob("*.css")))
    sheets = [
        Sheet(
            number=view.number,
            html=templates.fill("page.html.j2", {"page": view}),
            articles=tuple(article.id for article in view.articles),
        )
        for view in views
    ]
    drawn = pressroom.draw(*sheets, css=css, pictures=folder)
    bound = bind([one.value for one in drawn if one.value])
    spots = find_hotspots(forme, views)
    made = make(
        bound,
        palette=layout.palette,
        pictures={
            one.name: PlacedPicture(press="", screen=f"s-{one.name}")
            for one in pictures.values()
        },
        folder=str(folder),
        hotspots=spots,
        beads=find_beads(forme, views),
    )
    assert made.findings == ()
    assert made.value is not None
    salt = pictures[1, "salt", 0]
    shown = (folder / f"s-{salt.name}").read_bytes()
    return Printed(bound, made.value, views, spots, shown)


@pytest.fixture
def book(printed: Printed) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(printed.replica)) as made:
        yield made


def touched(pdf: bytes, spot: Hotspot) -> str:
    """Return the words that stand in a hotspot's rectangle.

    Descenders of the line above reach into its upper edge.
    """
    document = pypdfium2.PdfDocument(pdf)
    page = document[spot.page - 1]
    text = page.get_textpage()
    height = page.get_height()
    found = text.get_text_bounded(
        left=spot.left,
        right=spot.left + spot.width,
        bottom=height - spot.top - spot.height,
        top=height - spot.top - DESCENDER,
    )
    for one in (text, page, document):
        one.close()
    return " ".join(str(found).split())


def test_linked_words_are_touched_to_the_letter(printed: Printed) -> None:
    tax = [touched(printed.replica, one) for one in printed.spots if one.url == TAX]
    mills = [touched(printed.replica, one) for one in printed.spots if one.url == MILLS]

    def whole(pieces: list[str]) -> str:
        return " ".join(pieces).replace("- ", "").replace("\ufffe ", "")

    assert len(tax) > 1
    assert whole(tax) == LINKED
    assert whole(mills) == "All the mills"


@pytest.mark.parametrize(("url", "words"), [(STATUTE, "the statute"), (PANS, "pans")])
def test_links_of_notes_and_items_lie_on_their_words(
    printed: Printed, url: str, words: str
) -> None:
    (spot,) = (one for one in printed.spots if one.url == url)

    assert touched(printed.replica, spot) == words


def test_what_leads_to_pages_lies_on_their_numbers(printed: Printed) -> None:
    to_pages = [one for one in printed.spots if one.to_page]
    words = [touched(printed.replica, one) for one in to_pages]

    assert len(to_pages) > 4
    for spot, said in zip(to_pages, words, strict=True):
        assert str(spot.to_page) in said.split(), said


def test_addresses_lie_where_they_are_printed(printed: Printed) -> None:
    by_url = {one.url: one for one in printed.spots}

    short = touched(printed.replica, by_url[SHORT])
    letters = touched(printed.replica, by_url["mailto:letters@lamp.example"])
    ad = touched(printed.replica, by_url["https://lamp.example/subscribe"])

    assert short == "Links and sources: lamp.example/r/2024-09-4"
    assert letters == "letters@lamp.example"
    assert "lamp.example/subscribe" in ad


def test_every_hotspot_became_a_link(printed: Printed, book: pikepdf.Pdf) -> None:
    links = [note for page in book.pages for note in page.obj.get("/Annots", [])]

    assert len(links) == len(printed.spots)
    assert all("/Link" == note.Subtype for note in links)  # noqa: SIM300


def test_the_text_is_that_of_the_bound_pages(printed: Printed) -> None:
    reader = PdfiumReader()

    assert reader.read(printed.replica) == reader.read(printed.bound)


def test_no_ink_is_left(book: pikepdf.Pdf) -> None:
    for page in book.pages:
        instructions: Any = pikepdf.parse_content_stream(page)
        used = {str(operator) for _, operator in instructions}
        assert not used & {"k", "K"}
        assert b"DeviceCMYK" not in page.Contents.read_bytes()
    raw = book.pages[0].Contents.read_bytes()
    assert b"0.7020 " not in raw
    assert b"DeviceRGB cs" in raw


def test_a_page_looks_as_the_palette_says(printed: Printed) -> None:
    tint = next(one.screen for one in the_layout().palette if one.name == "tint")
    ad = printed.views[3].ads[0].rect
    document = pypdfium2.PdfDocument(printed.replica)

    image = document[3].render(scale=1).to_pil()

    at = image.getpixel((int(ad.left.pt) + 4, int(ad.top.pt + ad.height.pt) - 4))
    assert "#" + "".join(f"{part:02x}" for part in at[:3]) == tint


def test_readers_see_pictures_and_no_stand_ins(
    printed: Printed, book: pikepdf.Pdf
) -> None:
    images = [
        one
        for one in book.pages[0].Resources.XObject.values()
        if "/Image" == one.Subtype  # noqa: SIM300
    ]

    assert printed.shown in [one.read_raw_bytes() for one in images]
    assert all("/DeviceRGB" == one.ColorSpace for one in images)  # noqa: SIM300


def test_threads_lead_through_the_columns_in_order(
    printed: Printed, book: pikepdf.Pdf
) -> None:
    threads: Any = book.Root.Threads
    pages = {page.obj.objgen: number for number, page in enumerate(book.pages, 1)}
    salt = threads[0]
    bead, seen = salt.F, []
    for _ in range(6):
        seen.append((pages[bead.P.objgen], float(bead.R[0])))
        bead = bead.N

    assert str(salt.I.Title) == "The story of salt"
    assert bead.objgen == salt.F.objgen
    assert seen == sorted(seen)
    assert [page for page, _ in seen] == [1, 1, 1, 3, 3, 3]


def test_the_codes_say_what_they_are(book: pikepdf.Pdf) -> None:
    figures = [
        one for one in _walk(book.Root.StructTreeRoot.K[0]) if one.S == "/Figure"
    ]

    said = [str(one.Alt) for one in figures]

    assert f"QR code: {SHORT}" in said
    assert "QR code: https://lamp.example/subscribe" in said
    assert "A salt pan" in said


def _walk(element: Any) -> Iterator[Any]:
    yield element
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _walk(kid)
