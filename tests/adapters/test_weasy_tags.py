"""Tags of drawn pages: what WeasyPrint leaves undone for those who listen."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from PIL import Image

from tests.adapters.sheets import Pressroom, a_sheet, bind

pytestmark = pytest.mark.rendered

TABLE = """<table><tr><th>Town</th><th>Salt</th></tr>
<tr><td>Paris</td><td>9</td></tr></table>"""
FOLIO = '<header class="at" style="left:20pt;top:20pt"><span>2</span> News</header>'
TITLE = '<header class="at" style="left:20pt;top:20pt"><h1>The Lamp</h1></header>'
FIGURE = (
    '<figure><img class="at" alt="A salt pan" src="pictures/a.jpg"'
    ' style="left:60pt;top:30pt;width:90pt;height:60pt"></figure>'
)


def walk(element: Any) -> Iterator[Any]:
    yield element
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from walk(kid)


@pytest.fixture(scope="module")
def book(
    pressroom: Pressroom, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[pikepdf.Pdf]:
    folder = tmp_path_factory.mktemp("pictures")
    Image.new("RGB", (90, 60)).save(folder / "a.jpg")
    drawn = pressroom.draw(
        a_sheet(f'{TITLE}<article lang="en-GB">{TABLE}{FIGURE}</article>', 1, ("a",)),
        a_sheet(
            f'{FOLIO}<article lang="en-GB">{TABLE}</article>'
            '<article lang="fr"><p>Le sel</p></article>',
            2,
            ("a", "b"),
        ),
        pictures=folder,
    )
    assert [one.findings for one in drawn] == [(), ()]
    data = bind([one.value for one in drawn if one.value])
    with pikepdf.open(io.BytesIO(data)) as made:
        yield made


def elements(book: pikepdf.Pdf, kind: str) -> list[Any]:
    return [one for one in walk(book.Root.StructTreeRoot.K[0]) if kind == one.S]


def marks(page: pikepdf.Page) -> list[tuple[str, str, str]]:
    instructions: Any = pikepdf.parse_content_stream(page)
    return [
        (
            str(operands[0]),
            str(operands[1].get("/Type", "")),
            str(operands[1].get("/Subtype", "")),
        )
        for operands, operator in instructions
        if str(operator) == "BDC"
    ]


def test_a_running_header_is_an_artifact(book: pikepdf.Pdf) -> None:
    header = ("/Artifact", "/Pagination", "/Header")
    first, second = (marks(page) for page in book.pages)

    assert first.count(header) == 0
    assert second.count(header) == 2
    assert not elements(book, "/Header")
    (numbers,) = (
        one
        for key, one in zip(
            *[iter(book.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True
        )
        if key == 1
    )
    assert [one is None for one in numbers].count(True) == 2


def test_the_papers_title_is_read(book: pikepdf.Pdf) -> None:
    assert len(elements(book, "/H1")) == 1


def test_articles_have_their_name_and_language(book: pikepdf.Pdf) -> None:
    found = [(str(one.T), str(one.Lang)) for one in elements(book, "/Art")]

    assert found == [("a", "en-GB"), ("b", "fr")]


def test_heads_of_tables_are_named_once_in_the_book(book: pikepdf.Pdf) -> None:
    heads = {str(one.ID): one.objgen for one in elements(book, "/TH")}
    tree: Any = book.Root.StructTreeRoot.IDTree.Names
    named = {
        str(key): one.objgen for key, one in zip(tree[::2], tree[1::2], strict=True)
    }
    cells = [str(one) for cell in elements(book, "/TD") for one in cell.A.Headers]

    assert len(heads) == 4
    assert named == heads
    assert list(named) == sorted(named)
    assert sorted(cells) == sorted(heads)


def test_a_figure_says_where_it_stands(book: pikepdf.Pdf) -> None:
    (figure,) = elements(book, "/Figure")
    height = float(book.pages[0].mediabox[3])

    left, low, right, high = (float(edge) for edge in figure.A.BBox)

    assert str(figure.Alt) == "A salt pan"
    assert (left, right) == pytest.approx((60, 150), abs=0.01)
    assert (low, high) == pytest.approx((height - 90, height - 30), abs=0.01)
