"""The bar code of an issue: drawn, and its room kept on the front page."""

from __future__ import annotations

from dataclasses import replace

from press.model.barcode import Barcode, BarcodePlace
from press.model.edition import Edition
from press.model.house import House
from press.model.layout import Layout
from press.prepress.barcode import add_on_of, draw_barcode


def barcode_of(edition: Edition, house: House, layout: Layout) -> Barcode | None:
    """Return an edition's bar code; None where the paper has no ISSN."""
    if not house.issn:
        return None
    return draw_barcode(
        house.issn,
        add_on_of(edition.id),
        style=layout.furniture.barcode,
        family=layout.style("folio").family,
    )


def with_barcode_room(layout: Layout, house: House) -> Layout:
    """Return a layout whose contents panel is as much deeper as the bar code is."""
    furniture = layout.furniture
    least, most = furniture.contents
    shown = house.issn and furniture.barcode.where is BarcodePlace.CONTENTS
    if not shown or not most:
        return layout
    lines = furniture.barcode.lines(layout.leading)
    deeper = replace(furniture, contents=(least + lines, most + lines))
    return replace(layout, furniture=deeper)
