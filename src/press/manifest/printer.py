"""Read what the printer asks: layouts/<name>/printer.yaml, and what comes with press."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from press.manifest.load import load
from press.manifest.nearest import did_you_mean
from press.manifest.printer_file import PrinterFile
from press.manifest.schema import Strict, check, model_at, names_of
from press.model.finding import Checked, Finding, Place, error, warning
from press.model.ink import Colour
from press.model.layout import Margins
from press.model.length import Length
from press.model.printer import (
    Edges,
    InkLimit,
    Overprint,
    PageCount,
    PressProfile,
    Printer,
    Resolution,
    Smallest,
)
from press.model.type import TypeStyle

PRINTER = "printer.yaml"
SHIPPED = Path(__file__).parent / "printers"
BOXES = ("trim", "type_area")
SMALLEST = ("positive", "reversed", "several")
MOST_BLEED_MM = 10.0
#: What lengths a printer can ask for, and in which unit they are told.
RANGES: tuple[tuple[tuple[str, ...], float, float, str], ...] = (
    *(((box, side), 20, 2000, "mm") for box in BOXES for side in ("width", "height")),
    (("ink", "side"), 1, 100, "mm"),
    *(((what, how), 0, 72, "pt") for what in ("type", "lines") for how in SMALLEST),
    (("creep",), 0, 2, "mm"),
)
#: Rules of style sheets, as far as one line says how thick they are.
RULE = re.compile(
    r"\b(?:border(?:-(?:top|right|bottom|left))?|column-rule)(?:-width)?\s*:"
    r"[^;{}]*?(?<![\w.])(\d*\.?\d+)(pt|px|mm)"
)
UNITS = {"pt": 1.0, "px": 0.75, "mm": 72 / 25.4}
HAIR_PT = 0.001


def shipped_printers() -> tuple[str, ...]:
    """Return the names of the printers that come with press."""
    return tuple(sorted(file.stem for file in SHIPPED.glob("*.yaml")))


def shipped_printer(name: str) -> Printer:
    """Return a printer that comes with press."""
    return _printer(_Asked(PrinterFile(press="1", use=name), _shipped(name)))


def read_printer(root: Path, layout_folder: str) -> Checked[Printer]:
    """Read the printer's demands of a layout, whose folder is a path from `root`."""
    return read_printer_file(root, f"{layout_folder}/{PRINTER}")


def read_printer_file(root: Path, file: str) -> Checked[Printer]:
    """Read a printer's demands from a file, whose path is from `root`."""
    read = load(
        root,
        file,
        missing=f"{file.rpartition('/')[0] or '.'}/ does not say what the printer asks",
        hint=f"copy {PRINTER} from one of the layouts that come with press",
    )
    if read.value is None:
        return Checked(value=None, findings=read.findings)
    checked = check(read.value, PrinterFile)
    findings = [*read.findings, *checked.findings]
    own = checked.value
    if own is None or findings:
        return Checked(value=None, findings=tuple(findings))
    if own.use and own.use not in shipped_printers():
        return Checked(value=None, findings=(_no_such_printer(own),))
    asked = _Asked(own, _shipped(own.use) if own.use else None)
    findings += asked.find_missing()
    if findings:
        return Checked(value=None, findings=tuple(findings))
    findings += _find_impossible(asked)
    return Checked(value=_printer(asked), findings=tuple(findings))


@cache
def _shipped(name: str) -> PrinterFile:
    read = load(SHIPPED, f"{name}.yaml", missing="", hint="")
    checked = check(read.value, PrinterFile) if read.value else None
    if checked is None or checked.value is None or checked.findings:
        raise AssertionError(f"the printer {name} that comes with press is broken")
    return checked.value


