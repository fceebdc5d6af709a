"""Bring a list of readers into the books."""

from __future__ import annotations

import csv
import datetime as dt
import gc
import itertools
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TextIO

from press.adapters.database.intake import Intake
from press.audience.importing.columns import Columns, read_header
from press.audience.importing.encoding import Encoding, recognise
from press.audience.importing.rows import APART, Terms, read_readers
from press.audience.importing.table import (
    LONGEST_LINE,
    Cells,
    delimiter_of,
    read_rows,
)
from press.desk.books import Books
from press.desk.private import private_text
from press.model.errors import ManifestError
from press.model.finding import Checked, Finding, Place, Severity, error, note
from press.model.house import House
from press.model.importing import ImportCounts, Remark
from press.model.subscriber import Basis, ListName
from press.ports import Clock, Progress

CHUNK = 1 << 16
#: Lines that a finding names; the report names all.
SHOWN = 3
#: What is said of all rows with one code.
_ALL = {
    "list.address": ("no address", "correct them in the file"),
    "list.consent": (
        "no consent: ground, source or date is missing",
        "give what holds for the whole file: --basis, --source, --given",
    ),
    "list.date": ("no date, or one to come", "write dates as 2024-05-03"),
    "list.encoding": ("in another encoding than the rest", "save the file as UTF-8"),
    "list.left": ("left or must not be written to, and stays out", None),
    "list.nul": ("a NUL character", "export the file again"),
    "list.quote": (
        "a quotation mark that is never closed, or within a text",
        'write "" for a quotation mark within a text',
    ),
    "list.ragged": ("more or fewer cells than the header", "see the delimiter"),
    "list.role": ("an address that nobody reads", "see whether a person is meant"),
    "list.status": ("a status that press does not know", "correct it in the file"),
    "list.twice": ("a reader who stands further up", None),
    "list.value": ("a value that is none, and is left out", None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrder:
    """An order to import a list.

    Attributes:
        file: The list.
        confirmed: Whether its readers need no confirming link any more.
        lists: Lists to put them on.
        tags: Words to attach to them.
        mapping: What columns hold that press cannot know by itself, by their headers.
        basis: The ground on which they are written to.
        source: Where they agreed.
        given: When they agreed.
        partial: Whether good rows are kept where others are refused.
        dry: Whether to keep nothing, and only say what would be.
        report: Where to write what is to be said of each row; None for nowhere.
    """

    file: Path
    confirmed: bool
    lists: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    mapping: Mapping[str, str] = field(default_factory=dict)
    basis: Basis | None = None
    source: str = ""
    given: dt.datetime | None = None
    partial: bool = False
    dry: bool = False
    report: Path | None = None


def import_readers(
    order: ImportOrder, books: Books, house: House, clock: Clock, progress: Progress
) -> Checked[ImportCounts]:
    """Bring a list into the books: all of it, or nothing.

    Raises:
        CannotWriteError: The report cannot be written.
        ManifestError: The list cannot be read.
    """
    findings = [*_wrong_order(order, house), *_still_to_come(order, clock)]
    if findings:
        return Checked(value=None, findings=tuple(findings))
    try:
        with order.file.open("rb") as stream:
            found = recognise(iter(lambda: stream.read(CHUNK), b""))
        if found.encoding is None:
            return Checked(value=None, findings=(_no_list(order.file, found.other),))
        if found.encoding is Encoding.WINDOWS:
            findings.append(
                note(
                    "list.encoding",
                    "the list is not UTF-8; it is read as Windows-1252",
                    Place(file=str(order.file)),
                    "look at a name with an accent: press readers show ADDRESS",
                )
            )
        with order.file.open(
            encoding=found.encoding, errors="surrogateescape", newline=""
        ) as text:
            made = _Import(order, books, clock, progress).run(text, whole=found.whole)
    except OSError as problem:
        message = f"{order.file} cannot be read: {problem.strerror}"
        raise ManifestError(message, hint="see its name and its rights") from problem
    return Checked(value=made.value, findings=(*findings, *made.findings))


@dataclass(frozen=True, slots=True)
class _Import:
    order: ImportOrder
    books: Books
    clock: Clock
    progress: Progress

    def run(self, text: TextIO, *, whole: bool) -> Checked[ImportCounts]:
        """Read the list, put it aside, and settle it."""
        order = self.order
        lines = _lines(text)
        first = next(lines, "")
        rows = read_rows(
            itertools.chain((first,), lines), delimiter_of(first), checked=whole
        )
        early: list[Remark] = []
        header = _header(rows, early)
        if header is None:
            problem = error(
                "list.column", "the list is empty", Place(file=str(order.file))
            )
            return Checked(value=None, findings=(problem,))
        columns, findings = read_header(header.cells, order.mapping)
        if columns is None:
            place = Place(file=str(order.file), line=header.line)
            return Checked(
                value=None,
                findings=tuple(
                    error(found.code, found.message, place, found.hint)
                    for found in findings
                ),
            )
        below = rows if columns.headed else itertools.chain((header,), rows)
        return self._take(columns, itertools.chain(early, below))

    def _take(
        self, columns: Columns, rows: Iterable[Cells | Remark]
    ) -> Checked[ImportCounts]:
        order, books = self.order, self.books
        lists = tuple(map(ListName, order.lists))
        terms = Terms(
            file=order.file.name,
            confirmed=order.confirmed,
            now=self.clock.now(),
            lists=lists,
            tags=frozenset(order.tags),
            basis=order.basis,
            source=order.source,
            given=order.given,
        )
        with (
            _uncollected(),
            Intake(books.connection, books.secret.hasher(), self.clock) as intake,
        ):
            done = 0
            for count in intake.stage(read_readers(rows, columns, terms)):
                done += count
                self.progress.step("rows", done, done)
            counts = intake.settle(lists, partial=order.partial, dry=order.dry)
            if order.report is not None:
                _write_report(order.report, intake.remarks())
            shown = _first_lines(intake.remarks(), counts)
        findings = _findings(order, counts, shown)
        return Checked(value=counts, findings=tuple(findings))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for garbage in cycles: rows are in none, but are many."""
    usual = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if usual:
            gc.enable()


def _header(rows: Iterator[Cells | Remark], early: list[Remark]) -> Cells | None:
    """Return the first row; what cannot be read above it is kept to be told."""
    for row in rows:
        if isinstance(row, Cells):
            return row
        early.append(row)
    return None


def _lines(text: TextIO) -> Iterator[str]:
    """Yield lines, of one that is far too long only its beginning."""
    while line := text.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith("\n"):
            line = text.readline(LONGEST_LINE + 1)
            if not line:
                return


def _wrong_order(order: ImportOrder, house: House) -> Iterator[Finding]:
    for name in order.lists:
        if name not in house.lists:
            close = get_close_matches(name, list(house.lists), n=1)
            yield error(
                "list.unknown",
                f"there is no list “{name}” in press.yaml",
                Place(file="press.yaml"),
                f"did you mean {close[0]}?"
                if close
                else f"write it there: lists: {{{name}: Title that readers see}}",
            )


def _still_to_come(order: ImportOrder, clock: Clock) -> Iterator[Finding]:
    """Yield that readers are said to have agreed at a time that is yet to come."""
    if order.given is not None and order.given > clock.now() + APART:
        yield error(
            "list.date",
            f"--given {order.given:%Y-%m-%d} lies in the future",
            hint="give the day on which these readers agreed",
        )


def _no_list(file: Path, what: str) -> Finding:
    return error(
        "list.not-csv",
        f"{file.name} is {what}, not a list",
        Place(file=str(file)),
        "open it where it came from and save it as CSV (UTF-8)",
    )


def _first_lines(
    remarks: Iterable[Remark], counts: ImportCounts
) -> dict[tuple[str, Severity], list[Remark]]:
    """Return the first remarks of each code."""
    shown: dict[tuple[str, Severity], list[Remark]] = {}
    missing = sum(min(count, SHOWN) for count in counts.remarks.values())
    for remark in remarks:
        if not missing:
            break
        known = shown.setdefault((remark.code, remark.severity), [])
        if len(known) < SHOWN:
            known.append(remark)
            missing -= 1
    return shown


def _findings(
    order: ImportOrder,
    counts: ImportCounts,
    shown: Mapping[tuple[str, Severity], list[Remark]],
) -> Iterator[Finding]:
    """Yield one finding for each code, with its first line and the number of all."""
    for (code, severity), count in counts.remarks.items():
        first, *others = shown[code, severity]
        what, hint = _ALL[code]
        message = first.message
        if count > 1:
            lines = ", ".join(str(remark.line) for remark in (first, *others))
            more = ", …" if count > SHOWN else ""
            message = f"{count:,} rows: {what} (lines {lines}{more}); {first.message}"
        held = severity is Severity.ERROR and order.partial
        yield Finding(
            code=code,
            severity=Severity.WARNING if held else severity,
            message=message,
            place=Place(file=str(order.file), line=first.line),
            hint=hint,
        )


def _write_report(file: Path, remarks: Iterable[Remark]) -> None:
    """Write what is to be said of each row: line, code, severity, reason.

    Raises:
        CannotWriteError: It cannot be written.
    """
    with private_text(file) as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerow(("line", "code", "severity", "reason"))
        for remark in remarks:
            writer.writerow((remark.line, remark.code, remark.severity, remark.message))
