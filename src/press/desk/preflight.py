"""Preflight of a file from elsewhere, such as an advertisement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from press.adapters.plates import PdfiumPlates
from press.adapters.press_reader import PikepdfPressReader
from press.adapters.workshop import ForkedWorkshop
from press.desk.tools import workers
from press.manifest.printer import (
    PRINTER,
    read_printer_file,
    shipped_printer,
    shipped_printers,
)
from press.model.errors import EngineError, ManifestError
from press.model.finding import Finding, Place, error
from press.model.plates import PlateFacts
from press.model.printer import Printer
from press.preflight.advertisement import judge_advertisement
from press.preflight.checks.page import printable

#: Files with more bytes are no advertisements.
LARGEST = 1 << 30
LAYOUTS = "layouts"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What was seen of a page: its plates, or why there are none."""

    plates: tuple[PlateFacts, ...] = ()
    findings: tuple[Finding, ...] = ()


def preflight_file(file: Path, printer: Printer) -> tuple[Finding, ...]:
    """Return what is wrong with a file from elsewhere, by what a printer asks.

    Raises:
        ManifestError: There is no such file, or it is too large.
    """
    pdf, workshop = _read(file), ForkedWorkshop(workers())
    facts = PikepdfPressReader(workshop).read(pdf, file.name)
    sound = [] if facts.file.encrypted else [p for p in facts.pages if printable(p)]
    numbers = [page.number for page in sound]  # of any size at all takes any memory
    seen = workshop.map(lambda number: _plates(pdf, printer, number), numbers)
    plates = tuple(chain.from_iterable(page.plates for page in seen))
    findings = (
        *judge_advertisement(facts, plates, printer),
        *chain.from_iterable(page.findings for page in seen),
    )
    return tuple(
        replace(found, place=replace(found.place, file=file.as_posix()))
        for found in findings
    )


def _plates(pdf: bytes, printer: Printer, number: int) -> _Seen:
    """Return what a page prints, or that it cannot be drawn."""
    try:
        return _Seen(plates=tuple(PdfiumPlates().read(pdf, printer, [number])))
    except EngineError as wrong:
        place, hint = Place(page=number), "have it made again"
        found = error(
            "preflight.file", f"the page cannot be drawn: {wrong}", place, hint
        )
        return _Seen(findings=(found,))


def find_printer(wanted: str, start: Path) -> Printer:
    """Return a printer: one that comes with press, a layout's, or that of a file.

    Args:
        wanted: Its name, the name of a layout, or the path of a printer.yaml.
        start: The folder that paths are seen from.

    Raises:
        ManifestError: There is none of that name, or its file has mistakes.
    """
    if wanted in shipped_printers():
        return shipped_printer(wanted)
    for file in (start / wanted, start / LAYOUTS / wanted / PRINTER):
        if file.is_file():
            read = read_printer_file(file.parent, file.name)
            if read.value is None:
                raise ManifestError(
                    f"{file} does not say what the printer asks", findings=read.findings
                )
            return read.value
    raise ManifestError(
        f'no printer is called "{wanted}"',
        hint=f"there are {', '.join(shipped_printers())}; the name of a layout or the"
        f" path of a {PRINTER} will do too",
    )


def _read(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if size > LARGEST:
            raise ManifestError(f"{file} has {size >> 20} MB, too many to be looked at")
        return file.read_bytes()
    except OSError as error:
        raise ManifestError(f"{file} cannot be read: {error.strerror}") from error
