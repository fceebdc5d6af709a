"""From distances to a page's upper left corner to PDF's coordinates."""

from __future__ import annotations

from pikepdf import Array, Page

from press.model.press import Bead, Hotspot, PlacedAd


def rectangle(page: Page, place: Hotspot | Bead | PlacedAd) -> Array:
    """Return a rectangle of a page, lower left corner first (ISO 32000-1, 7.9.5)."""
    box = page.mediabox
    left, high = float(box[0]) + place.left, float(box[3]) - place.top
    edges = (left, high - place.height, left + place.width, high)
    return Array([round(edge, 2) for edge in edges])
