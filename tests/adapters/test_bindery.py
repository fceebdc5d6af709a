"""Drawn pages bound into one file."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from press.adapters.pdfium import PdfiumReader
from press.model.page import Bookmark, DrawnPage
from tests.adapters.sheets import COLOPHON, Pressroom, a_sheet, bind, set_text

pytestmark = pytest.mark.rendered


def story(*lines: str, top: float = 110, head: str = "") -> str:
    heading = f'<h2 class="at" style="left:100pt;top:{top - 30:g}pt">{head}</h2>'
    return f"<article>{heading if head else ''}{set_text(*lines, top=top)}</article>"


@pytest.fixture(scope="module")
def drawn(pressroom: Pressroom) -> Sequence[DrawnPage]:
    """Return three pages; the story of the salt tax runs over all of them."""
    made = pressroom.draw(
        a_sheet(
            '<header class="at" style="left:20pt;top:20pt">The Lamp</header>'
            + story("Salt was taxed in", "Paris and <em>Lyon</em>", head="The salt tax")
            + story("A penny took it", "<strong>anywhere</strong>", top=300),
            articles=("salt", "post"),
        ),
        a_sheet(
            story("and in Marseille it", "was smuggled", head="From page 1")
            + story("Of mills and", "millers", top=300, head="Mills"),
            2,
            articles=("salt", "mills"),
        ),
        a_sheet(story("until there was", "no tax left"), 3, articles=("salt",)),
    )
    assert [one.findings for one in made] == [(), (), ()]
    return [one.value for one in made if one.value]


@pytest.fixture
def book(drawn: Sequence[DrawnPage]) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(bind(drawn))) as made:
        yield made


# ---------------------------------------------------------------- tags


def kids(element: Any) -> list[Any]:
    """Return what an element holds: elements, references, numbers of marked content."""
    if "/K" not in element:
        return []
    return list(element.K) if isinstance(element.K, Array) else [element.K]


def walk(element: Any) -> Iterator[Any]:
    yield element
    for kid in kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield from walk(kid)


def marked_text(book: pikepdf.Pdf) -> dict[tuple[int, int], str]:
    """Return the text of every piece of marked content, by page and number."""
    out: dict[tuple[int, int], str] = {}
    for number, page in enumerate(book.pages):
        maps = {
            str(name): to_unicode(font) for name, font in page.Resources.Font.items()
        }
        current, font = -1, ""
        instructions: Any = pikepdf.parse_content_stream(page)
        for operands, operator in instructions:
            word = str(operator)
            if word == "BDC":
                current = int(operands[1].get("/MCID", -1))
            elif word == "Tf":
                font = str(operands[0])
            elif word == "TJ" and current >= 0:
                for part in operands[0]:
                    if isinstance(part, pikepdf.String):
                        codes = bytes(part)
                        text = "".join(
                            maps[font][int.from_bytes(codes[i : i + 2], "big")]
                            for i in range(0, len(codes), 2)
                        )
                        key = (number, current)
                        out[key] = out.get(key, "") + text
    return out


def to_unicode(font: Any) -> dict[int, str]:
    out = {}
    for line in font.ToUnicode.read_bytes().decode().splitlines():
        if line.startswith("<") and line.count("<") == 2 and line != "<0000> <ffff>":
            glyph, text = (part.strip("<>") for part in line.split())
            out[int(glyph, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return out


def spoken(book: pikepdf.Pdf, element: Any, page: int | None = None) -> str:
    """Return what a screen reader reads of an element."""
    texts = marked_text(book)
    pages = {one.obj.objgen: number for number, one in enumerate(book.pages)}

    def read(one: Any, inherited: int | None) -> Iterator[str]:
        own = pages[one.Pg.objgen] if "/Pg" in one else inherited
        for kid in kids(one):
            if isinstance(kid, int):
                assert own is not None
                yield texts[own, kid]
            elif isinstance(kid, Dictionary) and kid.get("/Type") == Name.MCR:
                there: Any = pages[kid.Pg.objgen] if "/Pg" in kid else own
                yield texts[there, int(kid.MCID)]
            else:
                yield from read(kid, own)

    return " ".join(read(element, page))


def articles(book: pikepdf.Pdf) -> list[Any]:
    (document,) = kids(book.Root.StructTreeRoot)
    assert Name.Document == document.S
    return [kid for kid in kids(document) if Name.Art == kid.S]


def test_an_article_that_jumps_is_one_element_in_reading_order(
    book: pikepdf.Pdf,
) -> None:
    texts = [spoken(book, one) for one in articles(book)]

    assert texts == [
        (
            "The salt tax Salt was taxed in Paris and  Lyon From page 1 and in Marseille it "
            "was smuggled until there was no tax left"
        ),
        "A penny took it anywhere",
        "Mills Of mills and millers",
    ]


def test_every_element_knows_its_parent(book: pikepdf.Pdf) -> None:
    root = book.Root.StructTreeRoot

    for element in walk(kids(root)[0]):
        for kid in kids(element):
            if isinstance(kid, Dictionary) and "/S" in kid:
                assert kid.P.objgen == element.objgen


def test_the_parent_tree_leads_from_every_piece_of_text_to_its_element(
    book: pikepdf.Pdf,
) -> None:
    root = book.Root.StructTreeRoot
    holders = {
        (element.Pg.objgen, int(kid)): element.objgen
        for element in walk(kids(root)[0])
        for kid in kids(element)
        if isinstance(kid, int)
    }
    numbers: dict[Any, Any] = dict(
        zip(root.ParentTree.Nums[::2], root.ParentTree.Nums[1::2], strict=True)
    )

    assert sorted(numbers) == [0, 1, 2]
    assert root.ParentTreeNextKey == 3
    for number, page in enumerate(book.pages):
        assert page.obj.StructParents == number
        pieces = [key for key in marked_text(book) if key[0] == number]
        read = {n: one for n, one in enumerate(numbers[number]) if one is not None}
        assert [(number, place) for place in read] == sorted(pieces)
        for place, element in read.items():
            assert holders[page.obj.objgen, place] == element.objgen


def test_paragraphs_hold_their_text_themselves(book: pikepdf.Pdf) -> None:
    plain = [one for one in walk(articles(book)[2]) if one.S == Name.P]

    assert [kid for one in plain for kid in kids(one) if not isinstance(kid, int)] == []


def test_the_file_says_that_it_is_tagged_and_in_which_language(
    book: pikepdf.Pdf,
) -> None:
    assert book.Root.MarkInfo.Marked == True  # noqa: E712  (a PDF value)
    assert str(book.Root.Lang) == "en-GB"


# ---------------------------------------------------------------- fonts


def programs(book: pikepdf.Pdf) -> dict[str, bytes]:
    return {
        str(one.FontName): one.FontFile2.read_bytes()
        for one in book.objects
        if isinstance(one, Dictionary) and "/FontFile2" in one
    }


def test_each_face_is_embedded_once(book: pikepdf.Pdf) -> None:
    names = sorted(name.split("+")[1] for name in programs(book))

    assert names == ["Press-Serif", "Press-Serif-Bold", "Press-Serif-Italic"]


def test_a_face_asked_for_at_many_weights_and_sizes_is_embedded_once(
    pressroom: Pressroom,
) -> None:
    body = "".join(
        f'<p style="font: {weight} {size}pt Press Serif">word</p>'
        for weight in (700, 800)
        for size in (8, 9.5, 40)
    )

    pdf = pressroom.print(a_sheet(body), a_sheet(body, 2))

    with pikepdf.open(io.BytesIO(pdf)) as book:
        assert len(programs(book)) == 1


def test_a_face_is_cut_down_to_the_letters_of_all_pages(book: pikepdf.Pdf) -> None:
    texts = " ".join(spoken(book, one) for one in articles(book))
    regular = next(
        data for name, data in programs(book).items() if name.endswith("Press-Serif")
    )

    with TTFont(io.BytesIO(regular)) as font:
        drawn = sum(
            1 for name in font.getGlyphOrder() if font["glyf"][name].numberOfContours
        )
    assert drawn <= len(set(texts)) + 4
    assert len(regular) < 40_000


def test_widths_are_those_of_the_face(book: pikepdf.Pdf) -> None:
    for page in book.pages:
        for font in page.Resources.Font.values():
            inner = font.DescendantFonts[0]
            program = TTFont(io.BytesIO(inner.FontDescriptor.FontFile2.read_bytes()))
            order, scale = program.getGlyphOrder(), 1000 / program["head"].unitsPerEm
            items = list(inner.W)
            for start, run in zip(items[::2], items[1::2], strict=True):
                for offset, width in enumerate(run):
                    own = program["hmtx"][order[int(start) + offset]][0]
                    assert abs(float(width) - own * scale) <= 1


# ---------------------------------------------------------------- text


@pytest.mark.parametrize(
    "text",
    [
        "Правда, Ґедзь і їжак",
        "ἀλήθεια και ψεύδος",
        "Łódź, Þór, Ærø, Çeşme",
        "“It’s 3½–4 €”, he said…",
        "a no\u00a0break space",
        "a hyphen-ated word",
    ],
)
def test_text_comes_out_as_it_went_in(pressroom: Pressroom, text: str) -> None:
    (page,) = pressroom.facts(a_sheet(set_text(text)))

    assert [line.text.replace("\u00a0", " ") for line in page.lines] == [
        text.replace("\u00a0", " ")
    ]


def test_ligatures_come_out_as_their_letters(pressroom: Pressroom) -> None:
    css = "* { font-variant-ligatures: common-ligatures !important }"

    (page,) = pressroom.facts(a_sheet(set_text("a fine office affair")), css=css)

    assert [line.text for line in page.lines] == ["a fine office affair"]


def test_soft_hyphens_do_not_show(pressroom: Pressroom) -> None:
    (page,) = pressroom.facts(a_sheet(set_text("news\u00adpaper", "next")))

    assert [line.text.replace("\u00ad", "") for line in page.lines] == [
        "newspaper",
        "next",
    ]


# ---------------------------------------------------------------- the file's own facts


def test_title_author_and_date_are_the_colophons(book: pikepdf.Pdf) -> None:
    info = book.docinfo

    assert str(info.Title) == "The Lamp"
    assert str(info.Author) == "Lamp Ltd"
    assert str(info.CreationDate) == str(info.ModDate) == "D:19700102000000Z"
    assert book.Root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712


def test_bookmarks_stand_under_their_section_and_lead_to_their_page(
    drawn: Sequence[DrawnPage],
) -> None:
    marks = (
        Bookmark(title="News", page=1, level=1, top=0),
        Bookmark(title="The salt tax", page=1, level=2, top=110),
        Bookmark(title="Comment", page=3, level=1, top=0),
        Bookmark(title="Ἀλήθεια (“no”)", page=3, level=2, top=300),
    )
    pdf = bind(drawn, replace(COLOPHON, bookmarks=marks))

    with pikepdf.open(io.BytesIO(pdf)) as book, book.open_outline() as outline:
        height = float(book.pages[0].mediabox[3])
        found: list[tuple[str, list[tuple[str, Any]]]] = [
            (one.title, [(two.title, two.destination) for two in one.children])
            for one in outline.root
        ]
        pages = [page.obj.objgen for page in book.pages]
        assert [title for title, _ in found] == ["News", "Comment"]
        ((first, one),), ((second, two),) = (children for _, children in found)
        assert (first, second) == ("The salt tax", "Ἀλήθεια (“no”)")
        assert pages.index(one[0].objgen) == 0
        assert pages.index(two[0].objgen) == 2
        assert float(one[3]) == pytest.approx(height - 110)
        assert float(two[3]) == pytest.approx(height - 300)


def test_the_same_pages_give_the_same_bytes(drawn: Sequence[DrawnPage]) -> None:
    turned = [replace(page, fonts=tuple(reversed(page.fonts))) for page in drawn]

    assert bind(drawn) == bind(drawn)
    assert bind(turned) == bind(drawn)


def test_another_date_gives_other_bytes(drawn: Sequence[DrawnPage]) -> None:
    later = replace(COLOPHON, date=COLOPHON.date + 1)

    assert bind(drawn, later) != bind(drawn)


def test_a_page_without_a_letter_is_bound(pressroom: Pressroom) -> None:
    pdf = pressroom.print(
        a_sheet('<div style="height:9pt;background:red"></div>'),
        a_sheet(set_text("x"), 2),
    )

    assert [len(page.lines) for page in PdfiumReader().read(pdf)] == [0, 1]


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_nothing_wrong(drawn: Sequence[DrawnPage], tmp_path: Path) -> None:
    file = tmp_path / "bound.pdf"
    marks = (Bookmark(title="News", page=2, level=1, top=0),)
    file.write_bytes(bind(drawn, replace(COLOPHON, bookmarks=marks)))

    done = subprocess.run(
        ["qpdf", "--check", "--warning-exit-0", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stderr
