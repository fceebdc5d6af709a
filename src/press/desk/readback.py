"""Reading back: the finished file held against the copy and the printer's demands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from press.compose.view import PageView, Rect
from press.desk.advertisement import place_advertisements
from press.desk.barcode import barcode_of
from press.desk.pages import Printed
from press.desk.reading import Desk
from press.desk.seen import LookingDesk, SeenCode, edge_of
from press.desk.tools import Tools
from press.model.barcode import ADD_ON, MAIN, QUIET_BETWEEN
from press.model.facts import PageFacts
from press.model.finding import Area, Finding
from press.model.plates import PlateFacts
from press.model.press_facts import CodeMark, PageMarks, PressFacts
from press.packing.preflight_html import write_preflight_page
from press.packing.preflight_report import CheckRun, Preflight, write_preflight
from press.preflight.checks import CHECKS
from press.preflight.checks.raster import PLATE_CHECKS
from press.preflight.inspect import inspect_each
from press.preflight.proofread import proofread
from press.preflight.rules import FileKind, Folio, Rules

#: Plates on which something has less ink than this are not named.
FAINT = 0.03
PLATES = ("Cyan", "Magenta", "Yellow", "Black")
#: Checks that are made before the file is: of pictures and flat colours.
BEFORE = frozenset({21})
PROOFREADING = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """What was read back, and what is wrong with it.

    Attributes:
        findings: All that is wrong.
        plates: What every page prints.
        report: The report as files, by name.
    """

    findings: tuple[Finding, ...]
    plates: tuple[PlateFacts, ...]
    report: tuple[tuple[str, bytes], ...]


class ReadingDesk:
    """Reads a finished file back."""

    def __init__(self, desk: Desk, tools: Tools, date: str) -> None:
        self._desk, self._tools, self._date = desk, tools, date
        self._printer = desk.layout.printer

    def read(self, pdf: bytes, printed: Printed) -> ReadBack:
        """Read the press file back and hold it against everything it must be."""
        facts = self._tools.press_reader.read(pdf, "print.pdf")
        front = facts.pages[0] if self._desk.house.issn and facts.pages else None
        seen = LookingDesk(self._tools, self._printer).look(pdf, front)
        words = tuple(page.words for page in seen.pages)
        plates = tuple(
            _on_its_own_margins((page.plates for page in seen.pages), printed)
        )
        codes = tuple(code_mark(one) for one in seen.codes or ())
        facts = replace(facts, words=words, codes=codes)
        proofs = tuple(proofread(tuple(_on_trim(words, facts.pages)), printed.reading))
        runs = tuple(self._runs(facts, self._rules(printed), plates, proofs))
        findings = tuple(finding for run in runs for finding in run.findings)
        edition, house = self._desk.edition, self._desk.house
        report = Preflight(
            title=f"{house.title}, {edition.title}",
            file="print.pdf",
            sha256=hashlib.sha256(pdf).hexdigest(),
            printer=self._printer,
            profile=self._desk.profile,
            checks=runs,
            plates=plates,
            findings=findings,
        )
        return ReadBack(
            findings=findings,
            plates=plates,
            report=(
                ("preflight.json", write_preflight(report)),
                ("preflight.html", write_preflight_page(report)),
            ),
        )

    def _runs(
        self,
        facts: PressFacts,
        rules: Rules,
        plates: tuple[PlateFacts, ...],
        proofs: tuple[Finding, ...],
    ) -> Iterator[CheckRun]:
        """Yield every check, and how it went."""
        found: dict[int, tuple[Finding, ...]] = {PROOFREADING: proofs}
        found |= dict.fromkeys(BEFORE, ())
        for check, findings in inspect_each(facts, rules):
            found[check.number] = findings
        for number, judge in PLATE_CHECKS:
            found[number] = tuple(judge(plates, self._printer))
        for check in CHECKS:
            yield CheckRun(
                number=check.number,
                name=check.name,
                about=check.about,
                findings=found.get(check.number, ()),
                run=check.number in found,
                where="" if check.judge else check.where,
            )

    # ------------------------------------------------------------ what it must be

    def _rules(self, printed: Printed) -> Rules:
        edition, layout = self._desk.edition, self._desk.layout
        barcode = barcode_of(edition, self._desk.house, layout)
        return Rules(
            printer=self._printer,
            kind=FileKind.EDITION,
            pages=len(printed.views),
            condition=self._desk.profile.condition,
            families=frozenset(face.family for face in layout.faces),
            bought=frozenset(self._bought_families(printed)),
            pictures=tuple(self._pictures(printed)),
            folios=tuple(_folios(printed.views)),
            issn=f"{barcode.code}+{barcode.add_on}" if barcode else "",
            made=self._date,
        )

    def _pictures(self, printed: Printed) -> Iterator[tuple[int, int]]:
        """Yield how many pictures of pixels every page shows, advertisements' too."""
        read, views = self._desk.advertisements, printed.views
        bought = {one.page: one.pictures for one in place_advertisements(read, views)}
        for view in views:
            names = [figure.src for one in view.articles for figure in one.figures]
            names += [puff.src for puff in view.puffs]
            own = sum(name in printed.pictures for name in names)
            yield view.number, own + bought.get(view.number, 0)

    def _bought_families(self, printed: Printed) -> Iterator[tuple[int, str]]:
        """Yield the families of type in advertisements, each with its page."""
        for one in place_advertisements(self._desk.advertisements, printed.views):
            yield from ((one.page, family) for family in one.families)


def code_mark(seen: SeenCode) -> CodeMark:
    """Return a code of the front page with the plates it is printed on."""
    code, area = seen.code, seen.area
    modules = MAIN + (QUIET_BETWEEN + ADD_ON if code.add_on else 0)
    module = area.width / modules
    white = seen.spot.white
    shares = zip(PLATES, seen.spot.ink.parts, strict=True)
    return CodeMark(
        text=f"{code.text}+{code.add_on}" if code.add_on else code.text,
        page=1,
        area=area,
        inks=tuple(name for name, share in shares if share > FAINT),
        module=module,
        quiet=white and (white[0] / module, white[1] / module),
    )


def _on_trim(
    words: Sequence[PageFacts], pages: Iterable[PageMarks]
) -> Iterator[PageFacts]:
    """Yield pages with their lines counted from the trim, not from the sheet."""
    edges = {page.number: edge_of(page) for page in pages}
    for page in words:
        left, top = edges.get(page.number, (0.0, 0.0))
        lines = tuple(
            replace(line, left=line.left - left, baseline=line.baseline - top)
            for line in page.lines
        )
        yield replace(page, lines=lines)


def _on_its_own_margins(
    plates: Iterable[PlateFacts], printed: Printed
) -> Iterator[PlateFacts]:
    """Yield plates; an advertisement that has the whole page has margins of its own."""
    whole = {view.number for view in printed.views if view.space and view.space.whole}
    for page in plates:
        yield replace(page, strays=()) if page.page in whole else page


def _folios(views: Iterable[PageView]) -> Iterator[Folio]:
    for view in views:
        if view.masthead is not None:
            says = (view.dateline, str(view.edition), view.price)
            yield Folio(
                page=view.number,
                area=_area(view.masthead),
                says=tuple(filter(None, says)),
                numbered=False,
            )
        elif not (view.space and view.space.whole):
            yield Folio(page=view.number, area=_area(view.folio), says=(view.dateline,))


def _area(rect: Rect) -> Area:
    return Area(
        left=rect.left.mm,
        top=rect.top.mm,
        width=rect.width.mm,
        height=rect.height.mm,
    )
