"""Entries of ExtGState: what they set, and what of it goes to press."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pikepdf import Array, Dictionary, Object

from press.adapters.finishing.names import Graphics
from press.adapters.finishing.state import Veil

#: What may stay: lines and type, and where things may be see-through, that too.
LINES = ("/LW", "/LC", "/LJ", "/ML", "/D", "/Font")
VEILS = ("/ca", "/CA", "/BM")


def read(entry: Object) -> Graphics:
    """Return what an entry sets."""
    font, width = entry.get("/Font"), entry.get("/LW")
    changes = _changes(entry)

    def veil(before: Veil) -> Veil:
        if all(getattr(before, name) == value for name, value in changes.items()):
            return before
        return replace(before, **changes)

    return Graphics(
        veil=veil,
        width=None if width is None else float(width),
        size=None if font is None else float(font[1]),
        more=any(key in entry for key in LINES),
    )


def keep(entry: Object, *, opaque: bool) -> Dictionary:
    """Return what of an entry goes to press.

    Overprint is press's own to decide; transfer functions, halftones and the like are
    the printer's.
    """
    wanted = LINES if opaque else LINES + VEILS
    return Dictionary({key: entry[key] for key in wanted if key in entry})


def _changes(entry: Object) -> dict[str, Any]:
    """Return the fields of a veil that an entry sets."""
    made: dict[str, Any] = {}
    for name, key in (("fill", "/ca"), ("stroke", "/CA")):
        if key in entry:
            made[name] = float(entry[key])
    if "/SMask" in entry:
        made["mask"] = isinstance(entry.SMask, Dictionary)
    if "/BM" in entry:
        blend = entry.BM
        made["blend"] = str(blend[0] if isinstance(blend, Array) else blend)
    return made
