"""Reads a press file, its pages on all cores."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

import pikepdf

from press.adapters.press_reader.document import (
    read_file,
    structure_faults,
    unreadable,
)
from press.adapters.press_reader.page import DAMAGE, ReadPage, read_page
from press.model.press_facts import FontFacts, PressFacts
from press.ports import Workshop

#: Pages are dealt out so that every core gets some of each part of the paper.
_DEALS = 2


class PikepdfPressReader:
    """Reads what a press file is and what its pages paint.

    A damaged file is no exception: its facts say what is damaged.
    """

    def __init__(self, workshop: Workshop | None = None) -> None:
        self._workshop = workshop

    def read(self, pdf: bytes, name: str = "") -> PressFacts:
        """Return the facts of a file; `name` is the file's, without folders."""
        try:
            with _open(pdf) as document:
                count = len(document.pages)
                pages = self._pages(pdf, document, count)
                said = chain(
                    structure_faults(document), *(page.repairs for page in pages)
                )
                file = read_file(document, pdf, name, tuple(dict.fromkeys(said)))
        except pikepdf.PasswordError:
            why = "it asks for a password"
            return PressFacts(file=unreadable(pdf, name, why, encrypted=True))
        except DAMAGE as error:
            why = (str(error) or type(error).__name__).splitlines()[0]
            return PressFacts(file=unreadable(pdf, name, why, encrypted=False))
        return PressFacts(
            file=file,
            fonts=_merged(font for page in pages for font in page.fonts),
            pages=tuple(page.marks for page in pages),
        )

    def _pages(
        self, pdf: bytes, document: pikepdf.Pdf, count: int
    ) -> Sequence[ReadPage]:
        workers = self._workshop.workers if self._workshop else 1
        if self._workshop is None or workers < 2 or count < 2 * workers:  # noqa: PLR2004
            return _read(document, range(1, count + 1))
        hands = workers * _DEALS
        dealt = [range(first, count + 1, hands) for first in range(1, hands + 1)]
        made = self._workshop.map(lambda numbers: _read_some(pdf, numbers), dealt)
        return sorted(chain(*made), key=lambda page: page.marks.number)


def _open(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf), suppress_warnings=True)


def _read_some(pdf: bytes, numbers: Sequence[int]) -> Sequence[ReadPage]:
    """Read some pages in a process of their own."""
    with _open(pdf) as document:
        return _read(document, numbers)


def _read(document: pikepdf.Pdf, numbers: Iterable[int]) -> Sequence[ReadPage]:
    pages = [read_page(document.pages[number - 1].obj, number) for number in numbers]
    if pages:
        said = structure_faults(document)
        pages[0] = replace(pages[0], repairs=said)
    return pages


def _merged(fonts: Iterable[FontFacts]) -> tuple[FontFacts, ...]:
    """Return every font once, with all its pages."""
    pages: dict[FontFacts, set[int]] = {}
    for font in fonts:
        pages.setdefault(replace(font, pages=()), set()).update(font.pages)
    return tuple(
        replace(font, pages=tuple(sorted(numbers)))
        for font, numbers in sorted(pages.items(), key=lambda item: item[0].name)
    )
