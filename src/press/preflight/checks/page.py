"""Pages: their boxes, how many there are, printer's marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from press.model.finding import Area, Finding, error
from press.model.length import Length
from press.model.press_facts import Box, PageMarks, PressFacts, TextMark, Zone
from press.model.printer import Edges
from press.preflight.checks.check import is_all, mm, on, painted, spot, trim_of
from press.preflight.rules import FileKind, Rules

#: Boxes are alike if they differ by no more, in millimetres.
_SAME_MM = 0.1
_SLACK_PT = 0.01
#: Sides of pages that presses print, in millimetres: a stamp's, a poster's.
_LEAST_SIDE, _MOST_SIDE = 10, 1200


def trim(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """Every page says where it is trimmed, to the printer's size, all alike."""
    sizes: Counter[tuple[float, float]] = Counter()
    for page in facts.pages:
        box = trim_of(page)
        if page.box("ArtBox"):
            yield error(
                "preflight.trim",
                "the page has an ArtBox; a press file has a TrimBox alone",
                on(page),
            )
        if box is None:
            yield error(
                "preflight.trim", "the page does not say where it is trimmed", on(page)
            )
            continue
        width, height = _size(box)
        sizes[round(width, 1), round(height, 1)] += 1
        wanted = rules.trim
        if wanted is None and not printable(page):
            yield error(
                "preflight.trim",
                f"the page is trimmed to {width:.1f} × {height:.1f} mm; sides of"
                f" {_LEAST_SIDE} to {_MOST_SIDE} mm can be printed",
                on(page),
                "export it again with the TrimBox of its space",
            )
        if wanted and not _same_size((width, height), (wanted[0].mm, wanted[1].mm)):
            yield error(
                "preflight.trim",
                f"the page is trimmed to {width:.1f} × {height:.1f} mm; it must be"
                f" {wanted[0].mm:g} × {wanted[1].mm:g} mm",
                on(page),
            )
    usual = sizes.most_common(1)[0][0] if sizes else None
    for size in sizes:
        if usual and not _same_size(size, usual):
            yield error(
                "preflight.trim",
                f"{sizes[size]} pages are {size[0]:g} × {size[1]:g} mm, the others"
                f" {usual[0]:g} × {usual[1]:g} mm",
            )


def printable(page: PageMarks) -> bool:
    """Whether a page says where it is trimmed, to a size that a press can print."""
    box = trim_of(page)
    return box is not None and all(
        _LEAST_SIDE <= side <= _MOST_SIDE for side in _size(box)
    )


def boxes(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """Boxes lie in one another, the page begins at 0,0 and is neither turned nor scaled."""
    for page in facts.pages:
        for what in _box_faults(page, anywhere=rules.kind is FileKind.AD):
            yield error("preflight.page-boxes", what, on(page))


def _box_faults(page: PageMarks, *, anywhere: bool) -> Iterator[str]:
    """Yield what is wrong; `anywhere` lets it begin where it likes: it will be placed."""
    media, crop, bleed = page.box("MediaBox"), page.box("CropBox"), page.box("BleedBox")
    box = trim_of(page)
    if media is None:
        yield "the page has no MediaBox"
        return
    begins = max(abs(media[0]), abs(media[1]))
    if begins > _SLACK_PT and not anywhere:
        yield f"the MediaBox begins at {media[0]:g}, {media[1]:g} in place of 0, 0"
    if crop and not (_within(crop, media) and _within(media, crop)):
        yield "the CropBox is not the MediaBox"
    if bleed and not _within(bleed, media):
        yield "the BleedBox reaches out of the MediaBox"
    if box and not _within(box, bleed or media):
        yield f"the TrimBox reaches out of the {'BleedBox' if bleed else 'MediaBox'}"
    if page.rotate % 360:
        yield f"the page is turned by {page.rotate} degrees"
    if page.user_unit != 1:
        yield f"the page is scaled by {page.user_unit:g} (UserUnit)"


def bleed(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """The bleed is what the printer asks for, edge by edge."""
    wanted = rules.bleeds
    for page in facts.pages:
        box = trim_of(page)
        if box is None:
            continue
        found = _bleed_of(page.box("BleedBox") or box, box)
        for name in ("top", "right", "bottom", "left"):
            has, asked = getattr(found, name).mm, getattr(wanted, name).mm
            enough = has >= asked - _SAME_MM
            if enough and (rules.kind is FileKind.AD or has <= asked + _SAME_MM):
                continue
            yield error(
                "preflight.bleed",
                f"the page has {has:.1f} mm of bleed at the {name}; the printer asks"
                f" for {asked:g} mm",
                on(page),
            )


def _bleed_of(outer: Box, inner: Box) -> Edges:
    return Edges(
        top=Length(outer[3] - inner[3]),
        right=Length(outer[2] - inner[2]),
        bottom=Length(inner[1] - outer[1]),
        left=Length(inner[0] - outer[0]),
    )


def count(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """As many pages as the edition has, as many as the printer binds."""
    found, asked = len(facts.pages), rules.printer.count
    if rules.pages is not None and found != rules.pages:
        yield error(
            "preflight.page-count",
            f"the file has {found} pages; the edition has {rules.pages}",
        )
    if found % asked.signature:
        yield error(
            "preflight.page-count",
            f"{found} pages are no multiple of {asked.signature}, which the printer"
            " needs to fold them",
        )
    if not asked.least <= found <= asked.most:
        yield error(
            "preflight.page-count",
            f"{found} pages; the printer binds {asked.least} to {asked.most}",
        )


def marks(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """Printer's marks where they are wanted: outside the bleed, in all inks."""
    wanted = rules.printer.marks
    for page in facts.pages:
        inside = [
            area
            for zone, area, all_inks in _marks(page)
            if all_inks and zone is not Zone.SLUG
        ]
        outside = [
            (area, all_inks)
            for zone, area, all_inks in _marks(page)
            if zone is Zone.SLUG
        ]
        if inside:
            yield error(
                "preflight.marks",
                f"a mark stands on the page or in its bleed {spot(inside[0])}",
                on(page, inside[0]),
            )
        if outside and not wanted:
            yield error(
                "preflight.marks",
                "the page has printer's marks, which the printer does not want"
                f" {spot(outside[0][0])}",
                on(page, outside[0][0]),
            )
        other = [area for area, all_inks in outside if not all_inks]
        if other and wanted:
            yield error(
                "preflight.marks",
                "a mark outside the bleed is not in all inks (Separation All)"
                f" {spot(other[0])}",
                on(page, other[0]),
            )
        if wanted and not outside:
            yield error("preflight.marks", "the page has no printer's marks", on(page))


def _marks(page: PageMarks) -> Iterator[tuple[Zone, Area, bool]]:
    """Yield lines and filled areas that may be marks: where, and whether in all inks."""
    for mark in painted(page):
        if isinstance(mark, TextMark):
            continue  # words in the slug
        yield mark.zone, mark.area, is_all(mark.paint)


def _size(box: Box) -> tuple[float, float]:
    return mm(box[2] - box[0]), mm(box[3] - box[1])


def _same_size(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(a - b) <= _SAME_MM for a, b in zip(one, other, strict=True))


def _within(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - _SLACK_PT
        and inner[1] >= outer[1] - _SLACK_PT
        and inner[2] <= outer[2] + _SLACK_PT
        and inner[3] <= outer[3] + _SLACK_PT
    )
