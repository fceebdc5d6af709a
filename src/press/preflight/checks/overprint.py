"""Overprint: what small black prints over, and what never may."""

from __future__ import annotations

from collections.abc import Iterator

from press.model.finding import Area, Finding, error, warning
from press.model.press_facts import (
    Laid,
    LineMark,
    Outline,
    PageMarks,
    Paint,
    PressFacts,
    TextMark,
    Zone,
)
from press.model.printer import Printer
from press.preflight.checks.check import UNSEEN, is_black, is_white, on, others, spot
from press.preflight.rules import Rules

_GREY = "DeviceGray"


def _small(
    page: PageMarks, printer: Printer
) -> Iterator[tuple[str, TextMark | LineMark]]:
    """Yield the small type and thin lines of a page, with what they are."""
    limits = printer.overprint
    for text in page.texts:
        seen = text.mode not in UNSEEN and text.zone is not Zone.SLUG
        if seen and text.size < limits.type_below.pt:
            yield f"type of {text.size:g} pt", text
    for line in page.lines:
        if line.outline is Outline.EDGE:
            continue  # its inks and those of the area within must not mix
        if line.weight < limits.rules_below.pt and line.zone is not Zone.SLUG:
            yield f"line of {line.weight:g} pt", line


def black(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """Small black type and thin black lines overprint."""
    for page in facts.pages:
        for what, mark in _small(page, rules.printer):
            ink = mark.paint.ink
            if mark.paint.space == _GREY or ink is None or not is_black(ink):
                continue
            if mark.laid.overprint and mark.laid.mode == 1:
                continue
            how = "overprints with mode 0" if mark.laid.overprint else "knocks out"
            yield warning(
                "preflight.overprint",
                f"black {what} {how}; white may show beside it"
                f" {spot(mark.area)}{others(mark.count)}",
                on(page, mark.area),
                hint="let it overprint, with overprint mode 1",
            )


def white(facts: PressFacts, _: Rules) -> Iterator[Finding]:
    """White never overprints: it would not be seen."""
    for page in facts.pages:
        for what, paint, laid, area, count in _laid(page):
            if laid.overprint and is_white(paint):
                yield error(
                    "preflight.white-overprint",
                    f"white {what} overprints, and will vanish"
                    f" {spot(area)}{others(count)}",
                    on(page, area),
                    hint="let it knock out",
                )


def grey(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """Small type and thin lines are not in DeviceGray, and DeviceGray does not overprint."""
    for page in facts.pages:
        for what, mark in _small(page, rules.printer):
            if mark.paint.space == _GREY and not is_white(mark.paint):
                yield warning(
                    "preflight.grey",
                    f"{what} in DeviceGray, which some presses let knock out"
                    f" {spot(mark.area)}{others(mark.count)}",
                    on(page, mark.area),
                    hint="make it black ink (DeviceCMYK)",
                )
        for what, paint, laid, area, count in _laid(page):
            if laid.overprint and paint.space == _GREY and not is_white(paint):
                yield warning(
                    "preflight.grey",
                    f"{what} in DeviceGray overprints {spot(area)}{others(count)}",
                    on(page, area),
                    hint="make it black ink (DeviceCMYK)",
                )


def _laid(page: PageMarks) -> Iterator[tuple[str, Paint, Laid, Area, int]]:
    for text in page.texts:
        if text.mode not in UNSEEN:
            yield "type", text.paint, text.laid, text.area, text.count
    for line in page.lines:
        yield "line", line.paint, line.laid, line.area, line.count
    for fill in page.fills:
        yield "area", fill.paint, fill.laid, fill.area, fill.count
