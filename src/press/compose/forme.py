"""The forme: all that pages are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from press.model.barcode import Barcode
from press.model.edition import Edition
from press.model.flatplan import Flatplan
from press.model.furniture import HouseShapes, Measured
from press.model.house import House
from press.model.layout import Layout
from press.model.package import Package
from press.model.page import Html


@dataclass(frozen=True, slots=True, kw_only=True)
class Forme:
    """All that pages are made of.

    Attributes:
        edition: The edition.
        house: The paper.
        layout: The layout.
        flatplan: What stands where.
        packages: By id.
        measured: By package id.
        own: The paper's own matter, set.
        codes: QR codes of addresses, as SVG.
        barcode: The issue's bar code; None where the paper has no ISSN.
        date: The date the files carry, as seconds since 1970.
    """

    edition: Edition
    house: House
    layout: Layout
    flatplan: Flatplan
    packages: Mapping[str, Package]
    measured: Mapping[str, Measured]
    own: HouseShapes
    codes: Mapping[str, Html]
    barcode: Barcode | None = None
    date: int = 0
