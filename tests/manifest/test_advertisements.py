"""What the manifest says of advertisements is held against the layout and the folder."""

from __future__ import annotations

import pytest

from press.model.edition import Advertisement
from press.model.finding import NOWHERE
from tests.manifest.builders import FOLDER, Paper

E = f"{FOLDER}/edition.yaml"


def sell(paper: Paper, *lines: str) -> None:
    paper.write(f"{FOLDER}/ads/shop.pdf", b"%PDF-1.4\n")
    paper.write(f"{FOLDER}/ads/shop.txt", b"Books!")
    paper.write("press.pdf", b"%PDF-1.4\n")
    listed = "".join(f"    - {{{line}}}\n" for line in lines)
    paper.change(E, "  sections:\n", f"  advertisements:\n{listed}  sections:\n")


def test_an_advertisement_is_read_with_all_it_says(paper: Paper) -> None:
    sell(
        paper,
        "file: ads/shop.pdf, size: half, advertiser: A Shop, page: 5, not_beside: Comment",
    )

    edition = paper.read_edition()

    assert edition.findings == ()
    assert edition.value is not None
    (one,) = edition.value.print.advertisements
    assert one.place != NOWHERE
    assert one == Advertisement(
        file=f"{FOLDER}/ads/shop.pdf",
        size="half",
        advertiser="A Shop",
        page=5,
        not_beside=("Comment",),
        place=one.place,
    )


@pytest.mark.parametrize(
    ("line", "code", "says", "hint"),
    [
        ("file: ads/shoe.pdf, size: half", "ad.file", "there is no", "ads/"),
        ("file: ../../press.pdf, size: half", "ad.file", "leads outside", "ads/"),
        ("file: ads/shop.txt, size: half", "ad.file", "is not a PDF", "PDF/X"),
        ("file: ads/shop.pdf, size: hlaf", "ad.size", "no space “hlaf”", "half"),
        ("file: ads/shop.pdf, size: half, page: 1", "ad.page", "page 1 cannot", "2"),
        ("file: ads/shop.pdf, size: half, page: 16", "ad.page", "page 16 cannot", "15"),
        (
            "file: ads/shop.pdf, size: half, not_beside: [Coment]",
            "ad.section",
            "no section “Coment”",
            "Comment",
        ),
        ("file: ads/shop.pdf", "manifest.missing-key", "size", "half"),
    ],
)
def test_a_mistake_is_told_at_its_line(
    line: str, code: str, says: str, hint: str, paper: Paper
) -> None:
    sell(paper, f"{line}, advertiser: A Shop")

    (found,) = paper.findings()

    assert found.code == code
    assert says in found.message
    assert hint in (found.hint or "")
    assert found.place.file == E
    assert "advertiser: A Shop" in (found.place.source or "")


def test_a_page_is_sold_once(paper: Paper) -> None:
    line = "file: ads/shop.pdf, size: half, advertiser: A Shop, page: 5"
    sell(paper, line, line)

    (found,) = paper.findings()

    assert found.code == "ad.page"
    assert "sold twice" in found.message
