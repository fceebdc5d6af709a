"""How a reader sees a page on a screen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scheme(StrEnum):
    """The surroundings that a reader has chosen for all programs."""

    LIGHT = "light"  #: Dark letters on light ground.
    DARK = "dark"  #: Light letters on dark ground.


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How much room a page takes in a window, in CSS pixels.

    Attributes:
        window: Width of the window.
        width: Width of what is in it; readers must scroll sideways if it is larger.
        height: Height of what is in it.
        wide: The elements that stick out, outermost first: "table.sheet, 700 wide".
    """

    window: int
    width: int
    height: int
    wide: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether nothing sticks out sideways."""
        return self.width <= self.window
