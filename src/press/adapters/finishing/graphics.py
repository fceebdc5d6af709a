"""Entries of ExtGState: what they set, and what of it goes to press."""

from __future__ import annotations

from dataclasses import replace

from pikepdf import Array, Dictionary, Object

from press.adapters.finishing.names import Graphics
from press.adapters.finishing.state import Veil

#: What may stay: lines and type, and where things may be see-through, that too.
LINES = ("/LW", "/LC", "/LJ", "/ML", "/D", "/Font")
VEILS = ("/ca", "/CA", "/BM")


def read(entry: Object) -> Graphics:
    """Return what an entry sets."""
    font, width = entry.get("/Font"), entry.get("/LW")
    return Graphics(
        veil=lambda veil: _veil(entry, veil),
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


def _veil(entry: Object, veil: Veil) -> Veil:
    blend = entry.get("/BM", veil.blend)
    if isinstance(blend, Array):
        blend = blend[0]
    mask = entry.get("/SMask")
    return replace(
        veil,
        fill=float(entry.get("/ca", veil.fill)),
        stroke=float(entry.get("/CA", veil.stroke)),
        mask=veil.mask if mask is None else isinstance(mask, Dictionary),
        blend=str(blend),
    )
