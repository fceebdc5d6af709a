"""Build an edition: the day's work, from manifest to finished files."""

from __future__ import annotations

import calendar
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from press.adapters.cache import FolderCache
from press.adapters.folder import BuildFolder, discard
from press.adapters.weasy import WeasyTypesetter
from press.compose.forme import Forme
from press.desk.barcode import barcode_of
from press.desk.delivery import deliver
from press.desk.laying import LaidOut, lay_out
from press.desk.mail import mail_desk, mail_files
from press.desk.order import BuildOrder, Built
from press.desk.pages import PageDesk, Printed
from press.desk.planning import ads_of
from press.desk.reading import CACHE, Desk, read_desk
from press.desk.ticket import ticket_of
from press.desk.tools import Tools, make_tools, workers
from press.desk.web import make_pages, page_files
from press.model.finding import Checked, Finding, Severity, note, ready
from press.model.flatplan import Flatplan
from press.model.package import Package
from press.packing.job import Job
from press.packing.report import (
    write_findings,
    write_flatplan,
    write_links,
    write_ticket,
)
from press.ports import Progress

PROOF_PPI = 100
#: What is kept of an edition that preflight refuses.
REFUSED = ("print.pdf", "preflight.html", "preflight.json", "ticket.json")


def build_edition(order: BuildOrder, progress: Progress) -> Checked[Built]:
    """Build an edition; nothing is published while anything found holds it up.

    Raises:
        BusyError: Another press is building the same edition.
        CannotWriteError: The output folder cannot be written.
        ManifestError: A template cannot be filled, or no edition has such a name.
        MissingToolError: A font or library is not there.
    """
    typesetter = WeasyTypesetter(workers=workers())
    out = order.out or order.paper / "build" / order.edition
    try:
        with BuildFolder(out) as folder:
            if not FolderCache(order.paper / CACHE).holds("pages"):
                typesetter.start()
            read = read_desk(order.paper, order.edition)
            if read.value is None or _held_up(read.findings, order):
                return Checked(value=None, findings=read.findings)
            tools = make_tools(read.value, typesetter)
            work = _Work(read.value, tools, progress)
            made = work.make(proof=order.proof)
            findings = (*read.findings, *made.findings)
            if made.value is None:
                return Checked(value=None, findings=findings)
            files = dict(made.value.files)
            files["findings.json"] = write_findings(findings)
            ticket = ticket_of(read.value, made.value.printed.fonts, made.value.job)
            files["ticket.json"] = write_ticket(ticket, files)
            if _held_up(findings, order):
                shown = _show_refused(out, files)
                return Checked(value=None, findings=(*findings, shown))
            written = [folder.write(name, files[name]) for name in sorted(files)]
            built = Built(folder=folder.publish(), files=tuple(written))
            discard(_refused(out))
            return Checked(value=built, findings=findings)
    finally:
        typesetter.close()


def _refused(out: Path) -> Path:
    return out.with_name(f"{out.name}-refused")


def _show_refused(out: Path, files: Mapping[str, bytes]) -> Finding:
    """Write what may not go to press beside the last good build, to be looked at."""
    with BuildFolder(_refused(out)) as folder:
        for name in REFUSED:
            folder.write(name, files[name])
        shown = folder.publish()
    return note(
        "preflight.refused",
        "the pages may not go to press as they are; the last good build is left as it was",
        hint=f"look at {shown}/preflight.html: it shows every fault on its page",
    )


def _held_up(findings: tuple[Finding, ...], order: BuildOrder) -> bool:
    warned = any(one.severity is Severity.WARNING for one in findings)
    return not ready(findings) or (order.strict and warned)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """What a build made, not yet written."""

    printed: Printed
    job: Job
    files: tuple[tuple[str, bytes], ...]


class _Work:
    """One build."""

    def __init__(self, desk: Desk, tools: Tools, progress: Progress) -> None:
        self._desk, self._tools, self._progress = desk, tools, progress
        self._findings: list[Finding] = []

    def make(self, *, proof: bool) -> Checked[_Made]:
        """Return everything the build makes."""
        laid = lay_out(self._desk, self._tools)
        planned = laid.planned
        self._findings += planned.findings
        if planned.value is None:
            return self._nothing()
        forme = self._forme(planned.value, laid)
        printed = self._print(forme)
        if printed is None:
            return self._nothing()
        delivered = deliver(self._desk, forme, printed, self._tools, self._progress)
        self._findings += delivered.findings
        if delivered.value is None:
            return self._nothing()
        files = [*delivered.value.files, *self._reports(planned.value, laid.packages)]
        files += self._digest(dict(files))
        if proof:
            files += self._proofs(dict(files)["replica.pdf"], len(printed.views))
        made = _Made(printed=printed, job=delivered.value.job, files=tuple(files))
        return Checked(value=made, findings=tuple(self._findings))

    def _nothing(self) -> Checked[_Made]:
        """Return what was found wrong, with the digest too, where no paper is made."""
        list(self._digest({}))
        return Checked(value=None, findings=tuple(self._findings))

    def _forme(self, flatplan: Flatplan, laid: LaidOut) -> Forme:
        desk = self._desk
        return Forme(
            edition=desk.edition,
            house=desk.house,
            layout=desk.layout,
            flatplan=flatplan,
            packages={package.id: package for package in laid.packages},
            measured=laid.survey.measured,
            own=laid.own,
            codes={
                ad.url: self._tools.codes.draw(ad.url)
                for ad in ads_of(desk.edition, desk.house)
            },
            barcode=barcode_of(desk.edition, desk.house, desk.layout),
            date=_date(desk),
        )

    def _print(self, forme: Forme) -> Printed | None:
        made = PageDesk(forme, self._tools, self._progress).make()
        self._findings += made.findings
        return made.value

    def _reports(
        self, flatplan: Flatplan, packages: Sequence[Package]
    ) -> Iterator[tuple[str, bytes]]:
        by_id = {package.id: package for package in packages}
        yield "flatplan.json", write_flatplan(flatplan, by_id)
        if self._desk.house.links.prints_short:
            yield "links.json", write_links(flatplan, by_id)

    def _digest(self, paper: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
        """Yield the digest's files; where no paper was made, only look for faults."""
        mail = mail_desk(self._desk)
        made = mail.make(paper)
        self._findings += made.findings
        if made.value is not None:
            yield from mail_files(mail, made.value)
        pages = make_pages(mail, paper)
        self._findings += pages.findings
        if pages.value is not None:
            yield from page_files(pages.value)

    def _proofs(self, pdf: bytes, pages: int) -> Iterator[tuple[str, bytes]]:
        numbers = range(1, pages + 1)
        self._progress.step("proofs", 0, pages)
        images = self._tools.workshop.map(
            lambda number: self._tools.reader.picture(pdf, number, PROOF_PPI), numbers
        )
        for number, image in zip(numbers, images, strict=True):
            yield f"proof/page-{number:02}.png", image
        self._progress.step("proofs", pages, pages)


def _date(desk: Desk) -> int:
    """Return the date the files carry: SOURCE_DATE_EPOCH, or the day of sale."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdecimal():
        return int(given)
    return calendar.timegm(desk.edition.on_sale.timetuple())
