"""What only rendered plates show: ink where none may be, none where it must be, too much.

That a second renderer agrees (check 43) is not asked here: it takes Ghostscript, several
seconds, and is part of `press prove`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from press.model.finding import Area, Finding, Place, error, warning
from press.model.ink import Ink
from press.model.plates import Edge, PlateFacts
from press.model.printer import FINE_BLACK, Printer

PlateJudge = Callable[[Sequence[PlateFacts], Printer], Iterator[Finding]]
#: A limit is passed by more than a plate's smallest step, in per cent of one ink.
STEP = 1.0
#: So near below the limit there is nothing left for the JPEG or the RIP to add.
NEARLY = 2.0
#: Areas of one kind that are told on a page; of more, how many there are.
MOST_TOLD = 3


def bleed_filled(plates: Sequence[PlateFacts], _: Printer) -> Iterator[Finding]:
    """9: What touches the trim goes on over it, and nothing but marks goes farther."""
    for page in plates:
        for bleed in page.bleeds:
            for area, more in _told(bleed.gaps):
                side = (
                    area.width if bleed.edge in {Edge.TOP, Edge.BOTTOM} else area.height
                )
                yield error(
                    "preflight.bleed-empty",
                    f"something is cut at the {bleed.edge} edge without bleed, over"
                    f" {side:.0f} mm{more}",
                    Place(page=page.page, area=area),
                    f"let it run {bleed.wanted:g} mm over the edge, or keep it away",
                )
        for area, more in _told(page.beyond):
            yield error(
                "preflight.beyond-bleed",
                f"ink that is no printer's mark lies outside of the bleed{more}",
                Place(page=page.page, area=area),
                "clip the page to its bleed",
            )


def type_area(plates: Sequence[PlateFacts], printer: Printer) -> Iterator[Finding]:
    """10: The margin is clear but for pictures that bleed."""
    across, down = printer.type_width.mm, printer.type_height.mm
    for page in plates:
        for area, more in _told(page.strays):
            yield error(
                "preflight.type-area",
                f"ink lies outside of the type area of {across:g} × {down:g} mm, in the"
                f" {_margin(page, area, printer)}{more}",
                Place(page=page.page, area=area),
                "move it inwards"
                + (", or let it bleed" if printer.bleed.most.pt else ""),
            )


def not_empty(plates: Sequence[PlateFacts], _: Printer) -> Iterator[Finding]:
    """12: Something is printed on every page."""
    for page in plates:
        if page.empty:
            yield error(
                "preflight.empty-page",
                "the page is empty: there is no ink on it",
                Place(page=page.page),
                "put copy or an advertisement on it, or take it out",
            )


def ink_at_a_point(plates: Sequence[PlateFacts], printer: Printer) -> Iterator[Finding]:
    """19: No point has more ink than paper and press bear.

    Fine black over a strong colour is let pass with a warning: it overprints, so that
    no white shows beside it, and where it is little, it has no ink to smear.
    """
    limit = printer.ink.point
    for page in plates:
        most = page.peak.ink.total
        where = f"{most:.0f} % of ink ({_percent(page.peak.ink)})"
        fine = page.peak.fine
        if most > limit + STEP and fine is not None and fine <= FINE_BLACK:
            yield warning(
                "preflight.ink-limit",
                f"{where} where fine black overprints a strong colour, on {fine:.2g} mm²"
                f" in all; the printer bears {limit:g} % at a point",
                Place(page=page.page, area=page.peak.area),
            )
        elif most > limit + STEP:
            area = page.peak.patches[0] if page.peak.patches else page.peak.area
            yield error(
                "preflight.ink-limit",
                f"{where} at a point; the printer bears {limit:g} %."
                f" {page.peak.over * 100:.2g} % of the page is over that",
                Place(page=page.page, area=area),
                "let press make the picture, or thin its colours and keep the black"
                if fine is None
                else "black prints over a strong colour: print it in white, or larger",
            )
        elif most > limit - NEARLY:
            yield warning(
                "preflight.ink-limit",
                f"{where} at a point is nearly the {limit:g} % that the printer bears",
                Place(page=page.page, area=page.peak.area),
            )


def ink_in_a_window(
    plates: Sequence[PlateFacts], printer: Printer
) -> Iterator[Finding]:
    """20: No square of the printer's size has more ink as its mean (GWG R0026)."""
    limit, side = printer.ink.window, printer.ink.side.mm
    for page in plates:
        if page.window is not None and page.window.mean > limit:
            yield error(
                "preflight.ink-window",
                f"a square of {side:g} × {side:g} mm has {page.window.mean:.0f} % of ink"
                f" as its mean; the printer bears {limit:g} %",
                Place(page=page.page, area=page.window.area),
                "make the picture lighter, or let press make it",
            )


#: The checks of plates, by their number.
PLATE_CHECKS: tuple[tuple[int, PlateJudge], ...] = (
    (9, bleed_filled),
    (10, type_area),
    (12, not_empty),
    (19, ink_at_a_point),
    (20, ink_in_a_window),
)


def judge_plates(plates: Sequence[PlateFacts], printer: Printer) -> Iterator[Finding]:
    """Yield all that the plates show to be wrong."""
    for _, judge in PLATE_CHECKS:
        yield from judge(plates, printer)


def _told(areas: Sequence[Area]) -> Iterator[tuple[Area, str]]:
    """Yield the areas that are told; the last one says how many more there are."""
    left = len(areas) - MOST_TOLD
    for number, area in enumerate(areas[:MOST_TOLD], 1):
        last = number == MOST_TOLD and left > 0
        yield area, f", and in {left} more places" if last else ""


def _margin(page: PlateFacts, area: Area, printer: Printer) -> str:
    """Return the name of a margin: odd pages have the spine on their left."""
    inset = (page.height - printer.type_height.mm) / 2
    if area.top + area.height <= inset + 1:
        return "upper margin"
    if area.top >= page.height - inset - 1:
        return "lower margin"
    left = area.left < page.width / 2
    return "inner margin" if left == (page.page % 2 == 1) else "outer margin"


def _percent(ink: Ink) -> str:
    shares = zip("CMYK", ink.parts, strict=True)
    return " ".join(f"{name}{share * 100:.0f}" for name, share in shares)
