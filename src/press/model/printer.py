"""What the printer asks of the pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from press.model.length import Length


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Pixels an inch of pictures at their printed size.

    Attributes:
        least: Photographs with fewer are errors.
        wanted: Photographs with fewer are warnings.
        line_art: Charts and maps made of pixels with fewer are warnings.
        most: Pictures are made ready with so many; more show nothing more.
    """

    least: float = 100.0
    wanted: float = 150.0
    line_art: float = 150.0
    most: int = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """What the printer asks of the pages.

    Attributes:
        width: Trim width.
        height: Trim height.
        signature: Pages a sheet has; the page count is a multiple of it.
        pictures: How many pixels they need.
        smallest_type: Type below it does not print well.
        thinnest_rule: Rules below it break up.
    """

    width: Length
    height: Length
    signature: int
    pictures: Resolution = field(default_factory=Resolution)
    smallest_type: Length
    thinnest_rule: Length
