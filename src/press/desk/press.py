"""To press: bound pages made ready, for readers too, taken apart and laid on sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from press.compose.forme import Forme
from press.compose.hotspots import find_beads, find_hotspots
from press.desk.advertisement import place_advertisements
from press.desk.naming import name_pages
from press.desk.pages import Printed
from press.desk.reading import Desk
from press.desk.tools import Tools
from press.model.finding import Checked, Finding, ready
from press.model.press import PlacedAd, PressJob, ReplicaJob
from press.ports import Progress
from press.prepress.impose import impose


@dataclass(frozen=True, slots=True, kw_only=True)
class PressFiles:
    """What goes to the printer, and to readers.

    Attributes:
        print: All pages in one file.
        spreads: The printer's spreads; None where the pages make no sheets.
        pages: Every page in a file of its own, by its name.
        replica: The readers' file.
    """

    print: bytes
    spreads: bytes | None
    pages: tuple[tuple[str, bytes], ...]
    replica: bytes

    def named(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files with their names."""
        yield "print.pdf", self.print
        if self.spreads is not None:
            yield "spreads.pdf", self.spreads
        for name, data in self.pages:
            yield f"pages/{name}", data
        yield "replica.pdf", self.replica


class PressDesk:
    """Makes the files of bound pages."""

    def __init__(self, desk: Desk, forme: Forme, tools: Tools) -> None:
        self._desk, self._forme, self._tools = desk, forme, tools
        self._printer = desk.layout.printer

    def make(self, printed: Printed, progress: Progress) -> Checked[PressFiles]:
        """Return the files, and all that keeps them from being made."""
        progress.step("press files", 0, 2)
        finished, replica = self._tools.workshop.map(
            lambda work: work(printed), (self._finish, self._replica)
        )
        findings: list[Finding] = [*finished.findings, *replica.findings]
        if finished.value is None or replica.value is None or not ready(findings):
            return Checked(value=None, findings=tuple(findings))
        progress.step("press files", 1, 2)
        count = len(printed.views)
        sides = impose(count, self._printer)
        findings += sides.findings
        names = name_pages(self._desk.edition, self._desk.house, self._printer, count)
        findings += names.findings
        if names.value is None or not ready(findings):
            return Checked(value=None, findings=tuple(findings))
        stripper, pdf, sheets = self._tools.stripper, finished.value, sides.value
        works: list[Callable[[], Sequence[bytes]]] = [lambda: stripper.pages(pdf)]
        if sheets:
            works.append(lambda: [stripper.spreads(pdf, sheets)])
        pages, *spreads = self._tools.workshop.map(lambda work: work(), works)
        files = PressFiles(
            print=pdf,
            spreads=spreads[0][0] if spreads else None,
            pages=tuple(zip(names.value, pages, strict=True)),
            replica=replica.value,
        )
        progress.step("press files", 2, 2)
        return Checked(value=files, findings=tuple(findings))

    def _placed(self, printed: Printed) -> tuple[PlacedAd, ...]:
        return tuple(place_advertisements(self._desk.advertisements, printed.views))

    def _finish(self, printed: Printed) -> Checked[bytes]:
        edition, house = self._desk.edition, self._desk.house
        job = PressJob(
            printer=self._printer,
            profile=self._desk.profile,
            pictures=printed.pictures,
            folder=str(self._tools.prepared),
            date=self._forme.date,
            drawn_bleed=self._printer.bleed.most.pt,
            slug=f"{house.title}, {edition.title}",
            advertisements=self._placed(printed),
        )
        return self._tools.finisher.finish(printed.bound, job)

    def _replica(self, printed: Printed) -> Checked[bytes]:
        edition, house = self._desk.edition, self._desk.house
        job = ReplicaJob(
            title=f"{house.title}, {edition.title}",
            lang=edition.lang,
            date=self._forme.date,
            palette=self._desk.layout.palette,
            profile=self._desk.profile,
            pictures=printed.pictures,
            folder=str(self._tools.prepared),
            bookmarks=printed.bookmarks,
            hotspots=find_hotspots(self._forme, printed.views),
            beads=find_beads(self._forme, printed.views),
            drawn_bleed=self._printer.bleed.most.pt,
            advertisements=self._placed(printed),
        )
        return self._tools.replica.make(printed.bound, job)