class _Asked:
    """A file's settings, and below them those of the printer it uses."""

    def __init__(self, own: PrinterFile, base: PrinterFile | None) -> None:
        self._own, self._base = own, base

    def get(self, *path: str) -> Any:
        """Return a setting, None where neither says it."""
        value = _at(self._own, path)
        return _at(self._base, path) if value is None else value

    def place(self, *path: str) -> Place:
        """Return where a setting stands, or the printer that it comes from."""
        if _at(self._own, path) is not None:
            return self._own.place_of(*path)
        return self._own.place_of("use")

    def place_of_either(self, one: tuple[str, ...], other: tuple[str, ...]) -> Place:
        """Return where the file itself says one setting, or else the other."""
        return self.place(*(other if _at(self._own, one) is None else one))

    @property
    def own(self) -> PrinterFile:
        """The file itself."""
        return self._own

    def find_missing(self) -> Iterator[Finding]:
        """Find what nobody says."""
        if self._base is not None:
            return
        for path in _paths(PrinterFile):
            if path[0] in {"press", "use", "about"} or path[-1] == "describes":
                continue
            if self.get(*path) is None:
                yield error(
                    "printer.missing",
                    f"“{'.'.join(path)}” is not said",
                    self._own.place,
                    f"say it, or start from a printer that comes with press:"
                    f" use: {shipped_printers()[0]}",
                )


def _at(settings: Strict | None, path: tuple[str, ...]) -> Any:
    value: Any = settings
    for step in path:
        value = getattr(value, step) if value is not None else None
    return value


def _paths(model: type[Strict]) -> Iterator[tuple[str, ...]]:
    for name in names_of(model):
        parts = model_at(model, (name,))
        if parts is None:
            yield (name,)
        else:
            yield from ((name, *path) for path in _paths(parts))


def _no_such_printer(own: PrinterFile) -> Finding:
    names = shipped_printers()
    return error(
        "printer.unknown",
        f"no printer that comes with press is called “{own.use}”",
        own.place_of("use"),
        did_you_mean(own.use or "", names) or f"there are: {', '.join(names)}",
    )


def _printer(asked: _Asked) -> Printer:
    get = asked.get
    return Printer(
        name=asked.own.use or "",
        about=get("about") or "",
        width=get("trim", "width"),
        height=get("trim", "height"),
        type_width=get("type_area", "width"),
        type_height=get("type_area", "height"),
        bleed=Edges(
            **{edge: get("bleed", edge) for edge in ("top", "right", "bottom", "left")}
        ),
        marks=get("marks"),
        standard=get("standard"),
        profile=PressProfile(
            name=get("profile", "name"),
            condition=get("profile", "condition"),
            describes=get("profile", "describes") or "",
            place=asked.place("profile", "name"),
        ),
        ink=InkLimit(
            point=get("ink", "point"),
            window=get("ink", "window"),
            side=get("ink", "side"),
        ),
        pictures=Resolution(
            least=get("resolution", "least"),
            wanted=get("resolution", "wanted"),
            line_art=get("resolution", "line_art"),
            most=get("resolution", "most"),
            bits_least=get("resolution", "bits_least"),
            bits_wanted=get("resolution", "bits_wanted"),
        ),
        type=_smallest(asked, "type"),
        lines=_smallest(asked, "lines"),
        overprint=Overprint(
            type_below=get("overprint", "type_below"),
            rules_below=get("overprint", "rules_below"),
        ),
        count=PageCount(
            least=get("pages", "least"),
            most=get("pages", "most"),
            signature=get("pages", "signature"),
        ),
        delivery=get("delivery"),
        creep=get("creep"),
        file_name=get("file_name"),
        named_at=asked.place("file_name"),
    )


def _smallest(asked: _Asked, what: str) -> Smallest:
    return Smallest(
        positive=asked.get(what, "positive"),
        reversed=asked.get(what, "reversed"),
        several=asked.get(what, "several"),
    )


