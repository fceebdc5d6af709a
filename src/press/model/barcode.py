"""The bar code that tills and wholesalers read off the front page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from press.model.finding import NOWHERE, Place
from press.model.length import Length
from press.model.page import Html

#: At 100 %: width of a module, the narrowest bar (GS1 General Specifications, 5.2).
MODULE = Length.of_mm(0.33)
#: Modules of white that must stand left of the bars, between main symbol and add-on
#: (7 to 12), and right of the add-on.
QUIET_LEFT, QUIET_BETWEEN, QUIET_RIGHT = 11, 9, 5
#: Modules of the main symbol and of an add-on of two digits.
MAIN, ADD_ON = 95, 20
#: Modules of the whole symbol.
MODULES = QUIET_LEFT + MAIN + QUIET_BETWEEN + ADD_ON + QUIET_RIGHT
#: Height at 100 %, with the digits and a little white over and under them.
HEIGHT = Length.of_mm(27.5)
#: Sizes that tills read.
LEAST, MOST = 0.8, 1.0
#: White between the contents panel and the symbol, in points.
ABOVE_PT = 9.0


class BarcodePlace(StrEnum):
    """Where on the front page the bar code stands."""

    CONTENTS = "contents"  #: Under the contents panel, in its column.
    MASTHEAD = "masthead"  #: On the right of the masthead.


@dataclass(frozen=True, slots=True, kw_only=True)
class BarcodeStyle:
    """How a layout shows the bar code.

    Attributes:
        size: 0.8 to 1 of its nominal size.
        where: Where it stands.
    """

    size: float = LEAST
    where: BarcodePlace = BarcodePlace.CONTENTS
    place: Place = NOWHERE

    @property
    def width(self) -> Length:
        """Its width with the white it needs."""
        return MODULE * MODULES * self.size

    @property
    def height(self) -> Length:
        """Its height, the digits included."""
        return HEIGHT * self.size

    def lines(self, leading: Length) -> int:
        """Return the grid lines it takes from the contents panel's column."""
        return math.ceil((self.height.pt + ABOVE_PT) / leading.pt)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCode:
    """A code that a reader found on a picture.

    Attributes:
        kind: Its symbology, such as "EAN-13" or "QR Code".
        text: What it says, without an add-on.
        add_on: The digits of the add-on beside it; empty for none.
        left: Left edge of its bars, in pixels.
        top: Upper edge, in pixels.
        right: Right edge of its bars and those of the add-on, in pixels.
        bottom: Lower edge, in pixels.
    """

    kind: str
    text: str
    left: int
    top: int
    right: int
    bottom: int
    add_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Barcode:
    """An issue's bar code, drawn.

    Attributes:
        code: The thirteen digits of the main symbol.
        add_on: The two digits of the issue.
        width: Its width with the white it needs.
        height: Its height, the digits included.
        svg: Its bars and digits.
    """

    code: str
    add_on: str
    width: Length
    height: Length
    svg: Html
