"""Links, threads, outline and description of the readers' replica."""

from __future__ import annotations

from typing import Any

import pytest

from press.model.page import Bookmark
from press.model.press import Bead, Hotspot
from tests.adapters.books import HEIGHT, WIDTH, a_book, make, the_replica


def a_spot(**changes: Any) -> Hotspot:
    standard: dict[str, Any] = {
        "page": 1,
        "left": 20.0,
        "top": 30.0,
        "width": 100.0,
        "height": 11.0,
        "says": "The salt tax",
    }
    return Hotspot(**(standard | changes))


WEB = a_spot(url="https://lamp.example/tax?a=1&b=%20", article="salt")
JUMP = a_spot(page=2, to_page=1, to_top=44.0, article="salt")
FURNITURE = a_spot(page=2, url="mailto:letters@lamp.example")


def test_a_link_to_the_web_lies_where_its_words_stand() -> None:
    with the_replica(a_book("", ""), hotspots=(WEB,)) as book:
        (note,) = book.pages[0].Annots

        assert [float(edge) for edge in note.Rect] == [
            20,
            HEIGHT - 41,
            120,
            HEIGHT - 30,
        ]
        assert (note.A.S, str(note.A.URI)) == ("/URI", WEB.url)
        assert str(note.Contents) == "The salt tax"
        assert [int(edge) for edge in note.Border] == [0, 0, 0]
        assert int(note.F) == 4  # printed, and not hidden
        assert "/Annots" not in book.pages[1]


def test_a_link_to_a_page_leads_to_a_height_on_it() -> None:
    with the_replica(a_book("", ""), hotspots=(JUMP,)) as book:
        (note,) = book.pages[1].Annots

        assert note.Dest[0].objgen == book.pages[0].obj.objgen
        assert str(note.Dest[1]) == "/XYZ"
        assert float(note.Dest[3]) == HEIGHT - 44
        assert "/A" not in note


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://lamp.example/é#ü", "https://lamp.example/%C3%A9#%C3%BC"),
        ("https://lämp.example/a%20b", "https://xn--lmp-qla.example/a%20b"),
        ("mailto:zoë@lamp.example", "mailto:zo%C3%AB@lamp.example"),
    ],
)
def test_addresses_are_written_in_ascii(url: str, written: str) -> None:
    with the_replica(a_book(""), hotspots=(a_spot(url=url),)) as book:
        assert bytes(book.pages[0].Annots[0].A.URI) == written.encode()


def test_every_link_is_read_out_in_its_article() -> None:
    with the_replica(a_book("", ""), hotspots=(WEB, JUMP, FURNITURE)) as book:
        root = book.Root.StructTreeRoot
        (whole,) = root.K
        article, own = whole.K
        web, jump = article.K

        assert str(article.T) == "salt"
        assert [one.S for one in (web, jump, own)] == ["/Link"] * 3
        assert web.P.objgen == jump.P.objgen == article.objgen
        assert own.P.objgen == whole.objgen
        notes = [*book.pages[0].Annots, *book.pages[1].Annots]
        assert [one.K[0].Obj.objgen for one in (web, jump, own)] == [
            note.objgen for note in notes
        ]
        assert [one.K[0].Type for one in (web, jump, own)] == ["/OBJR"] * 3


def test_the_parent_tree_leads_from_links_to_their_elements() -> None:
    with the_replica(a_book("", ""), hotspots=(WEB, JUMP, FURNITURE)) as book:
        root = book.Root.StructTreeRoot
        tree = list(root.ParentTree.Nums)
        keys = [int(key) for key in tree[::2]]
        elements = dict(zip(keys, tree[1::2], strict=True))

        assert keys == [0, 1, 2, 3, 4]
        assert root.ParentTreeNextKey == 5
        for page in book.pages:
            for note in page.Annots:
                element: Any = elements[int(note.StructParent)]
                assert element.K[0].Obj.objgen == note.objgen


def test_beads_are_a_ring_from_column_to_column_and_page_to_page() -> None:
    def bead(page: int, left: float, article: str = "Salt") -> Bead:
        return Bead(article=article, page=page, left=left, top=50, width=90, height=200)

    beads = (bead(1, 10), bead(1, 110), bead(2, 10), bead(2, 210, "Mills"))

    with the_replica(a_book("", ""), beads=beads) as book:
        salt, mills = book.Root.Threads
        assert [str(one.I.Title) for one in (salt, mills)] == ["Salt", "Mills"]
        first = one = salt.F
        seen = []
        for _ in range(3):
            assert one.N.V.objgen == one.objgen
            seen.append((one.P.objgen, float(one.R[0]), float(one.R[3])))
            one = one.N
        assert one.objgen == first.objgen
        pages = [page.obj.objgen for page in book.pages]
        assert seen == [
            (pages[0], 10, HEIGHT - 50),
            (pages[0], 110, HEIGHT - 50),
            (pages[1], 10, HEIGHT - 50),
        ]
        assert mills.F.N.objgen == mills.F.V.objgen == mills.F.objgen
        assert [len(page.B) for page in book.pages] == [2, 2]


def test_the_outline_is_that_of_the_edition() -> None:
    marks = (
        Bookmark(title="News", page=1, level=1, top=0),
        Bookmark(title="The salt tax", page=2, level=2, top=100),
        Bookmark(title="Comment", page=2, level=1, top=0),
    )

    with (
        the_replica(a_book("", ""), bookmarks=marks) as book,
        book.open_outline() as outline,
    ):
        news, comment = outline.root
        (tax,) = news.children
        assert [one.title for one in (news, tax, comment)] == [
            "News",
            "The salt tax",
            "Comment",
        ]
        assert tax.destination[0].objgen == book.pages[1].obj.objgen
        assert float(tax.destination[3]) == HEIGHT - 100


def test_pages_drawn_with_bleed_are_shown_as_trimmed() -> None:
    bound = a_book("", bleed=9)

    with the_replica(bound, drawn_bleed=9.0, hotspots=(WEB,)) as book:
        page = book.pages[0]
        assert [float(edge) for edge in page.mediabox] == [0, 0, WIDTH, HEIGHT]
        assert not {"/BleedBox", "/TrimBox", "/CropBox"} & set(page.obj.keys())
        assert float(page.Annots[0].Rect[3]) == HEIGHT - 30


def test_the_file_says_that_it_is_made_for_all() -> None:
    with the_replica(a_book(""), title="Salt & <tax>") as book:
        root = book.Root
        with book.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1"
            assert meta["dc:title"] == "Salt & <tax>"
            assert meta["dc:creator"] == ["Lamp & Sons"]
            assert meta["xmp:CreateDate"] == "1970-01-02T00:00:00Z"
        assert str(book.docinfo.Title) == "Salt & <tax>"
        assert str(book.docinfo.Author) == "Lamp & Sons"
        assert str(root.Lang) == "en-GB"
        assert root.ViewerPreferences.DisplayDocTitle
        assert root.MarkInfo.Marked
        assert book.pages[0].Tabs == "/S"


def test_the_same_pages_make_the_same_bytes() -> None:
    bound = a_book("0 0 0 1 k 0 0 9 9 re f", "")
    job: dict[str, Any] = {"hotspots": (WEB, JUMP, FURNITURE)}

    assert make(bound, **job).value == make(bound, **job).value
