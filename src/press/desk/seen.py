"""What the pages of a finished file show; pages that were seen before are remembered."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from press.desk.fingerprint import fingerprint, of_press
from press.desk.tools import Tools
from press.model.barcode import FoundCode
from press.model.facts import PageFacts
from press.model.finding import Area
from press.model.length import PT_PER_MM
from press.model.plates import PlateFacts, SpotFacts
from press.model.press_facts import PageMarks
from press.model.printer import Printer
from press.model.record import decode, encode

CODE_PPI = 300
MM_PER_INCH = 25.4
#: Codes that tills read; QR codes are none.
PERIODICAL = "EAN"
#: Pages that one piece of work looks at, at most.
TOGETHER = 4
_KIND = "seen"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPage:
    """What a page shows.

    Attributes:
        words: Its words.
        plates: Its plates.
    """

    words: PageFacts
    plates: PlateFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenCode:
    """A bar code that a till would read off the front page.

    Attributes:
        code: What it says.
        area: Where it stands.
        spot: What the plates print there.
    """

    code: FoundCode
    area: Area
    spot: SpotFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of a file.

    Attributes:
        pages: Its pages.
        codes: The codes on its front page; None where they were not looked for.
    """

    pages: tuple[SeenPage, ...] = ()
    codes: tuple[SeenCode, ...] | None = None


class LookingDesk:
    """Looks at every page of a press file, with engines that had no part in it."""

    def __init__(self, tools: Tools, printer: Printer) -> None:
        self._tools, self._printer = tools, printer
        self._made_with = fingerprint(of_press(), printer)

    def look(self, pdf: bytes, front: PageMarks | None = None) -> Seen:
        """Look at all pages, and for bar codes on the front page where that is given."""
        sums = self._tools.press_reader.sums(pdf)
        count = self._tools.reader.count(pdf)
        pages: dict[int, SeenPage] = {}
        found = self._recall_codes(sums) if front else None
        for number, one in enumerate(sums, 1):
            known = self._recall(one, number)
            if known is not None:
                pages[number] = known
        todo = [number for number in range(1, count + 1) if number not in pages]
        for made in self._tools.workshop.map(
            _do, self._jobs(pdf, todo, None if found is not None else front)
        ):
            pages |= {page.words.number: page for page in made.pages}
            found = found if made.codes is None else made.codes
        self._keep(sums, {number: pages[number] for number in todo}, found)
        return Seen(pages=tuple(pages[n] for n in sorted(pages)), codes=found)

    def _jobs(
        self, pdf: bytes, todo: Sequence[int], front: PageMarks | None
    ) -> list[Callable[[], Seen]]:
        hands = self._tools.workshop.workers
        step = min(TOGETHER, max(1, -(-len(todo) // hands)))
        groups = [todo[first : first + step] for first in range(0, len(todo), step)]
        jobs = [partial(self._see, pdf, group) for group in groups]
        return [partial(self._find_codes, pdf, front), *jobs] if front else [*jobs]

    def _see(self, pdf: bytes, numbers: Sequence[int]) -> Seen:
        words = self._tools.reader.read(pdf, numbers)
        plates = self._tools.plates.read(pdf, self._printer, numbers)
        pairs = zip(words, plates, strict=True)
        return Seen(pages=tuple(SeenPage(words=one, plates=two) for one, two in pairs))

    def _find_codes(self, pdf: bytes, front: PageMarks) -> Seen:
        picture = self._tools.reader.picture(pdf, 1, CODE_PPI, for_eyes=False)
        read = [
            one
            for one in self._tools.code_reader.read(picture)
            if PERIODICAL in one.kind.upper()
        ]
        if not read:
            return Seen(codes=())
        areas = [_area(one, front) for one in read]
        spots = self._tools.plates.spots(pdf, 1, areas)
        found = zip(read, areas, spots, strict=True)
        return Seen(codes=tuple(SeenCode(code=a, area=b, spot=c) for a, b, c in found))

    # ------------------------------------------------------------ seen before

    def _recall(self, page_sum: str, number: int) -> SeenPage | None:
        kept = self._tools.cache.get(_KIND, self._key(page_sum))
        if kept is None:
            return None
        return _numbered(decode(SeenPage, json.loads(kept)), number)

    def _recall_codes(self, sums: Sequence[str]) -> tuple[SeenCode, ...] | None:
        kept = self._tools.cache.get("codes", self._key(sums[0])) if sums else None
        return None if kept is None else decode(Seen, json.loads(kept)).codes

    def _keep(
        self,
        sums: Sequence[str],
        pages: dict[int, SeenPage],
        codes: tuple[SeenCode, ...] | None,
    ) -> None:
        if not sums:
            return
        for number, page in pages.items():
            self._put(_KIND, sums[number - 1], _numbered(page, 1))
        if codes is not None:
            self._put("codes", sums[0], Seen(codes=codes))

    def _put(self, kind: str, page_sum: str, seen: object) -> None:
        kept = json.dumps(encode(seen)).encode()
        self._tools.cache.put(kind, self._key(page_sum), kept)

    def _key(self, page_sum: str) -> str:
        return fingerprint(self._made_with, page_sum)


def _do(job: Callable[[], Seen]) -> Seen:
    return job()


def edge_of(page: PageMarks) -> tuple[float, float]:
    """Return how far the trim lies in from the sheet's left and upper edge, in points."""
    media, trim = page.box("MediaBox"), page.box("TrimBox")
    if media is None or trim is None:
        return 0.0, 0.0
    return trim[0] - media[0], media[3] - trim[3]


def _area(found: FoundCode, page: PageMarks) -> Area:
    """Return where a code stands on the trim."""
    per = MM_PER_INCH / CODE_PPI
    left, top = edge_of(page)
    return Area(
        left=found.left * per - left / PT_PER_MM,
        top=found.top * per - top / PT_PER_MM,
        width=(found.right - found.left) * per,
        height=(found.bottom - found.top) * per,
    )


def _numbered(page: SeenPage, number: int) -> SeenPage:
    """Return a page as if it had another number."""
    return SeenPage(
        words=replace(page.words, number=number),
        plates=replace(page.plates, page=number),
    )
