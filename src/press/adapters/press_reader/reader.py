"""Reads a press file, its pages on all cores."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

import pikepdf

from press.adapters.press_reader.document import (
    plainly,
    read_file,
    structure_faults,
    unreadable,
)
from press.adapters.press_reader.kept import KeptPages
from press.adapters.press_reader.page import DAMAGE, ReadPage, read_page
from press.adapters.press_reader.sums import Sums
from press.model.press_facts import FontFacts, PressFacts
from press.ports import Workshop

#: Pages are dealt out so that every core gets some of each part of the paper.
_DEALS = 2


class PikepdfPressReader:
    """Reads what a press file is and what its pages paint.

    A damaged file is no exception: its facts say what is damaged.
    """

    def __init__(
        self, workshop: Workshop | None = None, kept: KeptPages | None = None
    ) -> None:
        """Take where pages are shared out, and where earlier ones are remembered."""
        self._workshop, self._kept = workshop, kept

    def sums(self, pdf: bytes) -> Sequence[str]:
        """Return a hash of all that each page draws; none of a file that is damaged."""
        try:
            with _open(pdf) as document:
                return tuple(_sums(document).values())
        except DAMAGE:
            return ()

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
            why = (plainly(str(error)) or type(error).__name__).splitlines()[0]
            return PressFacts(file=unreadable(pdf, name, why, encrypted=False))
        return PressFacts(
            file=file,
            fonts=_merged(font for page in pages for font in page.fonts),
            pages=tuple(page.marks for page in pages),
        )

    def _pages(
        self, pdf: bytes, document: pikepdf.Pdf, count: int
    ) -> Sequence[ReadPage]:
        numbers = range(1, count + 1)
        if self._kept is None:
            return self._read(pdf, document, numbers)
        sums = _sums(document)
        pages = self._kept.find(sums)
        read = self._read(pdf, document, [n for n in numbers if n not in pages])
        for page in read:
            number = page.marks.number
            pages[number] = page
            # What was repaired cannot be told from the page: it is read every time.
            if number in sums and not any(one.repairs for one in read):
                self._kept.keep(page, sums[number])
        return [pages[number] for number in numbers]

    def _read(
        self, pdf: bytes, document: pikepdf.Pdf, numbers: Sequence[int]
    ) -> Sequence[ReadPage]:
        workers = self._workshop.workers if self._workshop else 1
        if (
            self._workshop is None
            or workers < 2  # noqa: PLR2004
            or len(numbers) < 2 * workers
        ):
            return _read(document, numbers)
        hands = workers * _DEALS
        dealt = [numbers[first::hands] for first in range(hands)]
        made = self._workshop.map(lambda some: _read_some(pdf, some), dealt)
        return sorted(chain(*made), key=lambda page: page.marks.number)


def _open(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf), suppress_warnings=True)


def _sums(document: pikepdf.Pdf) -> dict[int, str]:
    """Return the sum of every page, by number; nothing where one has none."""
    sums = Sums()
    try:
        return {
            number: sums.page(page.obj) for number, page in enumerate(document.pages, 1)
        }
    except ValueError:
        return {}


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
