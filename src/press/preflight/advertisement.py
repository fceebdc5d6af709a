"""Advertisements that were bought, held against their space and the printer."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import replace

from press.model.edition import Advertisement
from press.model.finding import Area, Finding, error
from press.model.length import Length
from press.model.plates import PlateFacts
from press.model.press_facts import PageMarks, PressFacts, Zone
from press.model.printer import Edges, Printer
from press.preflight.checks.check import trim_of
from press.preflight.checks.raster import judge_plates
from press.preflight.inspect import inspect
from press.preflight.rules import FileKind, Rules

#: How far an advertisement may be off the size of its space.
OFF = Length.of_mm(0.5)
#: What does not matter of plates: its space cuts off what stands around it.
CUT_OFF = frozenset({"preflight.beyond-bleed", "preflight.type-area"})
#: Remedies that are not press's to apply: it converts no advertisement.
INK = frozenset({"preflight.ink-limit", "preflight.ink-window"})
THIN = "thin its colours and keep the black"


def printer_of(printer: Printer, *, whole: bool) -> Printer:
    """Return what the printer asks of an advertisement.

    Bleed is asked only of one that has the whole page: all others end in the page.
    """
    return printer if whole else replace(printer, bleed=Edges())


def find_misfit(facts: PressFacts, size: tuple[Length, Length]) -> Iterator[Finding]:
    """Yield why an advertisement does not fit its space: its pages, its size."""
    if not facts.pages:
        return
    if len(facts.pages) != 1:
        yield error(
            "ad.pages",
            f"it has {len(facts.pages)} pages; an advertisement has one",
            hint="list the page for every space as a file of its own",
        )
    box = trim_of(facts.pages[0])
    if box is None:
        return
    wanted = f"{size[0].mm:.1f} × {size[1].mm:.1f} mm"
    found = (Length(box[2] - box[0]), Length(box[3] - box[1]))
    if any(abs(a.pt - b.pt) > OFF.pt for a, b in zip(found, size, strict=True)):
        yield error(
            "ad.trim",
            f"it is {found[0].mm:.1f} × {found[1].mm:.1f} mm; its space is {wanted}",
            hint=f"export it with a TrimBox of {wanted}; press neither scales nor crops",
        )


def judge_advertisement(
    facts: PressFacts, plates: Sequence[PlateFacts], printer: Printer
) -> Iterator[Finding]:
    """Yield why the printer cannot print an advertisement, or should not.

    Args:
        facts: What the PDF is and paints.
        plates: What its pages print; none of a page that was not looked at.
        printer: What is asked of it (see `printer_of`).
    """
    rules = Rules(printer=printer, kind=FileKind.AD)
    for found in (*inspect(facts, rules), *judge_plates(plates, printer)):
        if found.code not in CUT_OFF:
            hint = THIN if found.code in INK else found.hint
            yield replace(found, hint=hint)


def count_pictures(page: PageMarks) -> int:
    """Return how many pictures made of pixels a page shows, in its bleed too."""
    return sum(
        image.count
        for image in page.images
        if not image.inline and image.zone is not Zone.SLUG
    )


def at_its_place(found: Finding, one: Advertisement) -> Finding:
    """Return a finding of an advertisement as one of the edition's file."""
    where = _where(found.place.area, found.message)
    hint = f"ask {one.advertiser} for it anew"
    return replace(
        found,
        message=f"{posixpath.basename(one.file)}: {found.message}{where}",
        place=one.place,
        hint=f"{hint}: {found.hint}" if found.hint else hint,
    )


def _where(area: Area | None, message: str) -> str:
    return f" ({area})" if area and str(area) not in message else ""
