"""The hash of a page changes with anything the page draws, and with nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from press.adapters.cache import FolderCache
from press.adapters.press_reader import KeptPages, PikepdfPressReader

READER = PikepdfPressReader()


def a_book(
    change: Callable[[Pdf], object] = lambda pdf: None, *, fillers: int = 0
) -> bytes:
    """Return two pages that share a font, each with a form of its own."""
    with Pdf.new() as pdf:
        for number in range(fillers):  # what comes first has the lower object numbers
            pdf.make_indirect(Array([number]))
        pdf.Root.Fillers = Array(
            [pdf.make_indirect(Array([n])) for n in range(fillers)]
        )
        program = pdf.make_indirect(Stream(pdf, b"program"))
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Program=program))
        for number in range(2):
            form = Stream(
                pdf,
                b"0 0 0 1 k 0 0 9 9 re f",
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=Array([0, 0, 9, 9]),
            )
            page = pdf.add_blank_page(page_size=(100, 100))
            page.obj.Resources = Dictionary(
                Font=Dictionary(F=font), XObject=Dictionary(X=form)
            )
            page.obj.Contents = Stream(pdf, b"/X Do %d 0 0 1 k" % number)
        change(pdf)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def front(pdf: Pdf) -> Any:
    return pdf.pages[0].obj


def grow(pdf: Pdf) -> None:
    front(pdf).Resources.XObject.X.BBox = Array([0, 0, 9, 8])


@pytest.mark.parametrize(
    "change",
    [
        lambda pdf: setattr(front(pdf), "Contents", Stream(pdf, b"/X Do")),
        lambda pdf: front(pdf).Resources.XObject.X.write(b"f"),
        grow,
        lambda pdf: setattr(front(pdf), "Rotate", 90),
        lambda pdf: setattr(front(pdf), "MediaBox", Array([0, 0, 100, 101])),
    ],
    ids=["content", "form", "box of a form", "turn", "size"],
)
def test_a_change_of_what_one_page_draws_changes_its_hash_alone(
    change: Callable[[Pdf], object],
) -> None:
    before, after = READER.sums(a_book()), READER.sums(a_book(change))

    assert before[0] != after[0]
    assert before[1] == after[1]


def test_what_pages_share_changes_all_their_hashes() -> None:
    before = READER.sums(a_book())
    font = READER.sums(
        a_book(lambda pdf: front(pdf).Resources.Font.F.Program.write(b"other"))
    )
    above = READER.sums(a_book(lambda pdf: setattr(pdf.Root.Pages, "Rotate", 90)))

    for after in (font, above):
        assert not set(before) & set(after)


def test_the_number_of_an_object_and_what_no_page_reaches_change_nothing() -> None:
    assert READER.sums(a_book()) == READER.sums(a_book(fillers=7))


def test_a_page_that_reaches_itself_and_a_damaged_file_have_no_hash() -> None:
    def turn(pdf: Pdf) -> None:
        front(pdf).Resources.XObject.X.Resources = front(pdf).Resources
        front(pdf).Resources = pdf.make_indirect(front(pdf).Resources)
        front(pdf).Resources.XObject.X.Resources = front(pdf).Resources

    assert READER.sums(a_book(turn)) == ()
    assert READER.sums(b"%PDF-1.4 nothing") == ()


def test_a_page_that_was_read_before_reads_the_same_by_another_number(
    tmp_path: Path,
) -> None:
    def swap(pdf: Pdf) -> None:
        pdf.pages.append(pdf.pages[0])
        del pdf.pages[0]

    kept = KeptPages(FolderCache(tmp_path), "1")
    reader = PikepdfPressReader(kept=kept)
    first = reader.read(a_book())
    swapped = a_book(swap)

    assert first == READER.read(a_book())
    assert reader.read(a_book()) == first
    assert reader.read(swapped) == READER.read(swapped)
    with pikepdf.open(io.BytesIO(swapped)) as pdf:
        assert len(pdf.pages) == len(list(tmp_path.rglob("facts/*/*")))
