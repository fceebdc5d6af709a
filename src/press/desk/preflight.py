"""Preflight of a file from elsewhere, such as an advertisement."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
from press.model.errors import CannotWriteError, EngineError, ManifestError
from press.model.finding import Finding, Place, error, note
from press.model.length import ZERO, Length
from press.model.plates import PlateFacts
from press.model.press_facts import Box, PressFacts
from press.model.printer import Edges, Printer
from press.packing.preflight_html import write_preflight_page
from press.packing.preflight_report import CheckRun, Preflight, write_preflight
from press.preflight.advertisement import INK, THIN
from press.preflight.checks import CHECKS
from press.preflight.checks.raster import PLATE_CHECKS
from press.preflight.inspect import inspect_each
from press.preflight.rules import FileKind, Rules

#: Files with more bytes are no advertisements.
LARGEST = 1 << 30
#: The plates of more pages are not looked at: no advertisement has so many.
MOST_PAGES = 128
TOGETHER = 4
LAYOUTS = "layouts"
KIND = FileKind.AD
BLEED_FILLED, CONTENT = 9, 42
NOT_ASKED = "asked of press's own files"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedOver:
    """A file from elsewhere that was looked over.

    Attributes:
        findings: What is wrong with it.
        report: The report as files, by name.
    """

    findings: tuple[Finding, ...]
    report: tuple[tuple[str, bytes], ...]


def preflight_file(file: Path, printer: Printer) -> LookedOver:
    """Return what is wrong with a file from elsewhere, by what a printer asks.

    Raises:
        ManifestError: There is no such file, or it is too large.
    """
    pdf = _read(file)
    workshop = ForkedWorkshop(workers())
    facts = PikepdfPressReader(workshop).read(pdf, file.name)
    own = _at_its_size(printer, facts)
    plates, undrawn = _plates(pdf, facts, own, workshop)
    found = {
        check.number: list(findings)
        for check, findings in inspect_each(facts, Rules(printer=printer, kind=KIND))
    }
    found[CONTENT] += undrawn
    for number, judge in PLATE_CHECKS if plates else ():
        found[number] = list(judge(plates, own))
    runs = tuple(_runs(found, facts, file.as_posix()))
    findings = tuple(one for run in runs for one in run.findings)
    report = Preflight(
        title=file.name,
        file=file.name,
        sha256=hashlib.sha256(pdf).hexdigest(),
        printer=own,
        profile=None,
        checks=runs,
        plates=plates,
        findings=findings,
    )
    return LookedOver(
        findings=findings,
        report=(
            ("preflight.html", write_preflight_page(report)),
            ("preflight.json", write_preflight(report)),
        ),
    )


def write_report(folder: Path, looked: LookedOver) -> tuple[Path, ...]:
    """Write a report's files into a folder; return them.

    Raises:
        CannotWriteError: The folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in looked.report:
            new = folder / f".{name}.new"
            new.write_bytes(data)
            new.replace(folder / name)
    except OSError as wrong:
        raise CannotWriteError(
            f"{folder} cannot be written: {wrong.strerror}"
        ) from wrong
    return tuple(folder / name for name, _ in looked.report)


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


# ---------------------------------------------------------------- checks


def _runs(
    found: dict[int, list[Finding]], facts: PressFacts, file: str
) -> Iterator[CheckRun]:
    """Yield every check, and how it went; findings name the file."""
    bleeds = bool(facts.pages) and facts.pages[0].box("BleedBox") is not None
    for check in CHECKS:
        asked = KIND in check.kinds
        run = asked and check.number in found
        findings = (
            replace(
                one,
                place=replace(one.place, file=file),
                hint=THIN if one.code in INK else one.hint,
            )
            for one in (found[check.number] if run else ())
            # Where no bleed is declared, what stands around the trim is cut off.
            if bleeds or one.code != "preflight.beyond-bleed"
        )
        yield CheckRun(
            number=check.number,
            name=check.name,
            about=check.about,
            findings=tuple(findings),
            run=run,
            where="" if asked else NOT_ASKED,
        )


# ---------------------------------------------------------------- plates


def _at_its_size(printer: Printer, facts: PressFacts) -> Printer:
    """Return the printer as if its pages had the file's size and bleed."""
    if not facts.pages:
        return printer
    page = facts.pages[0]
    trim = page.box("TrimBox") or page.box("MediaBox")
    if trim is None:
        return printer
    width, height = Length(trim[2] - trim[0]), Length(trim[3] - trim[1])
    return replace(
        printer,
        width=width,
        height=height,
        type_width=width,
        type_height=height,
        bleed=_bleed(trim, page.box("BleedBox")),
    )


def _bleed(trim: Box, bleed: Box | None) -> Edges:
    if bleed is None:
        return Edges()
    left, bottom, right, top = (
        max(ZERO, Length.of_mm(round(Length(far).mm, 2)))
        for far in (
            trim[0] - bleed[0],
            trim[1] - bleed[1],
            bleed[2] - trim[2],
            bleed[3] - trim[3],
        )
    )
    return Edges(top=top, right=right, bottom=bottom, left=left)


def _plates(
    pdf: bytes, facts: PressFacts, printer: Printer, workshop: ForkedWorkshop
) -> tuple[tuple[PlateFacts, ...], list[Finding]]:
    """Return the plates of all pages that can be drawn, and what is said of others."""
    if facts.file.encrypted or not facts.pages:
        return (), []
    count = min(len(facts.pages), MOST_PAGES)
    groups = [
        range(first, min(first + TOGETHER, count + 1))
        for first in range(1, count + 1, TOGETHER)
    ]
    made = workshop.map(lambda pages: _expose(pdf, printer, pages), groups)
    findings = [one for _, said in made for one in said]
    if count < len(facts.pages):
        findings.append(
            note(
                "preflight.plates",
                f"the plates of the first {count} pages were looked at; the file has"
                f" {len(facts.pages)}",
            )
        )
    return tuple(one for plates, _ in made for one in plates), findings


def _expose(
    pdf: bytes, printer: Printer, pages: Sequence[int]
) -> tuple[list[PlateFacts], list[Finding]]:
    """Return the plates of some pages; of those that are damaged, what is wrong."""
    plates = PdfiumPlates()
    try:
        return list(plates.read(pdf, printer, pages)), []
    except EngineError as wrong:
        if len(pages) == 1:
            message = f"the page cannot be drawn: {_said(wrong)}"
            place = Place(page=pages[0])
            hint = "export the file again"
            return [], [error("preflight.content", message, place, hint)]
    parts = [_expose(pdf, printer, [page]) for page in pages]
    return [one for part, _ in parts for one in part], [
        one for _, said in parts for one in said
    ]


def _said(wrong: EngineError) -> str:
    return " ".join(str(wrong).split())
