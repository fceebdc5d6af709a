"""What the names in a content stream stand for, as rewriting it asks for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from press.adapters.finishing.colour import InkTable
from press.adapters.finishing.state import State, Veil
from press.model.printer import Printer, Standard

#: Names of the graphics states that press adds.
OVERPRINT, KNOCK_OUT = "/PressOverprint", "/PressKnockOut"


@dataclass(frozen=True, slots=True)
class Graphics:
    """What an entry of ExtGState sets.

    Attributes:
        veil: What is see-through from here on, given what was before.
        width: Weight of lines.
        size: Size of type.
        more: Whether it sets anything else that has to stay.
    """

    veil: Callable[[Veil], Veil]
    width: float | None = None
    size: float | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A form or picture as it is placed now.

    Attributes:
        name: The name it has now.
        see_through: Whether anything in it is see-through.
        what: What is laid on the page as one piece, in words; empty where its parts
            are painted one by one.
        point: A point of it, in its parent's units.
    """

    name: bytes
    see_through: bool = False
    what: str = ""
    point: tuple[float, float] = (0.0, 0.0)


class Resources(Protocol):
    """What the names of a content stream stand for; what is asked for is kept."""

    def graphics(self, name: bytes) -> Graphics:
        """Return what an entry of ExtGState sets."""
        ...

    def keep_graphics(self, name: bytes) -> None:
        """Keep an entry of ExtGState."""
        ...

    def switch(self, name: str) -> None:
        """Add a graphics state of press's own."""
        ...

    def space(self, name: bytes) -> str:
        """Return the family of a colour space; kept where it is no device's."""
        ...

    def font(self, name: bytes) -> None:
        """Keep a font."""
        ...

    def words(self, name: bytes) -> bytes | None:
        """Return the ActualText of a property list, as it is written."""
        ...

    def pattern(self, name: bytes, state: State) -> bytes | None:
        """Return the name of a pattern made ready; None where it cannot be."""
        ...

    def shading(self, name: bytes) -> bytes | None:
        """Return the name of a shading in inks; None where it cannot be."""
        ...

    def place(self, name: bytes, state: State) -> Placed | None:
        """Return a form or picture made ready; None where it cannot be."""
        ...


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides how content is written.

    Attributes:
        printer: What the printer asks.
        table: Turns colours into ink.
    """

    printer: Printer
    table: InkTable

    @property
    def opaque(self) -> bool:
        """Whether nothing may be see-through."""
        return self.printer.standard is Standard.X1A

    def overprints_type(self, size: float) -> bool:
        """Whether black type of a size in points overprints."""
        return size < self.printer.overprint.type_below.pt

    def overprints_rule(self, weight: float) -> bool:
        """Whether a black rule of a weight in points overprints."""
        return weight < self.printer.overprint.rules_below.pt