def _find_impossible(asked: _Asked) -> Iterator[Finding]:
    """Find demands that no page can keep to."""
    get = asked.get
    for side in ("width", "height"):
        if not get("trim", side).fits(get("type_area", side)):
            yield error(
                "printer.type-area",
                f"the type area's {side}, {get('type_area', side).mm:g} mm, is more"
                f" than the trim's, {get('trim', side).mm:g} mm",
                asked.place("type_area", side),
                "make the type area the smaller one",
            )
    for edge in ("top", "right", "bottom", "left"):
        bleed = get("bleed", edge).mm
        if not 0 <= bleed <= MOST_BLEED_MM:
            yield error(
                "printer.bleed",
                f"a bleed of {bleed:g} mm cannot be",
                asked.place("bleed", edge),
                f"it is 0 to {MOST_BLEED_MM:g} mm; printers ask for 3 mm",
            )
    yield from _find_out_of_range(asked)
    yield from _find_disorder(asked)
    signature = get("pages", "signature")
    for end in ("least", "most"):
        if get("pages", end) % signature:
            yield error(
                "printer.pages",
                f"{get('pages', end)} pages are no multiple of {signature}",
                asked.place("pages", end),
                f"write a multiple of the signature, {signature}",
            )


def _find_out_of_range(asked: _Asked) -> Iterator[Finding]:
    """Find lengths that no printer asks for: slips of the pen or of the unit."""
    for path, least, most, unit in RANGES:
        length = asked.get(*path)
        value = length.mm if unit == "mm" else length.pt
        if not least - HAIR_PT <= value <= most + HAIR_PT:
            yield error(
                "printer.range",
                f"{value:g} {unit} for “{'.'.join(path)}” cannot be",
                asked.place(*path),
                f"it is {least:g} to {most:g} {unit}",
            )


def _find_disorder(asked: _Asked) -> Iterator[Finding]:
    """Find pairs of numbers of which the smaller is the larger."""
    for part, low, high in (
        ("resolution", "least", "wanted"),
        ("resolution", "wanted", "most"),
        ("resolution", "bits_least", "bits_wanted"),
        ("pages", "least", "most"),
    ):
        if asked.get(part, low) > asked.get(part, high):
            yield error(
                "printer.order",
                f"{asked.get(part, high)} of {part} are “{high}”, but"
                f" {asked.get(part, low)} are “{low}”",
                asked.place_of_either((part, high), (part, low)),
                f"let “{high}” be the larger of the two",
            )


def find_narrow_margins(
    printer: Printer, margins: Margins, place: Place
) -> Iterator[Finding]:
    """Find margins that let type stand outside of the printer's type area."""
    across = (printer.width - printer.type_width) / 2
    down = (printer.height - printer.type_height) / 2
    for name, margin, least in (
        ("top", margins.top, down),
        ("right", margins.right, across),
        ("bottom", margins.bottom, down),
        ("left", margins.left, across),
    ):
        if not margin.fits(least):
            yield error(
                "printer.margin",
                f"the {name} margin is {margin.mm:g} mm; the printer's type area"
                f" leaves {least.mm:g} mm",
                place,
                f"make it wider, or ask the printer and change {PRINTER}",
            )


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


def find_much_ink(
    printer: Printer, palette: Iterable[Colour], place: Place
) -> Iterator[Finding]:
    """Find colours of more ink than paper and press bear."""
    for colour in palette:
        if colour.ink.total > printer.ink.point + HAIR_PT:
            yield error(
                "printer.ink",
                f"“{colour.name}” takes {colour.ink.total:g} % of ink; the printer's"
                f" limit is {printer.ink.point:g} %",
                place,
                "take less of cyan, magenta and yellow, and more black",
            )


def find_small_type(
    printer: Printer,
    styles: Iterable[tuple[TypeStyle, Place]],
    palette: Iterable[Colour],
) -> Iterator[Finding]:
    """Find type that is too small to print, in one ink or in several."""
    several = {one.name for one in palette if sum(map(bool, one.ink.parts)) > 1}
    for style, place in styles:
        if (
            style.colour in several
            and style.size.pt < printer.type.several.pt - HAIR_PT
        ):
            yield warning(
                "printer.type-inks",
                f"“{style.name}” is set in {style.size.pt:g} pt in more than one ink;"
                f" the printer wants {printer.type.several.pt:g} pt at least",
                place,
                "make it larger, or print it in black",
            )
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
