"""Read what the printer asks: layouts/<name>/printer.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from press.manifest.load import load
from press.manifest.printer_file import PrinterFile
from press.manifest.schema import check
from press.model.finding import Checked, Finding, Place, error
from press.model.length import Length
from press.model.printer import (
    PageCount,
    PressProfile,
    Printer,
    Resolution,
    Smallest,
)
from press.model.type import TypeStyle

PRINTER = "printer.yaml"
#: Rules of style sheets, as far as one line says how thick they are.
RULE = re.compile(
    r"\b(?:border(?:-(?:top|right|bottom|left))?|column-rule)(?:-width)?\s*:"
    r"[^;{}]*?(?<![\w.])(\d*\.?\d+)(pt|px|mm)"
)
UNITS = {"pt": 1.0, "px": 0.75, "mm": 72 / 25.4}
HAIR_PT = 0.001


def read_printer(root: Path, layout_folder: str) -> Checked[Printer]:
    """Read the printer's demands of a layout, whose folder is a path from `root`."""
    file = f"{layout_folder}/{PRINTER}"
    read = load(
        root,
        file,
        missing=f"{layout_folder}/ does not say what the printer asks",
        hint=f"copy {PRINTER} from one of the layouts that come with press",
    )
    if read.value is None:
        return Checked(value=None, findings=read.findings)
    checked = check(read.value, PrinterFile)
    findings = (*read.findings, *checked.findings)
    found = checked.value
    if found is None:
        return Checked(value=None, findings=findings)
    resolution = found.resolution
    if resolution.wanted < resolution.least:
        mistake = error(
            "printer.resolution",
            f"{resolution.wanted} pixels an inch are wanted, but {resolution.least}"
            " are the least",
            resolution.place_of("wanted"),
            "let wanted be the larger of the two",
        )
        findings = (*findings, mistake)
    printer = Printer(
        width=found.trim.width,
        height=found.trim.height,
        type_width=found.trim.width,
        type_height=found.trim.height,
        profile=PressProfile(name="", condition=""),
        count=PageCount(signature=found.signature),
        pictures=Resolution(
            least=resolution.least,
            wanted=resolution.wanted,
            line_art=resolution.line_art,
            most=resolution.most,
        ),
        type=_all(found.smallest_type),
        lines=_all(found.thinnest_rule),
    )
    return Checked(value=printer, findings=findings)


def _all(smallest: Length) -> Smallest:
    return Smallest(positive=smallest, reversed=smallest, several=smallest)


def find_other_trim(
    printer: Printer, width: Length, height: Length, place: Place
) -> Iterator[Finding]:
    """Find a page that is not what the printer cuts."""
    apart = max(abs(width.pt - printer.width.pt), abs(height.pt - printer.height.pt))
    if apart > HAIR_PT:
        yield error(
            "printer.trim",
            f"the page is {width.mm:g} × {height.mm:g} mm, but {PRINTER} trims to"
            f" {printer.width.mm:g} × {printer.height.mm:g} mm",
            place,
            "let both say the same",
        )


def find_small_type(
    printer: Printer, styles: Iterable[tuple[TypeStyle, Place]]
) -> Iterator[Finding]:
    """Find type that is too small to print."""
    for style, place in styles:
        if style.size.pt < printer.type.positive.pt - HAIR_PT:
            yield error(
                "printer.type",
                f"“{style.name}” is set in {style.size.pt:g} pt; the printer's"
                f" smallest type is {printer.type.positive.pt:g} pt",
                place,
                f"make it larger, or ask the printer and change {PRINTER}",
            )


def find_thin_rules(root: Path, folder: str, printer: Printer) -> Iterator[Finding]:
    """Find rules of a layout's style sheets that are too thin to print."""
    for sheet in sorted((root / folder).glob("*.css")):
        text = sheet.read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            for rule in RULE.finditer(line):
                thick = float(rule[1]) * UNITS[rule[2]]
                if not 0 < thick < printer.lines.positive.pt - HAIR_PT:
                    continue
                yield error(
                    "printer.rule",
                    f"a rule of {rule[1]} {rule[2]} is thinner than the printer's"
                    f" thinnest, {printer.lines.positive.pt:g} pt",
                    Place(
                        file=f"{folder}/{sheet.name}",
                        line=number,
                        column=rule.start(1) + 1,
                        width=rule.end(2) - rule.start(1),
                        source=line,
                    ),
                    f"make it thicker, or ask the printer and change {PRINTER}",
                )
