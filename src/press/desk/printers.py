"""The printers that come with press, listed and explained."""

from __future__ import annotations

from collections.abc import Iterator

from press.manifest.printer import SHIPPED, shipped_printer, shipped_printers
from press.model.length import Length
from press.model.printer import Edges, Printer, Smallest


def list_printers() -> tuple[tuple[str, str], ...]:
    """Return the name of every printer, with what it is."""
    return tuple((name, shipped_printer(name).about) for name in shipped_printers())


def explain_printer(name: str) -> tuple[tuple[str, str], ...]:
    """Return what a printer asks, as pairs of what and how much.

    Raises:
        KeyError: No printer has that name.
    """
    if name not in shipped_printers():
        raise KeyError(name)
    return tuple(_asked(shipped_printer(name)))


def printer_file(name: str) -> str:
    """Return the file of a printer, to be copied and changed."""
    return (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")


def _asked(printer: Printer) -> Iterator[tuple[str, str]]:
    count, ink, pictures = printer.count, printer.ink, printer.pictures
    profile, over = printer.profile, printer.overprint
    side = _mm(ink.side)
    yield "it is", printer.about
    yield "trimmed page", f"{_mm(printer.width)} × {_mm(printer.height)} mm"
    yield "type area", f"{_mm(printer.type_width)} × {_mm(printer.type_height)} mm"
    yield "bleed", _bleed(printer.bleed)
    yield "crop and register marks", "yes" if printer.marks else "no"
    yield "standard", printer.standard.label
    yield "profile", f"{profile.name} ({profile.condition}: {profile.describes})"
    yield "ink at a point", f"{ink.point:g} %"
    yield "ink in a square", f"{ink.window:g} %, as the mean of {side} × {side} mm"
    yield "pictures", _resolution(pictures.wanted, pictures.least)
    yield "charts made of pixels", _resolution(pictures.line_art, pictures.least)
    yield "black and white art", _resolution(pictures.bits_wanted, pictures.bits_least)
    yield "pictures are made with", f"at most {pictures.most} pixels an inch"
    yield "smallest type", _smallest(printer.type)
    yield "thinnest lines", _smallest(printer.lines)
    yield "black type overprints", f"under {over.type_below.pt:g} pt"
    yield "black rules overprint", f"under {over.rules_below.pt:g} pt"
    yield "pages", f"{count.least} to {count.most}, in multiples of {count.signature}"
    yield "takes", f"{printer.delivery.value}, named {printer.file_name}"


def _resolution(wanted: float, least: float) -> str:
    return f"{wanted:g} pixels an inch, never under {least:g}"


def _smallest(of: Smallest) -> str:
    return (
        f"{of.positive.pt:g} pt; white on ink {of.reversed.pt:g} pt; in several inks"
        f" {of.several.pt:g} pt"
    )


def _bleed(bleed: Edges) -> str:
    edges = [bleed.top, bleed.right, bleed.bottom, bleed.left]
    if not any(edge.pt for edge in edges):
        return "none"
    if len(set(edges)) == 1:
        return f"{_mm(bleed.top)} mm"
    return "top {}, right {}, bottom {}, left {} mm".format(*map(_mm, edges))


def _mm(length: Length) -> str:
    return f"{length.mm:.4g}"
