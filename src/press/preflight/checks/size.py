"""The smallest type and the thinnest lines that print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from press.model.finding import Finding, error, warning
from press.model.press_facts import LineMark, Outline, PressFacts, Zone
from press.model.printer import Printer
from press.preflight.checks.check import UNSEEN, is_white, on, others, plates, spot
from press.preflight.rules import Rules

#: Sizes are rounded when they are read.
_SLACK_PT = 0.02


def reversed_text(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """White type, and type in several inks, is large enough."""
    smallest = rules.printer.type
    for page in facts.pages:
        for text in page.texts:
            if text.mode in UNSEEN or text.zone is Zone.SLUG:
                continue
            if is_white(text.paint):
                kind, least = "white type", smallest.reversed.pt
            elif text.paint.ink and plates(text.paint.ink) > 1:
                kind, least = "type in several inks", smallest.several.pt
            else:
                continue
            if text.size < least - _SLACK_PT:
                yield warning(
                    "preflight.reversed-text",
                    f"{kind} of {text.size:g} pt; below {least:g} pt it may fill in"
                    f" {spot(text.area)}{others(text.count)}",
                    on(page, text.area),
                    hint="make it larger or bolder, or print it in black",
                )


def text(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """No type is smaller than the printer's smallest, and body type can be read."""
    least = rules.printer.type.positive.pt
    for page in facts.pages:
        letters: Counter[float] = Counter()
        for mark in page.texts:
            if mark.mode in UNSEEN or mark.zone is Zone.SLUG:
                continue
            letters[mark.size] += mark.letters
            if mark.size < least - _SLACK_PT:
                yield error(
                    "preflight.text-size",
                    f"type of {mark.size:g} pt; the printer's smallest is {least:g} pt"
                    f" {spot(mark.area)}{others(mark.count)}",
                    on(page, mark.area),
                    hint="make it larger",
                )
        body = letters.most_common(1)[0][0] if letters else None
        if body and least <= body < rules.smallest_body.pt - _SLACK_PT:
            yield warning(
                "preflight.text-size",
                f"most of the page is set in {body:g} pt; body type of at least"
                f" {rules.smallest_body.pt:g} pt can be read",
                on(page),
            )


def lines(facts: PressFacts, rules: Rules) -> Iterator[Finding]:
    """No line is thinner than prints, in one ink, white or in several."""
    for page in facts.pages:
        for line in page.lines:
            if line.zone is Zone.SLUG:
                continue
            least = rules.printer.lines.positive.pt
            if line.weight < least - _SLACK_PT:
                yield error(
                    "preflight.line-weight",
                    f"a line of {line.weight:g} pt; the printer's thinnest is"
                    f" {least:g} pt {spot(line.area)}{others(line.count)}",
                    on(page, line.area),
                    hint="make it thicker",
                )
                continue
            kind, least = _delicate(line, rules.printer)
            if kind and line.weight < least - _SLACK_PT:
                yield warning(
                    "preflight.line-weight",
                    f"a line {kind} of {line.weight:g} pt; it should have at least"
                    f" {least:g} pt {spot(line.area)}{others(line.count)}",
                    on(page, line.area),
                    hint="make it thicker, or print it in one ink",
                )


def _delicate(line: LineMark, printer: Printer) -> tuple[str, float]:
    if is_white(line.paint):
        # A white strip between shapes is no line unless it was drawn as one.
        drawn = line.outline is Outline.STROKE
        return ("in white", printer.lines.reversed.pt) if drawn else ("", 0.0)
    if line.paint.ink and plates(line.paint.ink) > 1:
        return "in several inks", printer.lines.several.pt
    return "", 0.0
